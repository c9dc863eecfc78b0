/**
 * What every kind of node is made of: named ports, a trigger and other options, and `start`, which is given the inputs and returns
 * the outputs now, later or many times. The engine reads this and nothing else of a node. It is checked as it is made, and
 * never changes but for its name, which a graph settles.
 */
import type { Component } from "./component.ts";
import { described, type Failure } from "./failure.ts";
import { refuseMistaken } from "./given-input.ts";
import type { Graph } from "./graph.ts";
import { GraphError } from "./graph-error.ts";
import type { Lane } from "./lane.ts";
import type { AnyNode, Node } from "./node.ts";
import { checkedOptions, type NodeOptions } from "./node-options.ts";
import { type Depth, InPort, OutPort, sourceOf } from "./port.ts";
import type { RunContext } from "./run.ts";

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
    this.inputs = record(Object.entries(inputs).map(([port, given]) => [port, this.#input(port, given)]));
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

  #input(port: string, given: unknown): InPort {
    refuseMistaken(given, { node: this.#name, port });
    return new InPort(this as unknown as AnyNode, port, sourceOf(given));
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
