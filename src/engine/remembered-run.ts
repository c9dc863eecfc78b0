/**
 * One run, ended, as a sheet remembers it: the signals that it worked from and gave, who made it, and what became of it. What is
 * written down once never changes; its record, as people see it, is put into words only when somebody reads it (R7).
 */
import { glanceAt } from "./alike.ts";
import { equal } from "./equal.ts";
import { muchGivenIn } from "./given-bytes.ts";
import { GatheredSignal } from "./items.ts";
import { NotedRun } from "./noted-run.ts";
import type { Run } from "./run.ts";
import { type RunEnd, recordOf } from "./run-record.ts";
import type { Ready } from "./signal.ts";
import type { Slot } from "./slot.ts";
import { weightOf } from "./weight.ts";

/** Whoever made a run: the step of a node, or of one item of a scattered one. */
export interface Maker {
  readonly ins: readonly Slot[];
  /** None where it stands for items that are here no more, each of which has runs of its own. */
  readonly outs?: readonly Slot[];
  /** Where its item stands; none where it is of no scattered node. */
  readonly item?: readonly number[];
  /** Shows an old run. */
  select(run: RememberedRun): void;
}

/** One run, ended. */
export class RememberedRun extends NotedRun {
  readonly maker: Maker;
  readonly duration: number;
  /** The signals that it gave, in the order of the node's outputs; none unless it ended well. */
  readonly gave: readonly Ready[] | undefined;
  /** How it ended, where it gave none. */
  readonly #end: RunEnd | undefined;
  /** False once it is history alone: the same inputs were tried since, in vain. */
  answers: boolean;
  /** Estimated bytes of what it gave and told. What it was given it may share with others, and is counted apart. */
  readonly bytes: number;
  /** True when what it was given is to be counted: large values that no run made. */
  readonly givenMuch: boolean;
  /** What its inputs look like at a glance, as they were: somebody may change a value in place. */
  readonly glance: number;
  /** True from when it is added to the memory until it is forgotten. */
  kept = false;
  /** How many steps show it. */
  shown = 0;
  /** The next of those that answer and may look the same at a glance. */
  next: RememberedRun | undefined = undefined;
  /** Its neighbours among those that are remembered and nobody shows. A linked list: taking the first of a Set, again and again, is slow. */
  older: RememberedRun | undefined = undefined;
  newer: RememberedRun | undefined = undefined;
  /** Its neighbours among the runs of its node. */
  before: RememberedRun | undefined = undefined;
  after: RememberedRun | undefined = undefined;
  #record: Run | undefined = undefined;

  constructor(
    maker: Maker,
    noted: NotedRun,
    result: RunEnd,
    { duration, gave, answers }: Pick<RememberedRun, "duration" | "gave" | "answers">,
  ) {
    super(noted.wiring, noted.number, noted.signals, noted.startedAt);
    this.from = noted.from;
    this.lines = noted.lines;
    this.called = noted.called;
    this.revision = noted.revision;
    this.fellBack = noted.fellBack;
    this.former = noted.former;
    this.maker = maker;
    this.duration = duration;
    this.gave = gave;
    this.#end = gave === undefined ? result : undefined;
    this.answers = answers && gave !== undefined;
    this.glance = this.answers ? glanceAt(this.signals) : 0;
    this.givenMuch = muchGivenIn(this.signals);
    this.bytes = 400 + placesOf(this) + toldBy(this, result) + weightOfAll(gave);
  }

  get result(): RunEnd {
    return this.#end ?? { values: (this.gave ?? []).map(({ value }) => value) };
  }

  /** Where its item stands; `[]` when it is of no scattered node. */
  get item(): readonly number[] {
    return this.maker.item ?? [];
  }

  /** The run as people see it. */
  get record(): Run {
    const { result, duration } = this;
    this.#record ??= recordOf(this, { result, duration });
    return this.#record;
  }
}

/** What a run gave to a slot of its step, or to that of an equal item; `undefined` where it wrote to others. */
export function gaveTo({ gave, wiring }: RememberedRun, slot: Slot): Ready | undefined {
  return slot.owner?.node === wiring.node ? gave?.[slot.owner.outs.indexOf(slot)] : undefined;
}

/** Whether that is an equal value. */
export function gives(run: RememberedRun, slot: Slot, signal: Ready): boolean | undefined {
  const own = gaveTo(run, slot);
  return own && (own === signal || equal(own.value, signal.value));
}

/** The bytes of what a run keeps of where its inputs came from: of a gathered list, every item and the run that made it. */
function placesOf({ from, signals }: NotedRun): number {
  let places = 0;
  for (const runs of from ?? []) places += typeof runs === "number" ? 1 : runs.length;
  for (const signal of signals) if (signal instanceof GatheredSignal) places += 2 * signal.parts.length;
  return 8 * places;
}

function weightOfAll(signals: readonly Ready[] | undefined): number {
  let weight = 0;
  for (const { value } of signals ?? []) weight += weightOf(value);
  return weight;
}

/** The bytes of its log, of its failure and of what its callables gave. */
function toldBy({ lines, called }: NotedRun, result: RunEnd): number {
  let bytes = "failure" in result ? weightOf(result.failure) : 0;
  for (const line of lines) bytes += 2 * line.length;
  return called === undefined ? bytes : bytes + weightOf(called);
}
