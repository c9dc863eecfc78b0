/**
 * `<mr-drawer>`: a card's runs, beside the canvas: which there are, what went in and came out of one, which runs it came from,
 * and how it differs from another. Asked for when it is opened and when the card has run again.
 *
 * Properties: `view` (of the card), `desk`, `archive` (what is remembered), `sources` (the inputs that lead to it). Says `mr-shut`, and `mr-run` with a node's name to
 * show that card's drawer.
 */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { RunLine, RunView } from "../protocol/runs.ts";
import type { CardView } from "../protocol.ts";
import type { Archive } from "./archive.ts";
import type { Desk } from "./desk.ts";
import { icon } from "./icons.ts";
import { compared, compareStyles } from "./run-compare.ts";
import { detailStyles, details } from "./run-details.ts";
import { base, buttons, folds, selects } from "./styles.ts";
import "./sweep.ts";
import { otherSources, type Source } from "./sweep-values.ts";
import { ago, duration, statusWords } from "./words.ts";

export class Drawer extends LitElement {
  static override properties = {
    view: { attribute: false },
    desk: { attribute: false },
    archive: { attribute: false },
    sources: { attribute: false, hasChanged: otherSources },
    lines: { state: true },
    run: { state: true },
    other: { state: true },
  };
  declare view: CardView;
  declare desk: Desk;
  declare archive: Archive;
  declare sources: readonly Source[];
  declare lines: readonly RunLine[] | null;
  /** The run that is looked at, and the one that it is compared with. */
  declare run: RunView | null;
  declare other: RunView | null;
  #wanted: string | null = null;

  constructor() {
    super();
    this.lines = null;
    this.run = null;
    this.other = null;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("view");
    if (!changed.has("view")) return;
    const { id, runs, history, state } = this.view;
    if (before?.id !== id) {
      this.lines = null;
      this.run = null;
      this.other = null;
      this.#wanted = null;
    }
    const moved = before?.runs !== runs || before?.history?.at !== history?.at || before?.state !== state;
    if (before?.id !== id || moved) void this.#read();
  }

  async #read(): Promise<void> {
    const { id } = this.view;
    const lines = await this.archive.lines(id);
    if (this.view.id !== id) return;
    this.lines = lines;
    const wanted = lines.find((line) => line.id === this.#wanted) ?? lines.find(({ shown }) => shown) ?? lines[0];
    if (wanted) await this.#look(wanted.id, this.#wanted === wanted.id);
  }

