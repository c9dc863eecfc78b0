/** Nodes as the engine sees them: named ports, a trigger, and `start`, which is given the inputs and returns the outputs now, later or many times. */
import type { Component } from "./component.ts";
import { InPort, type InputPort, OutPort, type OutputPort, sourceOf } from "./port.ts";
import type { RunContext } from "./run.ts";

/** Inputs of any shape. */
export interface AnyInputs {
  readonly [input: string]: unknown;
}
/** Output ports of any shape. */
export interface AnyOutputs {
  readonly [output: string]: OutputPort<unknown>;
}

/** Any node. `In` is the value each input takes, `Out` the output ports; plain `Node` is a node of any shape. */
export interface Node<out In = AnyInputs, out Out = AnyOutputs> {
  /** Unique in its graph; numbered when none was given. */
  readonly name: string;
  readonly kind: "fn" | "gradio" | "inference" | "input" | "choice" | "interaction" | "graph";
  readonly inputs: { readonly [K in keyof In]: InputPort<In[K]> };
  readonly outputs: Out;
}
export type AnyNode = Node;

/** Options that every node takes. */
export interface NodeOptions {
  /** Shown on the card; unique in the graph. Default: from the function. */
  name?: string;
  /** `auto` runs when its inputs are ready, `manual` waits to be asked. Default `auto` for FnNode. */
  trigger?: "auto" | "manual";
  /** Milliseconds one run may take. Default: none for FnNode. */
  timeout?: number;
}

/** What every kind of node is made of. The engine reads this and nothing else of a node. */
export abstract class BaseNode {
  abstract readonly kind: Node["kind"];
  /** One quiet line of what it is, for its card. */
  abstract readonly about: string;
  /** False for nodes that only hold inputs. */
  readonly runnable: boolean = true;
  readonly inputs: Readonly<Record<string, InPort>>;
  readonly outputs: Readonly<Record<string, OutPort>>;
  readonly trigger: "auto" | "manual" | undefined;
  readonly timeout: number | undefined;
  /** The node's own default, when neither it nor its graph says otherwise. */
  readonly usualTrigger: "auto" | "manual" = "auto";
  #name: string;
  #settled: boolean;

  constructor(
    name: { given: string | undefined; otherwise: string },
    inputs: Readonly<Record<string, unknown>>,
    outputs: Readonly<Record<string, Component<unknown> | null>>,
    options: NodeOptions,
  ) {
    this.#name = name.given ?? name.otherwise;
    this.#settled = name.given !== undefined;
    this.trigger = options.trigger;
    this.timeout = options.timeout;
    const self = this as unknown as AnyNode;
    this.inputs = record(Object.entries(inputs).map(([key, given]) => [key, new InPort(self, key, sourceOf(given))]));
    this.outputs = record(Object.entries(outputs).map(([key, component]) => [key, new OutPort(self, key, component)]));
  }

  get name(): string {
    return this.#name;
  }

  /** True when the author chose the name; other names are numbered by the first graph that the node joins. */
  get named(): boolean {
    return this.#settled;
  }

  /** Settles the name of a node that was given none. */
  settleName(name: string): void {
    this.#name = name;
    this.#settled = true;
  }

  /** Does the work: gives the value (one output) or an object by port (several), at once, as a promise, an async iterable or an Observable. */
  abstract readonly start: (inputs: Readonly<Record<string, unknown>>, context: RunContext) => unknown;

  /** False when `start` has no use for its context: then no context is made. */
  readonly takesContext: boolean = true;

  /** Makes of what `start` gave what the ports take, e.g. file references; left out where nothing is to be made. */
  readonly convert: ((given: unknown) => unknown) | undefined = undefined;
}

/** The node behind a `Node`. */
export function baseOf(node: AnyNode): BaseNode {
  return node as unknown as BaseNode;
}

function record<V>(entries: [string, V][]): Readonly<Record<string, V>> {
  return Object.freeze(Object.fromEntries(entries));
}
