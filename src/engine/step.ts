/**
 * A node come alive: one fused operator, a `Subscriber` on all its input slots whose `next` only marks it in the wave. All
 * that happens to it happens in `visit`, which looks at the inputs and does one of four things:
 *
 *  - restores its last outputs, when the inputs are the very signals that they were made from (W6: no user code runs);
 *  - runs, when every input is ready (W2), something changed, and it is `auto` or asked (W5);
 *  - goes stale and says why (R8), when something changed and nobody asks;
 *  - waits, when an input is not ready; if asked, it asks the steps above first (R5), and when one of those ends without
 *    becoming ready its own demand ends the same way (R4).
 *
 * A run in flight goes on while inputs are merely stale. What it gives then is kept unpublished: published, it would let
 * the steps below see inputs of mixed age (W3).
 */
import { Asked } from "./asked.ts";
import { askAbove, rootOf } from "./demand.ts";
import { equal } from "./equal.ts";
import { type Failure, failureOf, upstream } from "./failure.ts";
import { LiveRun, type Result, type RunListener } from "./live-run.ts";
import type { Outlet, Outputs } from "./outputs.ts";
import type { Outcome, Run } from "./run.ts";
import { byDefinition, type Cause, type Ready, runId, shared } from "./signal.ts";
import type { Slot } from "./slot.ts";
import type { Wiring } from "./wiring.ts";

export class Step extends Asked implements RunListener {
  #cause: Cause = byDefinition;
  /** After a quick run, the input that changed: its cause is ours. -1 when `#cause` says it itself. */
  #causedAt = -1;
  /** The run in flight. */
  live: LiveRun | undefined = undefined;
  readonly #sheet: Wiring["sheet"];
  /** True when its runs may take the hot path; then these, beside the wiring, keep what that path touches close together. */
  readonly #quick: boolean;
  readonly #start: Wiring["node"]["start"];
  readonly #call: Wiring["assembly"]["call"];
  readonly #constants: Wiring["constants"];
  #out: Slot | undefined = undefined;
  #refuses: Outlet["refuses"] = undefined;
  /** True when there are good outputs. */
  #made = false;
  /** The signals that they were made from; not written down after a quick run: they are what the slots held before the present change. */
  #used: readonly Ready[] | undefined = undefined;
  /** What they were made from when it was ready last, once they are no answer any more: changes since then are to blame. */
  #readyWith: readonly Ready[] | undefined = undefined;
  /** The signals of the last attempt that gave no value, and its failure (none: it was cancelled). */
  #tried: readonly Ready[] | undefined = undefined;
  #failure: Failure | undefined = undefined;
  /** True while that failure came over stale inputs and was not shown. */
  #unsaid = false;
  /** The input it waits for; -1 when it does not wait. */
  #waitsAt = -1;
  /** The last good run, for outcomes; none after a quick one, of which nothing is written down. */
  #last: { readonly live: LiveRun; readonly result: Result; readonly duration: number } | undefined = undefined;

  constructor(wiring: Wiring) {
    super(wiring);
    this.#sheet = wiring.sheet;
    this.#start = wiring.node.start;
    this.#call = wiring.assembly.call;
    this.#constants = wiring.constants;
    this.#quick = wiring.auto && wiring.callables.length === 0 && !wiring.node.takesContext && !wiring.node.convert;
  }

  /** Given once: the slots name the step as their owner, so they are made after it. */
  feed(outputs: Outputs): void {
    this.outputs = outputs;
    if (outputs.all.length !== 1) return;
    this.#out = outputs.all[0]?.slot;
    this.#refuses = outputs.all[0]?.refuses;
  }

  // ── what the slots and the run in flight tell it

  override next(signal: unknown): void {
    if ((signal as { kind: string }).kind !== "ready") this.suspect = true;
    this.wave.mark(this);
  }

  arrived(): void {
    this.suspect = true;
    this.wave.mark(this);
    this.wave.soon();
  }

  gave(live: LiveRun): void {
    if (live === this.live) this.wave.inside(() => this.outputs.pending(live));
  }

  progressed(live: LiveRun): void {
    this.wave.inside(() => {
      this.wave.tell({ kind: "run-progress", run: live.id, progress: live.progressed ?? {} });
      if (live === this.live && this.outputs.now?.kind === "pending") this.outputs.pending(live);
    });
  }

