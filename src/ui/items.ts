/**
 * `<mr-items>`: a list item by item: one line each, with its own state, what it gave and the button that runs it again, or
 * for the rows of an `itemList` the fields to edit. Long
 * lists are virtual: only the lines in sight are painted, and what was not sent yet is asked for when one comes to it.
 *
 * Properties: `port`, `name` (of the card), `card` (its id), `desk`, `replays` (whether its items can be run), `inside` (whether they
 * can be looked into: then it says `mr-open`, with the card and the item).
 */
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { styleMap } from "lit/directives/style-map.js";
import type { GivenValue } from "../protocol/command.ts";
import { chunkSize, type ItemsView, type ItemView, type PortView } from "../protocol.ts";
import type { Desk } from "./desk.ts";
import { field, preview } from "./fields/pick.ts";
import { icon } from "./icons.ts";
import { type Lines, linesInSight } from "./lines.ts";
import { addButton, editable, pinBadge, rowFieldsEditor, rowLine, rowStyles } from "./row-editor.ts";
import { base, buttons, smallTools } from "./styles.ts";
import { itemsWords, queueWords } from "./words.ts";

/** Pixels of one line, and lines that are seen at once. */
const height = 30;
const seen = 7;

export class ItemList extends LitElement {
  static override properties = {
    port: { attribute: false },
    card: { attribute: false },
    name: { attribute: false },
    desk: { attribute: false },
    replays: { attribute: false },
    inside: { attribute: false },
    top: { state: true },
    opened: { state: true },
  };
  declare port: PortView;
  declare card: string;
  declare name: string;
  declare desk: Desk;
  declare replays: boolean;
  /** Whether each item is a graph that one can look into. */
  declare inside: boolean;
  /** How far one has scrolled. */
  declare top: number;
  /** The item that is shown whole. */
  declare opened: number | null;
  /** Chunks that were asked for and have not come yet. */
  readonly #asked = new Set<number>();

  constructor() {
    super();
    this.top = 0;
    this.opened = null;
  }

