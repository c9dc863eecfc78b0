/**
 * The working side of a step: its runs, what came of them, and from what. A run in flight goes on while inputs are merely
 * stale; what it gives then is kept unpublished, for published it would let the steps below see inputs of mixed age (W3).
 * Every run that ended by itself or by a person's hand is remembered (R1, R7).
 */

import { alike } from "./alike.ts";
import { Asked } from "./asked.ts";
import { equal } from "./equal.ts";
import { type Failure, failureOf } from "./failure.ts";
import { LiveRun, type Result, type RunListener } from "./live-run.ts";
import type { Outputs } from "./outputs.ts";
import { type Maker, RememberedRun } from "./remembered-run.ts";
import type { Outcome, Run } from "./run.ts";
import { byDefinition, type Cause, type Ready, runId, shared } from "./signal.ts";
import type { Slot } from "./slot.ts";
import type { Spot, Wiring } from "./wiring.ts";

/** Where a step stands: the run that it shows, whether that still answers for its inputs, and the run that failed since. */
export interface Left {
  readonly run: RememberedRun | undefined;
  readonly made: boolean;
  readonly tried: RememberedRun | undefined;
  /** The inputs on which it rests without having failed. */
  readonly rested?: readonly Ready[] | undefined;
}

export abstract class Working extends Asked implements RunListener, Maker {
  /** For one item of a scattered node: where it stands. */
  readonly #spot: Spot | undefined;
  outputs!: Outputs;
  /** The run in flight. */
  live: LiveRun | undefined = undefined;
  /** The run that it shows; none after a quick one, of which nothing is written down. */
  last: RememberedRun | undefined = undefined;
  /** True when there are good outputs. */
  protected made = false;
  /** The signals that they were made from; not written down after a quick run: they are what the slots held before the present change. */
  protected used: readonly Ready[] | undefined = undefined;
  /** What they were made from when it was ready last, once they are no answer any more: changes since then are to blame. */
  protected readyWith: readonly Ready[] | undefined = undefined;
  /** The signals of the last attempt that gave no value, and its failure (none: it was cancelled). */
  protected tried: readonly Ready[] | undefined = undefined;
  protected failure: Failure | undefined = undefined;
  /** True while that failure came over stale inputs and was not shown. */
  protected unsaid = false;

  abstract select(run: RememberedRun): void;

  constructor(wiring: Wiring, ins: readonly Slot[], height?: number, spot?: Spot) {
    super(wiring, ins, height);
    this.#spot = spot;
  }

  /** @internal */
  get wiring(): Wiring {
    return this.place as Wiring;
  }

  get outs(): readonly Slot[] {
    return this.outputs.slots;
  }

  override shownNumbersAt(): readonly number[] {
    return this.last ? this.last.live.numbers : noRuns;
  }

  override get item(): readonly number[] {
    return this.#spot?.path ?? noItem;
  }

  override inputNameOf(slot: Slot): string {
    return this.wiring.assembly.keys[this.ins.indexOf(slot)] ?? "";
  }

  // ── what the run in flight tells it

