/**
 * Puts items together to one list, in order (S1), and says how they stand while they are not all there. A failed item is a
 * failure at its index, never data (S3). What one item's change costs here does not grow with the list, until the last one
 * arrives.
 */
import type { Place } from "./asked.ts";
import { askOne, type EndAbove, failureFrom } from "./demand.ts";
import { equal, listOf } from "./equal.ts";
import { type Failure, itemsFailed, sameFault } from "./failure.ts";
import { GatheredSignal, type Structure } from "./items.ts";
import type { Visited } from "./marks.ts";
import { Passing } from "./passing.ts";
import type { Scatter } from "./scatter.ts";
import { scattersAbove } from "./scatters.ts";
import { type AnySignal, empty, failed, given, pending, type Ready, shared, stale } from "./signal.ts";
import { type Reader, Slot } from "./slot.ts";
import type { Wave } from "./wave.ts";

/** One item's place in a gather. */
class ItemPlace implements Reader {
  marked = false;
  nextMarked: Visited | undefined = undefined;
  readonly height: number;
  readonly slot: Slot;
  /** Which item it is. */
  at = 0;
  kind: AnySignal["kind"] = "empty";
  /** True while an end of it is awaited for a demand. */
  open = false;
  readonly #gather: Gather;
  readonly #wave: Wave;

  constructor(gather: Gather, wave: Wave, slot: Slot, height: number) {
    this.#gather = gather;
    this.#wave = wave;
    this.slot = slot;
    this.height = height;
  }

  get asked(): number {
    return this.#gather.asked;
  }

  next(): void {
    this.#wave.mark(this);
  }

  visit(): void {
    this.#gather.heard(this);
  }
}

export class Gather extends Passing {
  readonly #structure: Structure;
  readonly #skips: boolean;
  readonly #out: Slot;
  #places: readonly ItemPlace[] = [];
  /** What was put together last, while the items are the same: only what changed since is looked at. */
  #together: GatheredSignal | undefined = undefined;
  readonly #changed = new Set<ItemPlace>();
  #bySlot = new Map<Slot, ItemPlace>();
  #held: readonly Slot[] | undefined = undefined;
  readonly #counts = { empty: 0, stale: 0, pending: 0, ready: 0, failed: 0 };
  /** How many items an end is awaited of, and the first end without a value. */
  #open = 0;
  #ended: EndAbove | undefined = undefined;
  /** The demand that the items were asked for. */
  #askedFor = 0;
  /** Holds the items' signals for those who watch them; made when somebody does. */
  #watched: Slot | undefined = undefined;

