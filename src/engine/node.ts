/** Nodes as the engine sees them: named ports, a trigger, and `start`, which is given the inputs and returns the outputs now, later or many times. */
import { type Component, Shape } from "./component.ts";
import { described, type Failure } from "./failure.ts";
import type { Graph } from "./graph.ts";
import { GraphError } from "./graph-error.ts";
import { isA } from "./is-a.ts";
import type { Lane } from "./lane.ts";
import { checkedOptions, type NodeOptions } from "./node-options.ts";
import {
  type Depth,
  InPort,
  type InputPort,
  type ItemOf,
  type NestedPort,
  OutPort,
  type OutputPort,
  type Port,
  pathOf,
  type ScatteredPort,
  sourceOf,
} from "./port.ts";
import type { RunContext } from "./run.ts";

declare const answeredBy: unique symbol;

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
  /**
   * Runs this node alone; an input left out takes its component's example value.
   *
   * @example
   * await shorten.test({ text: "one two three", max: 2 }); // { summary: "one two" }
   * @throws FailureError
   */
  test(values?: Partial<In>): Promise<{ [K in keyof Out]: ItemOf<Out[K]> }>;
  /**
   * A choice between this node and another: `new ChoiceNode([this, other])`.
   *
   * @example
   * const voice = quick.or(careful).or(recorded, { name: "Voice" }); // one choice of three
   */
  or<N extends Node>(
    other: N,
    options?: { name?: string },
  ): ChoiceNode<{ -readonly [K in keyof (Out | N["outputs"])]: Joined<(Out | N["outputs"])[K]> }>;
}
export type AnyNode = Node;

/** Alternatives for one step: only the selected one runs. Its outputs are those all variants have. */
export interface ChoiceNode<out Out> extends Node<{}, Out> {
  readonly kind: "choice";
  readonly variants: readonly Node[];
}
/** A step that waits for a person: `pending` until `sheet.answer`, the canvas or the API answers. */
export interface InteractionNode<in out Answer, out In, out Out> extends Node<In, Out> {
  readonly kind: "interaction";
  readonly [answeredBy]: Answer;
}

/** One port of what several variants give there. */
export type Joined<P> = [P] extends [Port<infer T>]
  ? Port<T>
  : [P] extends [ScatteredPort<infer T>]
    ? ScatteredPort<T>
    : [P] extends [NestedPort<infer T, infer D>]
      ? NestedPort<T, D>
      : never;

type Values = Readonly<Record<string, unknown>>;

/** How a person's answer becomes an output. */
export interface Answer {
  /** Why nobody can be asked about these inputs; left out where everything can be asked. */
  lacks?(inputs: Values): Failure | undefined;
  /** `undefined` when the answer will do, else what was expected, in words. */
  refuses(answer: unknown, inputs: Values): string | undefined;
  /** The value of the output. @throws FailureError when the answer is a no */
  take(answer: unknown, inputs: Values): unknown;
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
  /** The same in order. */
  readonly outPorts: readonly OutPort[];
  /** How often it is scattered: its deepest edge. Above 0 it runs once per item, and its outputs are as deep. */
  readonly depth: Depth;
  readonly trigger: "auto" | "manual" | undefined;
  readonly timeout: number | undefined;
  readonly retries: NodeOptions["retries"];
  readonly remember: boolean;
  readonly lane: Lane | undefined;
  readonly onItemError: "fail" | "skip";
  /** The outputs when every attempt failed, as `start` would give them. */
  readonly fallback: { readonly value: unknown } | undefined;
  /** The node's own default, when neither it nor its graph says otherwise. */
  readonly usualTrigger: "auto" | "manual" = "auto";
  /** Nodes it depends on without an edge: a choice's variants. */
  readonly above: readonly BaseNode[] = none;
  /** How it is answered, when it waits for a person instead of running. */
  readonly answer: Answer | undefined = undefined;
  /** The graph that it runs, when it is one. */
  readonly graph: Graph | undefined = undefined;
  #name: string;
  #settled: boolean;

