/**
 * A graph plan come alive: the real graph with its functions in the test's hand, and a model of what its sources hold. Every
 * start of a function is written down in `starts`; those that give their outputs later wait there until the test lets them go on.
 */
import { Observable } from "rxjs";
import {
  FnNode,
  Graph,
  InputNode,
  type InputPort,
  type Node,
  type Port,
  type RunContext,
  type Sheet,
  ui,
} from "../../src/index.ts";
import { dawdles, type FnPlan, type GraphPlan, meaning, type Traced } from "./graphs.ts";
import { evaluate, type Told, traced } from "./naive.ts";
import { keyOf, outOf, type Wired, wire } from "./wired.ts";

/** One start of a function. */
export interface Start {
  readonly node: number;
  /** What it was given, in the order of its inputs. */
  readonly inputs: readonly Traced[];
  /** The move during which it started. */
  readonly epoch: number;
  /** Present when the function takes the context. */
  readonly context: RunContext | undefined;
  /** True when it has said its last word. */
  ended: boolean;
  failed: boolean;
  /** Lets a function that gives its outputs later say its next word. */
  advance: (() => void) | undefined;
}

/** What a stopped function says all the same: nobody may hear it (R2). */
export const poison = 666_666;

export class World {
  readonly wired: Wired;
  readonly graph: Graph;
  readonly nodes: readonly Node[];
  /** By source: the ports through which it is set. */
  readonly sourcePorts: readonly (readonly InputPort<Traced>[])[];
  /** What the sources hold, and the move at which each changed last. */
  readonly values: (number | null)[];
  readonly changedAt: number[];
  readonly starts: Start[] = [];
  /** How often each callable was called. */
  readonly calls = new Map<string, number>();
  sheet: Sheet | undefined = undefined;
  /** Counts moves: the model's clock. */
  epoch = 0;
  /** Counts the moves that ask for something, not those that only let time pass. */
  edits = 0;
  /** Told of each start before the function does anything. */
  onStart: (start: Start) => void = () => undefined;
  /** Told when a function that heeds its `AbortSignal` is stopped. */
  onAbort: (start: Start) => void = () => undefined;
  #told: readonly (readonly Told[])[] | undefined = undefined;

  constructor(plan: GraphPlan) {
    this.wired = wire(plan);
    this.values = this.wired.sources.map((source) => source.first);
    this.changedAt = this.values.map(() => 0);
    const shared = this.wired.sources
      .slice(0, plan.shared.length)
      .map((source) => componentOf(source.name, source.first));
    const nodes: Node[] = [];
    for (let i = 0; i < plan.nodes.length; i++) nodes.push(this.#make(i, nodes, shared));
    this.nodes = nodes;
    this.graph = new Graph({ name: "Drawn", nodes, ...(plan.trigger && { trigger: plan.trigger }) });
    this.wired.feeds.forEach((feeds, i) => {
      feeds.forEach((feed, k) => {
        if (feed.kind === "out" && feed.connected) {
          this.graph.connect(nodes[feed.node]!.outputs[outOf(feed.out)] as Port<unknown>, nodes[i]!.inputs[keyOf(k)]!);
        }
      });
    });
    this.sourcePorts = this.wired.sources.map((source) =>
      source.ports.map(({ node, key }) => nodes[node]!.inputs[key] as InputPort<Traced>),
    );
  }

  open(living: (graph: Graph) => Sheet = (graph) => graph.sheet()): Sheet {
    this.sheet = living(this.graph);
    return this.sheet;
  }

  /** Functions that have started and may still speak. */
  get held(): readonly Start[] {
    return this.starts.filter((start) => start.advance !== undefined && !start.ended);
  }

  name(node: number): string {
    return this.wired.names[node]!;
  }

  auto(node: number): boolean {
    const plan = this.wired.plan.nodes[node]!;
    return plan.kind === "input" || (plan.trigger ?? this.wired.plan.trigger ?? "auto") === "auto";
  }

  /** Changes what a source holds, in the model. */
  put(source: number, n: number): void {
    if (this.values[source] === n) return;
    this.values[source] = n;
    this.changedAt[source] = this.epoch;
    this.#told = undefined;
  }

  /** The naive evaluation of what the sources hold now. */
  naive(): readonly (readonly Told[])[] {
    // With callables the answer depends on the runs shown, so nothing may be kept.
    if (this.wired.calls.includes(true))
      return evaluate(this.wired, this.values, (node, name) => this.called(node, name));
    this.#told ??= evaluate(this.wired, this.values, () => undefined);
    return this.#told;
  }

  /** What a callable gave for the run that its node shows. */
  called(node: number, name: string): Traced | undefined {
    const port = this.nodes[node]!.outputs[outOf(0)];
    const signal = port && this.sheet?.signal(port);
    if (signal?.kind === "ready") return traced(name, (signal.value as Traced).from[name] ?? null);
    const last = this.starts.findLast((start) => start.node === node);
    const at = this.wired.feeds[node]!.findIndex((feed) => feed.kind === "callable" && feed.name === name);
    return last?.inputs[at];
  }

  #make(i: number, nodes: readonly Node[], shared: readonly ReturnType<typeof componentOf>[]): Node {
    const plan = this.wired.plan.nodes[i]!;
    const name = this.name(i);
    const inputs: Record<string, unknown> = {};
    this.wired.feeds[i]!.forEach((feed, k) => {
      const key = plan.kind === "fn" ? keyOf(k) : outOf(k);
      if (feed.kind === "constant") inputs[key] = feed.value;
      else if (feed.kind === "callable") inputs[key] = () => this.#call(feed.name, feed.later);
      else if (feed.kind === "source") {
        inputs[key] =
          shared[feed.source] ??
          componentOf(this.wired.sources[feed.source]!.name, this.wired.sources[feed.source]!.first);
      } else if (feed.connected) inputs[key] = ui.json();
      else inputs[key] = nodes[feed.node]!.outputs[outOf(feed.out)];
    });
    if (plan.kind === "input") return new InputNode({ name, ports: inputs as never }) as unknown as Node;
    const start = (given: Record<string, Traced>, context?: RunContext) => this.#start(i, plan, given, context);
    const fn =
      plan.context || plan.heeds
        ? (given: Record<string, Traced>, context: RunContext) => start(given, context)
        : (given: Record<string, Traced>) => start(given);
    const outputs = Object.fromEntries(plan.outs.map((_, k) => [outOf(k), k % 2 === 0 ? null : ui.json()]));
    return new FnNode(
      fn as never,
      { name, inputs, outputs, ...(plan.trigger && { trigger: plan.trigger }) } as never,
    ) as unknown as Node;
  }

