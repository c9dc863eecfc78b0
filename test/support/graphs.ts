/**
 * Random graphs as plain data, so that fast-check can shrink them and a failing one can be pinned by copying it. Nodes only
 * look back at earlier nodes, so every drawn graph is one that could be written. What a node computes is `meaning`: a pure
 * function of its inputs, the only place where it is said.
 */
import * as fc from "fast-check";

/** A value: a number, and what its sources held when it was made. A contradiction inside one run is a glitch (W3). */
export interface Traced {
  readonly n: number;
  readonly from: Readonly<Record<string, number>>;
}

/** How an input is fed. `node` counts backwards, and numbers count modulo what exists; an edge in the first node is a component instead, one from a node without outputs a constant. */
export type InputPlan =
  | { readonly feed: "edge"; readonly node: number; readonly out: number; readonly connected: boolean }
  | { readonly feed: "own"; readonly first: number | null }
  | { readonly feed: "shared"; readonly at: number }
  | { readonly feed: "constant"; readonly n: number }
  | { readonly feed: "callable"; readonly later: boolean };

/**
 * How a function gives its outputs: `now`; `later`, when the test says so; `soon`, a promise that nobody holds;
 * `sometimes` now and sometimes later; as an async generator (`stream`) or an Observable (`flow`) with partial values.
 */
export type Manner = "now" | "later" | "soon" | "sometimes" | "stream" | "flow";

export interface FnPlan {
  readonly kind: "fn";
  readonly manner: Manner;
  readonly trigger: "auto" | "manual" | null;
  readonly inputs: readonly InputPlan[];
  /** One number an output, none for a node that only does something: 0 keeps the whole value and its trace; else only the remainder goes on, and equal outputs are frequent. */
  readonly outs: readonly number[];
  /** Throws when its sum leaves this remainder by 5. */
  readonly fails: number | null;
  /** Gives `undefined` when its sum leaves this remainder by 7. */
  readonly silent: number | null;
  /** Takes the context: looks at the signal, tells progress, writes a log. */
  readonly context: boolean;
  /** Stops when its `AbortSignal` is aborted; others go on, and speak when nobody listens. */
  readonly heeds: boolean;
}
export interface InputNodePlan {
  readonly kind: "input";
  readonly ports: readonly (number | null)[];
}
export type NodePlan = FnPlan | InputNodePlan;

export interface GraphPlan {
  readonly trigger: "auto" | "manual" | null;
  /** Components that any input may share; the first value, or null for none. */
  readonly shared: readonly (number | null)[];
  readonly nodes: readonly NodePlan[];
}

/** What a function gives for its inputs, in order: one value an output, or a failure. */
export type Meaning = { readonly outputs: readonly Traced[] } | { readonly threw: string } | { readonly silent: true };

export function meaning(name: string, plan: FnPlan, inputs: readonly Traced[]): Meaning {
  const sum = inputs.reduce((total, input, i) => total + (i + 1) * input.n, plan.outs.length);
  if (plan.fails !== null && sum % 5 === plan.fails) return { threw: `${name} cannot do ${sum}` };
  if (plan.silent !== null && plan.outs.length > 0 && sum % 7 === plan.silent) return { silent: true };
  const from = Object.assign({}, ...inputs.map((input) => input.from)) as Record<string, number>;
  // What a callable gave is kept even where all else is forgotten: from scratch nobody could know it.
  const called = Object.fromEntries(Object.entries(from).filter(([source]) => source.startsWith(`${name}(`)));
  return {
    outputs: plan.outs.map((keep, k) =>
      keep === 0 ? { n: (sum * 3 + k) % 1000, from } : { n: (sum + k) % keep, from: called },
    ),
  };
}

/** True when a `sometimes` function gives these inputs' outputs later. */
export function dawdles(plan: FnPlan, inputs: readonly Traced[]): boolean {
  if (plan.manner === "sometimes") return inputs.reduce((sum, input) => sum + input.n, 0) % 2 === 1;
  return plan.manner === "later";
}

