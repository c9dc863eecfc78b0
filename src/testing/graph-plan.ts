/**
 * Random graphs as plain data, so that fast-check can shrink them. A node only looks back at the nodes before it, so every plan
 * is one that could be written; numbers count modulo what there is, so that a plan stays one when shrinking takes nodes away.
 */
import * as fc from "fast-check";
import { refuseUnknown } from "../engine/known-options.ts";

/** What is done to a port on its way into an input, where it can be done: scattered, gathered, or gathered and scattered anew. */
export type Way = "plain" | "each" | "field" | "all" | "again";

/** How an input is fed. `back` counts from the node before; where nothing lies before, an edge is a component of its own. */
export type InputPlan =
  | { readonly feed: "edge"; readonly back: number; readonly out: number; readonly way: Way }
  | { readonly feed: "own"; readonly first: number | null }
  | { readonly feed: "shared"; readonly at: number }
  | { readonly feed: "constant"; readonly n: number }
  | { readonly feed: "callable"; readonly n: number; readonly later: boolean };

/** One output. `keep` 0 gives all that there is to say; else only the remainder, and equal outputs are frequent. */
export interface OutPlan {
  readonly keep: number;
  readonly form: "number" | "list" | "rows" | "lists";
}

export interface FnPlan {
  readonly kind: "fn";
  readonly inputs: readonly InputPlan[];
  readonly outs: readonly OutPlan[];
  /** At once, as a promise, as an async generator, as an Observable. */
  readonly manner: "now" | "later" | "stream" | "flow";
  readonly manual: boolean;
  /** Throws when its sum leaves this remainder by 5. */
  readonly fails: number | null;
  /** Leaves out the items that fail. */
  readonly skips: boolean;
  /** Every run is a new one. */
  readonly forgets: boolean;
  /** Fails by never ending, until its timeout; only what is asynchronous can. */
  readonly hangs: boolean;
  /** How many of its runs go at once; `shared`, one at a time of all nodes that share the graph's lane. */
  readonly lane: number | "shared" | null;
  /** What comes of a failure: nothing; a second attempt, which succeeds; a value that stands in. */
  readonly mends: "nothing" | "again" | "fallback";
}
export interface InputNodePlan {
  readonly kind: "input";
  readonly firsts: readonly (number | null)[];
}
export interface ChoicePlan {
  readonly kind: "choice";
  readonly variants: readonly FnPlan[];
}
/** A graph inside: its named inputs are its components, but for the last if that is not fed; its named outputs those of its last node. */
export interface SubgraphPlan {
  readonly kind: "graph";
  readonly inside: readonly FnPlan[];
  readonly inputs: readonly InputPlan[];
}
/** A person's step about an output of a node before; `pick` needs a list, and else is an approval. */
export interface PersonPlan {
  readonly kind: "person";
  readonly asks: "approval" | "pick" | "text";
  readonly back: number;
  readonly out: number;
}
export type NodePlan = FnPlan | InputNodePlan | ChoicePlan | SubgraphPlan | PersonPlan;

export interface GraphPlan {
  /** `deep`: each node reads the one before it, and no edge goes back further than two; `wide`: the last node reads all others. */
  readonly form: "any" | "deep" | "wide";
  /** First values of components that any input may share. */
  readonly shared: readonly number[];
  readonly nodes: readonly NodePlan[];
}

/** What random graphs have in them: all of it, unless it is switched off. */
export interface PlanOptions {
  readonly maxNodes: number;
  readonly async: boolean;
  readonly scatter: boolean;
  readonly choices: boolean;
  readonly failures: boolean;
  /** Steps that wait for a person. */
  readonly people: boolean;
  /** Failing by never ending: not where the test decides how long something takes. */
  readonly timeouts: boolean;
}

const small = fc.nat({ max: 9 });
/** Seldom empty: one empty input keeps everything below it from running. */
const first = fc.option(small, { freq: 30 });
const far = fc.nat({ max: 39 });
export const rarely = (one: number): fc.Arbitrary<boolean> => fc.nat({ max: one - 1 }).map((n) => n === one - 1);

const known = ["maxNodes", "async", "scatter", "choices", "failures", "people", "timeouts"];

