/** What a function gets besides its inputs, for one attempt: once that has said its last word, or was told to stop, nobody hears what else it tells (R2). */
import { type Backstage, backstage, type RunContext } from "./run.ts";

/** The attempt that it speaks for. */
export interface Speaker {
  /** True when nobody hears it any more. */
  readonly deaf: boolean;
  readonly signal: AbortSignal;
  readonly behind: Backstage;
  progress(fraction: number, message?: string): void;
  log(line: string): void;
}

export class Context implements RunContext {
  /** A field of its own, so that a context may be spread; see below. */
  declare readonly signal: AbortSignal;
  readonly attempt: number;
  readonly item: readonly number[];
  // Loose functions, so that `{ progress, log }` may be taken apart.
  readonly progress: (fraction: number, message?: string) => void;
  readonly log: (line: string) => void;
  readonly #speaker: Speaker;

  constructor(speaker: Speaker, attempt: number, item: readonly number[]) {
    this.#speaker = speaker;
    this.attempt = attempt;
    this.item = item;
    this.progress = (fraction, message) => {
      if (!speaker.deaf) speaker.progress(fraction, message);
    };
    this.log = (line) => {
      if (!speaker.deaf) speaker.log(line);
    };
    Object.defineProperty(this, "signal", Context.#signal);
  }

  /** One for all contexts: an object with a getter of its own has a shape of its own, and takes ten times as long to make. */
  static readonly #signal: PropertyDescriptor & ThisType<Context> = {
    get() {
      return this.#speaker.signal;
    },
    enumerable: true,
  };

  get [backstage](): Backstage {
    const { behind } = this.#speaker;
    const heard = (tell: () => void) => {
      if (!this.#speaker.deaf) tell();
    };
    return {
      sheet: behind.sheet,
      show: (progress) => heard(() => behind.show(progress)),
      answeredBy: (revision) => heard(() => behind.answeredBy(revision)),
    };
  }
}