  async #look(run: string, keep = true): Promise<void> {
    const { id } = this.view;
    if (keep) this.#wanted = run;
    const found = await this.archive.run(id, run);
    if (this.view.id === id) this.run = found;
  }

  async #compare(run: string): Promise<void> {
    this.other = run === "" ? null : await this.archive.run(this.view.id, run);
  }

  override render(): TemplateResult {
    const { view, lines, run } = this;
    return html`<aside aria-label="Runs of ${view.name}">
      <header><h2 class="ellipsis">${view.name}</h2><span class="quiet ellipsis">${view.about}</span>
        <button class="shut" aria-label="Close the runs of ${view.name}" title="Close (Escape)" @click=${this.#shut}>${icon("close", 15)}</button></header>
      ${this.#status()}
      ${lines === null ? html`<p class="quiet note">Looking…</p>` : lines.length === 0 ? html`<p class="quiet note">${view.runnable ? "Nothing has run here yet." : "There is nothing to run here."}</p>` : this.#list(lines)}
      ${this.#tries()}
      ${run && lines && lines.length > 0 ? this.#looked(run, lines) : nothing}
    </aside>`;
  }

  #status(): TemplateResult | typeof nothing {
    const { status } = this.view;
    if (!status || status.kind === "running") return nothing;
    const { head, rest } = statusWords(status);
    return html`<p class="status ${status.kind}"><b>${head}</b> ${rest}</p>`;
  }

  #tries(): TemplateResult | typeof nothing {
    const { view, desk, archive, sources } = this;
    if (!view.runnable || sources.length === 0) return nothing;
    return html`<details class="try"><summary>${icon("right", 12)}Try several values</summary><mr-sweep .view=${view} .desk=${desk} .archive=${archive} .sources=${sources}></mr-sweep></details>`;
  }

  #list(lines: readonly RunLine[]): TemplateResult {
    return html`<ol class="runs">${lines.map((line, i) => {
      const number = lines.length - i;
      return html`<li><button class="run ${line.outcome}" aria-current=${line.id === this.run?.id} @click=${() => void this.#look(line.id)}>
        <span class="mono n">${number}</span><span class="what">${words(line)}</span>
        ${line.shown ? html`<span class="badge">shown</span>` : nothing}
        <span class="mono quiet">${line.duration === undefined ? "" : duration(line.duration)}</span>
        <span class="quiet when">${ago(this.desk.now() - line.at)}</span></button></li>`;
    })}</ol>`;
  }

  #looked(run: RunView, lines: readonly RunLine[]): TemplateResult {
    const others = lines.filter(({ id }) => id !== run.id);
    const numbers = new Map(lines.map(({ id }, i) => [id, lines.length - i]));
    const restorable = run.outcome === "ready" || run.outcome === "failed";
    const away = restorable && !lines.some(({ id, shown }) => shown && id === run.id);
    const tools = html`<div class="tools">
        ${away ? html`<button class="button small" title="Its inputs flow back, and nothing runs" @click=${() => void this.desk.press({ kind: "select", run: run.id })}>Show this run</button>` : nothing}
        ${others.length > 0 ? html`<label class="quiet">Compare with <span class="select"><select aria-label="Compare with another run" @change=${(event: Event) => void this.#compare((event.target as HTMLSelectElement).value)}><option value="">none</option>${others.map(({ id }) => html`<option value=${id} ?selected=${id === this.other?.id}>run ${numbers.get(id)}</option>`)}</select>${icon("down", 12)}</span></label>` : nothing}</div>`;
    return html`<section class="looked">${away || others.length > 0 ? tools : nothing}
      ${this.other ? compared({ first: run, second: this.other, card: this.view, desk: this.desk, numbers }) : details({ run, card: this.view, desk: this.desk, open: (node) => this.#say("mr-run", node) })}</section>`;
  }

  #shut = (): void => this.#say("mr-shut", null);
  #say(what: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(what, { detail, bubbles: true, composed: true }));
  }

  static override styles = [
    base,
    buttons,
    folds,
    selects,
    detailStyles,
    compareStyles,
    css`
      :host { display: block; position: relative; z-index: 3; width: 372px; max-width: 100%; overflow: auto; background: var(--mr-card); border-left: 1px solid var(--mr-line); font: 400 13px / 1.45 var(--mr-sans); color: var(--mr-ink); }
      header { position: sticky; z-index: 2; top: 0; display: grid; grid-template-columns: 1fr auto; padding: 10px 10px 8px 16px; background: var(--mr-card); border-bottom: 1px solid var(--mr-inner); }
      h2 { margin: 0; font-size: 14px; font-weight: 600; }
      .shut { grid-area: 1 / 2 / span 2 / 2; align-self: center; display: grid; place-items: center; width: 28px; height: 28px; padding: 0; border: 0; border-radius: 8px; background: none; color: var(--mr-ink-2); }
      .shut:hover { background: var(--mr-field); }
      .note { margin: 16px; }
      .status { margin: 0; padding: 8px 16px; font-size: 12px; overflow-wrap: anywhere; border-bottom: 1px solid var(--mr-inner); }
      .status.stale, .status.waiting, .status.ending { background: var(--mr-stale-on); color: var(--mr-stale-ink); }
      .status.failed { background: var(--mr-failed-on); color: var(--mr-failed-ink); }
      .runs { margin: 0; padding: 6px 8px; max-height: 228px; overflow: auto; list-style: none; border-bottom: 1px solid var(--mr-inner); }
      .run { display: flex; align-items: center; gap: 8px; width: 100%; min-height: 30px; padding: 3px 8px; border: 0; border-radius: 8px; background: none; text-align: left; font-size: 12.5px; }
      .run:hover { background: var(--mr-field); }
      .run[aria-current="true"] { background: var(--mr-accent-on); }
      .run:focus-visible { outline-offset: -2px; }
      .n { min-width: 16px; color: var(--mr-quiet); }
      .what { flex: 1; }
      .failed .what, .interrupted .what { color: var(--mr-failed-ink); }
      .cancelled .what { color: var(--mr-quiet); }
      .badge { padding: 0 6px; border-radius: 8px; background: var(--mr-accent-on); color: var(--mr-accent); font-size: 11px; line-height: 17px; }
      [aria-current="true"] .badge { background: var(--mr-card); }
      [aria-current="true"] .quiet, [aria-current="true"] .n { color: var(--mr-ink-2); }
      .when { min-width: 58px; text-align: right; }
      .try { margin: 0; padding: 8px 16px; border-bottom: 1px solid var(--mr-inner); }
      .try mr-sweep { margin: 8px 0 4px; }
      .looked { padding: 10px 16px 24px; }
      .looked > .tools { display: flex; align-items: center; justify-content: space-between; gap: 8px; min-height: 24px; }
      .looked label { display: flex; align-items: center; gap: 6px; margin-left: auto; }
      .select > select { padding: 2px 24px 2px 8px; border: 1px solid var(--mr-line); border-radius: 6px; background: var(--mr-card); color: var(--mr-ink); font: 400 11.5px / 1.45 var(--mr-sans); }
      @media (max-width: 640px) { :host { position: absolute; inset: auto 0 0 0; max-height: 82%; width: 100%; border-left: 0; border-top: 1px solid var(--mr-line); border-radius: 14px 14px 0 0; box-shadow: var(--mr-shadow-high); } }
    `,
  ];
}

function words({ outcome, fallback }: RunLine): string {
  if (fallback) return "fallback";
  return { running: "running", ready: "ready", failed: "failed", cancelled: "stopped", interrupted: "interrupted" }[
    outcome
  ];
}
customElements.define("mr-drawer", Drawer);
