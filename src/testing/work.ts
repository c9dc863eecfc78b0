/** One function, called as a run calls it: its attempts, its last word, its outputs. Nobody watches it. */
import { isObservable, lastValueFrom } from "rxjs";
import type { BaseNode } from "../engine/base-node.ts";
import { shapeOf } from "../engine/component.ts";
import { handedOut } from "../engine/equal.ts";
import { badOutput, type Failure, FailureError, failureOf, timedOut } from "../engine/failure.ts";
import type { OutPort } from "../engine/port.ts";
import { policyOf, replaceable } from "../engine/retry.ts";
import type { RunContext } from "../engine/run.ts";

export type Values = Readonly<Record<string, unknown>>;

/** What a node gives for its inputs, by output; nothing where it fails. `item` is its place where it is scattered. */
export async function outputsOf(node: BaseNode, inputs: Values, item: readonly number[]): Promise<Values | undefined> {
  const policy = policyOf(node.retries);
  for (let attempt = 0; ; attempt++) {
    const end = await attempted(node, inputs, { attempt, item });
    if ("outputs" in end) return end.outputs;
    if (policy && attempt < policy.times && policy.when(end.failure)) continue;
    if (!node.fallback || !replaceable(end.failure)) return undefined;
    return sorted(node, node.fallback.value).catch(() => undefined);
  }
}

type End = { readonly outputs: Values } | { readonly failure: Failure };

async function attempted(node: BaseNode, inputs: Values, place: Pick<RunContext, "attempt" | "item">): Promise<End> {
  const stop = new AbortController();
  try {
    const given = lastOf(node.start(inputs, { ...unwatched, ...place, signal: stop.signal }));
    const last = await (node.timeout === undefined ? given : within(node.timeout, given));
    const outputs = await sorted(node, last);
    return outputs ? { outputs } : { failure: badOutput("", "another value", last) };
  } catch (error) {
    // What has run out of time is told so.
    stop.abort();
    return { failure: failureOf(error) };
  }
}

async function lastOf(given: unknown): Promise<unknown> {
  if (isObservable(given)) return lastValueFrom(given, { defaultValue: undefined });
  if (!isAsyncIterable(given)) return given;
  let last: unknown;
  const values = given[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await values.next();
    if (!done || value !== undefined) last = value;
    if (done) return last;
  }
}

function isAsyncIterable(given: unknown): given is AsyncIterable<unknown> {
  return typeof given === "object" && given !== null && Symbol.asyncIterator in given;
}

async function within(ms: number, given: Promise<unknown>): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new FailureError(timedOut(ms))), Math.min(ms, 2 ** 31 - 1));
  });
  return Promise.race([given, late]).finally(() => clearTimeout(timer));
}

/** One output: the value; several: an object by port. None, where a component refuses one of them. */
async function sorted(node: BaseNode, given: unknown): Promise<Values | undefined> {
  const value = node.convert && given !== undefined ? await node.convert(given) : given;
  const ports = Object.values(node.outputs);
  const outputs = ports.length === 1 ? { [ports[0]?.name as string]: value } : (value as Values);
  const named = ports.map((port) => [port.name, handedOut(outputs[port.name])] as const);
  return ports.every((port, i) => accepted(port, named[i]?.[1])) ? Object.fromEntries(named) : undefined;
}

function accepted({ component }: OutPort, value: unknown): boolean {
  return value !== undefined && (component === null || shapeOf(component).refuses(value) === undefined);
}

const unwatched: Pick<RunContext, "progress" | "log"> = {
  progress: () => undefined,
  log: () => undefined,
};
