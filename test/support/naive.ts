/** The naive evaluator: calls every function once, in order, from what the sources hold. No memory, no order to get wrong, never optimised. */
import { meaning, type Traced } from "./graphs.ts";
import { outsOf, type Wired } from "./wired.ts";

export type Told =
  | { readonly kind: "value"; readonly value: Traced }
  | { readonly kind: "failed"; readonly roots: ReadonlySet<string> }
  | { readonly kind: "empty" };

/** What every output holds from scratch, by node and output. `called` gives what a callable gave for the run that is shown. */
export function evaluate(
  wired: Wired,
  values: readonly (number | null)[],
  called: (node: number, name: string) => Traced | undefined,
) {
  const told: (readonly Told[])[] = [];
  for (const [i, node] of wired.plan.nodes.entries()) {
    const inputs = inputsOf(wired, i, values, told, called);
    const failed = inputs.flatMap((input) => (input.kind === "failed" ? [...input.roots] : []));
    const given = inputs.flatMap((input) => (input.kind === "value" ? [input.value] : []));
    if (node.kind === "input") told.push(inputs);
    else if (failed.length > 0) told.push(all(outsOf(node), { kind: "failed", roots: new Set(failed) }));
    else if (given.length < inputs.length) told.push(all(outsOf(node), { kind: "empty" }));
    else {
      const made = meaning(wired.names[i]!, node, given);
      if ("outputs" in made) told.push(made.outputs.map((value) => ({ kind: "value", value })));
      else told.push(all(outsOf(node), { kind: "failed", roots: new Set([wired.names[i]!]) }));
    }
  }
  return told;
}

/** What a node's inputs hold from scratch. */
export function inputsOf(
  wired: Wired,
  node: number,
  values: readonly (number | null)[],
  told: readonly (readonly Told[])[],
  called: (node: number, name: string) => Traced | undefined,
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
function all(count: number, told: Told): readonly Told[] {
  return Array.from({ length: count }, () => told);
}
