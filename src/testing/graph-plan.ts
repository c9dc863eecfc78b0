/**
 * Random graphs as plain data, so that fast-check can shrink them. A node only looks back at the nodes before it, so every plan
 * is one that could be written; numbers count modulo what there is, so that a plan stays one when shrinking takes nodes away.
 */
import * as fc from "fast-check";

/** How an input is fed. `back` counts from the node before; where nothing lies before, an edge is a component of its own. */
export type InputPlan =
  | { readonly feed: "edge"; readonly back: number; readonly out: number }
  | { readonly feed: "own"; readonly first: number | null }
  | { readonly feed: "shared"; readonly at: number }
  | { readonly feed: "constant"; readonly n: number }
  | { readonly feed: "callable"; readonly n: number; readonly later: boolean };

export interface FnPlan {
  readonly kind: "fn";
  readonly inputs: readonly InputPlan[];
  /** One number an output: 0 gives all that there is to say; else only the remainder, and equal outputs are frequent. */
  readonly outs: readonly number[];
  /** At once, as a promise, as an async generator, as an Observable. */
  readonly manner: "now" | "later" | "stream" | "flow";
  readonly manual: boolean;
  /** Throws when its sum leaves this remainder by 5. */
  readonly fails: number | null;
}
export interface InputNodePlan {
  readonly kind: "input";
  readonly firsts: readonly (number | null)[];
}
export type NodePlan = FnPlan | InputNodePlan;

export interface GraphPlan {
  /** `deep`: each node reads the one before it, and no edge goes back further than two; `wide`: the last node reads all others. */
  readonly form: "any" | "deep" | "wide";
  /** First values of components that any input may share. */
  readonly shared: readonly number[];
  readonly nodes: readonly NodePlan[];
}

export interface PlanOptions {
  readonly maxNodes: number;
  readonly async: boolean;
  readonly failures: boolean;
}

const small = fc.nat({ max: 9 });
/** Seldom empty: one empty input keeps everything below it from running. */
const first = fc.option(small, { freq: 30 });
const far = fc.nat({ max: 39 });

const inputPlans: fc.Arbitrary<InputPlan> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ feed: fc.constant("edge"), back: far, out: fc.nat({ max: 2 }) }) },
  { weight: 3, arbitrary: fc.record({ feed: fc.constant("own"), first }) },
  { weight: 3, arbitrary: fc.record({ feed: fc.constant("shared"), at: fc.nat({ max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ feed: fc.constant("constant"), n: small }) },
  { weight: 1, arbitrary: fc.record({ feed: fc.constant("callable"), n: small, later: fc.boolean() }) },
);

/** Plans of 1 to `maxNodes` nodes; half of them are small, for small ones find most. */
export function plans({ maxNodes, async, failures }: PlanOptions): fc.Arbitrary<GraphPlan> {
  const never = fc.constant(null);
  // Most nodes never fail: a graph where all do tests nothing below its first row.
  const fails = failures
    ? fc.oneof({ weight: 12, arbitrary: never }, { weight: 1, arbitrary: fc.nat({ max: 4 }) })
    : never;
  const fn = fc.record<FnPlan>({
    kind: fc.constant("fn"),
    inputs: fc.array(
      inputPlans.map((input) => (async ? input : prompt(input))),
      { minLength: 1, maxLength: 4, size: "max" },
    ),
    outs: fc.array(fc.constantFrom(0, 0, 2, 3), { minLength: 1, maxLength: 3 }),
    manner: async ? fc.constantFrom("now", "now", "later", "stream", "flow") : fc.constant("now"),
    manual: fc.nat({ max: 7 }).map((n) => n === 7),
    fails,
  });
  const input = fc.record<InputNodePlan>({
    kind: fc.constant("input"),
    firsts: fc.array(first, { minLength: 1, maxLength: 3 }),
  });
  const node = fc.oneof({ weight: 8, arbitrary: fn }, { weight: 1, arbitrary: input });
  const nodes = (maxLength: number) => fc.array(node, { minLength: 1, maxLength, size: "max" });
  return fc.record<GraphPlan>({
    form: fc.constantFrom("any", "any", "deep", "wide"),
    shared: fc.array(small, { minLength: 1, maxLength: 3 }),
    nodes: fc.oneof(nodes(Math.min(6, maxNodes)), nodes(maxNodes)),
  });
}

/** Without anything that comes later. */
function prompt(input: InputPlan): InputPlan {
  return input.feed === "callable" ? { ...input, later: false } : input;
}
