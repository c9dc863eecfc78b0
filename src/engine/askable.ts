/** What people may ask of a sheet: which inputs can be set, which outputs pinned, which nodes it knows. Each refusal says what is wrong, what exists, and what to write instead. */
import { shapeOf } from "./component.ts";
import { described } from "./failure.ts";
import { GraphError } from "./graph-error.ts";
import type { LivingGraph } from "./living-graph.ts";
import { type AnyNode, type BaseNode, baseOf } from "./node.ts";
import { InPort, type InputPort, OutPort, pathOf } from "./port.ts";
import type { Slot } from "./slot.ts";

/** The slot of an input that can be set. `inner`: in a graph inside another, where the outer one feeds some. */
export function settable(living: LivingGraph, input: unknown, inner: boolean): Slot {
  const slot = living.slotOf(input);
  const port = input as InPort;
  const about = { node: port.node.name, port: port.name };
  if (!(port instanceof InPort)) {
    throw new GraphError(
      "unknown-port",
      `${pathOf(port)} is an output, and a person sets inputs: set what feeds it, e.g. sheet.set(node.inputs.text, value).`,
      about,
    );
  }
  if (inner && living.fedFromOutside(input as InputPort<unknown>)) {
    const what = `${pathOf(port)} is fed from outside of '${living.graph.name}', so it cannot be set here: set it there.`;
    throw new GraphError("fed-by-edge", what, about);
  }
  const source = living.graph.sourceOf(port);
  if (source.kind === "edge") {
    throw new GraphError(
      "fed-by-edge",
      `${pathOf(port)} is fed by ${pathOf(source.from)}, so it cannot be set: set what feeds it.`,
      about,
    );
  }
  if (source.kind !== "component") {
    throw new GraphError(
      "unknown-input",
      `${pathOf(port)} is a ${source.kind} and cannot be set: give it a component to make it editable.`,
      about,
    );
  }
  return slot;
}

/** The output of a step, on which a value can be pinned. */
export function pinnable(living: LivingGraph, output: unknown): OutPort {
  living.slotOf(output);
  const port = output as OutPort;
  if (port instanceof OutPort && baseOf(port.node).runnable) return port;
  throw new GraphError(
    "unknown-port",
    `${pathOf(port)} is an input, and a pin goes on an output of a step: set it with sheet.set instead.`,
    { node: port.node.name, port: port.name },
  );
}

export function known(living: LivingGraph, node: AnyNode): BaseNode {
  const { graph } = living;
  const base = baseOf(node);
  if (graph.has(base) || living.stepOf(base)) return base;
  throw new GraphError("unknown-node", `The graph '${graph.name}' has no such node: ${nodeName(node)}.`, {
    known: graph.nodes.slice(0, 50).map((one) => one.name),
    ...(typeof node?.name === "string" && { meant: node.name }),
  });
}

/** @throws GraphError `wrong-type` for a value that its component does not take */
export function refuseWrongType(port: InPort | OutPort, value: unknown): void {
  const shape = port.component && shapeOf(port.component);
  const expected = shape
    ? port instanceof InPort
      ? shape.refusesSet(value)
      : shape.refuses(value)
    : value === undefined
      ? "a value"
      : undefined;
  if (expected === undefined) return;
  const about = { node: port.node.name, port: port.name };
  throw new GraphError("wrong-type", `${pathOf(port)} takes ${expected}, and this is ${described(value)}.`, about);
}

/** The number in a run's id; -1 for one of another sheet. */
export function numberIn(id: unknown, sheet: string): number {
  const text = String(id);
  return text.startsWith(`${sheet}-`) ? Number(text.slice(sheet.length + 1)) : -1;
}

/** How a node is called in a message, whatever was given for one. */
export function nodeName(node: unknown): string {
  const name = (node as { name?: unknown } | undefined)?.name;
  return typeof name === "string" ? `'${name}'` : described(node);
}
