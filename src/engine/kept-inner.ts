/**
 * What people have set and chosen in graphs that live once per item, told by where the item stands: what is as the app's author
 * left it is not told. Of lists that are put together there it is told what they were, while they are not. A graph that moves
 * with its item is told at its new place.
 */
import { ChoiceStep } from "./choice-step.ts";
import { Gather } from "./gather.ts";
import { addressIn, type Fact, innerKey, type KeptCause } from "./kept.ts";
import { placeIn } from "./kept-items.ts";
import { heldBy, keptCause, keptSlot } from "./kept-words.ts";
import type { LivingGraph } from "./living-graph.ts";
import type { Placed } from "./placed.ts";
import type { InPort, OutPort } from "./port.ts";
import type { Ready } from "./signal.ts";
import type { SignalNumbers } from "./signal-numbers.ts";
import type { Slot } from "./slot.ts";
import { Standing } from "./standing.ts";

export class KeptInner {
  readonly #numbers: SignalNumbers;
  /** The graphs that are alive, each with the keys under which something is told of it. */
  readonly #told = new Map<LivingGraph, ReadonlySet<string>>();
  readonly #of = new WeakMap<Slot | ChoiceStep, LivingGraph>();
  readonly #open = new Set<LivingGraph>();
  readonly #gone = new Set<LivingGraph>();
  /** The keys of an earlier life. */
  readonly #kept: ReadonlySet<string>;

  constructor(numbers: SignalNumbers, kept: Iterable<string> = []) {
    this.#numbers = numbers;
    this.#kept = new Set(kept);
  }

  /** Steps stand somewhere, and with them the graphs that they are of. */
  stood(step: Placed): void {
    const living = step instanceof Standing ? step.wiring.graph : undefined;
    if (living === undefined || placeIn(living.home).length === 0) return;
    this.#open.add(living);
    if (this.#told.has(living)) return;
    this.#told.set(living, new Set());
    for (const [, slot] of [...sourcesOf(living), ...listsOf(living)]) this.#of.set(slot, living);
    for (const step of living.steps.values()) if (step instanceof ChoiceStep) this.#of.set(step, living);
  }

  /** A person set or chose something. */
  changed(one: Slot | ChoiceStep): void {
    const living = this.#of.get(one);
    if (living) this.#open.add(living);
  }

  gone(step: Standing): void {
    const { graph } = step.wiring;
    // Where lists are taken apart in it, items of those may go while it lives on.
    if (graph.retired && this.#told.has(graph)) this.#gone.add(graph);
  }

  /** The values that people have set, and the lists that there were. */
  *signals(): Generator<Ready> {
    for (const living of this.#told.keys()) {
      for (const [, { now }] of sourcesOf(living)) if (now.kind === "ready") yield now;
      for (const [, slot] of listsOf(living)) yield* heldBy(slot);
    }
  }

  take(): ReadonlyMap<string, Fact | undefined> {
    const facts = new Map<string, Fact | undefined>();
    const now = new Map([...this.#open].filter((one) => !this.#gone.has(one)).map((one) => [one, this.#factsOf(one)]));
    // What stood at a place is no more, before what stands there now is told.
    for (const living of new Set([...this.#open, ...this.#gone]))
      for (const key of this.#told.get(living) ?? []) facts.set(key, undefined);
    for (const [living, { all, stated }] of now) {
      for (const key of all) if (this.#kept.has(key)) facts.set(key, undefined);
      for (const [key, fact] of stated) facts.set(key, fact);
      this.#told.set(living, new Set(stated.keys()));
    }
    for (const living of this.#gone) this.#told.delete(living);
    this.#open.clear();
    this.#gone.clear();
    return facts;
  }

  #factsOf(living: LivingGraph): { readonly all: readonly string[]; readonly stated: ReadonlyMap<string, Fact> } {
    const place = placeIn(living.home);
    const stated = new Map<string, Fact>();
    const all: string[] = [];
    for (const [port, { now, cause }] of sourcesOf(living)) {
      const key = innerKey("source", addressIn(living.path, port.node), place, port);
      all.push(key);
      if (now.kind !== "ready" || cause.change === "definition") continue;
      const because: KeptCause = keptCause(cause);
      stated.set(key, { kind: "source", signal: this.#numbers.of(now), because });
    }
    for (const [port, slot] of listsOf(living)) {
      const key = innerKey("slot", addressIn(living.path, port.node), place, port);
      all.push(key);
      const fact = slot.now.kind === "ready" ? undefined : keptSlot(slot, undefined, this.#numbers);
      if (fact?.because || fact?.good) stated.set(key, fact);
    }
    for (const [node, step] of living.steps) {
      if (!(step instanceof ChoiceStep)) continue;
      const key = innerKey("choice", addressIn(living.path, node), place);
      all.push(key);
      const variant = node.above[step.selected]?.name ?? "";
      if (step.selected > 0) stated.set(key, { kind: "choice", variant });
    }
    return { all, stated };
  }
}

/** The inputs of a graph that people set inside of it. */
export function* sourcesOf(living: LivingGraph): Generator<readonly [InPort | OutPort, Slot]> {
  for (const [port, slot] of living.slots)
    if (slot.owner === undefined && port.side === "in" && !living.fedFromOutside(port)) yield [port, slot];
}

/** The lists that are put together in a graph. */
export function* listsOf(living: LivingGraph): Generator<readonly [InPort | OutPort, Slot]> {
  for (const [port, slot] of living.slots) if (slot.owner instanceof Gather) yield [port, slot];
}
