/**
 * What a sheet was like when a run was made, as far as that run depends on it: the values of slots, the selected variants, and
 * the run that each step showed. Nobody wrote that down. A run names those that it used, but where an output stayed equal, or an old
 * run came back, those name what was before. So it is searched for: step by step upwards, the runs that are named come first, then
 * any other that gave what lower steps were given, and a step whose inputs contradict theirs is thought over again (R7).
 */

import type { BaseNode } from "./base-node.ts";
import type { ChoiceStep } from "./choice-step.ts";
import type { Memory } from "./memory.ts";
import { Needs } from "./needs.ts";
import type { Maker, RememberedRun } from "./remembered-run.ts";
import type { Ready } from "./signal.ts";
import type { Slot } from "./slot.ts";

export interface Held {
  readonly signal: Ready;
  /** True where a person's value lay over what the step gave. */
  readonly laidOver: boolean;
}

/** A run, and the step that showed it: the one that made it, or that of an equal item. */
export interface ShownBy {
  readonly run: RememberedRun;
  readonly by: Maker;
}

export interface Moment {
  /** One of each step. */
  readonly runs: readonly ShownBy[];
  /** The nodes of whose items those that failed were left out: no run of these is named. */
  readonly skipping: readonly BaseNode[];
  readonly slots: ReadonlyMap<Slot, Held>;
  readonly choices: ReadonlyMap<ChoiceStep, number>;
}

/** So many contradictions are met before they are left as they are: then what lies lower counts. */
const patience = 20_000;

export function momentOf(chosen: RememberedRun, memory: Memory): Moment {
  const needs = new Needs(chosen, memory, false);
  if (searched(needs)) return needs;
  const least = new Needs(chosen, memory, true);
  searched(least);
  return least;
}

/** Depth costs no stack (W8): what was decided is kept in a list. */
function searched(needs: Needs): boolean {
  const decided: { readonly tries: Iterator<() => boolean>; readonly mark: number }[] = [];
  let left = patience;
  for (let open = needs.next(); open !== undefined; open = needs.next()) {
    decided.push({ tries: open.tries(), mark: needs.trail.mark });
    for (;;) {
      const last = decided.at(-1);
      if (last === undefined || left === 0) return false;
      needs.trail.undo(last.mark);
      const { value: tried, done } = last.tries.next();
      if (done) decided.pop();
      else if (tried()) break;
      else left--;
    }
  }
  return true;
}
