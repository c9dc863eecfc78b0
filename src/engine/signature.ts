/**
 * The names of a call: what a graph takes and what it gives back. In code they are the inputs and outputs that the graph
 * names. From outside there is more: a graph that names none is called by node and port, a choice is made and a person's
 * step is answered by its own name. What cannot be set has no name outside.
 */

import { type BaseNode, baseOf } from "./base-node.ts";
import { shapeOf } from "./component.ts";
import type { Graph } from "./graph.ts";
import { type InPort, type OutPort, pathOf } from "./port.ts";

export interface Signature {
  readonly inputs: ReadonlyMap<string, InPort>;
  /** A choice is made by the name of a variant. */
  readonly choices: ReadonlyMap<string, BaseNode>;
  /** The steps that wait for a person. */
  readonly answers: ReadonlyMap<string, BaseNode>;
  readonly outputs: ReadonlyMap<string, OutPort>;
}

/** As typed code calls it. */
export function signatureInCode(graph: Graph): Signature {
  return { inputs: namedInputs(graph), choices: new Map(), answers: new Map(), outputs: namedOutputs(graph) };
}

/** As programs elsewhere call it. Of two things with one name the input has it, then the choice. */
export function signatureOutside(graph: Graph): Signature {
  const settable = [...namedInputs(graph)].filter(([, port]) => graph.sourceOf(port).kind === "component");
  const inputs = new Map(namesNothing(graph.inputs) ? shownInputs(graph) : settable);
  const named = namedOutputs(graph);
  const taken = new Set(inputs.keys());
  const free = (node: BaseNode) => !taken.has(node.name) && taken.add(node.name);
  const nodes = graph.nodes.map(baseOf);
  const byName = (node: BaseNode): [string, BaseNode] => [node.name, node];
  return {
    inputs,
    choices: new Map(nodes.filter((node) => node.kind === "choice" && free(node)).map(byName)),
    answers: new Map(nodes.filter((node) => node.answer && free(node)).map(byName)),
    outputs: named.size > 0 ? named : new Map(shownOutputs(graph)),
  };
}

/** The nodes that a call asks for: those of the outputs that the graph names, else whatever it is there for. */
export function goalsOf(graph: Graph): readonly BaseNode[] {
  const wanted = [...new Set([...namedOutputs(graph).values()].map(({ node }) => baseOf(node)))];
  return wanted.length > 0 ? wanted : graph.exits.map(baseOf).filter((node) => node.runnable);
}

function namedInputs(graph: Graph): ReadonlyMap<string, InPort> {
  return new Map(Object.entries(graph.inputs as unknown as Readonly<Record<string, InPort>>));
}

function namedOutputs(graph: Graph): ReadonlyMap<string, OutPort> {
  return new Map(Object.entries(graph.outputs as unknown as Readonly<Record<string, OutPort>>));
}

function namesNothing(ports: object): boolean {
  return Object.keys(ports).length === 0;
}

/** What a person could set on the canvas; a component that feeds several inputs once. */
function shownInputs(graph: Graph): readonly [string, InPort][] {
  const seen = new Set<unknown>();
  return graph.nodes.flatMap((node) =>
    Object.values(baseOf(node).inputs).flatMap((port): [string, InPort][] => {
      const source = graph.sourceOf(port);
      if (source.kind !== "component" || seen.has(source.component)) return [];
      seen.add(source.component);
      const { visible, interactive } = shapeOf(source.component);
      return visible && interactive ? [[pathOf(port), port]] : [];
    }),
  );
}

function shownOutputs(graph: Graph): readonly [string, OutPort][] {
  const ports = goalsOf(graph).flatMap(({ outPorts }) => outPorts);
  return ports.filter(({ component }) => component?.visible).map((port) => [pathOf(port), port]);
}
