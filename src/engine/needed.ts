/**
 * What a demand needs: from some nodes of a graph upwards, all nodes that have to be ready and all inputs that have to hold
 * a value before they are. What a choice needs is for the caller to say: that of one variant, or what all have in common.
 * Inside a graph's node nobody chooses, so there the first variant counts.
 */

import { BaseNode, baseOf } from "./base-node.ts";
import { shapeOf } from "./component.ts";
import type { Graph } from "./graph.ts";
import { InPort, type OutPort } from "./port.ts";
import { nameOutside } from "./shown-ports.ts";

export type Needed = BaseNode | InPort;

export function neededBy(
  graph: Graph,
  wanted: Iterable<Needed>,
  through: (choice: BaseNode) => Iterable<Needed>,
): ReadonlySet<Needed> {
  const found = new Set<Needed>();
  const waiting = [...wanted];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (found.has(one)) continue;
    found.add(one);
    for (const above of neededAbove(graph, one, through)) waiting.push(above);
  }
  return found;
}

/** What is shown by a component that has no value of its own yet. */
export function lacksValue(graph: Graph, port: InPort): boolean {
  const source = graph.sourceOf(port);
  return source.kind === "component" && shapeOf(source.component).initial === undefined;
}

function* neededAbove(
  graph: Graph,
  one: Needed,
  through: (choice: BaseNode) => Iterable<Needed>,
): Generator<Needed, void> {
  const node = one instanceof InPort ? baseOf(one.node) : one;
  // What is found inside a graph's node has been followed there.
  if (!graph.has(node)) return;
  if (one instanceof InPort) {
    const source = graph.sourceOf(one);
    if (source.kind === "edge") yield feeding(source.from);
    return;
  }
  if (one.kind === "choice") yield* through(one);
  else if (one.graph) yield* neededInside(one, one.graph);
  else yield* Object.values(one.inputs);
}

/** Of an InputNode, only the port that is read. */
function feeding(from: OutPort): Needed {
  const node = baseOf(from.node);
  return node.runnable ? node : (node.inputs[from.name] as InPort);
}

/** The inputs of a graph's node that its outputs need, and what is needed inside and cannot be given from outside. */
function* neededInside(node: BaseNode, graph: Graph): Generator<Needed, void> {
  const wanted = Object.values(graph.outputs as unknown as Readonly<Record<string, OutPort>>).map(feeding);
  for (const one of neededBy(graph, wanted, ({ above }) => above.slice(0, 1))) {
    if (one instanceof BaseNode) {
      if (one.answer) yield one;
      continue;
    }
    const name = graph.has(baseOf(one.node)) ? nameOutside(graph, one) : undefined;
    if (name !== undefined) yield node.inputs[name] as InPort;
    else if (!graph.has(baseOf(one.node)) || lacksValue(graph, one)) yield one;
  }
}
