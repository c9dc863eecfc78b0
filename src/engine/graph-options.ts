/** What a graph is made of, as its author says it; checked before anything is joined. */
import { GraphError } from "./graph-error.ts";
import { refuseUnknown } from "./known-options.ts";
import type { Node } from "./node.ts";
import { checkTrigger } from "./node-options.ts";

/** Options of a `Graph`. */
export interface GraphOptions<I = unknown, O = unknown> {
  name: string;
  /** Upstream nodes come along. */
  nodes: readonly Node[];
  /** Names the inputs and outputs this graph shows outside. Default: none as a node; by node and port name in the API. */
  inputs?: I;
  outputs?: O;
  /** Where sheets are saved. Default: a slug of the name; `false` saves nothing. */
  persistKey?: string | false;
  /** Overrides every node's default trigger. */
  trigger?: "auto" | "manual";
}

const known: readonly (keyof GraphOptions)[] = ["name", "nodes", "inputs", "outputs", "persistKey", "trigger"];

/** @throws GraphError for options that are none */
export function checkGraphOptions(options: GraphOptions): void {
  if (typeof options?.name !== "string" || options.name.trim() === "") {
    throw new GraphError("missing-input", 'A graph needs a name: new Graph({ name: "My graph", nodes: [...] }).');
  }
  const { name, nodes, trigger } = options;
  if (!Array.isArray(nodes)) {
    const what = `The graph '${name}' needs nodes: a list, e.g. nodes: [last]; upstream nodes come along.`;
    throw new GraphError("missing-input", what);
  }
  refuseUnknown(options, known, `The graph '${name}'`);
  checkTrigger(trigger, `the graph '${name}'`);
}
