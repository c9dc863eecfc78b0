/**
 * The items of a scattered port as they stand. A structure slot holds them: a list of slots, one per item; where the port is
 * scattered more than once, those are structure slots in turn. An item keeps its slot while it moves, and whatever runs for
 * it goes on (S2).
 */
import { type Ready, ReadySignal, type RunNumbers, type Signal, shared } from "./signal.ts";
import { Slot } from "./slot.ts";
import type { Wave } from "./wave.ts";

/** A list of slots in order; made anew whenever an item comes, goes or moves. */
export class Items {
  readonly slots: readonly Slot[];

  constructor(slots: readonly Slot[]) {
    this.slots = slots;
  }
}

/** How items stand, in order; of those that are not known there is nothing. */
export type ItemSignals = readonly (Signal<unknown> | ItemSignals | undefined)[];

/** Holds `Items`. */
export class Structure extends Slot {
  /** No step that writes an item, however deep, stands higher: what gathers items stands above that. */
  itemHeight = 0;

  /** The items now, as long as they are known. */
  get items(): readonly Slot[] | undefined {
    return this.now.kind === "ready" ? (this.now.value as Items).slots : undefined;
  }

  /** How each of them stands. */
  get signals(): ItemSignals | undefined {
    return this.items?.map((item) => (item instanceof Structure ? item.signals : shared(item.now)));
  }

  /** The items as they were known last. */
  get last(): readonly Slot[] | undefined {
    return (this.good?.value as Items | undefined)?.slots;
  }

  /** Holds these items from now on; the same ones in the same order are nothing new. */
  hold(slots: readonly Slot[]): void {
    const good = this.good?.value as Items | undefined;
    const same = good !== undefined && (good.slots === slots || sameSlots(good.slots, slots));
    const signal = same ? (this.good as Ready) : (new ReadySignal(new Items(slots), "", 0) as Ready);
    if (this.now !== signal) this.next(signal);
  }
}

function sameSlots(some: readonly Slot[], others: readonly Slot[]): boolean {
  return some.length === others.length && some.every((slot, i) => slot === others[i]);
}

/** Stands for the slot of an item that is here no more. */
export class PastItem extends Slot {
  /** What held that item among others. */
  readonly of: Structure;

  constructor(wave: Wave, of: Structure) {
    super(wave, of.owner);
    this.of = of;
  }
}

/** An item's signal: it knows the list that it is of. */
export class ItemSignal extends ReadySignal {
  readonly list: Ready;

  constructor(value: unknown, list: Ready) {
    super(value, (list as unknown as ReadySignal).sheet, (list as unknown as ReadySignal).number);
    this.list = list;
  }
}

/** An item keeps its signal while its list changes around it: the same of the list as it is now. */
export function inList(item: Ready, list: Ready): Ready {
  const known: unknown = item;
  if (!(known instanceof ItemSignal) || known.list === list) return item;
  return new ItemSignal(known.value, shared(list)) as unknown as Ready;
}

/** What a person had laid over an item, as a run was given it: it knows of which lists, and where in them. */
export class LaidOverItem extends ReadySignal {
  readonly lists: readonly Ready[];
  readonly at: number;

  constructor(value: unknown, lists: readonly Ready[], at: number) {
    super(value, "", 0, true);
    this.lists = lists;
    this.at = at;
  }
}

/** A gathered list's signal: it knows the items that it was put together from. */
export class GatheredSignal extends ReadySignal {
  declare readonly value: readonly unknown[];
  readonly parts: readonly Ready[];
  /** The lists that the items came from, as far as that is known. */
  readonly lists: readonly Ready[];

  /** `pinned`: whether any of its parts is. */
  constructor(
    value: readonly unknown[],
    parts: readonly Ready[],
    lists: readonly Ready[] = [],
    pinned = parts.some((part) => part.pinned),
  ) {
    super(value, "", 0, pinned);
    this.parts = parts;
    this.lists = lists;
  }

  override get numbers(): RunNumbers {
    return [...new Set(this.parts.flatMap((part) => (part as unknown as ReadySignal).numbers))];
  }
}
