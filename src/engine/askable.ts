/** What people may ask of a sheet: which inputs can be set, which outputs pinned, which nodes it knows. Each refusal says what is wrong, what exists, and what to write instead. */

import { type BaseNode, baseOf } from "./base-node.ts";
import { shapeOf } from "./component.ts";
import { described } from "./failure.ts";
import { GraphError } from "./graph-error.ts";
import { isA } from "./is-a.ts";
import type { LivingGraph } from "./living-graph.ts";
import type { AnyNode } from "./node.ts";
import { InPort, type InputPort, OutPort, pathOf } from "./port.ts";
import type { Slot } from "./slot.ts";

/** The slot of an input that can be set. `inner`: in a graph inside another, where the outer one feeds some. */
export function settable(living: LivingGraph, input: unknown, inner: boolean): Slot {
  const slot = living.slotOf(input);
  const port = input as InPort | OutPort;
  const about = { node: port.node.name, port: port.name };
  if (!(port instanceof InPort)) {
    // The outputs of an InputNode are its inputs: it has one of the same name.
    const instead = baseOf(port.node).runnable
      ? "set what feeds it, e.g. sheet.set(node.inputs.text, value)"
      : `set node.inputs.${port.name} instead`;
    throw new GraphError("unknown-port", `${pathOf(port)} is an output, and a person sets inputs: ${instead}.`, about);
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
  const fits = port instanceof OutPort && baseOf(port.node).runnable;
  if (fits && port.origin === undefined) return port;
  const what = fits
    ? `This port of ${pathOf(port)} was made with .${port.origin?.kind}(), and a pin goes on the output itself: pin ${pathOf(port)}.`
    : `${pathOf(port)} is an input, and a pin goes on an output of a step: set it with sheet.set instead.`;
  throw new GraphError("unknown-port", what, { node: port.node.name, port: port.name });
}

export function known(living: LivingGraph, node: AnyNode): BaseNode {
  const { graph } = living;
  const base = baseOf(node);
  if (graph.has(base) || living.stepOf(base)) return base;
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

/** Says of a port that no sheet of this graph has why it has not. */
export function noSuchPort(living: LivingGraph, port: unknown): GraphError {
  const { graph, slots } = living;
  const known = [...new Set([...slots.keys()].map(pathOf))];
  const path = isA(port, InPort) || isA(port, OutPort) ? pathOf(port) : undefined;
  if (path !== undefined && known.includes(path)) {
    const what = `The graph '${graph.name}' has another port of the name ${path}: give that of the very node that it was made of.`;
    return new GraphError("unknown-port", what);
  }
  const hint = path === undefined ? " Ports are named by their nodes, e.g. node.inputs.text." : "";
  const what = `The sheet of '${graph.name}' has no such port: ${path ?? described(port)}.${hint}`;
  return new GraphError("unknown-port", what, {
    known: known.slice(0, 50),
    ...(path !== undefined && { meant: path }),
  });
}

/** Why a run cannot be selected. */
export function noSuchRun(given: unknown, id: unknown, sheet: string): RangeError {
  const instead = "take one of sheet.history(node), or its id";
  if (typeof id !== "string")
    return new RangeError(`sheet.select takes a run, and this is ${described(given)}: ${instead}.`);
  if (numberIn(id, sheet) < 0) return new RangeError(`The run '${id}' is none of this sheet's: ${instead}.`);
  return new RangeError(
    `This sheet remembers no run '${id}': ${instead}. It has not ended, or was forgotten: those used least go first (graph.sheet({ memory: { runs, bytes } })).`,
  );
}

/** @throws GraphError `wrong-type` */
export function refuseNoList(values: unknown): void {
  if (Array.isArray(values)) return;
  throw new GraphError(
    "wrong-type",
    `A sweep takes a list of values, e.g. [0, 0.5, 1], and this is ${described(values)}.`,
  );
}

/** @throws GraphError `wrong-type` */
export function refuseNoEdits(edits: unknown): void {
  if (typeof edits === "function") return;
  const what = `sheet.batch takes a function that makes edits, e.g. () => sheet.set(node.inputs.text, "a"), and this is ${described(edits)}.`;
  throw new GraphError("wrong-type", what);
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
