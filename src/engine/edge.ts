/**
 * Edges of a graph: as it tells them (which output feeds which input, and whether lists are taken apart or put together on the way),
 * and between which ports `connect` may draw one. An input takes one edge.
 */
import { BaseNode } from "./base-node.ts";
import { described } from "./failure.ts";
import type { Graph } from "./graph.ts";
import { GraphError } from "./graph-error.ts";
import { isA } from "./is-a.ts";
import { InPort, type InputPort, OutPort, type OutputPort, pathOf } from "./port.ts";

/** One edge of a graph. */
export interface Edge {
  /** The output of a node that it leaves. */
  readonly from: OutputPort<unknown>;
  readonly to: InputPort<unknown>;
  readonly kind: "plain" | "scatter" | "gather";
  /** The field of a scatter edge made by `.each(field)`. */
  readonly field?: string;
}

/** The edge from a port, which may be derived by `each` and `all`. */
export function edgeOf(port: OutPort, input: InPort): Edge {
  const { origin, root } = port;
  const field = origin?.kind === "each" ? origin.field : undefined;
  const kind = origin === undefined ? "plain" : origin.kind === "each" ? "scatter" : "gather";
  const [from, to] = [root as unknown as OutputPort<unknown>, input as unknown as InputPort<unknown>];
  return { from, to, kind, ...(field !== undefined && { field }) };
}

/** The ends of an edge that is to be drawn. @throws GraphError `unknown-port`, `second-edge`, `wrong-type` */
export function endsOf(graph: Graph, from: unknown, to: unknown): { readonly from: OutPort; readonly to: InPort } {
  if (!(from instanceof OutPort)) throw notEnd("first", "output", from);
  if (!(to instanceof InPort)) throw notEnd("second", "input", to);
  const about = { node: to.node.name, port: to.name };
  const feeding = whatFeeds(graph, to);
  if (feeding !== undefined)
    throw new GraphError("second-edge", `${pathOf(to)} is ${feeding}; an input takes one edge.`, about);
  if (from.depth === 0) return { from, to };
  const scattered = `${pathOf(from)} is scattered, and connect draws plain edges. Gather it with .all(), or give it to the node where it is made: inputs: { ${to.name}: ... }.`;
  throw new GraphError("wrong-type", scattered, about);
}

/** What an input is fed by already, in words. */
function whatFeeds(graph: Graph, to: InPort): string | undefined {
  const present = graph.sourceOf(to);
  if (present.kind === "edge") return `already fed by ${pathOf(present.from)}`;
  const shown = Object.entries(graph.inputs).find(([, port]) => port === (to as unknown));
  return shown && `the graph's own input '${shown[0]}', fed from outside`;
}

function notEnd(place: string, side: "input" | "output", given: unknown): GraphError {
  const what = isA(given, OutPort)
    ? `the output ${pathOf(given)}`
    : isA(given, InPort)
      ? `the input ${pathOf(given)}`
      : isA(given, BaseNode)
        ? `the node '${given.name}'`
        : described(given);
  return new GraphError(
    "unknown-port",
    `connect(output, input): the ${place} is an ${side} port, e.g. node.${side}s.text, and this is ${what}.`,
  );
}
