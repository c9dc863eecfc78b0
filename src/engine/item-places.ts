/**
 * The items that a gather puts together, each in its place. How many of them stand how is counted as they change, so that one
 * item's change costs the same in a list of any length.
 */
import type { Failure } from "./failure.ts";
import type { Gather } from "./gather.ts";
import type { Visited } from "./marks.ts";
import { type AnySignal, shared } from "./signal.ts";
import type { Reader, Slot } from "./slot.ts";
import type { Wave } from "./wave.ts";

/** One item's place: it reads the item's slot for the gather. */
export class ItemPlace implements Reader {
  marked = false;
  nextMarked: Visited | undefined = undefined;
  readonly height: number;
  readonly slot: Slot;
  /** Which item it is. */
  at = 0;
  kind: AnySignal["kind"];
  /** True while an end of it is awaited for a demand. */
  open = false;
  readonly #gather: Gather;
  readonly #wave: Wave;

  constructor(gather: Gather, wave: Wave, slot: Slot) {
    this.#gather = gather;
    this.#wave = wave;
    this.slot = slot;
    this.kind = slot.now.kind;
    this.height = gather.height - 1;
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

/** What came and went when other items were taken. */
export interface Exchange {
  readonly came: readonly ItemPlace[];
  readonly gone: readonly ItemPlace[];
}

export class ItemPlaces {
  /** In order. */
  all: readonly ItemPlace[] = [];
  /** How many stand how. */
  readonly counts = { empty: 0, stale: 0, pending: 0, ready: 0, failed: 0 };
  readonly #gather: Gather;
  readonly #wave: Wave;
  #slots: readonly Slot[] | undefined = undefined;

  constructor(gather: Gather, wave: Wave) {
    this.#gather = gather;
    this.#wave = wave;
  }

  /** Takes these items for those before; nothing where they are the same. */
  take(slots: readonly Slot[]): Exchange | undefined {
    if (slots === this.#slots) return undefined;
    this.#slots = slots;
    const known = new Map(this.all.map((place) => [place.slot, place]));
    const came: ItemPlace[] = [];
    this.all = slots.map((slot, i) => {
      const place = known.get(slot) ?? this.#enter(slot, came);
      place.at = i;
      known.delete(slot);
      return place;
    });
    const gone = [...known.values()];
    for (const place of gone) {
      this.counts[place.kind] -= 1;
      place.slot.forget(new Set([place]));
    }
    return { came, gone };
  }

  /** A place says something new. */
  recount(place: ItemPlace): void {
    const { kind } = place.slot.now;
    if (kind === place.kind) return;
    this.counts[place.kind] -= 1;
    this.counts[kind] += 1;
    place.kind = kind;
  }

  get signals(): readonly AnySignal[] {
    return this.all.map(({ slot }) => shared(slot.now));
  }

  /** The failures, each at its index. */
  get failures(): readonly [number, Failure][] {
    return this.all.flatMap(({ slot }, i): [number, Failure][] =>
      slot.now.kind === "failed" ? [[i, slot.now.failure]] : [],
    );
  }

  #enter(slot: Slot, came: ItemPlace[]): ItemPlace {
    const place = new ItemPlace(this.#gather, this.#wave, slot);
    this.counts[place.kind] += 1;
    slot.read(place);
    came.push(place);
    return place;
  }
}
