/** What a demand would run, without running it: the steps asked for and, above them, all that is not ready. Nodes under way are joined, not run. */
import type { Asked } from "./asked.ts";
import type { BaseNode } from "./base-node.ts";
import { Lacks } from "./lacks.ts";
import type { LivingGraph } from "./living-graph.ts";
import type { Node } from "./node.ts";
import type { RunOptions } from "./run.ts";

/** The nodes that a demand on one node, or on all, would run, in their order. */
export function plannedNodes(living: LivingGraph, node: BaseNode | undefined, options: RunOptions): readonly Node[] {
  const asked = node ? [living.stepOf(node)] : [...living.steps.values()];
  const planned = planOf(
    asked.filter((step) => step !== undefined),
    options,
  );
  // The steps of items, and those inside a graph's node, are told as their node.
  const nodes = new Set([...planned].sort((a, b) => a.index - b.index).map((step) => step.node));
  return [...nodes].filter((one) => living.graph.has(one)) as unknown as Node[];
}

function planOf(asked: readonly Asked[], { only = false, again = false }: RunOptions): ReadonlySet<Asked> {
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
