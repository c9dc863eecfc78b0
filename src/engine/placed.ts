/**
 * The place of a step: where it is in its living graph, what it reads and writes, and whether it may run there. A step
 * stands higher than all that it depends on; of a choice's variants, and of all that lives in them, only the selected may run (C1).
 */
import { Subscriber } from "rxjs";
import type { BaseNode } from "./base-node.ts";
import type { Visited } from "./marks.ts";
import { notChosen } from "./refusal.ts";
import type { Cause, RunNumbers } from "./signal.ts";
import type { Slot } from "./slot.ts";
import type { Wave } from "./wave.ts";

/** Where a step stands in its living graph. */
export interface Place {
  readonly node: BaseNode;
  /** Its place among the sheet's steps: each comes after those it depends on. */
  readonly index: number;
  readonly wave: Wave;
  /** False for what runs only when it is asked. */
  readonly auto?: boolean;
  /** What it lives in: as one item of a scattered node, or as a step of a graph inside. */
  readonly home?: Home | undefined;
}

/** What steps live in: known once all that lives in it is made. */
export interface Home {
  whole?: Placed | undefined;
  /** Of a graph that lives once per item: where that item stands. */
  readonly spot?: { readonly path: readonly number[] };
}

export abstract class Placed extends Subscriber<unknown> implements Visited {
  // What the scheduler keeps of a step: a linked list per height.
  marked = false;
  nextMarked: Visited | undefined = undefined;
  readonly height: number;
  readonly place: Place;
  ins: readonly Slot[];
  /** The slots that it writes. */
  abstract readonly outs: readonly Slot[];
  /** True when an input that was ready at the last visit may have stopped being so, or something else is to be looked at. */
  protected suspect = true;
  /** The choices that it is a variant of, and whether each has selected it. */
  #choices: Map<Placed, boolean> | undefined = undefined;

  /** `height`: where it is more than the longest path from a source. */
  constructor(place: Place, ins: readonly Slot[], height?: number) {
    super();
    this.place = place;
    this.ins = ins;
    this.height = height ?? heightAbove(ins);
  }

  get node(): BaseNode {
    return this.place.node;
  }

  get name(): string {
    return this.place.node.name;
  }

  get index(): number {
    return this.place.index;
  }

  get auto(): boolean {
    return this.place.auto !== false;
  }

  protected get wave(): Wave {
    return this.place.wave;
  }

  override next(signal: unknown): void {
    if ((signal as { kind: string }).kind !== "ready") this.suspect = true;
    this.wave.mark(this);
  }

  abstract visit(): void;

  /** Why it holds what it holds: what changed first. */
  abstract get cause(): Cause;

  /** A person edited the list that it gave. */
  edited(): void {}

  /** True when it makes nothing and only passes values on. */
  get passes(): boolean {
    return false;
  }

  /** True when it runs nothing itself: asked alone, it asks what runs for it alone. */
  get mirrors(): boolean {
    return false;
  }

  /** Has everything below look again though nothing here changed. */
  remind(): void {
    for (const slot of this.outs) slot.remind();
  }

  /** The numbers of the runs whose outputs a slot of it shows now: what reads it is made from those (R7). */
  shownNumbersAt(_slot: Slot): RunNumbers {
    return 0;
  }

  /** For one item of a scattered node: where it stands, level by level; else `[]`. */
  get item(): readonly number[] {
    return [];
  }

  /** The name of the input that a slot feeds. */
  inputNameOf(slot: Slot): string {
    return slot.port?.name ?? "";
  }

  // ── as a variant of choices

  /** False for a variant that no choice has selected, and for all that lives in it: it does not run (C1). */
  get enabled(): boolean {
    const chosen = this.#choices === undefined || [...this.#choices.values()].includes(true);
    return chosen && (this.place.home?.whole?.enabled ?? true);
  }

  get whyNotChosen(): string {
    return notChosen(this, [...(this.#choices?.keys() ?? [])]);
  }

  variantOf(choice: Placed, selected: boolean): void {
    this.#choices ??= new Map();
    this.#choices.set(choice, selected);
    this.lookAgain();
  }

  /** Whether it may run has changed. */
  lookAgain(): void {
    this.suspect = true;
    this.wave.mark(this);
  }

  /** A choice has selected another: its run stops, and whoever asked for it hears so. */
  leave(choice: Placed, cause: Cause): void {
    this.#choices?.set(choice, false);
    if (!this.enabled) this.quit(cause);
  }

  /** Stops, and so does what it was asked for. */
  abstract quit(cause: Cause): void;
}

/** One more than the highest step above, and than the floor on which it lives. */
export function heightAbove(ins: readonly Slot[], floor = 0): number {
  let height = floor;
  for (const slot of ins) if (slot.owner && slot.owner.height > height) height = slot.owner.height;
  return height + 1;
}
