/** `<mr-dataframe>`: a table. Only the rows in sight are painted, so that a hundred thousand of them cost what ten do; edited, each cell is written in place, and rows and columns are added. */
import { type CSSResultGroup, css, html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { styleMap } from "lit/directives/style-map.js";
import type { GivenValue } from "../../protocol/command.ts";
import type { Json } from "../../protocol.ts";
import { icon } from "../icons.ts";
import { linesInSight } from "../lines.ts";
import { Field, type Painted } from "./field.ts";
import { equalJson } from "./options.ts";
import { cellWords, csv, numeric, type Table, tableOf, withColumn, withoutRow, withRow, written } from "./table.ts";

/** Pixels of a row, and rows that are seen at once. */
const height = 28;
const seen = 8;

export class DataframeField extends Field<Table> {
  static override properties = { ...Field.properties, top: { state: true } };
  protected override readonly typed = true;
  protected override readonly several = true;
  protected override readonly whole = true;
  /** How far one has scrolled. */
  declare top: number;

  constructor() {
    super();
    this.top = 0;
  }

  protected override read(json: Json): Table | undefined {
    return tableOf(json);
  }
  protected override given(table: Table): GivenValue {
    return { kind: "json", value: table as unknown as Json };
  }
  protected override same(a: Table, b: Table): boolean {
    return equalJson(a as unknown as Json, b as unknown as Json);
  }
  protected override aside(shown: Table | undefined): Painted {
    return shown ? `${shown.data.length} × ${shown.headers.length}` : nothing;
  }

  protected override control(shown: Table | undefined): TemplateResult {
    const table = shown ?? this.#empty();
    return html`${this.#table(table, true)}
      <div class="adds"><button class="button small" aria-describedby="refusal" @click=${() => this.choose(withRow(table))}>${icon("plus", 12)}Add row</button>
      <button class="button small" @click=${() => this.choose(withColumn(table))}>${icon("plus", 12)}Add column</button></div>`;
  }
  protected override display(shown: Table | undefined): TemplateResult {
    if (!shown) return html`<div class="none">Nothing yet</div>`;
    const copy = () => void navigator.clipboard?.writeText(csv(shown));
    return html`<div class="framed">${this.#table(shown, false)}
      <div class="tools"><button class="tool" aria-label="Copy ${this.port.label}" title="Copy as comma-separated values" @click=${copy}>${icon("copy", 13)}</button></div></div>`;
  }

  #empty(): Table {
    const { headers } = this.component.options;
    return { headers: Array.isArray(headers) ? headers.map(String) : ["Column 1"], data: [] };
  }

  #table(table: Table, edited: boolean): TemplateResult {
    const { headers, data } = table;
    const { from, to } = linesInSight({ of: data.length, top: this.top, height, seen });
    const right = headers.map((_, i) => numeric(table, i));
    const space = (rows: number) =>
      html`<tr aria-hidden="true"><td colspan=${headers.length + 2} style=${styleMap({ height: `${rows * height}px`, padding: "0", border: "0" })}></td></tr>`;
    const rows = Array.from({ length: to - from }, (_, i) => from + i);
    return html`<div class="scroll" tabindex="0" role="group" aria-label="Rows of ${this.port.label}" style=${styleMap({ "max-height": `${(seen + 1) * height + 2}px` })} @scroll=${this.#scrolled}>
      <table aria-rowcount=${data.length + 1}>
        <thead><tr><th class="n"><span class="unseen">Row</span></th>${headers.map((name, i) => html`<th scope="col" class=${right[i] ? "right" : ""} title=${name}>${name}</th>`)}${edited ? html`<th class="n"><span class="unseen">Remove</span></th>` : nothing}</tr></thead>
        <tbody>${from > 0 ? space(from) : nothing}${repeat(
          rows,
          (row) => row,
          (row) =>
            html`<tr aria-rowindex=${row + 2}><th scope="row" class="n mono">${row + 1}</th>${headers.map((name, column) => html`<td dir="auto" class=${right[column] ? "right" : ""}>${edited ? this.#cell(table, row, column, name) : words(table, row, column)}</td>`)}${edited ? html`<td class="n"><button class="small-tool" aria-label="Remove row ${row + 1}" title="Remove row ${row + 1}" @click=${() => this.choose(withoutRow(table, row))}>${icon("close", 11)}</button></td>` : nothing}</tr>`,
        )}${to < data.length ? space(data.length - to) : nothing}</tbody>
      </table></div>`;
  }

  /** The table as it was when one came to the cell that is written. */
  #before: Table | undefined;

  #cell(table: Table, row: number, column: number, name: string): TemplateResult {
    const now = () => this.draft.shown ?? table;
    const enter = () => {
      this.#before = now();
    };
    const write = (event: Event) =>
      this.edit(written(now(), row, column, (event.target as HTMLInputElement).value, this.#before ?? now()));
    const place = `${row}.${column}`;
    const text = this.standing(place, cellWords(table.data[row]?.[column] ?? null));
    return html`<input class="cell" dir="auto" data-place=${place} aria-label="${name}, row ${row + 1}" autocomplete="off" .value=${text} @focus=${enter} @input=${write} @keydown=${this.#walked} />`;
  }

  /** Enter and the arrows go up and down a column. */
  #walked = (event: KeyboardEvent): void => {
    const way = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (way === undefined || event.isComposing) return;
    const input = event.target as HTMLInputElement;
    const line = input.closest("tr");
    const place = [...(line?.querySelectorAll("input") ?? [])].indexOf(input);
    const next = way > 0 ? line?.nextElementSibling : line?.previousElementSibling;
    event.preventDefault();
    const other = next?.querySelectorAll("input")[place];
    if (other) other.focus();
    else this.draft.flush();
  };
  #scrolled = (event: Event): void => {
    this.top = (event.target as HTMLElement).scrollTop;
  };

  static override styles: CSSResultGroup = [
    Field.styles,
    css`
      .scroll { overflow: auto; margin-top: 2px; border: 1px solid var(--mr-line); border-radius: 8px; background: var(--mr-field); }
      table { border-collapse: separate; border-spacing: 0; min-width: 100%; font-size: 12px; }
      th, td { height: ${height}px; max-width: 180px; padding: 0 8px; border-bottom: 1px solid var(--mr-inner); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: left; font-weight: 400; box-sizing: border-box; }
      td + td, th[scope="col"] + th { border-left: 1px solid var(--mr-inner); }
      thead th { position: sticky; z-index: 1; top: 0; background: var(--mr-card); border-bottom-color: var(--mr-line); font-weight: 600; color: var(--mr-ink-2); }
      .n { width: 1px; padding: 0 6px; color: var(--mr-quiet); text-align: right; }
      .right { text-align: right; font-variant-numeric: tabular-nums; }
      td:has(.cell) { padding: 0; }
      .cell { width: 100%; min-width: 64px; height: ${height - 1}px; padding: 0 8px; border: 0; background: none; color: inherit; font: inherit; text-align: inherit; }
      .cell:hover { background: var(--mr-card); }
      .cell:focus-visible { background: var(--mr-card); outline-offset: -2px; border-radius: 4px; }
      .adds { display: flex; gap: 6px; }
      :host([data-pale]) table { color: var(--mr-quiet); }
    `,
  ];
}

function words({ data }: Table, row: number, column: number): string {
  return cellWords(data[row]?.[column] ?? null);
}
customElements.define("mr-dataframe", DataframeField);
