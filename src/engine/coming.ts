/** What joins a graph when nodes are given to it: those nodes and all that they depend on, but for what is there already. */
import { type BaseNode, baseOf } from "./base-node.ts";
import { described } from "./failure.ts";
import type { Graph } from "./graph.ts";
import { GraphError } from "./graph-error.ts";
import { isA } from "./is-a.ts";
import type { AnyNode } from "./node.ts";
import { InPort, OutPort, pathOf } from "./port.ts";

/** @throws GraphError `unknown-node` for what is no node, `cycle` */
export function comingWith(graph: Graph, nodes: readonly AnyNode[]): ReadonlySet<BaseNode> {
  const coming = new Set<BaseNode>();
  const waiting = nodes.map(asNode).reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (graph.has(node) || coming.has(node)) continue;
    if (node.graph && holds(node.graph, graph)) throw insideItself(graph.name, node.name);
    coming.add(node);
    for (const above of graph.upstreamOf(node).reverse()) waiting.push(above);
  }
  return coming;
}

function asNode(node: AnyNode): BaseNode {
  const base = baseOf(node);
  if (typeof base?.start === "function" && typeof base.outputs === "object") return base;
  const what = isA(node, OutPort) || isA(node, InPort) ? `the port ${pathOf(node)}: give its node` : described(node);
  throw new GraphError("unknown-node", `A graph is made of nodes (FnNode, InputNode, ...), and this is ${what}.`);
}

/** Whether a graph is another one, or has it somewhere inside. */
function holds(graph: Graph, other: Graph): boolean {
  const inside = graph.nodes.flatMap((node) => baseOf(node).graph ?? []);
  return graph === other || inside.some((one) => holds(one, other));
}

function insideItself(graph: string, node: string): GraphError {
  return new GraphError("cycle", `'${node}' runs the graph '${graph}', so it cannot be one of its nodes.`, { node });
}
