/** Edges as a graph tells them: which output feeds which input, and whether lists are taken apart or put together on the way. */
import type { InPort, InputPort, OutPort, OutputPort } from "./port.ts";

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