  constructor(place: Place, structure: Structure, skips: boolean) {
    super(place, [structure], structure.itemHeight + 2);
    this.#structure = structure;
    this.#skips = skips;
    this.#out = new Slot(this.wave, this);
    this.outs = [this.#out];
    structure.read(this);
  }

  get out(): Slot {
    return this.#out;
  }

  /** True when it leaves out items that fail. */
  get skips(): boolean {
    return this.#skips;
  }

  /** What took the lists apart that its items come from. */
  get scatters(): readonly Scatter[] {
    return scattersAbove(this.#structure);
  }

  /** The slots of its items, in order. */
  get items(): readonly Slot[] {
    return this.#places.map(({ slot }) => slot);
  }

  /** A slot that holds the list of the items' signals. */
  watchItems(): Slot {
    if (this.#watched === undefined) {
      this.#watched = new Slot(this.wave, undefined);
      this.#watched.next(given(this.#signals()));
    }
    return this.#watched;
  }

  /** One item says something new. */
  heard(place: ItemPlace): void {
    this.#count(place);
    this.#changed.add(place);
    if (this.asked !== 0) this.#look(place);
    this.wave.mark(this);
  }

  override shownNumbersAt(): readonly number[] {
    const all: number[] = [];
    // Nothing is used of an item that failed and is left out, though it may show what it gave before.
    for (const { slot } of this.#places) if (slot.now.kind === "ready") slot.tellNumbers(all);
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
    if (now.kind !== "ready") return this.#waitForItems(now);
    this.#takeItems(this.#structure.items as readonly Slot[]);
    this.#show();
    if (this.#watched) this.#watched.next(given(this.#signals()));
    this.#answer();
  }

  // ── how the items stand

  #takeItems(slots: readonly Slot[]): void {
    if (slots === this.#held) return;
    this.#held = slots;
    this.#together = undefined;
    const known = this.#bySlot;
    this.#bySlot = new Map();
    this.#places = slots.map((slot, i) => {
      const place = known.get(slot) ?? this.#place(slot);
      place.at = i;
      known.delete(slot);
      this.#bySlot.set(slot, place);
      return place;
    });
    for (const place of known.values()) {
      this.#counts[place.kind] -= 1;
      if (place.open) this.#open -= 1;
      place.slot.forget(new Set([place]));
    }
    this.ins = [this.#structure, ...slots];
  }

  #place(slot: Slot): ItemPlace {
    const place = new ItemPlace(this, this.wave, slot, this.height - 1);
    place.kind = slot.now.kind;
    this.#counts[place.kind] += 1;
    slot.read(place);
    if (this.asked !== 0 && this.#askedFor === this.asked) this.#look(place);
    return place;
  }

  #count(place: ItemPlace): void {
    const { kind } = place.slot.now;
    if (kind === place.kind) return;
    this.#counts[place.kind] -= 1;
    this.#counts[kind] += 1;
    place.kind = kind;
  }

  #show(): void {
    const { pending: underway, failed: broken, stale: old, empty: none, ready } = this.#counts;
    const all = this.#places.length;
    if (underway > 0)
      this.#put(
        pending(this.#out.good, undefined, { fraction: (ready + broken) / all, message: `${ready} of ${all}` }),
      );
    else if (broken > 0 && !this.#skips) this.#put(failed(this.#out.good, this.#failure()));
    else if (old > 0) this.#goStale();
    else if (none > 0) this.#put(empty);
    else this.#gather();
  }

  #gather(): void {
    const whole = this.#counts.ready === this.#places.length;
    const gathered = (whole ? this.#again() : undefined) ?? this.#anew();
    this.#changed.clear();
    this.#together = whole && gathered instanceof GatheredSignal ? gathered : undefined;
    this.#put(gathered);
  }

  /** Of ten thousand items a few may have changed. */
  #again(): Ready | undefined {
    const before = this.#together;
    if (before === undefined || (before as unknown) !== this.#out.good) return undefined;
    const same = [...this.#changed].every(({ at, slot }) => equal((slot.now as Ready).value, before.value[at]));
    if (same) return before as Ready;
    const parts = before.parts.slice();
    const values = before.value.slice();
    let pinned = false;
    for (const { at, slot } of this.#changed) {
      const now = shared(slot.now) as Ready;
      parts[at] = now;
      values[at] = now.value;
      pinned ||= now.pinned;
    }
    // Whether the rest is pinned is not looked for where nothing was.
    return new GatheredSignal(listOf(values), parts, this.#lists(), before.pinned ? undefined : pinned) as Ready;
  }

  #anew(): Ready {
    const parts: Ready[] = [];
    for (const { kind, slot } of this.#places) if (kind === "ready") parts.push(shared(slot.now) as Ready);
    const values = parts.map(({ value }) => value);
    return this.#out.signalOf(values) ?? (new GatheredSignal(listOf(values), parts, this.#lists()) as Ready);
  }

  #lists(): readonly Ready[] {
    return this.scatters.map(({ list }) => shared(list.now) as Ready);
  }

  #goStale(): void {
    if (this.#out.own.kind === "stale") return;
    const first = this.#places.find(({ kind }) => kind === "stale")?.slot.now;
    this.#put(stale(this.#out.good, first?.kind === "stale" ? first.because : this.cause));
  }

  #failure(): Failure {
    const failures = this.#places.flatMap(({ slot }, i): [number, Failure][] =>
      slot.now.kind === "failed" ? [[i, slot.now.failure]] : [],
    );
    const now = this.#out.own;
    // The same failures are the same failure: whoever reads it need not look again.
    if (now.kind === "failed" && now.failure.reason === "item-failed" && sameItems(now.failure.items, failures))
      return now.failure;
    return itemsFailed(new Map(failures), this.#places.length);
  }

  #put(signal: AnySignal): void {
    const now = this.#out.own;
    if (now === signal) return;
    if (now.kind === "failed" && signal.kind === "failed" && now.failure === signal.failure) return;
    this.#out.next(signal);
  }

  #signals(): readonly AnySignal[] {
    return this.#places.map(({ slot }) => shared(slot.now));
  }

  // ── what it is asked

  #waitForItems(structure: Exclude<AnySignal, Ready>): void {
    if (structure.kind === "failed") {
      const now = this.#out.own;
      const failure = failureFrom(this.#structure);
      if (!(now.kind === "failed" && sameFault(now.failure, failure))) this.#put(failed(this.#out.good, failure));
    } else if (structure.kind === "empty") this.#put(empty);
    else if (this.#out.own.kind !== "stale") this.#put(stale(this.#out.good, this.#structure.cause));
    const { owner } = this.#structure;
    const above = this.asked === 0 || !owner ? undefined : askOne(this, this.#structure, owner, this.alone);
    if (above) this.endFromAbove(above);
  }

  /** Asks the items that are not there, once per demand; ends when every one of them has ended. */
  #answer(): void {
    if (this.asked === 0) return;
    if (this.#askedFor !== this.asked) {
      this.#askedFor = this.asked;
      this.#open = 0;
      this.#ended = undefined;
      for (const place of this.#places) {
        place.open = false;
        this.#look(place);
      }
    }
    if (this.#open > 0) return;
    if (this.#out.own.kind === "ready") return this.end({ kind: "ready" });
    const now = this.#out.own;
    if (now.kind === "failed") return this.end({ kind: "failed", failure: now.failure });
    if (this.#ended) this.endFromAbove(this.#ended);
  }

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
