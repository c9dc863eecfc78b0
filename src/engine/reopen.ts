/**
 * The way back in: a graph is opened as it was left, and no node runs because of it (R5). Sources, choices and pins hold what
 * they held; runs are remembered and answer from memory; steps stand where they stood, and the first wave shows it. A run
 * under way at the stop comes back as `interrupted`, a person's step waits again (I1). What belongs to nodes or ports that
 * are not there is set aside and comes back with them; what another definition made does not answer (D2).
 */

import { ChoiceStep } from "./choice-step.ts";
import type { Keeper } from "./keeper.ts";
import { addressIn, type Fact, type Kept, keyOf } from "./kept.ts";
import type { LivingGraph } from "./living-graph.ts";
import { restoreFans } from "./past-fans.ts";
import { causeFrom, restoreChoice, restoreSource, showLeft } from "./past-given.ts";
import { Past } from "./past-life.ts";
import { PastSteps } from "./past-steps.ts";
import type { AnyPort, InPort, OutPort } from "./port.ts";
import type { Slot } from "./slot.ts";
import { Working } from "./working.ts";

/** Puts everything where it was, within the change that opens the sheet. */
export function reopen(living: LivingGraph, kept: Kept, keeper: Keeper): PastSteps {
  const past = new Past(living, kept, keeper);
  const here = [...livingIn(living)];
  for (const one of here) restoreSources(one, kept, past);
  for (const one of here) restoreChoices(one, kept);
  for (const one of here) for (const step of one.steps.values()) past.receive(step);
  for (const [key, fact] of kept.facts) if (fact.kind === "underway") past.interrupt(key, fact);
  for (const one of here) restoreSlots(one, kept, past);
  for (const one of here) restoreSteps(one, kept, past);
  for (const one of here) restoreFans(one, kept, past);
  // Only now, when it is known which are shown: those are never forgotten.
  past.remember();
  past.setRestAside();
  const steps = new PastSteps(living, kept, past, keeper);
  living.wave.opening = steps;
  return steps;
}

/** A graph and those inside it. */
function* livingIn(living: LivingGraph): Generator<LivingGraph> {
  yield living;
  for (const inner of living.inside.values()) yield* livingIn(inner);
}

function factOf<K extends Fact["kind"]>(
  kept: Kept,
  kind: K,
  living: LivingGraph,
  port: InPort | OutPort,
): Extract<Fact, { kind: K }> | undefined {
  const fact = kept.facts.get(keyOf(kind, addressIn(living.path, port.node), port));
  return fact as Extract<Fact, { kind: K }> | undefined;
}

function restoreSources(living: LivingGraph, kept: Kept, past: Past): void {
  for (const [port, slot] of living.slots)
    if (slot.owner === undefined) restoreSource(living, port, slot, factOf(kept, "source", living, port), past);
}

function restoreChoices(living: LivingGraph, kept: Kept): void {
  for (const [node, step] of living.steps)
    if (step instanceof ChoiceStep) restoreChoice(step, kept.facts.get(keyOf("choice", addressIn(living.path, node))));
}

function restoreSlots(living: LivingGraph, kept: Kept, past: Past): void {
  for (const [port, slot] of living.slots) {
    const fact = slot.owner === undefined ? undefined : factOf(kept, "slot", living, port);
    if (fact === undefined) continue;
    const good = fact.good === undefined ? undefined : past.signal(fact.good);
    if (slot.now.kind === "empty" && !slot.pinned)
      showLeft(slot, good, fact.because && causeFrom(fact.because, living.graph));
    const pin = fact.pin === undefined ? undefined : past.signal(fact.pin);
    if (fact.apart !== undefined) restoreApart(living, slot, fact.apart, past);
    if (pin) slot.pin(pin, { port: port as unknown as AnyPort<unknown>, change: "pin" });
  }
}

/** The list that was taken apart last, where the slot does not say it. */
function restoreApart(living: LivingGraph, slot: Slot, id: number, past: Past): void {
  for (const scatter of living.scattering.scatters) {
    if (scatter.list !== slot) continue;
    scatter.taken = id > 0 ? past.signal(id) : undefined;
    scatter.took = id > 0;
  }
}

function restoreSteps(living: LivingGraph, kept: Kept, past: Past): void {
  for (const [node, step] of living.steps) {
    if (!(step instanceof Working)) continue;
    const address = addressIn(living.path, node);
    const fact = kept.facts.get(keyOf("step", address));
    past.resume(step, fact?.kind === "step" ? fact : {}, past.stopped(address));
  }
}
