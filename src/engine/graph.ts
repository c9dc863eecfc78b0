/** A graph: nodes and edges, checked as they are wired and immutable once a sheet is open. A node brings along everything it depends on. */
import { type BaseNode, baseOf } from "./base-node.ts";
import { callGraph } from "./call.ts";
import { comingWith } from "./coming.ts";
import { type Edge, edgeOf, endsOf } from "./edge.ts";
import { GraphError } from "./graph-error.ts";
import { checkGraphOptions, type GraphOptions } from "./graph-options.ts";
import { LivingSheet } from "./living-sheet.ts";
import { Names } from "./names.ts";
import type { Node } from "./node.ts";
import { persistKeyOf } from "./persist-key.ts";
import type { InPort, InputPort, OutPort, OutputPort, Port, Source } from "./port.ts";
import type { Sheet, SheetOptions } from "./sheet.ts";
import { checkSheetOptions } from "./sheet-options.ts";
import { shownInputs, shownOutputs } from "./shown-ports.ts";
import { circle, inOrder, partsOf, pathUp } from "./topology.ts";

/**
 * A definition: nodes and edges, immutable once a sheet is open. `In`/`Out` are the named ports it shows as a node, an API call or a tool.
 *
 * @example
 * const graph = new Graph({ name: "Postcard", nodes: [postcard] }); // upstream nodes come along
 * const sheet = graph.sheet();
 */
export class Graph<out In = {}, out Out = {}> {
  readonly name: string;
  /** The named inputs and outputs. */
  readonly inputs: { readonly [K in keyof In]: InputPort<In[K]> };
  readonly outputs: { readonly [K in keyof Out]: OutputPort<Out[K]> };
  /** Where sheets are saved; `false` saves nothing. */
  readonly persistKey: string | false;
  readonly #trigger: "auto" | "manual" | undefined;
  readonly #nodes = new Set<BaseNode>();
  readonly #connected = new Map<InPort, OutPort>();
  /** The nodes that another one depends on. */
  readonly #feeding = new Set<BaseNode>();
  readonly #names = new Names();
  #open = false;
  #order: readonly BaseNode[] | undefined;

  /** @throws GraphError for every wiring mistake, with what exists and what was probably meant */
  constructor(options: GraphOptions) {
    checkGraphOptions(options);
    this.name = options.name;
    this.persistKey = persistKeyOf(options.name, options.persistKey);
    this.#trigger = options.trigger;
    this.#join(options.nodes);
    this.inputs = shownInputs(this as Graph, options.inputs) as unknown as Graph<In>["inputs"];
    this.outputs = shownOutputs(this as Graph, options.outputs) as unknown as Graph<In, Out>["outputs"];
  }

  /** All nodes, each after those it depends on. */
  get nodes(): readonly Node[] {
    return this.#ordered() as unknown as readonly Node[];
  }

  get edges(): readonly Edge[] {
    return this.#ordered().flatMap((node) =>
      Object.values(node.inputs).flatMap((to) => {
        const source = this.sourceOf(to);
        return source.kind === "edge" ? [edgeOf(source.from, to)] : [];
      }),
    );
  }

  /** Nodes that depend on none. */
  get entries(): readonly Node[] {
    return this.nodes.filter((node) => this.upstreamOf(baseOf(node)).length === 0);
  }

  /** Nodes that none depends on. */
  get exits(): readonly Node[] {
    const used = new Set(this.#ordered().flatMap((node) => this.upstreamOf(node)));
    return this.nodes.filter((node) => !used.has(baseOf(node)));
  }

  /** The connected parts, each a list of nodes in order. */
  get parts(): readonly (readonly Node[])[] {
    const dependencies = this.#ordered().flatMap((node) =>
      this.upstreamOf(node).map((above) => ({ from: { node: above }, to: { node } })),
    );
    return partsOf(this.#ordered(), dependencies) as unknown as readonly (readonly Node[])[];
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
    const { from, to } = endsOf(this as Graph, output, input);
    this.#refuseCircle(baseOf(from.node), baseOf(to.node));
    this.#join([from.node, to.node]);
    this.#connected.set(to, from);
    this.#feeding.add(baseOf(from.node));
    this.#order = undefined;
    return this;
  }

  /** Brings the graph to life, in memory. No server is needed. */
  sheet(options: SheetOptions = {}): Sheet {
    checkSheetOptions(options);
    this.begin();
    return new LivingSheet(this as Graph, options);
  }

  /**
   * Runs the graph once, on a sheet of its own: values for its named inputs in, its named outputs out. Inputs left out keep their own values.
   * A graph that names no outputs is run as a whole. Choices go their first way, and where a person would be asked the call is refused.
   *
   * @example
   * const { summary } = await graph.call({ text: "Water turns the wheel" });
   * @throws FailureError when a step fails or `signal` aborts; GraphError for an input it does not have, a wrong type, or one that is empty
   */
  async call(
    inputs: { readonly [K in keyof In]?: In[K] } = {},
    options: { signal?: AbortSignal } = {},
  ): Promise<{ [K in keyof Out]: Out[K] }> {
    return (await callGraph(this as Graph, inputs as Readonly<Record<string, unknown>>, options)) as {
      [K in keyof Out]: Out[K];
    };
  }

  /** From now on it does not change any more. @internal */
  begin(): void {
    this.#ordered();
    this.#open = true;
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

  /** The nodes that a node depends on, first input first: those that feed it, then a choice's variants. @internal */
  upstreamOf(node: BaseNode): BaseNode[] {
    const nodes = Object.values(node.inputs).flatMap((input) => {
      const source = this.sourceOf(input);
      return source.kind === "edge" ? [baseOf(source.from.node)] : [];
    });
    return [...new Set([...nodes, ...node.above])];
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
    const joining = comingWith(this as Graph, nodes);
    this.#names.take(inOrder([...joining], (node) => this.upstreamOf(node).filter((above) => joining.has(above))));
    for (const node of joining) {
      this.#nodes.add(node);
      for (const above of this.upstreamOf(node)) this.#feeding.add(above);
    }
    this.#order = undefined;
  }

  /** Of two nodes that are here, one that feeds none yet can close no circle: a graph drawn edge by edge is not searched at each. */
  #refuseCircle(from: BaseNode, to: BaseNode): void {
    const here = this.#nodes.has(from) && this.#nodes.has(to);
    if (from !== to && here && !this.#feeding.has(to)) return;
    const round = pathUp(from, to, (node) => this.upstreamOf(node));
    if (round) throw circle(round);
  }
}
