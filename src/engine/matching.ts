/**
 * Finds every value of a list its slot, by what it is and not by where it stands (S2): first the slot of its old place, where
 * the same value stood, then that of wherever an equal value stood, then what is left of its place, then a new one.
 */
import { bucketOf } from "./bucket.ts";
import { equal } from "./equal.ts";
import { append } from "./lists.ts";
import type { Slot } from "./slot.ts";

/** The values of a list, and the slot of each, or what else is to stay with a value. */
export interface Listed<T = Slot> {
  readonly values: readonly unknown[];
  readonly slots: readonly T[];
}

/** The slots of `values`; the very same list of slots when every one keeps its own. */
export function matched<T>(values: readonly unknown[], old: Listed<T>, make: () => T): readonly T[] {
  const open: number[] = [];
  for (let i = 0; i < values.length; i++) if (i >= old.values.length || !equal(old.values[i], values[i])) open.push(i);
  if (open.length === 0 && values.length === old.slots.length) return old.slots;
  const slots = old.slots.slice(0, values.length);
  const free = new Free(old, [...open.filter((i) => i < old.slots.length), ...after(values.length, old.slots.length)]);
  const strange = open.filter((i) => {
    const slot = free.take(values[i]);
    if (slot) slots[i] = slot;
    return slot === undefined;
  });
  for (const i of strange) slots[i] = free.takeAt(i) ?? make();
  const moved = values.length !== old.slots.length || open.some((i) => slots[i] !== old.slots[i]);
  return moved ? slots : old.slots;
}

/** The old slots whose place holds another value now. */
class Free<T> {
  readonly #old: Listed<T>;
  readonly #left: Set<number>;
  readonly #byBucket = new Map<number, number[]>();

  constructor(old: Listed<T>, places: readonly number[]) {
    this.#old = old;
    this.#left = new Set(places);
    for (const i of places) append(this.#byBucket, bucketOf([old.values[i]]), i);
  }

  /** The first that held an equal value. */
  take(value: unknown): T | undefined {
    if (this.#left.size === 0) return undefined;
    const there = this.#byBucket.get(bucketOf([value]));
    const at = there?.findIndex((i) => equal(this.#old.values[i], value)) ?? -1;
    return there === undefined || at < 0 ? undefined : this.takeAt(there.splice(at, 1)[0] as number);
  }

  takeAt(i: number): T | undefined {
    return this.#left.delete(i) ? this.#old.slots[i] : undefined;
  }
}

function after(first: number, end: number): readonly number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
}
