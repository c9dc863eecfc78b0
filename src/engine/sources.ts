/** The sources of a sheet, as people set them: an equal value is nothing, and a batch that sets one back has changed nothing (W7). */
import { equal } from "./equal.ts";
import type { AnyPort } from "./port.ts";
import { fill } from "./port-slots.ts";
import type { AnySignal } from "./signal.ts";
import type { Slot } from "./slot.ts";
import type { Wave } from "./wave.ts";

export class Sources {
  readonly #wave: Wave;
  /** What sources held before the latest change that set any. */
  #before = new Map<Slot, AnySignal>();
  #change = 0;

  constructor(wave: Wave) {
    this.#wave = wave;
  }

  /** Gives a source the value that a person set at one of its ports. */
  set(slot: Slot, value: unknown, port: AnyPort<unknown>): void {
    const { now } = slot;
    if (now.kind === "ready" && equal(now.value, value)) return;
    this.#wave.change(() => {
      const before = this.#heldBefore(slot);
      slot.changedBy({ port, change: "set" });
      if (before !== now && before.kind === "ready" && equal(before.value, value)) slot.next(before);
      else fill(slot, value);
    });
  }

  #heldBefore(slot: Slot): AnySignal {
    if (this.#change !== this.#wave.changes) {
      this.#change = this.#wave.changes;
      this.#before = new Map();
    }
    const before = this.#before.get(slot) ?? slot.now;
    this.#before.set(slot, before);
    return before;
  }
}
