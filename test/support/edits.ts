/** Moves: all that can happen to a living world, as plain data that shrinks. `play` makes them one by one and lets the witness look after each. */
import * as fc from "fast-check";
import type { Graph, InputPort, Outcome, Sheet } from "../../src/index.ts";
import type { GraphPlan, Traced } from "./graphs.ts";
import { traced } from "./naive.ts";
import { turn } from "./turn.ts";
import { Witness } from "./witness.ts";
import { World } from "./world.ts";

/** One move; numbers count modulo what exists. */
export type Move =
  | { readonly do: "set"; readonly source: number; readonly n: number }
  | { readonly do: "run"; readonly node: number; readonly only: boolean; readonly again: boolean }
  | { readonly do: "cancel"; readonly node: number | null }
  | { readonly do: "batch"; readonly moves: readonly Move[] }
  | { readonly do: "run-all"; readonly again: boolean }
  /** Lets one held function say its next word. */
  | { readonly do: "let"; readonly which: number }
  /** Lets one microtask pass, or everything happen that waits for nobody. */
  | { readonly do: "tick" }
  | { readonly do: "breathe" }
  /** Lets every held function finish, in an order of its own. */
  | { readonly do: "settle"; readonly order: number }
  | { readonly do: "watch"; readonly port: number };

/** Who listens from the beginning: nobody, to every port, to the sheet's events. The engine goes other ways when watched, and when it remembers nothing. */
export interface Audience {
  readonly ports: boolean;
  readonly events: boolean;
  readonly forgets?: boolean;
}

export interface Story {
  readonly graph: GraphPlan;
  readonly audience: Audience;
  readonly moves: readonly Move[];
}

const any = fc.nat({ max: 39 });
const seldom = fc.nat({ max: 5 }).map((n) => n === 5);
const set = fc.record({ do: fc.constant("set" as const), source: any, n: fc.nat({ max: 3 }) });
const run = fc.record({ do: fc.constant("run" as const), node: any, only: seldom, again: seldom });
const cancel = fc.record({ do: fc.constant("cancel" as const), node: fc.option(any, { freq: 8 }) });
const letOne = fc.record({ do: fc.constant("let" as const), which: any });
const breathe = fc.constantFrom<Move>({ do: "tick" }, { do: "breathe" }, { do: "breathe" });

export function moves(maxLength = 40): fc.Arbitrary<readonly Move[]> {
  const one = fc.oneof(
    { weight: 8, arbitrary: set },
    { weight: 5, arbitrary: run },
    { weight: 2, arbitrary: cancel },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant("batch" as const),
        moves: fc.array(fc.oneof({ weight: 4, arbitrary: set }, run, cancel), {
          minLength: 1,
          maxLength: 4,
          size: "max",
        }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("run-all" as const), again: seldom }) },
    { weight: 8, arbitrary: letOne },
    { weight: 4, arbitrary: breathe },
    { weight: 4, arbitrary: fc.record({ do: fc.constant("settle" as const), order: any }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("watch" as const), port: any }) },
  );
  const short = fc.array(one, { maxLength: 8, size: "max" });
  return fc.oneof({ weight: 1, arbitrary: short }, { weight: 2, arbitrary: fc.array(one, { maxLength, size: "max" }) });
}

export function stories(graph: fc.Arbitrary<GraphPlan>, maxMoves?: number): fc.Arbitrary<Story> {
  return fc.record({
    graph,
    audience: fc.record({ ports: fc.boolean(), events: fc.boolean(), forgets: fc.boolean() }),
    moves: moves(maxMoves),
  });
}

/** Plays a story to its end and gives back what broke a law: nothing, when all is well. */
export async function play(story: Story, living?: (graph: Graph) => Sheet): Promise<readonly string[]> {
  const world = new World(story.graph);
  const witness = new Witness(world);
  await new Player(world, witness, story.audience).play(story.moves, living);
  return witness.faults;
}

