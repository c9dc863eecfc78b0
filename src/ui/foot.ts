/**
 * `<mr-foot>`: the foot of a card with a history: which of its runs is shown, the way to those before and after it, and
 * quiet chips on where the shown value comes from.
 *
 * Properties: `view`, `desk`.
 */
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { CardView, HistoryView } from "../protocol.ts";
import type { Desk } from "./desk.ts";
import { icon } from "./icons.ts";
import { base } from "./styles.ts";

/** True when a card has something to say there. */
export function hasFoot({ history, chips }: CardView): boolean {
  return history !== undefined || chips.length > 0;
}

export class Foot extends LitElement {
  static override properties = { view: { attribute: false }, desk: { attribute: false } };
  declare view: CardView;
  declare desk: Desk;

  override render(): TemplateResult {
    const { history, chips } = this.view;
    return html`<footer>${history ? this.#walk(history) : nothing}<span class="space"></span>
      ${chips.map((chip) => (chip === "pinned" ? this.#pinned() : html`<span class="chip" title=${titles[chip]}>${chip}</span>`))}</footer>`;
  }

  #walk({ at, of, failed, previous, next }: HistoryView): TemplateResult {
    const { name } = this.view;
    return html`${this.#step("left", `Previous run of ${name}`, previous, "This is the oldest run that is remembered")}
      <button class="at mono ${failed ? "failed" : ""}" title="All runs" @click=${this.#all}><span class="unseen">Run ${at} of ${of}${failed ? ", failed" : ""}</span>
        <span aria-hidden="true">${failed ? icon("cross", 10) : nothing}${at} / ${of}</span></button>
      ${this.#step("right", `Next run of ${name}`, next, "This is the latest run")}`;
  }

  // Not `disabled`: the button keeps the focus of who walks to the end.
  #step(way: "left" | "right", name: string, run: string | undefined, otherwise: string): TemplateResult {
    return html`<button class="step" aria-label=${name} aria-disabled=${run === undefined} title=${run === undefined ? otherwise : name}
      @click=${() => run !== undefined && void this.desk.press({ kind: "select", run })}>${icon(way, 13)}</button>`;
  }

  #all = (): void => {
    this.dispatchEvent(new CustomEvent("mr-select", { detail: this.view.id, bubbles: true, composed: true }));
  };

  #pinned(): TemplateResult {
    const { id, name } = this.view;
    return html`<button class="chip" aria-label="pinned: lift what is pinned over ${name}" title="A person put a value here. Press to show what the step itself gave"
      @click=${() => void this.desk.press({ kind: "unpin", card: id })}>pinned${icon("close", 10)}</button>`;
  }

  static override styles = [
    base,
    css`
      :host { display: block; border-top: 1px solid var(--mr-inner); }
      footer { display: flex; align-items: center; gap: 4px; min-height: 33px; padding: 4px 10px 4px 6px; }
      .space { flex: 1; }
      .at > span:last-child { display: flex; align-items: center; gap: 3px; }
      .at { height: 22px; padding: 0 4px; border: 0; border-radius: 6px; background: none; color: inherit; }
      .at:hover { background: var(--mr-accent-on); color: var(--mr-accent); }
      .failed { color: var(--mr-failed-ink); }
      .step { display: grid; place-items: center; width: 22px; height: 22px; padding: 0; border: 0; border-radius: 6px; background: none; color: var(--mr-ink-2); }
      .step:hover { background: var(--mr-accent-on); color: var(--mr-accent); }
      .step:active { filter: brightness(0.93); }
      .step[aria-disabled="true"] { color: var(--mr-ink-3); background: none; opacity: 0.55; }
      .chip { display: flex; align-items: center; gap: 3px; height: 19px; padding: 0 8px; border: 1px solid var(--mr-line); border-radius: 10px; background: none; color: var(--mr-quiet); font-size: 11px; white-space: nowrap; }
      button.chip:hover { border-color: var(--mr-accent); color: var(--mr-accent); }
      button.chip:active { background: var(--mr-accent-on); }
    `,
  ];
}

const titles = {
  remembered: "This run was made before; nothing ran for it now",
  fallback: "Every attempt failed: this is the value for that case",
} as const;
customElements.define("mr-foot", Foot);
