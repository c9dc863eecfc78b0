/**
 * Puts items together to one list, in order (S1), and says how they stand while they are not all there. A failed item is a
 * failure at its index, never data (S3). Asked, it asks the items that are not there, and ends when each of them has ended.
 */
import { askOne, type EndAbove } from "./demand.ts";
import { listOf } from "./equal.ts";
import { type Failure, itemsFailed, sameFault } from "./failure.ts";
import { failureFrom } from "./fault.ts";
import { GatheredList } from "./gathered-list.ts";
import { type ItemPlace, ItemPlaces } from "./item-places.ts";
import { GatheredSignal, type Structure } from "./items.ts";
import { Passing } from "./passing.ts";
import type { Place } from "./placed.ts";
import type { Scatter } from "./scatter.ts";
import { scattersAbove, selectedOf } from "./scatters.ts";
import { type AnySignal, empty, failed, given, pending, type Ready, shared, stale } from "./signal.ts";
import { Slot } from "./slot.ts";

export class Gather extends Passing {
  /** The list. */
  readonly out: Slot;
  /** True when it leaves out items that fail. */
  readonly skips: boolean;
  /** True for the list of a port in a graph that may live once per item: nobody else tells what becomes of it. */
  inner = false;
  readonly #structure: Structure;
  readonly #places: ItemPlaces;
  readonly #list: GatheredList;
  /** How many items an end is awaited of, and the first end without a value. */
  #open = 0;
  #ended: EndAbove | undefined = undefined;
  /** The demand that the items were asked for. */
  #askedFor = 0;
  /** Holds the items' signals for those who watch them; made when somebody does. */
  #watched: Slot | undefined = undefined;

  constructor(place: Place, structure: Structure, skips: boolean) {
    super(place, [structure], structure.itemHeight + 2);
    this.skips = skips;
    this.out = new Slot(this.wave, this);
    this.outs = [this.out];
    this.#structure = structure;
    this.#places = new ItemPlaces(this, this.wave);
    this.#list = new GatheredList(this.out, () => this.scatters.map(({ list }) => shared(list.now) as Ready));
    structure.read(this);
  }