  sort(returned: unknown): Result {
    return this.outputs.sort(returned);
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
      const rerun = this.madeFrom(live.signals) || (!this.made && alike(this.readyWith, live.signals));
      this.finish(live, { cancelled: by });
      this.rest(live.signals, undefined);
      this.outputs.stale(rerun ? byDefinition : this.cause);
    }
    if (live || this.asked !== 0) this.end({ kind: "cancelled" });
  }

  override retire(): void {
    super.retire();
    this.#show(undefined);
  }

  protected override abandon(cause: Cause): void {
    this.again = false;
    if (this.live) this.finish(this.live, { cancelled: "superseded" });
    if (this.outputs.now?.kind === "pending") this.outputs.stale(cause);
    // What it gave before may still be right: then it is shown again.
    this.suspect = true;
    this.wave.mark(this);
  }

  get recalls(): boolean {
    return this.wiring.callables.length > 0;
  }

  /** Its node's runs, oldest first. */
  get history(): readonly RememberedRun[] {
    return this.wiring.memory.inOrder;
  }

  /** The run that people see: the failed one while its failure is shown, else the one that gave the outputs. */
  override get seen(): RememberedRun | undefined {
    const { failure } = this;
    const now = this.outputs.now;
    const broken = failure !== undefined && (now ? now.kind === "failed" && now.failure === failure : !this.made);
    return broken ? this.wiring.memory.failed(failure) : this.last;
  }

  get runs(): boolean {
    return this.live !== undefined;
  }

  // ── across the lives of a sheet

  /** Where it stands. */
  get left(): Left {
    const { failure } = this;
    const tried = this.tried && failure && this.wiring.memory.failed(failure);
    return { run: this.last, made: this.made, tried, rested: failure ? undefined : this.tried };
  }

  /** True when its inputs are what they were for a run. */
  worksFrom({ signals }: RememberedRun): boolean {
    return this.ins.every(({ now }, i) => now.kind === "ready" && alike([now], signals.slice(i, i + 1)));
  }

  /** Stands where it was left: what it shows is seen when it is visited, and nothing runs because of this. */
  resume({ run, made, tried, rested }: Left): void {
    if (run) {
      this.#show(run);
      this.made = made;
      if (made) this.used = run.signals;
      else this.readyWith = run.signals;
    }
    if (rested) this.tried = rested;
    if (!tried || !("failure" in tried.result)) return;
    this.tried = tried.signals;
    this.failure = tried.result.failure;
  }

  /** Stands as a step of the same node stands on another sheet: what is ready there is ready here, without a run. */
  standAs(other: Working): void {
    this.outs.forEach((slot, i) => {
      const good = other.outs[i]?.good;
      if (good) slot.keep(shared(good));
    });
    this.made = other.made;
    this.used = other.noteUsed();
    this.readyWith = other.readyWith;
    this.tried = other.tried;
    this.failure = other.failure;
    this.unsaid = other.unsaid;
    if (other.last) elsewhere.set(this, other.last);
  }

  /** True when there is something to run to make it ready, and it does not run yet. */
  get due(): boolean {
    if (this.live !== undefined) return false;
    const now = this.outputs.now;
    return now ? now.kind !== "ready" : !this.#upToDate();
  }

  /** For a step without outputs, whose state no signal shows. */
  #upToDate(): boolean {
    const used = this.noteUsed();
    return used !== undefined && this.ins.every(({ now }) => now.kind === "ready") && this.differsAt(used) < 0;
  }

  // ── a run from its beginning to its end

  protected begin(inputs: readonly Ready[] = this.present()): LiveRun {
    const live = new LiveRun(this.wiring, this, inputs);
    live.from = this.#from();
    this.live = live;
    (this.wave.keeping ?? this.wave.opening)?.began?.(live, this.wiring);
    this.wake();
    // A person may take days: a sheet that waits for nobody else has settled.
    if (!this.node.answer) this.wave.runBegan();
    if (this.wave.observed) this.wave.tell({ kind: "run-started", run: live.record() });
    return live;
  }

  /** By input, the runs that it is about to use. Not those that its signals name: an output that stayed equal goes on holding the signal of an older run. */
  #from(): readonly (readonly number[])[] {
    return this.ins.map((slot) => slot.shownNumbers);
  }

  protected proceed(live: LiveRun): void {
    if (live.arrived) this.conclude(live);
    else this.outputs.pending(live);
  }

  /** A run has arrived, and its inputs are what they were: what it gave is the value. */
  protected conclude(live: LiveRun): void {
    const result = resultOf(live);
    this.finish(live, result);
    if ("failure" in result) return this.fail(live.signals, result.failure);
    this.#remember(live, result, this.outputs.publish(result.values, live));
    if (this.asked !== 0) this.end({ kind: "ready" });
  }

  /** A run has arrived while inputs are stale: what it gave is kept unpublished, and shown if they come back as they were. */
  protected keep(live: LiveRun): void {
    const result = resultOf(live);
    this.finish(live, result);
    if ("failure" in result) {
      this.rest(live.signals, result.failure);
      this.unsaid = true;
    } else this.#remember(live, result, this.outputs.keep(result.values, live));
  }

  #remember(live: LiveRun, result: Result, gave: readonly Ready[]): void {
    this.made = true;
    this.used = live.signals;
    const answers = this.wiring.remembers && live.called === undefined && !live.fellBack;
    const run = new RememberedRun(this, live, result, { duration: live.duration, gave, answers });
    this.#show(run);
    this.wiring.sheet.memory.add(run);
  }

  #show(run: RememberedRun | undefined): void {
    this.wiring.sheet.memory.show(run, this.last);
    this.last = run;
    for (const slot of this.outs) slot.number = run?.live.number ?? 0;
  }

  /** After a quick run, of which nothing is written down. */
  protected showNone(): void {
    this.#show(undefined);
  }

  protected finish(live: LiveRun, result: Result | { readonly cancelled: "person" | "superseded" | "close" }): void {
    this.live = undefined;
    (this.wave.keeping ?? this.wave.opening)?.ended?.(live);
    live.end();
    if (!this.node.answer) this.wave.runEnded();
    if (this.wave.observed) this.wave.tell({ kind: "run-ended", run: live.record(result) });
    const inVain = "failure" in result || ("cancelled" in result && result.cancelled === "person");
    if (!inVain) return;
    const about = { duration: live.duration, gave: undefined, answers: false };
    this.wiring.sheet.memory.add(new RememberedRun(this, live, result, about));
  }

  protected fail(signals: readonly Ready[], failure: Failure): void {
    this.rest(signals, failure);
    this.outputs.failed(failure);
    this.end({ kind: "failed", failure });
  }

  /** Until its inputs differ from these, or it is asked. What it made from the very same inputs is then no answer either. */
  protected rest(signals: readonly Ready[], failure: Failure | undefined): void {
    this.tried = signals;
    this.failure = failure;
    this.unsaid = false;
    this.wiring.memory.disown(signals);
    if (this.madeFrom(signals)) this.doubt();
    this.wave.keeping?.stood(this);
  }

  /** It rests no more. */
  protected wake(): void {
    if (this.tried === undefined) return;
    this.tried = undefined;
    this.wave.keeping?.stood(this);
  }

  /** What it made is no answer any more, though its inputs are the same. */
  protected doubt(): void {
    this.readyWith = this.used;
    this.made = false;
    this.used = undefined;
  }

  /** Shows what a remembered run gave, without running. */
  protected recall(run: RememberedRun): void {
    this.wake();
    this.made = true;
    this.used = this.present();
    this.#show(run);
    // Opened again, a callable's port holds what it held.
    if (this.wave.opening === undefined) this.wiring.showCalled(run.live.called);
    this.outputs.showAgain(run.gave ?? []);
    if (this.asked !== 0) this.end({ kind: "ready" });
  }

  protected readyOutcome(): Outcome {
    return { kind: "ready", outputs: this.outputs.values(), run: this.shownRun } as Outcome;
  }

  get shownRun(): Run {
    return (this.last ?? elsewhere.get(this))?.record ?? this.#quickRecord(this.outputs.values());
  }

  /** Of a quick run nothing was written down but its number: the rest is what it must have been. */
  #quickRecord(outputs: Readonly<Record<string, unknown>>): Run {
    const id = this.outs[0]?.good?.run ?? runId(this.wiring.sheet.id, 0);
    const about = { id, startedAt: this.wave.now(), log: [] };
    return this.wiring.record(this.present(), undefined, about, { outcome: "ready", outputs, duration: 0 });
  }

  // ── small questions

  /** Its inputs now, all ready. */
  protected present(): Ready[] {
    return this.ins.map((slot) => shared(slot.now) as Ready);
  }

  /** The first input whose value is not what it was then; -1 for none. */
  protected differsAt(signals: readonly Ready[]): number {
    const ins = this.ins;
    for (let i = 0; i < ins.length; i++) {
      const now = (ins[i] as Slot).now as Ready;
      const then = signals[i] as Ready;
      if (now !== then && !equal(now.value, then.value)) return i;
    }
    return -1;
  }

  /** Writes down what the outputs were made from, before a change takes it out of sight. */
  protected noteUsed(): readonly Ready[] | undefined {
    if (this.made) this.used ??= this.ins.map((slot) => shared((slot.changed ? slot.past : slot.now) as Ready));
    return this.used;
  }

  /** True when the outputs were made from these signals, or from equal values. */
  protected madeFrom(signals: readonly Ready[]): boolean {
    return alike(this.noteUsed(), signals);
  }
}

function resultOf(live: LiveRun): Result {
  return live.arrived ?? { failure: failureOf(undefined) };
}
const noRuns: readonly number[] = [];
/** The run of another sheet that a step shows, while it has shown none of its own. */
const elsewhere = new WeakMap<Working, RememberedRun>();
const noItem: readonly number[] = [];
