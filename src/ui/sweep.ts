/**
 * `<mr-sweep>`: a card tried with several values of an input that leads to it, beside the sheet, and what came of each in a
 * grid. The sheet stays as it is until one of them is used.
 *
 * Properties: `view` (of the card), `sources` (the inputs that lead to it), `desk`, `archive`.
 */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { SweepEnd } from "../protocol/sweep.ts";
import type { CardView } from "../protocol.ts";
import type { Archive } from "./archive.ts";
import type { Desk } from "./desk.ts";
import { icon } from "./icons.ts";
import { valueField } from "./run-details.ts";
import { base, buttons, selects } from "./styles.ts";
import { otherSources, read, type Source, type Tried, worthTrying } from "./sweep-values.ts";
import { duration } from "./words.ts";

interface Grid {
  readonly source: Source;
  readonly tried: readonly Tried[];
  /** None while they are under way. */
  readonly ends: readonly SweepEnd[] | undefined;
}

export class Sweep extends LitElement {
  static override properties = {
    view: { attribute: false },
    sources: { attribute: false, hasChanged: otherSources },
    desk: { attribute: false },
    archive: { attribute: false },
    at: { state: true },
    text: { state: true },
    problem: { state: true },
    grid: { state: true },
  };
  declare view: CardView;
  declare sources: readonly Source[];
  declare desk: Desk;
  declare archive: Archive;
  /** The input that is chosen, as its place among the sources. */
  declare at: number;
  /** What a person wrote over the values that are proposed. */
  declare text: string | null;
  declare problem: string | null;
  declare grid: Grid | null;
  #stop = new AbortController();

  constructor() {
    super();
    this.#clear();
  }

  #clear(): void {
    this.#stop.abort();
    this.at = 0;
    this.text = null;
    this.problem = null;
    this.grid = null;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("view");
    if (before !== undefined && before.id !== this.view.id) this.#clear();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop.abort();
  }

  override render(): TemplateResult | typeof nothing {
    const source = this.sources[this.at] ?? this.sources[0];
    if (!source) return nothing;
    const { grid, problem } = this;
    const busy = grid !== null && grid.ends === undefined;
    return html`<label class="quiet">Input <span class="select"><select aria-label="Input to try" ?disabled=${busy} @change=${this.#choose}>${this.sources.map((one, i) => html`<option value=${i} ?selected=${i === this.at}>${one.name === one.port.label ? one.name : `${one.name}: ${one.port.label}`}</option>`)}</select>${icon("down", 13)}</span></label>
      <label class="quiet">Values, one a line<textarea rows="5" aria-label="Values to try, one a line" ?disabled=${busy} .value=${this.#written(source)} @input=${this.#write}></textarea></label>
      ${problem === null ? nothing : html`<p class="problem" role="alert">${problem}</p>`}
      <button class="button small" @click=${busy ? this.#halt : () => void this.#try(source)}>${busy ? "Stop" : "Try them"}</button>
      ${busy ? html`<span class="quiet" role="status">Trying ${grid.tried.length} values…</span>` : nothing}
      ${grid?.ends ? html`<ol class="grid" aria-label="What came of each value">${grid.tried.map((tried, i) => this.#cell(grid.source, tried, grid.ends?.[i]))}</ol>` : nothing}`;
  }

  #cell({ card, port }: Source, { words, value }: Tried, end: SweepEnd | undefined): TemplateResult {
    const use = () => void this.desk.press({ kind: "set", card, port: port.name, value: { kind: "json", value } });
    return html`<li class=${end?.kind ?? ""}><div class="head"><b class="ellipsis" title=${words}>${words}</b>
        ${end?.kind === "ready" && end.duration !== undefined ? html`<span class="mono quiet">${duration(end.duration)}</span>` : nothing}
        <button class="button small" aria-label="Use ${words}" title="Set ${port.label} to this" @click=${use}>Use</button></div>
      ${this.#came(end)}</li>`;
  }

  #came(end: SweepEnd | undefined): unknown {
    const { view: card, desk } = this;
    switch (end?.kind) {
      case "ready":
        return end.outputs.map((output) => valueField(output, { card, ports: card.outputs, desk }));
      case "failed":
        return html`<p class="broken">${end.failure.message}</p>`;
      case "refused":
        return html`<p class="quiet">${end.why}</p>`;
      default:
        return html`<p class="quiet">Stopped</p>`;
    }
  }

  async #try(source: Source): Promise<void> {
    const tried = read(source, this.#written(source));
    this.problem = typeof tried === "string" ? tried : null;
    if (typeof tried === "string") return;
    this.desk.flush();
    const stop = new AbortController();
    this.#stop = stop;
    this.grid = { source, tried, ends: undefined };
    const input = { card: source.card, port: source.port.name };
    const values = tried.map(({ value }) => ({ kind: "json", value }) as const);
    const answer = await this.archive.sweep({ card: this.view.id, input, values }, stop.signal);
    if (stop !== this.#stop) return;
    this.grid = answer.ok ? { source, tried, ends: answer.ends } : null;
    if (!answer.ok && !stop.signal.aborted) this.problem = answer.failure.message;
  }

  /** What a person wrote, or what is proposed. */
  #written(source: Source): string {
    return this.text ?? worthTrying(source).join("\n");
  }

  #halt = (): void => {
    this.#stop.abort();
    this.grid = null;
  };
  #choose = (event: Event): void => {
    this.at = Number((event.target as HTMLSelectElement).value);
    this.text = null;
    this.problem = null;
  };
  #write = (event: Event): void => {
    this.text = (event.target as HTMLTextAreaElement).value;
  };

  static override styles = [
    base,
    buttons,
    selects,
    css`
      :host { display: grid; gap: 8px; font: 400 13px / 1.45 var(--mr-sans); color: var(--mr-ink); }
      label { display: grid; gap: 3px; font-size: 11.5px; }
      select, textarea { width: 100%; box-sizing: border-box; padding: 5px 8px; border: 1px solid var(--mr-line); border-radius: 8px; background: var(--mr-field); color: var(--mr-ink); font: inherit; font-size: 12.5px; }
      textarea { resize: vertical; font-family: var(--mr-mono); }
      .button { justify-self: start; }
      .problem { margin: 0; font-size: 12px; color: var(--mr-failed-ink); }
      .grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 8px; margin: 4px 0 0; padding: 0; list-style: none; }
      li { min-width: 0; padding: 8px; border: 1px solid var(--mr-line); border-radius: 10px; }
      .failed { border-color: var(--mr-failed); }
      .head { display: flex; align-items: center; gap: 6px; margin-bottom: 4px; }
      .head b { flex: 1; font-size: 12.5px; }
      .broken { margin: 0; font-size: 12px; color: var(--mr-failed-ink); overflow-wrap: anywhere; }
      p { margin: 0; font-size: 12px; }
    `,
  ];
}
customElements.define("mr-sweep", Sweep);
