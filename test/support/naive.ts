/** The naive evaluator: calls every function once, in order, from what the sources hold. No memory, no order to get wrong, never optimised. */
import { type FnPlan, meaning, type Traced } from "./graphs.ts";
import { outsOf, type Wired } from "./wired.ts";

export type Told =
  | { readonly kind: "value"; readonly value: Traced }
  | { readonly kind: "failed"; readonly roots: ReadonlySet<string> }
  | { readonly kind: "empty" };
type End = Exclude<Told, { kind: "value" }> | { readonly kind: "outputs"; readonly outputs: readonly Traced[] };
type Called = (node: number, name: string) => Traced | undefined;

/** What every output holds from scratch, by node and output. `called` gives what a callable gave for the run that is shown. */
export function evaluate(
  wired: Wired,
  values: readonly (number | null)[],
  called: Called,
): readonly (readonly Told[])[] {
  const told: (readonly Told[])[] = [];
  for (const [i, node] of wired.plan.nodes.entries()) {
    const inputs = inputsOf(wired, i, values, told, called);
    const end = node.kind === "input" ? undefined : endOf(wired.names[i]!, node, inputs);
    if (end === undefined) told.push(inputs);
    else if (end.kind === "outputs") told.push(end.outputs.map((value) => ({ kind: "value", value })));
    else told.push(Array.from({ length: outsOf(node) }, () => end));
  }
  return told;
}

/** What comes of a function with these inputs. */
export function endOf(name: string, plan: FnPlan, inputs: readonly Told[]): End {
  const failed = inputs.flatMap((input) => (input.kind === "failed" ? [...input.roots] : []));
  const given = inputs.flatMap((input) => (input.kind === "value" ? [input.value] : []));
  if (failed.length > 0) return { kind: "failed", roots: new Set(failed) };
  if (given.length < inputs.length) return { kind: "empty" };
  const made = meaning(name, plan, given);
  return "outputs" in made ? { kind: "outputs", outputs: made.outputs } : { kind: "failed", roots: new Set([name]) };
}

/** What a node's inputs hold from scratch. */
export function inputsOf(
  wired: Wired,
  node: number,
  values: readonly (number | null)[],
  told: readonly (readonly Told[])[],
  called: Called,
): readonly Told[] {
  return wired.feeds[node]!.map((feed): Told => {
    if (feed.kind === "out") return told[feed.node]![feed.out]!;
    if (feed.kind === "source") return valued(traced(wired.sources[feed.source]!.name, values[feed.source]!));
    return valued(feed.kind === "constant" ? feed.value : called(node, feed.name));
  });
}

/** The value that a source holds. */
export function traced(source: string, n: number | null): Traced | undefined {
  return n === null ? undefined : { n, from: { [source]: n } };
}

function valued(value: Traced | undefined): Told {
  return value ? { kind: "value", value } : { kind: "empty" };
}
