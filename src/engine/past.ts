/**
 * Showing an old run (R7): the inputs of that run flow back, and those of the runs that it was made from, up to the sources.
 * Everything is one change; what lies below shows the run that matches, or goes stale.
 */
import type { Memory, RememberedRun } from "./memory.ts";
import { type Cause, pinned, type Ready } from "./signal.ts";
import type { Slot } from "./slot.ts";

export function restore(chosen: RememberedRun, memory: Memory): void {
  const restored = new Set<RememberedRun>();
  const waiting = [chosen];
  for (let run = waiting.pop(); run !== undefined; run = waiting.pop()) {
    if (restored.has(run)) continue;
    restored.add(run);
    run.maker.ins.forEach((slot, i) => {
      const above = giveBack(slot, run.signals[i] as Ready, memory);
      if (above) waiting.push(above);
    });
    run.maker.select(run);
  }
}

/** Makes a slot hold what a run was given; or names the run above that gives it. */
function giveBack(slot: Slot, signal: Ready, memory: Memory): RememberedRun | undefined {
  const cause: Cause = { ...(slot.port && { port: slot.port }), change: "select" };
  if (slot.owner === undefined) {
    if (slot.now === signal) return undefined;
    slot.changedBy(cause);
    slot.next(signal);
    return undefined;
  }
  const above = signal.pinned ? undefined : memory.at(numberOf(signal));
  if (above === undefined) slot.pin(signal.pinned ? signal : pinned(signal.value), cause);
  else slot.unpin(cause);
  return above;
}

function numberOf(signal: Ready): number {
  return (signal as unknown as { readonly number: number }).number;
}
