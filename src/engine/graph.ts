/** A graph: nodes and edges, checked as they are wired and immutable once a sheet is open. A node brings along everything it depends on. */
import { GraphError } from "./graph-error.ts";
import { LivingSheet } from "./living-sheet.ts";
import { type AnyNode, type BaseNode, baseOf, type Node } from "./node.ts";
import { InPort, type InputPort, OutPort, type OutputPort, type Port, pathOf, type Source } from "./port.ts";
import type { Sheet } from "./sheet.ts";
import { circle, inOrder, partsOf, pathUp } from "./topology.ts";

/** Options of a `Graph`. */
export interface GraphOptions {
  name: string;
  /** Upstream nodes come along. */
  nodes: readonly Node[];
  /** Overrides every node's default trigger. */
  trigger?: "auto" | "manual";
}

/** One edge of a graph. */
export interface Edge {
  readonly from: OutputPort<unknown>;
  readonly to: InputPort<unknown>;
  readonly kind: "plain" | "scatter" | "gather";
  /** The field of a scatter edge made by `.each(field)`. */
  readonly field?: string;
}

/**
 * A definition: nodes and edges, immutable once a sheet is open.
 *
 * @example
 * const graph = new Graph({ name: "Postcard", nodes: [postcard] }); // upstream nodes come along
 * const sheet = graph.sheet();
 */
export class Graph {
  readonly name: string;
  readonly #trigger: "auto" | "manual" | undefined;
  readonly #nodes = new Set<BaseNode>();
  readonly #connected = new Map<InPort, OutPort>();
  /** The nodes that another one reads. */
  readonly #feeding = new Set<BaseNode>();
  /** The names that are taken, each with the number that the next node of that name gets. */
  readonly #names = new Map<string, number>();
  #open = false;
  #order: readonly BaseNode[] | undefined;

  /** @throws GraphError for every wiring mistake, with what exists and what was probably meant */
  constructor(options: GraphOptions) {
    if (typeof options?.name !== "string" || options.name.trim() === "") {
      throw new GraphError("missing-input", 'A graph needs a name: new Graph({ name: "My graph", nodes: [...] }).');
    }
    if (!Array.isArray(options.nodes)) {
      throw new GraphError(
        "missing-input",
        `The graph '${options.name}' needs nodes: a list, e.g. nodes: [last]; upstream nodes come along.`,
      );
    }
    this.name = options.name;
    this.#trigger = options.trigger;
    this.#join(options.nodes);
  }

  /** All nodes, each after those it depends on. */
  get nodes(): readonly Node[] {
    return this.#ordered() as unknown as readonly Node[];
  }

