/**
 * Showing an old run (R7): the inputs of that run flow back, and those of the runs that it was made from, up to the sources.
 * Everything is one change; what lies below shows the run that matches, or goes stale.
 */
import { heightAbove } from "./asked.ts";
import { ChoiceStep } from "./choice-step.ts";
import { equal } from "./equal.ts";
import { Gather } from "./gather.ts";
import { GatheredSignal, ItemSignal } from "./items.ts";
import type { Memory, RememberedRun } from "./memory.ts";
import { Scatter } from "./scatter.ts";
import { type Cause, pinned, type Ready } from "./signal.ts";
import type { Slot } from "./slot.ts";

/** Of one step: the runs that others were made from, and what those were given of it. */
class Wanted {
  readonly runs = new Set<RememberedRun>();
  readonly given: { readonly slot: Slot; readonly signal: Ready }[] = [];
}

/** What is wanted of each step, by its height. */
class Levels {
  readonly #levels: Map<unknown, Wanted>[] = [];

  of(run: RememberedRun): Wanted {
    const { maker } = run;
    const height = heightAbove(maker.ins);
    const level = this.#levels[height] ?? new Map<unknown, Wanted>();
    this.#levels[height] = level;
    const key = maker.outs ? maker : run;
    const wanted = level.get(key) ?? new Wanted();
    level.set(key, wanted);
    wanted.runs.add(run);
    return wanted;
  }

  /** From the lowest steps upwards. */
  *[Symbol.iterator](): Iterator<Wanted> {
    for (let height = this.#levels.length - 1; height >= 0; height--) yield* this.#levels[height]?.values() ?? [];
  }
}

/** From the chosen run upwards, the steps that lie lowest first: all that is wanted of a step is known before one of its runs is taken. */
export function restore(chosen: RememberedRun, memory: Memory): void {
  const levels = new Levels();
  const settled = new Set<Slot>();
  levels.of(chosen);
  for (const wanted of levels) {
    const run = fitting(wanted);
    run.maker.ins.forEach((slot, i) => {
      const signal = run.signals[i] as Ready;
      const above = (run.live.from[i] ?? []).flatMap((number) => memory.at(number) ?? []);
      giveBack(slot, signal, above, settled);
      for (const one of above) levels.of(one).given.push({ slot, signal });
    });
    run.maker.select(run);
  }
}

/** Where an output stayed equal, what lies below names an older run than its neighbours: the latest one counts that gave each what it was given. */
function fitting({ runs, given }: Wanted): RememberedRun {
  const latest = [...runs].sort((a, b) => b.live.number - a.live.number);
  const gave = (run: RememberedRun) =>
    given.every(({ slot, signal }) => {
      const own = run.gave?.[run.maker.outs?.indexOf(slot) ?? -1];
      return own === undefined || own === signal || equal(own.value, signal.value);
    });
  return latest.find(gave) ?? (latest[0] as RememberedRun);
}

/**
 * Makes a slot hold what a run was given, unless the runs above give it. `settled`: the slots that hold what a lower run was given; what a
 * higher one was given there may be older, where an output stayed equal.
 */
function giveBack(slot: Slot, signal: Ready, above: readonly RememberedRun[], settled: Set<Slot>): void {
  if (settled.has(slot)) return;
  settled.add(slot);
  const cause: Cause = { ...(slot.port && { port: slot.port }), change: "select" };
  const { owner } = slot;
  const known: unknown = signal;
  const [run] = above;
  if (owner === undefined) {
    if (slot.now === signal) return;
    slot.changedBy(cause);
    slot.next(signal);
  } else if (owner instanceof Scatter && known instanceof ItemSignal) giveBack(owner.list, known.list, above, settled);
  else if (owner instanceof Gather && known instanceof GatheredSignal) giveBackPins(owner.items, known.parts, cause);
  // A gathered list of nothing names no runs, and is there again with the list that was scattered.
  else if (run === undefined && owner.passes) return;
  else if (run === undefined) slot.pin(signal.pinned ? signal : pinned(signal.value), cause);
  else {
    slot.unpin(cause);
    if (owner instanceof ChoiceStep)
      giveBack(owner.chooseMaker(run, slot, { ...cause, change: "choose" }), signal, above, settled);
  }
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
