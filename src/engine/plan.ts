/** What a demand would run, without running it: the steps asked for and, above them, all that is not ready. Nodes under way are joined, not run. */
import type { Asked } from "./asked.ts";
import type { BaseNode } from "./base-node.ts";
import { ChoiceStep } from "./choice-step.ts";
import { Lacks } from "./lacks.ts";
import type { LivingGraph } from "./living-graph.ts";
import type { Node } from "./node.ts";
import type { Placed } from "./placed.ts";
import type { RunOptions } from "./run.ts";
import type { Slot } from "./slot.ts";

/** The nodes that a demand on one node, or on all, would run, in their order. */
export function plannedNodes(living: LivingGraph, node: BaseNode | undefined, options: RunOptions): readonly Node[] {
  const [inner] = node && !living.graph.has(node) ? living.homesOf(node) : [];
  if (inner) return plannedNodes(inner.living, node, options);
  const steps = node ? [living.stepOf(node)] : [...living.steps.values()];
  const asked = steps.filter((step) => step !== undefined);
  const planned = [...planOf(asked, options)].flatMap((step) => standingFor(step, living) ?? []);
  const inOrder = planned.sort((a, b) => a.index - b.index);
  return [...new Set(inOrder.map((step) => step.node))] as unknown as Node[];
}

/** The step by which another is told here: those of items, and those inside a graph's node, as their node. */
function standingFor(step: Placed, living: LivingGraph): Placed | undefined {
  let one: Placed | undefined = step;
  while (one && one.place.home !== living.home) one = one.place.home?.whole;
  return one;
}

function planOf(asked: readonly Asked[], { only = false, again = false }: RunOptions): ReadonlySet<Asked> {
  const lacks = new Lacks();
  const refused = (step: Asked) => !step.enabled || lacks.of(step) || (only && step.ins.some(isMissing));
  const willing = asked.filter((step) => !refused(step));
  const recalls = (step: Asked) => step.recalls && asked.length === 1 && !step.runs;
  const planned = new Set(willing.filter((step) => again || step.due || recalls(step)).map(runFor));
  if (only) return planned;
  for (const step of missedBy(willing)) if (step.due) planned.add(step);
  return planned;
}

/** What runs when a step is asked to: of a choice, the variant that is selected. */
function runFor(step: Asked): Asked {
  return step instanceof ChoiceStep ? runFor(step.variant) : step;
}

/** All that is not ready above some steps. */
function missedBy(steps: readonly Asked[]): ReadonlySet<Asked> {
  const missed = new Set<Asked>();
  const waiting = [...steps];
  for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
    for (const slot of step.ins) {
      const { owner } = slot;
      // A variant that is not selected is not asked (C1).
      if (owner === undefined || !isMissing(slot) || !owner.enabled || missed.has(owner)) continue;
      missed.add(owner);
      waiting.push(owner);
    }
  }
  return missed;
}

function isMissing({ now }: Slot): boolean {
  return now.kind !== "ready";
}
