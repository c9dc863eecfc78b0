/** A graph plan with its numbers resolved: which source or which earlier output feeds each input. Pure; the real graph and the naive evaluator are both made from it. */
import type { FnPlan, GraphPlan, InputNodePlan, InputPlan, Traced } from "./graphs.ts";

export type Feed =
  | { readonly kind: "source"; readonly source: number }
  | { readonly kind: "out"; readonly node: number; readonly out: number; readonly connected: boolean }
  | { readonly kind: "constant"; readonly value: Traced }
  | { readonly kind: "callable"; readonly name: string; readonly later: boolean };

export interface SourcePlan {
  readonly name: string;
  readonly first: number | null;
  /** Where it may be set: node and input. */
  readonly ports: readonly { readonly node: number; readonly key: string }[];
}

export interface Wired {
  readonly plan: GraphPlan;
  readonly names: readonly string[];
  readonly sources: readonly SourcePlan[];
  /** By node and input; for an input node, by port. */
  readonly feeds: readonly (readonly Feed[])[];
  /** By node: its ancestors and itself; and the sources that reach it. */
  readonly above: readonly ReadonlySet<number>[];
  readonly reach: readonly ReadonlySet<number>[];
  /** By node: whether a callable feeds it or an ancestor. */
  readonly calls: readonly boolean[];
}

export function wire(plan: GraphPlan): Wired {
  const names = plan.nodes.map((node, i) => `${node.kind === "fn" ? "f" : "in"}${i}`);
  const sources: { name: string; first: number | null; ports: { node: number; key: string }[] }[] = plan.shared.map(
    (first, i) => ({
      name: `shared${i}`,
      first,
      ports: [],
    }),
  );
  const own = (first: number | null, node: number, key: string): Feed => {
    sources.push({ name: `${names[node]}.${key}`, first, ports: [{ node, key }] });
    return { kind: "source", source: sources.length - 1 };
  };
  const feedOf = (input: InputPlan, node: number, key: string): Feed => {
    if (input.feed === "constant") return { kind: "constant", value: { n: input.n, from: {} } };
    if (input.feed === "callable") return { kind: "callable", name: `${names[node]}(${key})`, later: input.later };
    if (input.feed === "own") return own(input.first, node, key);
    if (input.feed === "edge") {
      if (node === 0) return own(input.out, node, key);
      // Counted backwards, so that a graph keeps its form when shrinking takes nodes away.
      const from = node - 1 - (input.node % node);
      const outs = outsOf(plan.nodes[from]!);
      if (outs === 0) return { kind: "constant", value: { n: input.out, from: {} } };
      return { kind: "out", node: from, out: input.out % outs, connected: input.connected };
    }
    const source = input.at % plan.shared.length;
    sources[source]!.ports.push({ node, key });
    return { kind: "source", source };
  };
  const feeds = plan.nodes.map((node, i) =>
    node.kind === "fn"
      ? node.inputs.map((input, k) => feedOf(input, i, keyOf(k)))
      : node.ports.map((first, k) => own(first, i, outOf(k))),
  );
  const above: Set<number>[] = [];
  const reach: Set<number>[] = [];
  const calls: boolean[] = [];
  feeds.forEach((list, i) => {
    const ups = list.flatMap((feed) => (feed.kind === "out" ? [feed.node] : []));
    above.push(new Set([i, ...ups.flatMap((up) => [...above[up]!])]));
    reach.push(
      new Set(
        list.flatMap((feed) =>
          feed.kind === "source" ? [feed.source] : feed.kind === "out" ? [...reach[feed.node]!] : [],
        ),
      ),
    );
    calls.push(list.some((feed) => feed.kind === "callable" || (feed.kind === "out" && calls[feed.node])));
  });
  return { plan, names, sources, feeds, above, reach, calls };
}

export function outsOf(node: FnPlan | InputNodePlan): number {
  return node.kind === "fn" ? node.outs.length : node.ports.length;
}
export function keyOf(input: number): string {
  return `i${input}`;
}
export function outOf(output: number): string {
  return `o${output}`;
}
