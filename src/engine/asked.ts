/**
 * The asked side of a step: its place in the graph, and the demands on it. A demand belongs to the step and not to one of
 * its runs; it goes on through edits, and ends in exactly one of ready, failed, cancelled, refused (R4).
 */
import { Subscriber } from "rxjs";
import { type Demand, type EndAbove, type Ending, emptyPort, Lacks, notReady, releaseAbove } from "./demand.ts";
import type { BaseNode } from "./node.ts";
import type { Outputs } from "./outputs.ts";
import type { Outcome } from "./run.ts";
import type { Slot } from "./slot.ts";
import type { Visited, Wave } from "./wave.ts";
import type { Wiring } from "./wiring.ts";

export abstract class Asked extends Subscriber<unknown> implements Visited {
  // What the scheduler keeps of a step: a linked list per height.
  marked = false;
  nextMarked: Visited | undefined = undefined;
  readonly height: number;

  readonly name: string;
  readonly auto: boolean;
  readonly ins: readonly Slot[];
  outputs!: Outputs;
  /** When it was asked, by the wave's clock; 0 for not. */
  asked = 0;
  /** True while all that ask want this step alone: then it asks no `manual` step above. */
  alone = false;
  /** When a demand or a run of it last ended without a value, and how. */
  restedAt = 0;
  ending: Ending | undefined = undefined;

  protected readonly wave: Wave;
  protected readonly wiring: Wiring;
  protected demands: Demand[] = none;
  /** True when a run is wanted though the outputs are fresh. */
  protected again = false;
  /** True when an input that was ready at the last visit may have stopped being so, or something else is to be looked at. */
  protected suspect = true;

  constructor(wiring: Wiring) {
    super();
    this.wiring = wiring;
    this.wave = wiring.wave;
    this.name = wiring.node.name;
    this.auto = wiring.auto;
    this.ins = wiring.ins;
    this.height = heightAbove(wiring.ins);
  }

  abstract visit(): void;
  /** The outcome of a demand on a step that is ready. */
  protected abstract readyOutcome(): Outcome;
  /** True when its inputs include a callable: it runs anew whenever it is itself asked. */
  abstract get recalls(): boolean;
  /** True while a run of it is under way. */
  abstract get runs(): boolean;

  /** Asks it to become ready; the demand ends in exactly one of ready, failed, cancelled, refused (R4). */
  demand(demand: Demand, lacks = new Lacks()): void {
    const lack = lacks.of(this);
    if (lack) return demand.end({ kind: "refused", why: emptyPort(lack) });
    this.demands = [...this.demands, demand];
    demand.again ||= this.recalls && !this.runs;
    if (demand.again) this.again = true;
    demand.at = ++this.wave.clock;
    this.ask(demand.at, demand.only);
  }

  /** Asked by a person, or by a step below that needs it. */
  ask(stamp: number, only: boolean): void {
    this.alone = only && (this.asked === 0 || this.alone);
    // What is wanted alone asks for nothing above, so it makes no older demand younger than an ending up there.
    if (this.asked === 0 || !only) this.asked = stamp;
    this.suspect = true;
    this.wave.mark(this);
  }

  /** True when a person asks for it, or a step below that is asked. */
  get wanted(): boolean {
    return this.demands.length > 0 || this.outputs.all.some(({ slot }) => slot.wanted);
  }

  get node(): BaseNode {
    return this.wiring.node;
  }

  get index(): number {
    return this.wiring.index;
  }

  inputNameOf(slot: Slot): string {
    return this.wiring.assembly.keys[this.ins.indexOf(slot)] ?? "";
  }

  /** "This step alone" is refused when it would have to wait for another; who asks for more goes on waiting. */
  protected refuseAlone(slot: Slot): void {
    const refused = this.demands.filter((demand) => demand.only && !demand.accepted);
    if (refused.length > 0) this.#refuse(refused, { kind: "refused", why: notReady(this, slot) });
  }

  /** Something above has ended, and with it what was asked here before; what was asked alone since then is refused. */
  protected endFromAbove({ ending, slot }: EndAbove): void {
    if (ending.kind === "refused" && this.alone && this.demands.length > 0) return this.#refuse(this.demands, ending);
    const ended = slot.owner?.restedAt ?? 0;
    const later = this.demands.filter((demand) => demand.only && demand.at > ended);
    if (ending.kind !== "refused" && later.length > 0)
      this.#refuse(later, { kind: "refused", why: notReady(this, slot) });
    this.end(ending);
  }

  #refuse(refused: readonly Demand[], ending: Ending): void {
    this.demands = this.demands.filter((demand) => !refused.includes(demand));
    this.alone = this.demands.length > 0 && this.demands.every((demand) => demand.only);
    this.again = this.demands.some((demand) => demand.again);
    if (this.demands.length === 0) {
      // Not an ending of the step's own: whoever is asked below looks again, and asks anew for what it needs.
      this.asked = 0;
      this.outputs.remind();
      // It asked nothing above, but while it was asked it may have kept a demand there from being taken back.
      releaseAbove(this);
    }
    for (const demand of refused) demand.end(ending);
  }

  /** The new run that was wanted begins. */
  protected spendAgain(): void {
    this.again = false;
    for (const demand of this.demands) demand.again = false;
  }

  /** Ends its demand, if it has one; what was asked below looks again. */
  protected end(ending: Ending | { readonly kind: "ready" }): void {
    const demands = this.demands;
    this.asked = 0;
    this.again = false;
    this.demands = none;
    if (ending.kind !== "ready") {
      this.restedAt = ++this.wave.clock;
      this.ending = ending;
      this.outputs.remind();
      releaseAbove(this);
    }
    if (demands.length === 0) return;
    const outcome: Outcome = ending.kind === "ready" ? this.readyOutcome() : ending;
    for (const demand of demands) demand.end(outcome);
  }
}

const none: Demand[] = [];

function heightAbove(ins: readonly Slot[]): number {
  let height = 0;
  for (const slot of ins) if (slot.owner && slot.owner.height > height) height = slot.owner.height;
  return height + 1;
}
