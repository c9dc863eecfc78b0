/**
 * A run as people see it: what went in by name, what came out or why nothing did, and which runs it used (R7). Put into words when
 * somebody looks, from what was noted while it was under way: most runs are never looked at.
 */
import { cancelled, type Failure } from "./failure.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Result } from "./live-run.ts";
import { listed, type RunNumbers } from "./noted-run.ts";
import type { Run, RunId } from "./run.ts";
import { type Ready, type ReadySignal, runId } from "./signal.ts";
import type { Wiring } from "./wiring.ts";

type Values = Readonly<Record<string, unknown>>;

/** How a run ended. */
export type RunEnd = Result | { readonly cancelled: "person" | "superseded" | "close" };

/** What a node was when a run of an earlier life of the sheet was made. */
export interface Former {
  readonly definition: string;
  readonly constants: Values;
}

/** What was noted of a run. */
export interface Noted {
  readonly id: RunId;
  readonly startedAt: number;
  readonly lines: readonly string[];
  /** By the order of its signals, the runs that those come from. */
  readonly from?: readonly RunNumbers[];
  readonly revision?: string | undefined;
  readonly former?: Former | undefined;
  readonly fellBack?: boolean;
}

/** Without an end it is under way. */
export function recordOf(
  wiring: Wiring,
  signals: readonly Ready[],
  called: Values | undefined,
  noted: Noted,
  end?: { readonly result: RunEnd; readonly duration: number },
): Run {
  const { id, revision, former } = noted;
  const inputs = wiring.assembly.assemble(signals, former?.constants ?? wiring.constants, called ?? {});
  const run = {
    id,
    node: wiring.node.name,
    inputs,
    upstream: upstreamOf(wiring, signals, noted.from),
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

function upstreamOf({ assembly, sheet }: Wiring, signals: readonly Ready[], from: Noted["from"]): object {
  const upstream: Record<string, readonly RunId[]> = {};
  assembly.keys.forEach((key, i) => {
    const numbers = from?.[i];
    const runs =
      numbers === undefined
        ? ((signals[i] as unknown as Partial<ReadySignal>).runs ?? [])
        : [...new Set(listed(numbers))].map((run) => runId(sheet.id, run));
    if (runs.length > 0) put(upstream, key, runs);
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
