/**
 * A run under way. It makes the context that the function gets, follows what the function returned (a value, a promise, an
 * async iterable or an Observable), and once ended it is deaf: what a superseded or cancelled run still says, nobody hears (R2).
 */
import { isObservable, type Subscription } from "rxjs";
import { cancelled, type Failure, failureOf, timedOut } from "./failure.ts";
import { noContext } from "./inputs.ts";
import type { Run, RunContext, RunId } from "./run.ts";
import { type Progress, type Ready, runId } from "./signal.ts";
import type { Ended, Wiring } from "./wiring.ts";

/** What came of a run: the values that its node's outputs take, by name, or why there are none. */
export type Result = { readonly outputs: Readonly<Record<string, unknown>> } | { readonly failure: Failure };

/** Who hears of it while it is under way: the step. */
export interface RunListener {
  arrived(): void;
  gave(run: LiveRun): void;
  progressed(run: LiveRun): void;
  logged(run: LiveRun, line: string): void;
}

/** Beyond this many milliseconds a timer would go off at once. */
const longestTimer = 2 ** 31 - 1;

/** Longest log that a run keeps, in lines. */
const longestLog = 1000;

export class LiveRun {
  readonly number: number;
  /** The input signals that it works from, in the order of the step's slots. */
  readonly signals: readonly Ready[];
  readonly startedAt: number;
  readonly lines: string[] = [];
  /** What the callables gave, by input. */
  called: Readonly<Record<string, unknown>> | undefined = undefined;
  /** What the function gave, until the step takes it. */
  arrived: { readonly value: unknown } | { readonly failure: Failure } | undefined = undefined;
  /** True when its callables have answered and its function is to be called. */
  prepared = false;
  partial: { readonly value: unknown } | undefined = undefined;
  progressed: Progress | undefined = undefined;
  ended = false;
  readonly #wiring: Wiring;
  readonly #listener: RunListener;
  #controller: AbortController | undefined = undefined;
  #letGo: (() => void) | undefined = undefined;
  #beginning = false;
  #timer: ReturnType<typeof setTimeout> | undefined = undefined;

  constructor(wiring: Wiring, listener: RunListener, signals: readonly Ready[]) {
    this.#wiring = wiring;
    this.#listener = listener;
    this.number = ++wiring.sheet.runs;
    this.signals = signals;
    this.startedAt = wiring.wave.now();
  }

