/**
 * Calls a module's function in a thread and says what it gives: a value, now or later, or many, from an async iterable or an
 * Observable, each only when the last one has been taken. All of it ends with the port closed: from then on the thread is free.
 */
import { badOutput, FailureError } from "../engine/failure.ts";
import { ThreadEnd } from "./worker-context.ts";
import { packedError } from "./worker-errors.ts";
import { exported } from "./worker-imports.ts";
import type { FromThread, Order } from "./worker-talk.ts";
import { packed, uncopied, unpacked } from "./worker-values.ts";

export async function perform(order: Order): Promise<void> {
  const end = new ThreadEnd(order);
  try {
    const word = await end.ask({ kind: "began" });
    const inputs = word.kind === "inputs" && (await unpacked(word.inputs));
    const work = await exported(order, end);
    end.signal.throwIfAborted();
    const value = await last(work(inputs, end.context), end, order.outputs);
    await spoken("returned", value, order.outputs, (said) => end.tell(said));
  } catch (error) {
    end.tell({ kind: "threw", error: packedError(error) });
  } finally {
    end.close();
  }
}

/** The last of what a function gives; each earlier value is given on the way. */
async function last(returned: unknown, end: ThreadEnd, outputs: readonly string[]): Promise<unknown> {
  if (!isAsyncIterable(returned) && !isObservable(returned)) return await returned;
  const values = isAsyncIterable(returned) ? returned : emitted(returned, end.signal);
  const iterator = values[Symbol.asyncIterator]();
  let left = false;
  const leave = () => {
    if (!left) void Promise.resolve(iterator.return?.()).catch(() => undefined);
    left = true;
  };
  end.signal.addEventListener("abort", leave);
  try {
    for (;;) {
      const next = await iterator.next();
      if (next.done) return next.value;
      await spoken("gave", next.value, outputs, (said) => end.ask(said));
    }
  } catch (error) {
    leave();
    throw error;
  }
}

/** @throws FailureError `bad-output` for what cannot be copied, naming the output */
async function spoken(
  kind: "gave" | "returned",
  value: unknown,
  outputs: readonly string[],
  say: (said: FromThread) => unknown,
): Promise<void> {
  let answer: unknown;
  try {
    answer = say({ kind, value: await packed(value) });
  } catch (error) {
    throw await refused(value, outputs, error);
  }
  await answer;
}

async function refused(value: unknown, outputs: readonly string[], error: unknown): Promise<unknown> {
  const [only = "output", ...more] = outputs;
  const named = more.length > 0 && typeof value === "object" ? { ...value } : { [only]: value };
  const culprit = await uncopied(named);
  if (culprit === undefined) return error;
  const expected = "something that can be copied out of a thread";
  return new FailureError(badOutput(culprit.name, expected, (named as Record<string, unknown>)[culprit.name]));
}

interface Source {
  subscribe(observer: object): { unsubscribe(): void };
}

/** What an Observable emits, as it is asked for. What is emitted meanwhile replaces what was not taken yet: it would have been shown for no time. */
async function* emitted(source: Source, signal: AbortSignal): AsyncGenerator<unknown, undefined> {
  let latest: { readonly value: unknown } | undefined;
  let end: { readonly error?: unknown } | undefined;
  let wake = () => {};
  const subscription = source.subscribe({
    next: (value: unknown) => {
      latest = { value };
      wake();
    },
    error: (error: unknown) => {
      end = { error };
      wake();
    },
    complete: () => {
      end = {};
      wake();
    },
  });
  signal.addEventListener("abort", () => wake());
  try {
    for (;;) {
      if (end && "error" in end) throw end.error;
      if (signal.aborted) return;
      if (latest) {
        const { value } = latest;
        latest = undefined;
        yield value;
      } else if (end) return;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    subscription.unsubscribe();
  }
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof (Object(value) as { [Symbol.asyncIterator]?: unknown })[Symbol.asyncIterator] === "function";
}

function isObservable(value: unknown): value is Source {
  const { subscribe, pipe } = Object(value) as { subscribe?: unknown; pipe?: unknown };
  return typeof subscribe === "function" && typeof pipe === "function";
}