class Player {
  readonly #world: World;
  readonly #witness: Witness;
  readonly #audience: Audience;
  readonly #watched = new Map<number, () => void>();

  constructor(world: World, witness: Witness, audience: Audience) {
    this.#world = world;
    this.#witness = witness;
    this.#audience = audience;
  }

  async play(story: readonly Move[], living?: (graph: Graph) => Sheet): Promise<void> {
    const memory = this.#audience.forgets ? { memory: { runs: 0 } } : {};
    const sheet = this.#world.open(living ?? ((graph) => graph.sheet(memory)));
    if (this.#audience.events) this.#witness.listen();
    if (this.#audience.ports) for (let port = 0; port < this.#witness.ports; port++) this.#witness.watch(port);
    this.#witness.look();
    // Moves follow each other in one turn, but for those that let time pass: a promise may be kept and not yet heard of.
    for (const move of story) {
      this.#world.epoch++;
      if (move.do === "tick") await null;
      else if (move.do === "breathe") await turn();
      else if (move.do === "settle") await this.#settle(move.order);
      else this.#make(move);
      this.#witness.look();
    }
    // A story ends as it is: some runs are still under way when the sheet closes.
    this.#world.epoch++;
    this.#witness.closing();
    sheet.close();
    await turn();
    this.#witness.lookClosed();
    for (const start of this.#world.held) start.advance?.();
    await turn();
  }

  #make(move: Move): void {
    const world = this.#world;
    const sheet = world.sheet as Sheet;
    const plan = world.wired;
    if (move.do === "let") return next(world.held, move.which)?.advance?.();
    if (move.do === "watch") return this.#watch(move.port % Math.max(1, this.#witness.ports));
    world.edits++;
    if (move.do === "set") {
      const source = move.source % plan.sources.length;
      const port = next(world.sourcePorts[source] as readonly InputPort<Traced>[], move.source + move.n);
      if (port === undefined) return;
      world.put(source, move.n);
      sheet.set(port, traced((plan.sources[source] as { name: string }).name, move.n) as Traced);
    } else if (move.do === "run") {
      const node = move.node % plan.names.length;
      const end = this.#witness.asking(node, move.only, move.again);
      void sheet.run(world.nodes[node]!, flags(move)).then(end);
    } else if (move.do === "cancel") {
      const node = move.node === null ? null : move.node % plan.names.length;
      this.#witness.cancelled(node);
      if (node === null) sheet.cancel();
      else sheet.cancel(world.nodes[node]);
    } else if (move.do === "run-all") {
      const ends = plan.names.map((_, node) => this.#witness.asking(node, false, move.again));
      void sheet.runAll(flags(move)).then((outcomes) => {
        for (const [i, node] of sheet.graph.nodes.entries()) ends[world.nodes.indexOf(node)]?.(outcomes[i] as Outcome);
      });
    } else if (move.do === "batch") {
      sheet.batch(() => {
        for (const inner of move.moves) this.#make(inner);
      });
      world.edits++;
    }
  }

  async #settle(order: number): Promise<void> {
    const world = this.#world;
    let done = false;
    void world.sheet?.settled().then(() => {
      done = true;
    });
    for (let k = order; k < order + 10_000; k++) {
      await turn();
      const start = next(world.held, k);
      if (start === undefined) break;
      start.advance?.();
    }
    if (!done) this.#witness.fault("Q10", "nothing runs, and it is not settled");
    this.#witness.lookSettled();
  }

  #watch(port: number): void {
    if (this.#witness.ports === 0) return;
    const stop = this.#watched.get(port);
    if (stop) {
      stop();
      this.#watched.delete(port);
    } else this.#watched.set(port, this.#witness.watch(port));
  }
}

function next<T>(list: readonly T[], which: number): T | undefined {
  return list[which % Math.max(1, list.length)];
}

function flags(move: { readonly only?: boolean; readonly again?: boolean }): { only?: true; again?: true } {
  return { ...(move.only && { only: true as const }), ...(move.again && { again: true as const }) };
}
