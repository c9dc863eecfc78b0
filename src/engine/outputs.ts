/**
 * The output side of a step. A value that equals the last good one becomes the very same signal again, and that identity
 * is the cut-off (W6): what reads it restores its own outputs without running.
 */
import { shapeOf } from "./component.ts";
import { handedOut } from "./equal.ts";
import { badOutput, type Failure, failureOf } from "./failure.ts";
import type { LiveRun, Result } from "./live-run.ts";
import type { OutPort } from "./port.ts";
import {
  type AnySignal,
  type Cause,
  empty,
  failed,
  pending,
  type Ready,
  ReadySignal,
  shared,
  stale,
} from "./signal.ts";
import type { Slot } from "./slot.ts";

/** One output: its slot, its port's name, and what its component will not take. */
export interface Outlet {
  readonly name: string;
  readonly slot: Slot;
  readonly refuses: ((value: unknown) => string | undefined) | undefined;
}

export function outletOf(port: OutPort, slot: Slot): Outlet {
  const refuses = port.component ? shapeOf(port.component).refuses : undefined;
  return { name: port.name, slot, refuses };
}

export class Outputs {
  readonly all: readonly Outlet[];
  readonly #sheetId: string;

  constructor(all: readonly Outlet[], sheetId: string) {
    this.all = all;
    this.#sheetId = sheetId;
  }

  /** What a function returned, by output; or the failure that it is. */
  sort(returned: unknown): Result {
    try {
      return this.all.length === 1 ? this.#sortOne(this.all[0] as Outlet, returned) : this.#sortMany(returned);
    } catch (error) {
      // A getter or a Proxy in what was returned threw.
      return { failure: failureOf(error) };
    }
  }

  /** Puts the values on the ports. */
  publish(outputs: Readonly<Record<string, unknown>>, run: number): readonly Ready[] {
    const signals = this.all.map(({ name, slot }) => this.#signalOf(slot, outputs[name], run));
    this.all.forEach(({ slot }, i) => {
      if (slot.own !== signals[i]) slot.next(signals[i] as Ready);
    });
    return signals;
  }

  /** Puts signals on the ports that were there before; where an equal value is there now, its own signal stays (W6). */
  showAgain(signals: readonly Ready[]): void {
    this.all.forEach(({ slot }, i) => {
      const signal = signals[i] as Ready;
      const known = slot.signalOf(signal.value) ?? signal;
      if (slot.own !== known) slot.next(known);
    });
  }

  /** Makes the values the last good ones of ports that are not ready now; `show` puts them there. */
  keep(outputs: Readonly<Record<string, unknown>>, run: number): readonly Ready[] {
    return this.all.map(({ name, slot }) => {
      const signal = this.#signalOf(slot, outputs[name], run);
      slot.keep(signal);
      return signal;
    });
  }

  show(): void {
    for (const { slot } of this.all) if (slot.own.kind !== "ready") slot.next(slot.good as Ready);
  }

  pending(live: LiveRun): void {
    const partial = live.partial && this.sort(live.partial.value);
    for (const { name, slot } of this.all) {
      const part = partial && "outputs" in partial ? { value: partial.outputs[name] } : undefined;
      slot.next(pending(slot.good, part, live.progressed));
    }
  }

  /** What is stale already goes on saying what changed first (R8). */
  stale(cause: Cause): void {
    for (const { slot } of this.all) {
      const now = slot.own;
      if (now.kind !== "stale") slot.next(stale(slot.good, cause));
      else if (slot.good && !Object.is(now.last, slot.good.value)) slot.next(stale(slot.good, now.because));
    }
  }

  failed(failure: Failure): void {
    for (const { slot } of this.all) {
      const now = slot.own;
      if (now.kind !== "failed" || now.failure !== failure) slot.next(failed(slot.good, failure));
    }
  }

  empty(): void {
    for (const { slot } of this.all) if (slot.own !== empty) slot.next(empty);
  }

  /** Has everything below look again though nothing here changed. */
  remind(): void {
    for (const { slot } of this.all) slot.remind();
  }

  get now(): AnySignal | undefined {
    return this.all[0]?.slot.own;
  }

  values(): Record<string, unknown> {
    return Object.fromEntries(this.all.map(({ name, slot }) => [name, slot.good?.value]));
  }

  #signalOf(slot: Slot, value: unknown, run: number): Ready {
    return shared(slot.signalOf(value) ?? (new ReadySignal(handedOut(value), this.#sheetId, run) as Ready));
  }

  #sortOne(outlet: Outlet, value: unknown): Result {
    const failure = refusal(outlet, value);
    return failure ? { failure } : { outputs: { [outlet.name]: value } };
  }

  #sortMany(returned: unknown): Result {
    if (this.all.length === 0) return { outputs: {} };
    const names = this.all.map((outlet) => `'${outlet.name}'`).join(", ");
    if (typeof returned !== "object" || returned === null) {
      const first = this.all[0] as Outlet;
      return { failure: badOutput(first.name, `part of an object with the keys ${names}`, returned) };
    }
    const outputs: [string, unknown][] = [];
    for (const outlet of this.all) {
      const value =
        Object.hasOwn(returned, outlet.name) || !(outlet.name in Object.prototype)
          ? (returned as Record<string, unknown>)[outlet.name]
          : undefined;
      const failure = refusal(outlet, value);
      if (failure) return { failure };
      outputs.push([outlet.name, value]);
    }
    return { outputs: Object.fromEntries(outputs) };
  }
}

function refusal({ name, refuses }: Outlet, value: unknown): Failure | undefined {
  const expected = value === undefined ? "a value" : refuses?.(value);
  return expected === undefined ? undefined : badOutput(name, expected, value);
}
