/**
 * The way out of a living sheet: hears what changes and gives it as plain data when it is asked, each thing once. What it
 * costs follows what changed, not what the sheet holds: marks are noted as they come, and looked at when they are taken.
 */
import type { ChoiceStep } from "./choice-step.ts";
import { printOf } from "./definition.ts";
import { GatheredSignal, ItemSignal } from "./items.ts";
import {
  addressIn,
  type Change,
  type Fact,
  type Keeping,
  type KeptCause,
  type KeptRun,
  type KeptSignal,
  keyOf,
} from "./kept.ts";
import type { LiveRun } from "./live-run.ts";
import type { LivingGraph } from "./living-graph.ts";
import type { AnyPort } from "./port.ts";
import type { RememberedRun } from "./remembered-run.ts";
import { type Cause, given, type Ready, type ReadySignal, shared } from "./signal.ts";
import type { Slot } from "./slot.ts";
import { Standing } from "./standing.ts";
import type { Wiring } from "./wiring.ts";

export class Keeper implements Keeping {
  /** Called at the first change after each `take`. */
  onChange: () => void = () => undefined;
  readonly #living: LivingGraph;
  readonly #slots = new Map<Slot, readonly { readonly address: string; readonly port: AnyPort<unknown> }[]>();
  readonly #steps = new Map<Standing, string>();
  readonly #choices = new Map<ChoiceStep, string>();
  readonly #keys = new Set<string>();
  /** The signals that stand for constants: as many as there are definitions. */
  readonly #constant = new Map<object, Ready>();
  readonly #ids = new WeakMap<Ready, number>();
  #lastId = 0;
  /** Runs and signals that no node of this graph wants: kept for the day it does. */
  readonly #aside = { runs: new Set<number>(), signals: new Set<number>() };
  // What changed.
  #dirty = false;
  readonly #dirtySlots = new Set<Slot>();
  readonly #dirtySteps = new Set<Standing>();
  readonly #dirtyChoices = new Set<ChoiceStep>();
  #newRuns: RememberedRun[] = [];
  readonly #underway = new Map<LiveRun, string>();
  /** Those that were told as under way. */
  readonly #told = new Map<LiveRun, string>();
  readonly #gone = new Set<string>();

  constructor(living: LivingGraph) {
    this.#living = living;
    this.#walk(living);
  }

  // ── what it hears

  changed(slot: Slot): void {
    this.#dirtySlots.add(slot);
    if (slot.owner instanceof Standing) this.#dirtySteps.add(slot.owner);
    this.#mark();
  }

  remembered(run: RememberedRun): void {
    this.#newRuns.push(run);
    if (run.maker instanceof Standing) this.#dirtySteps.add(run.maker);
    this.#mark();
  }

  showed({ maker }: RememberedRun): void {
    if (maker instanceof Standing) this.stood(maker);
  }

  stood(step: Standing): void {
    this.#dirtySteps.add(step);
    this.#mark();
  }

  began(live: LiveRun, { memory }: Wiring): void {
    this.#underway.set(live, memory.address);
    this.#mark();
  }

  ended(live: LiveRun): void {
    this.#underway.delete(live);
    const told = this.#told.get(live);
    if (told === undefined) return;
    this.#told.delete(live);
    this.#gone.add(told);
    this.#mark();
  }

