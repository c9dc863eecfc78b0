/**
 * A sheet: a slot for every port, a step for every node that runs, and the wave that moves them. Ports that hold the same
 * thing share a slot: an input fed by an edge is its output's, inputs fed by one component are one, and a port of an
 * InputNode is input and output at once.
 */
import { distinctUntilChanged, filter, map, Observable } from "rxjs";
import type { Component } from "./component.ts";
import { shapeOf } from "./component.ts";
import { Lacks } from "./demand.ts";
import { equal, frozen } from "./equal.ts";
import { described } from "./failure.ts";
import type { Graph } from "./graph.ts";
import { GraphError } from "./graph-error.ts";
import { assemblyOf } from "./inputs.ts";
import { type AnyNode, type BaseNode, baseOf, type Node } from "./node.ts";
import { Outputs, outletOf } from "./outputs.ts";
import { planOf } from "./plan.ts";
import { type AnyPort, InPort, type InputPort, type OutPort, pathOf, type Source } from "./port.ts";
import type { Outcome, RunOptions, SheetEvent } from "./run.ts";
import type { Sheet } from "./sheet.ts";
import { type AnySignal, given, runId, type Signal } from "./signal.ts";
import { Slot } from "./slot.ts";
import { Step } from "./step.ts";
import { Wave } from "./wave.ts";
import { type Callable, Wiring } from "./wiring.ts";

export class LivingSheet implements Sheet {
  readonly id: string;
  readonly name: string;
  readonly graph: Graph;
  readonly events$: Observable<SheetEvent>;
  readonly #wave: Wave;
  readonly #count: { readonly id: string; runs: number };
  readonly #slots = new Map<InPort | OutPort, Slot>();
  readonly #shared = new Map<Component<unknown>, Slot>();
  readonly #steps = new Map<BaseNode, Step>();
  #edited: { readonly change: number; readonly before: Map<Slot, AnySignal> } = { change: 0, before: new Map() };
  #closed = false;