  /** `depth` is for nodes that are as deep as others without an edge to them. */
  constructor(
    name: { given: string | undefined; otherwise: string },
    inputs: Values,
    outputs: Readonly<Record<string, Component<unknown> | null>>,
    options: NodeOptions & { fallback?: unknown },
    depth?: Depth,
  ) {
    this.#name = nameOf(name);
    this.#settled = name.given !== undefined;
    const { trigger, timeout, retries, remember, lane, onItemError } = checkedOptions(options, this.#name);
    this.trigger = trigger;
    this.timeout = timeout;
    this.retries = retries;
    this.remember = remember;
    this.lane = lane;
    this.onItemError = onItemError;
    this.fallback = options.fallback === undefined ? undefined : { value: options.fallback };
    const self = this as unknown as AnyNode;
    this.inputs = record(Object.entries(inputs).map(([key, given]) => [key, this.#input(key, given)]));
    this.depth = depth ?? deepest(this.inputs);
    this.outPorts = Object.entries(outputs).map(([key, component]) => new OutPort(self, key, component, this.depth));
    this.outputs = record(this.outPorts.map((port) => [port.name, port]));
    if (this.depth > 0 && this.outPorts.length === 0) {
      throw new GraphError(
        "unknown-port",
        `'${this.#name}' runs once per item, so it needs an output to gather: outputs: { done: null }.`,
        { node: this.#name },
      );
    }
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
  abstract readonly start: (inputs: Values, context: RunContext) => unknown;

  /** False when `start` has no use for its context: then no context is made. */
  readonly takesContext: boolean = true;

  /** Makes of what `start` gave what the ports take, e.g. file references; left out where nothing is to be made. */
  readonly convert: ((given: unknown) => unknown) | undefined = undefined;

  /** What a run depends on besides its inputs: of two nodes with equal definitions and inputs the runs are the same. */
  get definition(): string {
    const outputs = this.outPorts.map(({ name, component }) => [name, component?.kind]);
    return `${this.kind} ${this.about} ${JSON.stringify(outputs)}`;
  }

  /** A node, an input of one, or all its outputs would pass for a constant: an output of it was meant. */
  #input(port: string, given: unknown): InPort {
    const mistaken = isA(given, BaseNode) ? given : isA(given, InPort) ? baseOf(given.node) : undefined;
    if (mistaken === undefined) {
      this.#refuseHidden(port, given);
      return new InPort(this as unknown as AnyNode, port, sourceOf(given));
    }
    const what =
      given instanceof InPort ? `the input '${given.name}' of '${mistaken.name}'` : `the node '${mistaken.name}'`;
    throw new GraphError(
      "unknown-port",
      `The input '${port}' of '${this.#name}' is given ${what}; give it one of its outputs.`,
      { node: this.#name, port, known: Object.keys(mistaken.outputs) },
    );
  }

  /** An input takes one port: a list of several would reach the function as what they are, not as what they hold. */
  #refuseHidden(port: string, given: unknown): void {
    const hidden = hiddenIn(given);
    if (hidden === undefined) return;
    const of = hidden instanceof OutPort || hidden instanceof InPort ? baseOf(hidden.node) : undefined;
    const all =
      of &&
      !Array.isArray(given) &&
      Object.values(of.outputs).every((one) => Object.values(given as object).includes(one));
    const inside = of
      ? `the port ${pathOf(hidden as OutPort)}`
      : hidden instanceof BaseNode
        ? `the node '${hidden.name}'`
        : "a component";
    const what = all
      ? `all outputs of '${of.name}': give it one of them`
      : `${described(given)} with ${inside} in it: give each an input of its own`;
    throw new GraphError("unknown-port", `The input '${port}' of '${this.#name}' is given ${what}.`, {
      node: this.#name,
      port,
      ...(all && { known: Object.keys(of.outputs) }),
    });
  }
}

/** What in a plain list or object is more than a value. */
function hiddenIn(given: unknown): OutPort | InPort | BaseNode | Shape | undefined {
  try {
    if (!Array.isArray(given) && Object.getPrototypeOf(Object(given)) !== Object.prototype) return undefined;
    return Object.values(given as object).find(
      (one) => isA(one, OutPort) || isA(one, InPort) || isA(one, BaseNode) || isA(one, Shape),
    );
  } catch {
    // What cannot be read is a value like any other.
    return undefined;
  }
}

/** The node behind a `Node`. */
export function baseOf(node: AnyNode): BaseNode {
  return node as unknown as BaseNode;
}

const none: readonly BaseNode[] = Object.freeze([]);

function nameOf({ given, otherwise }: { given: unknown; otherwise: string }): string {
  if (given === undefined) return otherwise;
  if (typeof given === "string" && given.trim() !== "") return given;
  throw new GraphError(
    "wrong-type",
    `The name of a node is a text, e.g. name: "${otherwise}", and this is ${described(given)}.`,
  );
}

function deepest(inputs: Readonly<Record<string, InPort>>): Depth {
  let depth: Depth = 0;
  for (const { source } of Object.values(inputs)) {
    if (source.kind === "edge" && source.from.depth > depth) depth = source.from.depth;
  }
  return depth;
}

function record<V>(entries: [string, V][]): Readonly<Record<string, V>> {
  return Object.freeze(Object.fromEntries(entries));
}