  #call(name: string, later: boolean): Traced | Promise<Traced> {
    const count = this.calls.get(name) ?? 0;
    this.calls.set(name, count + 1);
    const value = traced(name, count % 3) as Traced;
    return later ? Promise.resolve(value) : value;
  }

  #start(node: number, plan: FnPlan, given: Record<string, Traced>, context: RunContext | undefined): unknown {
    const inputs = plan.inputs.map((_, k) => given[keyOf(k)]!);
    const start: Start = { node, inputs, epoch: this.epoch, context, ended: false, failed: false, advance: undefined };
    this.starts.push(start);
    this.onStart(start);
    if (plan.context) {
      context?.progress(0.5, "half way");
      context?.log(`works on ${inputs.length}`);
    }
    const say = () => {
      start.ended = true;
      return this.#said(start, plan);
    };
    const stopped = plan.heeds ? this.#heeding(start) : undefined;
    if (plan.manner === "stream") return this.#stream(start, plan, say, stopped);
    if (plan.manner === "flow") return this.#flow(start, plan, say);
    if (plan.manner === "soon") return Promise.resolve().then(say);
    if (!dawdles(plan, inputs)) return say();
    return new Promise((resolve, reject) => {
      stopped?.(reject);
      start.advance = () => {
        try {
          resolve(say());
        } catch (error) {
          reject(error);
        }
      };
    });
  }

  /** A function that stops when it is told to. */
  #heeding(start: Start): (reject: (error: Error) => void) => void {
    let reject: (error: Error) => void = () => undefined;
    start.context!.signal.addEventListener("abort", () => {
      start.ended = true;
      this.onAbort(start);
      reject(new Error("stopped"));
    });
    return (by) => {
      reject = by;
    };
  }

  async *#stream(start: Start, plan: FnPlan, say: () => unknown, stopped?: (reject: (error: Error) => void) => void) {
    const gate = () =>
      new Promise<void>((resolve, reject) => {
        start.advance = resolve;
        stopped?.(reject);
      });
    try {
      for (let k = 0; k < partialsOf(start, plan); k++) {
        await gate();
        if (start.ended) return;
        yield shaped(plan, { n: -1 - k, from: {} });
      }
      await gate();
      const last = say();
      if (last !== undefined) yield last;
    } finally {
      // Whoever listens no more ends it where it stands.
      start.ended = true;
    }
  }

  #flow(start: Start, plan: FnPlan, say: () => unknown): Observable<unknown> {
    return new Observable((subscriber) => {
      let left = partialsOf(start, plan);
      start.advance = () => {
        if (left-- > 0) return subscriber.next(shaped(plan, { n: -1 - left, from: {} }));
        try {
          const last = say();
          if (last !== undefined) subscriber.next(last);
          subscriber.complete();
        } catch (error) {
          subscriber.error(error);
        }
      };
    });
  }

  #said(start: Start, plan: FnPlan): unknown {
    if (start.context?.signal.aborted) return shaped(plan, { n: poison, from: {} });
    const made = meaning(this.name(start.node), plan, start.inputs);
    start.failed = !("outputs" in made);
    if ("threw" in made) throw new Error(made.threw);
    if ("silent" in made)
      return plan.outs.length === 1 || plan.manner === "stream" || plan.manner === "flow" ? undefined : {};
    return plan.outs.length === 1
      ? made.outputs[0]
      : Object.fromEntries(made.outputs.map((value, k) => [outOf(k), value]));
  }
}

/** How many partial values a streaming function gives first; a silent one gives none, or the last would be its value. */
function partialsOf(start: Start, plan: FnPlan): number {
  if ("silent" in meaning("", plan, start.inputs)) return 0;
  return start.inputs.reduce((sum, input) => sum + input.n, 0) % 3;
}

function shaped(plan: FnPlan, value: Traced): unknown {
  return plan.outs.length === 1 ? value : Object.fromEntries(plan.outs.map((_, k) => [outOf(k), value]));
}

function componentOf(source: string, first: number | null) {
  const value = traced(source, first);
  return value ? ui.json({ value }) : ui.json<Traced>();
}
