/**
 * `<mr-run>`: a card's run button with its menu; while the node is under way, its stop button. Tells the canvas what
 * running would run, while it is pointed at (`mr-plan`, with the names, or none).
 */
import { css, html, LitElement, type TemplateResult } from "lit";
import type { Command } from "../protocol/command.ts";
import type { CardView } from "../protocol.ts";
import type { Desk } from "./desk.ts";
import { icon } from "./icons.ts";
import { place, walkMenu } from "./popover.ts";
import { base, menus } from "./styles.ts";
import { list, underWay } from "./words.ts";

export class RunButton extends LitElement {
  static override properties = { view: { attribute: false }, desk: { attribute: false } };
  declare view: CardView;
  declare desk: Desk;

  override render(): TemplateResult {
    const { name, state, plan } = this.view;
    const busy = underWay(this.view);
    const again = state === "ready";
    const others = plan.filter((other) => other !== name);
    const title = again ? "Run again" : others.length > 0 ? `Runs ${list(plan)}` : "Run";
    const sign = busy ? "square" : again ? "again" : "play";
    // One button for both: who pressed it by key keeps the focus on it.
    return html`<div class="split" @pointerenter=${this.#point} @pointerleave=${this.#unpoint} @focusin=${this.#point} @focusout=${this.#unpoint} @keydown=${once}>
        <button class=${busy ? "stop" : "run"} aria-label="${busy ? "Stop" : "Run"} ${name}" title=${busy ? "Stop" : title} @click=${busy ? this.#stop : () => this.#press(again ? this.#again() : this.#here())}>${icon(sign, 13)}</button>
        <button class="more" ?hidden=${busy} aria-label="Run options for ${name}" aria-haspopup="menu" title="Run options" popovertarget="menu">${icon("down", 12)}</button>
      </div>
      <div popover id="menu" role="menu" @toggle=${place} aria-label="Run options for ${name}" @keydown=${walkMenu}>
        ${this.#item("Run to here", this.#here(), others.length > 0 ? `${plan.length} steps` : "")}
        ${this.#item("This step only", { ...this.#here(), only: true }, "")}
        ${this.#item("Run again", this.#again(), "")}
      </div>`;
  }

  #item(label: string, command: Command, note: string): TemplateResult {
    return html`<button role="menuitem" @click=${() => this.#press(command)}>${label}<span class="quiet">${note}</span></button>`;
  }

  #here() {
    return { kind: "run", card: this.view.id } as const;
  }
  #again(): Command {
    return { ...this.#here(), again: true };
  }

  #press(command: Command): void {
    this.renderRoot.querySelector<HTMLElement>("[popover]:popover-open")?.hidePopover();
    // The button of the menu goes while the node is under way.
    if (this.shadowRoot?.activeElement?.matches(".more")) this.renderRoot.querySelector("button")?.focus();
    void this.desk.press(command);
  }
  // The second click of a double one was meant for the button that stood here before.
  #stop = ({ detail }: MouseEvent): void => {
    if (detail < 2) this.#press({ kind: "cancel", card: this.view.id });
  };
  #point = (): void => {
    if (!underWay(this.view)) this.#tell(this.view.plan.length > 0 ? this.view.plan : [this.view.name]);
  };
  #unpoint = (): void => this.#tell([]);
  #tell(names: readonly string[]): void {
    this.dispatchEvent(new CustomEvent("mr-plan", { detail: names, bubbles: true, composed: true }));
  }

  static override styles = [
    base,
    menus,
    css`
      :host { display: block; flex: none; }
      .split { display: flex; border: 1px solid var(--mr-line); border-radius: 8px; background: var(--mr-card); }
      .split button { display: grid; place-items: center; height: 26px; padding: 0; border: 0; background: none; transition: background 120ms; }
      .run { width: 28px; color: var(--mr-accent); border-radius: 7px 0 0 7px; }
      .split [hidden] { display: none; }
      .split .more { width: 18px; color: var(--mr-ink-2); border-left: 1px solid var(--mr-line); border-radius: 0 7px 7px 0; }
      .stop { width: 30px; color: var(--mr-failed); border-radius: 7px; }
      .split button:hover { background: var(--mr-accent-on); }
      .split .stop:hover { background: var(--mr-failed-on); }
      .split button:active { filter: brightness(0.93); }
    `,
  ];
}
/** A key that is held down presses once, not run and stop in turn. */
function once(event: KeyboardEvent): void {
  if (event.repeat && event.key === "Enter") event.preventDefault();
}
customElements.define("mr-run", RunButton);
