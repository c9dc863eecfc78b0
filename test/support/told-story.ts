/** A story told by hand: its nodes, what each reads, does and when, and its moves by the numbers of nodes and sources. */
import type { InputPort, Node } from "../../src/index.ts";
import type { FnPlan, InputNodePlan, InputPlan } from "../../src/testing/graph-plan.ts";
import type { Edit } from "../../src/testing.ts";
import type { Habit } from "./manners.ts";
import type { Audience, Move, Story } from "./stories.ts";
import { World } from "./world.ts";

/** A node of a story: its plan, and what it does in time. */
interface Drawn {
  readonly plan: FnPlan | InputNodePlan;
  readonly habit?: Habit;
}
interface About
  extends Partial<Pick<Habit, "manner" | "context" | "heeds">>,
    Partial<Pick<FnPlan, "manual" | "fails">> {
  /** One number an output: 0 gives all that there is to say, else only the remainder. */
  readonly outs?: readonly number[];
}

export const x = (first: number | null = 0): InputPlan => ({ feed: "own", first });
/** An edge from the node just before, or from one further back. */
export const before = (back = 0, out = 0): InputPlan => ({ feed: "edge", back, out, way: "plain" });
export const callable = (later: boolean): InputPlan => ({ feed: "callable", n: 0, later });

export function fn(inputs: readonly InputPlan[], about: About = {}): Drawn {
  const { manner = "now", context = false, heeds = false, outs = [0], manual = false, fails = null } = about;
  const plain = { skips: false, forgets: false, hangs: false, lane: null, mends: "nothing", manner: "now" } as const;
  return {
    plan: { kind: "fn", inputs, outs: outs.map((keep) => ({ keep, form: "number" })), manual, fails, ...plain },
    habit: { manner, context, heeds, silent: null },
  };
}

/** A move as it is told: nodes and sources by number. */
type Told<M extends Move = Move> = (world: World) => M;

// Sources are counted from 1, through the components of the nodes, in order.
export const set =
  (source: number, value: number): Told<Edit> =>
  ({ wired }) => ({ kind: "set", input: wired.sources[source - 1]?.ports[0] as unknown as InputPort<unknown>, value });
const nodeOf = ({ nodes }: World, number: number) => nodes.find(({ name }) => name === `n${number}`) as Node;
export const run =
  (node: number, how: { only?: boolean; again?: boolean } = {}): Told<Edit> =>
  (world) => ({ kind: "run", node: nodeOf(world, node), only: false, again: false, ...how });
export const cancel =
  (node: number): Told<Edit> =>
  (world) => ({ kind: "cancel", node: nodeOf(world, node) });
export const batch =
  (...edits: readonly Told<Edit>[]): Told<Edit> =>
  (world) => ({ kind: "batch", edits: edits.map((edit) => edit(world)) });
export const runAll: Told = () => ({ kind: "runAll", again: false });
export const letOne =
  (which = 0): Told =>
  () => ({ kind: "let", which });
export const tick: Told = () => ({ kind: "tick" });
export const breathe: Told = () => ({ kind: "breathe" });
export const settle: Told = () => ({ kind: "settle", order: 0 });

export function story(drawn: readonly Drawn[], moves: readonly Told[], audience: Partial<Audience> = {}): () => Story {
  return () => {
    const nodes = drawn.map(({ plan }) => plan);
    const habits = drawn.flatMap(({ habit }) => habit ?? []);
    const world = new World({ plan: { form: "any", shared: [0], nodes }, habits, connected: [] });
    return { world, audience: { ports: false, events: false, ...audience }, moves: moves.map((move) => move(world)) };
  };
}
export const manual = { manual: true } as const;
