/** A clock whose hands the test moves. */
import type { Clock } from "../../src/server/clock.ts";

export class FakeClock implements Clock {
  time = 1_000_000;
  #due: { readonly at: number; readonly call: () => void }[] = [];

  now = (): number => this.time;

  after = (ms: number, call: () => void): (() => void) => {
    const entry = { at: this.time + ms, call };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  };

  soon = (call: () => void): (() => void) => {
    const turn = setImmediate(call);
    return () => clearImmediate(turn);
  };

  /** How many timers wait. */
  get waiting(): number {
    return this.#due.length;
  }

  /** Moves time on, calling what falls due in its order. */
  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const next = this.#due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#due = this.#due.filter((entry) => entry !== next);
      this.time = Math.max(this.time, next.at);
      next.call();
    }
    this.time = end;
  }
}
