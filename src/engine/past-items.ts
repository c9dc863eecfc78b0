/**
 * What steps of items find of themselves when a sheet is opened again. Nobody wrote down where each of them stood: it is the latest
 * run that was made from its inputs, the one of its own place before others, or that it waited for a person (S2, I1).
 */

import { alike, glanceAt } from "./alike.ts";
import type { KeptRun } from "./kept.ts";
import { append } from "./lists.ts";
import type { RememberedRun } from "./remembered-run.ts";
import type { Ready } from "./signal.ts";
import type { Working } from "./working.ts";

export type Left = RememberedRun | "waits";

export interface Candidate {
  readonly signals: readonly Ready[];
  readonly kept: KeptRun;
  /** Made for the step that asks, where every item has a memory of its own. */
  found(step: Working): Left | undefined;
}

export class PastItems {
  readonly #candidates: (step: Working) => readonly Candidate[];
  /** By address, then by what their inputs look like at a glance; the latest first. */
  readonly #known = new Map<string, Map<number, Candidate[]>>();

  /** `candidates`: all that a step of that address may find. */
  constructor(candidates: (step: Working) => readonly Candidate[]) {
    this.#candidates = candidates;
  }

  leftBy(step: Working, inputs: readonly Ready[]): Left | undefined {
    const { address } = step.wiring.memory;
    const known = this.#known.get(address) ?? this.#sorted(step);
    this.#known.set(address, known);
    const fitting = known.get(glanceAt(inputs))?.filter(({ signals }) => alike(signals, inputs)) ?? [];
    const place = step.item.join();
    return (fitting.find(({ kept }) => kept.item?.join() === place) ?? fitting[0])?.found(step);
  }

  #sorted(step: Working): Map<number, Candidate[]> {
    const found = new Map<number, Candidate[]>();
    const latestFirst = [...this.#candidates(step)].sort((a, b) => b.kept.number - a.kept.number);
    for (const candidate of latestFirst) append(found, glanceAt(candidate.signals), candidate);
    return found;
  }
}
