/**
 * What a step stands on: the outputs that it made and the inputs that it made them from, the run that it shows, and the inputs on which
 * it rests because they were tried in vain. What it made is an answer as long as its inputs are those (W6, R1); where it stands goes
 * along from one life of a sheet to the next, and to the sheets of a sweep.
 */
import { alike } from "./alike.ts";
import { Asked } from "./asked.ts";
import { equal } from "./equal.ts";
import type { Failure } from "./failure.ts";
import { NotedRun } from "./noted-run.ts";
import type { Outputs } from "./outputs.ts";
import type { RememberedRun } from "./remembered-run.ts";
import type { Run } from "./run.ts";
import { recordOf } from "./run-record.ts";
import { type Ready, type ReadySignal, type RunNumbers, shared } from "./signal.ts";
import type { Slot } from "./slot.ts";
import type { Wiring } from "./wiring.ts";

/** Where a step stands: the run that it shows, whether that still answers for its inputs, and the run that failed since. */
export interface Left {
  readonly run: RememberedRun | undefined;
  readonly made: boolean;
  readonly tried: RememberedRun | undefined;
  /** The inputs on which it rests without having failed. */
  readonly rested?: readonly Ready[] | undefined;
}

export abstract class Standing extends Asked {
  outputs!: Outputs;
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
  /** The run that ended in it: as long as the step rests on it, it is not forgotten. */
  #failed: RememberedRun | undefined = undefined;
  /** True while that failure came over stale inputs and was not shown. */
  protected unsaid = false;

  /** @internal */
  get wiring(): Wiring {
    return this.place as Wiring;
  }

  get outs(): readonly Slot[] {
    return this.outputs.slots;
  }

  // ── the run that it shows

  override shownNumbersAt(): RunNumbers {
    return this.last?.number ?? 0;
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

  get shownRun(): Run {
    return (this.last ?? elsewhere.get(this))?.record ?? this.#quickRecord();
  }

  /** Of a quick run nothing was written down but its number: the rest is what it must have been. */
  #quickRecord(): Run {
    const [first] = this.outs;
    const number = (first?.good as ReadySignal | undefined)?.number ?? 0;
    const noted = new NotedRun(this.wiring, number, this.present(), this.wave.now());
    // What another sheet gave has a number of that sheet.
    noted.from = (noted.signals as unknown as readonly ReadySignal[]).map((signal) =>
      signal.sheet === "" || signal.sheet === noted.sheet ? signal.numbers : 0,
    );
    const result = { values: this.outs.map(({ good }) => good?.value) };
    return recordOf(noted, { result, duration: 0 });
  }

  protected showRun(run: RememberedRun | undefined): void {
    this.wiring.sheet.memory.show(run, this.last);
    this.last = run;
    this.wave.keeping?.stood(this);
    for (const slot of this.outs) slot.number = run?.number ?? 0;
  }

  protected holdFailed(run: RememberedRun | undefined): void {
    this.wiring.sheet.memory.show(run, this.#failed);
    this.#failed = run;
  }

  // ── across the lives of a sheet

  /** Where it stands. */
  get left(): Left {
    const { failure } = this;
    const tried = this.tried && failure && this.wiring.memory.failed(failure);
    return { run: this.last, made: this.made, tried, rested: failure ? undefined : this.tried };
  }

  /** True when its inputs are what they were for a run. */
  worksFrom({ signals }: Pick<RememberedRun, "signals">): boolean {
    return this.ins.every(({ now }) => now.kind === "ready") && this.differsAt(signals) < 0;
  }

  /** Stands where it was left: what it shows is seen when it is visited, and nothing runs because of this. */
  resume({ run, made, tried, rested }: Left): void {
    if (run) {
      this.showRun(run);
      this.made = made;
      if (made) this.used = run.signals;
      else this.readyWith = run.signals;
    }
    if (rested) this.tried = rested;
    if (!tried || !("failure" in tried.result)) return;
    this.tried = tried.signals;
    this.failure = tried.result.failure;
    this.holdFailed(tried);
  }

  /** Stands as a step of the same node stands on another sheet: what is ready there is ready here, without a run. */
  standAs(other: Standing): void {
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

  // ── on what it rests

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
    this.holdFailed(undefined);
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
    this.showRun(run);
    // Opened again, a callable's port holds what it held.
    if (this.wave.opening === undefined) this.wiring.showCalled(run.called);
    this.outputs.showAgain(run.gave ?? []);
    if (this.asked !== 0) this.end({ kind: "ready" });
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

/** The run of another sheet that a step shows, while it has shown none of its own. */
const elsewhere = new WeakMap<Standing, RememberedRun>();
