/**
 * The naive evaluator: calls every function once, in order, from what a sheet's inputs hold now. No memory, no cut-off, no order
 * to get wrong; it is never optimised, and shares nothing with the engine but the definition of the graph. What it gives is
 * what W4 means by "from scratch".
 */
import { isObservable, lastValueFrom } from "rxjs";
import { shapeOf } from "../engine/component.ts";
import { handedOut } from "../engine/equal.ts";
import type { Graph } from "../engine/graph.ts";
import { type BaseNode, baseOf } from "../engine/node.ts";
import type { AnyPort, InPort, OutPort } from "../engine/port.ts";
import type { Run, RunContext } from "../engine/run.ts";
import type { Sheet } from "../engine/sheet.ts";
import type { Signal } from "../engine/signal.ts";
import { same } from "./same.ts";

/** A sheet at one moment. */
export interface Snapshot {
  signal(port: InPort | OutPort): Signal<unknown>;
  history(node: BaseNode): readonly Run[];
}
/** What ports hold from scratch; one that holds nothing is not in it. */
export type Told = ReadonlyMap<InPort | OutPort, unknown>;
type Inputs = Readonly<Record<string, unknown>>;

/**
 * The naive evaluator: runs every function once, in order, from the sheet's inputs, choices and pins; no memory, never optimised.
 * A port that has no value from scratch, because an input is empty or a function fails, gives `undefined`.
 *
 * @example
 * const scratch = await evaluate(sheet);
 * expect(sheet.value(shout.outputs.line)).toEqual(scratch.value(shout.outputs.line));
 */
export async function evaluate(sheet: Sheet): Promise<{ value<T>(port: AnyPort<T>): T | undefined }> {
  const told = await fromScratch(sheet.graph, snapshotOf(sheet));
  return { value: <T>(port: AnyPort<T>) => told.get(port as unknown as InPort | OutPort) as T | undefined };
}

/** A sheet as it is now: evaluating takes time, and the sheet may go on living meanwhile. */
export function snapshotOf(sheet: Sheet): Snapshot {
  const signals = new Map(
    portsOf(sheet.graph).map((port) => [port, sheet.signal(port as unknown as AnyPort<unknown>)]),
  );
  const calling = sheet.graph.nodes.filter((node) => callablesOf(sheet.graph, baseOf(node)).length > 0);
  const histories = new Map(calling.map((node) => [baseOf(node), sheet.history(node)]));
  return { signal: (port) => signals.get(port) ?? { kind: "empty" }, history: (node) => histories.get(node) ?? [] };
}

export function portsOf(graph: Graph): readonly (InPort | OutPort)[] {
  return graph.nodes.map(baseOf).flatMap((node) => [...Object.values(node.inputs), ...Object.values(node.outputs)]);
}

export async function fromScratch(graph: Graph, held: Snapshot): Promise<Told> {
  const told = new Map<InPort | OutPort, unknown>();
  for (const node of graph.nodes.map(baseOf)) {
    for (const port of Object.values(node.inputs)) {
      const source = graph.sourceOf(port);
      const now = held.signal(port);
      if (source.kind === "constant") told.set(port, source.value);
      else if (source.kind === "component" && now.kind === "ready") told.set(port, now.value);
      else if (source.kind === "edge" && told.has(source.from)) told.set(port, told.get(source.from));
    }
    for (const [port, value] of called(graph, node, told, held)) told.set(port, value);
    const ports = Object.values(node.inputs).filter((port) => told.has(port));
    const inputs = Object.fromEntries(ports.map((port) => [port.name, told.get(port)]));
    const complete = ports.length === Object.keys(node.inputs).length;
    // An InputNode only shows what it holds, port by port.
    const outputs = !node.runnable ? inputs : complete ? await outputsOf(node, inputs) : {};
    for (const port of Object.values(node.outputs)) {
      const now = held.signal(port);
      if (now.kind === "ready" && now.pinned) told.set(port, now.value);
      else if (Object.hasOwn(outputs, port.name)) told.set(port, handedOut(outputs[port.name]));
    }
  }
  return told;
}

/** What callables gave, for they cannot be asked again: in a run with these very inputs that gave what is shown, or else in the latest. */
function called(graph: Graph, node: BaseNode, told: Told, held: Snapshot): readonly (readonly [InPort, unknown])[] {
  const callables = callablesOf(graph, node);
  if (callables.length === 0) return [];
  const fits = (run: Run) =>
    Object.values(node.inputs).every(
      (port) => callables.includes(port) || same(run.inputs[port.name], told.get(port)),
    ) &&
    Object.values(node.outputs).every((port) => {
      const now = held.signal(port);
      return now.kind !== "ready" || now.pinned || (run.outcome === "ready" && same(run.outputs[port.name], now.value));
    });
  const run = held.history(node).findLast(fits) ?? held.history(node).at(-1);
  return callables.flatMap((port) => {
    const now = held.signal(port);
    return run ? [[port, run.inputs[port.name]] as const] : now.kind === "ready" ? [[port, now.value] as const] : [];
  });
}

function callablesOf(graph: Graph, node: BaseNode): readonly InPort[] {
  return Object.values(node.inputs).filter((port) => graph.sourceOf(port).kind === "callable");
}

/** What a node gives for its inputs, by output; nothing where it fails. */
async function outputsOf(node: BaseNode, inputs: Inputs): Promise<Inputs> {
  try {
    const given = await lastOf(node.start(inputs, unwatched));
    const value = node.convert && given !== undefined ? await node.convert(given) : given;
    const ports = Object.values(node.outputs);
    const outputs = ports.length === 1 ? { [ports[0]?.name as string]: value } : (value as Inputs);
    const named = Object.fromEntries(ports.map((port) => [port.name, outputs[port.name]]));
    return ports.every((port) => accepted(port, named[port.name])) ? named : {};
  } catch {
    return {};
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

function accepted({ component }: OutPort, value: unknown): boolean {
  return value !== undefined && (component === null || shapeOf(component).refuses(value) === undefined);
}

/** A run that nobody watches and nobody stops. */
const unwatched: RunContext = {
  signal: new AbortController().signal,
  attempt: 0,
  item: [],
  progress: () => undefined,
  log: () => undefined,
};
