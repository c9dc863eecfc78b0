/** A run of an earlier life of a sheet, made again from what was kept of it, for the step that makes such runs now (R7). */
import type { Asked } from "./asked.ts";
import { printOf } from "./definition.ts";
import type { Keeper } from "./keeper.ts";
import type { KeptRun } from "./kept.ts";
import { NotedRun } from "./noted-run.ts";
import type { PastSignals } from "./past-signals.ts";
import { type Maker, RememberedRun } from "./remembered-run.ts";
import type { Ready } from "./signal.ts";
import { Slot } from "./slot.ts";
import { Whole } from "./whole.ts";
import type { Wiring } from "./wiring.ts";
import { selectAmong, Working } from "./working.ts";

/** Who takes the runs of one address. */
export interface Receiver {
  readonly wiring: Wiring;
  readonly maker: Maker;
  /** The names of its node's outputs, and the digest of what its node is now. */
  readonly outputs: readonly string[];
  readonly print: string;
}

/** Who makes the runs of a step's node; for those of items, whoever stands for items that are here no more. */
export function receiverOf(step: Asked): Receiver | undefined {
  if (step instanceof Working) return receiving(step.wiring, step);
  const past = step instanceof Whole ? step.past?.() : undefined;
  if (past === undefined) return undefined;
  const { wiring, ins } = past;
  const select = (run: RememberedRun) => selectAmong((step as Whole).inside, run);
  return receiving(wiring, { ins, select });
}

/** Who stands for the items of a graph that are here no more: the slots of another item's `step`, but for what is that item's own. */
export function ofItemsGone(step: Working, steps: readonly Working[]): Maker {
  const { graph, wave } = step.wiring;
  const ports = [...graph.slots];
  const given = new Set(ports.filter(([port]) => graph.fedFromOutside(port)).map(([, slot]) => slot));
  const ins = step.ins.map((slot) => (given.has(slot) ? slot : new Slot(wave, slot.owner)));
  return { ins, select: (run) => selectAmong(steps, run) };
}

export function receiving(wiring: Wiring, maker: Maker): Receiver {
  return { wiring, maker, outputs: wiring.node.outPorts.map(({ name }) => name), print: printOf(wiring.node) };
}

/** `undefined` when something of it is lost, or its node has other ports now. */
export function runFrom(
  kept: KeptRun,
  { wiring, maker, outputs, print }: Receiver,
  past: PastSignals,
  keeper: Keeper,
): RememberedRun | undefined {
  const { keys } = wiring.assembly;
  const signals = past.all(keys, kept.inputs);
  const gave = kept.gave && past.all(outputs, kept.gave);
  const result = resultOf(kept, gave);
  if (signals === undefined || result === undefined) return undefined;
  const noted = new NotedRun(wiring, kept.number, signals, kept.startedAt);
  noted.from = keys.map((name) => (Object.hasOwn(kept.from, name) ? (kept.from[name] ?? []) : []));
  noted.lines = kept.log;
  noted.revision = kept.revision;
  noted.called = kept.called;
  noted.fellBack = kept.fellBack === true;
  const constants = kept.constants === undefined ? undefined : past.at(kept.constants);
  if (constants) keeper.knowConstants(constants);
  const same = kept.print === print;
  if (!same)
    noted.former = {
      definition: kept.print,
      constants: (constants?.value ?? wiring.constants) as Readonly<Record<string, unknown>>,
    };
  return new RememberedRun(maker, noted, result, { duration: kept.duration, gave, answers: kept.answers && same });
}

function resultOf(kept: KeptRun, gave: readonly Ready[] | undefined): RememberedRun["result"] | undefined {
  if (kept.outcome === "cancelled") return { cancelled: "person" };
  if (kept.outcome === "failed") return kept.failure && { failure: kept.failure };
  return gave && { values: gave.map(({ value }) => value) };
}
