/**
 * Takes a list apart: one slot per item, or per field of each item. An item is known by its value: edited, inserted or moved
 * items leave the slots of all others alone, and with them whatever runs for those (S2).
 */

import { askAbove } from "./demand.ts";
import { handedOut } from "./equal.ts";
import { described, type Failure, sameFault, upstream } from "./failure.ts";
import { rootOf } from "./fault.ts";
import { ItemSignal, Structure } from "./items.ts";
import { matched } from "./matching.ts";
import { Passing } from "./passing.ts";
import type { Place } from "./placed.ts";
import { pathOf } from "./port.ts";
import { type AnySignal, empty, failed, type Ready, type RunNumbers, shared, stale } from "./signal.ts";
import { Slot } from "./slot.ts";

const nothing: unique symbol = Symbol("no such field");

export class Scatter extends Passing {
  readonly structure: Structure;
  /** What it takes apart. */
  readonly list: Slot;
  readonly #field: string | undefined;
  #slots: readonly Slot[] = [];
  #values: readonly unknown[] = [];
  /** The list that it took apart last. */
  taken: Ready | undefined = undefined;
  /** False where it is known that it has taken nothing apart, though its list was there. */
  took = true;
  /** True while every item may be what its place in the list says: not since it had to show something else. */
  #shown = false;

  constructor(place: Place, list: Slot, field: string | undefined, height?: number) {
    super(place, [list], height);
    this.list = list;
    this.#field = field;
    this.structure = new Structure(this.wave, this);
    this.structure.itemHeight = this.height;
    this.outs = [this.structure];
    list.read(this);
  }

  visit(): void {
    this.suspect = false;
    const { now } = this.list;
    for (const demand of this.demands) demand.accepted = true;
    if (this.wave.opening && this.#slots.length === 0) this.#takeLast(now);
    if (now.kind === "ready") {
      this.#takeApart(now);
      if (this.asked === 0) return;
      // An item that is not there stays so: whoever asked for it need not wait.
      const broken = this.outs.find(({ now }) => now.kind === "failed")?.now;
      return this.end(broken?.kind === "failed" ? { kind: "failed", failure: broken.failure } : { kind: "ready" });
    }
    this.#showUnready(now);
    const above = this.asked === 0 ? undefined : askAbove(this, this.alone);
    if (above) this.endFromAbove(above);
  }

  override shownNumbersAt(): RunNumbers {
    return this.list.shownNumbers;
  }

  /** Opened again while its list is not there, or is none: the items of the list that it took apart last are. */
  #takeLast(now: AnySignal): void {
    const there = now.kind === "ready";
    if (there && this.itemsOf(now.value)) return;
    const last = this.taken ?? (there || !this.took ? undefined : this.list.good);
    if (last === undefined) return;
    this.#takeApart(last);
    for (const slot of this.outs) slot.keepNow();
  }

  #takeApart(list: Ready): void {
    const values = this.itemsOf(list.value);
    if (values === undefined) {
      this.#shown = false;
      const failure = this.#noList(list.value);
      for (const slot of this.#slots) show(slot, failed(slot.good, failure));
      return show(this.structure, failed(this.structure.good, failure));
    }
    const old = { values: this.#values, slots: this.#slots };
    const slots = matched(values, old, () => new Slot(this.wave, this));
    for (let i = 0; i < values.length; i++) {
      const kept = this.#shown && Object.is(values[i], old.values[i]) && slots[i] === old.slots[i];
      if (!kept) this.#put(slots[i] as Slot, values[i], list);
    }
    this.#shown = true;
    this.taken = shared(list);
    this.#slots = slots;
    this.#values = values;
    if (slots !== old.slots) this.outs = [this.structure, ...slots];
    this.structure.hold(slots);
  }

  /** A hole is an item like any other, and not there; what cannot be read is no list. */
  itemsOf(list: unknown): readonly unknown[] | undefined {
    try {
      if (!Array.isArray(list)) return undefined;
      return this.#field === undefined ? [...list] : Array.from(list, (item) => this.#valueOf(item));
    } catch {
      return undefined;
    }
  }

  #valueOf(item: unknown): unknown {
    try {
      const value = (item as Readonly<Record<string, unknown>> | null | undefined)?.[this.#field as string];
      return value === undefined ? nothing : value;
    } catch {
      return nothing;
    }
  }

  #put(slot: Slot, value: unknown, list: Ready): void {
    if (value === nothing || value === undefined) {
      const now = slot.now.kind === "failed" ? slot.now.failure : undefined;
      const failure = this.#noItem();
      if (now?.message !== failure.message) slot.next(failed(slot.good, failure));
      return;
    }
    const signal = slot.signalOf(value) ?? (new ItemSignal(handedOut(value), list) as unknown as Ready);
    if (slot.now !== signal) slot.next(signal);
  }

  // ── what is said of lists that cannot be taken apart

  get #path(): string {
    return this.list.port ? pathOf(this.list.port) : `An item of ${this.name}`;
  }

  #noList(value: unknown): Failure {
    return {
      reason: "bad-input",
      port: this.list.port?.name ?? "list",
      expected: "a list",
      message: `${this.#path} is scattered, so it should be a list, and it was ${described(value)}.`,
      advice: `Let ${this.name} give a list there, or take the port without .each().`,
    };
  }

  #noItem(): Failure {
    const field = this.#field;
    const port = this.list.port?.name ?? "list";
    if (field === undefined) {
      const message = `${this.#path} has nothing in this place of its list.`;
      return {
        reason: "bad-input",
        port,
        expected: "a value in every place",
        message,
        advice: "Fill the place, or leave it out.",
      };
    }
    const message = `${this.#path} is scattered by its field '${field}', and this item has none.`;
    const advice = `Give every item the field '${field}', or scatter by another.`;
    return { reason: "bad-input", port, expected: `items that have the field '${field}'`, message, advice };
  }

  /** What came of the list as long as there is none. */
  #showUnready(list: Exclude<AnySignal, Ready>): void {
    this.#shown = false;
    const failure: Failure | undefined = list.kind === "failed" ? upstream(rootOf(this.list)) : undefined;
    const why = list.kind === "stale" ? list.because : this.list.cause;
    for (const slot of [...this.#slots, this.structure as Slot]) {
      if (failure) {
        if (slot.now.kind !== "failed" || !sameFault(slot.now.failure, failure)) slot.next(failed(slot.good, failure));
      } else if (list.kind === "empty") show(slot, empty);
      else if (slot.now.kind !== "stale") slot.next(stale(slot.good, why));
    }
  }
}

function show(slot: Slot, signal: AnySignal): void {
  if (slot.now !== signal) slot.next(signal);
}
