/**
 * One run, ended, as a sheet remembers it: the signals that it worked from and gave, who made it, and what became of it. What is
 * written down once never changes; its record, as people see it, is put into words only when somebody reads it (R7).
 */
import { glanceAt } from "./alike.ts";
import { equal } from "./equal.ts";
import { GatheredSignal } from "./items.ts";
import type { LiveRun } from "./live-run.ts";
import type { NodeMemory } from "./node-memory.ts";
import type { Run } from "./run.ts";
import type { RunEnd } from "./run-record.ts";
import type { Ready } from "./signal.ts";
import type { Slot } from "./slot.ts";
import { weightOf } from "./weight.ts";

/** Whoever made a run: the step of a node, or of one item of a scattered one. */
export interface Maker {
  readonly ins: readonly Slot[];
  /** None where it stands for items that are here no more, each of which has runs of its own. */
  readonly outs?: readonly Slot[];
  /** Shows an old run. */
  select(run: RememberedRun): void;
}

/** One run, ended. */
export class RememberedRun {
  readonly maker: Maker;
  readonly live: LiveRun;
  readonly result: RunEnd;
  readonly duration: number;
  /** The signals that it gave, in the order of the node's outputs; none unless it ended well. */
  readonly gave: readonly Ready[] | undefined;
  /** False once it is history alone: the same inputs were tried since, in vain. */
  answers: boolean;
  /** Estimated bytes of what it gave. */
  readonly bytes: number;
  /** What its inputs look like at a glance, as they were: somebody may change a value in place. */
  readonly glance: number;
  /** True from when it is added to the memory until it is forgotten. */
  kept = false;
  /** How many steps show it. */
  shown = 0;
  /** Its neighbours among those that nobody shows. A linked list: taking the first of a Set, again and again, is slow. */
  listed = false;
  /** The next of those that answer and may look the same at a glance. */
  next: RememberedRun | undefined = undefined;
  older: RememberedRun | undefined = undefined;
  newer: RememberedRun | undefined = undefined;
  /** Its neighbours among the runs of its node. */
  before: RememberedRun | undefined = undefined;
  after: RememberedRun | undefined = undefined;
  #record: Run | undefined = undefined;

  constructor(
    maker: Maker,
    live: LiveRun,
    result: RememberedRun["result"],
    { duration, gave, answers }: Pick<RememberedRun, "duration" | "gave" | "answers">,
  ) {
    this.maker = maker;
    this.live = live;
    this.result = result;
    this.duration = duration;
    this.gave = gave;
    this.answers = answers && gave !== undefined;
    this.glance = this.answers ? glanceAt(live.signals) : 0;
    this.bytes = 400 + sourcesOf(live) + (gave?.reduce((sum, { value }) => sum + weightOf(value), 0) ?? 0);
  }

  get signals(): readonly Ready[] {
    return this.live.signals;
  }

  /** The memory of its node. */
  get home(): NodeMemory {
    return this.live.home;
  }

  /** The run as people see it. */
  get record(): Run {
    this.#record ??= this.live.record(this.result, this.duration);
    return this.#record;
  }
}

/** What a run gave to a slot; `undefined` where it wrote to others. */
export function gaveTo({ gave, maker }: RememberedRun, slot: Slot): Ready | undefined {
  return gave?.[maker.outs?.indexOf(slot) ?? -1];
}

/** Whether that is an equal value. */
export function gives(run: RememberedRun, slot: Slot, signal: Ready): boolean | undefined {
  const own = gaveTo(run, slot);
  return own && (own === signal || equal(own.value, signal.value));
}

/** The bytes of what a run keeps of where its inputs came from: of a gathered list, every item and the run that made it. */
function sourcesOf({ from, signals }: LiveRun): number {
  let places = 0;
  for (const runs of from) places += runs.length;
  for (const signal of signals) if (signal instanceof GatheredSignal) places += 2 * signal.parts.length;
  return 8 * places;
}
