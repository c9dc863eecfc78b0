/**
 * The way out of a living sheet: hears what changes and gives it as plain data when it is asked, each thing once. What it
 * costs follows what changed, not what the sheet holds: marks are noted as they come, and looked at when they are taken.
 */
import type { Asked } from "./asked.ts";
import type { ChoiceStep } from "./choice-step.ts";
import type { Fan } from "./fan.ts";
import { addressIn, type Change, type Fact, type Keeping, keyOf } from "./kept.ts";
import { KeptFans } from "./kept-fans.ts";
import { KeptInner } from "./kept-inner.ts";
import { KeptItems } from "./kept-items.ts";
import { KeptUnderway } from "./kept-underway.ts";
import { heldBy, keptCause, keptRun, keptSlot, keptStep } from "./kept-words.ts";
import type { LiveRun } from "./live-run.ts";
import type { LivingGraph } from "./living-graph.ts";
import type { AnyPort } from "./port.ts";
import type { RememberedRun } from "./remembered-run.ts";
import type { Scatter } from "./scatter.ts";
import type { Ready } from "./signal.ts";
import { SignalNumbers } from "./signal-numbers.ts";
import type { Slot } from "./slot.ts";
import { Standing } from "./standing.ts";
import type { Wiring } from "./wiring.ts";

export class Keeper implements Keeping {
  /** Called at the first change after each `take`. */
  onChange: () => void = () => undefined;
  readonly #living: LivingGraph;
  readonly #slots = new Map<Slot, readonly { readonly address: string; readonly port: AnyPort<unknown> }[]>();
  /** What takes their lists apart. */
  readonly #scatters = new Map<Slot, Scatter>();
  readonly #steps = new Map<Standing, string>();
  readonly #choices = new Map<ChoiceStep, string>();
  readonly #keys = new Set<string>();
  readonly #numbers = new SignalNumbers();
  readonly #items: KeptItems;
  readonly #inner: KeptInner;
  readonly #fans = new KeptFans(this.#numbers);
  readonly #underway = new KeptUnderway();
  /** Runs and signals that no node of this graph wants: kept for the day it does. */
  readonly #aside = { runs: new Set<number>(), signals: new Set<number>() };
  // What changed.
  #dirty = false;
  readonly #dirtySlots = new Set<Slot>();
  readonly #dirtySteps = new Set<Standing>();
  readonly #dirtyChoices = new Set<ChoiceStep>();
  #newRuns: RememberedRun[] = [];
  readonly #gone = new Set<string>();
  /** What was found out about items when the sheet was opened. */
  #found: ReadonlyMap<string, Fact | undefined> = new Map();

  /** `told`: the facts of an earlier life. */
  constructor(living: LivingGraph, told?: ReadonlyMap<string, Fact>) {
    this.#living = living;
    this.#items = new KeptItems(this.#numbers, told);
    this.#inner = new KeptInner(this.#numbers, told?.keys());
    this.#walk(living);
  }

  // ── what it hears

  changed(slot: Slot): void {
    this.#dirtySlots.add(slot);
    this.#inner.changed(slot);
    if (slot.owner instanceof Standing) this.#dirtySteps.add(slot.owner);
    this.#mark();
  }

  remembered(run: RememberedRun): void {
    this.#newRuns.push(run);
    this.#mark();
  }

  stood(step: Standing): void {
    this.#dirtySteps.add(step);
    this.#mark();
  }

  moved(steps: readonly Asked[]): void {
    for (const step of steps) {
      this.#inner.stood(step);
      if (step instanceof Standing) this.stood(step);
    }
  }

  retired(step: Standing): void {
    this.#items.gone(step);
    this.#inner.gone(step);
    this.#mark();
  }

