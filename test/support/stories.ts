/**
 * Stories: random graphs and random edits of `millrace/testing`, and between the edits time that passes: the functions are in the test's
 * hand, which lets each say its next word, in the middle of everything.
 *
 * They stand beside the stories in full because they know less and claim more. Their graphs are plain: no lists, choices, people, lanes,
 * retries, pins or selected runs. Of such a graph it can be said exactly what runs, when and how often, why something is stale, what
 * stops a run and how every demand ends.
 */
import * as fc from "fast-check";
import type { Graph } from "../../src/engine/graph.ts";
import { said } from "../../src/testing/edit-words.ts";
import {
  type FnPlan,
  type GraphPlan,
  type InputPlan,
  type NodePlan,
  plans,
  rarely,
} from "../../src/testing/graph-plan.ts";
import { type Edit, edits } from "../../src/testing.ts";
import type { Habit, Manner } from "./manners.ts";
import { World } from "./world.ts";

/** An edit, or what may happen between two edits; numbers count modulo what exists. */
export type Move =
  | Edit
  | { readonly kind: "cancel everything" }
  /** Lets every held function finish, in an order of its own. */
  | { readonly kind: "settle"; readonly order: number }
  /** Lets one held function say its next word. */
  | { readonly kind: "let"; readonly which: number }
  /** Lets one microtask pass, or everything happen that waits for nobody. */
  | { readonly kind: "tick" }
  | { readonly kind: "breathe" }
  /** Begins to listen to a port, or no longer listens. */
  | { readonly kind: "watch"; readonly port: number };

/** Who listens from the beginning: nobody, to every port, to the sheet's events. The engine goes other ways when watched, and when it remembers nothing. */
export interface Audience {
  readonly ports: boolean;
  readonly events: boolean;
  readonly forgets?: boolean;
}

export interface Story {
  readonly world: World;
  readonly audience: Audience;
  readonly moves: readonly Move[];
}

export interface StoryOptions {
  readonly maxNodes?: number;
  readonly maxMoves?: number;
  readonly manners?: readonly Manner[];
  readonly failures?: boolean;
  /** False: none is manual; or all are. */
  readonly manual?: boolean | "all";
  readonly callables?: boolean;
  readonly empties?: boolean;
  /** Nothing is forgotten on the way: what is given tells apart whatever it was made from. */
  readonly telling?: boolean;
}

/** Many answer soon: what lies deep is reached only through all that lies above. */
const mixed: readonly Manner[] = ["now", "now", "now", "now", "soon", "soon", "sometimes", "later", "stream", "flow"];

export function worlds(options: StoryOptions = {}): fc.Arbitrary<World> {
  const { maxNodes = 40, manners = mixed, failures = true } = options;
  const habit = fc.record<Habit>({
    manner: fc.constantFrom(...manners),
    context: fc.boolean(),
    heeds: fc.boolean(),
    silent: failures
      ? fc.oneof({ weight: 12, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat({ max: 6 }) })
      : fc.constant(null),
  });
  const plan = plans({
    maxNodes,
    async: true,
    scatter: false,
    choices: false,
    failures,
    people: false,
    timeouts: false,
  });
  return fc
    .record({
      plan: fc.tuple(plan, rarely(8)).map(([one, manual]) => plainly(one, { ...options, allManual: manual })),
      habits: fc.array(habit, { minLength: Math.min(8, maxNodes), maxLength: maxNodes, size: "max" }),
      mute: fc.array(rarely(16), { minLength: Math.min(8, maxNodes), maxLength: maxNodes, size: "max" }),
      connected: fc.array(fc.tuple(far, far), { maxLength: 2 }),
    })
    .map(({ plan: whole, habits, mute, connected }) => {
      const nodes = whole.nodes.map((node, i) =>
        node.kind === "fn" && mute[i % mute.length] ? { ...node, outs: [] } : node,
      );
      return new World({ plan: { ...whole, nodes }, habits, connected });
    });
}

export function stories(options: StoryOptions = {}): fc.Arbitrary<Story> {
  return worlds(options).chain((world) =>
    fc.record({
      world: fc.constant(world),
      audience: fc.record({ ports: fc.boolean(), events: fc.boolean(), forgets: fc.boolean() }),
      moves: moves(world.graph, options.maxMoves),
    }),
  );
}

const far = fc.nat({ max: 39 });

/** Edits, and what happens between them. Half of the stories are short: they find most, and shrink fast. */
function moves(graph: Graph, max = 40): fc.Arbitrary<readonly Move[]> {
  const edit = edits(graph, { max: 1, only: ["set", "run", "runAll", "cancel", "batch", "settle"] });
  const time = fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant("let"), which: far }) },
    { weight: 4, arbitrary: fc.constantFrom({ kind: "tick" }, { kind: "breathe" }, { kind: "breathe" }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("watch"), port: far }) },
    { weight: 1, arbitrary: fc.constant({ kind: "cancel everything" }) },
  ) as fc.Arbitrary<Move>;
  const one = fc.oneof(
    // Every second time there is none.
    { weight: 7, arbitrary: edit.map((list) => list.map(few)) },
    { weight: 2, arbitrary: time.map((move) => [move]) },
  ) as fc.Arbitrary<readonly Move[]>;
  const list = (maxLength: number) => fc.array(one, { maxLength, size: "max" }).map((all) => all.flat());
  return fc.oneof({ weight: 1, arbitrary: list(12) }, { weight: 2, arbitrary: list(2 * max) });
}

/** Few values: what was there before comes back often. */
function few(edit: Edit): Edit {
  if (edit.kind === "batch") return said({ ...edit, edits: edit.edits.map(few) });
  return edit.kind === "set" ? said({ ...edit, value: (edit.value as number) % 4 }) : edit;
}

/** A plan without all that keeps it from being said exactly what happens; what functions do in time is their habit. */
function plainly(plan: GraphPlan, options: StoryOptions & { readonly allManual: boolean }): GraphPlan {
  const { manual = true, callables = true, empties = true, telling = false, allManual } = options;
  const held = (first: number | null) => (first === null ? (empties ? null : 0) : first % 4);
  const input = (one: InputPlan): InputPlan => {
    if (one.feed === "own") return { ...one, first: held(one.first) };
    if (one.feed !== "callable") return one;
    return callables ? one : { feed: "constant", n: one.n };
  };
  const fn = (one: FnPlan): FnPlan => ({
    ...one,
    inputs: one.inputs.map(input),
    outs: one.outs.map((out) => (telling ? { ...out, keep: 0 } : out)),
    manner: "now",
    manual: manual === "all" || (manual && (one.manual || allManual)),
    forgets: false,
    hangs: false,
    lane: null,
    mends: "nothing",
  });
  const node = (one: NodePlan): readonly NodePlan[] => {
    if (one.kind === "fn") return [fn(one)];
    if (one.kind === "graph") return one.inside.map(fn);
    return one.kind === "input" ? [{ ...one, firsts: one.firsts.map(held) }] : [];
  };
  return { ...plan, shared: plan.shared.map((n) => n % 4), nodes: plan.nodes.flatMap(node) };
}
