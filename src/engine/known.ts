/** What a sheet knows: its nodes, a choice's variants, the runs that it remembers. Whoever names another hears what there is. */
import { type BaseNode, baseOf } from "./base-node.ts";
import { ChoiceStep } from "./choice-step.ts";
import { described } from "./failure.ts";
import { GraphError } from "./graph-error.ts";
import { isA } from "./is-a.ts";
import type { LivingGraph } from "./living-graph.ts";
import type { Memory } from "./memory.ts";
import type { AnyNode, ChoiceNode } from "./node.ts";
import { InPort, OutPort, pathOf } from "./port.ts";
import type { RememberedRun } from "./remembered-run.ts";
import type { Run, RunId } from "./run.ts";

/** The node behind one that is asked about. @throws GraphError `unknown-node` */
export function knownNode(living: LivingGraph, node: AnyNode): BaseNode {
  const { graph } = living;
  const base = baseOf(node);
  const homes = graph.has(base) ? [] : living.homesOf(base);
  if (graph.has(base) || homes.length === 1) return base;
  if (homes.length > 1) {
    const known = [...new Set(homes.map(({ at }) => at.name))];
    const what = `The node '${base.name}' is alive ${homes.length} times here, in graphs inside: say in which, e.g. sheet.inside(node).run(step).`;
    throw new GraphError("unknown-node", what, { node: base.name, known });
  }
  if (isA(node, InPort) || isA(node, OutPort))
    throw new GraphError("unknown-node", `${pathOf(node)} is a port, and a node is asked for: give its node.`);
  const name: unknown = typeof node === "string" ? node : node?.name;
  const namesake = typeof name === "string" && graph.nodes.some((one) => one.name === name);
  if (namesake) {
    const what =
      typeof node === "string"
        ? `The node '${name}' is asked for by its name: give the node itself.`
        : `The graph '${graph.name}' has another node of the name '${name}': give the very node that it was made of.`;
    throw new GraphError("unknown-node", what, { node: name });
  }
  throw new GraphError("unknown-node", `The graph '${graph.name}' has no such node: ${nodeName(node)}.`, {
    known: graph.nodes.slice(0, 50).map((one) => one.name),
    ...(typeof name === "string" && { meant: name }),
  });
}

/** The step of a choice, and the place among its variants of one given by node or index. @throws GraphError `unknown-variant` */
export function variantOf(living: LivingGraph, choice: ChoiceNode<unknown>, variant: unknown): Chosen {
  const step = living.stepOf(knownNode(living, choice as unknown as AnyNode));
  const { variants } = choice;
  if (!(step instanceof ChoiceStep) || !variants)
    throw new GraphError("unknown-variant", `${nodeName(choice)} is not a choice, so it has no variants.`);
  const at = typeof variant === "number" ? variant : variants.indexOf(variant as AnyNode);
  if (variants[at] !== undefined) return { step, at };
  const what = typeof variant === "number" ? variant : nodeName(variant);
  throw new GraphError(
    "unknown-variant",
    `The choice ${nodeName(choice)} has no variant ${what}; choose one of its nodes, or 0 to ${variants.length - 1}.`,
    {
      node: choice.name,
      known: variants.map(({ name }) => name),
      ...(typeof variant === "string" && { meant: variant }),
    },
  );
}
interface Chosen {
  readonly step: ChoiceStep;
  readonly at: number;
}

/** The run that is to be selected. @throws RangeError where the sheet remembers no such run */
export function knownRun(memory: Memory, given: Run | RunId, sheet: string): RememberedRun {
  const id: unknown = typeof given === "string" ? given : given?.id;
  const run = memory.at(numberIn(id, sheet));
  if (run) return run;
  const instead = "take one of sheet.history(node), or its id";
  if (typeof id !== "string")
    throw new RangeError(`sheet.select takes a run, and this is ${described(given)}: ${instead}.`);
  if (numberIn(id, sheet) < 0) throw new RangeError(`The run '${id}' is none of this sheet's: ${instead}.`);
  throw new RangeError(
    `This sheet remembers no run '${id}': ${instead}. It has not ended, or was forgotten: those used least go first (graph.sheet({ memory: { runs, bytes } })).`,
  );
}

/** The number in a run's id; -1 for one of another sheet. */
export function numberIn(id: unknown, sheet: string): number {
  const text = String(id);
  return text.startsWith(`${sheet}-`) ? Number(text.slice(sheet.length + 1)) : -1;
}

/** How a node is called in a message, whatever was given for one. */
function nodeName(node: unknown): string {
  const name = (node as { name?: unknown } | undefined)?.name;
  return typeof name === "string" ? `'${name}'` : described(node);
}