  loosened(fan: Fan): void {
    if (this.#fans.loosened(fan)) this.#mark();
  }

  began(live: LiveRun, { memory }: Wiring): void {
    this.#underway.began(live, memory.address);
    this.#mark();
  }

  ended(live: LiveRun): void {
    if (this.#underway.ended(live)) this.#mark();
  }

  chose(step: ChoiceStep): void {
    this.#dirtyChoices.add(step);
    this.#inner.changed(step);
    this.#mark();
  }

  // ── what it gives

  /** True when there is something to take. */
  get due(): boolean {
    return this.#dirty;
  }

  /** What changed since it was taken last. */
  take(): Change {
    this.#dirty = false;
    const facts = new Map(this.#found);
    // What a step does beneath a pin no slot tells.
    for (const { outs } of this.#dirtySteps) for (const slot of outs) if (slot.pinned) this.#dirtySlots.add(slot);
    for (const slot of this.#dirtySlots) this.#slot(slot, facts);
    const runs = this.#newRuns.map((run) => keptRun(run, this.#numbers));
    for (const step of this.#dirtySteps) this.#step(step, facts);
    for (const part of [this.#items.take(), this.#inner.take(), this.#fans.take()])
      for (const [key, fact] of part) facts.set(key, fact);
    for (const step of this.#dirtyChoices) {
      const address = this.#choices.get(step);
      const variant = step.node.above[step.selected]?.name ?? "";
      if (address !== undefined) facts.set(keyOf("choice", address), { kind: "choice", variant });
    }
    for (const key of this.#gone) facts.set(key, undefined);
    for (const [key, fact] of this.#underway.take(this.#numbers)) facts.set(key, fact);
    this.#newRuns = [];
    this.#found = new Map();
    for (const dirty of [this.#dirtySlots, this.#dirtySteps, this.#dirtyChoices, this.#gone]) dirty.clear();
    return { runsBegun: this.#living.sheet.runs, signals: this.#numbers.take(), runs, facts };
  }

  /** The numbers of what is still there: the rest may be forgotten on disk too. */
  alive(): { readonly runs: ReadonlySet<number>; readonly signals: ReadonlySet<number> } {
    const runs = new Set(this.#aside.runs);
    for (const { number } of this.#living.sheet.memory.all) runs.add(number);
    const signals = this.#numbers.ledToBy(this.#held());
    for (const id of this.#aside.signals) signals.add(id);
    return { runs, signals };
  }

  /** The signals that something holds. */
  *#held(): Generator<Ready> {
    for (const run of this.#living.sheet.memory.all) yield* [...run.signals, ...(run.gave ?? [])];
    for (const part of [this.#underway, this.#inner, this.#fans]) yield* part.signals();
    for (const step of this.#steps.keys()) yield* step.left.rested ?? [];
    for (const slot of this.#slots.keys()) yield* heldBy(slot);
    for (const { taken } of this.#scatters.values()) if (taken) yield taken;
    for (const step of this.#items.steps) {
      yield* step.left.rested ?? [];
      for (const slot of step.outs) yield* heldBy(slot);
    }
  }

  // ── for the way back in

  /** A signal that was kept in an earlier life. */
  know(signal: Ready, id: number): void {
    this.#numbers.know(signal, id);
  }

  /** What was constant for runs of an earlier life. */
  knowConstants(signal: Ready): void {
    this.#numbers.knowConstants(signal);
  }

  setAside(runs: Iterable<number>, signals: Iterable<number>): void {
    for (const run of runs) this.#aside.runs.add(run);
    for (const id of signals) {
      this.#aside.signals.add(id);
      this.#numbers.pass(id);
    }
  }

  /** Where items stand that were there before it heard: what is told of them already is not told again. */
  begin(): void {
    for (const step of this.#living.running) {
      this.#inner.stood(step);
      if (step instanceof Standing && !this.#steps.has(step)) this.#items.stood(step);
    }
    this.#inner.take();
    this.#found = this.#items.take();
    if (this.#found.size > 0) this.#mark();
  }

  /** True for the key of a fact that this graph states. */
  states(key: string): boolean {
    return this.#keys.has(key);
  }

  /** A fact of an earlier life that is one no more. */
  drop(key: string): void {
    this.#gone.add(key);
    this.#mark();
  }

  // ── one thing each

  #mark(): void {
    if (this.#dirty) return;
    this.#dirty = true;
    this.onChange();
  }

  #walk(living: LivingGraph): void {
    for (const [port, slot] of living.slots) {
      const address = addressIn(living.path, port.node);
      this.#keys.add(keyOf(slot.owner ? "slot" : "source", address, port));
      this.#slots.set(slot, [...(this.#slots.get(slot) ?? []), { address, port: port as unknown as AnyPort<unknown> }]);
    }
    for (const [node, step] of living.steps) {
      const address = addressIn(living.path, node);
      this.#keys.add(keyOf(node.kind === "choice" ? "choice" : "step", address));
      if (step instanceof Standing) this.#steps.set(step, address);
      else if (node.kind === "choice") this.#choices.set(step as ChoiceStep, address);
    }
    this.#fans.walk(living);
    for (const scatter of living.scattering.scatters) this.#scatters.set(scatter.list, scatter);
    for (const inner of living.inside.values()) this.#walk(inner);
  }

  #slot(slot: Slot, facts: Map<string, Fact | undefined>): void {
    const ports = this.#slots.get(slot) ?? [];
    const { owner, now } = slot;
    for (const { address, port } of ports) {
      if (owner) facts.set(keyOf("slot", address, port), keptSlot(slot, this.#scatters.get(slot), this.#numbers));
      else if (now.kind === "ready") {
        const fact: Fact = { kind: "source", signal: this.#numbers.of(now), because: keptCause(slot.cause) };
        facts.set(keyOf("source", address, port), fact);
      }
    }
  }

  #step(step: Standing, facts: Map<string, Fact | undefined>): void {
    const address = this.#steps.get(step);
    if (address === undefined) this.#items.stood(step);
    else facts.set(keyOf("step", address), { kind: "step", ...keptStep(step, this.#numbers) });
  }
}
