/** What is known of a card's runs from the events of its sheet: how many, how long, what they said. */
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
  running: { readonly id: RunId; readonly startedAt: number } | undefined = undefined;
  progress: Progress | undefined = undefined;
  duration: number | undefined = undefined;
  log: readonly string[] = [];
  failure: Failure | undefined = undefined;
  note: string | undefined = undefined;
  /** True when what is shown came from memory. */
  recalled = false;
  /** The run that was shown at the last look; `null` before the first. */
  #shown: RunId | undefined | null = null;
  /** The run that ended since. */
  #ended: RunId | undefined = undefined;

  started(run: Run): void {
    this.count++;
    this.running = { id: run.id, startedAt: Math.round(run.startedAt.getTime()) };
    this.progress = undefined;
    this.failure = undefined;
    this.note = undefined;
    this.log = [];
  }

  progressed(progress: Progress): void {
    this.progress = progress;
  }

  said(line: string): void {
    this.log = [...this.log.slice(1 - logLines), line.slice(0, logWidth)];
  }

  /** `atOnce`: it began and ended in one breath, so the function was synchronous. */
  ended(run: Run, atOnce: boolean): void {
    if (this.running && this.running.id !== run.id) return;
    this.running = undefined;
    if (run.outcome === "running" || run.outcome === "cancelled") return;
    this.#ended = run.id;
    this.duration = Math.round(run.duration * 10) / 10;
    this.log = run.log.slice(-logLines).map((line) => line.slice(0, logWidth));
    if (run.outcome !== "ready") this.failure = run.failure;
    else if (atOnce && run.duration > noticed) this.note = blockedWords(run.duration);
  }

  /** Looks at which run is shown: one that did not end just now was remembered. */
  show(run: RunId | undefined): void {
    if (this.#ended !== undefined) this.recalled = run !== undefined && run !== this.#ended;
    else if (run !== this.#shown && this.#shown !== null) this.recalled = run !== undefined;
    this.#shown = run;
    this.#ended = undefined;
  }
}
