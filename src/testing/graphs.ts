/** Random graphs, made of a plan through the public classes alone: what they are, a user could have written. */
import type * as fc from "fast-check";
import type { Component } from "../engine/component.ts";
import { Graph } from "../engine/graph.ts";
import { baseOf, type Node } from "../engine/node.ts";
import type { InputPort, OutputPort } from "../engine/port.ts";
import { FnNode } from "../nodes/fn.ts";
import { InputNode } from "../nodes/input.ts";
import { ui } from "../nodes/ui.ts";
import { functionOf, type Wait } from "./drawn-function.ts";
import { type FnPlan, type GraphPlan, type InputPlan, type NodePlan, plans } from "./graph-plan.ts";
import { told } from "./told.ts";

/** A random graph of deterministic functions, and its inputs and last outputs. */
export interface RandomGraph {
  readonly graph: Graph;
  readonly inputs: readonly InputPort<number>[];
  readonly outputs: readonly OutputPort<unknown>[];
}

/**
 * Random graphs: diamonds, deep chains, wide joins, InputNodes, shared components, manual, failing and asynchronous nodes.
 * They shrink to fewer nodes, and are printed node by node.
 *
 * @example
 * const alive = graphs({ maxNodes: 8 }).chain((random) => edits(random.graph).map((drawn) => ({ ...random, drawn })));
 */
export function graphs(
  options: { maxNodes?: number; async?: boolean; scatter?: boolean; choices?: boolean; failures?: boolean } = {},
): fc.Arbitrary<RandomGraph> {
  const { maxNodes = 20, async = true, failures = true } = options;
  return plans({ maxNodes, async, failures }).map((plan) => grown(plan));
}

/** The graph of a plan; `wait` lets time pass in its asynchronous functions. */
export function grown(plan: GraphPlan, wait: Wait = ticks): RandomGraph {
  const shared = plan.shared.map((n) => field(n));
  const nodes: Node[] = [];
  for (const [at, node] of plan.nodes.entries()) nodes.push(grow(node, at));
  const graph = new Graph({ name: "Random", nodes });
  const inputs = nodes.flatMap((node) => Object.values(node.inputs) as InputPort<number>[]);
  const fields = new Map(inputs.filter((port) => port.component).map((port) => [port.component, port]));
  const outputs = graph.exits.flatMap((node) => Object.values(node.outputs));
  return told({ graph, inputs: [...fields.values()], outputs }, () => listed(graph, plan));

  function grow(node: NodePlan, at: number): Node {
    const name = nameOf(plan, at);
    if (node.kind === "input") {
      const ports = Object.fromEntries(node.firsts.map((first, i) => [letter(i), field(first)]));
      return new InputNode({ name, ports }) as unknown as Node;
    }
    const reading = readingOf(node, at);
    const inputs = Object.fromEntries(reading.map((input, i) => [`i${i}`, fed(input, at)]));
    const outputs = Object.fromEntries(node.outs.map((_, i) => [letter(i), i % 2 === 0 ? ui.number() : null]));
    const trigger = node.manual ? ({ trigger: "manual" } as const) : {};
    return new FnNode(functionOf(name, node, wait) as never, { name, inputs, outputs, ...trigger } as never);
  }

  function readingOf(node: FnPlan, at: number): readonly InputPlan[] {
    if (plan.form === "wide" && at === plan.nodes.length - 1) return wideOf(at);
    return plan.form === "deep" ? [{ feed: "edge", back: 0, out: 0 }, ...node.inputs.slice(1)] : node.inputs;
  }

  function fed(input: InputPlan, at: number): unknown {
    switch (input.feed) {
      case "edge": {
        if (at === 0) return field(input.out);
        const back = plan.form === "deep" ? input.back % 2 : input.back;
        const ports = Object.values((nodes[at - 1 - (back % at)] as Node).outputs);
        return ports[input.out % ports.length];
      }
      case "own":
        return field(input.first);
      case "shared":
        return shared[input.at % shared.length];
      case "constant":
        return input.n;
      case "callable":
        return calling(input);
      default:
        return input satisfies never;
    }
  }
}

function nameOf(plan: GraphPlan, at: number): string {
  return `${plan.nodes[at]?.kind === "input" ? "in" : "n"}${at}`;
}

/** A join of all nodes before, the nearest first. */
function wideOf(at: number): readonly InputPlan[] {
  return Array.from({ length: Math.max(1, at) }, (_, back) => ({ feed: "edge", back, out: 0 }));
}

/** Few values, so that an equal one is set often. */
function field(first: number | null): Component<number> {
  return first === null
    ? ui.number({ minimum: 0, maximum: 9, step: 1 })
    : ui.slider({ minimum: 0, maximum: 9, value: first });
}

/** Each call gives another of three values. */
function calling({ n, later }: { readonly n: number; readonly later: boolean }): () => unknown {
  let calls = n;
  return later ? async () => calls++ % 3 : () => calls++ % 3;
}

function letter(i: number): string {
  return "abc".charAt(i);
}

async function ticks(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await null;
}

function listed(graph: Graph, plan: GraphPlan): string {
  const lines = graph.nodes.map((node) => {
    const base = baseOf(node);
    const inputs = Object.values(base.inputs).map((port) => {
      const source = graph.sourceOf(port);
      if (source.kind === "edge") return `${source.from.node.name}.${source.from.name}`;
      return source.kind === "constant" ? String(source.value) : source.kind;
    });
    const drawn = plan.nodes.find((_, at) => nameOf(plan, at) === base.name);
    return [`${base.name}(${inputs.join(", ")})`, ...(drawn?.kind === "fn" ? tellingsOf(drawn) : [])].join(" ");
  });
  return `graph { ${lines.join("; ")} }`;
}

function tellingsOf({ manner, manual, fails, outs }: FnPlan): readonly string[] {
  return [
    ...(outs.some((keep) => keep > 0) ? [`% ${outs.join(" ")}`] : []),
    ...(manner === "now" ? [] : [manner]),
    ...(manual ? ["manual"] : []),
    ...(fails === null ? [] : [`fails at ${fails}`]),
  ];
}
