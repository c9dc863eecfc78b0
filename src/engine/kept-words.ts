/** Runs, steps and causes of a living sheet in the words in which they are kept. */
import { printOf } from "./definition.ts";
import type { Fact, KeptCause, KeptRun, KeptStep } from "./kept.ts";
import type { NotedRun } from "./noted-run.ts";
import type { RememberedRun } from "./remembered-run.ts";
import type { Scatter } from "./scatter.ts";
import type { Cause, Ready } from "./signal.ts";
import type { SignalNumbers } from "./signal-numbers.ts";
import type { Slot } from "./slot.ts";
import type { Standing } from "./standing.ts";

export function keptRun(run: RememberedRun, numbers: SignalNumbers): KeptRun {
  const { result, gave } = run;
  const outputs = Object.keys(run.node.outputs);
  return {
    ...keptLive(run, run.home.address, numbers),
    duration: run.duration,
    outcome: "values" in result ? "ready" : "failure" in result ? "failed" : "cancelled",
    answers: run.answers,
    ...(!run.answers && run.item.length > 0 && { item: run.item }),
    ...(gave && {
      gave: byName(
        outputs,
        gave.map((signal) => numbers.of(signal)),
      ),
    }),
    ...("failure" in result && { failure: result.failure }),
    ...(run.called && { called: run.called }),
    ...(run.fellBack && { fellBack: true }),
    ...(run.revision !== undefined && { revision: run.revision }),
  };
}

/** A run as it is while it is under way. */
export function keptLive(live: NotedRun, address: string, numbers: SignalNumbers): KeptRun {
  const { names, constants } = live;
  return {
    number: live.number,
    address,
    print: printOf(live.node),
    inputs: byName(
      names,
      live.signals.map((signal) => numbers.of(signal)),
    ),
    ...(Object.keys(constants).length > 0 && { constants: numbers.ofConstants(constants) }),
    from: byName(
      names,
      names.map((_, i) => live.fromAt(i)),
    ),
    startedAt: live.startedAt,
    duration: 0,
    log: [...live.lines],
    outcome: "running",
    answers: false,
  };
}

export function keptStep(step: Standing, numbers: SignalNumbers): KeptStep {
  const { run, made, tried, rested } = step.left;
  return {
    made,
    ...(run && { run: run.number }),
    ...(tried && { tried: tried.number }),
    ...(rested && {
      rested: byName(
        step.wiring.assembly.keys,
        rested.map((one) => numbers.of(one)),
      ),
    }),
  };
}

/** `scatter`: what takes its lists apart. */
export function keptSlot(
  slot: Slot,
  scatter: Scatter | undefined,
  numbers: SignalNumbers,
): Extract<Fact, { kind: "slot" }> {
  const { own, now } = slot;
  const good = lastGoodOf(slot);
  const taken = scatter?.taken;
  const apart = scatter === undefined || taken === now || taken === good ? undefined : taken ? numbers.of(taken) : 0;
  return {
    kind: "slot",
    ...(good && { good: numbers.of(good) }),
    ...(own.kind === "stale" && { because: keptCause(own.because) }),
    ...(slot.pinned && now.kind === "ready" && { pin: numbers.of(now) }),
    ...(apart !== undefined && { apart }),
  };
}

/** What was pinned over a slot is no value of its owner's, and where it does not show it no later signal does. */
export function lastGoodOf({ own, good }: Slot): Ready | undefined {
  return own.kind !== "ready" && own.kind !== "empty" && !("last" in own) ? undefined : good;
}

/** The signals that a slot holds. */
export function heldBy({ good, now }: Slot): readonly Ready[] {
  return [...(good ? [good] : []), ...(now.kind === "ready" ? [now] : [])];
}

export function keptCause({ change, port }: Cause): KeptCause {
  return port ? { change, port: [port.node.name, port.side, port.name] } : { change };
}

/** Whatever the names are, "__proto__" too. */
function byName<T>(names: readonly string[], values: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(values.map((value, i) => [names[i] ?? "", value]));
}