/** Plans of 1 to `maxNodes` nodes; half of them are small, for small ones find most. */
export function plans(given: Partial<PlanOptions> = {}): fc.Arbitrary<GraphPlan> {
  refuseUnknown(given, known, "graphs()");
  const { maxNodes = 20, async = true, scatter = true, choices = true } = given;
  const { failures = true, people = true, timeouts = true } = given;
  const options = { maxNodes, async, scatter, choices, failures, people, timeouts };
  const fn = functions(options);
  const node = fc.oneof(
    { weight: 20, arbitrary: fn },
    { weight: 2, arbitrary: inputNodes },
    ...(choices ? [{ weight: 2, arbitrary: choicesOf(fn) }] : []),
    { weight: 2, arbitrary: subgraphsOf(fn, options) },
    ...(people ? [{ weight: 1, arbitrary: persons }] : []),
  );
  const nodes = (maxLength: number) => fc.array(node, { minLength: 1, maxLength, size: "max" });
  return fc.record<GraphPlan>({
    form: fc.constantFrom("any", "any", "deep", "wide"),
    shared: fc.array(small, { minLength: 1, maxLength: 3 }),
    nodes: fc.oneof(nodes(Math.min(6, maxNodes)), nodes(maxNodes)).map((all) => fitting(all, maxNodes)),
  });
}

/** Nodes as long as there is room for them: a choice brings its variants along, and where they do not fit, is its first. */
function fitting(all: readonly NodePlan[], maxNodes: number): readonly NodePlan[] {
  const taken: NodePlan[] = [];
  let room = maxNodes;
  for (const node of all) {
    const fits = node.kind !== "choice" || node.variants.length < room ? node : (node.variants[0] as FnPlan);
    room -= fits.kind === "choice" ? fits.variants.length + 1 : 1;
    taken.push(fits);
    if (room === 0) break;
  }
  return taken;
}

function functions(options: PlanOptions): fc.Arbitrary<FnPlan> {
  const never = fc.constant(null);
  const form = options.scatter
    ? fc.constantFrom(
        "number",
        "number",
        "number",
        "number",
        "number",
        "number",
        "list",
        "list",
        "rows",
        "rows",
        "lists",
      )
    : fc.constant("number");
  return fc.record<FnPlan>({
    kind: fc.constant("fn"),
    inputs: fc.array(inputs(options), { minLength: 1, maxLength: 4, size: "max" }),
    outs: fc.array(
      fc.record<OutPlan>({ keep: fc.constantFrom(0, 0, 2, 3), form: form as fc.Arbitrary<OutPlan["form"]> }),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    manner: options.async ? fc.constantFrom("now", "now", "later", "stream", "flow") : fc.constant("now"),
    manual: rarely(8),
    // Most nodes never fail: a graph where all do tests nothing below its first row.
    fails: options.failures
      ? fc.oneof({ weight: 12, arbitrary: never }, { weight: 1, arbitrary: fc.nat({ max: 4 }) })
      : never,
    skips: options.scatter ? rarely(4) : fc.constant(false),
    forgets: rarely(10),
    hangs: options.async && options.timeouts ? rarely(3) : fc.constant(false),
    lane: options.async ? fc.constantFrom(null, null, null, null, null, null, 1, 2, "shared" as const) : never,
    mends: options.failures
      ? fc.constantFrom("nothing", "nothing", "nothing", "again", "fallback")
      : fc.constant("nothing"),
  });
}

function inputs({ async, scatter }: PlanOptions): fc.Arbitrary<InputPlan> {
  const way = scatter
    ? fc.constantFrom<Way>("plain", "plain", "each", "field", "all", "again")
    : fc.constant<Way>("plain");
  const later = async ? fc.boolean() : fc.constant(false);
  return fc.oneof(
    { weight: 12, arbitrary: fc.record({ feed: fc.constant("edge"), back: far, out: fc.nat({ max: 2 }), way }) },
    { weight: 3, arbitrary: fc.record({ feed: fc.constant("own"), first }) },
    { weight: 3, arbitrary: fc.record({ feed: fc.constant("shared"), at: fc.nat({ max: 2 }) }) },
    { weight: 1, arbitrary: fc.record({ feed: fc.constant("constant"), n: small }) },
    { weight: 1, arbitrary: fc.record({ feed: fc.constant("callable"), n: small, later }) },
  );
}

const inputNodes: fc.Arbitrary<InputNodePlan> = fc.record({
  kind: fc.constant("input"),
  firsts: fc.array(first, { minLength: 1, maxLength: 3 }),
});

const persons: fc.Arbitrary<PersonPlan> = fc.record({
  kind: fc.constant("person"),
  asks: fc.constantFrom("approval", "approval", "pick", "text"),
  back: far,
  out: fc.nat({ max: 2 }),
});

function choicesOf(fn: fc.Arbitrary<FnPlan>): fc.Arbitrary<ChoicePlan> {
  return fc.record({ kind: fc.constant("choice"), variants: fc.array(fn, { minLength: 2, maxLength: 3 }) });
}

function subgraphsOf(fn: fc.Arbitrary<FnPlan>, options: PlanOptions): fc.Arbitrary<SubgraphPlan> {
  return fc.record({
    kind: fc.constant("graph"),
    inside: fc.array(fn, { minLength: 1, maxLength: 3 }),
    inputs: fc.array(inputs(options), { maxLength: 3 }),
  });
}
