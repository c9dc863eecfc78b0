/** A graph as a function: a sheet of its own is opened, given the named inputs, asked for the named outputs, and closed. */
import { cancelled, FailureError } from "./failure.ts";
import type { Graph } from "./graph.ts";
import { GraphError } from "./graph-error.ts";
import type { AnyNode } from "./node.ts";
import type { AnyPort, InputPort } from "./port.ts";
import type { Outcome } from "./run.ts";
import type { Sheet } from "./sheet.ts";

type Values = Readonly<Record<string, unknown>>;

export async function callGraph(graph: Graph, values: Values, signal: AbortSignal | undefined): Promise<Values> {
  const inputs = graph.inputs as Readonly<Record<string, InputPort<unknown>>>;
  const outputs = graph.outputs as Readonly<Record<string, AnyPort<unknown>>>;
  refuseUnknown(graph, Object.keys(inputs), Object.keys(values));
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
    await run(sheet, [...new Set(Object.values(outputs).map(({ node }) => node))]);
    return Object.fromEntries(Object.entries(outputs).map(([name, port]) => [name, sheet.value(port)]));
  } finally {
    signal?.removeEventListener("abort", stop);
    sheet.close();
  }
}

async function run(sheet: Sheet, nodes: readonly AnyNode[]): Promise<void> {
  const outcomes: readonly Outcome[] = await Promise.all(nodes.map((node) => sheet.run(node)));
  for (const outcome of outcomes) {
    if (outcome.kind === "failed") throw new FailureError(outcome.failure);
    if (outcome.kind === "cancelled") throw new FailureError(cancelled("person"));
    if (outcome.kind === "refused") throw new GraphError("missing-input", outcome.why);
  }
}

function refuseUnknown(graph: Graph, known: readonly string[], given: readonly string[]): void {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new GraphError("unknown-input", `The graph '${graph.name}' names no input '${unknown}'.`, {
    port: unknown,
    known,
    meant: unknown,
  });
}
