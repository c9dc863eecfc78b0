/** What feeds what in a graph, by number: each node's inputs, what lies above it, and the sources that reach it. Pure, and the same for every sheet. */
import { type BaseNode, baseOf } from "../../src/engine/base-node.ts";
import type { Component } from "../../src/engine/component.ts";
import { shapeOf } from "../../src/engine/component.ts";
import type { Graph } from "../../src/engine/graph.ts";
import type { InPort, OutPort } from "../../src/engine/port.ts";

export type Feed =
  | { readonly kind: "source"; readonly source: number }
  | { readonly kind: "out"; readonly node: number; readonly from: OutPort }
  | { readonly kind: "constant"; readonly value: unknown }
  | { readonly kind: "callable" };

/** A component and where it is shown: setting it at one port sets it at all. */
export interface Source {
  readonly first: number | null;
  readonly ports: readonly InPort[];
}

export interface Wired {
  readonly nodes: readonly BaseNode[];
  readonly sources: readonly Source[];
  /** By node: its inputs, in order. */
  readonly ins: readonly (readonly InPort[])[];
  readonly feeds: readonly (readonly Feed[])[];
  /** By node: its ancestors and itself; and the sources that reach it. */
  readonly above: readonly ReadonlySet<number>[];
  readonly reach: readonly ReadonlySet<number>[];
  /** By node: whether a callable feeds it or an ancestor. */
  readonly calls: readonly boolean[];
  sourceOf(port: unknown): number;
}

export function wire(graph: Graph): Wired {
  const nodes = graph.nodes.map(baseOf);
  const ins = nodes.map((node) => Object.values(node.inputs));
  const shown = new Map<Component<unknown>, InPort[]>();
  for (const port of ins.flat()) {
    const source = graph.sourceOf(port);
    if (source.kind === "component") shown.set(source.component, [...(shown.get(source.component) ?? []), port]);
  }
  const components = [...shown.keys()];
  const feedOf = (port: InPort): Feed => {
    const source = graph.sourceOf(port);
    if (source.kind === "component") return { kind: "source", source: components.indexOf(source.component) };
    if (source.kind === "constant") return { kind: "constant", value: source.value };
    if (source.kind === "callable") return { kind: "callable" };
    return { kind: "out", node: nodes.indexOf(baseOf(source.from.node)), from: source.from };
  };
  const feeds = ins.map((ports) => ports.map(feedOf));
  const above: Set<number>[] = [];
  const reach: Set<number>[] = [];
  const calls: boolean[] = [];
  // Nodes come after those that they read.
  for (const [i, list] of feeds.entries()) {
    const ups = list.flatMap((feed) => (feed.kind === "out" ? [feed.node] : []));
    const own = list.flatMap((feed) => (feed.kind === "source" ? [feed.source] : []));
    above.push(new Set([i, ...ups.flatMap((up) => [...(above[up] as Set<number>)])]));
    reach.push(new Set([...own, ...ups.flatMap((up) => [...(reach[up] as Set<number>)])]));
    calls.push(list.some(({ kind }) => kind === "callable") || ups.some((up) => calls[up]));
  }
  const sources = [...shown].map(([component, ports]) => ({
    first: (shapeOf(component).initial as number | undefined) ?? null,
    ports,
  }));
  return {
    nodes,
    sources,
    ins,
    feeds,
    above,
    reach,
    calls,
    sourceOf: (port) => sources.findIndex(({ ports }) => ports.includes(port as InPort)),
  };
}
