/** Time in a test's hand: nothing happens until the test lets it pass. */
export class Clock {
  now = 0;
  readonly #due = new Set<{ readonly at: number; readonly then: () => void }>();

  readonly later = (ms: number, then: () => void): (() => void) => {
    const entry = { at: this.now + ms, then };
    this.#due.add(entry);
    return () => this.#due.delete(entry);
  };

  /** Lets time pass; what falls due runs in its order. */
  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const [next] = [...this.#due].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#due.delete(next);
      this.now = next.at;
      next.then();
    }
    this.now = end;
  }

  /** When the next thing falls due, from now. */
  get next(): number | undefined {
    const at = Math.min(...[...this.#due].map((entry) => entry.at));
    return Number.isFinite(at) ? at - this.now : undefined;
  }
}

/** Lets settled promises run their followers. */
export async function turn(): Promise<void> {
  for (let i = 0; i < 8; i++) await Promise.resolve();
}
