/**
 * The witness looks at a living world at every start of a function, every word a subscriber hears and after every move, and
 * writes down what breaks a law. It knows the naive evaluation and the list of starts, and nothing of the engine's insides.
 */
import type { Outcome, SheetEvent } from "../../src/index.ts";
import { Demands } from "./demands.ts";
import { Past } from "./past.ts";
import { Ports } from "./ports.ts";
import { Starts } from "./starts.ts";
import type { World } from "./world.ts";

export class Witness {
  readonly #world: World;
  readonly #past: Past;
  readonly #ports: Ports;
  readonly #demands: Demands;
  #closed = false;

  constructor(world: World) {
    this.#world = world;
    this.#past = new Past(world);
    this.#ports = new Ports(world, this.#past);
    this.#demands = new Demands(world, this.#past);
    new Starts(world, this.#past);
  }

  get faults(): readonly string[] {
    return this.#past.faults;
  }

  get ports(): number {
    return this.#ports.count;
  }

  fault(law: string, what: string): void {
    this.#past.fault(law, what);
  }

  asking(node: number, only: boolean, again: boolean): (outcome: Outcome) => void {
    return this.#demands.asking(node, only, again);
  }

  cancelled(node: number | null): void {
    this.#past.cancelled(node);
  }

  /** Watches a port as a person does; gives back how to stop. */
  watch(port: number): () => void {
    return this.#ports.watch(port, () => this.#closed);
  }

  /** Listens to everything that happens: every run told of ends once, and `settled` is said when none is under way. */
  listen(): void {
    // Runs that started before anybody listened are known only by their end.
    const underway = new Set<string>();
    const ended = new Set<string>();
    this.#world.sheet!.events$.subscribe({
      next: (event) => this.#heard(event, underway, ended),
      error: () => this.fault("W1", "the events error"),
      complete: () => underway.size === 0 || this.fault("R4", `${underway.size} runs never end`),
    });
  }

  #heard(event: SheetEvent, underway: Set<string>, ended: Set<string>): void {
    if (event.kind === "run-started") underway.add(event.run.id);
    else if (event.kind === "run-ended") {
      if (ended.has(event.run.id)) this.fault("R4", `a run of ${event.run.node} ends twice`);
      if (event.run.outcome === "running") this.fault("R4", `a run of ${event.run.node} ends as running`);
      underway.delete(event.run.id);
      ended.add(event.run.id);
    } else if (event.kind === "run-progress" || event.kind === "run-log") {
      if (ended.has(event.run)) this.fault("R2", `a run that has ended still speaks: ${event.kind}`);
    } else if (event.kind === "signal") {
      if (event.signal !== this.#world.sheet!.signal(event.port))
        this.fault("W10", "an event tells a signal that is not the latest");
    } else if (event.kind === "settled" && underway.size > 0)
      this.fault("Q10", "settled is said while a run is under way");
  }

  /** Looks at everything after a move. */
  look(): void {
    this.#demands.look();
    this.#ports.look();
  }

  /** Looks once more when nothing runs: then every demand has ended and nothing is left undone. */
  lookSettled(): void {
    this.look();
    this.#demands.lookSettled();
    this.#ports.lookSettled();
  }

  closing(): void {
    this.#closed = true;
    this.cancelled(null);
  }

  /** After the close: every demand has ended, every run is told to stop. */
  lookClosed(): void {
    this.#demands.lookClosed();
    for (const start of this.#world.held) {
      if (start.context && !start.context.signal.aborted)
        this.fault("R2", `a run of ${this.#world.name(start.node)} outlives its sheet`);
    }
  }
}
