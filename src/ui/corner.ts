/** `<mr-corner>`: zoom, fit and tidy, at the bottom left. Says `mr-steer` with what was asked. */
import { css, html, LitElement, type TemplateResult } from "lit";
import { type IconName, icon } from "./icons.ts";
import type { Course } from "./steering.ts";
import { base } from "./styles.ts";

export class Corner extends LitElement {
  static override properties = { zoom: { attribute: false } };
  /** The zoom of the moment; the canvas asks for an update when it changes. */
  declare zoom: () => number;

  override render(): TemplateResult {
    const percent = `${Math.round(this.zoom() * 100)}%`;
    return html`<div class="tools" role="group" aria-label="View">
      ${this.#button("out", "Zoom out", "minus", "−")}
      <button class="percent mono" aria-label="Zoom to 100%, now ${percent}" title="Zoom to 100% (0)" @click=${() => this.#ask("whole")}>${percent}</button>
      ${this.#button("in", "Zoom in", "plus", "+")}
      ${this.#button("fit", "Fit", "fit")}
      ${this.#button("tidy", "Tidy", "tidy")}
    </div>`;
  }

  #button(what: Course | "tidy", name: string, glyph: IconName, key = ""): TemplateResult {
    const words = what === "fit" || what === "tidy";
    return html`<button aria-label=${name} title=${key ? `${name} (${key})` : words ? titles[what] : name} @click=${() => this.#ask(what)}>
      ${icon(glyph)}${words ? html`<span>${name}</span>` : ""}</button>`;
  }

  #ask(what: Course | "tidy"): void {
    this.dispatchEvent(new CustomEvent("mr-steer", { detail: what }));
  }

  static override styles = [
    base,
    css`
      .tools { display: flex; border: 1px solid var(--mr-line); border-radius: 10px; background: var(--mr-card); box-shadow: var(--mr-shadow); color: var(--mr-ink-2); font: 400 11.5px var(--mr-sans); }
      button { display: flex; align-items: center; gap: 6px; height: 32px; padding: 0 10px; border: 0; background: none; }
      button + button { border-left: 1px solid var(--mr-inner); }
      button:first-child { border-radius: 9px 0 0 9px; }
      button:last-child { border-radius: 0 9px 9px 0; }
      button:hover { background: var(--mr-field); color: var(--mr-ink); }
      button:active { background: var(--mr-inner); }
      .percent { min-width: 50px; justify-content: center; }
      @container (max-width: 640px) { button { height: 40px; padding: 0 12px; } button > span { display: none; } }
    `,
  ];
}

const titles = { fit: "Show everything", tidy: "Lay the cards out anew" };
customElements.define("mr-corner", Corner);
