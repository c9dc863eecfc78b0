/**
 * One attempt of a run: the function called once, in its own time, with an `AbortSignal` of its own. When it has said its last
 * word, or was told to stop, nobody hears it any more (R2); it is over only when nothing of it is at work (R9).
 */
import type { BaseNode } from "./base-node.ts";
import { Context, type Speaker } from "./context.ts";
import { timedOut } from "./failure.ts";
import { follow, type Listener, take, thrown, type Word } from "./follow.ts";
import type { Place } from "./lane.ts";
import type { Backstage, RunContext } from "./run.ts";
import type { Time } from "./time.ts";

/** Who hears of it: its run. */
export interface AttemptListener {
  said(attempt: Attempt, word: Word): void;
  gave(value: unknown): void;
  progress(fraction: number, message?: string): void;
  log(line: string): void;
  readonly behind: Backstage;
  /** It was told to stop, and something of it is at work all the same. */
  lingers(): void;
  /** Nothing of it is at work any more. */
  over(attempt: Attempt): void;
}

export class Attempt implements Listener, Speaker {
  /** 0 for the first. */
  readonly number: number;
  /** Its place in the lane of its node. */
  place: Place | undefined = undefined;
  /** True once its function, or a callable of it, was called. */
  begun = false;
  over = false;
  /** True while it goes on though it was told to stop. */
  lingering = false;
  readonly #listener: AttemptListener;
  readonly #convert: BaseNode["convert"];
  #said = false;
  #stopped = false;
  #atWork = false;
  #controller: AbortController | undefined = undefined;
  #letGo: (() => void) | undefined = undefined;
  #callOff: (() => void) | undefined = undefined;

  constructor(number: number, listener: AttemptListener, convert: BaseNode["convert"]) {
    this.number = number;
    this.#listener = listener;
    this.#convert = convert;
  }

  get deaf(): boolean {
    return this.#said || this.#stopped;
  }

  /** Made when first read: most functions never look at it. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#stopped && !this.#controller.signal.aborted) this.#controller.abort(stopped());
    return this.#controller.signal;
  }

  /** Does a part of its work; what that throws is its last word. */
  work(part: () => void): void {
    this.begun = true;
    this.#atWork = true;
    try {
      part();
    } catch (error) {
      this.said(thrown(error));
      this.ended();
    }
  }

  /** Its function was called already. */
  goOn(returned: unknown): void {
    this.begun = true;
    this.#atWork = true;
    this.follow(returned);
  }

  /** Its callables have answered: nothing of it is at work until its function is called. */
  rest(): void {
    this.#atWork = false;
  }

  /** From now on it may take so many milliseconds. */
  limit(timeout: number | undefined, time: Time): void {
    if (timeout === undefined || timeout === Number.POSITIVE_INFINITY || this.deaf) return;
    this.#callOff = time.after(timeout, () => {
      this.said({ failure: timedOut(timeout) });
      this.stop();
    });
  }

  follow(returned: unknown): void {
    this.#letGo = follow(returned, this.#convert, this);
  }

  /** Takes a value that no function made. */
  take(value: unknown): void {
    take(value, this.#convert, this);
  }

  /** Tells it to stop, at once; from then on it is deaf. */
  stop(): void {
    this.#callOff?.();
    if (this.#stopped || this.over) return;
    this.#stopped = true;
    this.#controller?.abort(stopped());
    try {
      this.#letGo?.();
    } catch {
      // What will not be stopped is not listened to either; whoever stops it must not stumble over that.
    }
    if (!this.#atWork) this.ended();
    if (this.over) return;
    this.lingering = true;
    this.#listener.lingers();
  }

  gave(value: unknown): void {
    if (!this.deaf) this.#listener.gave(value);
  }

  said(word: Word): void {
    if (this.deaf) return;
    this.#said = true;
    this.#callOff?.();
    this.#listener.said(this, word);
  }

  ended(): void {
    if (this.over) return;
    this.over = true;
    this.#listener.over(this);
  }

  // ── what its function tells

  context(item: readonly number[]): RunContext {
    return new Context(this, this.number, item);
  }

  progress(fraction: number, message?: string): void {
    this.#listener.progress(fraction, message);
  }

  log(line: string): void {
    this.#listener.log(line);
  }

  get behind(): Backstage {
    return this.#listener.behind;
  }
}

/** The reason of every abort, made once: to make one writes down a stack, and that takes longer than all else when a thousand runs are stopped. */
function stopped(): DOMException {
  reason ??= new DOMException("The run was stopped.", "AbortError");
  return reason;
}
let reason: DOMException | undefined;