  get #items(): ItemsView {
    return this.port.items ?? { of: 0, counts: { empty: 0, stale: 0, pending: 0, ready: 0, failed: 0 }, chunks: {} };
  }

  protected override updated(): void {
    const { of, chunks } = this.#items;
    const { from, to } = this.#lines(of);
    for (let chunk = Math.floor(from / chunkSize); chunk * chunkSize < to; chunk++) {
      if (chunks[String(chunk)]) this.#asked.delete(chunk);
      else if (!this.#asked.has(chunk)) this.#ask(chunk);
    }
  }

  #ask(chunk: number): void {
    this.#asked.add(chunk);
    const asked = this.desk.ask({ kind: "items", card: this.card, port: this.port.name, from: chunk * chunkSize });
    void asked.then(({ ok }) => !ok && this.#asked.delete(chunk));
  }

  override render(): TemplateResult {
    const { label } = this.port;
    const items = this.#items;
    const { failed } = items;
    return html`<div class="head"><span class="label">${label}</span>
        <span class="sum mono">${itemsWords(items)}</span>${pinBadge(this)}
        ${failed === undefined ? nothing : html`<button class="jump" aria-label="Show the first failed item of ${label}" title="Show the first that failed" @click=${() => this.#jump(failed)}>${icon("down", 12)}</button>`}</div>
      ${items.of === 0 ? nothing : this.#list(items)}${this.#whole(items)}
      ${items.rows ? addButton(this) : nothing}`;
  }

  #list({ of, chunks }: ItemsView): TemplateResult {
    const { from, to } = this.#lines(of);
    const places = Array.from({ length: to - from }, (_, i) => from + i);
    return html`<div class="list" role="list" tabindex="0" aria-label="Items of ${this.port.label}" style=${styleMap({ height: `${Math.min(of, seen) * height}px` })} @scroll=${this.#scrolled}>
      <div class="all" style=${styleMap({ height: `${of * height}px` })}>${repeat(
        places,
        (i) => i,
        (i) => this.#line(i, of, chunks[String(Math.floor(i / chunkSize))]?.[i % chunkSize]),
      )}</div></div>`;
  }

  #line(i: number, of: number, item: ItemView | undefined): TemplateResult {
    const open = this.opened === i;
    const rows = this.#items.rows === true;
    return html`<div class="line ${item?.state ?? "unknown"} ${open ? "open" : ""}" role="listitem" aria-setsize=${of} aria-posinset=${i + 1} style=${styleMap({ top: `${i * height}px` })}>
      <span class="n mono">${i + 1}</span>
      ${item ? html`${heard(item, `item ${i + 1} of ${this.port.label}`) ?? html`<button class="what" aria-expanded=${open} @click=${() => this.#toggle(i)}><span class="unseen">Item ${i + 1}:</span>${rows ? rowLine(this, item) : what(item)}</button>`}${rows ? this.#pen(i) : html`${this.#lift(i, item)}${this.#replay(i, item)}`}` : html`<span class="quiet">…</span>`}
    </div>`;
  }

  #pen(i: number): TemplateResult | typeof nothing {
    if (!editable(this)) return nothing;
    const name = `Edit row ${i + 1} of ${this.port.label}`;
    return html`<button class="replay" aria-label=${name} title=${name} aria-expanded=${this.opened === i} @click=${() => this.#toggle(i)}>${icon("pen", 12)}</button>`;
  }

  #lift(i: number, { pinned }: ItemView): TemplateResult | typeof nothing {
    if (!pinned) return nothing;
    const lift = () => void this.desk.press({ kind: "unpin", card: this.card, port: this.port.name, item: i });
    return html`<button class="badge lift" aria-label="Lift the pin of item ${i + 1} of ${this.port.label}" title="A person put a value here. Press to show what the step itself gave" @click=${lift}>pinned${icon("close", 9)}</button>`;
  }

  #replay(i: number, { state }: ItemView): TemplateResult | typeof nothing {
    if (!this.replays || state === "pending" || state === "empty") return nothing;
    const again = state === "ready";
    const name = again
      ? `Run item ${i + 1} of ${this.name} again`
      : `${state === "failed" ? "Retry" : "Run"} item ${i + 1} of ${this.name}`;
    return html`<button class="replay" aria-label=${name} title=${name} @click=${() => void this.desk.press({ kind: "run", card: this.card, items: [i], ...(again && { again }) })}>${icon("again", 12)}</button>`;
  }

  /** The item that was pressed, as its component shows it. */
  #whole({ of, chunks, rows }: ItemsView): TemplateResult | typeof nothing {
    const i = this.opened;
    const item = i === null || i >= of ? undefined : chunks[String(Math.floor(i / chunkSize))]?.[i % chunkSize];
    if (i === null || !item) return nothing;
    if (item.failure) return html`<p class="failure">${item.failure.message} ${item.failure.advice}</p>`;
    if (rows) return html`<div class="whole">${rowFieldsEditor(this, i, item)}</div>`;
    const { name, component } = this.port;
    const { state, value, shows } = item;
    if (!component)
      return html`<div class="whole"><p class="quiet">The app does not show what this output holds. It goes on to the steps that it is connected to.</p>${this.#way(i)}</div>`;
    const pinnable = this.port.pinnable ? { pinnable: true as const } : {};
    const put = (given: GivenValue) =>
      this.desk.ask({ kind: "pin", card: this.card, port: name, item: i, value: given });
    return html`<div class="whole">${field({ name, component, state, value, shows, label: `Item ${i + 1}`, editable: false, ...pinnable }, this.card, this.desk, put)}${this.#way(i)}</div>`;
  }

  #way(i: number): TemplateResult | typeof nothing {
    if (!this.inside) return nothing;
    const open = () =>
      this.dispatchEvent(
        new CustomEvent("mr-open", { detail: { card: this.card, item: i }, bubbles: true, composed: true }),
      );
    return html`<button class="button small" aria-label="Open item ${i + 1} of ${this.name}" @click=${open}>Look inside${icon("right", 12)}</button>`;
  }

  #lines(of: number): Lines {
    return linesInSight({ of, top: this.top, height, seen });
  }

  #toggle(i: number): void {
    this.opened = this.opened === i ? null : i;
  }
  #jump(i: number): void {
    const list = this.renderRoot.querySelector<HTMLElement>(".list");
    list?.scrollTo({ top: Math.max(i - 2, 0) * height });
    list?.focus();
  }
  #scrolled = (event: Event): void => {
    this.top = (event.target as HTMLElement).scrollTop;
  };

  static override styles = [
    base,
    buttons,
    smallTools,
    rowStyles,
    css`
      :host { display: block; }
      .head { display: flex; align-items: center; gap: 8px; min-height: 20px; }
      .label { font-size: 11.5px; font-weight: 500; color: var(--mr-ink-2); flex: none; max-width: 60%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .sum { margin-left: auto; color: var(--mr-quiet); white-space: nowrap; }
      .jump, .replay { flex: none; display: grid; place-items: center; width: 22px; height: 22px; padding: 0; border: 0; border-radius: 6px; background: none; color: var(--mr-ink-2); }
      .jump { color: var(--mr-failed-ink); width: 20px; height: 20px; }
      .jump:hover { background: var(--mr-failed-on); }
      .replay:hover { background: var(--mr-accent-on); color: var(--mr-accent); }
      .list { position: relative; margin: 4px -12px 0; overflow: auto; overscroll-behavior: contain; scrollbar-width: thin; }
      .list:focus-visible { outline-offset: -2px; }
      .all { position: relative; }
      .line { position: absolute; left: 0; right: 0; height: ${height}px; display: flex; align-items: center; gap: 8px; padding: 0 8px 0 12px; border-top: 1px solid var(--mr-inner); font-size: 12.5px; }
      .line.open { background: var(--mr-field); }
      .n { flex: none; min-width: 14px; color: var(--mr-quiet); }
      .what { flex: 1; display: flex; align-items: center; gap: 6px; min-width: 0; height: 100%; padding: 0; border: 0; background: none; text-align: left; }
      .what:focus-visible { outline-offset: -2px; }
      .what:hover { color: var(--mr-accent); }
      .ellipsis { flex: 1; }
      mr-sound { flex: 1; }
      .thumbs { display: flex; gap: 3px; }
      .thumbs .thumb { width: 22px; height: 22px; object-fit: cover; }
      .sign { flex: none; display: grid; place-items: center; }
      .stale .what, .empty .what { color: var(--mr-quiet); }
      .failed { color: var(--mr-failed-ink); }
      .pending { color: var(--mr-running-ink); }
      .line .replay { opacity: 0; }
      .line:hover .replay, .line:focus-within .replay, .line.failed .replay { opacity: 1; }
      .line.failed .replay { color: var(--mr-failed-ink); }
      @media (hover: none) { .line .replay { opacity: 1; } }
      .thumb { display: block; max-height: 22px; max-width: 96px; border-radius: 4px; background: var(--mr-check); }
      .chips { display: flex; border-radius: 4px; overflow: hidden; }
      .chip { flex: none; width: 14px; height: 14px; border-radius: 4px; }
      .pale { opacity: 0.5; }
      .icon-busy { animation: turn 1.1s linear infinite; }
      .whole p { margin: 0; }
      .whole { margin: 0 -12px -4px; padding: 6px 12px 4px; border-top: 1px solid var(--mr-inner); background: var(--mr-field); }
      .lift { display: flex; align-items: center; gap: 3px; border: 0; cursor: pointer; }
      .lift:hover { filter: brightness(0.96); }
      .failure { margin: 6px 0 0; font-size: 11.5px; color: var(--mr-failed-ink); overflow-wrap: anywhere; }
      @keyframes turn { to { transform: rotate(1turn); } }
      @media (prefers-reduced-motion: reduce) { .icon-busy { animation: none; } }
    `,
  ];
}

/** A sound is heard in its line. */
function heard({ state, value, shows }: ItemView, name: string): TemplateResult | undefined {
  const sound = value?.kind === "file" && value.file.type.startsWith("audio/") ? value.file : undefined;
  if (!sound || (state !== "ready" && state !== "stale")) return undefined;
  return html`<mr-sound class=${shows === "current" ? "" : "pale"} .src=${sound.url} .name=${name}></mr-sound>`;
}

/** What a line says of its item. */
function what(item: ItemView): TemplateResult | typeof nothing {
  const { state, failure, progress, value } = item;
  if (state === "failed")
    return html`${icon("cross", 11)}<span class="ellipsis" title=${failure?.message ?? ""}>${failure?.message ?? "failed"}</span>`;
  if (state === "pending") {
    const words = progress?.queue ? `queue ${queueWords(progress.queue)}` : (progress?.message ?? "running");
    return html`${icon("busy", 11)}${value ? preview(item) : html`<span class="ellipsis">${words}</span>`}`;
  }
  if (value) return preview(item);
  return html`<span class="ellipsis">${state === "ready" ? "ready, not shown" : state === "stale" ? "not made yet" : "empty"}</span>`;
}
customElements.define("mr-items", ItemList);
