/**
 * Where the steps of items stand, each at its place in the list, told in pieces of neighbours: what the change of one item
 * costs does not grow with the list. An item that moves is told at its new place.
 */

import { type Fact, type ItemLeft, type KeptCause, piece, pieceKey } from "./kept.ts";
import { keptCause, keptStep, lastGoodOf } from "./kept-words.ts";
import type { Home, Placed } from "./placed.ts";
import type { SignalNumbers } from "./signal-numbers.ts";
import type { Standing } from "./standing.ts";
import { Working } from "./working.ts";

/** The steps of one list's items, in their order. */
interface Row {
  readonly address: string;
  readonly within: readonly number[];
  readonly steps: Standing[];
  /** By piece, what was told of it last. */
  readonly told: Map<number, string>;
  /** The pieces that are to be looked at. */
  readonly open: Set<number>;
}

export class KeptItems {
  readonly #numbers: SignalNumbers;
  readonly #told: ReadonlyMap<string, Fact>;
  readonly #rows = new Map<string, Row>();
  readonly #where = new Map<Standing, { readonly row: Row; readonly at: number }>();
  readonly #stood = new Set<Standing>();
  readonly #gone = new Set<Standing>();

  /** `told`: the facts of an earlier life. */
  constructor(numbers: SignalNumbers, told: ReadonlyMap<string, Fact> = new Map()) {
    this.#numbers = numbers;
    this.#told = told;
  }

  /** Something of a step has changed, be it its place. */
  stood(step: Standing): void {
    this.#stood.add(step);
  }

  gone(step: Standing): void {
    this.#gone.add(step);
    this.#stood.add(step);
  }

  get steps(): Iterable<Standing> {
    return this.#where.keys();
  }

  /** The facts that are not what they were when they were taken last. */
  take(): ReadonlyMap<string, Fact | undefined> {
    const rows = new Set<Row>();
    for (const step of this.#stood) {
      const before = this.#where.get(step);
      const now = this.#gone.has(step) ? undefined : this.#place(step);
      for (const place of [before, now]) {
        if (place === undefined) continue;
        place.row.open.add(Math.floor(place.at / piece));
        rows.add(place.row);
      }
      if (now === undefined) this.#where.delete(step);
    }
    this.#stood.clear();
    this.#gone.clear();
    const facts = new Map<string, Fact | undefined>();
    for (const row of rows) this.#tell(row, facts);
    return facts;
  }

  #place(step: Standing): { readonly row: Row; readonly at: number } {
    const path = placeOf(step);
    const row = this.#rowOf(step.wiring.memory.address, path.slice(0, -1));
    const place = { row, at: path.at(-1) ?? 0 };
    row.steps[place.at] = step;
    this.#where.set(step, place);
    return place;
  }

  #rowOf(address: string, within: readonly number[]): Row {
    const name = pieceKey(address, within);
    const known = this.#rows.get(name);
    if (known) return known;
    const row: Row = { address, within, steps: [], told: new Map(), open: new Set() };
    for (let at = 0; ; at++) {
      const fact = this.#told.get(pieceKey(address, within, at));
      if (fact === undefined) break;
      row.told.set(at, JSON.stringify(fact));
    }
    this.#rows.set(name, row);
    return row;
  }

  #tell(row: Row, facts: Map<string, Fact | undefined>): void {
    const { address, within, steps, told, open } = row;
    const stands = (at: number) => {
      const place = this.#where.get(steps[at] as Standing);
      return place?.row === row && place.at === at;
    };
    while (steps.length > 0 && !stands(steps.length - 1)) steps.pop();
    for (const at of told.keys()) if (at * piece >= steps.length) open.add(at);
    for (const at of open) {
      const some = steps.slice(at * piece, (at + 1) * piece);
      const fact = some.length === 0 ? undefined : this.#factOf(some, (i) => stands(at * piece + i));
      const text = fact && JSON.stringify(fact);
      if (told.get(at) === text) continue;
      if (text === undefined) told.delete(at);
      else told.set(at, text);
      facts.set(pieceKey(address, within, at), fact);
    }
    open.clear();
  }

  #factOf(steps: readonly Standing[], stands: (i: number) => boolean): Fact {
    const causes: KeptCause[] = [];
    const known = new Map<string, number>();
    const causeAt = (cause: KeptCause) => {
      const name = JSON.stringify(cause);
      const at = known.get(name) ?? causes.push(cause) - 1;
      known.set(name, at);
      return at;
    };
    const left = Array.from(steps, (step, i) => (stands(i) ? this.#leftOf(step, causeAt) : null));
    return { kind: "items", left, ...(causes.length > 0 && { causes }) };
  }

  /** Most show a run, and nothing else is to be said of them. */
  #leftOf(step: Standing, causeAt: (cause: KeptCause) => number): ItemLeft {
    const { made, run, tried, rested } = keptStep(step, this.#numbers);
    const live = step instanceof Working ? step.live : undefined;
    const now = step.outs[0]?.own;
    const outs = this.#outsOf(step);
    const left = {
      ...(run !== undefined && { run }),
      ...(made && { made }),
      ...(tried !== undefined && { tried }),
      ...(rested && { rested }),
      ...(live && { live: live.number }),
      ...(now?.kind === "stale" && { why: causeAt(keptCause(now.because)) }),
      ...(outs && { outs }),
    };
    const names = Object.keys(left).join();
    if (names === "") return null;
    return names === "run,made" ? (run as number) : left;
  }

  /** What its outputs hold that its run does not say: a person's value, and a signal of an older run whose value was equal. */
  #outsOf(step: Standing): Exclude<ItemLeft, number | null>["outs"] {
    const { gave } = step.left.run ?? {};
    const said = step.node.outPorts.flatMap(({ name }, i) => {
      const slot = step.outs[i];
      const good = slot && lastGoodOf(slot);
      const pin = slot?.pinned && slot.now.kind === "ready" ? slot.now : undefined;
      const own = good && good !== gave?.[i] ? good : undefined;
      if (pin === undefined && own === undefined) return [];
      const out = { ...(own && { good: this.#numbers.of(own) }), ...(pin && { pin: this.#numbers.of(pin) }) };
      return [[name, out] as const];
    });
    return said.length === 0 ? undefined : Object.fromEntries(said);
  }
}

/** Where the item of a step stands, level by level: the items of graphs that it lives in come first. */
export function placeOf(step: Placed): readonly number[] {
  return [...placeIn(step.place.home), ...step.item];
}

/** Where the items stand in which a graph lives, from the outermost inwards; `[]` where it lives once. */
export function placeIn(home: Home | undefined): readonly number[] {
  if (home?.whole === undefined) return [];
  return [...placeIn(home.whole.place.home), ...(home.spot?.path ?? [])];
}
