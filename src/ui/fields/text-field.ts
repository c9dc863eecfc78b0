/**
 * `<mr-text>`: text in a line or a few lines. Enter sends a line at once; in several lines Ctrl+Enter does. A text that
 * has line breaks gets several lines, whatever was planned: a line would drop them.
 */
import { type CSSResultGroup, css, html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { GivenValue } from "../../protocol/command.ts";
import type { Json } from "../../protocol.ts";
import { icon } from "../icons.ts";
import { Field, invalid } from "./field.ts";
import { number, text } from "./options.ts";

/** Lines of what is rarely a single one. */
const usual: { readonly [kind: string]: number } = { code: 4, markdown: 4, html: 4 };

export class TextField extends Field<string> {
  protected override readonly typed = true;

  protected override read(json: Json): string {
    return typeof json === "string" ? json : JSON.stringify(json);
  }
  protected override given(value: string): GivenValue {
    return { kind: "json", value };
  }

  protected override control(shown: string | undefined): TemplateResult {
    const { component } = this;
    const lines = this.#lines(shown);
    const longest = number(component, "maxLength") ?? nothing;
    const placeholder = text(component, "placeholder") ?? "";
    const code = component.kind === "code";
    if (lines > 1) {
      return html`<textarea id="field" dir="auto" class="box ${code ? "mono" : ""}" rows=${lines} maxlength=${longest}
        placeholder=${placeholder} aria-invalid=${invalid(this.draft)} aria-describedby="refusal" .value=${live(shown ?? "")}
        @input=${this.#typed} @keydown=${this.#pressed}></textarea>`;
    }
    return html`<input id="field" dir="auto" class="box" type=${text(component, "type") ?? "text"} maxlength=${longest} placeholder=${placeholder}
      autocomplete="off" aria-invalid=${invalid(this.draft)} aria-describedby="refusal" .value=${live(shown ?? "")}
      @input=${this.#typed} @keydown=${this.#pressed} />`;
  }

  protected override display(shown: string | undefined): TemplateResult {
    if (shown === undefined) return html`<div class="none">Nothing yet</div>`;
    if (shown === "") return html`<div class="none">Empty text</div>`;
    const style = this.component.kind === "code" ? "text code mono" : "text";
    return html`<div class="framed"><div class=${style} dir="auto" tabindex=${shown.length > 400 ? 0 : nothing}>${shown}</div>
      <div class="tools"><button class="tool" aria-label="Copy ${this.port.label}" title="Copy" @click=${() => void navigator.clipboard?.writeText(shown)}>${icon("copy", 13)}</button></div></div>`;
  }

  // Once there were breaks the room for them stays: another element would lose the caret.
  #broken = false;
  #lines(shown: string | undefined): number {
    const { component } = this;
    this.#broken ||= shown?.includes("\n") ?? false;
    const least = this.#broken ? 3 : (usual[component.kind] ?? 1);
    return Math.min(Math.max(number(component, "lines") ?? 1, least), 24);
  }

  #typed = (event: Event): void => {
    this.edit((event.target as HTMLInputElement).value);
  };
  #pressed = (event: KeyboardEvent): void => {
    const line = event.target instanceof HTMLInputElement;
    if (event.key === "Enter" && !event.isComposing && (line || event.ctrlKey || event.metaKey)) this.draft.flush();
  };

  static override styles: CSSResultGroup = [
    Field.styles,
    css`
      textarea { resize: vertical; min-height: 34px; }
      .tools { top: -2px; right: 0; }
      .code { font-size: 12px; background: var(--mr-field); border: 1px solid var(--mr-line); border-radius: 8px; padding: 6px 10px; }
      textarea.mono { font: 400 12px / 1.5 var(--mr-mono); }
    `,
  ];
}
customElements.define("mr-text", TextField);