  logged(live: LiveRun, line: string): void {
    if (this.wave.observed) this.wave.inside(() => this.wave.tell({ kind: "run-log", run: live.id, line }));
  }

  // ── what people ask of it

  /** Stops its run and ends its demand. It rests until its inputs change or it is asked. */
  cancel(by: "person" | "close"): void {
    const live = this.live;
    this.again = false;
    if (live) {
      const rerun = this.#madeFrom(live.signals) || (!this.#made && alike(this.#readyWith, live.signals));
      this.#finish(live, { cancelled: by });
      this.#rest(live.signals, undefined);
      this.outputs.stale(rerun ? byDefinition : this.cause);
    }
    if (live || this.asked !== 0) this.end({ kind: "cancelled" });
  }

  get recalls(): boolean {
    return this.wiring.callables.length > 0;
  }

  /** Why it ran last: what changed first. */
  get cause(): Cause {
    let step: Step = this;
    while (step.#causedAt >= 0) {
      const slot = step.ins[step.#causedAt] as Slot;
      if (slot.owner === undefined) return slot.cause;
      step = slot.owner;
    }
    return step.#cause;
  }

  get runs(): boolean {
    return this.live !== undefined;
  }

  /** True when there is something to run to make it ready, and it does not run yet. */
  get due(): boolean {
    if (this.live !== undefined) return false;
    const now = this.outputs.now;
    return now ? now.kind !== "ready" : !this.#upToDate();
  }

  /** For a step without outputs, whose state no signal shows. */
  #upToDate(): boolean {
    const used = this.#noteUsed();
    return used !== undefined && this.ins.every(({ now }) => now.kind === "ready") && this.#differsAt(used) < 0;
  }

  // ── the visit

  visit(): void {
    if (this.#waitsAt >= 0 && !this.suspect && this.#stillWaits()) return;
    const ins = this.ins;
    const { changes } = this.wave;
    let changedAt = -1;
    for (let i = 0; i < ins.length; i++) {
      const slot = ins[i] as Slot;
      if (slot.now.kind !== "ready") return this.#wait(i);
      if (changedAt < 0 && slot.changedIn === changes && slot.now !== slot.past) changedAt = i;
    }
    this.#waitsAt = -1;
    this.suspect = false;
    const quick = this.#quick && this.#made && this.#used === undefined && this.#tried === undefined;
    if (!quick || this.live !== undefined || this.again || this.asked !== 0 || this.wave.observed) this.#decide();
    else if (changedAt >= 0) this.#runQuickly(changedAt);
  }

  /** Looks on from the input it waits for: from the first, a wide join would be quadratic. */
  #stillWaits(): boolean {
    const shown = this.outputs.now?.kind;
    if (shown === "failed" || shown === "empty" || this.live !== undefined) return false;
    for (let i = this.#waitsAt; i < this.ins.length; i++) {
      if ((this.ins[i] as Slot).now.kind === "ready") continue;
      this.#waitsAt = i;
      return true;
    }
    return false;
  }

