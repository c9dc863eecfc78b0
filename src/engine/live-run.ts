/**
 * A run under way, as its step sees it: what it works from, what it has said so far, and what came of it. How it comes to that is
 * its attempts' business. Once ended it is deaf: what a superseded or cancelled run still says, nobody hears (R2).
 */
import { Attempts } from "./attempts.ts";
import type { Failure } from "./failure.ts";
import { isPromise, thrown, whole } from "./follow.ts";
import { noContext } from "./inputs.ts";
import { NotedRun } from "./noted-run.ts";
import type { Run } from "./run.ts";
import { type RunEnd, recordOf } from "./run-record.ts";
import type { Progress, Ready } from "./signal.ts";
import type { Wiring } from "./wiring.ts";

/** What came of a run: the values that its node's outputs take, in their order, or why there are none. */
export type Result = { readonly values: readonly unknown[] } | { readonly failure: Failure };

/** Who hears of it while it is under way: the step. */
export interface RunListener {
  /** Where its item stands, level by level; `[]` when it is of no scattered node. */
  readonly item: readonly number[];
  /** What a function returned, by the order of the outputs; or the failure that it is. */
  sort(returned: unknown): Result;
  arrived(): void;
  gave(run: LiveRun): void;
  progressed(run: LiveRun): void;
  logged(run: LiveRun, line: string): void;
}

export class LiveRun extends NotedRun {
  /** What came of it, until the step takes it. */
  arrived: Result | undefined = undefined;
  /** True when it could go on: its step says when, so that no function is called on inputs that are not ready (W2). */
  prepared = false;
  partial: { readonly value: unknown } | undefined = undefined;
  progressed: Progress | undefined = undefined;
  ended = false;
  readonly #listener: RunListener;
  /** None once it has ended: what still holds a run then need not hold what its function was given. */
  #attempts: Attempts | undefined = undefined;
  /** True while a promise is all that it waits for. */
  #awaits = false;
  /** Milliseconds from its beginning to its end: the same for whoever asks, and whenever. */
  #took: number | undefined = undefined;
  /** True while its step waits to see whether it arrives at once. */
  #beginning = false;

  constructor(wiring: Wiring, listener: RunListener, signals: readonly Ready[]) {
    super(wiring, ++wiring.sheet.runs, signals, wiring.wave.now());
    this.#listener = listener;
  }

  /** Where its item stands; `[]` when it is of no scattered node. */
  get item(): readonly number[] {
    return this.#listener.item;
  }

  get duration(): number {
    return this.#took ?? this.wiring.wave.now() - this.startedAt;
  }

  /** Begins, or stands in line. Afterwards it has `arrived`, or it will be `prepared`, or arrive. */
  begin(): void {
    this.#beginning = true;
    if (this.wiring.plain) this.#call();
    else {
      this.#attempts = new Attempts(this, this.wiring);
      this.#attempts.begin();
    }
    this.#beginning = false;
  }

  /** Most functions answer at once, and there are no attempts to speak of. */
  #call(): void {
    try {
      const returned = this.wiring.invoke(this.signals, undefined, noContext);
      if (whole(returned)) this.arrive(this.sort(returned));
      else this.#follow(returned);
    } catch (error) {
      this.arrive(thrown(error));
    }
  }

  #follow(returned: unknown): void {
    if (this.wiring.untimed && isPromise(returned)) return this.#await(returned);
    this.#attempts = new Attempts(this, this.wiring);
    this.#attempts.resume(returned);
  }

  /** A promise, no limit of time and nobody who reads a signal: an attempt would have nothing to do. */
  #await(promise: PromiseLike<unknown>): void {
    this.#awaits = true;
    try {
      promise.then(
        (value) => this.#hears() && this.arrive(this.sort(value)),
        (error: unknown) => this.#hears() && this.arrive(thrown(error)),
      );
    } catch (error) {
      if (this.#hears()) this.arrive(thrown(error));
    }
  }

  /** The promise has been kept or broken: false when that was said before, or the run was told to stop and has really ended only now. */
  #hears(): boolean {
    if (!this.#awaits) return false;
    this.#awaits = false;
    if (this.ended) this.wiring.endings.change(-1);
    return !this.ended;
  }

  /** A person has answered; what becomes of the answer may be a failure. */
  answered(take: () => unknown): void {
    try {
      this.arrive(this.sort(take()));
    } catch (error) {
      this.arrive(thrown(error));
    }
  }

  /** Goes on with a function that was called already. */
  resume(returned: unknown): void {
    this.#beginning = true;
    this.#follow(returned);
    this.#beginning = false;
  }

  /** Goes on where it was `prepared`. */
  launch(): void {
    this.#beginning = true;
    this.prepared = false;
    this.#attempts?.goOn();
    this.#beginning = false;
  }

  /** Ends it: superseded, cancelled or taken. An unfinished one has its `AbortSignal` aborted at once. */
  end(): void {
    if (this.ended) return;
    this.#took = this.duration;
    this.ended = true;
    this.#attempts?.stop();
    this.#attempts = undefined;
    if (this.#awaits) this.wiring.endings.change(1);
  }

  /** The run as it is told; without a result it is under way. */
  record(result?: RunEnd): Run {
    return recordOf(this, result && { result, duration: this.duration });
  }

  // ── what its attempts tell it

  sort(returned: unknown): Result {
    return this.#listener.sort(returned);
  }

  prepare(): void {
    this.prepared = true;
    this.#listener.arrived();
  }

  arrive(result: Result): void {
    this.arrived = result;
    this.prepared = false;
    if (!this.#beginning) this.#listener.arrived();
  }

  gave(value: unknown): void {
    this.partial = { value };
    this.#listener.gave(this);
  }

  show(progress: Progress): void {
    this.progressed = progress;
    this.#listener.progressed(this);
  }

  log(line: string): void {
    if (!this.ended && this.write(String(line))) this.#listener.logged(this, String(line));
  }
}
