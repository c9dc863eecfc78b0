/**
 * One run of a function in a thread, from this side. It waits for a free thread, hands over the inputs, and passes on what
 * the thread says until its port closes: that is when the function has really ended. A run that is stopped asks the thread
 * to end, and after a moment's patience ends it; so no loop outlives its run, and the next run finds a thread.
 */
import { on, once } from "node:events";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { described, type Failure, FailureError } from "../engine/failure.ts";
import type { RunContext } from "../engine/run.ts";
import { unpackedError } from "./worker-errors.ts";
import { sharedThreads } from "./worker-pool.ts";
import type { FromThread, Place, ToThread } from "./worker-talk.ts";
import { packed, uncopied, unpacked } from "./worker-values.ts";

type Inputs = Readonly<Record<string, unknown>>;

/** Gives what the function gives; returns the last of it. Its end is the function's. */
export async function* errand(
  place: Place & { readonly outputs: readonly string[] },
  inputs: Inputs,
  { signal, attempt, item, progress, log }: RunContext,
  threads = sharedThreads(),
): AsyncGenerator<unknown, unknown> {
  const leave = await threads.enter(signal);
  const { port1: port, port2 } = new MessageChannel();
  try {
    await handOver(inputs, port);
  } catch (error) {
    port.close();
    leave();
    throw error;
  }
  const closed = once(port, "close");
  // Only a port that is listened to hears that its other end has closed, and the loop below may be left before.
  port.on("message", () => undefined);
  const stopped = new Int32Array(new SharedArrayBuffer(4));
  const killer = new AbortController();
  let began = false;
  let answered = false;
  let timer: NodeJS.Timeout | undefined;
  const tell = (word: ToThread, ...transferred: MessagePort[]) => port.postMessage(word, transferred);
  const stop = () => {
    Atomics.store(stopped, 0, 1);
    tell({ kind: "stop" });
    if (began) timer ??= setTimeout(() => killer.abort(), threads.patience);
    else killer.abort();
  };

  const order = { ...place, port: port2, attempt, item, stopped };
  const work = threads.run(order, killer.signal).catch((error: unknown) => {
    // A thread that never began leaves the port open.
    if (!began) port.close();
    return { died: error };
  });
  void closed.then(() => clearTimeout(timer));
  void Promise.all([work, closed]).then(leave);
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  try {
    for await (const [word] of on(port, "message", { close: ["close"] }) as AsyncIterable<[FromThread]>) {
      answered = word.kind === "threw" || word.kind === "returned";
      if (word.kind === "progress") progress(word.fraction, word.message);
      else if (word.kind === "log") log(word.line);
      else if (word.kind === "threw") throw unpackedError(word.error);
      else if (word.kind === "returned") return await unpacked(word.value);
      else if (word.kind === "began") began = true;
      else if (word.kind === "translate") {
        const translator = threads.translator();
        tell({ kind: "translator", port: translator }, translator);
      } else {
        yield await unpacked(word.value);
        tell({ kind: "more" });
      }
    }
    throw signal.aborted ? signal.reason : await deathOf(work);
  } finally {
    signal.removeEventListener("abort", stop);
    if (!answered) {
      stop();
      await closed;
    }
  }
}

/** @throws FailureError `bad-input` for what cannot be copied, naming the input */
async function handOver(inputs: Inputs, port: MessagePort): Promise<void> {
  try {
    port.postMessage({ kind: "inputs", inputs: await packed(inputs) } satisfies ToThread);
  } catch (error) {
    const culprit = await uncopied(inputs);
    if (culprit === undefined) throw error;
    throw new FailureError({
      reason: "bad-input",
      port: culprit.name,
      expected: "something that can be copied to a thread",
      message: `The input '${culprit.name}' cannot be copied to a thread: it is or holds ${described(inputs[culprit.name])} (${culprit.why}).`,
      advice: "Give plain data, lists, maps, dates, bytes or files; a function stays where it was made.",
    });
  }
}

/** Why a thread ended without an answer. */
async function deathOf(work: Promise<unknown>): Promise<unknown> {
  const { died } = ((await work) ?? {}) as { died?: unknown };
  const { code, message = "" } = Object(died) as { code?: unknown; message?: string };
  if (code === "ERR_WORKER_OUT_OF_MEMORY") {
    return new FailureError({
      ...dead(died, "The thread ran out of memory."),
      advice: "Give the function less at once, or its thread more: MILLRACE_THREAD_MEMORY=<megabytes>.",
    });
  }
  const [, exit] = /exited with code: (\d+)/.exec(message) ?? [];
  if (exit === undefined && died !== undefined) return died;
  return new FailureError({
    ...dead(died, `The thread ended${exit ? ` with code ${exit}` : ""} before the function had answered.`),
    advice: "Let the function return or throw, and never end the process in it.",
  });
}

function dead(error: unknown, message: string): Omit<Extract<Failure, { reason: "threw" }>, "advice"> {
  return { reason: "threw", error, message };
}
