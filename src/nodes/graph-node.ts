/**
 * A graph used as one node of another. Outside it shows the graph's named inputs and outputs; what is not given keeps what feeds it
 * inside: a component appears on this node's card too, as its own, so that two nodes of one graph share nothing.
 */

import { type BaseNode, baseOf } from "../engine/base-node.ts";
import { Shape, shapeOf } from "../engine/component.ts";
import { fingerprintOf } from "../engine/fingerprint.ts";
import { Graph } from "../engine/graph.ts";
import { GraphError } from "../engine/graph-error.ts";
import { refuseUnknown, refuseUnnamed } from "../engine/known-options.ts";
import type { Node } from "../engine/node.ts";
import { type NodeOptions, optionsOfAll } from "../engine/node-options.ts";
import {
  type DepthOf,
  type InPort,
  type Input,
  type OutPort,
  type Outputs,
  type PortAt,
  pathOf,
} from "../engine/port.ts";
import { inputsOutside } from "../engine/shown-ports.ts";
import { Variant } from "./choice.ts";
import type { Capture } from "./fn.ts";

/** A graph used as one node of another; inputs not given keep the inner component or constant. */
export interface GraphNode<out In, out Out> extends Node<In, Out> {
  readonly kind: "graph";
  readonly graph: Graph;
}

interface GraphNodeConstructor {
  /**
   * @example
   * const summary = new GraphNode(shorten, { name: "Summary", inputs: { text: article.outputs.text } });
   * @throws GraphError `unknown-input` for an input that the graph does not name
   */
  new <In, Out, I = {}>(
    graph: Graph<In, Out>,
    options?: Pick<NodeOptions, "name" | "trigger" | "onItemError"> & {
      inputs?: { [K in keyof NoInfer<In>]?: Input<NoInfer<In>[K]> } | Capture<I>;
    },
  ): GraphNode<In, { [K in keyof Out]: PortAt<Out[K], DepthOf<I>> }>;
}

type Values = Readonly<Record<string, unknown>>;
type Options = Pick<NodeOptions, "name" | "trigger" | "onItemError"> & { inputs?: Readonly<Record<string, unknown>> };

class SubgraphNode extends Variant {
  readonly kind = "graph";
  readonly about = "graph";
  override readonly graph: Graph;
  override readonly usualTrigger: "auto" | "manual";
  /** Put together once: a graph that runs does not change any more. */
  #definition: string | undefined;

  constructor(graph: Graph, options: Options = {}) {
    if (!(graph instanceof Graph)) {
      throw new GraphError(
        "wrong-type",
        "new GraphNode(graph, options): the first is not a graph; make it with new Graph({ ... }).",
      );
    }
    const { inputs = {}, ...rest } = options;
    const name = { given: options.name, otherwise: graph.name };
    const called = name.given ?? name.otherwise;
    refuseOptions(options, called);
    refuseUnnamed(options.inputs, "inputs", `'${called}'`);
    super(name, inputsOf(graph, inputs, called), outputsOf(graph), rest);
    this.graph = graph;
    this.usualTrigger = asks(graph) ? "manual" : "auto";
  }

  /** What runs inside, and how it is wired there. */
  override get definition(): string {
    this.#definition ??= `${super.definition} ${JSON.stringify(this.graph.nodes.map(baseOf).map((node) => printOf(this.graph, node)))}`;
    return this.#definition;
  }

  readonly start = (): never => {
    throw new Error("A graph's node is run by the sheet inside it.");
  };
}

export const GraphNode = SubgraphNode as unknown as GraphNodeConstructor;

/** How its work is done is said by the nodes that do it. */
function refuseOptions(options: Options, node: string): void {
  const inner = optionsOfAll.find((option) => !own.includes(option) && Object.hasOwn(options, option));
  if (inner === undefined) return refuseUnknown(options, own, `The graph's node '${node}'`, node);
  throw new GraphError(
    "wrong-type",
    `The graph's node '${node}' has no option '${inner}': give it to the nodes inside, which do the work.`,
    { node, known: own },
  );
}
const own: readonly string[] = ["inputs", "name", "trigger", "onItemError"];

/** Nothing manual runs by itself, inside another graph neither (R5). */
function asks(graph: Graph): boolean {
  return graph.nodes.map(baseOf).some((node) => node.runnable && graph.triggerOf(node) === "manual");
}

/** A node's definition with what feeds it, but for what edges bring. */
function printOf(graph: Graph, node: BaseNode): string {
  const feeds = Object.values(node.inputs).map((input): [string, unknown] => {
    const source = graph.sourceOf(input);
    switch (source.kind) {
      case "constant":
        return [input.name, source.value];
      case "callable":
        return [input.name, String(source.call)];
      case "component":
        return [input.name, shapeOf(source.component).initial];
      case "edge":
        return [input.name, wayOf(source.from)];
      default:
        return source satisfies never;
    }
  });
  return fingerprintOf(`${node.name} ${node.definition}`, Object.fromEntries(feeds));
}

/** A port in words, with how it was derived: `List.items each text`. */
function wayOf(port: OutPort): string {
  const { origin } = port;
  if (origin === undefined) return pathOf(port);
  return `${wayOf(origin.of)} ${origin.kind} ${origin.kind === "each" ? (origin.field ?? "") : ""}`;
}

function inputsOf(graph: Graph, given: Values, node: string): Record<string, unknown> {
  const named = Object.entries(inputsOutside(graph));
  const known = named.map(([name]) => name);
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const what = `'${node}' is given the input '${unknown}', and the graph '${graph.name}' names no such input.`;
    throw new GraphError("unknown-input", what, { node, port: unknown, known, meant: unknown });
  }
  const own = new Map<Shape, Shape>();
  const feeds = named.map(([name, port]): [string, unknown] => {
    const fed = givenTo(name, port, named, given);
    return [name, fed === undefined ? kept(port, own) : fed];
  });
  return Object.fromEntries(feeds);
}

/** What an input is given: one component is one source, so what is given to one of its inputs is given to them all. */
function givenTo(
  name: string,
  { component }: InPort,
  named: Iterable<readonly [string, InPort]>,
  given: Values,
): unknown {
  if (given[name] !== undefined || component === null) return given[name];
  for (const [other, port] of named)
    if (port.component === component && given[other] !== undefined) return given[other];
  return undefined;
}

/** What feeds an input inside, for the outside: components that were shared there are shared here. */
function kept({ source }: InPort, own: Map<Shape, Shape>): unknown {
  if (source.kind === "constant") return source.value;
  if (source.kind === "callable") return source.call;
  if (source.kind !== "component") return undefined;
  const inner = shapeOf(source.component);
  const outer = own.get(inner) ?? new Shape(inner);
  own.set(inner, outer);
  return outer;
}

/** A list that is scattered inside is one value outside, which its component does not show. */
function outputsOf(graph: Graph): Outputs {
  const named = Object.entries(graph.outputs) as unknown as [string, OutPort][];
  return Object.fromEntries(named.map(([name, port]) => [name, port.depth === 0 ? port.component : null]));
}
