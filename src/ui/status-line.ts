/**
 * `<mr-status>`: the line under a card's header, when there is something to say. It keeps time by itself, and only while
 * what it says depends on it. Spoken politely: the words, not the seconds. Pointed at while the card is stale it asks why
 * (`mr-why`, with the cause), and pressed it asks to be shown that (`mr-show`).
 */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { styleMap } from "lit/directives/style-map.js";
import type { CardView, StatusView } from "../protocol.ts";
import type { Desk } from "./desk.ts";
import { icon } from "./icons.ts";
import { base } from "./styles.ts";
import { ago, elapsed, nextTick, statusWords } from "./words.ts";

/** Letters that stand beside a button in a few lines; more take the whole width, and the button stands below. */
const beside = 120;
/** Letters of what fits into the lines that are shown. All of a longer message is beside the canvas, with the card's runs. */
const longest = 200;

export class StatusLine extends LitElement {
  static override properties = { view: { attribute: false }, desk: { attribute: false } };
  declare view: CardView;
  declare desk: Desk;
  #pointed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override updated(_changed: PropertyValues): void {
    clearTimeout(this.#timer);
    const wait = nextTick(this.view.status, this.desk.now());
    if (wait !== null) this.#timer = setTimeout(() => this.requestUpdate(), wait);
    if (this.#pointed && this.view.status?.kind !== "stale") this.#unpoint();
  }

  override render(): TemplateResult {
    const { status } = this.view;
    return html`${status?.kind === "running" ? this.#progress(status) : nothing}
      <div class="line ${status?.kind ?? "none"} ${status && wordy(status) ? "wordy" : ""}" @pointerenter=${this.#point} @pointerleave=${this.#unpoint}>
        <div class="said" role="status">${status ? this.#words(status) : nothing}</div>${status ? this.#button(status) : nothing}</div>`;
  }

  #progress({ fraction }: { readonly fraction?: number }): TemplateResult {
    const known = fraction !== undefined;
    return html`<div class="track"><div class="progress ${known ? "" : "unknown"}" role="progressbar" aria-label="Progress of ${this.view.name}"
      aria-valuemin="0" aria-valuemax="100" aria-valuenow=${known ? Math.round(fraction * 100) : nothing}
      style=${styleMap(known ? { width: `${fraction * 100}%` } : {})}></div></div>`;
  }

  #words(status: StatusView): TemplateResult {
    const { head, rest } = statusWords(status);
    return html`<span class="mark" aria-hidden="true">${mark(status.kind)}</span>
      <span class="words"><b class=${head.length > longest ? "long" : ""} title=${head.length > longest ? head : nothing}>${head}</b> ${rest}${this.#when(status)}</span>
      ${status.kind === "running" ? html`<span class="mono time" aria-hidden="true">${elapsed(this.desk.now() - status.since)}</span>` : nothing}`;
  }

  /** What helps, at the end of the line. */
  #button(status: StatusView): TemplateResult | typeof nothing {
    const { id, name, runnable } = this.view;
    if (status.kind === "failed" && status.failure.items !== undefined)
      return html`<button class="help" aria-label="Retry failed items of ${name}" @click=${() => void this.desk.press({ kind: "run", card: id, items: "failed" })}>Retry failed</button>`;
    const again = status.kind === "failed" && status.failure.reason === "interrupted" ? "Go on with" : "Retry";
    if (status.kind === "failed" && runnable)
      return html`<button class="help" aria-label="${again} ${name}" @click=${() => void this.desk.press({ kind: "run", card: id })}>${status.failure.reason === "interrupted" ? "Go on" : "Retry"}</button>`;
    if (status.kind !== "stale" || !status.cause) return nothing;
    return html`<button class="help" aria-label="Why? Shows what made ${name} stale" title="Shows what changed first"
      @click=${() => this.#say("mr-show", status.cause)} @focus=${this.#point} @blur=${this.#unpoint}>Why?</button>`;
  }

  #point = (): void => {
    const { id, status } = this.view;
    const cause = status?.kind === "stale" ? status.cause : undefined;
    if (cause) this.#say("mr-why", { card: id, cause });
    this.#pointed = cause !== undefined;
  };
  #unpoint = (): void => {
    if (this.#pointed) this.#say("mr-why", null);
    this.#pointed = false;
  };
  #say(what: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(what, { detail, bubbles: true, composed: true }));
  }

  #when(status: StatusView): TemplateResult | typeof nothing {
    if (status.kind === "stale" && !status.unrun)
      return html`<span aria-hidden="true"> · ${ago(this.desk.now() - status.since)}</span>`;
    if (status.kind !== "running" || status.fraction === undefined) return nothing;
    return html`<span aria-hidden="true"> · ${Math.round(status.fraction * 100)}\u00a0%</span>`;
  }

  static override styles = [
    base,
    css`
      :host { display: block; position: relative; }
      .line { display: flex; align-items: flex-start; gap: 8px; padding: 6px 12px; font-size: 11.5px; line-height: 18px; border-bottom: 1px solid var(--mr-inner); }
      .wordy { flex-wrap: wrap; row-gap: 2px; }
      .wordy > .said { flex: 1 1 100%; }
      .wordy > .help { margin-left: auto; }
      .none { padding: 0; border: 0; height: 0; overflow: hidden; }
      .said { flex: 1; display: flex; align-items: flex-start; gap: 8px; min-width: 0; }
      .words { flex: 1; min-width: 0; overflow-wrap: anywhere; }
      b { font-weight: 600; }
      .long { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 7; line-clamp: 7; overflow: hidden; }
      .asks { background: var(--mr-accent-on); border-color: transparent; }
      .asks .dot { background: var(--mr-accent); }
      .stale, .waiting, .ending { background: var(--mr-stale-on); color: var(--mr-stale-ink); border-color: transparent; }
      .running { background: var(--mr-running-on); color: var(--mr-running-ink); border-color: transparent; }
      .failed { background: var(--mr-failed-on); color: var(--mr-failed-ink); border-color: transparent; }
      .note { color: var(--mr-ink-2); background: var(--mr-field); }
      .mark { flex: none; display: grid; place-items: center; width: 10px; height: 18px; }
      .dot { width: 6px; height: 6px; border-radius: 50%; background: currentColor; }
      .icon-busy { animation: turn 1.1s linear infinite; }
      .time { flex: none; line-height: 18px; }
      .help { flex: none; padding: 0 2px; border: 0; background: none; font-weight: 600; border-radius: 4px; }
      .help:hover { text-decoration: underline; }
      .help:active { opacity: 0.7; }
      .track { position: absolute; z-index: 1; top: -1px; left: 0; right: 0; height: 2px; overflow: hidden; background: color-mix(in srgb, var(--mr-running) 16%, transparent); }
      .progress { height: 100%; background: var(--mr-running); transition: width 160ms linear; }
      .unknown { width: 34%; animation: pass 1.4s ease-in-out infinite; }
      @keyframes turn { to { transform: rotate(1turn); } }
      @keyframes pass { from { transform: translateX(-100%); } to { transform: translateX(300%); } }
      @media (prefers-reduced-motion: reduce) { .icon-busy, .unknown { animation: none; } .progress { transition: none; } .unknown { width: 100%; opacity: 0.5; } }
    `,
  ];
}

function wordy(status: StatusView): boolean {
  const { head, rest } = statusWords(status);
  return head.length + rest.length > beside;
}

function mark(kind: StatusView["kind"]): TemplateResult {
  if (kind === "running") return icon("busy", 12);
  if (kind === "failed") return icon("cross", 12);
  return html`<span class="dot"></span>`;
}
customElements.define("mr-status", StatusLine);
