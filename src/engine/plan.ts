/** What a demand would run, without running it: the steps asked for and, above them, all that is not ready. Nodes under way are joined, not run. */
import type { Asked } from "./asked.ts";
import { Lacks } from "./demand.ts";
import type { RunOptions } from "./run.ts";

export function planOf(asked: readonly Asked[], { only = false, again = false }: RunOptions): ReadonlySet<Asked> {
  const planned = new Set<Asked>();
  const lacks = new Lacks();
  const seen = new Set<Asked>();
  const waiting: Asked[] = [];
  for (const step of asked) {
    const runs = again || step.due || (step.recalls && asked.length === 1 && !step.runs);
    // A variant that is not selected is refused (C1).
    if (!step.enabled || lacks.of(step) || (only && step.ins.some((slot) => slot.now.kind !== "ready"))) continue;
    if (runs) planned.add(step);
    waiting.push(step);
  }
  for (let step = waiting.pop(); step !== undefined && !only; step = waiting.pop()) {
    if (seen.has(step)) continue;
    seen.add(step);
    for (const { now, owner } of step.ins) {
      if (now.kind === "ready" || owner === undefined) continue;
      if (!owner.enabled) continue;
      if (owner.due) planned.add(owner);
      waiting.push(owner);
    }
  }
  return planned;
}
