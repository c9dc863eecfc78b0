/** A graph as a function: a sheet of its own is opened, given the named inputs, asked for the named outputs, and closed. */

import { baseOf } from "./base-node.ts";
import { cancelled, described, FailureError } from "./failure.ts";
import type { Graph } from "./graph.ts";
import { GraphError } from "./graph-error.ts";
import { refuseUnknown } from "./known-options.ts";
import type { AnyNode } from "./node.ts";
import type { AnyPort, InputPort } from "./port.ts";
import type { Outcome } from "./run.ts";
import type { Sheet } from "./sheet.ts";

type Values = Readonly<Record<string, unknown>>;

export async function callGraph(graph: Graph, values: Values, options: { signal?: AbortSignal }): Promise<Values> {
  const inputs = graph.inputs as Readonly<Record<string, InputPort<unknown>>>;
  const outputs = graph.outputs as Readonly<Record<string, AnyPort<unknown>>>;
  const signal = checkedSignal(options, graph);
  refuseStrange(graph, Object.keys(inputs), values);
  // Nothing is asked twice of it, so nothing need be remembered.
  const sheet = graph.sheet({
    memory: { runs: 0 },
    begin: (opened) => {
      for (const [name, value] of Object.entries(values))
        if (value !== undefined) opened.set(inputs[name] as InputPort<unknown>, value);
    },
  });
  const stop = () => sheet.cancel();
  try {
    if (signal?.aborted) throw new FailureError(cancelled("person"));
    signal?.addEventListener("abort", stop);
    const wanted = Object.values(outputs).map(({ node }) => node);
    const outcomes = await Promise.all(
      (wanted.length > 0 ? [...new Set(wanted)] : goals(graph)).map((node) => sheet.run(node)),
    );
    for (const outcome of outcomes) refuseUnready(outcome, graph, sheet);
    return Object.fromEntries(Object.entries(outputs).map(([name, port]) => [name, sheet.value(port)]));
  } finally {
    signal?.removeEventListener("abort", stop);
    sheet.close();
  }
}

/** Of a graph that names nothing: whatever it is there for. */
function goals(graph: Graph): readonly AnyNode[] {
  return graph.exits.filter((node) => baseOf(node).runnable);
}

function refuseUnready(outcome: Outcome, graph: Graph, sheet: Sheet): void {
  if (outcome.kind === "failed") throw new FailureError(outcome.failure);
  if (outcome.kind === "cancelled") throw new FailureError(cancelled("person"));
  if (outcome.kind !== "refused") return;
  const inputs = Object.entries(graph.inputs as Readonly<Record<string, InputPort<unknown>>>);
  const empty = inputs.filter(([, port]) => sheet.signal(port).kind === "empty").map(([name]) => name);
  const give = `Of the inputs of '${graph.name}' ${empty.map((name) => `'${name}'`).join(", ")} ${empty.length === 1 ? "has" : "have"} no value: call({ ${empty[0]}: ... }).`;
  throw new GraphError("missing-input", empty.length === 0 ? outcome.why : `${outcome.why} ${give}`, {
    ...(empty[0] !== undefined && { port: empty[0] }),
  });
}

function checkedSignal(options: { signal?: AbortSignal }, graph: Graph): AbortSignal | undefined {
  refuseUnknown(options, ["signal"], `The call of '${graph.name}'`);
  const { signal } = options;
  if (signal === undefined || typeof signal?.addEventListener === "function") return signal;
  const what = `The option 'signal' of a call is an AbortSignal, e.g. new AbortController().signal, and this is ${described(signal)}.`;
  throw new GraphError("wrong-type", what);
}

function refuseStrange(graph: Graph, known: readonly string[], values: unknown): void {
  const about = `The graph '${graph.name}' is called with its inputs by name`;
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    const example = known.length === 0 ? "call()" : `call({ ${known[0]}: ... })`;
    throw new GraphError("unknown-input", `${about}, ${example}, and this is ${described(values)}.`, { known });
  }
  const unknown = Object.keys(values).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new GraphError("unknown-input", `The graph '${graph.name}' names no input '${unknown}'.`, {
    port: unknown,
    known,
    meant: unknown,
  });
}
