/**
 * `<mr-items>`: a list item by item: one line each, with its own state, what it gave and the button that runs it again, or
 * for the rows of an `itemList` the fields to edit. Long lists are virtual: only the lines in sight are painted, and what was
 * not sent yet is asked for when one comes to it. The item that is shown whole stays the same one while others come, go and
 * move around it.
 *
 * Properties: `port`, `name` (of the card), `card` (its id), `desk`, `replays` (whether its items can be run), `inside` (whether they
 * can be looked into: then it says `mr-open`, with the card and the item).
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { repeat } from "lit/directives/repeat.js";
import { styleMap } from "lit/directives/style-map.js";
import { chunkSize, type ItemsView, type ItemView, type PortView } from "../protocol/port.ts";
import type { Desk } from "./desk.ts";
import { icon } from "./icons.ts";
import { heard, what } from "./item-line.ts";
import { itemValue } from "./item-value.ts";
import { itemsStyles, lineHeight } from "./items-styles.ts";
import { type Lines, linesInSight } from "./lines.ts";
import { chunkOf, followed, itemAt, type Opened } from "./opened.ts";
import { addButton, editable, pinBadge, rowFieldsEditor, rowLine, rowStyles } from "./row-editor.ts";
import { base, buttons, smallTools } from "./styles.ts";
import { itemsWords } from "./words.ts";

/** Lines that are seen at once. */
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
    gone: { state: true },
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
  declare opened: Opened | null;
  /** True while one still writes in an item that is in the list no more. */
  declare gone: boolean;
  /** Counts what was opened: each has fields of its own. */
  #openings = 0;
  /** Chunks that were asked for and have not come yet. */
  readonly #asked = new Set<number>();

  constructor() {
    super();
    this.top = 0;
    this.opened = null;
    this.gone = false;
  }

  get #items(): ItemsView {
    return this.port.items ?? { of: 0, counts: { empty: 0, stale: 0, pending: 0, ready: 0, failed: 0 }, chunks: {} };
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("port")?.items;
    if (!this.opened || !before || before === this.#items) return;
    const now = followed(this.opened, before.of, this.#items);
    // Words are not taken away from whoever writes them.
    this.gone =
      !now && this.renderRoot.querySelector(".whole")?.contains(this.shadowRoot?.activeElement ?? null) === true;
    if (now || !this.gone) this.opened = now ?? null;
  }

  protected override updated(): void {
    const { of, chunks } = this.#items;
    const { from, to } = this.#lines(of);
    const wanted = Array.from({ length: chunkOf(to - 1) + 1 - chunkOf(from) }, (_, i) => chunkOf(from) + i);
    if (this.opened && this.opened.at < of) wanted.push(chunkOf(this.opened.at));
    for (const chunk of wanted) {
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
    const { failed, of, counts } = items;
    const unknown = of === 0 && this.port.state !== "ready";
    // Where nothing is shown of items that are all there, their lines would say nothing.
    const dull = !this.port.component && !this.inside && counts.ready === of;
    return html`<div class="head"><span class="label">${label}</span>
        <span class="sum mono">${unknown ? nothing : itemsWords(items)}</span>${pinBadge(this)}
        ${failed === undefined ? nothing : html`<button class="jump" aria-label="Show the first failed item of ${label}" title="Show the first that failed" @click=${() => this.#jump(failed)}>${icon("down", 12)}</button>`}</div>
      ${of === 0 || dull ? nothing : this.#list(items)}${this.opened ? this.#whole(this.opened, items) : nothing}
      ${items.rows ? addButton(this) : nothing}`;
  }

  #list(items: ItemsView): TemplateResult {
    const { of } = items;
    const { from, to } = this.#lines(of);
    const lines = Array.from({ length: to - from }, (_, i) => ({ at: from + i, item: itemAt(items, from + i) }));
    return html`<div class="list" role="list" tabindex="0" aria-label="Items of ${this.port.label}" style=${styleMap({ height: `${Math.min(of, seen) * lineHeight}px` })} @scroll=${this.#scrolled}>
      <div class="all" style=${styleMap({ height: `${of * lineHeight}px` })}>${repeat(
        lines,
        ({ at, item }) => item?.id ?? `at ${at}`,
        ({ at, item }) => this.#line(at, of, item),
      )}</div></div>`;
  }

  #line(at: number, of: number, item: ItemView | undefined): TemplateResult {
    const open = item !== undefined && this.opened?.id === item.id;
    return html`<div class="line ${item?.state ?? "unknown"} ${open ? "open" : ""}" role="listitem" aria-setsize=${of} aria-posinset=${at + 1} style=${styleMap({ top: `${at * lineHeight}px` })}>
      <span class="n mono">${at + 1}</span>${item ? this.#known(at, item, open) : html`<span class="quiet">…</span>`}
    </div>`;
  }

  #known(at: number, item: ItemView, open: boolean): TemplateResult {
    const { label } = this.port;
    const rows = this.#items.rows === true;
    const toggle = () => this.#toggle(open ? null : { id: item.id, at, item });
    return html`${heard(item, `item ${at + 1} of ${label}`) ?? html`<button class="what" aria-expanded=${open} @click=${toggle}><span class="unseen">Item ${at + 1}:</span>${rows ? rowLine(this, item) : what(item)}</button>`}
      ${rows ? this.#pen(at, open, toggle) : html`${this.#lift(at, item)}${this.#replay(at, item)}`}`;
  }

  #pen(at: number, open: boolean, toggle: () => void): TemplateResult | typeof nothing {
    if (!editable(this)) return nothing;
    const name = `Edit row ${at + 1} of ${this.port.label}`;
    return html`<button class="replay" aria-label=${name} title=${name} aria-expanded=${open} @click=${() => {
      toggle();
      if (!open) void this.#write();
    }}>${icon("pen", 12)}</button>`;
  }

  /** Whoever opened a row to edit it begins to write. */
  async #write(): Promise<void> {
    await this.updateComplete;
    const field = this.renderRoot.querySelector<LitElement>(".whole > *");
    await field?.updateComplete;
    field?.shadowRoot?.querySelector<HTMLElement>("#field, .box, .button")?.focus();
  }

  #lift(at: number, { id, pinned }: ItemView): TemplateResult | typeof nothing {
    if (!pinned) return nothing;
    const lift = ({ currentTarget }: Event) => {
      // The button goes with the pin.
      (currentTarget as Element).parentElement?.querySelector<HTMLElement>(".what")?.focus();
      void this.desk.press({ kind: "unpin", card: this.card, port: this.port.name, item: id });
    };
    return html`<button class="badge lift" aria-label="Lift the pin of item ${at + 1} of ${this.port.label}" title="A person put a value here. Press to show what the step itself gave" @click=${lift}>pinned${icon("close", 9)}</button>`;
  }

  #replay(at: number, { id, state }: ItemView): TemplateResult | typeof nothing {
    if (!this.replays || state === "pending" || state === "empty") return nothing;
    const again = state === "ready";
    const name = again
      ? `Run item ${at + 1} of ${this.name} again`
      : `${state === "failed" ? "Retry" : "Run"} item ${at + 1} of ${this.name}`;
    return html`<button class="replay" aria-label=${name} title=${name} @click=${() => void this.desk.press({ kind: "run", card: this.card, items: [id], ...(again && { again }) })}>${icon("again", 12)}</button>`;
  }

  /** The item that was pressed, as its component shows it. */
  #whole(opened: Opened, { rows }: ItemsView): TemplateResult {
    const { item } = opened;
    if (item.failure) return html`<p class="failure">${item.failure.message} ${item.failure.advice}</p>`;
    const inside = rows ? this.#row(opened) : html`${itemValue(this, opened)}${this.#way(opened)}`;
    return html`<div class="whole" @keydown=${this.#pressed}>${this.gone ? this.#farewell() : nothing}${keyed(this.#openings, inside)}</div>`;
  }

  #row({ at, item }: Opened): TemplateResult {
    return rowFieldsEditor(this, item, this.gone ? undefined : { at, removed: this.#removed });
  }

  /** Somebody else took out what one is writing in. */
  #farewell(): TemplateResult {
    return html`<p class="failure" role="status">This is not in the list any more. What you write here goes nowhere.
      <button class="small-tool" @click=${() => this.#toggle(null)}>Close</button></p>`;
  }

  #way(item: Opened): TemplateResult | typeof nothing {
    if (!this.inside) return nothing;
    const open = () =>
      this.dispatchEvent(
        new CustomEvent("mr-open", { detail: { card: this.card, item }, bubbles: true, composed: true }),
      );
    return html`<button class="button small" aria-label="Open item ${item.at + 1} of ${this.name}" @click=${open}>Look inside${icon("right", 12)}</button>`;
  }

  #lines(of: number): Lines {
    return linesInSight({ of, top: this.top, height: lineHeight, seen });
  }

  #toggle(opened: Opened | null): void {
    this.#openings++;
    this.opened = opened;
    this.gone = false;
  }
  /** Escape shuts what is open, and one goes on at its line. */
  #pressed = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    const line =
      this.renderRoot.querySelector<HTMLElement>(".line.open .what") ??
      this.renderRoot.querySelector<HTMLElement>(".list");
    this.#toggle(null);
    line?.focus();
  };
  #removed = (): void => {
    this.#toggle(null);
    this.renderRoot.querySelector<HTMLElement>(".list")?.focus();
  };
  #jump(i: number): void {
    const list = this.renderRoot.querySelector<HTMLElement>(".list");
    list?.scrollTo({ top: Math.max(i - 2, 0) * lineHeight });
    list?.focus();
  }
  #scrolled = (event: Event): void => {
    this.top = (event.target as HTMLElement).scrollTop;
  };

  static override styles = [base, buttons, smallTools, rowStyles, itemsStyles];
}

customElements.define("mr-items", ItemList);
