/** `<mr-color>`: a colour, as hex text or picked from a square that opens beside its swatch. */
import { type CSSResultGroup, css, html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { styleMap } from "lit/directives/style-map.js";
import "vanilla-colorful/hex-color-picker.js";
import type { GivenValue } from "../../protocol/command.ts";
import type { Json } from "../../protocol.ts";
import { place } from "../popover.ts";
import { menus } from "../styles.ts";
import { Field, invalid } from "./field.ts";
import { colour } from "./options.ts";

export class ColorField extends Field<string> {
  protected override readonly typed = true;

  protected override read(json: Json): string | undefined {
    return typeof json === "string" ? json : undefined;
  }
  protected override given(value: string): GivenValue {
    return { kind: "json", value: full(value) };
  }
  protected override same(a: string, b: string): boolean {
    return full(a) === full(b);
  }
  protected override problem(value: string): string | null {
    return /^#[\da-f]{6}$/i.test(full(value)) ? null : "A colour looks like #0b7a75.";
  }

  protected override control(shown: string | undefined): TemplateResult {
    return html`<div class="line">
      <button class="swatch" aria-label="Pick ${this.port.label}" aria-haspopup="dialog" title="Pick a colour" style=${this.#fill(shown)} popovertarget="picker"></button>
      <input id="field" class="box hex" autocomplete="off" spellcheck="false" placeholder="#000000" aria-invalid=${invalid(this.draft)} aria-describedby="refusal"
        .value=${live(shown ?? "")} @input=${(event: Event) => this.edit((event.target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => event.key === "Enter" && this.draft.flush()} />
      <div popover id="picker" class="picker" @toggle=${(event: Event) => place(event, "left")} role="dialog" aria-label="Pick ${this.port.label}">
        <hex-color-picker .color=${colour(shown) ?? "#000000"} @color-changed=${this.#picked}></hex-color-picker>
      </div></div>`;
  }

  protected override display(shown: string | undefined): TemplateResult {
    if (!colour(shown)) return html`<div class="none">${shown || "Nothing yet"}</div>`;
    return html`<div class="line"><span class="swatch" style=${this.#fill(shown)}></span><span class="mono">${shown}</span></div>`;
  }

  #fill(shown: string | undefined) {
    return styleMap({ background: colour(shown) ?? "transparent" });
  }
  #picked = (event: CustomEvent<{ value: string }>): void => {
    if (event.detail.value !== colour(this.draft.shown)) this.edit(event.detail.value);
  };

  static override styles: CSSResultGroup = [
    Field.styles,
    menus,
    css`
      .line { display: flex; align-items: center; gap: 8px; margin-top: 2px; }
      .swatch { flex: none; width: 32px; height: 32px; border: 1px solid var(--mr-line); border-radius: 8px; padding: 0; }
      button.swatch:hover { border-color: var(--mr-ink-3); }
      .hex { margin: 0; font-family: var(--mr-mono); font-size: 12px; line-height: 18px; }
      .picker { padding: 12px; }
    `,
  ];
}
/** A colour in six digits, also where it was written in three. */
function full(written: string): string {
  const [, short] = /^#([\da-f]{3})$/i.exec(written.trim()) ?? [];
  return short ? `#${short.replaceAll(/./g, "$&$&")}` : written.trim();
}
customElements.define("mr-color", ColorField);
