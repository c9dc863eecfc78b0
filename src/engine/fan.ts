/**
 * Runs something once per item. A fan zips the items of its scattered inputs (equal lengths, else `bad-input`) and keeps one
 * living part for every combination of slots that it ever saw together and still sees: an item that moves keeps its part, and
 * what runs for it goes on. The parts read the items' slots directly, so an item goes from node to node without waiting for
 * its neighbours.
 */

import type { Asked } from "./asked.ts";
import { askAbove } from "./demand.ts";
import { badInput, type Failure, sameFault } from "./failure.ts";
import { failureFrom } from "./fault.ts";
import { Structure } from "./items.ts";
import { Passing } from "./passing.ts";
import { heightAbove, type Place } from "./placed.ts";
import { failed, stale } from "./signal.ts";
import type { Reader, Slot } from "./slot.ts";

/** What lives for one item. */
export interface Part {
  /** One slot per output of the fan. */
  readonly outs: readonly Slot[];
  /** The steps in it, to be asked, cancelled, looked at. */
  readonly steps: readonly Asked[];
  /** Of those, the ones that make its outputs: whoever asks for the item asks them. */
  readonly goals: readonly Asked[];
  /** Where the item is a list in turn: what lives for each of its items. */
  readonly parts?: readonly Part[];
  /** Told where its item stands now. */
  place(at: number): void;
  /** Ends it; what it read is told by the fan. */
  retire(): ReadonlySet<Reader>;
}

/** Makes what lives for one item: `slots` in the order of the fan's scattered inputs. */
export type MakePart = (slots: readonly Slot[], height: number) => Part;

/** The items of one scattered input. */
export interface FanInput {
  readonly name: string;
  readonly structure: Structure;
}

/** Slots by input, each in the order of the items. */
export type Lists = readonly (readonly Slot[])[];

type Key = Slot | string;

export class Fan extends Passing {
  /** The items of each output. */
  readonly structures: readonly Structure[];
  parts: readonly Part[] = [];
  /** What is zipped. */
  readonly inputs: readonly FanInput[];
  /** Read by all parts alike: what is not scattered. */
  readonly #plain: readonly Slot[];
  readonly #make: MakePart;
  readonly #base: number;
  /** What its parts are for: lists that are zipped no more while others of its inputs are not there. */
  zipped: Lists | undefined = undefined;
  /** Opened again, gives those, where they are not the lists that its inputs had last. */
  left: (() => Lists | undefined) | undefined = undefined;
  #loose = false;
  /** By the slots that it is for: the slot itself, or the serial numbers of several. */
  readonly #known = new Map<Key, Part>();

  /** `levels`: how many fans and steps stand beneath it, one above the other. */
  constructor(
    place: Place,
    inputs: readonly FanInput[],
    plain: readonly Slot[],
    about: {
      readonly outputs: number;
      readonly levels: number;
      readonly make: MakePart;
      readonly height?: number | undefined;
    },
  ) {
    const structures = inputs.map(({ structure }) => structure);
    super(place, structures, about.height);
    this.inputs = inputs;
    this.#plain = plain;
    this.#make = about.make;
    this.#base = Math.max(this.height, heightAbove(plain), ...structures.map(({ itemHeight }) => itemHeight));
    this.structures = Array.from({ length: about.outputs }, () => new Structure(this.wave, this));
    for (const structure of this.structures) structure.itemHeight = this.#base + about.levels;
    this.outs = this.structures;
    for (const structure of new Set(structures)) structure.read(this);
  }

  visit(): void {
    this.suspect = false;
    const unready = this.inputs.find(({ structure }) => structure.now.kind !== "ready");
    if (unready === undefined) {
      this.#zip(this.#lasts());
      const held = this.structures[0]?.now;
      if (this.asked === 0) return;
      return this.end(held?.kind === "failed" ? { kind: "failed", failure: held.failure } : { kind: "ready" });
    }
    const { now } = unready.structure;
    if (this.wave.opening && this.parts.length === 0) this.#zipLast();
    this.#tellLoose();
    const why = now.kind === "stale" ? now.because : unready.structure.cause;
    for (const structure of this.structures) {
      if (now.kind === "failed") fail(structure, failureFrom(unready.structure));
      else if (now.kind === "empty") structure.next(now);
      else if (structure.now.kind !== "stale") structure.next(stale(structure.good, why));
    }
    const above = this.asked === 0 ? undefined : askAbove(this, this.alone);
    if (above) this.endFromAbove(above);
  }

