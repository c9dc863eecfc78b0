/** Asking a node to become ready, or some items of it, and what comes of that where there is nothing to run (R4). */
import type { Asked } from "./asked.ts";
import { Lacks } from "./demand.ts";
import type { LivingGraph } from "./living-graph.ts";
import type { BaseNode } from "./node.ts";
import type { Outcome, RunOptions } from "./run.ts";
import { runId } from "./signal.ts";
import type { Wave } from "./wave.ts";
import { Whole } from "./whole.ts";

/** Asks a node to become ready; `lacks` is shared by all that are asked together. */
export function ask(
  living: LivingGraph,
  node: BaseNode,
  { only = false, again = false, items }: RunOptions,
  lacks = new Lacks(),
): Promise<Outcome> {
  const { wave } = living;
  wave.refuseInside();
  const step = living.stepOf(node);
  if (!step) return Promise.resolve(held(living, node));
  if (items !== undefined) return askItems(wave, step, { only, again, items });
  return new Promise((end) => wave.change(() => step.demand({ only, again, accepted: false, at: 0, end }, lacks)));
}

/** Asks some items of a scattered node. */
async function askItems(wave: Wave, step: Asked, { only, again, items }: Required<RunOptions>): Promise<Outcome> {
  if (!(step instanceof Whole) || step.node.depth === 0)
    return { kind: "refused", why: `${step.name} is not scattered, so it has no items to run.` };
  const chosen = step.inside.filter(({ item, outs }) =>
    items === "failed" ? outs.some(({ now }) => now.kind === "failed") : items.includes(item[0] ?? -1),
  );
  const missing = items === "failed" ? [] : items.filter((i) => !step.inside.some(({ item }) => item[0] === i));
  if (missing.length > 0)
    return {
      kind: "refused",
      why: `${step.name} has ${step.inside.length} items, and no item ${missing.join(", ")}.`,
    };
  let left = chosen.length;
  const demanded = (one: Asked) =>
    new Promise<Outcome>((resolve) => {
      const end = (outcome: Outcome) => {
        resolve(outcome);
        // What one of them gave is the answer of its equals too, though nobody asked those (R1).
        if (--left === 0) for (const other of step.inside) if (other.due) other.lookAgain();
      };
      one.demand({ only, again, accepted: false, at: 0, end });
    });
  const ends = wave.change(() => chosen.map(demanded));
  return step.together(chosen, await Promise.all(ends));
}

/** An InputNode has nothing to run: it is as ready as its ports. */
function held(living: LivingGraph, node: BaseNode): Outcome {
  const values: Record<string, unknown> = {};
  for (const port of Object.values(node.inputs)) {
    const now = living.slotOf(port).now;
    if (now.kind !== "ready") return { kind: "refused", why: `'${port.name}' of ${node.name} is empty: set it first.` };
    values[port.name] = now.value;
  }
  const facts = {
    id: runId(living.sheet.id, 0),
    node: node.name,
    inputs: values,
    upstream: {},
    startedAt: new Date(living.wave.now()),
    log: [],
  };
  return {
    kind: "ready",
    outputs: values,
    run: { ...facts, outcome: "ready", outputs: values, duration: 0 },
  } as unknown as Outcome;
}
