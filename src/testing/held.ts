/** A function in the test's hand: its start is awaited and its end decided by the test, so that no test sleeps. */
import type { RunContext } from "../engine/run.ts";

/** One run in the test's hand. */
export interface HeldRun<In, T> {
  readonly inputs: In;
  readonly context: RunContext;
  /** Gives a partial value. */
  emit(partial: T): void;
  finish(value: T): void;
  /** Ends with nothing more to say: the last value that it gave is its value, and without one it fails. */
  end(): void;
  fail(error: unknown): void;
}

/** A function whose every start is awaited and whose end the test decides: give `fn` to an `FnNode`. */
export interface Held<In, T> {
  readonly fn: (inputs: In, context: RunContext) => AsyncIterable<T>;
  /** The next run that starts (or has started and was not asked for yet). */
  started(): Promise<HeldRun<In, T>>;
  /** Runs that have started and not ended. One that was told to stop goes on until the test ends it. */
  readonly running: readonly HeldRun<In, T>[];
  /** How many have started. */
  readonly count: number;
}

/**
 * Makes a held function taking `In` and giving `T`.
 *
 * @example
 * const slow = held<{ text: string }, string>();
 * const node = new FnNode(slow.fn, { inputs: { text: ui.textbox({ value: "a" }) }, outputs: { loud: ui.textbox() } });
 * const sheet = new Graph({ name: "Loud", nodes: [node] }).sheet();
 * const first = await slow.started();
 * sheet.set(node.inputs.text, "b"); // supersedes it
 * first.finish("A"); // too late: nobody listens
 * (await slow.started()).finish("B");
 */
export function held<In, T>(): Held<In, T> {
  const unasked: HeldRun<In, T>[] = [];
  const waiting: ((run: HeldRun<In, T>) => void)[] = [];
  const running = new Set<HeldRun<In, T>>();
  let count = 0;
  return {
    fn: (inputs, context) => {
      const words = new Words<T>();
      const end = (...said: Word<T>[]) => {
        if (running.delete(run)) for (const word of said) words.say(word);
      };
      const run: HeldRun<In, T> = {
        inputs,
        context,
        emit: (value) => {
          if (running.has(run)) words.say({ value });
        },
        finish: (value) => end({ value }, { done: true }),
        end: () => end({ done: true }),
        fail: (error) => end({ error }),
      };
      count++;
      running.add(run);
      const asker = waiting.shift();
      if (asker) asker(run);
      else unasked.push(run);
      return words;
    },
    started: () => {
      const run = unasked.shift();
      return run ? Promise.resolve(run) : new Promise((resolve) => waiting.push(resolve));
    },
    get running() {
      return [...running];
    },
    get count() {
      return count;
    },
  };
}

type Word<T> = { readonly value: T } | { readonly error: unknown } | { readonly done: true };

/** What a held run says, kept until it is heard. */
class Words<T> implements AsyncIterable<T>, AsyncIterator<T> {
  readonly #said: Word<T>[] = [];
  #heard: ((word: Word<T>) => void) | undefined;

  say(word: Word<T>): void {
    if (this.#heard) this.#heard(word);
    else this.#said.push(word);
    this.#heard = undefined;
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return this;
  }

  async next(): Promise<IteratorResult<T>> {
    const word =
      this.#said.shift() ??
      (await new Promise<Word<T>>((resolve) => {
        this.#heard = resolve;
      }));
    if ("error" in word) throw word.error;
    return "done" in word ? { done: true, value: undefined } : { done: false, value: word.value };
  }
}
