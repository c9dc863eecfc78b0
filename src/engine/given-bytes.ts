/**
 * What people set and pin, as a memory counts it: the bytes of values that only runs hold which nobody shows. Runs share such a value,
 * so it counts once, however many hold it; while one of them is shown it would be there anyway, and counts for nothing. What
 * runs gave is counted with them.
 */
import { GatheredSignal, ItemSignal } from "./items.ts";
import type { RememberedRun } from "./remembered-run.ts";
import type { Ready, ReadySignal } from "./signal.ts";
import { weightOf } from "./weight.ts";

/** A value, and how many runs hold it: those that nobody shows, and those that are shown. */
interface Held {
  readonly bytes: number;
  idle: number;
  shown: number;
}

/** Characters of a text that is worth counting. */
const long = 500;

export class GivenBytes {
  /** Of all values that only runs hold which nobody shows. */
  sum = 0;
  readonly #held = new Map<Ready, Held>();

  /** So many more runs that nobody shows, and that are shown, hold what this one was given. */
  count(run: RememberedRun, idle: number, shown: number): void {
    // Most were given nothing of that size, and their signals lie long out of the processor's sight.
    if (!run.givenMuch) return;
    for (const signal of run.signals) {
      const given = givenIn(signal);
      if (given !== undefined) this.#count(given, idle, shown);
    }
  }

  #count(given: Ready, idle: number, shown: number): void {
    const held = this.#held.get(given) ?? { bytes: weightOf(given.value), idle: 0, shown: 0 };
    this.sum -= counted(held);
    held.idle += idle;
    held.shown += shown;
    this.sum += counted(held);
    if (held.idle + held.shown === 0) this.#held.delete(given);
    else this.#held.set(given, held);
  }
}

function counted({ bytes, idle, shown }: Held): number {
  return idle > 0 && shown === 0 ? bytes : 0;
}

/** True when one of them is counted. */
export function muchGivenIn(signals: readonly Ready[]): boolean {
  return signals.some((signal) => givenIn(signal) !== undefined);
}

/** What a person or a definition gave, of any size worth counting; an item keeps the whole list that it is of. */
function givenIn(signal: Ready): Ready | undefined {
  const given = signal instanceof ItemSignal ? signal.list : signal;
  const { value } = given;
  if (typeof value === "string" ? value.length < long : typeof value !== "object" || value === null) return undefined;
  return (given as unknown as ReadySignal).number === 0 && !(given instanceof GatheredSignal) ? given : undefined;
}