  chose(step: ChoiceStep): void {
    this.#dirtyChoices.add(step);
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
    const signals: KeptSignal[] = [];
    const facts = new Map<string, Fact | undefined>();
    // What a step does beneath a pin no slot tells.
    for (const { outs } of this.#dirtySteps) for (const slot of outs) if (slot.pinned) this.#dirtySlots.add(slot);
    for (const slot of this.#dirtySlots) this.#slot(slot, signals, facts);
    const runs = this.#newRuns.map((run) => this.#run(run, signals));
    for (const step of this.#dirtySteps) this.#step(step, signals, facts);
    for (const step of this.#dirtyChoices) {
      const address = this.#choices.get(step);
      const variant = step.node.above[step.selected]?.name ?? "";
      if (address !== undefined) facts.set(keyOf("choice", address), { kind: "choice", variant });
    }
    for (const key of this.#gone) facts.set(key, undefined);
    for (const [live, address] of this.#underway) {
      if (this.#told.has(live)) continue;
      const key = `${keyOf("underway", address)} ${live.number}`;
      this.#told.set(live, key);
      const run = this.#live(live, address, signals);
      facts.set(key, { kind: "underway", run, waits: live.node.answer !== undefined });
    }
    this.#newRuns = [];
    for (const dirty of [this.#dirtySlots, this.#dirtySteps, this.#dirtyChoices, this.#gone]) dirty.clear();
    return { runsBegun: this.#living.sheet.runs, signals, runs, facts };
  }

  /** The numbers of what is still there: the rest may be forgotten on disk too. */
  alive(): { readonly runs: ReadonlySet<number>; readonly signals: ReadonlySet<number> } {
    const runs = new Set(this.#aside.runs);
    const signals = new Set(this.#aside.signals);
    const meet = (signal: Ready | undefined) => {
      const id = signal && this.#ids.get(signal);
      if (signal === undefined || id === undefined || signals.has(id)) return;
      signals.add(id);
      for (const one of partsOf(signal)) meet(one);
    };
    for (const run of this.#living.sheet.memory.all) {
      runs.add(run.live.number);
      run.signals.forEach(meet);
      run.gave?.forEach(meet);
    }
    for (const live of this.#told.keys()) live.signals.forEach(meet);
    for (const signal of this.#constant.values()) meet(signal);
    for (const step of this.#steps.keys()) step.left.rested?.forEach(meet);
    for (const slot of this.#slots.keys()) {
      meet(slot.good);
      if (slot.now.kind === "ready") meet(slot.now);
    }
    return { runs, signals };
  }

  // ── for the way back in

  /** A signal that was kept in an earlier life. */
  know(signal: Ready, id: number): void {
    this.#ids.set(signal, id);
    this.#lastId = Math.max(this.#lastId, id);
  }

  /** What was constant for runs of an earlier life. */
  knowConstants(signal: Ready): void {
    this.#constant.set(signal.value as object, signal);
  }

  setAside(runs: Iterable<number>, signals: Iterable<number>): void {
    for (const run of runs) this.#aside.runs.add(run);
    for (const id of signals) {
      this.#aside.signals.add(id);
      this.#lastId = Math.max(this.#lastId, id);
    }
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
    for (const inner of living.inside.values()) this.#walk(inner);
  }

  #slot(slot: Slot, signals: KeptSignal[], facts: Map<string, Fact | undefined>): void {
    const ports = this.#slots.get(slot) ?? [];
    const { owner, now } = slot;
    for (const { address, port } of ports) {
      if (owner === undefined) {
        if (now.kind !== "ready") continue;
        const fact: Fact = { kind: "source", signal: this.#id(now, signals), because: causeIn(slot.cause) };
        facts.set(keyOf("source", address, port), fact);
      } else {
        const { own } = slot;
        // What was pinned here is no value of the node's own, and no later signal shows it.
        const good = own.kind !== "ready" && own.kind !== "empty" && !("last" in own) ? undefined : slot.good;
        facts.set(keyOf("slot", address, port), {
          kind: "slot",
          ...(good && { good: this.#id(good, signals) }),
          ...(own.kind === "stale" && { because: causeIn(own.because) }),
          ...(slot.pinned && now.kind === "ready" && { pin: this.#id(now, signals) }),
        });
      }
    }
  }

  #step(step: Standing, signals: KeptSignal[], facts: Map<string, Fact | undefined>): void {
    const address = this.#steps.get(step);
    if (address === undefined) return;
    const { run, made, tried, rested } = step.left;
    facts.set(keyOf("step", address), {
      kind: "step",
      made,
      ...(run && { run: run.live.number }),
      ...(tried && { tried: tried.live.number }),
      ...(rested && {
        rested: byName(
          step.wiring.assembly.keys,
          rested.map((one) => this.#id(one, signals)),
        ),
      }),
    });
  }

  #run(run: RememberedRun, signals: KeptSignal[]): KeptRun {
    const { live, result, gave } = run;
    const outputs = Object.keys(live.node.outputs);
    return {
      ...this.#live(live, run.home.address, signals),
      duration: run.duration,
      outcome: "values" in result ? "ready" : "failure" in result ? "failed" : "cancelled",
      answers: run.answers,
      ...(!run.answers && live.item.length > 0 && { item: live.item }),
      ...(gave && {
        gave: byName(
          outputs,
          gave.map((signal) => this.#id(signal, signals)),
        ),
      }),
      ...("failure" in result && { failure: result.failure }),
      ...(live.called && { called: live.called }),
      ...(live.fellBack && { fellBack: true }),
      ...(live.revision !== undefined && { revision: live.revision }),
    };
  }

  #live(live: LiveRun, address: string, signals: KeptSignal[]): KeptRun {
    const { names } = live;
    return {
      number: live.number,
      address,
      print: printOf(live.node),
      inputs: byName(
        names,
        live.signals.map((signal) => this.#id(signal, signals)),
      ),
      ...this.#constants(live, signals),
      from: byName(names, live.from),
      startedAt: live.startedAt,
      duration: 0,
      log: [...live.lines],
      outcome: "running",
      answers: false,
    };
  }

  /** What was constant for a run: the same for all runs of a definition, so it is told once. */
  #constants({ constants }: LiveRun, signals: KeptSignal[]): { readonly constants?: number } {
    if (Object.keys(constants).length === 0) return {};
    const known = this.#constant.get(constants) ?? given(constants);
    this.#constant.set(constants, known);
    return { constants: this.#id(known, signals) };
  }

  /** The number of a signal; of a new one, what it holds is told. */
  #id(signal: Ready, signals: KeptSignal[]): number {
    const known = this.#ids.get(signal);
    if (known !== undefined) return known;
    const id = ++this.#lastId;
    this.#ids.set(shared(signal), id);
    const { number: run, pinned } = signal as unknown as ReadySignal;
    const about = { id, run, pinned };
    const inner: unknown = signal;
    if (inner instanceof GatheredSignal) {
      signals.push({ ...about, parts: inner.parts.map((part) => this.#id(part, signals)) });
    } else if (inner instanceof ItemSignal) {
      signals.push({ ...about, value: signal.value, list: this.#id(inner.list, signals) });
    } else signals.push({ ...about, value: signal.value });
    return id;
  }
}

function partsOf(signal: Ready): readonly Ready[] {
  const inner: unknown = signal;
  if (inner instanceof GatheredSignal) return inner.parts;
  return inner instanceof ItemSignal ? [inner.list] : [];
}

/** Whatever the names are, "__proto__" too. */
function byName<T>(names: readonly string[], values: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(values.map((value, i) => [names[i] ?? "", value]));
}

function causeIn({ change, port }: Cause): KeptCause {
  return port ? { change, port: [port.node.name, port.side, port.name] } : { change };
}