  constructor(graph: Graph, options: { name?: string; id?: string; now?: () => number } = {}) {
    this.graph = graph;
    this.id = options.id ?? randomId();
    this.name = options.name ?? "Sheet 1";
    this.#count = { id: this.id, runs: 0 };
    this.#wave = new Wave(options.now ?? (() => performance.timeOrigin + performance.now()));
    this.events$ = this.#wave.events$;
    this.#wave.change(() => {
      for (const node of graph.nodes) this.#enliven(baseOf(node));
    });
  }

  set<T>(input: InputPort<T>, value: NoInfer<T>): void {
    this.#refuseWhenClosed();
    const slot = this.#settable(input);
    refuseWrongType(input as unknown as InPort, value);
    if (slot.now.kind === "ready" && equal(slot.now.value, value)) return;
    this.#wave.change(() => {
      const before = this.#beforeEdits(slot);
      slot.changedBy({ port: input, change: "set" });
      if (before.kind === "ready" && equal(before.value, value)) slot.next(before);
      else this.#fill(slot, value);
    });
  }

  batch<T>(edits: () => T): T {
    this.#refuseWhenClosed();
    return this.#wave.change(edits);
  }

  signal<T>(port: AnyPort<T>): Signal<T> {
    return this.#slotOf(port).now as Signal<T>;
  }

  value<T>(port: AnyPort<T>): T | undefined {
    const now = this.#slotOf(port).now;
    return now.kind === "ready" ? (now.value as T) : undefined;
  }

  signal$<T>(port: AnyPort<T>): Observable<Signal<T>> {
    const slot = this.#slotOf(port);
    return new Observable<AnySignal>((subscriber) => {
      slot.watch(subscriber);
      if (this.#closed) subscriber.complete();
    }) as Observable<Signal<T>>;
  }

  value$<T>(port: AnyPort<T>): Observable<T> {
    return this.signal$(port).pipe(
      filter((signal) => signal.kind === "ready"),
      map((signal) => signal.value),
      distinctUntilChanged(),
    );
  }

  run<In, Out>(node: Node<In, Out>, options: RunOptions = {}): Promise<Outcome<In, Out>> {
    return this.#ask(this.#known(node as unknown as AnyNode), options) as unknown as Promise<Outcome<In, Out>>;
  }

  async runAll(options: { again?: boolean } = {}): Promise<readonly Outcome[]> {
    if (this.#closed) return this.graph.nodes.map(() => closedOutcome);
    const lacks = new Lacks();
    const ends = this.batch(() => this.graph.nodes.map((node) => this.#ask(baseOf(node), options, lacks)));
    return Promise.all(ends);
  }

  plan(node?: AnyNode, options: RunOptions = {}): readonly Node[] {
    const asked = node ? [this.#steps.get(this.#known(node))] : [...this.#steps.values()];
    const planned = planOf(
      asked.filter((step) => step !== undefined),
      options,
    );
    return [...this.#steps].filter(([, step]) => planned.has(step)).map(([base]) => base as unknown as Node);
  }

  cancel(node?: AnyNode): void {
    if (this.#closed) return;
    const base = node && this.#known(node);
    const steps = base ? [this.#steps.get(base)] : [...this.#steps.values()];
    this.#wave.change(() => {
      for (const step of steps) step?.cancel("person");
    });
  }

  settled(): Promise<void> {
    return this.#wave.settled();
  }

  close(): void {
    if (this.#closed) return;
    this.#wave.change(() => {
      for (const step of this.#steps.values()) step.cancel("close");
    });
    this.#closed = true;
    for (const step of this.#steps.values()) step.unsubscribe();
    for (const slot of new Set(this.#slots.values())) slot.close();
    this.#wave.close();
  }

  // ── how it comes alive

  #enliven(node: BaseNode): void {
    const inputs = Object.values(node.inputs).map((input) => ({
      input,
      source: this.graph.sourceOf(input),
      slot: this.#open(input),
    }));
    if (!node.runnable) return this.#mirror(node);
    const read = inputs.filter(({ source }) => source.kind === "edge" || source.kind === "component");
    const constants = constantsOf(inputs);
    const wiring = new Wiring({
      node,
      wave: this.#wave,
      sheet: this.#count,
      auto: this.graph.triggerOf(node) === "auto",
      ins: read.map(({ slot }) => slot),
      assembly: assemblyOf(
        read.map(({ input }) => input.name),
        Object.keys(constants),
      ),
      constants,
      callables: callablesOf(inputs),
    });
    const step = new Step(wiring);
    const outlets = Object.values(node.outputs).map((port) =>
      outletOf(port, this.#hold(port, new Slot(this.#wave, step))),
    );
    step.feed(new Outputs(outlets, this.id, freezes));
    this.#steps.set(node, step);
    for (const slot of new Set(wiring.ins)) slot.subscribe(step);
    this.#wave.mark(step);
  }

  /** An InputNode's outputs are its inputs. */
  #mirror(node: BaseNode): void {
    for (const port of Object.values(node.outputs)) this.#slots.set(port, this.#slotOf(node.inputs[port.name]));
  }

  /** The slot that an input reads. */
  #open(input: InPort): Slot {
    const source = this.graph.sourceOf(input);
    if (source.kind === "edge") return this.#slotOf(source.from);
    const present = source.kind === "component" ? this.#shared.get(source.component) : undefined;
    const slot = this.#hold(input, present ?? new Slot(this.#wave, undefined));
    if (source.kind === "constant") this.#fill(slot, source.value);
    if (source.kind === "component" && !present) {
      this.#shared.set(source.component, slot);
      const { initial } = shapeOf(source.component);
      if (initial !== undefined) this.#fill(slot, initial);
    }
    return slot;
  }

  #hold(port: InPort | OutPort, slot: Slot): Slot {
    slot.ports = [...slot.ports, port as unknown as AnyPort<unknown>];
    this.#slots.set(port, slot);
    return slot;
  }

  #fill(slot: Slot, value: unknown): void {
    const signal = given(freezes ? frozen(value) : value);
    slot.next(signal);
  }

  // ── what is asked of it

  #ask(node: BaseNode, { only = false, again = false }: RunOptions, lacks = new Lacks()): Promise<Outcome> {
    if (this.#closed) return Promise.resolve(closedOutcome);
    const step = this.#steps.get(node);
    if (!step) return Promise.resolve(this.#held(node));
    return new Promise((end) => this.#wave.change(() => step.demand({ only, again, accepted: false, end }, lacks)));
  }

  /** An InputNode has nothing to run: it is as ready as its ports. */
  #held(node: BaseNode): Outcome {
    const values: Record<string, unknown> = {};
    for (const port of Object.values(node.inputs)) {
      const now = this.#slotOf(port).now;
      if (now.kind !== "ready")
        return { kind: "refused", why: `'${port.name}' of ${node.name} is empty: set it first.` };
      values[port.name] = now.value;
    }
    const facts = {
      id: runId(this.id, 0),
      node: node.name,
      inputs: values,
      upstream: {},
      startedAt: new Date(this.#wave.now()),
      log: [],
    };
    return {
      kind: "ready",
      outputs: values,
      run: { ...facts, outcome: "ready", outputs: values, duration: 0 },
    } as unknown as Outcome;
  }

  /** What a source held before the present change: a batch that sets it back has changed nothing. */
  #beforeEdits(slot: Slot): AnySignal {
    if (this.#edited.change !== this.#wave.changes) this.#edited = { change: this.#wave.changes, before: new Map() };
    const { before } = this.#edited;
    if (!before.has(slot)) before.set(slot, slot.now);
    return before.get(slot) ?? slot.now;
  }

  #settable(input: unknown): Slot {
    const slot = this.#slotOf(input);
    const port = input as InPort;
    const about = { node: port.node.name, port: port.name };
    if (!(port instanceof InPort)) {
      throw new GraphError(
        "unknown-port",
        `${pathOf(port)} is an output, and a person sets inputs: use sheet.set(node.inputs.${port}, value).`,
        about,
      );
    }
    const source = this.graph.sourceOf(port);
    if (source.kind === "edge") {
      throw new GraphError(
        "fed-by-edge",
        `${pathOf(port)} is fed by ${pathOf(source.from)}, so it cannot be set: set what feeds it.`,
        about,
      );
    }
    if (source.kind !== "component") {
      throw new GraphError(
        "unknown-input",
        `${pathOf(port)} is a ${source.kind} and cannot be set: give it a component to make it editable.`,
        about,
      );
    }
    return slot;
  }

  #slotOf(port: unknown): Slot {
    const slot = this.#slots.get(port as InPort) ?? this.#fedSlotOf(port);
    if (slot) return slot;
    throw new GraphError("unknown-port", `This sheet of '${this.graph.name}' has no such port: ${portName(port)}.`, {
      known: [...this.#slots.keys()].slice(0, 50).map(pathOf),
    });
  }

  /** An input fed by an edge holds what the output above holds. */
  #fedSlotOf(port: unknown): Slot | undefined {
    if (!(port instanceof InPort) || !this.graph.has(baseOf(port.node))) return undefined;
    const source = this.graph.sourceOf(port);
    return source.kind === "edge" ? this.#slots.get(source.from) : undefined;
  }

  #known(node: AnyNode): BaseNode {
    const base = baseOf(node);
    if (this.graph.has(base)) return base;
    throw new GraphError("unknown-node", `The graph '${this.graph.name}' has no such node: ${nodeName(node)}.`, {
      known: this.graph.nodes.slice(0, 50).map((one) => one.name),
      ...(typeof node?.name === "string" && { meant: node.name }),
    });
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new Error("This sheet is closed: open another with graph.sheet().");
  }
}

interface Wired {
  readonly input: InPort;
  readonly source: Source;
  readonly slot: Slot;
}

function constantsOf(inputs: readonly Wired[]): Readonly<Record<string, unknown>> {
  const constants = inputs.flatMap(({ input, source }) =>
    source.kind === "constant" ? [[input.name, source.value]] : [],
  );
  return constants.length === 0 ? noConstants : Object.fromEntries(constants);
}

function callablesOf(inputs: readonly Wired[]): readonly Callable[] {
  const callables = inputs.flatMap(({ input, source, slot }) =>
    source.kind === "callable" ? [{ name: input.name, call: source.call, slot }] : [],
  );
  return callables.length === 0 ? noCallables : callables;
}

const noConstants = Object.freeze({});
const noCallables: readonly Callable[] = [];

function refuseWrongType(port: InPort, value: unknown): void {
  const expected = port.component ? shapeOf(port.component).refuses(value) : undefined;
  if (expected === undefined) return;
  const about = { node: port.node.name, port: port.name };
  throw new GraphError("wrong-type", `${pathOf(port)} takes ${expected}, and this is ${described(value)}.`, about);
}

const closedOutcome: Outcome = { kind: "refused", why: "The sheet is closed." };

/** Values handed out are shared; while developing, a mutation throws where it is made. */
const freezes =
  (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.NODE_ENV !== "production";

function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function portName(port: unknown): string {
  const known = port as { node?: { name?: unknown }; name?: unknown } | undefined;
  return typeof known?.node?.name === "string" ? `${known.node.name}.${String(known.name)}` : described(port);
}

function nodeName(node: unknown): string {
  const name = (node as { name?: unknown } | undefined)?.name;
  return typeof name === "string" ? `'${name}'` : described(node);
}
