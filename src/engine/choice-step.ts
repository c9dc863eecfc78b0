/**
 * A choice come alive. It runs nothing: its outputs hold the very signals of the selected variant's, so what lies below sees
 * no difference. Only the selected variant may run (C1); the others keep their inputs, their runs and what they showed (C2).
 */

import { Asked } from "./asked.ts";
import { askOne, type Demand, endingOf } from "./demand.ts";
import { Structure } from "./items.ts";
import type { Lacks } from "./lacks.ts";
import { heightAbove, type Place } from "./placed.ts";
import type { RememberedRun } from "./remembered-run.ts";
import type { Outcome, Run } from "./run.ts";
import { type Cause, type Ready, type RunNumbers, shared } from "./signal.ts";
import type { Slot } from "./slot.ts";

/** One of a choice's alternatives: what runs it, and the slots that the choice shows while it is selected. */
export interface LivingVariant {
  readonly step: Asked;
  readonly slots: readonly Slot[];
}

export class ChoiceStep extends Asked {
  outs: readonly Slot[] = [];
  #selected = 0;
  /** Why it shows what it shows, until the selected variant says something new. */
  #chosen: Cause | undefined = undefined;
  readonly #variants: readonly LivingVariant[];

  constructor(place: Place, variants: readonly LivingVariant[]) {
    const [first] = variants as readonly [LivingVariant];
    super(place, first.slots, heightAbove(variants.flatMap(({ slots }) => slots)));
    this.#variants = variants;
    variants.forEach(({ step, slots }, i) => {
      step.variantOf(this, i === 0);
      for (const slot of slots) slot.read(this);
    });
  }

  get selected(): number {
    return this.#selected;
  }

  /** The step that runs for it. */
  get variant(): Asked {
    return (this.#variants[this.#selected] as LivingVariant).step;
  }

  choose(variant: number, cause: Cause): void {
    if (variant === this.#selected) return;
    const before = this.variant;
    this.#selected = variant;
    this.wave.keeping?.chose(this);
    this.ins = (this.#variants[variant] as LivingVariant).slots;
    this.#chosen = cause;
    before.leave(this, cause);
    this.variant.variantOf(this, true);
    this.suspect = true;
    this.wave.mark(this);
  }

  override demand(demand: Demand, lacks?: Lacks): void {
    if (demand.again && this.enabled) this.variant.demand({ ...demand, end: () => undefined }, lacks);
    super.demand({ ...demand, again: false, end: (outcome) => demand.end(outcome) }, lacks);
  }

  visit(): void {
    this.suspect = false;
    this.ins.forEach((slot, i) => {
      const out = this.outs[i] as Slot;
      if (this.wave.opening && slot instanceof Structure && slot.good && !out.good) out.keep(slot.good);
      if (out.own !== slot.now) out.next(shared(slot.now));
    });
    for (const demand of this.demands) demand.accepted = true;
    if (this.asked === 0) return;
    if (this.ins.every(({ now }) => now.kind === "ready")) return this.end({ kind: "ready" });
    for (const slot of this.ins) {
      const above = slot.now.kind === "ready" ? undefined : askOne(this, slot, this.variant, this.alone);
      if (above) return this.endFromAbove(endingOf(above));
    }
  }

  get cause(): Cause {
    const slot = this.ins[0] as Slot;
    return this.#chosen ?? slot.cause;
  }

  override get mirrors(): boolean {
    return true;
  }

  override shownNumbersAt(slot: Slot): RunNumbers {
    return this.ins[this.outs.indexOf(slot)]?.shownNumbers ?? 0;
  }

  get shownRun(): Run {
    return this.variant.shownRun;
  }

  override get seen(): RememberedRun | undefined {
    return this.variant.seen;
  }

  get due(): boolean {
    return false;
  }

  get runs(): boolean {
    return false;
  }

  get recalls(): boolean {
    return this.variant.recalls;
  }

  get history(): readonly RememberedRun[] {
    return this.#variants.flatMap(({ step }) => step.history).sort((a, b) => a.number - b.number);
  }

  cancel(by: "person" | "close"): void {
    this.variant.cancel(by);
    if (this.asked !== 0) this.end({ kind: "cancelled" });
  }

  /** The variant that made a run; -1 for none. */
  makerOf(run: RememberedRun): number {
    return this.#variants.findIndex(({ step }) => step.history.includes(run));
  }

  /** The slot that `out` holds the signal of while a variant is selected. */
  slotOf(variant: number, out: Slot): Slot {
    return (this.#variants[variant] as LivingVariant).slots[this.outs.indexOf(out)] as Slot;
  }

  protected readyOutcome(): Outcome {
    const names = Object.keys(this.node.outputs);
    const outputs = Object.fromEntries(this.outs.map(({ now }, i) => [names[i], (now as Ready).value]));
    return { kind: "ready", outputs, run: this.variant.shownRun } as Outcome;
  }
}
