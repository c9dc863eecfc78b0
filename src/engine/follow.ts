/**
 * Following what a function returned: a value, a promise, an async iterable or an Observable, to its last word and to its real
 * end. The two may differ: what was told to stop is not listened to any more, and is at work until its promise settles, its
 * iterator has returned, or its Observable was torn down.
 */
import { isObservable, type Subscription } from "rxjs";
import { type Failure, failureOf } from "./failure.ts";

/** The last word of a function. */
export type Word = { readonly value: unknown } | { readonly failure: Failure };

/** Who listens. */
export interface Listener {
  /** True when it listens no more. */
  readonly deaf: boolean;
  gave(value: unknown): void;
  said(word: Word): void;
  /** Nothing of it is at work any more. */
  ended(): void;
}

type Convert = ((given: unknown) => unknown) | undefined;

/** Follows what was returned; gives what stops it, when there is such a thing. */
export function follow(returned: unknown, convert: Convert, listener: Listener): (() => void) | undefined {
  try {
    if (isPromise(returned)) promised(returned, convert, listener);
    else if (isObservable(returned)) return subscribed(returned, convert, listener);
    else if (isAsyncIterable(returned)) return iterated(returned, convert, listener);
    else take(returned, convert, listener);
  } catch (error) {
    end(thrown(error), listener);
  }
  return undefined;
}

/** Takes a value as it is; only making of it what the ports take may take time. */
export function take(value: unknown, convert: Convert, listener: Listener): void {
  if (convert === undefined || listener.deaf) return end({ value }, listener);
  const made = converted(value, convert);
  if (isPromise(made)) promised(made, undefined, listener);
  else end({ value: made }, listener);
}

function converted(value: unknown, convert: Convert): unknown {
  return convert && value !== undefined ? convert(value) : value;
}

function promised(promise: PromiseLike<unknown>, convert: Convert, listener: Listener): void {
  promise.then(
    (value) => {
      try {
        take(value, convert, listener);
      } catch (error) {
        end(thrown(error), listener);
      }
    },
    (error: unknown) => end(thrown(error), listener),
  );
}

function iterated(values: AsyncIterable<unknown>, convert: Convert, listener: Listener): () => void {
  const iterator = values[Symbol.asyncIterator]();
  const returns = typeof iterator.return === "function";
  const giveUp = () => (returns ? returned(iterator, listener) : undefined);
  void iterate(iterator, convert, listener, giveUp).then(() => {
    // One that can return says itself when it has. Any other is at work until it has answered.
    if (!returns) listener.ended();
  });
  return giveUp;
}

async function iterate(
  iterator: AsyncIterator<unknown>,
  convert: Convert,
  listener: Listener,
  giveUp: () => void,
): Promise<void> {
  let last: Word = { value: undefined };
  try {
    for (;;) {
      const next = await iterator.next();
      if (listener.deaf) return;
      if (next.done && next.value === undefined) return end(last, listener);
      last = { value: await converted(next.value, convert) };
      if (next.done) return end(last, listener);
      if (listener.deaf) return;
      listener.gave(last.value);
    }
  } catch (error) {
    if (listener.deaf) return;
    listener.said(thrown(error));
    giveUp();
  }
}

/** Has an iterator return, which is its end, however it takes that. */
function returned(iterator: AsyncIterator<unknown>, listener: Listener): void {
  const ended = () => listener.ended();
  try {
    Promise.resolve(iterator.return?.()).then(ended, ended);
  } catch {
    ended();
  }
}

function subscribed(
  values: { subscribe(observer: object): Subscription },
  convert: Convert,
  listener: Listener,
): () => void {
  let last: unknown;
  const subscription = values.subscribe({
    next: (value: unknown) => {
      last = value;
      const part = converted(value, convert);
      if (isPromise(part))
        part.then(
          (file) => listener.gave(file),
          () => undefined,
        );
      else listener.gave(part);
    },
    error: (error: unknown) => end(thrown(error), listener),
    complete: () => promised(Promise.resolve(last), convert, listener),
  });
  return () => {
    try {
      subscription.unsubscribe();
    } finally {
      listener.ended();
    }
  };
}

function end(word: Word, listener: Listener): void {
  listener.said(word);
  listener.ended();
}

export function thrown(error: unknown): { readonly failure: Failure } {
  return { failure: failureOf(error) };
}

/** True when a value is the whole answer, and nothing is to be followed. */
export function whole(returned: unknown): boolean {
  if (typeof returned === "function") return !isObservable(returned);
  return !(isPromise(returned) || isObservable(returned) || isAsyncIterable(returned));
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { [Symbol.asyncIterator]?: unknown })[Symbol.asyncIterator] === "function"
  );
}
