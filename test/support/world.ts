/**
 * A drawn graph come alive, its functions in the test's hand, and a model of what its sources hold. Every start of a function is
 * written down in `starts`; those that give their outputs later wait there until the test lets them go on.
 */
import type { BaseNode } from "../../src/engine/base-node.ts";
import type { Graph } from "../../src/engine/graph.ts";
import type { OutPort } from "../../src/engine/port.ts";
import type { InputPort, Node, Port, RunContext, Sheet } from "../../src/index.ts";
import type { Inputs } from "../../src/testing/drawn-function.ts";
import type { FnPlan, GraphPlan } from "../../src/testing/graph-plan.ts";
import { grown } from "../../src/testing/graphs.ts";
import { same } from "../../src/testing/same.ts";
import { told } from "../../src/testing/told.ts";
import type { Edit } from "../../src/testing.ts";
import { begun, given, type Habit, type Start, type Work } from "./manners.ts";
import { type Moment, type Right, rightAt } from "./scratch.ts";
import { type Wired, wire } from "./wired.ts";

/** What is drawn for each function of a plan, in turn. */
export interface Drawn {
  readonly plan: GraphPlan;
  readonly habits: readonly Habit[];
  /** Edges that are connected when the graph is there: from an output of the one node to an input of another, counted modulo what exists. */
  readonly connected: readonly (readonly [number, number])[];
}

export class World {
  readonly graph: Graph;
  readonly wired: Wired;
  readonly nodes: readonly Node[];
  /** What the sources hold, and the move at which each changed last. */
  values: (number | null)[] = [];
  changedAt: number[] = [];
  starts: Start[] = [];
  sheet: Sheet | undefined = undefined;
  /** Counts moves: the model's clock. */
  epoch = 0;
  /** Counts the moves that ask for something, not those that only let time pass. */
  edits = 0;
  /** Told of each start before the function does anything. */
  onStart: (start: Start) => void = () => undefined;
  /** Told when a function that heeds its `AbortSignal` is stopped. */
  onAbort: (start: Start) => void = () => undefined;
  readonly #works = new Map<string, Work>();
  readonly #late = new Set<string>();
  /** True while functions are called to know what is right. */
  #evaluating = false;
  #claims = new Map<string, { readonly moment: Moment; readonly checks: ((right: Right) => void)[] }>();

  constructor({ plan, habits, connected }: Drawn) {
    let count = 0;
    const around = (name: string, give: (inputs: Inputs, run: RunContext) => unknown, about: FnPlan) =>
      this.#around(name, give as Work["give"], about, habits[count++ % habits.length] as Habit);
    const random = grown(plan, undefined, around);
    const { graph } = random;
    for (const edge of connected) connect(graph, edge);
    this.graph = graph;
    this.wired = wire(graph);
    this.nodes = graph.nodes;
    told(
      this,
      () =>
        `${random} ${JSON.stringify(Object.fromEntries([...this.#works].map(([name, { habit }]) => [name, habit])))}`,
    );
  }

  /** Begins anew: a story may be played several times. */
  open(living: (graph: Graph) => Sheet = (graph) => graph.sheet()): Sheet {
    this.values = this.wired.sources.map(({ first }) => first);
    this.changedAt = this.values.map(() => 0);
    this.starts = [];
    this.epoch = 0;
    this.edits = 0;
    this.sheet = undefined;
    this.#claims = new Map();
    this.sheet = living(this.graph);
    return this.sheet;
  }

  /** Functions that have started and may still speak. */
  get held(): readonly Start[] {
    return this.starts.filter((start) => start.advance !== undefined && !start.ended);
  }

  name(node: number): string {
    return (this.nodes[node] as Node).name;
  }

  auto(node: number): boolean {
    return this.graph.triggerOf(this.wired.nodes[node] as BaseNode) === "auto";
  }

  /** Whether a callable that answers later feeds it. */
  late(node: number): boolean {
    return this.#late.has(this.name(node));
  }

  outs(node: number): readonly OutPort[] {
    return Object.values((this.wired.nodes[node] as BaseNode).outputs);
  }

  /** Changes in the model what an edit sets. */
  notes(edit: Edit): void {
    if (edit.kind === "batch") for (const inner of edit.edits) this.notes(inner);
    if (edit.kind === "set") this.put(this.wired.sourceOf(edit.input), edit.value as number);
  }

