/** What slots and choices held, given back to them one by one, and why they held it: the port that changed first may be gone. */

import { baseOf } from "./base-node.ts";
import type { ChoiceStep } from "./choice-step.ts";
import { shapeOf } from "./component.ts";
import type { Graph } from "./graph.ts";
import type { Fact, KeptCause } from "./kept.ts";
import type { LivingGraph } from "./living-graph.ts";
import type { Past } from "./past-life.ts";
import { type AnyPort, InPort, type OutPort } from "./port.ts";
import { type Cause, type Ready, stale } from "./signal.ts";
import type { Slot } from "./slot.ts";

/** What a person had set. */
export function restoreSource(
  living: LivingGraph,
  port: InPort | OutPort,
  slot: Slot,
  fact: Fact | undefined,
  past: Past,
): void {
  const signal = fact?.kind === "source" ? past.signal(fact.signal) : undefined;
  if (fact?.kind !== "source" || signal === undefined || slot.now === signal) return;
  if (refused(port, signal.value)) return past.setAside([fact.signal]);
  slot.changedBy(causeFrom(fact.because, living.graph));
  slot.next(signal);
}

/** What the app takes has changed since: then its own first value stands. */
function refused(port: InPort | OutPort, value: unknown): boolean {
  return port instanceof InPort && port.component !== null && shapeOf(port.component).refusesSet(value) !== undefined;
}

/** The variant that a person had chosen, if it is there still. */
export function restoreChoice(step: ChoiceStep, fact: Fact | undefined): void {
  const at = fact?.kind === "choice" ? step.node.above.findIndex(({ name }) => name === fact.variant) : -1;
  if (at >= 0) step.choose(at, { change: "choose" });
}

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
