/**
 * The steps of items while a sheet is opened as it was left: each is made when its list has been taken apart, and stands then
 * where it stood. Nothing runs because of it, and nothing that is remembered is shown where it was not (R5).
 */
import type { Asked } from "./asked.ts";
import { ChoiceStep } from "./choice-step.ts";
import { printOf } from "./definition.ts";
import { GatheredSignal } from "./items.ts";
import type { Keeper } from "./keeper.ts";
import { addressIn, type Fact, innerKey, type Kept, type KeptRun, keyOf, type Opening } from "./kept.ts";
import { listsOf, sourcesOf } from "./kept-inner.ts";
import { placeIn } from "./kept-items.ts";
import { append } from "./lists.ts";
import type { LiveRun } from "./live-run.ts";
import type { LivingGraph } from "./living-graph.ts";
import { causeFrom, restoreChoice, restoreSource, showLeft } from "./past-given.ts";
import { type Candidate, type Left, PastItems, type Stood, stoodAt } from "./past-items.ts";
import type { Past } from "./past-life.ts";
import type { AnyPort } from "./port.ts";
import type { Ready } from "./signal.ts";
import type { Slot } from "./slot.ts";
import type { Wiring } from "./wiring.ts";
import { Working } from "./working.ts";

export class PastSteps implements Opening {
  readonly #living: LivingGraph;
  readonly #kept: Kept;
  readonly #past: Past;
  readonly #keeper: Keeper;
  readonly #placed = new Set<Working>();
  readonly #inner = new Set<LivingGraph>();
  /** By address. */
  readonly #steps = new Map<string, Working[]>();
  readonly #stood = new Map<Working, Stood>();
  readonly #items = new PastItems((step) => this.#candidatesOf(step));

  constructor(living: LivingGraph, kept: Kept, past: Past, keeper: Keeper) {
    this.#living = living;
    this.#kept = kept;
    this.#past = past;
    this.#keeper = keeper;
  }

  placed(step: Asked): void {
    if (!(step instanceof Working) || this.#placed.has(step)) return;
    this.#placed.add(step);
    append(this.#steps, step.wiring.memory.address, step);
    this.#restoreInside(step.wiring.graph);
    const stood = stoodAt(step, this.#kept.facts);
    if (stood === undefined) return this.#layOver(step);
    this.#stood.set(step, stood);
    const because = stood.because && causeFrom(stood.because, this.#living.graph);
    const run = this.#past.runFor(stood.run, step);
    for (const [i, port] of step.node.outPorts.entries()) {
      const slot = step.outs[i];
      const outs = stood.outs ?? {};
      const { good, pin } = (Object.hasOwn(outs, port.name) && outs[port.name]) || {};
      if (slot === undefined) continue;
      showLeft(slot, good === undefined ? run?.gave?.[i] : this.#past.signal(good), because);
      const value = pin === undefined ? undefined : this.#past.signal(pin);
      if (value) slot.pin(value, { port: port as unknown as AnyPort<unknown>, change: "pin" });
    }
    const stopped = stood.live === undefined ? undefined : this.#past.interruptedOf(stood.live, step);
    this.#past.resume(step, stood, stopped);
  }

  /** What was set and chosen in a graph that lives once per item. */
  #restoreInside(living: LivingGraph): void {
    const place = placeIn(living.home);
    if (place.length === 0 || this.#inner.has(living)) return;
    this.#inner.add(living);
    const { facts } = this.#kept;
    for (const [port, slot] of sourcesOf(living))
      restoreSource(
        living,
        port,
        slot,
        facts.get(innerKey("source", addressIn(living.path, port.node), place, port)),
        this.#past,
      );
    for (const [port, slot] of listsOf(living))
      this.#showList(slot, facts.get(innerKey("slot", addressIn(living.path, port.node), place, port)));
    for (const [node, step] of living.steps)
      if (step instanceof ChoiceStep)
        restoreChoice(step, facts.get(innerKey("choice", addressIn(living.path, node), place)));
  }

  /** What a list was, while it is not there. */
  #showList(slot: Slot, fact: Fact | undefined): void {
    if (fact?.kind !== "slot" || slot.now.kind !== "empty") return;
    const good = fact.good === undefined ? undefined : this.#past.signal(fact.good);
    showLeft(slot, good, fact.because && causeFrom(fact.because, this.#living.graph));
  }

  /** All that was left of items has found its place. */
  end(): void {
    for (const steps of this.#steps.values()) this.#past.receiveRest(steps);
  }

  knows(step: Working): boolean {
    return this.#stood.has(step);
  }

  leftBy(step: Working, inputs: readonly Ready[]): Left | undefined {
    const stood = this.#stood.get(step);
    if (stood === undefined) return this.#items.leftBy(step, inputs);
    const asked = stood.live === undefined ? undefined : this.#past.waiting.get(stood.live);
    return asked && this.#waits(asked.key);
  }

  /** A person is asked again: that is to be kept like any run under way. */
  began(live: LiveRun, wiring: Wiring): void {
    this.#keeper.began(live, wiring);
  }

  ended(live: LiveRun): void {
    this.#keeper.ended(live);
  }

  /** It is asked anew, and the old question is one no more. */
  #waits(key: string): "waits" {
    this.#keeper.drop(key);
    return "waits";
  }

  // ── where nobody wrote down where it stood

  /** Lays over its outputs what a person had pinned there, as the list says that was put together. */
  #layOver({ node, outs, item, wiring }: Working): void {
    // Of a list that leaves failed items out, nobody knows which place was whose.
    if (item.length === 0 || node.onItemError === "skip") return;
    for (const [i, port] of node.outPorts.entries()) {
      const fact = this.#kept.facts.get(keyOf("slot", wiring.memory.address, port));
      const list = fact?.kind === "slot" && fact.good !== undefined ? this.#past.signal(fact.good) : undefined;
      const signal = item.reduce<unknown>(
        (one, at) => (one instanceof GatheredSignal ? one.parts[at] : undefined),
        list,
      );
      const slot = outs[i];
      if ((signal as Ready | undefined)?.pinned && slot && !slot.pinned)
        slot.pin(signal as Ready, { port: port as unknown as AnyPort<unknown>, change: "pin" });
    }
  }

  #candidatesOf(step: Working): readonly Candidate[] {
    const { address } = step.wiring.memory;
    const print = printOf(step.node);
    const waiting = [...this.#past.waiting.values()].filter(({ kept }) => kept.address === address);
    return [
      ...waiting.flatMap(({ kept, key }) => this.#fitting(kept, step.wiring, print, () => this.#waits(key))),
      ...this.#past
        .runsOfItemsAt(address)
        .flatMap((kept) => this.#fitting(kept, step.wiring, print, (one) => this.#past.runFor(kept.number, one))),
    ];
  }

  /** Those that the present definition made and nobody cancelled. */
  #fitting(kept: KeptRun, { assembly }: Wiring, print: string, found: Candidate["found"]): readonly Candidate[] {
    const fits = kept.print === print && kept.outcome !== "cancelled";
    const signals = fits ? this.#past.all(assembly.keys, kept.inputs) : undefined;
    return signals ? [{ signals, kept, found }] : [];
  }
}
