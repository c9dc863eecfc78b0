/**
 * Showing an old run (R7): the inputs of that run flow back, and those of the runs that it was made from, up to the sources.
 * Everything is one change; what lies below shows the run that matches, or goes stale.
 */
import { ChoiceStep } from "./choice-step.ts";
import { Gather } from "./gather.ts";
import { GatheredSignal, ItemSignal } from "./items.ts";
import type { Memory, RememberedRun } from "./memory.ts";
import { Scatter } from "./scatter.ts";
import { type Cause, pinned, type Ready } from "./signal.ts";
import type { Slot } from "./slot.ts";

export function restore(chosen: RememberedRun, memory: Memory): void {
  const restored = new Set<RememberedRun>();
  const waiting = [chosen];
  for (let run = waiting.pop(); run !== undefined; run = waiting.pop()) {
    if (restored.has(run)) continue;
    restored.add(run);
    const { signals, live } = run;
    run.maker.ins.forEach((slot, i) => {
      const above = (live.from[i] ?? []).flatMap((number) => memory.at(number) ?? []);
      giveBack(slot, signals[i] as Ready, above);
      waiting.push(...above);
    });
    run.maker.select(run);
  }
}

/** Makes a slot hold what a run was given, unless the runs above give it. */
function giveBack(slot: Slot, signal: Ready, above: readonly RememberedRun[]): void {
  const cause: Cause = { ...(slot.port && { port: slot.port }), change: "select" };
  const { owner } = slot;
  const known: unknown = signal;
  const [run] = above;
  if (owner === undefined) {
    if (slot.now === signal) return;
    slot.changedBy(cause);
    slot.next(signal);
  } else if (owner instanceof Scatter && known instanceof ItemSignal) giveBack(owner.list, known.list, above);
  else if (owner instanceof Gather && known instanceof GatheredSignal) giveBackPins(owner.items, known.parts, cause);
  // A gathered list of nothing names no runs, and is there again with the list that was scattered.
  else if (run === undefined && owner.passes) return;
  else if (run === undefined) slot.pin(signal.pinned ? signal : pinned(signal.value), cause);
  else {
    slot.unpin(cause);
    if (owner instanceof ChoiceStep)
      giveBack(owner.chooseMaker(run, slot, { ...cause, change: "choose" }), signal, above);
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