  /** Every input is ready. */
  #decide(): void {
    for (const demand of this.demands) demand.accepted = true;
    const used = this.#noteUsed();
    const live = this.live;
    if (live) {
      if (!this.again && this.#differsAt(live.signals) < 0) {
        if (live.prepared) this.#launch(live);
        else if (live.arrived) this.#conclude(live);
        return;
      }
      this.#finish(live, { cancelled: "superseded" });
    }
    if (!this.again) {
      if (used && this.#differsAt(used) < 0) return this.#restore();
      if (this.#tried && (this.asked === 0 || this.#unsaid) && this.#differsAt(this.#tried) < 0)
        return this.#goOnResting();
    }
    const quick = this.#quick && used !== undefined && this.asked === 0 && !this.again && !this.wave.observed;
    // Asked for only where it is needed: after quick runs, the cause is looked for all the way up.
    if (quick) this.#runQuickly(this.#differsAt(used));
    else if (this.auto || this.asked !== 0) this.#run(this.#whyNow());
    else this.outputs.stale(this.#whyNow());
  }

  #restore(): void {
    this.#tried = undefined;
    this.#used = this.#present();
    this.outputs.show();
    if (this.asked !== 0) this.end({ kind: "ready" });
  }

  #goOnResting(): void {
    if (this.#failure && this.#unsaid) this.#fail(this.#present(), this.#failure);
    else if (this.#failure) this.outputs.failed(this.#failure);
    else this.outputs.stale(this.cause);
  }

  /** An input is not ready. Of what keeps it waiting, a failure is said first, then an empty port. */
  #wait(first: number): void {
    this.#waitsAt = first;
    this.#noteUsed();
    this.suspect = false;
    const live = this.live;
    if (live?.arrived) this.#keep(live);
    else if (live && (live.prepared || this.#outdated(live))) this.#finish(live, { cancelled: "superseded" });
    if (this.demands.length > 0) this.refuseAlone(this.ins[first] as Slot);
    const ending = this.asked === 0 ? undefined : askAbove(this, this.alone);
    const broken = this.ins.find((slot) => slot.now.kind === "failed");
    if (broken) this.#failBelow(rootOf(broken));
    else if (this.live === undefined) {
      if (this.ins.some((slot) => slot.now.kind === "empty")) this.outputs.empty();
      else this.outputs.stale(causeOf(this.ins[first] as Slot));
    }
    if (ending?.kind === "refused" && this.alone && this.demands.length > 0) this.refuseAccepted(ending);
    else if (ending) this.end(ending);
  }

  #failBelow(root: string): void {
    if (this.live) this.#finish(this.live, { cancelled: "superseded" });
    const now = this.outputs.now;
    if (now?.kind === "failed" && now.failure.reason === "upstream" && now.failure.root === root) return;
    this.outputs.failed(upstream(root));
  }

  // ── runs

  /** The hot path: a synchronous function, nobody asked, nobody watches. Kept small; whatever is unusual goes elsewhere. */
  #runQuickly(changedAt: number): void {
    this.#causedAt = changedAt;
    let value: unknown;
    try {
      const call = this.#call;
      value = call(this.#start, this.ins, this.#constants);
    } catch (error) {
      return this.#fail(this.#present(), failureOf(error));
    }
    const out = this.#out;
    if (out === undefined || value === undefined || typeof value === "object") return this.#take(value);
    if (this.#refuses !== undefined && this.#refuses(value) !== undefined) return this.#take(value);
    if (this.#used !== undefined) this.#used = undefined;
    if (this.#last !== undefined) this.#last = undefined;
    const number = ++this.#sheet.runs;
    const now = out.now;
    const known = now.kind === "ready" ? (Object.is(now.value, value) ? now : undefined) : out.signalOf(value);
    if (known === undefined) out.give(value, this.#sheet.id, number);
    else if (known !== now) out.next(known);
  }

  #run(cause: Cause): void {
    const now = this.outputs.now;
    this.#cause = now?.kind === "stale" ? now.because : cause;
    this.#causedAt = -1;
    if (this.again) this.spendAgain();
    const live = this.#begin();
    live.begin();
    this.#proceed(live);
  }

  /** Its callables have answered. If whoever asked has left meanwhile, its function is not called any more (R5). */
  #launch(live: LiveRun): void {
    if (!this.auto && this.asked === 0) {
      this.#finish(live, { cancelled: "superseded" });
      return this.outputs.stale(this.cause);
    }
    live.launch();
    this.#proceed(live);
  }

  /** What a quick run returned is more than a plain value: it goes on as an ordinary one. */
  #take(returned: unknown): void {
    const live = this.#begin();
    live.resume(returned);
    this.#proceed(live);
  }

  #begin(): LiveRun {
    const live = new LiveRun(this.wiring, this, this.#present());
    this.live = live;
    this.#tried = undefined;
    this.wave.runBegan();
    if (this.wave.observed) this.wave.tell({ kind: "run-started", run: live.record() });
    return live;
  }

  #proceed(live: LiveRun): void {
    if (live.arrived) this.#conclude(live);
    else this.outputs.pending(live);
  }

  /** A run has arrived, and its inputs are what they were: what it gave is the value. */
  #conclude(live: LiveRun): void {
    const result = this.#resultOf(live);
    this.#finish(live, result);
    if ("failure" in result) return this.#fail(live.signals, result.failure);
    this.#remember(live, result);
    this.outputs.publish(result.outputs, live.number);
    if (this.asked !== 0) this.end({ kind: "ready" });
  }

  /** A run has arrived while inputs are stale: what it gave is kept unpublished, and shown if they come back as they were. */
  #keep(live: LiveRun): void {
    const result = this.#resultOf(live);
    this.#finish(live, result);
    if ("failure" in result) {
      this.#rest(live.signals, result.failure);
      this.#unsaid = true;
      return;
    }
    this.#remember(live, result);
    this.outputs.keep(result.outputs, live.number);
  }

