/**
 * What a port holds: a signal, that is a value and how far to believe it. Signals are immutable and their identity matters:
 * a port whose new value equals its last good one holds the very same signal object again, and that is how everything
 * below knows that nothing happened (W6).
 */
import type { Failure } from "./failure.ts";
import type { AnyPort } from "./port.ts";
import type { RunId } from "./run.ts";

/** What a port holds: a value and how far to believe it. */
export type Signal<T> =
  | { readonly kind: "empty" }
  | { readonly kind: "stale"; readonly last?: T; readonly because: Cause }
  | { readonly kind: "pending"; readonly last?: T; readonly partial?: T; readonly progress?: Progress }
  | { readonly kind: "ready"; readonly value: T; readonly run?: RunId; readonly pinned: boolean }
  | { readonly kind: "failed"; readonly failure: Failure; readonly last?: T };

/** The numbers of runs; of a single one just its own, and 0 for none. */
export type RunNumbers = number | readonly number[];

/** What changed first and made a port stale. */
export interface Cause {
  readonly port?: AnyPort<unknown>;
  readonly change: "set" | "connect" | "choose" | "select" | "pin" | "definition" | "failed";
}

/** How far a run is. */
export interface Progress {
  readonly fraction?: number;
  readonly message?: string;
  readonly queue?: { readonly position: number; readonly eta?: number };
}

export type AnySignal = Signal<unknown>;
export type Ready = Extract<AnySignal, { kind: "ready" }>;

/**
 * A ready signal. A class, because a wave makes one at every node that it reaches: the run's id is put together only when
 * somebody reads it. Its fields are public because private ones, in an object made this often, cost half as much again as
 * the whole wave.
 */
export class ReadySignal {
  readonly kind = "ready";
  readonly value: unknown;
  readonly pinned: boolean;
  /** The sheet that it is of. */
  readonly sheet: string;
  /** Which of the sheet's runs made it; 0 for none. */
  readonly number: number;
  /**
   * True once anybody beside its slot holds it: from then on it never changes. Until then its slot may fill it anew instead
   * of making another, because making one, and pointing at it from something old, costs more than all the rest of a wave.
   */
  shared = false;

  constructor(value: unknown, sheet: string, number: number, pinned = false) {
    this.value = value;
    this.pinned = pinned;
    this.sheet = sheet;
    this.number = number;
  }

  /** Only while not shared. */
  fill(value: unknown, number: number): void {
    (this as { value: unknown }).value = value;
    (this as { number: number }).number = number;
  }

  get run(): RunId | undefined {
    return this.number === 0 ? undefined : runId(this.sheet, this.number);
  }

  /** The runs that it comes from. */
  get numbers(): RunNumbers {
    return this.number;
  }
}

/** A ready signal that a person or a definition made. */
export function given(value: unknown): Ready {
  return new ReadySignal(value, "", 0) as Ready;
}

/** A ready signal that a person put in an output. */
export function pinned(value: unknown): Ready {
  return new ReadySignal(value, "", 0, true) as Ready;
}

/** Says that somebody beside its slot holds a signal. */
export function shared<T extends AnySignal>(signal: T): T {
  if (signal.kind === "ready") (signal as unknown as ReadySignal).shared = true;
  return signal;
}

export function runId(sheet: string, run: number): RunId {
  return `${sheet}-${run}` as RunId;
}

export const empty: AnySignal = Object.freeze({ kind: "empty" });
export const byDefinition: Cause = Object.freeze({ change: "definition" });

export function stale(good: Ready | undefined, because: Cause): AnySignal {
  return good ? { kind: "stale", last: good.value, because } : { kind: "stale", because };
}

type Pending = Extract<AnySignal, { kind: "pending" }>;
const underway: AnySignal = Object.freeze({ kind: "pending" });

export function pending(good: Ready | undefined, partial?: { value: unknown }, progress?: Progress): AnySignal {
  if (partial === undefined && progress === undefined) return good ? { kind: "pending", last: good.value } : underway;
  const signal: { -readonly [K in keyof Pending]: Pending[K] } = { kind: "pending" };
  if (good) signal.last = good.value;
  if (partial) signal.partial = partial.value;
  if (progress) signal.progress = progress;
  return signal;
}

export function failed(good: Ready | undefined, failure: Failure): AnySignal {
  return good ? { kind: "failed", failure, last: good.value } : { kind: "failed", failure };
}
