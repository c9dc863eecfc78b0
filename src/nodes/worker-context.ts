/**
 * The thread's end of an errand: what a function gets beside its inputs, made of messages. Progress is told at most sixty
 * times a second, whatever a loop tells, and a `signal` that is merely looked at knows of a stop too, since a loop that lets
 * no message in would never hear of it.
 */
import type { MessagePort } from "node:worker_threads";
import { longestLog } from "../engine/longest-log.ts";
import type { RunContext } from "../engine/run.ts";
import type { FromThread, Order, ToThread } from "./worker-talk.ts";

/** Milliseconds between two words of progress. */
const pace = 16;

export class ThreadEnd {
  readonly context: RunContext;
  readonly #port: MessagePort;
  readonly #controller = new AbortController();
  #answer: { resolve(word: ToThread): void; reject(why: unknown): void } | undefined = undefined;
  #untold: FromThread | undefined = undefined;
  #toldAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined = undefined;
  #lines = 0;
  #stopped = false;

  constructor({ port, stopped, attempt, item }: Order) {
    this.#port = port;
    this.context = {
      signal: this.#watchful(stopped),
      attempt,
      item,
      progress: (fraction, message) =>
        this.#progress({ kind: "progress", fraction: Number(fraction), message: message && String(message) }),
      log: (line) => {
        // What comes after is not even sent.
        if (this.#lines++ < longestLog) port.postMessage({ kind: "log", line: String(line) } satisfies FromThread);
      },
    };
    port.on("message", (word: ToThread) => {
      if (word.kind === "stop") this.#stop();
      else this.#answer?.resolve(word);
    });
  }

  get signal(): AbortSignal {
    return this.context.signal;
  }

  /** Says something that is answered. @throws the signal's reason when the run is stopped instead */
  ask(word: FromThread): Promise<ToThread> {
    this.tell(word);
    return new Promise((resolve, reject) => {
      this.#answer = { resolve, reject };
      if (this.signal.aborted) reject(this.signal.reason);
    });
  }

  tell(word: FromThread): void {
    this.#flush();
    this.#port.postMessage(word);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#port.close();
  }

  #stop(): void {
    this.#stopped = true;
    this.#controller.abort();
    this.#answer?.reject(this.#controller.signal.reason);
  }

  #progress(word: FromThread): void {
    this.#untold = word;
    const wait = this.#toldAt + pace - performance.now();
    if (wait <= 0) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), wait);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#untold === undefined) return;
    this.#port.postMessage(this.#untold);
    this.#untold = undefined;
    this.#toldAt = performance.now();
  }

  #watchful(stopped: Int32Array): AbortSignal {
    const { signal } = this.#controller;
    const aborted = () => {
      if (!this.#stopped && Atomics.load(stopped, 0) === 1) this.#stop();
      return this.#stopped;
    };
    const throwIfAborted = () => {
      if (aborted()) throw signal.reason;
    };
    return Object.defineProperties(signal, { aborted: { get: aborted }, throwIfAborted: { value: throwIfAborted } });
  }
}
