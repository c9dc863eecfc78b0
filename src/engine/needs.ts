/**
 * What is known so far of the moment in which a run was made: what slots held, which variants were selected, which runs were shown;
 * and what is still to be decided: of a step which of its runs it showed, of a choice which variant, of a list that was taken
 * apart which list. A decision which leads nowhere is taken back and made in another way.
 */
import type { BaseNode } from "./base-node.ts";
import { ChoiceNeed } from "./choice-need.ts";
import { ChoiceStep } from "./choice-step.ts";
import { equal } from "./equal.ts";
import { Gather } from "./gather.ts";
import { scattersOf } from "./item-lists.ts";
import { GatheredSignal, ItemSignal, LaidOverItem } from "./items.ts";
import { ListNeed } from "./list-need.ts";
import type { Memory } from "./memory.ts";
import type { Held, Moment, ShownBy } from "./moment.ts";
import { heightAbove } from "./placed.ts";
import { gives, type Maker, type RememberedRun } from "./remembered-run.ts";
import { RunNeed } from "./run-need.ts";
import { Scatter } from "./scatter.ts";
import type { Ready, ReadySignal } from "./signal.ts";
import type { Slot } from "./slot.ts";
import { Trail } from "./trail.ts";
import { Working } from "./working.ts";

/** Something to be decided. */
export interface Decision {
  /** The ways in which it can be decided, the likeliest first; each says whether nothing contradicts it. */
  tries(): Iterator<() => boolean>;
}

export class Needs implements Moment {
  readonly slots = new Map<Slot, Held>();
  readonly choices = new Map<ChoiceStep, number>();
  readonly runs: ShownBy[] = [];
  readonly skipping: BaseNode[] = [];
  readonly chosen: RememberedRun;
  readonly #memory: Memory;
  /** True where a contradiction is left as it is. */
  readonly lenient: boolean;
  readonly #steps = new Map<unknown, RunNeed>();
  readonly #lists = new Map<Slot, ListNeed>();
  readonly #choices = new Map<ChoiceStep, ChoiceNeed>();
  /** By height, the lists taken apart before the steps that gave them: all that is needed of something is known before it is decided. */
  readonly #levels: Decision[][] = [];
  #at = { level: 0, place: 0 };
  /** All that is noted, to be taken back. */
  readonly trail = new Trail();

  constructor(chosen: RememberedRun, memory: Memory, lenient: boolean) {
    this.chosen = chosen;
    this.#memory = memory;
    this.lenient = lenient;
    this.#stepOf(chosen.maker, chosen).name(chosen);
    this.#at.level = this.#levels.length - 1;
  }

