/**
 * `<mr-bar>`: the top of the page: what is open, whether it is connected and saved (one polite live region), and the
 * one button that says what it will do. Says `mr-plan` while that button is pointed at.
 */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { View } from "../protocol.ts";
import { barStyles } from "./bar-styles.ts";
import type { Desk } from "./desk.ts";
import type { Link } from "./follow.ts";
import { icon } from "./icons.ts";
import { place, walkMenu } from "./popover.ts";
import { base, buttons, menus } from "./styles.ts";
import { chooseTheme, currentTheme } from "./theme.ts";
import { primary, underWay } from "./words.ts";

export class Bar extends LitElement {
  static override properties = { view: { attribute: false }, desk: { attribute: false }, link: { attribute: false } };
  declare view: View | null;
  declare desk: Desk;
  declare link: Link;

  override render(): TemplateResult {
    const { view } = this;
    const dark = currentTheme() === "dark";
    return html`<header>
      <span class="logo">${icon("mark", 20)}</span>
      <h1 class="ellipsis">${view?.graph ?? "Millrace"}</h1>
      ${view ? this.#sheet(view) : nothing}
      ${this.#connection()}
      <span class="space"></span>
      <div class="actions">
        ${view ? this.#running(view) : nothing}
        <button class="button icon-only theme" aria-label=${dark ? "Light theme" : "Dark theme"} title=${dark ? "Light theme" : "Dark theme"} @click=${this.#turn}>${icon(dark ? "sun" : "moon", 16)}</button>
      </div>
    </header>`;
  }

  #sheet({ sheet }: View): TemplateResult {
    return html`<span class="slash" aria-hidden="true">/</span>
      <button class="sheet" aria-label="Sheet: ${sheet.name}" aria-haspopup="menu" popovertarget="sheets"><span class="ellipsis">${sheet.name}</span>${icon("down", 13)}</button>
      <div popover id="sheets" role="menu" @toggle=${(event: Event) => place(event, "left")} aria-label="Sheets" @keydown=${walkMenu}>
        <button role="menuitemradio" aria-checked="true" @click=${this.#shut}>${icon("check")}${sheet.name}</button>
      </div>`;
  }

  #connection(): TemplateResult {
    const { link, view } = this;
    const [mood, words] =
      link === "over"
        ? ["lost", "Session over"]
        : link === "lost"
          ? ["lost", "Reconnecting…"]
          : link === "connecting" || !view
            ? ["waits", "Connecting…"]
            : view.saved
              ? ["good", "saved"]
              : ["waits", "saving…"];
    return html`<span class="connection ${mood}" role="status" aria-live="polite"><span class="dot" aria-hidden="true"></span>${words}</span>`;
  }

  #running(view: View): TemplateResult {
    const { label, disabled, again, why } = primary(view);
    const busy = Object.values(view.cards).some(underWay);
    return html`${busy ? html`<button class="button stop" title="Stops every step that is under way" @click=${() => this.desk.press({ kind: "cancel" })}>${icon("square", 13)}Stop all</button>` : nothing}
      <button class="button primary" aria-disabled=${disabled} title=${why} @click=${() => !disabled && this.desk.press({ kind: "runAll", ...(again ? { again } : {}) })}
        @pointerenter=${this.#point} @pointerleave=${this.#unpoint} @focus=${this.#point} @blur=${this.#unpoint}>${icon(again ? "again" : "play", 13)}${label}</button>`;
  }

  #point = (): void => this.#tell(this.view ? primary(this.view).names : []);
  #unpoint = (): void => this.#tell([]);
  #tell(names: readonly string[]): void {
    this.dispatchEvent(new CustomEvent("mr-plan", { detail: names }));
  }
  #shut = (): void => this.renderRoot.querySelector<HTMLElement>("[popover]")?.hidePopover();
  #turn = (): void => {
    chooseTheme(currentTheme() === "dark" ? "light" : "dark");
    this.requestUpdate();
  };

  static override styles = [base, buttons, menus, barStyles];
}
customElements.define("mr-bar", Bar);