  /** What took the lists apart that its items come from. */
  get scatters(): readonly Scatter[] {
    return scattersAbove(this.#structure);
  }

  /** What the items are held by that it puts together: of a choice, by its selected variant. */
  get madeBy(): Structure {
    return selectedOf(this.#structure);
  }

  /** The slots of its items, in order. */
  get items(): readonly Slot[] {
    return this.#places.all.map(({ slot }) => slot);
  }

  /** A slot that holds the list of the items' signals. */
  watchItems(): Slot {
    if (this.#watched === undefined) {
      this.#watched = new Slot(this.wave, undefined);
      this.#watched.next(given(this.#places.signals));
    }
    return this.#watched;
  }

  /** Who watches the items hears that the sheet has closed. */
  close(): void {
    this.#watched?.close();
  }

  /** One item says something new. */
  heard(place: ItemPlace): void {
    this.#places.recount(place);
    this.#list.heard(place);
    if (this.asked !== 0) this.#look(place);
    this.wave.mark(this);
  }

  override shownNumbersAt(): readonly number[] {
    const all: number[] = [];
    // Nothing is used of an item that failed and is left out, though it may show what it gave before.
    for (const { slot } of this.#places.all) if (slot.now.kind === "ready") slot.tellNumbers(all);
    return all;
  }

  override get mirrors(): boolean {
    return true;
  }

  /** A demand that goes on may ask for what it had once: the items are asked anew. */
  override ask(stamp: number, only: boolean): void {
    if (this.asked === 0) this.#askedFor = 0;
    super.ask(stamp, only);
  }

  visit(): void {
    this.suspect = false;
    for (const demand of this.demands) demand.accepted = true;
    const { now } = this.#structure;
    if (this.wave.opening && this.#places.all.length === 0) this.#takeLast();
    if (now.kind !== "ready") return this.#waitForItems(now);
    this.#takeItems(this.#structure.items as readonly Slot[]);
    this.#show();
    if (this.#watched) this.#watched.next(given(this.#places.signals));
    this.#answer();
  }

  // ── how the items stand

  #takeItems(slots: readonly Slot[]): void {
    const exchange = this.#places.take(slots);
    if (exchange === undefined) return;
    this.#list.forget();
    for (const place of exchange.gone) if (place.open) this.#open -= 1;
    if (this.asked !== 0 && this.#askedFor === this.asked) for (const place of exchange.came) this.#look(place);
    this.ins = [this.#structure, ...slots];
  }

  /** Opened again, it holds the items that were there last, though their list may be here no more; and what they gave, where no port says it. */
  #takeLast(): void {
    const { last } = this.#structure;
    if (last === undefined) return;
    this.#takeItems(last);
    const parts = last.flatMap(({ good }) => good ?? []);
    if (this.out.port !== undefined || parts.length < last.length) return;
    const values = parts.map(({ value }) => value);
    this.out.keep(new GatheredSignal(listOf(values), parts.map(shared)) as Ready);
  }

  #show(): void {
    const { counts, all } = this.#places;
    const { pending: underway, failed: broken, stale: old, empty: none, ready } = counts;
    const said = () => ({ fraction: (ready + broken) / all.length, message: `${ready} of ${all.length}` });
    if (underway > 0) this.#put(pending(this.out.good, undefined, said()));
    else if (broken > 0 && !this.skips) this.#put(failed(this.out.good, this.#failure()));
    else if (old > 0) this.#goStale();
    else if (none > 0) this.#put(empty);
    else this.#put(this.#list.of(this.#places));
  }

  #goStale(): void {
    if (this.out.own.kind === "stale") return;
    const first = this.#places.all.find(({ kind }) => kind === "stale")?.slot.now;
    this.#put(stale(this.out.good, first?.kind === "stale" ? first.because : this.cause));
  }

  #failure(): Failure {
    const { failures, all } = this.#places;
    const now = this.out.own;
    const failure = itemsFailed(new Map(failures), all.length);
    // The same failures among as many are the same failure: whoever reads it need not look again.
    const known = now.kind === "failed" && now.failure.reason === "item-failed" ? now.failure : undefined;
    return known?.message === failure.message && sameItems(known.items, failures) ? known : failure;
  }

  #put(signal: AnySignal): void {
    const now = this.out.own;
    if (now === signal) return;
    if (now.kind === "failed" && signal.kind === "failed" && now.failure === signal.failure) return;
    this.out.next(signal);
    if (this.inner) this.wave.keeping?.changed(this.out);
  }

  // ── what it is asked

  #waitForItems(structure: Exclude<AnySignal, Ready>): void {
    if (structure.kind === "failed") {
      const now = this.out.own;
      const failure = failureFrom(this.#structure);
      if (!(now.kind === "failed" && sameFault(now.failure, failure))) this.#put(failed(this.out.good, failure));
    } else if (structure.kind === "empty") this.#put(empty);
    else if (this.out.own.kind !== "stale")
      this.#put(stale(this.out.good, structure.kind === "stale" ? structure.because : this.#structure.cause));
    const { owner } = this.#structure;
    const above = this.asked === 0 || !owner ? undefined : askOne(this, this.#structure, owner, this.alone);
    if (above) this.endFromAbove(above);
  }

  #answer(): void {
    if (this.asked === 0) return;
    if (this.#askedFor !== this.asked) this.#askItems();
    if (this.#open > 0) return;
    const now = this.out.own;
    if (now.kind === "ready") return this.end({ kind: "ready" });
    if (now.kind === "failed") return this.end({ kind: "failed", failure: now.failure });
    if (this.#ended) this.endFromAbove(this.#ended);
  }

  /** Once per demand. */
  #askItems(): void {
    this.#askedFor = this.asked;
    this.#open = 0;
    this.#ended = undefined;
    for (const place of this.#places.all) {
      place.open = false;
      this.#look(place);
    }
  }

  /** Asks an item that is not there, and notes whether there is an end of it to wait for. */
  #look(place: ItemPlace): void {
    const { slot } = place;
    let open = false;
    if (place.kind !== "ready" && slot.owner) {
      const above = askOne(this, slot, slot.owner, this.alone);
      open = above === undefined;
      if (above) this.#ended ??= above;
    }
    if (open !== place.open) this.#open += open ? 1 : -1;
    place.open = open;
  }
}

function sameItems(known: ReadonlyMap<number, Failure>, now: readonly [number, Failure][]): boolean {
  return known.size === now.length && now.every(([i, failure]) => known.get(i) === failure);
}
