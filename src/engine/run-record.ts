/**
 * A run as people see it: what went in by name, what came out or why nothing did, and which runs it used (R7). Put into words when
 * somebody looks, from what was noted while it was under way: most runs are never looked at.
 */
import { cancelled, type Failure } from "./failure.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Result } from "./live-run.ts";
import type { NotedRun } from "./noted-run.ts";
import type { Run, RunId } from "./run.ts";
import { runId } from "./signal.ts";
import type { Wiring } from "./wiring.ts";

type Values = Readonly<Record<string, unknown>>;

/** How a run ended. */
export type RunEnd = Result | { readonly cancelled: "person" | "superseded" | "close" };

/** What a node was when a run of an earlier life of the sheet was made. */
export interface Former {
  readonly definition: string;
  readonly constants: Values;
}

/** Without an end it is under way. */
export function recordOf(noted: NotedRun, end?: { readonly result: RunEnd; readonly duration: number }): Run {
  const { id, wiring, revision, former } = noted;
  const inputs = wiring.assembly.assemble(noted.signals, noted.constants, noted.called ?? {});
  const run = {
    id,
    node: wiring.node.name,
    inputs,
    upstream: upstreamOf(noted),
    startedAt: new Date(noted.startedAt),
    log: noted.lines,
    ...(noted.fellBack && end && "values" in end.result && { fallback: true }),
    ...(revision !== undefined && { revision }),
    ...(end ? { ...outcomeOf(wiring, end.result), duration: end.duration } : { outcome: "running" }),
  };
  const { definition } = former ?? wiring.node;
  graphs.set(run, wiring.graph);
  // Digested only when somebody asks: most records are never looked at.
  Object.defineProperty(run, "fingerprint", { get: () => fingerprintOf(definition, inputs), enumerable: true });
  return run as unknown as Run;
}

function outcomeOf({ node }: Wiring, result: RunEnd): object {
  if ("values" in result) {
    const outputs = Object.fromEntries(node.outPorts.map(({ name }, i) => [name, result.values[i]]));
    return { outcome: "ready", outputs };
  }
  if ("cancelled" in result) return { outcome: "cancelled", failure: cancelled(result.cancelled) };
  const { failure }: { failure: Failure } = result;
  return { outcome: failure.reason === "interrupted" ? "interrupted" : "failed", failure };
}

function upstreamOf(noted: NotedRun): object {
  const upstream: Record<string, readonly RunId[]> = {};
  noted.names.forEach((name, i) => {
    const runs = [...new Set(noted.fromAt(i))].map((run) => runId(noted.sheet, run));
    if (runs.length > 0) put(upstream, name, runs);
  });
  return upstream;
}

/** The living graph of each run that was put into words. */
const graphs = new WeakMap<object, object>();

/** The living graph that a run was made in: two nodes of one graph make runs of the same names. */
export function graphOfRun(run: Run): object | undefined {
  return graphs.get(run);
}

/** Sets a key, whatever it is called: `inputs["__proto__"] = value` would set something else. */
function put(record: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(record, key, { value, enumerable: true, writable: true, configurable: true });
}
