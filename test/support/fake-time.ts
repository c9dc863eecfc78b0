/** Waiting and chance in the test's hand: timers that fall due when the test says so, and dice that it has thrown. */
import type { Time } from "../../src/engine/time.ts";
import { turn } from "./turn.ts";

export class FakeTime implements Time {
  passed = 0;
  /** What chance gives next, in this order; afterwards a half. */
  readonly dice: number[] = [];
  #due: { readonly at: number; readonly call: () => void }[] = [];

  after(ms: number, call: () => void): () => void {
    const entry = { at: this.passed + ms, call };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  }

  random(): number {
    return this.dice.shift() ?? 0.5;
  }

  readonly now = (): number => this.passed;

  /** How long each timer that waits still has to wait. */
  get waits(): readonly number[] {
    return this.#due.map(({ at }) => at - this.passed).sort((a, b) => a - b);
  }

  /** Moves time on, once all that was to happen has; each call that falls due has its turn before the next. */
  async pass(ms: number): Promise<void> {
    await turn();
    const end = this.passed + ms;
    for (;;) {
      const next = this.#due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#due = this.#due.filter((entry) => entry !== next);
      this.passed = Math.max(this.passed, next.at);
      next.call();
      await turn();
    }
    this.passed = end;
  }
}
