/**
 * `<mr-bar>`: the top of the page: what is open, whether it is connected and saved (one polite live region), and the
 * one button that says what it will do. Says `mr-plan` while that button is pointed at, and `mr-go` with the card where a
 * person is waited for.
 */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { View } from "../protocol.ts";
import { barStyles } from "./bar-styles.ts";
import type { Desk } from "./desk.ts";
import type { Link } from "./follow.ts";
import { icon } from "./icons.ts";
import type { Office } from "./office.ts";
import "./sheet-menu.ts";
import { base, buttons } from "./styles.ts";
import { chooseTheme, currentTheme, system } from "./theme.ts";
import { primary, underWay } from "./words.ts";

export class Bar extends LitElement {
  static override properties = {
    view: { attribute: false },
    desk: { attribute: false },
    office: { attribute: false },
    link: { attribute: false },
  };
  declare view: View | null;
  declare desk: Desk;
  declare office: Office;
  declare link: Link;

  override connectedCallback(): void {
    super.connectedCallback();
    system.addEventListener("change", this.#look);
  }

  override disconnectedCallback(): void {
    system.removeEventListener("change", this.#look);
    super.disconnectedCallback();
  }

  override render(): TemplateResult {
    const { view } = this;
    const dark = currentTheme() === "dark";
    return html`<header>
      <div class="open">
        <span class="logo">${icon("mark", 20)}</span>
        <h1 class="ellipsis" dir="auto" title=${view?.graph ?? nothing}>${view?.graph ?? "Millrace"}</h1>
        ${view ? this.#sheet(view) : nothing}
        ${this.#connection()}
      </div>
      <div class="actions">
        ${view ? this.#running(view) : nothing}
        <button class="button icon-only theme" aria-label=${dark ? "Light theme" : "Dark theme"} title=${dark ? "Light theme" : "Dark theme"} @click=${this.#turn}>${icon(dark ? "sun" : "moon", 16)}</button>
      </div>
    </header>`;
  }

  #sheet(view: View): TemplateResult {
    return html`<span class="slash" aria-hidden="true">/</span><mr-sheets .view=${view} .office=${this.office}></mr-sheets>`;
  }

  #connection(): TemplateResult {
    const { link, view } = this;
    const unsaved = link === "live" ? view?.unsaved : null;
    const [mood, words] =
      link === "over"
        ? ["lost", "Session over"]
        : link === "lost"
          ? ["lost", "Reconnecting…"]
          : link === "connecting" || !view
            ? ["waits", "Connecting…"]
            : unsaved
              ? ["lost", "not saved"]
              : view.saved
                ? ["good", "saved"]
                : ["waits", "saving…"];
    return html`<span class="connection ${mood}" role="status" aria-live="polite" title=${unsaved ?? nothing}><span class="dot" aria-hidden="true"></span>${words}</span>`;
  }

  #running(view: View): TemplateResult {
    const { label, disabled, again, why, goal } = primary(view);
    const sign = goal !== undefined ? "person" : again ? "again" : disabled ? "busy" : "play";
    const busy = Object.values(view.cards).some(underWay);
    return html`${busy ? html`<button class="button stop" title="Stops every step that is under way" @click=${() => this.desk.press({ kind: "cancel" })}>${icon("square", 13)}Stop all</button>` : nothing}
      <button class="button primary ${goal === undefined ? "" : "asks"}" aria-disabled=${disabled} title=${why} @click=${this.#press}
        @pointerenter=${this.#point} @pointerleave=${this.#unpoint} @focus=${this.#point} @blur=${this.#unpoint}>${icon(sign, 13)}${label}</button>`;
  }

  #press = (): void => {
    if (!this.view) return;
    const { disabled, again, goal } = primary(this.view);
    // What it would run was pointed out; what it does run is seen on the cards.
    this.#unpoint();
    if (goal !== undefined) this.dispatchEvent(new CustomEvent("mr-go", { detail: goal }));
    else if (!disabled) void this.desk.press({ kind: "runAll", ...(again ? { again } : {}) });
  };
  #point = (): void => this.#tell(this.view ? primary(this.view).names : []);
  #unpoint = (): void => this.#tell([]);
  #tell(names: readonly string[]): void {
    this.dispatchEvent(new CustomEvent("mr-plan", { detail: names }));
  }
  #turn = (): void => {
    chooseTheme(currentTheme() === "dark" ? "light" : "dark");
    this.#look();
  };
  #look = (): void => this.requestUpdate();

  static override styles = [base, buttons, barStyles];
}
customElements.define("mr-bar", Bar);
