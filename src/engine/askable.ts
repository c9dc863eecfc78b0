/** What people may ask of a sheet's ports: which can be set, pinned, watched item by item. Each refusal says what is wrong, what exists, and what to write instead. */
import { baseOf } from "./base-node.ts";
import { shapeOf } from "./component.ts";
import { described } from "./failure.ts";
import type { Gather } from "./gather.ts";
import { GraphError } from "./graph-error.ts";
import { isA } from "./is-a.ts";
import type { LivingGraph } from "./living-graph.ts";
import { type AnyPort, InPort, type InputPort, OutPort, pathOf } from "./port.ts";
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

/** What puts the items of a scattered port together. @throws GraphError `wrong-type` */
export function gatherOf(living: LivingGraph, port: AnyPort<unknown>): Gather {
  const gather = port instanceof OutPort ? living.scattering.watched(port) : undefined;
  if (gather) return gather;
  living.slotOf(port);
  throw new GraphError("wrong-type", `${pathOf(port)} is not scattered, so it has no items: watch it with signal$.`, {
    node: port.node.name,
    port: port.name,
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
