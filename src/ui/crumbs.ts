/**
 * `<mr-crumbs>`: where one is inside graphs of the sheet, and the ways back out. Says `mr-out` with how many graphs deep one
 * wants to be; Escape goes one up.
 *
 * Properties: `names` in words, the sheet's graph first.
 */
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { icon } from "./icons.ts";
import { editing } from "./keys.ts";
import { base } from "./styles.ts";

export class Crumbs extends LitElement {
  static override properties = { names: { attribute: false } };
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  declare names: readonly string[];

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.#pressed);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#pressed);
  }

  override render(): TemplateResult {
    const last = this.names.length - 1;
    return html`<nav aria-label="Inside">
      <button class="up" aria-label="Back to ${this.#word(last - 1)}" title="Back to ${this.#word(last - 1)} (Escape)" @click=${() => this.#out(last - 1)}>${icon("left", 14)}</button>
      <ol>${this.names.map((_, i) => html`<li>${i > 0 ? html`<span class="slash" aria-hidden="true">/</span>` : nothing}${i === last ? html`<span aria-current="location" class="ellipsis">${this.#word(i)}</span>` : html`<button class="ellipsis" @click=${() => this.#out(i)}>${this.#word(i)}</button>`}</li>`)}</ol></nav>`;
  }

  #word(i: number): string {
    return this.names[i] ?? "";
  }
  #out(deep: number): void {
    this.dispatchEvent(new CustomEvent("mr-out", { detail: deep }));
  }
  #pressed = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.defaultPrevented && !editing(event)) this.#out(this.names.length - 2);
  };

  static override styles = [
    base,
    css`
      :host { position: absolute; z-index: 4; top: 12px; left: 16px; max-width: calc(100% - 32px); font: 400 13px / 1.45 var(--mr-sans); color: var(--mr-ink); }
      nav { display: flex; align-items: center; gap: 4px; height: 34px; padding: 0 12px 0 4px; border: 1px solid var(--mr-line); border-radius: 10px; background: var(--mr-card); box-shadow: var(--mr-shadow); }
      ol { display: flex; align-items: center; gap: 2px; min-width: 0; margin: 0; padding: 0; list-style: none; }
      li { display: flex; align-items: center; gap: 2px; min-width: 0; }
      .slash { color: var(--mr-ink-3); }
      button { padding: 2px 6px; border: 0; border-radius: 6px; background: none; color: var(--mr-ink-2); }
      button:hover { background: var(--mr-accent-on); color: var(--mr-accent); }
      .up { flex: none; display: grid; place-items: center; width: 26px; height: 26px; padding: 0; }
      [aria-current] { padding: 2px 6px; font-weight: 600; }
    `,
  ];
}
customElements.define("mr-crumbs", Crumbs);
