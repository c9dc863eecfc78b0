/**
 * What a sheet remembers: runs, with the signals that they worked from and gave. The one memory is answer (R1: a run whose
 * inputs are known is not made again), history and provenance (R7). It is bounded by runs and bytes; the least recently used
 * go first, and never one that is shown.
 */
import { equal } from "./equal.ts";
import { bucketOf, weightOf } from "./fingerprint.ts";
import type { LiveRun, Result } from "./live-run.ts";
import type { Run } from "./run.ts";
import type { Ready } from "./signal.ts";
import type { Slot } from "./slot.ts";

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
  /** The run that it shows. */
  readonly last: RememberedRun | undefined;
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
  readonly bytes: number;
  #record: Run | undefined = undefined;

  constructor(
    maker: Maker,
    live: LiveRun,
    result: RememberedRun["result"],
    duration: number,
    gave: readonly Ready[] | undefined,
    answers: boolean,
  ) {
    this.maker = maker;
    this.live = live;
    this.result = result;
    this.duration = duration;
    this.gave = gave;
    this.answers = answers && gave !== undefined;
    this.bytes = 400 + (gave?.reduce((sum, { value }) => sum + weightOf(value), 0) ?? 0);
  }

  get signals(): readonly Ready[] {
    return this.live.signals;
  }

  /** The run as people see it. */
  get record(): Run {
    this.#record ??= this.live.record(this.result, this.duration);
    return this.#record;
  }
}

/** How many runs that are shown are passed over, at each new run, in search of one that may go. */
const mostShown = 8;

const usual = { runs: 10_000, bytes: 256 * 2 ** 20 };

/** All runs of a sheet. */
export class Memory {
  readonly #runs: number;
  readonly #bytes: number;
  #held = 0;
  /** Least recently used first. */
  readonly #byUse = new Map<RememberedRun, NodeMemory>();
  readonly #byNumber = new Map<number, RememberedRun>();

  constructor({ runs = usual.runs, bytes = usual.bytes }: MemoryBounds = {}) {
    if (!(runs >= 0) || !(bytes >= 0))
      throw new RangeError(`A sheet's memory is bounded by numbers of at least 0: { runs: 1000, bytes: 2 ** 28 }.`);
    this.#runs = runs;
    this.#bytes = bytes;
  }

  /** False when nothing is to be remembered. */
  get keeps(): boolean {
    return this.#runs > 0 && this.#bytes > 0;
  }

  /** The run of that number. */
  at(number: number): RememberedRun | undefined {
    return this.#byNumber.get(number);
  }

  add(run: RememberedRun, node: NodeMemory): void {
    if (!this.keeps) return;
    this.#byUse.set(run, node);
    this.#byNumber.set(run.live.number, run);
    this.#held += run.bytes;
    node.add(run);
    this.#forgetSome();
  }

  /** It is the last to be forgotten now. */
  use(run: RememberedRun): void {
    const node = this.#byUse.get(run);
    if (node === undefined) return;
    this.#byUse.delete(run);
    this.#byUse.set(run, node);
  }

  #forgetSome(): void {
    // Where more is shown than may be kept, nothing can go: it is not searched through at every run.
    let shown = 0;
    while ((this.#byUse.size > this.#runs || this.#held > this.#bytes) && shown < mostShown) {
      const [run, node] = this.#byUse.entries().next().value as [RememberedRun, NodeMemory];
      if (run.maker.last === run) {
        this.use(run);
        shown++;
        continue;
      }
      this.#byUse.delete(run);
      this.#byNumber.delete(run.live.number);
      this.#held -= run.bytes;
      node.forget(run);
    }
  }
}

/** The runs of one node, all its items' together. */
export class NodeMemory {
  /** Oldest first. */
  readonly runs = new Set<RememberedRun>();
  /** Those that answer, by what their inputs look like at a glance; the latest first. */
  readonly #answers = new Map<string | number, RememberedRun[]>();

  /** The latest run that was made from equal inputs and ended well. */
  answer(signals: readonly Ready[]): RememberedRun | undefined {
    return this.#answers.get(glance(signals))?.find((run) => alike(run.signals, signals));
  }

  add(run: RememberedRun): void {
    this.runs.add(run);
    if (!run.answers) return;
    const bucket = this.#answers.get(glance(run.signals));
    if (bucket) bucket.unshift(run);
    else this.#answers.set(glance(run.signals), [run]);
  }

  /** What was made from these is an answer no more. */
  disown(signals: readonly Ready[]): void {
    for (let run = this.answer(signals); run !== undefined; run = this.answer(signals)) this.#unlist(run);
  }

  /** Makes a run the answer to its inputs, before all others. */
  prefer(run: RememberedRun): void {
    if (!run.answers) return;
    this.#unlist(run);
    run.answers = true;
    this.#answers.set(glance(run.signals), [run, ...(this.#answers.get(glance(run.signals)) ?? [])]);
  }

  forget(run: RememberedRun): void {
    this.runs.delete(run);
    this.#unlist(run);
  }

  #unlist(run: RememberedRun): void {
    run.answers = false;
    const key = glance(run.signals);
    const left = this.#answers.get(key)?.filter((other) => other !== run) ?? [];
    if (left.length > 0) this.#answers.set(key, left);
    else this.#answers.delete(key);
  }
}

function glance(signals: readonly Ready[]): string | number {
  return bucketOf(signals.map(({ value }) => value));
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