  /** What is to be decided next, from below upwards. */
  next(): Decision | undefined {
    const before = this.#at;
    let { level, place } = before;
    while (level >= 0 && place >= (this.#levels[level]?.length ?? 0)) {
      level--;
      place = 0;
    }
    this.trail.note(() => {
      this.#at = before;
    });
    this.#at = { level, place: place + 1 };
    return this.#levels[level]?.[place];
  }

  /** A step showed this run. False when its inputs contradict what is known. */
  took(run: RememberedRun, by: Maker): boolean {
    this.trail.push(this.runs, { run, by });
    return by.ins.every((slot, i) => {
      const from = run.fromAt(i);
      const above = from.flatMap((number) => this.#memory.at(number) ?? []);
      return this.held(slot, run.signals[i] as Ready, above, from.length === 0);
    });
  }

  /** A slot held what an equal signal says, given by the runs `above`, or laid over what its step gave. */
  held(slot: Slot, signal: Ready, above: readonly RememberedRun[], laidOver: boolean): boolean {
    const known = this.slots.get(slot);
    if (known && known.signal !== signal && !equal(known.signal.value, signal.value)) return this.lenient;
    const { owner } = slot;
    const lost = above.length === 0 && owner instanceof ChoiceStep;
    if (known === undefined) this.trail.put(this.slots, slot, { signal, laidOver: laidOver || lost });
    if (owner === undefined) return true;
    const special: unknown = signal;
    if (owner instanceof Scatter) return !(special instanceof ItemSignal) || this.#item(owner, special, above);
    if (owner instanceof Gather) return this.#gathered(owner, special, above);
    if (special instanceof LaidOverItem) this.#itemOf(special.lists, slot);
    if (laidOver || lost || known?.laidOver) return true;
    if (owner instanceof ChoiceStep) return this.given(owner, slot, signal, above);
    return this.#gave(slot, signal, above);
  }

  /** The runs that a signal comes from. */
  makersOf(signal: Ready): readonly RememberedRun[] {
    const one: unknown = signal;
    if (one instanceof GatheredSignal) return one.parts.flatMap((part) => this.makersOf(part));
    const run = this.#memory.at((signal as unknown as ReadySignal).number);
    return run === undefined ? [] : [run];
  }

  #stepOf(maker: Maker, key: unknown): RunNeed {
    const known = this.#steps.get(key);
    if (known) return known;
    const made = new RunNeed(this, maker);
    this.trail.put(this.#steps, key, made);
    this.#file(made, 2 * heightAbove(maker.ins));
    return made;
  }

  listAt(slot: Slot): ListNeed {
    const known = this.#lists.get(slot);
    if (known) return known;
    const made = new ListNeed(this, slot);
    this.trail.put(this.#lists, slot, made);
    this.#file(made, 2 * (slot.owner?.height ?? 0) + 1);
    return made;
  }

  /** This variant was selected. */
  chose(choice: ChoiceStep, variant: number): void {
    this.trail.put(this.choices, choice, variant);
  }

  /** A choice's slot held what the selected variant gave. */
  given(choice: ChoiceStep, slot: Slot, signal: Ready, above: readonly RememberedRun[]): boolean {
    const variant = this.choices.get(choice);
    if (variant === undefined) {
      this.trail.push(this.#choiceOf(choice).given, { slot, signal, above });
      return true;
    }
    const own = above.filter((run) => choice.makerOf(run) === variant);
    return this.held(choice.slotOf(variant, slot), signal, own, false);
  }

  // ── what stands above a slot

  /** Where the run that gave it is forgotten, any other may have given it; where none did, it is laid over. */
  #gave(slot: Slot, signal: Ready, above: readonly RememberedRun[]): boolean {
    const runs = above.length > 0 ? above : (slot.owner?.history ?? []).filter((run) => gives(run, slot, signal));
    if (runs.length === 0 && !slot.owner?.passes) this.trail.put(this.slots, slot, { signal, laidOver: true });
    for (const run of runs) this.trail.push(this.#shownAt(slot, run).given, { slot, signal });
    return true;
  }

  #item(scatter: Scatter, signal: ItemSignal, above: readonly RememberedRun[]): boolean {
    const list = this.listAt(scatter.list);
    this.trail.push(list.items, { scatter, value: signal.value });
    this.trail.push(list.hints, { signal: signal.list, above });
    return true;
  }

  /** What lay over an item says of which lists that was. */
  #itemOf(lists: readonly Ready[], slot: Slot): void {
    for (const [i, { list }] of scattersOf(slot).entries()) {
      const signal = lists[i];
      if (signal) this.trail.push(this.listAt(list).hints, { signal, above: [] });
    }
  }

  #gathered(gather: Gather, signal: unknown, above: readonly RememberedRun[]): boolean {
    for (const run of above) this.trail.push(this.#named(run).likes, run);
    if (!(signal instanceof GatheredSignal)) return true;
    for (const [i, scatter] of gather.scatters.entries()) {
      const list = this.listAt(scatter.list);
      if (gather.skips) this.trail.push(this.skipping, gather.node);
      else this.trail.push(list.counts, { scatter, count: signal.parts.length });
      const hint = signal.lists[i];
      if (hint) this.trail.push(list.gathered, { signal: hint, above: [] });
    }
    return this.#heldBy(gather, signal, above);
  }

  /** Among the same items as now each one held its part: an item that the run of an equal one answered for showed that run too, though it never made one. */
  #heldBy(gather: Gather, { parts, lists }: GatheredSignal, above: readonly RememberedRun[]): boolean {
    const { items } = gather;
    if (items.length !== parts.length) return true;
    const same = gather.scatters.every(({ list: { now } }, i) => {
      const then = lists[i];
      return now.kind === "ready" && then !== undefined && equal(now.value, then.value);
    });
    const showing = parts.flatMap((part, i) => (part.pinned ? [] : [{ slot: items[i] as Slot, part }]));
    if (!same || showing.length !== above.length) return true;
    return showing.every(({ slot, part }, i) => this.held(slot, part, [above[i] as RememberedRun], false));
  }

  /** The step of a slot that showed a run: it may have been made by that of an equal item. */
  #shownAt({ owner }: Slot, run: RememberedRun): RunNeed {
    if (!(owner instanceof Working) || owner.wiring.memory !== run.home) return this.#named(run);
    const step = this.#stepOf(owner, owner);
    step.name(run);
    return step;
  }

  /** The step that made a run which is named; for an item that is here no more, that run alone. */
  #named(run: RememberedRun): RunNeed {
    const step = this.#stepOf(run.maker, run.maker.outs ? run.maker : run);
    step.name(run);
    return step;
  }

  #choiceOf(choice: ChoiceStep): ChoiceNeed {
    const known = this.#choices.get(choice);
    if (known) return known;
    const made = new ChoiceNeed(this, choice);
    this.trail.put(this.#choices, choice, made);
    this.#file(made, 2 * choice.height + 1);
    return made;
  }

  #file(decision: Decision, level: number): void {
    this.#levels[level] ??= [];
    this.trail.push(this.#levels[level], decision);
  }
}