  get edges(): readonly Edge[] {
    return this.#ordered().flatMap((node) =>
      Object.values(node.inputs).flatMap((to) => {
        const source = this.sourceOf(to);
        return source.kind === "edge" ? [{ from: source.from, to, kind: "plain" } as unknown as Edge] : [];
      }),
    );
  }

  /** Nodes that depend on none. */
  get entries(): readonly Node[] {
    return this.nodes.filter((node) => this.upstreamOf(baseOf(node)).length === 0);
  }

  /** Nodes that none depends on. */
  get exits(): readonly Node[] {
    const used = new Set(this.edges.map((edge) => edge.from.node));
    return this.nodes.filter((node) => !used.has(node));
  }

  /** The connected parts, each a list of nodes in order. */
  get parts(): readonly (readonly Node[])[] {
    return partsOf(this.nodes, this.edges);
  }

  /** Adds nodes and what they depend on. @throws GraphError `duplicate-name`, `cycle`, `sheet-open` */
  add(...nodes: readonly Node[]): this {
    this.#refuseWhenOpen("add a node");
    this.#join(nodes);
    return this;
  }

  /** A plain edge from an output to an input that has none. @throws GraphError `cycle`, `second-edge`, `unknown-port`, `sheet-open` */
  connect<T>(output: Port<NoInfer<T>>, input: InputPort<T>): this {
    this.#refuseWhenOpen("connect ports");
    const from: unknown = output;
    const to: unknown = input;
    if (!(from instanceof OutPort))
      throw new GraphError("unknown-port", "connect(output, input): the first is not an output port.");
    if (!(to instanceof InPort))
      throw new GraphError("unknown-port", "connect(output, input): the second is not an input port.");
    const present = this.sourceOf(to);
    if (present.kind === "edge") {
      throw new GraphError(
        "second-edge",
        `${pathOf(to)} is already fed by ${pathOf(present.from)}; an input takes one edge.`,
        {
          node: to.node.name,
          port: to.name,
        },
      );
    }
    this.#refuseCircle(baseOf(from.node), baseOf(to.node));
    this.#join([from.node, to.node]);
    this.#connected.set(to, from);
    this.#feeding.add(baseOf(from.node));
    this.#order = undefined;
    return this;
  }

  /** Brings the graph to life, in memory. No server is needed. */
  sheet(options: { name?: string } = {}): Sheet {
    this.#ordered();
    this.#open = true;
    return new LivingSheet(this, options);
  }

  /** Whether a node is one of this graph's. @internal */
  has(node: BaseNode): boolean {
    return this.#nodes.has(node);
  }

  /** What feeds an input in this graph. @internal */
  sourceOf(input: InPort): Source {
    const from = this.#connected.get(input);
    return from ? { kind: "edge", from } : input.source;
  }

  /** The nodes that feed a node, first input first. @internal */
  upstreamOf(node: BaseNode): BaseNode[] {
    const nodes = Object.values(node.inputs).flatMap((input) => {
      const source = this.sourceOf(input);
      return source.kind === "edge" ? [baseOf(source.from.node)] : [];
    });
    return [...new Set(nodes)];
  }

  /** Whether a node runs by itself in this graph. @internal */
  triggerOf(node: BaseNode): "auto" | "manual" {
    return node.trigger ?? this.#trigger ?? node.usualTrigger;
  }

  #ordered(): readonly BaseNode[] {
    this.#order ??= inOrder([...this.#nodes], (node) => this.upstreamOf(node));
    return this.#order;
  }

  #refuseWhenOpen(what: string): void {
    if (!this.#open) return;
    throw new GraphError(
      "sheet-open",
      `Cannot ${what}: a sheet of '${this.name}' is open, and a living graph does not change. Wire first, then call sheet().`,
    );
  }

  /** Takes in nodes and all that they depend on; either all of them or, where something is wrong, none. */
  #join(nodes: readonly Node[]): void {
    const joining = new Set<BaseNode>();
    const waiting = nodes.map(asNode).reverse();
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (this.#nodes.has(node) || joining.has(node)) continue;
      joining.add(node);
      for (const above of this.upstreamOf(node).reverse()) waiting.push(above);
    }
    const ordered = inOrder([...joining], (node) => this.upstreamOf(node).filter((above) => joining.has(above)));
    this.#takeNames(ordered);
    for (const node of joining) {
      this.#nodes.add(node);
      for (const above of this.upstreamOf(node)) this.#feeding.add(above);
    }
    this.#order = undefined;
  }

  /** A node that feeds none yet can close no circle: a graph drawn edge by edge is not searched at each. */
  #refuseCircle(from: BaseNode, to: BaseNode): void {
    if (from !== to && this.#nodes.has(to) && !this.#feeding.has(to)) return;
    const round = pathUp(from, to, (node) => this.upstreamOf(node));
    if (round) throw circle(round);
  }

  /** Names that authors chose come first; the others are numbered in the order of the flow. */
  #takeNames(joining: readonly BaseNode[]): void {
    const chosen = new Set<string>();
    let twice: string | undefined;
    for (const { named, name } of joining) {
      if (!named) continue;
      if (this.#names.has(name) || chosen.has(name)) twice ??= name;
      chosen.add(name);
    }
    if (twice !== undefined) {
      throw new GraphError("duplicate-name", `Two nodes are named '${twice}'; give one of them another name.`, {
        node: twice,
      });
    }
    for (const name of chosen) this.#names.set(name, 2);
    for (const node of joining.filter((one) => !one.named)) node.settleName(this.#freeName(node.name));
  }

  #freeName(wanted: string): string {
    let name = wanted;
    let number = this.#names.get(wanted) ?? 1;
    for (; this.#names.has(name); number++) name = `${wanted} ${number}`;
    this.#names.set(wanted, Math.max(number, 2));
    this.#names.set(name, this.#names.get(name) ?? 2);
    return name;
  }
}

function asNode(node: AnyNode): BaseNode {
  const base = baseOf(node);
  if (typeof base?.start === "function" && typeof base.outputs === "object") return base;
  throw new GraphError("unknown-node", "A graph is made of nodes (FnNode, InputNode, ...), and this is not one.");
}
