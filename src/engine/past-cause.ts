/** Why a port holds what it holds, found again in the graph that is opened: the port that changed first may be gone. */

import { baseOf } from "./base-node.ts";
import type { Graph } from "./graph.ts";
import type { KeptCause } from "./kept.ts";
import type { AnyPort } from "./port.ts";
import { type Cause, type Ready, stale } from "./signal.ts";
import type { Slot } from "./slot.ts";

export function causeFrom({ change, port }: KeptCause, graph: Graph): Cause {
  const known = port && findPort(graph, port);
  return { change: change as Cause["change"], ...(known && { port: known }) };
}

/** What a slot shows until its step is visited: its last good value, stale where it was. */
export function showLeft(slot: Slot, good: Ready | undefined, because: Cause | undefined): void {
  if (because) slot.next(stale(good, because));
  if (good) slot.keep(good);
}

function findPort(graph: Graph, named: NonNullable<KeptCause["port"]>): AnyPort<unknown> | undefined {
  const [node, side, name] = named;
  for (const one of graph.nodes) {
    const ports = (side === "in" ? one.inputs : one.outputs) as Readonly<Record<string, AnyPort<unknown>>>;
    if (one.name === node && Object.hasOwn(ports, name)) return ports[name];
    const inner = baseOf(one).graph;
    const found = inner && findPort(inner, named);
    if (found) return found;
  }
  return undefined;
}
