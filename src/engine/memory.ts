/**
 * What a sheet remembers: runs, with the signals that they worked from and gave. The one memory is answer (R1: a run whose
 * inputs are known is not made again), history and provenance (R7). It is bounded by runs and bytes; the least recently used
 * go first, and never one that is shown.
 */

import { bucketWith } from "./bucket.ts";
import { equal } from "./equal.ts";
import { described, type Failure } from "./failure.ts";
import { GatheredSignal } from "./items.ts";
import { addressIn, type Keeping } from "./kept.ts";
import type { LiveRun, Result } from "./live-run.ts";
import type { Run } from "./run.ts";
import type { Ready } from "./signal.ts";
import type { Slot } from "./slot.ts";
import { weightOf } from "./weight.ts";

/** How much a sheet remembers. */
export interface MemoryBounds {
  /** Runs, of all nodes together. Default 10,000; with 0 nothing is remembered, and a change flows fastest. */
  readonly runs?: number;
  /** Estimated bytes of what they gave. Default 256 MiB. */
  readonly bytes?: number;
}

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
  readonly result: Result | { readonly cancelled: "person" | "superseded" | "close" };
  readonly duration: number;
  /** The signals that it gave, in the order of the node's outputs; none unless it ended well. */
  readonly gave: readonly Ready[] | undefined;
  /** False once it is history alone: the same inputs were tried since, in vain. */
  answers: boolean;
  /** Estimated bytes of what it gave. */
  readonly bytes: number;
  /** What its inputs look like at a glance, as they were: somebody may change a value in place. */
  readonly glance: number;
  /** How many steps show it. */
  shown = 0;
  /** Its neighbours among those that nobody shows. A linked list: taking the first of a Set, again and again, is slow. */
  listed = false;
  /** The next that answers and looks the same at a glance. */
  next: RememberedRun | undefined = undefined;
  older: RememberedRun | undefined = undefined;
  newer: RememberedRun | undefined = undefined;
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

const usual = { runs: 10_000, bytes: 256 * 2 ** 20 };

/** All runs of a sheet. */
export class Memory {
  /** Hears of runs that are to be kept. */
  keeping: Keeping | undefined = undefined;
  readonly #runs: number;
  readonly #bytes: number;
  #held = 0;
  /** Those that nobody shows, the least recently used first. What is shown is not among them: a change costs the same however much that is (W9). */
  #oldest: RememberedRun | undefined = undefined;
  #newest: RememberedRun | undefined = undefined;
  #count = 0;
  readonly #byNumber = new Map<number, RememberedRun>();

  constructor({ runs = usual.runs, bytes = usual.bytes }: MemoryBounds = {}) {
    for (const [name, bound] of Object.entries({ runs, bytes }))
      if (typeof bound !== "number" || !(bound >= 0))
        throw new RangeError(
          `A sheet's memory is bounded by numbers from 0 on, e.g. { runs: 1000, bytes: 2 ** 28 }, and '${name}' is ${described(bound)}.`,
        );
    this.#runs = runs;
    this.#bytes = bytes;
  }

  /** False when nothing is to be remembered. */
  get keeps(): boolean {
    return this.#runs > 0 && this.#bytes > 0;
  }

  /** All of them, in no order. */
  get all(): Iterable<RememberedRun> {
    return this.#byNumber.values();
  }

  /** The run of that number. */
  at(number: number): RememberedRun | undefined {
    return this.#byNumber.get(number);
  }

  add(run: RememberedRun): void {
    if (!this.keeps) return;
    this.#byNumber.set(run.live.number, run);
    run.home.add(run);
    this.keeping?.remembered(run);
    if (run.shown === 0) this.#enter(run);
  }

