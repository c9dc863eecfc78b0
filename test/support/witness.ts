/**
 * The witness looks at a living world at every start of a function, every word a subscriber hears and after every move, and
 * writes down what breaks a law. It knows the naive evaluation and the list of starts, and nothing of the engine's insides.
 */
import type { AnyPort, Outcome, Signal } from "../../src/index.ts";
import { contradiction, meaning, type Traced } from "./graphs.ts";
import { inputsOf, type Told } from "./naive.ts";
import { outOf, outsOf } from "./wired.ts";
import { poison, type Start, type World } from "./world.ts";

/** One demand on one node, from being asked to its end. */
export interface Asked {
  readonly node: number;
  readonly only: boolean;
  readonly again: boolean;
  readonly epoch: number;
  /** What must come of it when nothing disturbs it. */
  readonly refusable: boolean;
  /** True when an input became ready in the very change that asked: then both ends are right. */
  either: boolean;
  outcome: Outcome | undefined;
}

type AnySignal = Signal<unknown>;
interface Memory {
  readonly node: number;
  readonly out: number;
  readonly port: AnyPort<unknown>;
  /** The last ready signal seen here, and the move after which it was seen. */
  good: Extract<AnySignal, { kind: "ready" }> | undefined;
  goodAt: number;
  before: AnySignal | undefined;
}

export class Witness {
  readonly faults: string[] = [];
  readonly asked: Asked[] = [];
  readonly #world: World;
  readonly #memories: readonly Memory[];
  /** By node: the inputs from which its present good outputs were made. */
  readonly #goodInputs = new Map<number, { readonly inputs: readonly Traced[]; readonly at: number }>();
  readonly #cancels: { readonly node: number | null; readonly epoch: number }[] = [];
  readonly #startsBefore = new Map<number, { edit: number; count: number }>();
  #closed = false;