  /** Changes what a source holds, in the model. */
  put(source: number, n: number): void {
    if (this.values[source] === n) return;
    this.values[source] = n;
    this.changedAt[source] = this.epoch;
  }

  /** Of what is right now; looked at when the story is over. */
  claim(check: (right: Right) => void): void {
    const moment: Moment = { values: [...this.values], given: this.#given() };
    const key = JSON.stringify([moment.values, ...moment.given]);
    const claimed = this.#claims.get(key);
    if (claimed) claimed.checks.push(check);
    else this.#claims.set(key, { moment, checks: [check] });
  }

  async lookAtClaims(): Promise<void> {
    for (const { moment, checks } of this.#claims.values()) {
      const right = await this.#rightAt(moment);
      for (const check of checks) check(right);
    }
    this.#claims.clear();
  }

  /** Of a world in which nothing goes on. */
  async right(): Promise<Right> {
    return this.#rightAt({ values: [...this.values], given: this.#given() });
  }

  async #rightAt(moment: Moment): Promise<Right> {
    this.#evaluating = true;
    try {
      return await rightAt(this.graph, this.wired, moment);
    } finally {
      this.#evaluating = false;
    }
  }

  /** What callables gave for the runs that are shown. */
  #given(): Moment["given"] {
    const found = new Map<number, readonly unknown[]>();
    for (const [node, feeds] of this.wired.feeds.entries()) {
      if (!feeds.some(({ kind }) => kind === "callable")) continue;
      const start = this.#shown(node) ?? this.starts.findLast((one) => one.node === node);
      if (start) found.set(node, start.inputs);
    }
    return found;
  }

  /** The latest of the runs that can be the one that a node shows. */
  #shown(node: number): Start | undefined {
    const now = (port: unknown) => this.sheet?.signal(port as Port<unknown>);
    const fits = (port: unknown, value: unknown) => {
      const signal = now(port);
      return signal?.kind === "ready" && same(signal.value, value);
    };
    const ins = this.wired.ins[node] ?? [];
    return this.starts.findLast(
      (start) =>
        start.node === node &&
        start.outputs !== undefined &&
        this.outs(node).every((port) => fits(port, start.outputs?.[port.name])) &&
        ins.every((port, k) => this.wired.feeds[node]?.[k]?.kind === "callable" || fits(port, start.inputs[k])),
    );
  }

  #around(name: string, give: Work["give"], plan: FnPlan, habit: Habit): (inputs: Inputs, run: RunContext) => unknown {
    const work: Work = { habit, give, outs: plan.outs.map((_, i) => "abc".charAt(i)) };
    this.#works.set(name, work);
    if (plan.inputs.some((input) => input.feed === "callable" && input.later)) this.#late.add(name);
    const start = (inputs: Inputs, context?: RunContext) => this.#start(name, work, inputs, context);
    return habit.context || habit.heeds
      ? (inputs: Inputs, context: RunContext) => start(inputs, context)
      : (inputs: Inputs) => start(inputs);
  }

  #start(name: string, work: Work, inputs: Inputs, context: RunContext | undefined): unknown {
    if (this.#evaluating) return given(work, inputs);
    const node = this.nodes.findIndex((one) => one.name === name);
    const start: Start = {
      node,
      inputs: (this.wired.ins[node] ?? []).map((port) => inputs[port.name]),
      epoch: this.epoch,
      context,
      ended: false,
      failed: false,
      outputs: undefined,
      advance: undefined,
    };
    this.starts.push(start);
    this.onStart(start);
    return begun(work, start, inputs, () => this.onAbort(start));
  }
}

/** An edge from a node to one after it, where a component is shown now. */
function connect(graph: Graph, [from, to]: readonly [number, number]): void {
  const above = graph.nodes[from % graph.nodes.length] as Node;
  const below = graph.nodes.slice((from % graph.nodes.length) + 1).filter(({ kind }) => kind !== "input");
  const ports = below.flatMap((node) => Object.values(node.inputs)) as InputPort<unknown>[];
  const open = ports.filter((port) => graph.sourceOf(port as never).kind === "component");
  const outs = Object.values(above.outputs) as Port<unknown>[];
  const [out, port] = [outs[to % Math.max(1, outs.length)], open[to % Math.max(1, open.length)]];
  if (out && port) graph.connect(out, port);
}
