/**
 * The threads that run functions: one pool for all nodes and sheets of the process, made on first use. Idle threads end after
 * a while and never keep the process alive. A place is free again when the thread of the last errand there has really ended
 * its work or its life (R9): handed to piscina sooner, the next errand could wait for a thread that is not coming.
 */
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { Piscina } from "piscina";
import type { Order } from "./worker-talk.ts";

/** How many threads, and what each may use. */
export interface ThreadsOptions {
  readonly count: number;
  /** Megabytes of JavaScript values a thread may hold. Default: Node's own limit. */
  readonly memory?: number | undefined;
  /** Milliseconds after which an idle thread ends. */
  readonly idle: number;
  /** Milliseconds that a function which was told to stop has for it, before its thread is ended. */
  readonly patience: number;
}

export class Threads {
  readonly count: number;
  readonly patience: number;
  readonly #options: ThreadsOptions;
  readonly #line = new Set<() => void>();
  readonly #waiting = new Set<(error: unknown) => void>();
  #taken = 0;
  #pool: Piscina | undefined = undefined;
  #translator: Worker | undefined = undefined;
  #lastError: unknown = undefined;

  constructor(options: ThreadsOptions) {
    this.#options = options;
    this.count = options.count;
    this.patience = options.patience;
  }

  /** Threads that live now, working or idle. */
  get living(): number {
    return this.#pool?.threads.length ?? 0;
  }

  /** Waits for a place; call what it gives to leave it. @throws the signal's reason when the run is stopped first */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#taken < this.count) this.#taken++;
    else {
      await new Promise<void>((resolve, reject) => {
        const turn = () => {
          signal.removeEventListener("abort", quit);
          resolve();
        };
        const quit = () => {
          this.#line.delete(turn);
          reject(signal.reason);
        };
        this.#line.add(turn);
        signal.addEventListener("abort", quit, { once: true });
      });
    }
    return () => this.#leave();
  }

  /** Sends an errand to a thread; aborting the signal ends that thread. @throws what ended the thread */
  async run(order: Order, signal: AbortSignal): Promise<void> {
    this.#pool ??= this.#opened();
    let fail = (_: unknown): void => undefined;
    const stranded = new Promise<never>((_, reject) => {
      fail = reject;
    });
    this.#waiting.add(fail);
    try {
      const work = this.#pool.run(order, { ...entry, signal, transferList: [order.port] });
      await Promise.race([stranded, work]);
    } finally {
      this.#waiting.delete(fail);
    }
  }

  /** A port to what translates TypeScript. */
  translator(): MessagePort {
    this.#translator ??= this.#openedTranslator();
    const { port1, port2 } = new MessageChannel();
    this.#translator.postMessage(port1, [port1]);
    return port2;
  }

  /** Ends all threads, at work or not. */
  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.destroy();
    await this.#endTranslator();
  }

  #leave(): void {
    const [next] = this.#line;
    if (next === undefined) {
      this.#taken--;
      return;
    }
    this.#line.delete(next);
    next();
  }

  #opened(): Piscina {
    const { count, memory, idle } = this.#options;
    const pool = new Piscina({
      minThreads: 0,
      maxThreads: count,
      idleTimeout: idle,
      // Else a thread would stand still between errands, with whatever a function left unfinished there.
      atomics: "disabled",
      recordTiming: false,
      ...surroundings,
      ...(memory !== undefined && { resourceLimits: { maxOldGenerationSizeMb: memory } }),
    });
    pool.on("error", (error) => {
      this.#lastError = error;
    });
    pool.on("workerDestroy", () => setImmediate(() => this.living === 0 && this.#deserted()));
    return pool;
  }

  /** No thread is left: who waits for one that never began waits in vain. Another may be made soon, and need TypeScript too. */
  #deserted(): void {
    for (const fail of this.#waiting) fail(this.#lastError ?? new Error("The thread ended before it had begun."));
    this.#lastError = undefined;
    setTimeout(() => this.living === 0 && this.#endTranslator(), this.#options.idle).unref();
  }

  async #endTranslator(): Promise<void> {
    const translator = this.#translator;
    this.#translator = undefined;
    await translator?.terminate();
  }

  #openedTranslator(): Worker {
    const translator = new Worker(beside("worker-modules"), { execArgv: [], ...surroundings });
    translator.unref();
    translator.on("error", () => {
      if (this.#translator === translator) this.#translator = undefined;
    });
    return translator;
  }
}

/** Run from source, threads need a loader of TypeScript; compiled, they need nothing. */
const fromSource = extname(import.meta.url) === ".ts";
const surroundings = fromSource ? { execArgv: ["--conditions=millrace-source", "--import", sourceLoader()] } : {};
const entry = { filename: beside("worker-thread").href, name: "perform" };

function beside(name: string): URL {
  return new URL(`./${name}${extname(import.meta.url)}`, import.meta.url);
}

function sourceLoader(): string {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx/package.json"));
  const api = new URL("dist/esm/api/index.mjs", tsx).href;
  return `data:text/javascript,import { register } from ${JSON.stringify(api)}; register();`;
}

let shared: Threads | undefined;

/** The one pool of the process. `MILLRACE_THREADS` and `MILLRACE_THREAD_MEMORY` (megabytes) say otherwise than usual. */
export function sharedThreads(): Threads {
  shared ??= new Threads({
    count: wholeNumber("MILLRACE_THREADS") ?? Math.max(1, availableParallelism() - 1),
    memory: wholeNumber("MILLRACE_THREAD_MEMORY"),
    idle: 10_000,
    patience: 50,
  });
  return shared;
}

function wholeNumber(name: string): number | undefined {
  const text = process.env[name];
  if (text === undefined || text === "") return undefined;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new RangeError(`${name} must be a whole number from 1, and is '${text}'.`);
}
