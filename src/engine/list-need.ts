/** Which list was taken apart: one that held the items that runs were given, as many as were put together again. */
import { equal } from "./equal.ts";
import type { Decision, Needs } from "./needs.ts";
import type { RememberedRun } from "./remembered-run.ts";
import { gaveTo } from "./remembered-run.ts";
import type { Scatter } from "./scatter.ts";
import type { Ready, ReadySignal } from "./signal.ts";
import type { Slot } from "./slot.ts";

interface Hint {
  readonly signal: Ready;
  readonly above: readonly RememberedRun[];
}

export class ListNeed implements Decision {
  readonly items: { readonly scatter: Scatter; readonly value: unknown }[] = [];
  readonly counts: { readonly scatter: Scatter; readonly count: number }[] = [];
  /** Lists that it may have been, and the runs that gave them: as the items knew it, and as it was when they were put together. */
  readonly hints: Hint[] = [];
  readonly gathered: Hint[] = [];
  readonly #needs: Needs;
  readonly #slot: Slot;

  constructor(needs: Needs, slot: Slot) {
    this.#needs = needs;
    this.#slot = slot;
  }

  *tries(): Generator<() => boolean, undefined> {
    const known = this.#needs.slots.get(this.#slot);
    if (known) {
      yield () => this.#fits(known.signal) || this.#needs.lenient;
      return;
    }
    const { owner } = this.#slot;
    // What was put together came after its items.
    for (const hint of this.gathered) yield () => this.#took(hint);
    const named = [...this.hints].sort((a, b) => numberOf(b.signal) - numberOf(a.signal));
    for (const hint of named) yield () => this.#took(hint);
    for (const run of [...(owner?.history ?? [])].reverse()) {
      const signal = gaveTo(run, this.#slot);
      if (signal) yield () => this.#took({ signal, above: [run] });
    }
    const [likeliest = named[0]] = this.gathered;
    if (this.#needs.lenient && likeliest) yield () => this.#held(likeliest);
  }

  #took(hint: Hint): boolean {
    return this.#fits(hint.signal) && this.#held(hint);
  }

  #held({ signal, above }: Hint): boolean {
    const runs = above.length > 0 ? above : this.#needs.makersOf(signal);
    return this.#needs.held(this.#slot, signal, runs, runs.length === 0);
  }

  #fits({ value }: Ready): boolean {
    // A list of thousands is taken apart once, and not for each of its items.
    const apart = new Map<Scatter, readonly unknown[] | undefined>();
    for (const { scatter } of [...this.items, ...this.counts])
      if (!apart.has(scatter)) apart.set(scatter, scatter.itemsOf(value));
    const holds = this.items.every(({ scatter, value: item }) => apart.get(scatter)?.some((one) => equal(one, item)));
    return holds && this.counts.every(({ scatter, count }) => apart.get(scatter)?.length === count);
  }
}

function numberOf(signal: Ready): number {
  return (signal as unknown as ReadySignal).number;
}
