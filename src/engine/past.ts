/**
 * Showing an old run (R7): the inputs of that run flow back, and those of the runs that it was made from, up to the sources.
 * Everything is one change; what lies below shows the run that matches, or goes stale.
 */
import { ChoiceStep } from "./choice-step.ts";
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
    const { signals } = run;
    run.maker.ins.forEach((slot, i) => {
      waiting.push(...giveBack(slot, signals[i] as Ready, memory));
    });
    run.maker.select(run);
  }
}

/** Makes a slot hold what a run was given; or names the runs above that give it. */
function giveBack(slot: Slot, signal: Ready, memory: Memory): readonly RememberedRun[] {
  const cause: Cause = { ...(slot.port && { port: slot.port }), change: "select" };
  const { owner } = slot;
  const known: unknown = signal;
  if (owner === undefined) {
    if (slot.now === signal) return [];
    slot.changedBy(cause);
    slot.next(signal);
    return [];
  }
  if (owner instanceof Scatter && known instanceof ItemSignal) return giveBack(owner.list, known.list, memory);
  const above = signal.pinned ? [] : madeBy(signal, memory);
  const [run] = above;
  if (run === undefined) slot.pin(signal.pinned ? signal : pinned(signal.value), cause);
  else slot.unpin(cause);
  if (owner instanceof ChoiceStep && run) owner.chooseMaker(run, { ...cause, change: "choose" });
  return above;
}

/** The remembered runs that gave a signal: one, or for a gathered list one per item. */
function madeBy(signal: Ready, memory: Memory): readonly RememberedRun[] {
  const known: unknown = signal;
  if (known instanceof GatheredSignal) return known.parts.flatMap((part) => madeBy(part, memory));
  const run = memory.at((known as { readonly number: number }).number);
  return run ? [run] : [];
}
