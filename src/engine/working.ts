/**
 * The working side of a step: its runs, what came of them, and from what. A run in flight goes on while inputs are merely
 * stale; what it gives then is kept unpublished, for published it would let the steps below see inputs of mixed age (W3).
 * Every run that ended by itself or by a person's hand is remembered (R1, R7).
 */

import { alike } from "./alike.ts";
import { equal } from "./equal.ts";
import { type Failure, failureOf } from "./failure.ts";
import { placeOf, scattersOf } from "./item-lists.ts";
import { inList, LaidOverItem } from "./items.ts";
import { LiveRun, type Result, type RunListener } from "./live-run.ts";
import { type Maker, RememberedRun } from "./remembered-run.ts";
import type { Outcome } from "./run.ts";
import type { RunEnd } from "./run-record.ts";
import { Scatter } from "./scatter.ts";
import { byDefinition, type Cause, type Ready, type ReadySignal, type RunNumbers, shared } from "./signal.ts";
import type { Slot } from "./slot.ts";
import { Standing } from "./standing.ts";
import type { Spot, Wiring } from "./wiring.ts";

export abstract class Working extends Standing implements RunListener, Maker {
  /** For one item of a scattered node: where it stands. */
  readonly #spot: Spot | undefined;
  /** The run in flight. */
  live: LiveRun | undefined = undefined;
  /** True once its item is gone. */
  gone = false;
  abstract select(run: RememberedRun): void;

  constructor(wiring: Wiring, ins: readonly Slot[], height?: number, spot?: Spot) {
    super(wiring, ins, height);
    this.#spot = spot;
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
    this.gone = true;
    this.showRun(undefined);
    this.holdFailed(undefined);
    this.wave.keeping?.retired(this);
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
    const signals = this.noteUsed();
    return signals !== undefined && this.worksFrom({ signals });
  }

  /** True when an input that a run uses has really changed, whatever the others are (R2). */
  protected outdated(live: LiveRun): boolean {
    return this.ins.some(({ now }, i) => {
      const then = live.signals[i] as Ready;
      return now.kind === "ready" && now !== then && !equal(now.value, then.value);
    });
  }

  // ── a run from its beginning to its end

  protected begin(inputs: readonly Ready[] = this.present()): LiveRun {
    const live = new LiveRun(this.wiring, this, this.place.home ? this.#inTheirLists(inputs) : inputs);
    live.from = this.#from(live.signals);
    this.live = live;
    (this.wave.keeping ?? this.wave.opening)?.began?.(live, this.wiring);
    this.wake();
    // A person may take days: a sheet that waits for nobody else has settled.
    if (!this.node.answer) this.wave.runBegan();
    if (this.wave.observed) this.wave.tell({ kind: "run-started", run: live.record() });
    return live;
  }

  /** A run of an item names the lists of which it was an item when it began (R7). */
  #inTheirLists(inputs: readonly Ready[]): readonly Ready[] {
    let named: Ready[] | undefined;
    for (const [i, slot] of this.ins.entries()) {
      const signal = inputs[i] as Ready;
      const known = inItsLists(slot, signal);
      if (known === signal) continue;
      named ??= [...inputs];
      named[i] = known;
    }
    return named ?? inputs;
  }

  /** By input, the runs that it is about to use, unless its signals name the same: an output that stayed equal goes on holding the signal of an older run. */
  #from(signals: readonly Ready[]): readonly RunNumbers[] | undefined {
    const from = this.ins.map((slot) => slot.shownNumbers);
    return from.every((run, i) => typeof run === "number" && run === numbersIn(signals[i])) ? undefined : from;
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
    this.showRun(run);
    this.wiring.sheet.memory.add(run);
  }

  protected finish(live: LiveRun, result: RunEnd): void {
    this.live = undefined;
    (this.wave.keeping ?? this.wave.opening)?.ended?.(live);
    live.end();
    if (!this.node.answer) this.wave.runEnded();
    if (this.wave.observed) this.wave.tell({ kind: "run-ended", run: live.record(result) });
    const inVain = "failure" in result || ("cancelled" in result && result.cancelled === "person");
    if (!inVain) return;
    const about = { duration: live.duration, gave: undefined, answers: false };
    const run = new RememberedRun(this, live, result, about);
    if ("failure" in result) this.holdFailed(run);
    this.wiring.sheet.memory.add(run);
  }

  protected fail(signals: readonly Ready[], failure: Failure): void {
    this.rest(signals, failure);
    this.outputs.failed(failure);
    this.end({ kind: "failed", failure });
  }

  protected readyOutcome(): Outcome {
    return { kind: "ready", outputs: this.outputs.values(), run: this.shownRun } as Outcome;
  }
}

function resultOf(live: LiveRun): Result {
  return live.arrived ?? { failure: failureOf(undefined) };
}
function numbersIn(signal: Ready | undefined): RunNumbers | undefined {
  return (signal as ReadySignal | undefined)?.numbers;
}
const noItem: readonly number[] = [];

function inItsLists(slot: Slot, signal: Ready): Ready {
  const { owner } = slot;
  if (owner instanceof Scatter) {
    const { now } = owner.list;
    return now.kind === "ready" ? inList(signal, inItsLists(owner.list, now)) : signal;
  }
  // What lies over an item stays there while its list is made anew.
  const lists = slot.pinned
    ? scattersOf(slot).flatMap(({ list: { now, good } }) => (now.kind === "ready" ? now : (good ?? [])))
    : [];
  if (lists.length === 0) return signal;
  return new LaidOverItem(signal.value, lists.map(shared), placeOf(slot) as number) as Ready;
}

/** Has a run be shown by those of these steps that are given what it was given. */
export function selectAmong(steps: readonly unknown[], run: RememberedRun): void {
  run.home.prefer(run);
  for (const step of steps)
    if (step instanceof Working && !step.gone && step.wiring.memory === run.home && step.worksFrom(run))
      step.select(run);
}
