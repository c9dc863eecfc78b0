/**
 * What a sheet remembers. The one memory of runs is answer (R1: a run whose inputs are known is not made again), history and
 * provenance (R7). It is bounded by runs and bytes; the least recently used go first, and never one that is shown.
 */
import { described } from "./failure.ts";
import { GivenBytes } from "./given-bytes.ts";
import type { Keeping } from "./kept.ts";
import type { RememberedRun } from "./remembered-run.ts";
import { RunsByNumber } from "./run-tables.ts";

/** How much a sheet remembers. */
export interface MemoryBounds {
  /** Runs, of all nodes together. Default 10,000; with 0 nothing is remembered, and a change flows fastest. */
  readonly runs?: number;
  /** Estimated bytes of what they gave, were given and logged. Default 256 MiB. */
  readonly bytes?: number;
}

const usual = { runs: 10_000, bytes: 256 * 2 ** 20 };

/** All runs of a sheet. */
export class Memory {
  /** Hears of runs that are to be kept. */
  keeping: Keeping | undefined = undefined;
  readonly #runs: number;
  readonly #bytes: number;
  #held = 0;
  readonly #given = new GivenBytes();
  /** Those that nobody shows, the least recently used first. What is shown is not among them: a change costs the same however much that is (W9). */
  #oldest: RememberedRun | undefined = undefined;
  #newest: RememberedRun | undefined = undefined;
  #count = 0;
  readonly #byNumber = new RunsByNumber();

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
    return this.#byNumber;
  }

  /** The run of that number. */
  at(number: number): RememberedRun | undefined {
    return this.#byNumber.at(number);
  }

  add(run: RememberedRun): void {
    if (!this.keeps || run.kept) return;
    this.#byNumber.add(run.number, run);
    run.kept = true;
    run.home.add(run);
    this.keeping?.remembered(run);
    if (run.shown > 0) return this.#given.count(run, 0, 1);
    this.#list(run);
    this.#keepBounds();
  }

  /** A step shows this run from now on, and no longer the one before. */
  show(run: RememberedRun | undefined, before: RememberedRun | undefined): void {
    if (run === before) return;
    if (run && run.shown++ === 0 && run.kept) {
      this.#given.count(run, 0, 1);
      this.#unlist(run);
    }
    if (before && --before.shown === 0 && before.kept) {
      this.#list(before);
      this.#given.count(before, 0, -1);
      this.#keepBounds();
    }
  }

  /** Forgets half of those that nobody shows, the least recently used. */
  forgetOld(): void {
    for (let left = Math.ceil(this.#count / 2); left > 0 && this.#oldest; left--) this.#forget(this.#oldest);
  }

  #keepBounds(): void {
    while (this.#oldest && (this.#count > this.#runs || this.#held + this.#given.sum > this.#bytes))
      this.#forget(this.#oldest);
  }

  #list(run: RememberedRun): void {
    run.older = this.#newest;
    if (this.#newest) this.#newest.newer = run;
    else this.#oldest = run;
    this.#newest = run;
    this.#count++;
    this.#held += run.bytes;
    this.#given.count(run, 1, 0);
  }

  #forget(run: RememberedRun): void {
    this.#unlist(run);
    this.#byNumber.delete(run.number);
    run.kept = false;
    run.home.forget(run);
  }

  #unlist(run: RememberedRun): void {
    if (run.older) run.older.newer = run.newer;
    else this.#oldest = run.newer;
    if (run.newer) run.newer.older = run.older;
    else this.#newest = run.older;
    run.older = undefined;
    run.newer = undefined;
    this.#count--;
    this.#held -= run.bytes;
    this.#given.count(run, -1, 0);
  }
}