  /** A step shows this run from now on, and no longer the one before. */
  show(run: RememberedRun | undefined, before: RememberedRun | undefined): void {
    if (run === before) return;
    this.keeping?.showed((run ?? before) as RememberedRun);
    if (run && run.shown++ === 0 && run.listed) this.#unlist(run);
    if (before && --before.shown === 0 && this.#byNumber.get(before.live.number) === before) this.#enter(before);
  }

  /** Forgets half of those that nobody shows, the least recently used. */
  forgetOld(): void {
    for (let left = Math.ceil(this.#count / 2); left > 0 && this.#oldest; left--) this.#forget(this.#oldest);
  }

  #enter(run: RememberedRun): void {
    run.listed = true;
    run.older = this.#newest;
    if (this.#newest) this.#newest.newer = run;
    else this.#oldest = run;
    this.#newest = run;
    this.#count++;
    this.#held += run.bytes;
    while (this.#oldest && (this.#count > this.#runs || this.#held > this.#bytes)) this.#forget(this.#oldest);
  }

  #forget(run: RememberedRun): void {
    this.#unlist(run);
    this.#byNumber.delete(run.live.number);
    run.home.forget(run);
  }

  #unlist(run: RememberedRun): void {
    if (run.older) run.older.newer = run.newer;
    else this.#oldest = run.newer;
    if (run.newer) run.newer.older = run.older;
    else this.#newest = run.older;
    run.listed = false;
    run.older = undefined;
    run.newer = undefined;
    this.#count--;
    this.#held -= run.bytes;
  }
}

/** The runs of one node, all its items' together. */
export class NodeMemory {
  readonly #path: readonly string[];
  readonly #node: { readonly name: string };
  // Made for the first run: most nodes of a large graph never have one that is remembered.
  /** In the order in which they ended. */
  #runs: Set<RememberedRun> | undefined = undefined;
  /** Those that answer, by what their inputs look like at a glance; the latest first. */
  #answers: Map<number, RememberedRun> | undefined = undefined;

  constructor(path: readonly string[], node: { readonly name: string }) {
    this.#path = path;
    this.#node = node;
  }

  /** Where its node lives, graph by graph: the same in every life of the sheet. */
  get address(): string {
    return addressIn(this.#path, this.#node);
  }

  /** Oldest first, by when they began: of two items, the later may end before. */
  get inOrder(): readonly RememberedRun[] {
    return [...(this.#runs ?? [])].sort((a, b) => a.live.number - b.live.number);
  }

  /** The latest run that ended in that very failure. */
  failed(failure: Failure): RememberedRun | undefined {
    return [...(this.#runs ?? [])].findLast(({ result }) => "failure" in result && result.failure === failure);
  }

  /** The latest run that was made from equal inputs and ended well. */
  answer(signals: readonly Ready[]): RememberedRun | undefined {
    if (this.#answers === undefined || this.#answers.size === 0) return undefined;
    let run = this.#answers.get(glanceAt(signals));
    while (run !== undefined && !alike(run.signals, signals)) run = run.next;
    return run;
  }

  add(run: RememberedRun): void {
    this.#runs ??= new Set();
    this.#runs.add(run);
    if (run.answers) this.#list(run);
  }

  /** What was made from these is an answer no more. */
  disown(signals: readonly Ready[]): void {
    for (let run = this.answer(signals); run !== undefined; run = this.answer(signals)) this.#unlist(run);
  }

  /** Makes a run the answer to its inputs, before all others. */
  prefer(run: RememberedRun): void {
    if (!run.answers || !this.#runs?.has(run)) return;
    this.#unlist(run);
    run.answers = true;
    this.#list(run);
  }

  forget(run: RememberedRun): void {
    this.#runs?.delete(run);
    if (run.answers) this.#unlist(run);
  }

  #list(run: RememberedRun): void {
    this.#answers ??= new Map();
    run.next = this.#answers.get(run.glance);
    this.#answers.set(run.glance, run);
  }

  #unlist(run: RememberedRun): void {
    run.answers = false;
    const answers = this.#answers;
    const first = answers?.get(run.glance);
    for (let one = first; one !== undefined; one = one.next) if (one.next === run) one.next = run.next;
    if (first === run && run.next) answers?.set(run.glance, run.next);
    else if (first === run) answers?.delete(run.glance);
    run.next = undefined;
  }
}

/** The bytes of what a run keeps of where its inputs came from: of a gathered list, every item and the run that made it. */
function sourcesOf({ from, signals }: LiveRun): number {
  let places = 0;
  for (const runs of from) places += runs.length;
  for (const signal of signals) if (signal instanceof GatheredSignal) places += 2 * signal.parts.length;
  return 8 * places;
}

/** What the values of some signals look like at a glance: equal ones alike. */
export function glanceAt(signals: readonly Ready[]): number {
  let bucket = signals.length;
  for (let i = 0; i < signals.length; i++) bucket = bucketWith(bucket, signals[i]?.value);
  return bucket;
}

/** True when signals hold equal values. */
export function alike(some: readonly Ready[] | undefined, others: readonly Ready[]): boolean {
  if (some === undefined || some.length !== others.length) return false;
  for (let i = 0; i < some.length; i++) {
    const one = some[i] as Ready;
    const other = others[i] as Ready;
    if (one !== other && !equal(one.value, other.value)) return false;
  }
  return true;
}