  #remember(live: LiveRun, result: Extract<Result, { outputs: unknown }>): void {
    this.#made = true;
    this.#used = live.signals;
    this.#last = { live, result, duration: live.duration };
  }

  #resultOf(live: LiveRun): Result {
    const arrived = live.arrived;
    if (arrived === undefined || "failure" in arrived) return arrived ?? { failure: failureOf(undefined) };
    return this.outputs.sort(arrived.value);
  }

  #finish(live: LiveRun, result: Result | { readonly cancelled: "person" | "superseded" | "close" }): void {
    this.live = undefined;
    live.end();
    this.wave.runEnded();
    if (this.wave.observed) this.wave.tell({ kind: "run-ended", run: live.record(result) });
  }

  #fail(signals: readonly Ready[], failure: Failure): void {
    this.#rest(signals, failure);
    this.outputs.failed(failure);
    this.end({ kind: "failed", failure });
  }

  /** Until its inputs differ from these, or it is asked. What it made from the very same inputs is then no answer either. */
  #rest(signals: readonly Ready[], failure: Failure | undefined): void {
    this.#tried = signals;
    this.#failure = failure;
    this.#unsaid = false;
    if (!this.#madeFrom(signals)) return;
    this.#readyWith = this.#used;
    this.#made = false;
    this.#used = undefined;
  }

  protected readyOutcome(): Outcome {
    const outputs = this.outputs.values();
    const last = this.#last;
    const run = last ? last.live.record(last.result, last.duration) : this.#quickRecord(outputs);
    return { kind: "ready", outputs, run } as Outcome;
  }

  /** Of a quick run nothing was written down but its number: the rest is what it must have been. */
  #quickRecord(outputs: Readonly<Record<string, unknown>>): Run {
    const id = this.outputs.all[0]?.slot.good?.run ?? runId(this.#sheet.id, 0);
    const about = { id, startedAt: this.wave.now(), log: [] };
    return this.wiring.record(this.#present(), undefined, about, { outcome: "ready", outputs, duration: 0 });
  }

  // ── small questions

  /** Its inputs now, all ready. */
  #present(): Ready[] {
    return this.ins.map((slot) => shared(slot.now) as Ready);
  }

  /** The first input whose value is not what it was then; -1 for none. */
  #differsAt(signals: readonly Ready[]): number {
    const ins = this.ins;
    for (let i = 0; i < ins.length; i++) {
      const now = (ins[i] as Slot).now as Ready;
      const then = signals[i] as Ready;
      if (now !== then && !equal(now.value, then.value)) return i;
    }
    return -1;
  }

  /** True when an input that a run uses has really changed, whatever the others are (R2). */
  #outdated(live: LiveRun): boolean {
    return this.ins.some(({ now }, i) => {
      const then = live.signals[i] as Ready;
      return now.kind === "ready" && now !== then && !equal(now.value, then.value);
    });
  }

  /** Writes down what the outputs were made from, before a change takes it out of sight. */
  #noteUsed(): readonly Ready[] | undefined {
    if (this.#made) this.#used ??= this.ins.map((slot) => shared((slot.changed ? slot.past : slot.now) as Ready));
    return this.#used;
  }

  /** True when the outputs were made from these signals, or from equal values. */
  #madeFrom(signals: readonly Ready[]): boolean {
    return alike(this.#noteUsed(), signals);
  }

  /** What changed first; for a first run, the first edit among its inputs. */
  #whyNow(): Cause {
    const then = this.#noteUsed() ?? this.#readyWith ?? this.#tried;
    if (then !== undefined) return this.ins[this.#differsAt(then)]?.cause ?? byDefinition;
    return this.ins.map((slot) => slot.cause).find((cause) => cause.port !== undefined) ?? byDefinition;
  }
}

/** True when signals hold equal values. */
function alike(some: readonly Ready[] | undefined, others: readonly Ready[]): boolean {
  return some?.every((signal, i) => signal === others[i] || equal(signal.value, others[i]?.value)) ?? false;
}

function causeOf(slot: Slot): Cause {
  return slot.now.kind === "stale" ? slot.now.because : slot.cause;
}
