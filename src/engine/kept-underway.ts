/** Runs under way, each told once when it begins and taken back when it ends: what is left of them after a stop was interrupted. */
import { type Fact, keyOf } from "./kept.ts";
import { keptLive } from "./kept-words.ts";
import type { LiveRun } from "./live-run.ts";
import type { Ready } from "./signal.ts";
import type { SignalNumbers } from "./signal-numbers.ts";

export class KeptUnderway {
  readonly #runs = new Map<LiveRun, string>();
  /** Those that were told, by the keys of these facts. */
  readonly #told = new Map<LiveRun, string>();
  readonly #over = new Set<string>();

  began(live: LiveRun, address: string): void {
    this.#runs.set(live, address);
  }

  /** True when there is something to take back. */
  ended(live: LiveRun): boolean {
    this.#runs.delete(live);
    const told = this.#told.get(live);
    if (told === undefined) return false;
    this.#told.delete(live);
    this.#over.add(told);
    return true;
  }

  /** What they work from. */
  *signals(): Generator<Ready> {
    for (const live of this.#told.keys()) yield* live.signals;
  }

  take(numbers: SignalNumbers): ReadonlyMap<string, Fact | undefined> {
    const facts = new Map<string, Fact | undefined>([...this.#over].map((key) => [key, undefined]));
    this.#over.clear();
    for (const [live, address] of this.#runs) {
      if (this.#told.has(live)) continue;
      const key = `${keyOf("underway", address)} ${live.number}`;
      this.#told.set(live, key);
      const run = keptLive(live, address, numbers);
      facts.set(key, { kind: "underway", run, waits: live.node.answer !== undefined });
    }
    return facts;
  }
}
