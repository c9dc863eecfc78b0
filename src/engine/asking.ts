/** Asking a node to become ready, or some items of it, and what comes of that where there is nothing to run (R4). */
import type { Asked } from "./asked.ts";
import type { BaseNode } from "./base-node.ts";
import { ChoiceStep } from "./choice-step.ts";
import type { Demand } from "./demand.ts";
import { described } from "./failure.ts";
import { Lacks } from "./lacks.ts";
import type { LivingGraph } from "./living-graph.ts";
import type { ItemPart } from "./parts.ts";
import type { Outcome, RunOptions } from "./run.ts";
import { runId } from "./signal.ts";
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
  if (items !== undefined) return askItems(step, items, { only, again });
  return new Promise((end) => wave.change(() => step.demand({ only, again, accepted: false, at: 0, end }, lacks)));
}

/** Asks some items of a scattered node; of a choice, those of its selected variant. */
async function askItems(
  step: Asked,
  items: NonNullable<RunOptions["items"]>,
  how: Pick<Demand, "only" | "again">,
): Promise<Outcome> {
  if (step instanceof ChoiceStep && step.node.depth > 0) {
    const end = await askItems(step.variant, items, how);
    if (end.kind !== "ready") return end;
    const common = Object.keys(step.node.outputs).map((name) => [name, end.outputs[name]]);
    return { ...end, outputs: Object.fromEntries(common) };
  }
  const there = step instanceof Whole ? step.items : undefined;
  const wrong = whyNot(step, there, items);
  if (wrong !== undefined) return { kind: "refused", why: wrong };
  const wanted = items === "failed" ? undefined : new Set(items);
  const chosen = (there as readonly ItemPart[]).filter(({ at, part }) =>
    wanted ? wanted.has(at) : part.outs.some(({ now }) => now.kind === "failed"),
  );
  return (step as Whole).askItems(chosen, how);
}

/** Why these items cannot be run. */
function whyNot({ name }: Asked, there: readonly ItemPart[] | undefined, items: unknown): string | undefined {
  if (there === undefined) return `${name} is not scattered, so it has no items to run.`;
  if (items === "failed") return undefined;
  if (!Array.isArray(items))
    return `'items' is a list of indexes, e.g. [0, 2], or "failed", and this is ${described(items)}.`;
  const known = new Set(there.map(({ at }) => at));
  const missing = items.filter((i) => !known.has(i));
  if (missing.length === 0) return undefined;
  const last = there.at(-1)?.at;
  if (last === undefined) return `${name} has no items: its list is empty, or not there yet.`;
  return `${name} has ${last === 0 ? "1 item, 0" : `${last + 1} items, 0 to ${last}`}, and no item ${missing.map(described).join(", ")}.`;
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
