/**
 * A function of a drawn graph in the test's hand: what it computes was drawn with the graph; that it does so at once, as a promise, or
 * bit by bit, and when it goes on, is said here. Whatever it is and does is written down in its start.
 */
import { Observable } from "rxjs";
import type { RunContext } from "../../src/index.ts";
import type { Inputs } from "../../src/testing/drawn-function.ts";

/**
 * How a function gives its outputs: `now`; `later`, when the test says so; `soon`, a promise that nobody holds;
 * `sometimes` now and sometimes later; as an async generator (`stream`) or an Observable (`flow`) with partial values.
 */
export type Manner = "now" | "later" | "soon" | "sometimes" | "stream" | "flow";

/** What is drawn for a function beside its graph. */
export interface Habit {
  readonly manner: Manner;
  /** Takes the context: looks at the signal, tells progress, writes a log. */
  readonly context: boolean;
  /** Stops when its `AbortSignal` is aborted; others go on, and speak when nobody listens. */
  readonly heeds: boolean;
  /** Gives nothing when its inputs leave this remainder by 7. */
  readonly silent: number | null;
}

/** One start of a function. */
export interface Start {
  readonly node: number;
  /** What it was given, in the order of its inputs. */
  readonly inputs: readonly unknown[];
  /** The move during which it started. */
  readonly epoch: number;
  /** Present when the function takes the context. */
  readonly context: RunContext | undefined;
  /** True when it has said its last word. */
  ended: boolean;
  failed: boolean;
  /** What it gave at last, by output; not of one that was stopped. */
  outputs: Inputs | undefined;
  /** Lets a function that gives its outputs later say its next word. */
  advance: (() => void) | undefined;
}

/** What a stopped function says all the same: nobody may hear it (R2). */
export const poison = 666_666;

export interface Work {
  readonly habit: Habit;
  /** The names of its outputs. */
  readonly outs: readonly string[];
  /** What it computes; it may throw. */
  readonly give: (inputs: Inputs) => unknown;
}

/** Silent as it may be. */
export function given({ habit, outs, give }: Work, inputs: Inputs): unknown {
  if (habit.silent === null || outs.length === 0 || sumOf(Object.values(inputs)) % 7 !== habit.silent)
    return give(inputs);
  return outs.length === 1 || habit.manner === "stream" || habit.manner === "flow" ? undefined : {};
}

/** Begins: gives what an `FnNode`'s function gives. `aborted` is told when a function that heeds its `AbortSignal` is stopped. */
export function begun(work: Work, start: Start, inputs: Inputs, aborted: () => void): unknown {
  const { habit } = work;
  if (habit.context) {
    start.context?.progress(0.5, "half way");
    start.context?.log(`works on ${start.inputs.length}`);
  }
  const say = () => said(work, start, inputs);
  const stopped = habit.heeds ? heeding(start, aborted) : undefined;
  if (habit.manner === "stream") return streamed(work, start, say, stopped);
  if (habit.manner === "flow") return flowing(work, start, say);
  if (habit.manner === "soon") return Promise.resolve().then(say);
  if (habit.manner === "now" || (habit.manner === "sometimes" && sumOf(start.inputs) % 2 === 0)) return say();
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

function said(work: Work, start: Start, inputs: Inputs): unknown {
  start.ended = true;
  if (start.context?.signal.aborted) return shaped(work, poison);
  start.failed = true;
  const made = given(work, inputs);
  if (made === undefined || (work.outs.length > 1 && Object.keys(made as object).length === 0)) return made;
  start.failed = false;
  start.outputs = work.outs.length === 1 ? { [work.outs[0] as string]: made } : (made as Inputs);
  return made;
}

/** A function that stops when it is told to. */
function heeding(start: Start, aborted: () => void): (reject: (error: Error) => void) => void {
  let reject: (error: Error) => void = () => undefined;
  start.context?.signal.addEventListener("abort", () => {
    start.ended = true;
    aborted();
    reject(new Error("stopped"));
  });
  return (by) => {
    reject = by;
  };
}

async function* streamed(
  work: Work,
  start: Start,
  say: () => unknown,
  stopped?: (reject: (error: Error) => void) => void,
): AsyncGenerator<unknown> {
  const gate = () =>
    new Promise<void>((resolve, reject) => {
      start.advance = resolve;
      stopped?.(reject);
    });
  try {
    for (let k = 0; k < partialsOf(work, start); k++) {
      await gate();
      if (start.ended) return;
      yield shaped(work, -1 - k);
    }
    await gate();
    const last = say();
    if (last !== undefined) yield last;
  } finally {
    // Whoever listens no more ends it where it stands.
    start.ended = true;
  }
}

function flowing(work: Work, start: Start, say: () => unknown): Observable<unknown> {
  return new Observable((subscriber) => {
    let left = partialsOf(work, start);
    start.advance = () => {
      if (left-- > 0) return subscriber.next(shaped(work, -1 - left));
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

/** How many partial values it gives first; one that may be silent gives none, or the last would be its value. */
function partialsOf({ habit }: Work, { inputs }: Start): number {
  return habit.silent === null ? sumOf(inputs) % 3 : 0;
}

function shaped({ outs }: Work, value: number): unknown {
  return outs.length === 1 ? value : Object.fromEntries(outs.map((name) => [name, value]));
}

/** Never below nothing, and whole. */
function sumOf(inputs: readonly unknown[]): number {
  return Math.abs(Math.round((inputs as readonly number[]).reduce((sum, input) => sum + input, 0)));
}
