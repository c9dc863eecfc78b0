/** A node that is many steps: a scattered one, or a graph inside a graph. People ask for it and cancel it as for one; what it shows is written by what lives inside. */

import type { Asked } from "./asked.ts";
import { askAbove, type Demand, endingOf } from "./demand.ts";
import { type Failure, itemsFailed } from "./failure.ts";
import type { Lacks } from "./lacks.ts";
import type { NodeMemory } from "./node-memory.ts";
import type { ItemPart } from "./parts.ts";
import { Passing } from "./passing.ts";
import type { Place } from "./placed.ts";
import type { RememberedRun } from "./remembered-run.ts";
import type { Outcome, Run } from "./run.ts";
import type { Cause, Ready } from "./signal.ts";
import type { Slot } from "./slot.ts";
import type { Wiring } from "./wiring.ts";

/** How a run is wired whose step is no more. */
export interface PastWiring {
  readonly wiring: Wiring;
  readonly ins: readonly Slot[];
}

export class Whole extends Passing {
  readonly #needs: readonly Slot[];
  readonly #inside: () => readonly Asked[];
  readonly #items: (() => readonly ItemPart[]) | undefined;
  readonly #memory: NodeMemory | undefined;
  /** Of a scattered node: what a run of an earlier life of the sheet was wired to. */
  readonly past: (() => PastWiring) | undefined;

  /** `needs`: what has to be ready before anything inside can run; `inside`: the steps that run. */
  constructor(
    place: Place,
    ins: readonly Slot[],
    about: {
      readonly needs: readonly Slot[];
      readonly inside: () => readonly Asked[];
      /** Of a scattered node: what lives for its items. */
      readonly items?: () => readonly ItemPart[];
      readonly memory?: NodeMemory;
      readonly past?: () => PastWiring;
    },
  ) {
    super(place, ins);
    this.past = about.past;
    this.#needs = about.needs;
    this.#inside = about.inside;
    this.#items = about.items;
    this.#memory = about.memory;
    for (const slot of new Set([...ins, ...about.needs])) slot.read(this);
  }

  /** The steps that run for it now. */
  get inside(): readonly Asked[] {
    return this.#inside();
  }

  /** What lives for each of its items; none of a node that is not scattered. */
  get items(): readonly ItemPart[] | undefined {
    return this.#items?.();
  }

  override demand(demand: Demand, lacks?: Lacks): void {
    if (demand.again && this.enabled)
      for (const step of this.#inside()) step.demand({ ...demand, end: () => undefined }, lacks);
    super.demand({ ...demand, again: false }, lacks);
  }

  visit(): void {
    this.suspect = false;
    const missing = this.#needs.find(({ now }) => now.kind !== "ready");
    if (missing && this.demands.length > 0) this.refuseAlone(missing);
    if (missing === undefined) for (const demand of this.demands) demand.accepted = true;
    if (this.asked === 0) return;
    if (this.ins.every(({ now }) => now.kind === "ready")) return this.end({ kind: "ready" });
    const above = askAbove(this, this.alone);
    if (above) this.endFromAbove(endingOf(above));
  }

  override get mirrors(): boolean {
    return true;
  }

  override get due(): boolean {
    return !this.runs && this.ins.some(({ now }) => now.kind !== "ready");
  }

  override get runs(): boolean {
    return this.#inside().some((step) => step.runs);
  }

  override get history(): readonly RememberedRun[] {
    if (this.#memory) return this.#memory.inOrder;
    // The items of a scattered graph share their memories.
    return [...new Set(this.#inside().flatMap((step) => step.history))].sort((a, b) => a.number - b.number);
  }

  override get shownRun(): Run {
    const last = this.history.at(-1);
    return last ? last.record : super.shownRun;
  }

  override cancel(by: "person" | "close"): void {
    for (const step of this.#inside()) step.cancel(by);
    super.cancel(by);
  }

  /** Asks some of its items; they end together: with their values, unless the whole list is there. */
  async askItems(chosen: readonly ItemPart[], demand: Pick<Demand, "only" | "again">): Promise<Outcome> {
    let left = chosen.reduce((sum, { part }) => sum + part.goals.length, 0);
    const asked = (step: Asked, ended: () => void) =>
      new Promise<Outcome>((resolve) => {
        const end = (outcome: Outcome) => {
          resolve(outcome);
          ended();
        };
        step.demand({ ...demand, accepted: false, at: 0, end });
      });
    // What one of them gave is the answer of its equals too, though nobody asked those (R1).
    const oneLess = () => {
      if (--left === 0) for (const other of this.inside) if (other.due) other.lookAgain();
    };
    const ends = this.wave.change(() =>
      chosen.flatMap(({ at, part }) => {
        const [goals, rest] = [part.goals, part.steps.filter((step) => !part.goals.includes(step))];
        if (demand.again) for (const step of rest) void asked(step, () => undefined);
        return goals.map(async (goal) => ({ at, outcome: await asked(goal, oneLess) }));
      }),
    );
    const outcomes = await Promise.all(ends);
    const failures = new Map<number, Failure>();
    for (const { at, outcome } of outcomes) if (outcome.kind === "failed") failures.set(at, outcome.failure);
    if (failures.size > 0) return { kind: "failed", failure: itemsFailed(failures, chosen.length) };
    const unready = outcomes.find(({ outcome }) => outcome.kind !== "ready");
    if (unready) return unready.outcome;
    if (this.ins.every(({ now }) => now.kind === "ready")) return this.readyOutcome();
    const gave = (i: number) => chosen.map(({ part }) => part.outs[i]?.good?.value);
    const outputs = Object.fromEntries(Object.keys(this.node.outputs).map((name, i) => [name, gave(i)]));
    const last = outcomes.at(-1)?.outcome;
    return { kind: "ready", outputs, ...(last?.kind === "ready" && { run: last.run }) } as unknown as Outcome;
  }

  override lookAgain(): void {
    super.lookAgain();
    for (const step of this.#inside()) step.lookAgain();
  }

  protected override abandon(cause: Cause): void {
    for (const step of this.#inside()) step.quit(cause);
  }

  protected override readyOutcome(): Outcome {
    const names = Object.keys(this.node.outputs);
    const outputs = Object.fromEntries(this.ins.map(({ now }, i) => [names[i], (now as Ready).value]));
    const last = this.history.at(-1)?.record;
    return { kind: "ready", outputs, ...(last && { run: last }) } as unknown as Outcome;
  }
}
