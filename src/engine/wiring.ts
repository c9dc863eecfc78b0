/** What the steps of a node are wired to, one or one per item: the node, and what its function is given beside what is read from slots. Fixed when the sheet opens. */

import type { BaseNode } from "./base-node.ts";
import { type Endings, endingsOf } from "./ending.ts";
import { handedOut } from "./equal.ts";
import { isPromise } from "./follow.ts";
import type { Assembly } from "./inputs.ts";
import { type Traffic, trafficOf } from "./lane.ts";
import type { LivingGraph } from "./living-graph.ts";
import type { Memory } from "./memory.ts";
import type { NodeMemory } from "./node-memory.ts";
import type { Home } from "./placed.ts";
import { policyOf, type RetryPolicy } from "./retry.ts";
import type { RunContext } from "./run.ts";
import { given, type Ready } from "./signal.ts";
import type { Slot } from "./slot.ts";
import type { Wave } from "./wave.ts";

type Inputs = Readonly<Record<string, unknown>>;

/** An input that is asked for its value once per run (R6). */
export interface Callable {
  readonly name: string;
  readonly call: () => unknown;
  /** Shows what was given last. */
  readonly slot: Slot;
}

/** What all steps of a sheet share: its id, how many runs it has begun, what it remembers. */
export interface SheetFacts {
  readonly id: string;
  runs: number;
  readonly memory: Memory;
}

/** Where an item stands, level by level; it may move. */
export class Spot {
  at = 0;
  readonly #outer: Spot | undefined;

  constructor(outer: Spot | undefined) {
    this.#outer = outer;
  }

  get path(): readonly number[] {
    return this.#outer ? [...this.#outer.path, this.at] : [this.at];
  }
}

export class Wiring {
  readonly node: BaseNode;
  /** Its place among the sheet's steps: each comes after those it depends on. */
  readonly index: number;
  /** The living graph that it is of. */
  readonly graph: LivingGraph;
  readonly auto: boolean;
  /** What its steps live in, where that is not the sheet's own graph. */
  readonly home: Home | undefined;
  readonly assembly: Assembly;
  readonly constants: Inputs;
  readonly callables: readonly Callable[];
  /** True when a run is its function called once, at once, with nothing but its inputs. */
  readonly plain: boolean;
  /** True when a run of it may take as long as it likes. */
  readonly untimed: boolean;
  #memory: NodeMemory | undefined = undefined;

  constructor(
    about: Pick<Wiring, "node" | "index" | "graph" | "auto" | "assembly" | "constants" | "callables"> & {
      readonly home?: Home | undefined;
    },
  ) {
    const { node, callables } = about;
    this.node = node;
    this.index = about.index;
    this.auto = about.auto;
    this.home = about.home;
    this.graph = about.graph;
    this.assembly = about.assembly;
    this.constants = about.constants;
    this.callables = callables;
    const { lane, retries, fallback, convert, takesContext, timeout } = node;
    this.untimed = timeout === undefined || timeout === Number.POSITIVE_INFINITY;
    const unlimited = lane === undefined && retries === undefined && fallback === undefined;
    this.plain = unlimited && callables.length === 0 && convert === undefined && !takesContext;
  }

  get wave(): Wave {
    return this.graph.wave;
  }

  /** The sheet's id and how many runs it has begun. */
  get sheet(): SheetFacts {
    return this.graph.sheet;
  }

  /** The runs of its node. Found when first used: most nodes of a large graph never have one that is remembered. */
  get memory(): NodeMemory {
    this.#memory ??= this.graph.memories.of(this.node);
    return this.#memory;
  }

  /** True when a run answers for every later one with equal inputs (R1). */
  get remembers(): boolean {
    return this.node.remember && this.callables.length === 0;
  }

  /** The lane that its runs go through. */
  get traffic(): Traffic | undefined {
    const { lane } = this.node;
    return lane && trafficOf(lane);
  }

  /** When a failed attempt is tried again. */
  get policy(): RetryPolicy | undefined {
    return policyOf(this.node.retries);
  }

  /** Its runs that were told to stop and go on all the same. */
  get endings(): Endings {
    return endingsOf(this.node, this.wave);
  }

  /** Calls every callable once; a promise if one of them answers later. */
  recall(): Inputs | undefined | Promise<Inputs> {
    if (this.callables.length === 0) return undefined;
    const called = this.callables.map(({ call }) => call());
    return called.some(isPromise)
      ? Promise.all(called).then((values) => noted(this.callables, values))
      : noted(this.callables, called);
  }

  /** Hands the inputs to the node's function: those that its run began with, though a callable may have taken its time since. */
  invoke(signals: readonly Ready[], called: Inputs | undefined, context: RunContext): unknown {
    const { start } = this.node;
    return start(this.assembly.assemble(signals, this.constants, called), context);
  }

  /** Shows what the callables gave for a run. */
  showCalled(values: Inputs | undefined): void {
    if (values === undefined) return;
    this.wave.inside(() => {
      for (const { name, slot } of this.callables) slot.next(given(values[name]));
    });
  }
}

function noted(callables: readonly Callable[], called: readonly unknown[]): Inputs {
  return Object.fromEntries(callables.map(({ name }, i) => [name, handedOut(called[i])]));
}