  get id(): RunId {
    return runId(this.#wiring.sheet.id, this.number);
  }

  /** Where its item stands; `[]` when it is of no scattered node. */
  get item(): readonly number[] {
    return this.#wiring.spot?.path ?? [];
  }

  get duration(): number {
    return this.#wiring.wave.now() - this.startedAt;
  }

  /** Made when first read: most functions never look at it. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.ended && !this.#controller.signal.aborted) this.#controller.abort();
    return this.#controller.signal;
  }

  progress(fraction: number, message?: string): void {
    if (this.ended || this.arrived) return;
    const known = Number.isFinite(fraction) ? { fraction: Math.min(1, Math.max(0, fraction)) } : {};
    this.progressed = { ...known, ...(message !== undefined && { message }) };
    this.#listener.progressed(this);
  }

  log(line: string): void {
    if (this.ended || this.lines.length >= longestLog) return;
    this.lines.push(String(line));
    this.#listener.logged(this, String(line));
  }

  /** Calls the callables, then the function, and follows what it returns. Afterwards it has `arrived`, or is `prepared`, or it will be. */
  begin(): void {
    this.#guard(() => {
      const called = this.#wiring.recall();
      if (isPromise(called))
        called.then(
          (values) => this.#prepare(values),
          (error: unknown) => this.#arrive(thrown(error)),
        );
      else this.#launch(called);
    });
    this.#startTimer();
  }

  /** A person has answered; what becomes of the answer may be a failure. */
  answered(take: () => unknown): void {
    try {
      this.#arrive({ value: take() });
    } catch (error) {
      this.#arrive(thrown(error));
    }
  }

  /** Goes on with a function that was called already. */
  resume(returned: unknown): void {
    this.#guard(() => this.follow(returned));
    this.#startTimer();
  }

  /** Calls the function once its callables have answered; its step says when, so that it never runs on inputs that are not ready (W2). */
  launch(): void {
    this.prepared = false;
    this.#guard(() => this.#launch(this.called));
  }

  #prepare(values: Readonly<Record<string, unknown>>): void {
    if (this.ended || this.arrived) return;
    this.called = values;
    this.prepared = true;
    this.#listener.arrived();
  }

  #guard(beginning: () => void): void {
    this.#beginning = true;
    try {
      beginning();
    } catch (error) {
      this.#arrive(thrown(error));
    }
    this.#beginning = false;
  }

  /** Follows a returned value that is for later, or takes it. */
  follow(returned: unknown): void {
    try {
      if (isPromise(returned)) this.#await(returned);
      else if (isObservable(returned)) this.#subscribe(returned);
      else if (isAsyncIterable(returned)) void this.#iterate(returned);
      else this.#await(this.#converted(returned));
    } catch (error) {
      this.#arrive(thrown(error));
    }
  }

  #launch(called: Readonly<Record<string, unknown>> | undefined): void {
    this.called = called;
    const context = this.#wiring.node.takesContext ? contextOf(this) : noContext;
    this.follow(this.#wiring.invoke(this.signals, called, context));
  }

  #startTimer(): void {
    const { timeout } = this.#wiring.node;
    if (timeout === undefined || timeout === Number.POSITIVE_INFINITY || this.arrived) return;
    this.#timer = setTimeout(
      () => {
        if (this.ended || this.arrived) return;
        this.#arrive({ failure: timedOut(timeout) });
        this.#stop();
      },
      Math.min(timeout, longestTimer),
    );
  }

  /** Ends it: superseded, cancelled or taken. An unfinished one has its `AbortSignal` aborted at once. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    if (this.arrived === undefined) this.#stop();
  }

  /** The run as it is remembered and told; without a result it is under way. */
  record(result?: Result | { readonly cancelled: "person" | "superseded" | "close" }, duration = this.duration): Run {
    return this.#wiring.record(
      this.signals,
      this.called,
      { id: this.id, startedAt: this.startedAt, log: this.lines },
      result && ended(result, duration),
    );
  }

  #converted(value: unknown): unknown {
    const { convert } = this.#wiring.node;
    return convert && value !== undefined ? convert(value) : value;
  }

  #stop(): void {
    this.#controller?.abort();
    this.#release();
  }

  #release(): void {
    try {
      this.#letGo?.();
    } catch {
      // What will not be stopped is not listened to either; whoever stops it must not stumble over that.
    }
  }

  #arrive(what: { readonly value: unknown } | { readonly failure: Failure }): void {
    if (this.ended || this.arrived) return;
    this.arrived = what;
    if (!this.#beginning) this.#listener.arrived();
  }

  #give(value: unknown): void {
    if (this.ended || this.arrived) return;
    this.partial = { value };
    this.#listener.gave(this);
  }

  #await(given: unknown): void {
    if (!isPromise(given)) return this.#arrive({ value: given });
    given.then(
      (value) => {
        const converted = this.#converted(value);
        if (isPromise(converted))
          converted.then(
            (file) => this.#arrive({ value: file }),
            (error: unknown) => this.#arrive(thrown(error)),
          );
        else this.#arrive({ value: converted });
      },
      (error: unknown) => this.#arrive(thrown(error)),
    );
  }

  async #iterate(values: AsyncIterable<unknown>): Promise<void> {
    try {
      const iterator = values[Symbol.asyncIterator]();
      this.#letGo = () => void Promise.resolve(iterator.return?.()).catch(() => undefined);
      let last: { readonly value: unknown } = { value: undefined };
      for (;;) {
        const next = await iterator.next();
        if (this.ended || this.arrived) return;
        if (next.done && next.value === undefined) break;
        last = { value: await this.#converted(next.value) };
        if (next.done) break;
        this.#give(last.value);
      }
      this.#arrive(last);
    } catch (error) {
      this.#release();
      this.#arrive(thrown(error));
    }
  }

  #subscribe(values: { subscribe(observer: object): Subscription }): void {
    let last: unknown;
    const subscription = values.subscribe({
      next: (value: unknown) => {
        last = value;
        const converted = this.#converted(value);
        if (isPromise(converted))
          converted.then(
            (file) => this.#give(file),
            () => undefined,
          );
        else this.#give(converted);
      },
      error: (error: unknown) => this.#arrive(thrown(error)),
      complete: () => this.#await(Promise.resolve(last)),
    });
    this.#letGo = () => subscription.unsubscribe();
  }
}

/** Loose functions, so that `{ signal, progress, log }` may be taken apart. */
function contextOf(run: LiveRun): RunContext {
  return {
    get signal() {
      return run.signal;
    },
    attempt: 0,
    item: run.item,
    progress: (fraction, message) => run.progress(fraction, message),
    log: (line) => run.log(line),
  };
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { [Symbol.asyncIterator]?: unknown })[Symbol.asyncIterator] === "function"
  );
}

function ended(result: Result | { readonly cancelled: "person" | "superseded" | "close" }, duration: number): Ended {
  if ("outputs" in result) return { outcome: "ready", outputs: result.outputs, duration };
  if ("failure" in result) return { outcome: "failed", failure: result.failure, duration };
  return { outcome: "cancelled", failure: cancelled(result.cancelled), duration };
}

function thrown(error: unknown): { readonly failure: Failure } {
  return { failure: failureOf(error) };
}
