/** Random graphs, and how they are printed. */
import type * as fc from "fast-check";
import { baseOf } from "../engine/base-node.ts";
import { Graph } from "../engine/graph.ts";
import type { InPort, InputPort, OutPort, OutputPort } from "../engine/port.ts";
import { pathOf } from "../engine/port.ts";
import type { Around, Wait } from "./drawn-function.ts";
import { type GraphPlan, type PlanOptions, plans } from "./graph-plan.ts";
import { Growth } from "./grow.ts";
import { told } from "./told.ts";

/** A random graph of deterministic functions, and its inputs and last outputs. */
export interface RandomGraph {
  readonly graph: Graph;
  readonly inputs: readonly InputPort<number>[];
  readonly outputs: readonly OutputPort<unknown>[];
}

/**
 * Random graphs: diamonds, deep chains, wide joins, scatter, choices, graphs inside, InputNodes, shared components, steps for
 * people, manual, failing and asynchronous nodes, lanes, retries and timeouts; all of it, unless switched off. They shrink to fewer nodes, and are printed node by node.
 * Where no function fails, lists that are not equally long may still fail to zip.
 *
 * @example
 * const alive = graphs({ maxNodes: 8 }).chain((random) => edits(random.graph).map((drawn) => ({ ...random, drawn })));
 */
export function graphs(options: Partial<PlanOptions> = {}): fc.Arbitrary<RandomGraph> {
  return plans(options).map((plan) => grown(plan));
}

/** The graph of a plan; `wait` lets time pass in its asynchronous functions, `around` stands between them and whoever calls them. */
export function grown(plan: GraphPlan, wait: Wait = ticks, around?: Around): RandomGraph {
  const growth = new Growth(plan, wait, around);
  const graph = new Graph({ name: "Random", nodes: growth.nodes });
  const outputs = graph.exits.flatMap((node) => Object.values(node.outputs));
  return told({ graph, inputs: growth.inputs, outputs }, () => listed(graph));
}

async function ticks(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await null;
}

function listed(graph: Graph): string {
  const lines = graph.nodes.map((one) => {
    const node = baseOf(one);
    if (node.kind === "choice") return `${node.name}(${node.above.map(({ name }) => name).join(" or ")})`;
    const inputs = Object.values(node.inputs).map((port) => fed(graph, port));
    const words = [
      `${node.name}(${inputs.join(", ")})`,
      node.graph ? listed(node.graph) : node.kind === "fn" ? String(node.start) : "",
      graph.triggerOf(node) === "manual" ? "manual" : "",
      node.onItemError === "skip" ? "skips" : "",
      node.remember ? "" : "forgets",
      node.lane ? `lane ${node.lane.limit}` : "",
    ];
    return words.filter((word) => word !== "").join(" ");
  });
  return `graph { ${lines.join("; ")} }`;
}

function fed(graph: Graph, port: InPort): string {
  const source = graph.sourceOf(port);
  if (source.kind === "edge") return led(source.from);
  return source.kind === "constant" ? String(source.value) : source.kind;
}

function led(port: OutPort): string {
  if (port.origin === undefined) return pathOf(port);
  return `${led(port.origin.of)}.${port.origin.kind}(${("field" in port.origin && port.origin.field) || ""})`;
}