/** What inputs of one run say about the same source, when they do not agree. */
export function contradiction(inputs: readonly Traced[]): string | undefined {
  const seen: Record<string, number> = {};
  for (const { from } of inputs) {
    for (const [source, n] of Object.entries(from)) {
      if (seen[source] !== undefined && seen[source] !== n) return `${source} is both ${seen[source]} and ${n}`;
      seen[source] = n;
    }
  }
  return undefined;
}

const small = fc.nat({ max: 3 });
/** Seldom empty: one empty source keeps everything below it from running. */
const first = fc.option(small, { freq: 40 });
const far = fc.nat({ max: 39 });

const inputPlans: fc.Arbitrary<InputPlan> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ feed: fc.constant("edge"), node: far, out: fc.nat({ max: 2 }), connected: rarely() }),
  },
  { weight: 3, arbitrary: fc.record({ feed: fc.constant("own"), first }) },
  { weight: 3, arbitrary: fc.record({ feed: fc.constant("shared"), at: fc.nat({ max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ feed: fc.constant("constant"), n: small }) },
  { weight: 1, arbitrary: fc.record({ feed: fc.constant("callable"), later: fc.boolean() }) },
);

function rarely(): fc.Arbitrary<boolean> {
  return fc.nat({ max: 7 }).map((n) => n === 7);
}

export interface GraphOptions {
  readonly maxNodes?: number;
  readonly manners?: readonly Manner[];
  readonly failures?: boolean;
  readonly manual?: boolean;
  readonly callables?: boolean;
  readonly empties?: boolean;
}

/** Many answer soon: what lies deep is reached only through all that lies above. */
const mixed: readonly Manner[] = ["now", "now", "now", "now", "soon", "soon", "sometimes", "later", "stream", "flow"];

/** Random graphs of 2-40 nodes. They shrink to fewer nodes, fewer inputs, plainer manners. */
export function graphs(options: GraphOptions = {}): fc.Arbitrary<GraphPlan> {
  const { maxNodes = 40, manners = mixed } = options;
  const { failures = true, manual = true, callables = true, empties = true } = options;
  // Most nodes never fail: a graph where all do tests nothing below its first row.
  const failing = (max: number) =>
    failures
      ? fc.oneof({ weight: 12, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat({ max }) })
      : fc.constant(null);
  const fn = fc.record<FnPlan>({
    kind: fc.constant("fn"),
    manner: fc.constantFrom(...manners),
    trigger: manual ? fc.constantFrom(null, null, null, null, null, "auto", "manual") : fc.constant(null),
    inputs: fc.array(inputPlans, { maxLength: 5, size: "max" }).map((inputs) => inputs.map((input) => tamed(input))),
    outs: fc.oneof(
      { weight: 15, arbitrary: fc.array(fc.constantFrom(0, 0, 2, 3), { minLength: 1, maxLength: 3, size: "max" }) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
    fails: failing(4),
    silent: failing(6),
    context: fc.boolean(),
    heeds: fc.boolean(),
  });
  const input = fc.record<InputNodePlan>({
    kind: fc.constant("input"),
    ports: fc.array(empties ? first : small, { minLength: 1, maxLength: 3, size: "max" }),
  });
  const nodes = (maxLength: number) =>
    fc.array(fc.oneof({ weight: 7, arbitrary: fn }, { weight: 1, arbitrary: input }), {
      minLength: 2,
      maxLength,
      size: "max",
    });
  const tamed = (input: InputPlan): InputPlan => {
    if (input.feed === "callable" && !callables) return { feed: "constant", n: 1 };
    if (input.feed === "callable" && input.later && !manners.includes("soon"))
      return { feed: "callable", later: false };
    return input.feed === "own" && input.first === null && !empties ? { feed: "own", first: 0 } : input;
  };
  return fc.record<GraphPlan>({
    trigger: manual ? fc.constantFrom(null, null, null, null, null, null, "auto", "manual") : fc.constant(null),
    shared: fc.array(empties ? first : small, { minLength: 1, maxLength: 3, size: "max" }),
    // Half of the graphs stay small: small ones find most, and shrink fast.
    nodes: fc.oneof(nodes(Math.min(8, maxNodes)), nodes(maxNodes)),
  });
}
