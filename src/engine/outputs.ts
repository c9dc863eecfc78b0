/**
 * The output side of a step. A value that equals the last good one becomes the very same signal again, and that identity
 * is the cut-off (W6): what reads it restores its own outputs without running.
 */
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

export class Outputs {
  readonly slots: readonly Slot[];
  /** The ports that they are, in the same order. */
  readonly #ports: readonly OutPort[];

  constructor(ports: readonly OutPort[], slots: readonly Slot[]) {
    this.#ports = ports;
    this.slots = slots;
  }

  /** True when the component of its only port will not take a value. */
  refuses(value: unknown): boolean {
    return this.#ports[0]?.refuses(value) !== undefined;
  }

  /** What a function returned, by the order of the outputs; or the failure that it is. */
  sort(returned: unknown): Result {
    try {
      return this.#ports.length === 1 ? sortOne(this.#ports[0] as OutPort, returned) : sortMany(this.#ports, returned);
    } catch (error) {
      // A getter or a Proxy in what was returned threw.
      return { failure: failureOf(error) };
    }
  }

  /** Puts the values on the ports. */
  publish(values: readonly unknown[], by: LiveRun): readonly Ready[] {
    return this.slots.map((slot, i) => {
      const signal = signalOf(slot, values[i], by);
      if (slot.own !== signal) slot.next(signal);
      return signal;
    });
  }

  /** Puts signals on the ports that were there before; where an equal value is there now, its own signal stays (W6). */
  showAgain(signals: readonly Ready[]): void {
    this.slots.forEach((slot, i) => {
      const signal = signals[i] as Ready;
      const known = slot.signalOf(signal.value) ?? signal;
      if (slot.own !== known) slot.next(known);
    });
  }

  /** Makes the values the last good ones of ports that are not ready now; `show` puts them there. */
  keep(values: readonly unknown[], by: LiveRun): readonly Ready[] {
    return this.slots.map((slot, i) => {
      const signal = signalOf(slot, values[i], by);
      slot.keep(signal);
      return signal;
    });
  }

  show(): void {
    for (const slot of this.slots) if (slot.own.kind !== "ready") slot.next(slot.good as Ready);
  }

  pending(live: LiveRun): void {
    const partial = live.partial && this.sort(live.partial.value);
    this.slots.forEach((slot, i) => {
      const part = partial && "values" in partial ? { value: partial.values[i] } : undefined;
      slot.next(pending(slot.good, part, live.progressed));
    });
  }

  /** What is stale already goes on saying what changed first (R8). */
  stale(cause: Cause): void {
    for (const slot of this.slots) {
      const now = slot.own;
      if (now.kind !== "stale") slot.next(stale(slot.good, cause));
      else if (slot.good && !Object.is(now.last, slot.good.value)) slot.next(stale(slot.good, now.because));
    }
  }

  failed(failure: Failure): void {
    for (const slot of this.slots) {
      const now = slot.own;
      if (now.kind !== "failed" || now.failure !== failure) slot.next(failed(slot.good, failure));
    }
  }

  empty(): void {
    for (const slot of this.slots) if (slot.own !== empty) slot.next(empty);
  }

  /** Has everything below look again though nothing here changed. */
  remind(): void {
    for (const slot of this.slots) slot.remind();
  }

  get now(): AnySignal | undefined {
    return this.slots[0]?.own;
  }

  values(): Record<string, unknown> {
    return Object.fromEntries(this.#ports.map(({ name }, i) => [name, this.slots[i]?.good?.value]));
  }
}

function signalOf(slot: Slot, value: unknown, { sheet, number }: LiveRun): Ready {
  return shared(slot.signalOf(value) ?? (new ReadySignal(handedOut(value), sheet, number) as Ready));
}

function sortOne(port: OutPort, value: unknown): Result {
  const failure = refusal(port, value);
  return failure ? { failure } : { values: [value] };
}

function sortMany(ports: readonly OutPort[], returned: unknown): Result {
  if (ports.length === 0) return { values: [] };
  const names = ports.map(({ name }) => `'${name}'`).join(", ");
  if (typeof returned !== "object" || returned === null) {
    const first = ports[0] as OutPort;
    return { failure: badOutput(first.name, `part of an object with the keys ${names}`, returned) };
  }
  const values: unknown[] = [];
  for (const port of ports) {
    const value =
      Object.hasOwn(returned, port.name) || !(port.name in Object.prototype)
        ? (returned as Record<string, unknown>)[port.name]
        : undefined;
    const failure = refusal(port, value);
    if (failure) return { failure };
    values.push(value);
  }
  return { values };
}

function refusal(port: OutPort, value: unknown): Failure | undefined {
  const expected = value === undefined ? "a value" : port.refuses(value);
  return expected === undefined ? undefined : badOutput(port.name, expected, value);
}
