/** What is known of a card's runs from the events of its sheet: how many, how long, what they said. Of a scattered card many go on at once. */
import type { Failure } from "../engine/failure.ts";
import type { Run, RunId } from "../engine/run.ts";
import type { Progress } from "../engine/signal.ts";
import { blockedWords } from "./words.ts";

const logLines = 20;
const logWidth = 500;
/** Milliseconds of a synchronous run that people notice: everything else stood still. */
const noticed = 200;

export class CardRuns {
  count = 0;
  progress: Progress | undefined = undefined;
  duration: number | undefined = undefined;
  log: readonly string[] = [];
  failure: Failure | undefined = undefined;
  note: string | undefined = undefined;
  /** How many were told to stop and are at work all the same. */
  ending = 0;
  /** True when what is shown came from memory. */
  recalled = false;
  /** The runs under way. */
  readonly #live = new Set<RunId>();
  /** When the first of those under way began, and how many have begun since. */
  #began = 0;
  #together = 0;
  /** The run that was shown at the last look; `null` before the first. */
  #shown: RunId | undefined | null = null;
  /** The run that ended since. */
  #ended: RunId | undefined = undefined;

  /** `before`: the run that is shown when nobody has listened yet. */
  constructor(before?: Run) {
    if (before === undefined || before.outcome === "running") return;
    this.#tookAndSaid(before, before.duration);
    if (before.outcome === "failed" || before.outcome === "interrupted") this.failure = before.failure;
  }

  get running(): { readonly startedAt: number } | undefined {
    return this.#live.size > 0 ? { startedAt: Math.round(this.#began) } : undefined;
  }

  started(run: Run): void {
    this.count++;
    if (this.#live.size === 0) {
      this.#began = run.startedAt.getTime();
      this.#together = 0;
      this.log = [];
    }
    this.#live.add(run.id);
    this.#together++;
    this.progress = undefined;
    this.failure = undefined;
    this.note = undefined;
  }

  progressed(progress: Progress): void {
    this.progress = progress;
  }

  said(line: string): void {
    this.log = [...this.log.slice(1 - logLines), line.slice(0, logWidth)];
  }

  /** `atOnce`: it began and ended in one breath, so the function was synchronous. */
  ended(run: Run, atOnce: boolean): void {
    const began = this.#live.delete(run.id);
    if (run.outcome === "running" || run.outcome === "cancelled") return;
    this.#ended = run.id;
    // One that began before anybody listened is taken for itself.
    const alone = !began || this.#together === 1;
    const took = alone ? run.duration : run.startedAt.getTime() + run.duration - this.#began;
    if (alone) this.#tookAndSaid(run, took);
    else this.duration = rounded(took);
    if (run.outcome !== "ready") this.failure = run.failure;
    else if (atOnce && run.duration > noticed) this.note = blockedWords(run.duration);
  }

  /** Looks at which run is shown: one that did not end since the last look was remembered. */
  show(run: RunId | undefined): void {
    if (this.#ended !== undefined) this.recalled = run !== undefined && run !== this.#ended;
    else if (run !== this.#shown && this.#shown !== null) this.recalled = run !== undefined;
    this.#shown = run;
    this.#ended = undefined;
  }

  #tookAndSaid(run: Run, took: number): void {
    this.duration = rounded(took);
    this.log = run.log.slice(-logLines).map((line) => line.slice(0, logWidth));
  }
}

/** Milliseconds, to a tenth. */
export function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
