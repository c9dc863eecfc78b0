/** The ports that a graph shows outside: each named, each its own. Checked when the graph is made. */

import { baseOf } from "./base-node.ts";
import type { Graph } from "./graph.ts";
import { GraphError } from "./graph-error.ts";
import { InPort, OutPort, pathOf } from "./port.ts";

type Named<P> = Readonly<Record<string, P>>;

export function shownInputs(graph: Graph, given: unknown): Named<InPort> {
  const names = new Map<InPort, string>();
  return checked(graph, "input", given, (port, name) => {
    if (!(port instanceof InPort)) return undefined;
    const known = names.get(port);
    if (known !== undefined) {
      const twice = `The inputs '${known}' and '${name}' of '${graph.name}' are both ${pathOf(port)}; name it once.`;
      throw new GraphError("second-edge", twice, { node: port.node.name, port: port.name });
    }
    names.set(port, name);
    const source = graph.sourceOf(port);
    if (source.kind !== "edge") return port;
    throw new GraphError(
      "fed-by-edge",
      `The input '${name}' of '${graph.name}' is fed by ${pathOf(source.from)}: name an input that no edge feeds.`,
      { node: port.node.name, port: port.name },
    );
  });
}

export function shownOutputs(graph: Graph, given: unknown): Named<OutPort> {
  return checked(graph, "output", given, (port) => (port instanceof OutPort ? port : undefined));
}

/** The inputs that a graph shows outside, by name. */
export function inputsOutside(graph: Graph): Named<InPort> {
  return graph.inputs as unknown as Named<InPort>;
}

/**
 * The name by which an input is fed from outside where its graph is a node of another: its own, or that of an input which the same
 * component feeds, for one component is one source.
 */
export function nameOutside(graph: Graph, input: InPort): string | undefined {
  const named = Object.entries(inputsOutside(graph));
  const itself = named.find(([, port]) => port === input);
  if (itself) return itself[0];
  const source = graph.sourceOf(input);
  if (source.kind !== "component") return undefined;
  return named.find(([, { component }]) => component === source.component)?.[0];
}

function checked<P extends InPort | OutPort>(
  graph: Graph,
  side: "input" | "output",
  given: unknown,
  portIn: (given: unknown, name: string) => P | undefined,
): Named<P> {
  if (given === undefined) return Object.freeze({});
  const e = side === "input" ? "inputs: { text: shorten.inputs.text }" : "outputs: { short: shorten.outputs.summary }";
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new GraphError("unknown-port", `The ${side}s of '${graph.name}' are named ports, e.g. ${e}.`);
  }
  const ports = Object.entries(given).map(([name, one]): [string, P] => {
    const port = portIn(one, name);
    if (port === undefined) {
      throw new GraphError("unknown-port", `'${name}' of '${graph.name}' is no ${side} port; name one, e.g. ${e}.`, {
        port: name,
      });
    }
    if (!graph.has(baseOf(port.node))) {
      throw new GraphError(
        "unknown-port",
        `'${name}' of '${graph.name}' is ${pathOf(port)}, and '${port.node.name}' is not one of its nodes: add it.`,
        { node: port.node.name, port: port.name, known: graph.nodes.map((node) => node.name) },
      );
    }
    return [name, port];
  });
  return Object.freeze(Object.fromEntries(ports));
}
