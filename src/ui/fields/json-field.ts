/** `<mr-json>`: any JSON, indented; long ones show their beginning. Also what shows a component nobody else knows. */
import { type CSSResultGroup, css, html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { styleMap } from "lit/directives/style-map.js";
import type { GivenValue } from "../../protocol/command.ts";
import type { Json } from "../../protocol.ts";
import { icon } from "../icons.ts";
import { bytes } from "../words.ts";
import { Field, invalid, type Painted } from "./field.ts";
import { equalJson, palette, pretty } from "./options.ts";

/** Lines shown of a long text. */
const beginning = 10;

export class JsonField extends Field<string> {
  protected override readonly typed = true;
  #all = false;

  protected override read(json: Json): string {
    return pretty(json);
  }
  protected override given(value: string): GivenValue {
    return { kind: "json", value: JSON.parse(value) as Json };
  }
  protected override same(a: string, b: string): boolean {
    return a === b || equalJson(parsed(a), parsed(b));
  }
  protected override problem(value: string): string | null {
    return parsed(value) === undefined ? "This is not JSON yet." : null;
  }
  protected override aside(): Painted {
    const json = this.port.value?.kind === "json" ? this.port.value.value : undefined;
    return Array.isArray(json) ? `${json.length} ${json.length === 1 ? "item" : "items"}` : nothing;
  }

  protected override control(shown: string | undefined): TemplateResult {
    const rows = Math.min(Math.max((shown ?? "").split("\n").length, 2), 12);
    return html`<textarea id="field" class="box" rows=${rows} spellcheck="false" aria-invalid=${invalid(this.draft)} aria-describedby="refusal"
      .value=${live(shown ?? "")} @input=${(event: Event) => this.edit((event.target as HTMLTextAreaElement).value)}></textarea>`;
  }

  protected override display(shown: string | undefined): TemplateResult {
    const { value } = this.port;
    if (value?.kind === "file") {
      return html`<a class="file" href=${value.file.url} download=${value.file.name}>${icon("download")}<span class="ellipsis">${value.file.name}</span><span class="quiet">${bytes(value.file.size)}</span></a>`;
    }
    if (shown === undefined) return html`<div class="none">Nothing yet</div>`;
    const colours = value?.kind === "json" ? palette(value.value) : null;
    if (colours)
      return html`<ul class="palette mono">${colours.map((fill) => html`<li><span style=${styleMap({ background: fill })}></span>${fill}</li>`)}</ul>`;
    const lines = shown.split("\n");
    const long = lines.length > beginning + 2;
    return html`<div class="framed"><pre class="text" tabindex="0" role="group" aria-label=${this.port.label}>${long && !this.#all ? lines.slice(0, beginning).join("\n") : shown}</pre>
      <div class="tools"><button class="tool" aria-label="Copy ${this.port.label}" title="Copy" @click=${() => void navigator.clipboard?.writeText(shown)}>${icon("copy", 13)}</button></div></div>
      ${long ? html`<button class="button small" aria-expanded=${this.#all} @click=${this.#toggle}>${this.#all ? "Show less" : `Show all ${lines.length} lines`}</button>` : nothing}`;
  }

  #toggle = (): void => {
    this.#all = !this.#all;
    this.requestUpdate();
  };

  static override styles: CSSResultGroup = [
    Field.styles,
    css`
      textarea, pre { font: 400 11.5px / 1.5 var(--mr-mono); font-feature-settings: "calt" 0; }
      textarea { resize: vertical; }
      pre { margin: 2px 0 0; padding: 8px 10px; border: 1px solid var(--mr-line); border-radius: 8px; background: var(--mr-field); max-height: 320px; }
      .file { display: flex; align-items: center; gap: 8px; padding: 8px 10px; border: 1px solid var(--mr-line); border-radius: 8px; background: var(--mr-field); color: var(--mr-ink); text-decoration: none; }
      .file:hover { border-color: var(--mr-ink-3); }
      .file .quiet { margin-left: auto; flex: none; }
      .palette { display: grid; grid-template-columns: repeat(auto-fill, minmax(78px, 1fr)); gap: 4px 8px; margin: 2px 0 0; padding: 0; list-style: none; color: var(--mr-ink-2); }
      .palette li { display: flex; align-items: center; gap: 6px; }
      .palette span { flex: none; width: 16px; height: 16px; border-radius: 5px; border: 1px solid var(--mr-line); }
      :host([data-pale]) .palette span { opacity: 0.45; }
    `,
  ];
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
customElements.define("mr-json", JsonField);