  /** True while its parts are not for the items that its inputs had last. */
  get loose(): boolean {
    const lists = this.#lasts();
    return lists.every((list) => list !== undefined) && lists.some((list, i) => list !== this.zipped?.[i]);
  }

  /** What is told of a fan that is loose is told anew when one of its lists is another, and taken back when it is so no more. */
  #tellLoose(): void {
    const { loose } = this;
    if (loose || this.#loose) this.wave.keeping?.loosened(this);
    this.#loose = loose;
  }

  #lasts(): Lists {
    return this.inputs.map(({ structure }) => structure.last as readonly Slot[]);
  }

  /** Opened again while a list is not there: the items that were there last are. */
  #zipLast(): void {
    const left = this.left?.();
    const lists = left ?? this.#lasts();
    if (lists.includes(undefined as never)) return;
    this.#zip(lists);
    this.#loose = left !== undefined;
    for (const structure of this.structures) structure.keepNow();
  }

  #zip(lists: Lists): void {
    this.zipped = lists;
    if (this.#loose) this.#tellLoose();
    const [first = []] = lists;
    const odd = lists.findIndex((list) => list.length !== first.length);
    if (odd >= 0) return this.#unequal(odd, first.length, (lists[odd] as readonly Slot[]).length);
    const keys: readonly Key[] =
      lists.length === 1 ? first : first.map((_, i) => lists.map((list) => (list[i] as Slot).serial).join());
    this.#retire(keys);
    const before = this.parts;
    this.parts = keys.map((key, i) =>
      this.#part(
        key,
        lists.map((list) => list[i] as Slot),
      ),
    );
    this.parts.forEach((part, i) => {
      part.place(i);
    });
    const { opening, keeping } = this.wave;
    if (opening) for (const part of this.parts) for (const step of part.steps) opening.placed(step);
    if (keeping) for (const [i, part] of this.parts.entries()) if (part !== before[i]) keeping.moved(part.steps);
    this.structures.forEach((structure, k) => {
      structure.hold(this.parts.map(({ outs }) => outs[k] as Slot));
    });
    const { selected } = this.wave;
    if (selected) for (const structure of this.structures) selected.layOver(structure);
  }

  #part(key: Key, slots: readonly Slot[]): Part {
    const known = this.#known.get(key);
    if (known) return known;
    const made = this.#make(slots, this.#base + 1);
    this.#known.set(key, made);
    return made;
  }

  #retire(still: readonly Key[]): void {
    if (this.#known.size === 0) return;
    const wanted = new Set(still);
    const gone = new Set<Reader>();
    for (const [key, part] of this.#known) {
      if (wanted.has(key)) continue;
      this.#known.delete(key);
      for (const reader of part.retire()) gone.add(reader);
    }
    if (gone.size === 0) return;
    for (const slot of this.#plain) slot.forget(gone);
    for (const { structure } of this.inputs) for (const slot of structure.items ?? []) slot.forget(gone);
  }

  #unequal(odd: number, expected: number, got: number): void {
    const [one, other] = [this.inputs[0], this.inputs[odd]];
    const gone = this.parts;
    this.#retire([]);
    this.parts = [];
    const failure = badInput(
      other?.name ?? "",
      `as long as '${one?.name}' (${expected} ${expected === 1 ? "item" : "items"}), because both are scattered`,
      Array.from({ length: got }),
    );
    for (const structure of this.structures) fail(structure, failure);
    // What lies below keeps its items until it is given others, and must not work on these meanwhile.
    for (const { outs } of gone) for (const slot of outs) breakOff(slot, failure);
  }

  override cancel(by: "person" | "close"): void {
    for (const part of this.parts) for (const step of part.steps) step.cancel(by);
    super.cancel(by);
  }
}

/** Nobody writes here any more. */
function breakOff(slot: Slot, failure: Failure): void {
  if (slot instanceof Structure) for (const item of slot.items ?? []) breakOff(item, failure);
  slot.unpin(undefined);
  slot.next(failed(slot.good, failure));
}

function fail(structure: Structure, failure: Failure): void {
  const { now } = structure;
  if (now.kind === "failed" && sameFault(now.failure, failure)) return;
  structure.next(failed(structure.good, failure));
}
