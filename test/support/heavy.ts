/** Functions that tests run in threads. */
import { isMainThread } from "node:worker_threads";
import { map, of } from "rxjs";
import { FailureError } from "../../src/engine/failure.ts";
import type { RunContext } from "../../src/engine/run.ts";
import { FileRef } from "../../src/nodes/file-ref.ts";

export function sum({ upTo, from = 0 }: { upTo: number; from?: number }): number {
  let total = 0;
  for (let n = from; n <= upTo; n++) total += n;
  return total;
}

export async function whereabouts(_: {}, { attempt, item }: RunContext) {
  return { inMain: isMainThread, attempt, item };
}

/** Says so, then turns for ever, unless it is given an end; each turn is a beat that everyone can count. */
export function spin({ beats, end = 0 }: { beats: Int32Array; end?: number }, { log }: RunContext): number {
  log("spinning");
  while (end === 0) Atomics.add(beats, 0, 1);
  return end;
}

/** Turns until it sees that it is stopped, and leaves a mark that it left of itself. */
export function heed({ beats }: { beats: Int32Array }, { log, signal }: RunContext): number {
  log("spinning");
  while (!signal.aborted) Atomics.add(beats, 0, 1);
  Atomics.store(beats, 1, 1);
  signal.throwIfAborted();
  return 0;
}

/** Waits until it hears that it is stopped. */
export async function listen({ beats }: { beats: Int32Array }, { log, signal }: RunContext): Promise<string> {
  log("listening");
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
  Atomics.store(beats, 1, 1);
  return "heard";
}

export async function* countTo({ upTo }: { upTo: number }) {
  for (let n = 1; n <= upTo; n++) yield n;
}

/** Gives 1, waits to be stopped, and cleans up when it is told to return. */
export async function* tidy({ beats }: { beats: Int32Array }, { log, signal }: RunContext) {
  try {
    yield 1;
    log("waiting");
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    yield 2;
    log("went on");
  } finally {
    Atomics.store(beats, 1, 1);
  }
}

export async function* returns() {
  yield 1;
  return 2;
}

export function observes() {
  return of(1, 2, 3).pipe(map((n) => n * 10));
}

export async function tells(_: {}, { progress, log }: RunContext) {
  progress(0.25, "first");
  for (let n = 0; n < 100_000; n++) progress(n / 100_000);
  progress(1, "last");
  log("a");
  log("b");
  return "told";
}

class Jam extends Error {
  readonly teeth = 12;
  override readonly name = "Jam";
}

export function fails({ how }: { how: string }): never {
  if (how === "jam") throw new Jam("The wheel is jammed", { cause: new RangeError("too much grain") });
  if (how === "failure") {
    throw new FailureError({ reason: "quota", service: "mill", message: "No water.", advice: "Wait for rain." });
  }
  if (how === "text") throw "dry";
  if (how === "exit") process.exit(3);
  throw () => how;
}

/** Fails outside of anything that is awaited. */
export function failsLater(): Promise<never> {
  setTimeout(() => {
    throw new Error("Nobody awaited this");
  });
  return new Promise(() => undefined);
}

export function hoards(): number {
  const hoard: unknown[] = [];
  for (;;) hoard.push(Array.from({ length: 10_000 }, (_, i) => ({ i })));
}

/** What came in, as it is. */
export function same({ value }: { value: unknown }): unknown {
  return value;
}

export async function read({ file }: { file: unknown }): Promise<unknown> {
  if (!(file instanceof FileRef)) return `no file: ${String(file)}`;
  return { id: file.id, name: file.name, type: file.type, size: file.size, text: await file.text() };
}

export async function write({ text }: { text: string }) {
  return {
    reference: await FileRef.fromBytes(new TextEncoder().encode(text), { name: "a.txt", type: "text/plain" }),
    bytes: Buffer.from(text),
    blob: new Blob([text], { type: "text/plain" }),
    named: new File([text], "b.txt", { type: "text/plain" }),
  };
}

export function uncloneable({ where }: { where: string }): unknown {
  return where === "both" ? { good: 1, bad: () => 1 } : () => 1;
}

export async function* uncloneablePart() {
  yield () => 1;
  yield 2;
}

export const arrow = ({ n }: { n: number }): number => n * 2;

const renamed = ({ n }: { n: number }): number => n * 3;

export { renamed as another };

const hidden = ({ n }: { n: number }): number => n;
/** Not exported itself. */
export const box = { hidden };

export default function usual({ n }: { n: number }): number {
  return n * 5;
}
