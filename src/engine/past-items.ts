/**
 * What steps of items find of themselves when a sheet is opened again: they are made only while it is being opened. Where each of
 * them stood is written down by its place. Of a sheet that an older version kept it is not: then it is the latest run that was made
 * from its inputs, the one of its own place before others, or that it waited for a person (S2, I1).
 */
import { alike, glanceAt } from "./alike.ts";
import { type Fact, type ItemLeft, type KeptCause, type KeptRun, piece, pieceKey } from "./kept.ts";
import { placeOf } from "./kept-items.ts";
import { append } from "./lists.ts";
import type { RememberedRun } from "./remembered-run.ts";
import type { Ready } from "./signal.ts";
import type { Working } from "./working.ts";

export type Left = RememberedRun | "waits";

/** Where a step stood, in full. */
export type Stood = Exclude<ItemLeft, number | null> & { readonly because?: KeptCause | undefined };

/** What is written down of the step of an item; `undefined` where nobody did. */
export function stoodAt(step: Working, facts: ReadonlyMap<string, Fact>): Stood | undefined {
  const path = placeOf(step);
  const at = path.at(-1);
  if (at === undefined) return undefined;
  const fact = facts.get(pieceKey(step.wiring.memory.address, path.slice(0, -1), Math.floor(at / piece)));
  const left = fact?.kind === "items" ? fact.left[at % piece] : undefined;
  if (fact?.kind !== "items" || left === undefined) return undefined;
  if (typeof left === "number") return { run: left, made: true };
  return { ...left, because: fact.causes?.[left?.why ?? -1] };
}

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
