/**
 * A graph as a function: a sheet of its own is opened, given the inputs by name, asked for the outputs, and closed. The first
 * thing that goes wrong ends it, with all that is still at work.
 */
import { answerWith, refuseUnanswered } from "./answering.ts";
import { type BaseNode, baseOf } from "./base-node.ts";
import { cancelled, described, type Failure, FailureError } from "./failure.ts";
import type { Graph } from "./graph.ts";
import { GraphError } from "./graph-error.ts";
import { refuseUnknown } from "./known-options.ts";
import type { Node } from "./node.ts";
import type { AnyPort, InputPort } from "./port.ts";
import type { Outcome } from "./run.ts";
import type { Sheet } from "./sheet.ts";
import { goalsOf, type Signature, signatureInCode } from "./signature.ts";

type Values = Readonly<Record<string, unknown>>;

export async function callGraph(
  graph: Graph,
  values: Values,
  options: { signal?: AbortSignal },
  signature = signatureInCode(graph),
): Promise<Values> {
  const signal = checkedSignal(options, graph);
  refuseStrange(graph, signature, values);
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  const chosen = new Map(given.flatMap(([name, value]) => chosenBy(signature.choices.get(name), value)));
  const answers = new Map(given.flatMap(([name, value]) => ownedBy(signature.answers.get(name), value)));
  refuseUnanswered({ graph }, signature, answers, chosen);
  // Nothing is asked twice of it, so nothing need be remembered.
  const sheet = graph.sheet({
    memory: { runs: 0 },
    begin: (opened) => {
      for (const [choice, variant] of chosen) opened.choose(choice as never, variant);
      for (const [name, value] of given)
        for (const [port] of ownedBy(signature.inputs.get(name), value))
          opened.set(port as unknown as InputPort<unknown>, value);
    },
  });
  const stop = () => sheet.cancel();
  let rest: () => void = () => undefined;
  try {
    if (signal?.aborted) throw new FailureError(cancelled("person"));
    signal?.addEventListener("abort", stop);
    const refused = new Promise<never>((_, reject) => {
      rest = answerWith(answers, sheet, reject);
    });
    const ends = goalsOf(graph).map(async (node) => {
      refuseUnready(await sheet.run(node as unknown as Node), signature, sheet);
    });
    await Promise.race([Promise.all(ends), refused]);
    const held = [...signature.outputs].map(([name, port]) => [name, sheet.value(port as unknown as AnyPort<unknown>)]);
    return Object.fromEntries(held);
  } finally {
    rest();
    signal?.removeEventListener("abort", stop);
    sheet.close();
  }
}

function refuseUnready(outcome: Outcome, { inputs }: Signature, sheet: Sheet): void {
  if (outcome.kind === "failed") throw failed(outcome.failure, sheet);
  if (outcome.kind === "cancelled") throw new FailureError(cancelled("person"));
  if (outcome.kind !== "refused") return;
  const isEmpty = (port: unknown) => sheet.signal(port as AnyPort<unknown>).kind === "empty";
  const empty = [...inputs].filter(([, port]) => isEmpty(port)).map(([name]) => name);
  const give = `Of the inputs of '${sheet.graph.name}' ${empty.map((name) => `'${name}'`).join(", ")} ${empty.length === 1 ? "has" : "have"} no value: call({ ${key(empty[0])}: ... }).`;
  throw new GraphError("missing-input", empty.length === 0 ? outcome.why : `${outcome.why} ${give}`, {
    ...(empty[0] !== undefined && { port: empty[0] }),
  });
}

/** A failure that only blames another has that one as its cause. */
function failed(failure: Failure, sheet: Sheet): FailureError {
  const root = failure.reason === "upstream" ? ownFailureOf(failure.root, sheet) : undefined;
  return new FailureError(failure, root && { cause: new FailureError(root) });
}

/** What went wrong in a step itself, here or in a graph inside. */
function ownFailureOf(name: string, sheet: Sheet): Failure | undefined {
  const nodes = sheet.graph.nodes.map(baseOf);
  for (const port of nodes.find((node) => node.name === name)?.outPorts ?? []) {
    const signal = sheet.signal(port as unknown as AnyPort<unknown>);
    if (signal.kind === "failed" && signal.failure.reason !== "upstream") return signal.failure;
  }
  for (const node of nodes) {
    const inside = node.graph && sheet.inside(node as unknown as Node);
    const found = inside && ownFailureOf(name, inside);
    if (found) return found;
  }
  return undefined;
}

function checkedSignal(options: { signal?: AbortSignal }, graph: Graph): AbortSignal | undefined {
  refuseUnknown(options, ["signal"], `The call of '${graph.name}'`);
  const { signal } = options;
  if (signal === undefined || typeof signal?.addEventListener === "function") return signal;
  const what = `The option 'signal' of a call is an AbortSignal, e.g. new AbortController().signal, and this is ${described(signal)}.`;
  throw new GraphError("wrong-type", what);
}

function refuseStrange(graph: Graph, { inputs, choices, answers }: Signature, values: unknown): void {
  const known = [inputs, choices, answers].flatMap((names) => [...names.keys()]);
  const about = `The graph '${graph.name}' is called with its inputs by name`;
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    const example = known.length === 0 ? "call()" : `call({ ${key(known[0])}: ... })`;
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

/** A choice is made by the name of a variant. @throws GraphError `unknown-variant` */
function chosenBy(choice: BaseNode | undefined, variant: unknown): readonly [BaseNode, number][] {
  if (choice === undefined) return [];
  const known = choice.above.map(({ name }) => name);
  const at = known.indexOf(variant as string);
  if (at >= 0) return [[choice, at]];
  const what =
    typeof variant === "string"
      ? `The choice '${choice.name}' has no variant '${variant}'.`
      : `The choice '${choice.name}' is made by the name of a variant, and this is ${described(variant)}.`;
  throw new GraphError("unknown-variant", what, {
    node: choice.name,
    port: choice.name,
    known,
    ...(typeof variant === "string" && { meant: variant }),
  });
}

function ownedBy<K>(owner: K | undefined, value: unknown): readonly [K, unknown][] {
  return owner === undefined ? [] : [[owner, value]];
}

/** A name as it is written before a colon. */
function key(name: string | undefined): string {
  return name === undefined || /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? `${name}` : JSON.stringify(name);
}
