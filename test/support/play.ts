/** Plays a story: makes its moves one by one on a living sheet, and lets the witness look after each. */
import type { Graph } from "../../src/engine/graph.ts";
import type { Outcome, Sheet } from "../../src/index.ts";
import { make } from "../../src/testing/edit.ts";
import type { Edit } from "../../src/testing.ts";
import type { Move, Story } from "./stories.ts";
import { turn } from "./turn.ts";
import { Witness } from "./witness.ts";
import type { World } from "./world.ts";

/** Plays a story to its end and gives back what broke a law: nothing, when all is well. */
export async function play(story: Story, living?: (graph: Graph) => Sheet): Promise<readonly string[]> {
  const witness = new Witness(story.world);
  await new Player(story, witness).play(living);
  await story.world.lookAtClaims();
  return witness.faults;
}

class Player {
  readonly #world: World;
  readonly #witness: Witness;
  readonly #story: Story;
  readonly #watched = new Map<number, () => void>();

  constructor(story: Story, witness: Witness) {
    this.#world = story.world;
    this.#witness = witness;
    this.#story = story;
  }

  async play(living?: (graph: Graph) => Sheet): Promise<void> {
    const { audience, moves } = this.#story;
    const memory = audience.forgets ? { memory: { runs: 0 } } : {};
    const sheet = this.#world.open(living ?? ((graph) => graph.sheet(memory)));
    if (audience.events) this.#witness.listen();
    if (audience.ports) for (let port = 0; port < this.#witness.ports; port++) this.#witness.watch(port);
    this.#witness.look();
    // Moves follow each other in one turn, but for those that let time pass: a promise may be kept and not yet heard of.
    for (const [at, move] of moves.entries()) {
      this.#world.epoch++;
      if (move.kind === "tick") await null;
      else if (move.kind === "breathe") await turn();
      else if (move.kind === "settle") await this.#settle("order" in move ? move.order : at);
      else this.#happens(move);
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

  #happens(move: Exclude<Move, { readonly kind: "tick" | "breathe" | "settle" }>): void {
    if (move.kind === "let") return next(this.#world.held, move.which)?.advance?.();
    if (move.kind === "watch") return this.#watch(move.port % Math.max(1, this.#witness.ports));
    this.#world.edits++;
    if (move.kind !== "cancel everything") return this.#edit(move);
    this.#witness.cancelled(null);
    this.#world.sheet?.cancel();
  }

  #edit(edit: Edit): void {
    const world = this.#world;
    const sheet = world.sheet as Sheet;
    if (edit.kind === "batch") {
      sheet.batch(() => {
        for (const inner of edit.edits) {
          world.edits++;
          this.#edit(inner);
        }
      });
      world.edits++;
      return;
    }
    world.notes(edit);
    if (edit.kind === "cancel") this.#witness.cancelled(world.nodes.indexOf(edit.node));
    const ends = this.#asking(edit);
    for (const demand of make(sheet, edit)) {
      void demand.then((outcomes) => {
        for (const [i, outcome] of [outcomes].flat().entries()) ends[i]?.(outcome as Outcome);
      });
    }
  }

  /** What is to be told of the end of each demand that an edit makes. */
  #asking(edit: Edit): readonly ((outcome: Outcome) => void)[] {
    const { nodes } = this.#world;
    if (edit.kind === "run") return [this.#witness.asking(nodes.indexOf(edit.node), edit.only ?? false, edit.again)];
    return edit.kind === "runAll" ? nodes.map((_, node) => this.#witness.asking(node, false, edit.again)) : [];
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
