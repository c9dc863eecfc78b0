/**
 * Showing an old run (R7): the inputs of that run flow back, and those of the runs that it was made from, up to the sources.
 * Everything is one change; what lies below shows the run that matches, or goes stale.
 */

import { alike, glanceAt } from "./alike.ts";
import type { BaseNode } from "./base-node.ts";
import { Gather } from "./gather.ts";
import { itemsBeside } from "./item-lists.ts";
import { GatheredSignal, LaidOverItem, type Structure } from "./items.ts";
import { append } from "./lists.ts";
import type { Memory } from "./memory.ts";
import { type Moment, momentOf } from "./moment.ts";
import type { NodeMemory } from "./node-memory.ts";
import type { Placed } from "./placed.ts";
import type { RememberedRun } from "./remembered-run.ts";
import { type Cause, pinned, type Ready } from "./signal.ts";
import type { Slot } from "./slot.ts";
import type { Selected } from "./wave.ts";
import type { Wiring } from "./wiring.ts";

/** Of an item of whom nobody names a run, because one like it did the work or because it failed and was left out, the latest by then is taken. */
class Selection implements Selected {
  readonly #chosen: RememberedRun;
  /** By what their inputs look like at a glance. */
  readonly #runs = new Map<NodeMemory, Map<number, RememberedRun[]>>();
  readonly #skipping: ReadonlySet<BaseNode>;
  readonly #known = new Map<NodeMemory, Map<number, RememberedRun[]>>();
  /** What items held that were put together to a list, by what holds the items. */
  readonly #items = new Map<Slot, readonly Ready[]>();
  /** What lay over one of them, by the same. */
  readonly #single = new Map<Slot, (LaidOverItem & Ready)[]>();
  /** The places of those over which nothing lay. */
  readonly #bare = new Map<Slot, number[]>();

  constructor(chosen: RememberedRun, { runs, skipping, slots }: Moment) {
    this.#chosen = chosen;
    this.#skipping = new Set(skipping);
    for (const { run, by } of runs) this.#heldBare(by.ins, by.item ?? run.item, slots);
    for (const run of new Set(runs.map(({ run }) => run))) {
      const known = this.#runs.get(run.home) ?? new Map<number, RememberedRun[]>();
      this.#runs.set(run.home, known);
      append(known, glanceAt(run.signals), run);
    }
    for (const [slot, { signal }] of slots) {
      this.#heldItems(slot.owner, signal);
      this.#heldItem(slot, signal);
    }
  }

  /** Lays over items what lay over them then, and lifts what did not, once they are here: other lists have others. */
  layOver(structure: Structure): void {
    const { items = [] } = structure;
    for (const at of this.#bare.get(structure) ?? []) items[at]?.unpin(causeAt(items[at], "select"));
    for (const laid of this.#single.get(structure) ?? []) {
      const slot = items[laid.at];
      slot?.pin(pinned(laid.value), causeAt(slot, "select"));
    }
    const parts = this.#items.get(structure);
    if (parts?.length !== items.length) return;
    this.#items.delete(structure);
    items.forEach((slot, i) => {
      const part = parts[i] as Ready;
      const cause = causeAt(slot, "select");
      if (slot.owner instanceof Gather) this.#heldItems(slot.owner, part);
      else if (part.pinned) slot.pin(part, cause);
      else slot.unpin(cause);
    });
  }

  /** What a run of an item was given of other runs: the items above stand where it stands. */
  #heldBare(ins: readonly Slot[], item: readonly number[], held: Moment["slots"]): void {
    const [at, ...deeper] = item;
    if (at === undefined || deeper.length > 0) return;
    for (const slot of ins) {
      const structure = held.get(slot)?.laidOver === false ? itemsBeside(slot) : undefined;
      if (structure === undefined) continue;
      append(this.#bare, structure, at);
      structure.owner?.lookAgain();
    }
  }

  #heldItem(slot: Slot, signal: unknown): void {
    const structure = signal instanceof LaidOverItem ? itemsBeside(slot) : undefined;
    if (structure === undefined) return;
    append(this.#single, structure, signal as LaidOverItem & Ready);
    structure.owner?.lookAgain();
  }

  #heldItems(owner: Placed | undefined, signal: unknown): void {
    if (!(owner instanceof Gather) || !(signal instanceof GatheredSignal)) return;
    const structure = owner.madeBy;
    this.#items.set(structure, signal.parts);
    structure.owner?.lookAgain();
  }

  runFor(
    { node, memory: home }: Wiring,
    item: readonly number[],
    signals: readonly Ready[],
  ): RememberedRun | undefined {
    const shown = this.#runs.get(home);
    if (shown === undefined && !this.#skipping.has(node)) return undefined;
    const there = shown?.get(glanceAt(signals)) ?? [];
    const named = there.filter((run) => alike(run.signals, signals));
    // Items with equal inputs may each have had a run of their own.
    const own = named.find((run) => run.item.join() === item.join()) ?? named[0];
    if (own) there.splice(there.indexOf(own), 1);
    return own ?? this.#likely(home, signals);
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
  const special: unknown = signal;
  if (owner === undefined) {
    if (slot.now === signal) return;
    slot.changedBy(cause);
    slot.next(signal);
    return;
  }
  // What only passes values on is never laid over itself; over an item something is laid once its list is there.
  if (owner.passes || (special instanceof LaidOverItem && itemsBeside(slot))) return;
  if (laidOver) slot.pin(signal.pinned ? signal : pinned(signal.value), cause);
  else slot.unpin(cause);
}

function causeAt(slot: Slot, change: "select" | "choose"): Cause {
  return { ...(slot.port && { port: slot.port }), change };
}
