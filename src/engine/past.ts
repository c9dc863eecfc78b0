/**
 * Showing an old run (R7): the inputs of that run flow back, and those of the runs that it was made from, up to the sources.
 * Everything is one change; what lies below shows the run that matches, or goes stale.
 */

import { alike, glanceAt } from "./alike.ts";
import type { BaseNode } from "./base-node.ts";
import { Gather } from "./gather.ts";
import { GatheredSignal } from "./items.ts";
import { append } from "./lists.ts";
import type { Memory } from "./memory.ts";
import { type Moment, momentOf } from "./moment.ts";
import type { NodeMemory } from "./node-memory.ts";
import type { RememberedRun } from "./remembered-run.ts";
import { type Cause, pinned, type Ready } from "./signal.ts";
import type { Slot } from "./slot.ts";
import type { Selected } from "./wave.ts";
import type { Wiring } from "./wiring.ts";

/** Of an item of whom nobody names a run, because one like it did the work or because it failed and was left out, the latest by then is taken. */
class Selection implements Selected {
  readonly #chosen: RememberedRun;
  readonly #runs = new Map<NodeMemory, Set<RememberedRun>>();
  readonly #skipping: ReadonlySet<BaseNode>;
  readonly #known = new Map<NodeMemory, Map<number, RememberedRun[]>>();

  constructor(chosen: RememberedRun, { runs, skipping }: Moment) {
    this.#chosen = chosen;
    this.#skipping = new Set(skipping);
    for (const { run } of runs) this.#runs.set(run.home, (this.#runs.get(run.home) ?? new Set()).add(run));
  }

  runFor({ node, memory: home }: Wiring, signals: readonly Ready[]): RememberedRun | undefined {
    const shown = this.#runs.get(home);
    if (shown === undefined && !this.#skipping.has(node)) return undefined;
    const named = [...(shown ?? [])].find((run) => alike(run.signals, signals));
    // Items with equal inputs may each have had a run of their own.
    if (named) shown?.delete(named);
    return named ?? this.#likely(home, signals);
  }

  #likely(home: NodeMemory, signals: readonly Ready[]): RememberedRun | undefined {
    let known = this.#known.get(home);
    if (known === undefined) {
      known = new Map();
      this.#known.set(home, known);
      for (const run of home.inOrder)
        if (!("cancelled" in run.result) && run.number <= this.#chosen.number)
          append(known, glanceAt(run.signals), run);
    }
    return known.get(glanceAt(signals))?.findLast((run) => alike(run.signals, signals));
  }
}

/** Makes a sheet what it was when a run was made, as far as that run depends on it. */
export function restore(chosen: RememberedRun, memory: Memory): Selected {
  const moment = momentOf(chosen, memory);
  for (const [choice, variant] of moment.choices) choice.choose(variant, causeAt(choice.outs[0] as Slot, "choose"));
  for (const [slot, { signal, laidOver }] of moment.slots) giveBack(slot, signal, laidOver);
  for (const { run, by } of moment.runs) by.select(run);
  return new Selection(chosen, moment);
}

/** Makes a slot hold what a run was given, unless the runs above give it. */
function giveBack(slot: Slot, signal: Ready, laidOver: boolean): void {
  const cause = causeAt(slot, "select");
  const { owner } = slot;
  const known: unknown = signal;
  if (owner === undefined) {
    if (slot.now === signal) return;
    slot.changedBy(cause);
    slot.next(signal);
  } else if (owner instanceof Gather && known instanceof GatheredSignal) giveBackPins(owner.items, known.parts, cause);
  // What only passes values on is never laid over itself.
  else if (owner.passes) return;
  else if (laidOver) slot.pin(signal.pinned ? signal : pinned(signal.value), cause);
  else slot.unpin(cause);
}

/** What was pinned over single items is pinned again, and what was not is lifted; where there are other items now, there is nothing to pin. */
function giveBackPins(items: readonly Slot[], parts: readonly Ready[], cause: Cause): void {
  if (items.length !== parts.length) return;
  items.forEach((slot, i) => {
    const part = parts[i] as Ready;
    if (part.pinned) slot.pin(part, cause);
    else slot.unpin(cause);
  });
}

function causeAt(slot: Slot, change: "select" | "choose"): Cause {
  return { ...(slot.port && { port: slot.port }), change };
}