  constructor(world: World) {
    this.#world = world;
    world.onStart = (start) => this.#started(start);
    world.onAbort = (start) => this.#aborted(start);
    this.#memories = world.nodes.flatMap((node, i) =>
      Array.from({ length: outsOf(world.wired.plan.nodes[i]!) }, (_, out) => ({
        node: i,
        out,
        port: node.outputs[outOf(out)]!,
        good: undefined,
        goodAt: -1,
        before: undefined,
      })),
    );
  }

  get ports(): readonly AnyPort<unknown>[] {
    return this.#memories.map((memory) => memory.port);
  }

  /** Somebody asks; gives back what is told of the end. */
  asking(node: number, only: boolean, again: boolean): (outcome: Outcome) => void {
    const world = this.#world;
    const refusable = only
      ? this.#inputs(node).some((signal) => signal.kind !== "ready")
      : [...world.wired.reach[node]!].some((source) => world.values[source] === null);
    const asked: Asked = { node, only, again, epoch: world.epoch, refusable, either: false, outcome: undefined };
    this.asked.push(asked);
    this.asks.push(asked);
    return (outcome) => {
      if (asked.outcome !== undefined) this.#fault("R4", `the demand on ${world.name(node)} ends twice`);
      asked.outcome = outcome;
    };
  }

  /** Listens to everything that happens: every run told of ends once, and `settled` is said when none is under way. */
  listen(): void {
    // Runs that started before anybody listened are known only by their end.
    const underway = new Set<string>();
    const ended = new Set<string>();
    this.#world.sheet!.events$.subscribe({
      next: (event) => {
        if (event.kind === "run-started") underway.add(event.run.id);
        else if (event.kind === "run-ended") {
          if (ended.has(event.run.id)) this.#fault("R4", `a run of ${event.run.node} ends twice`);
          if (event.run.outcome === "running") this.#fault("R4", `a run of ${event.run.node} ends as running`);
          underway.delete(event.run.id);
          ended.add(event.run.id);
        } else if (event.kind === "run-progress" && ended.has(event.run))
          this.#fault("R2", "a run that has ended tells its progress");
        else if (event.kind === "run-log" && ended.has(event.run))
          this.#fault("R2", "a run that has ended writes to its log");
        else if (event.kind === "settled" && underway.size > 0)
          this.#fault("Q10", "settled is said while a run is under way");
      },
      error: () => this.#fault("W1", "the events error"),
      complete: () => {
        if (underway.size > 0) this.#fault("R4", `${underway.size} runs never end`);
      },
    });
  }

  cancelled(node: number | null): void {
    this.#cancels.push({ node, epoch: this.#world.epoch });
  }

  /** Watches a port as a person does; gives back how to stop. */
  watch(index: number): () => void {
    const memory = this.#memories[index % this.#memories.length]!;
    const sheet = this.#world.sheet!;
    let heard: AnySignal | undefined;
    const subscription = sheet.signal$(memory.port).subscribe({
      next: (signal) => {
        if (signal === heard) this.#fault("W10", `${this.#at(memory)} tells the same signal twice`);
        if (signal !== sheet.signal(memory.port))
          this.#fault("W10", `${this.#at(memory)} tells a signal that is not its latest`);
        heard = signal;
        this.#right(memory, signal);
      },
      error: () => this.#fault("W1", `${this.#at(memory)} errors`),
      complete: () => this.#closed || this.#fault("W1", `${this.#at(memory)} completes`),
    });
    let last: unknown;
    subscription.add(
      sheet.value$(memory.port).subscribe((value) => {
        if (equalValue(last, value)) this.#fault("W6", `${this.#at(memory)} tells an unchanged value again`);
        last = value;
      }),
    );
    return () => subscription.unsubscribe();
  }

  /** Looks at everything after a move. */
  look(): void {
    for (const asked of this.asked) {
      if (asked.epoch === this.#world.epoch && asked.only && asked.refusable)
        asked.either = this.#inputs(asked.node).every((signal) => signal.kind === "ready");
    }
    const told = this.#world.naive();
    for (const memory of this.#memories) {
      const signal = this.#signal(memory.port);
      this.#right(memory, signal, told);
      this.#remembers(memory, signal);
      if (signal.kind === "stale") this.#because(memory, signal);
    }
    this.#world.nodes.forEach((_, node) => {
      if (this.#world.wired.plan.nodes[node]!.kind === "fn") this.#together(node);
    });
  }

  /** Looks once more when nothing runs: then every demand has ended and nothing is left undone. */
  lookSettled(): void {
    this.look();
    const told = this.#world.naive();
    for (const asked of this.asked) {
      if (asked.outcome === undefined) this.#fault("R4", `the demand on ${this.#world.name(asked.node)} has not ended`);
      else this.#ended(asked, asked.outcome, told);
    }
    this.asked.length = 0;
    for (const memory of this.#memories) this.#settled(memory, this.#signal(memory.port));
  }

  /** After close: every demand has ended, every run is stopped. */
  lookClosed(): void {
    for (const asked of this.asked) {
      if (asked.outcome === undefined)
        this.#fault("R4", `the demand on ${this.#world.name(asked.node)} outlives its sheet`);
    }
    for (const start of this.#world.held) {
      if (start.context && !start.context.signal.aborted)
        this.#fault("R2", `a run of ${this.#world.name(start.node)} outlives its sheet`);
    }
  }

  closing(): void {
    this.#closed = true;
    this.cancelled(null);
  }

  // ── a function starts

  #started(start: Start): void {
    const world = this.#world;
    const name = world.name(start.node);
    const plan = world.wired.plan.nodes[start.node]!;
    if (start.inputs.some((input) => input === undefined)) return this.#fault("W2", `${name} runs without an input`);
    if (world.sheet) {
      for (const port of Object.values(world.nodes[start.node]!.inputs)) {
        const kind = this.#callable(start.node, port.name) ? "ready" : world.sheet.signal(port).kind;
        if (kind !== "ready") this.#fault("W2", `${name} runs while ${port.name} is ${kind}`);
      }
    }
    const clash = contradiction(start.inputs);
    if (clash) this.#fault("W3", `${name} sees inputs of mixed age: ${clash}`);
    const now = inputsOf(
      world.wired,
      start.node,
      world.values,
      world.naive(),
      (_, callable) => start.inputs[this.#callableAt(start.node, callable)],
    );
    start.inputs.forEach((input, k) => {
      if (!holds(now[k]!, input))
        this.#fault("W3", `${name} sees ${said(input)} at ${k} where ${said(now[k])} is right`);
    });
    this.#allowed(start, plan.kind === "fn" && world.auto(start.node));
    this.#onlyLatest(start);
  }

  /** W5, R5: it runs because something changed or somebody asked, once a change; a manual node only when asked. */
  #allowed(start: Start, auto: boolean): void {
    const world = this.#world;
    const { node } = start;
    const name = world.name(node);
    const before = this.#startsBefore.get(node);
    const count = before?.edit === world.edits ? before.count + 1 : 1;
    this.#startsBefore.set(node, { edit: world.edits, count });
    if (count > 1 && !this.#asyncCallable(node)) this.#fault("W5", `${name} runs ${count} times for one change`);
    const open = this.asked.some((asked) => asked.outcome === undefined && this.#wants(asked, node));
    if (!auto && !open) this.#fault("R5", `${name} is manual and runs by itself`);
    const good = this.#goodInputs.get(node);
    if (good && same(good.inputs, start.inputs) && !this.#directly(node, good.at) && !this.#keptSince(node, good.at)) {
      this.#fault("W6", `${name} runs again though its inputs are those of its last outputs`);
    }
    const last = world.starts.findLast((other) => other !== start && other.node === node);
    if (last && this.#rests(last) && same(last.inputs, start.inputs) && !this.#stirred(node, last.epoch)) {
      this.#fault("Q5", `${name} runs again by itself after it failed or was cancelled`);
    }
  }

  /** R2: when a run starts, every earlier run of the node has been told to stop. */
  #onlyLatest(start: Start): void {
    for (const other of this.#world.held) {
      if (other !== start && other.node === start.node && other.context && !other.context.signal.aborted) {
        this.#fault("R2", `${this.#world.name(start.node)} runs again while an earlier run was not told to stop`);
      }
    }
  }

  /** Q7, Q8: a run is stopped only because an input really changed, a newer run, a cancel or the close. */
  #aborted(start: Start): void {
    const world = this.#world;
    const now = inputsOf(
      world.wired,
      start.node,
      world.values,
      world.naive(),
      (_, callable) => start.inputs[this.#callableAt(start.node, callable)],
    );
    if (start.inputs.some((input, k) => !holds(now[k]!, input))) return;
    if (this.#cancels.some(({ node, epoch }) => epoch >= start.epoch && (node === null || node === start.node))) return;
    if (this.#directly(start.node, start.epoch)) return;
    this.#fault("Q7", `a run of ${world.name(start.node)} is stopped though its inputs are what they were`);
  }

  // ── a port holds a signal

  /** W4, Q9: ready is right at that moment, and so is failed. */
  #right(memory: Memory, signal: AnySignal, told = this.#world.naive()): void {
    const right = told[memory.node]![memory.out]!;
    if (signal.kind === "ready") {
      if (!holds(right, signal.value))
        this.#fault("W4", `${this.#at(memory)} is ready with ${said(signal.value)} where ${said(right)} is right`);
    } else if (signal.kind === "failed") {
      if (right.kind !== "failed")
        this.#fault("W4", `${this.#at(memory)} failed where ${said(right)} is right: ${signal.failure.message}`);
      else if (signal.failure.reason === "upstream" && !right.roots.has(signal.failure.root)) {
        this.#fault("R3", `${this.#at(memory)} names ${signal.failure.root}, and ${[...right.roots]} failed`);
      } else if (signal.failure.reason !== "upstream" && !right.roots.has(this.#world.name(memory.node))) {
        this.#fault("R3", `${this.#at(memory)} calls the failure of ${[...right.roots]} its own`);
      }
    } else if (signal.kind === "pending" && (signal.partial as Traced | undefined)?.n === poison) {
      this.#fault("R2", `${this.#at(memory)} listens to a run that was stopped`);
    }
  }

  /** W6: equal means the very same signal; and `last` is the last good value. */
  #remembers(memory: Memory, signal: AnySignal): void {
    const { good } = memory;
    if (signal.kind === "ready") {
      if (
        good &&
        good !== signal &&
        equalValue(good.value, signal.value) &&
        this.#world.wired.plan.nodes[memory.node]!.kind === "fn"
      ) {
        this.#fault("W6", `${this.#at(memory)} holds an equal value in another signal`);
      }
      memory.good = signal;
      memory.goodAt = this.#world.epoch;
    } else if (
      signal.kind !== "empty" &&
      !equalValue(signal.last, good?.value) &&
      !this.#madeSince(memory, signal.last)
    ) {
      this.#fault(
        "W4",
        `${this.#at(memory)} shows ${said(signal.last)} as its last good value, which was ${said(good?.value)}`,
      );
    }
    memory.before = signal;
  }

  /** A run that ends while its inputs are stale is kept unpublished: its value may be shown as the last good one. */
  #madeSince(memory: Memory, value: unknown): boolean {
    const plan = this.#world.wired.plan.nodes[memory.node]!;
    if (plan.kind !== "fn") return false;
    return this.#world.starts.some((start) => {
      if (start.node !== memory.node || !start.ended || start.failed) return false;
      const made = meaning(this.#world.name(memory.node), plan, start.inputs);
      return "outputs" in made && equalValue(made.outputs[memory.out], value);
    });
  }

  /** R8: a stale signal names a source above it that really changed since it was last ready. */
  #because(memory: Memory, signal: Extract<AnySignal, { kind: "stale" }>): void {
    const { port, change } = signal.because;
    const world = this.#world;
    if (port === undefined) {
      if (change === "set") this.#fault("R8", `${this.#at(memory)} is stale because of a set, and does not say where`);
      return;
    }
    const source = world.sourcePorts.findIndex((ports) => ports.some((one) => (one as AnyPort<unknown>) === port));
    if (source < 0 || !world.wired.reach[memory.node]!.has(source)) {
      return this.#fault(
        "R8",
        `${this.#at(memory)} is stale because of ${port.node.name}.${port.name}, which is not above it`,
      );
    }
    const since = memory.goodAt;
    if (world.changedAt[source]! > since) return;
    // Stopped while it ran anew on purpose: then nothing changed, and what it says is what it ran for.
    const ancestors = [...world.wired.above[memory.node]!];
    if (this.#cancels.some(({ epoch }) => epoch > since) && ancestors.some((node) => this.#directly(node, -1))) return;
    if (ancestors.some((node) => this.#directly(node, since))) return;
    this.#fault(
      "R8",
      `${this.#at(memory)} is stale because of ${port.node.name}.${port.name}, which has not changed since`,
    );
  }

  // ── a node as a whole

  /** What its inputs say decides what its outputs may say; and all outputs agree. */
  #together(node: number): void {
    const world = this.#world;
    const name = world.name(node);
    const signals = this.#inputs(node);
    const outs = this.#memories.filter((memory) => memory.node === node).map((memory) => this.#signal(memory.port));
    const kinds = new Set(outs.map((signal) => signal.kind));
    if (kinds.size > 1) this.#fault("W3", `${name} shows ${[...kinds].join(" and ")} at once`);
    const kind = outs[0]!.kind;
    const ready = signals.every((signal) => signal.kind === "ready");
    if (!ready && kind === "ready") this.#fault("W3", `${name} is ready above an input that is not`);
    if (signals.some((signal) => signal.kind === "failed") && kind !== "failed")
      this.#fault("R3", `${name} is ${kind} below a failure`);
    if (!ready) return;
    if (kind === "empty") this.#fault("R8", `${name} is empty though every input is ready`);
    const inputs = signals.map((signal) => (signal.kind === "ready" ? (signal.value as Traced) : poisoned));
    this.#stopsWhatChanged(node, inputs);
    if (signals.length < world.wired.feeds[node]!.length) return;
    const good = this.#goodInputs.get(node);
    if (kind === "ready") {
      this.#goodInputs.set(node, { inputs, at: world.epoch + 1 });
    } else if (
      good &&
      same(good.inputs, inputs) &&
      !this.#directly(node, good.at) &&
      !this.#keptSince(node, good.at) &&
      !this.#stopped(node, good.at)
    ) {
      this.#fault("W6", `${name} is ${kind} though its inputs are those of its last outputs`);
    }
  }

  /** Q8: no run goes on whose input has really changed. */
  #stopsWhatChanged(node: number, inputs: readonly Traced[]): void {
    if (inputs.length < this.#world.wired.feeds[node]!.length) return;
    for (const start of this.#world.held) {
      if (start.node === node && start.context && !start.context.signal.aborted && !same(start.inputs, inputs)) {
        this.#fault("Q8", `a run of ${this.#world.name(node)} goes on though its input has changed`);
      }
    }
  }

  // ── settled

  #settled(memory: Memory, signal: AnySignal): void {
    const world = this.#world;
    const { node } = memory;
    if (signal.kind === "pending") this.#fault("Q10", `${this.#at(memory)} is pending when all is settled`);
    if (world.wired.plan.nodes[node]!.kind !== "fn" || !world.auto(node)) return;
    if (this.#inputs(node).some((input) => input.kind !== "ready")) return;
    if (signal.kind === "ready" || signal.kind === "failed") return;
    const last = world.starts.findLast((start) => start.node === node);
    if (this.#stopped(node, last?.epoch ?? 0)) return;
    this.#fault("W4", `${this.#at(memory)} is auto with ready inputs, and ${signal.kind}`);
  }

  #ended(asked: Asked, outcome: Outcome, told: readonly (readonly Told[])[]): void {
    const world = this.#world;
    const name = world.name(asked.node);
    const disturbed =
      [...world.wired.reach[asked.node]!].some((source) => world.changedAt[source]! >= asked.epoch) ||
      this.#cancels.some(({ epoch }) => epoch >= asked.epoch);
    if (outcome.kind === "refused" && outcome.why === "") this.#fault("R4", `${name} is refused without a reason`);
    if (outcome.kind === "cancelled" && !this.#stoppedAbove(asked))
      this.#fault("R4", `the demand on ${name} ends cancelled, and nobody cancelled`);
    if (outcome.kind === "refused" && !asked.only && !asked.refusable)
      this.#fault("R4", `${name} is refused (${outcome.why}) though nothing above is empty`);
    if (disturbed || asked.either || this.#laterAgain(asked)) return;
    const right = told[asked.node]!;
    const failed = right.some((one) => one.kind === "failed");
    const blank = right.some((one) => one.kind === "empty");
    const wanted =
      asked.only && asked.refusable
        ? ["refused"]
        : failed && asked.refusable
          ? ["failed", "refused"]
          : failed
            ? ["failed"]
            : blank
              ? ["refused"]
              : ["ready"];
    if (!wanted.includes(outcome.kind))
      this.#fault("R4", `the demand on ${name} ends ${outcome.kind} where ${wanted.join(" or ")} is right`);
    if (outcome.kind !== "ready" || world.wired.calls[asked.node]) return;
    right.forEach((one, k) => {
      const given = (outcome.outputs as Record<string, unknown>)[outOf(k)];
      if (!holds(one, given))
        this.#fault("R4", `the demand on ${name} ends with ${said(given)} where ${said(one)} is right`);
    });
  }

  // ── what is known of the past

  /** Asked itself to run anew: by `again`, or because a callable feeds it. */
  #directly(node: number, since: number): boolean {
    const callable = this.#world.wired.feeds[node]!.some((feed) => feed.kind === "callable");
    return this.asks.some((asked) => asked.node === node && asked.epoch >= since && (asked.again || callable));
  }
  /** Every demand ever made; `asked` holds those not looked at yet. */
  readonly asks: Asked[] = [];

  /** A later run has ended well and was kept unpublished: a node remembers one result, and that is its last. */
  #keptSince(node: number, since: number): boolean {
    return this.#world.starts.some(
      (start) => start.node === node && start.epoch >= since && start.ended && !start.failed,
    );
  }
  #wants(asked: Asked, node: number): boolean {
    return asked.node === node || (!asked.only && this.#world.wired.above[asked.node]!.has(node));
  }
  #stopped(node: number, since: number): boolean {
    return this.#cancels.some((cancel) => cancel.epoch >= since && (cancel.node === null || cancel.node === node));
  }
  #stoppedAbove(asked: Asked): boolean {
    const above = this.#world.wired.above[asked.node]!;
    return this.#cancels.some(
      (cancel) => cancel.epoch >= asked.epoch && (cancel.node === null || above.has(cancel.node)),
    );
  }
  #rests(last: Start): boolean {
    return (last.ended && last.failed) || this.#stopped(last.node, last.epoch + 1);
  }
  #stirred(node: number, since: number): boolean {
    const { wired, changedAt } = this.#world;
    if (wired.calls[node]) return true;
    if ([...wired.reach[node]!].some((source) => changedAt[source]! > since)) return true;
    return this.asks.some((asked) => asked.epoch > since && this.#wants(asked, node));
  }
  /** Asked once more, later, with a new run: then the first end may have been another. */
  #laterAgain(asked: Asked): boolean {
    const above = this.#world.wired.above[asked.node]!;
    return (
      this.#world.wired.calls[asked.node]! &&
      this.asks.some((other) => other !== asked && other.epoch >= asked.epoch && above.has(other.node))
    );
  }
  #callable(node: number, input: string): boolean {
    return this.#world.wired.feeds[node]![Number(input.slice(1))]?.kind === "callable";
  }
  #callableAt(node: number, name: string): number {
    return this.#world.wired.feeds[node]!.findIndex((feed) => feed.kind === "callable" && feed.name === name);
  }
  #asyncCallable(node: number): boolean {
    return this.#world.wired.feeds[node]!.some((feed) => feed.kind === "callable" && feed.later);
  }
  /** What the inputs of a node hold, but for callables. */
  #inputs(node: number): readonly AnySignal[] {
    const ports = Object.values(this.#world.nodes[node]!.inputs);
    return ports.filter((port) => !this.#callable(node, port.name)).map((port) => this.#signal(port));
  }
  #signal(port: AnyPort<unknown>): AnySignal {
    return this.#world.sheet!.signal(port);
  }
  #at(memory: Memory): string {
    return `${this.#world.name(memory.node)}.${outOf(memory.out)}`;
  }
  #fault(law: string, what: string): void {
    this.faults.push(`[${law}] ${what} (move ${this.#world.epoch})`);
  }
}

const poisoned: Traced = { n: poison, from: {} };

function holds(told: Told, value: unknown): boolean {
  return told.kind === "value" && equalValue(told.value, value);
}
function same(one: readonly Traced[], other: readonly Traced[]): boolean {
  return one.length === other.length && one.every((value, k) => equalValue(value, other[k]));
}
/** Compares two traced values; written here, since the engine's own comparison is under test. */
function equalValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!one || !other) return false;
  const a = one as Traced;
  const b = other as Traced;
  const sources = Object.keys(a.from);
  return (
    a.n === b.n &&
    sources.length === Object.keys(b.from).length &&
    sources.every((source) => a.from[source] === b.from[source])
  );
}
function said(value: unknown): string {
  return JSON.stringify(value, (_, inner) => (inner instanceof Set ? [...inner] : inner)) ?? "nothing";
}
