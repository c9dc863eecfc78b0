/**
 * What items are of that stand in lists which are there no more: while one of several lists is made anew, the items stay what they
 * were when all were there last (S2), though another list may have changed since. Told of such fans alone, and whole: it is rare.
 */
import type { Fan, FanInput } from "./fan.ts";
import { Structure } from "./items.ts";
import { addressIn, type Fact, type KeptCause, type KeptFeed, pieceKey } from "./kept.ts";
import { heldBy, keptCause } from "./kept-words.ts";
import type { LivingGraph } from "./living-graph.ts";
import type { Ready } from "./signal.ts";
import type { SignalNumbers } from "./signal-numbers.ts";
import type { Slot } from "./slot.ts";

/** The key of what is told of a node's fan. */
export function fanKey(living: LivingGraph, node: { readonly name: string }): string {
  return pieceKey(addressIn(living.path, node), []);
}

export class KeptFans {
  readonly #numbers: SignalNumbers;
  readonly #keys = new Map<Fan, string>();
  readonly #open = new Set<Fan>();

  constructor(numbers: SignalNumbers) {
    this.#numbers = numbers;
  }

  walk(living: LivingGraph): void {
    for (const [node, fan] of living.scattering.fans) this.#keys.set(fan, fanKey(living, node));
  }

  /** True for one of which something can be told. */
  loosened(fan: Fan): boolean {
    const known = this.#keys.has(fan);
    if (known) this.#open.add(fan);
    return known;
  }

  /** What the items of lists that are there no more held. */
  *signals(): Generator<Ready> {
    for (const fan of this.#keys.keys()) {
      if (!fan.loose) continue;
      for (const slot of fan.zipped?.flat() ?? []) yield* heldBy(slot);
    }
  }

  take(): ReadonlyMap<string, Fact | undefined> {
    const facts = new Map([...this.#open].map((fan) => [this.#keys.get(fan) ?? "", this.#factOf(fan)]));
    this.#open.clear();
    return facts;
  }

  #factOf(fan: Fan): Fact | undefined {
    if (!fan.loose || holdsLists(fan)) return undefined;
    const causes: KeptCause[] = [];
    const of = Object.fromEntries(
      fan.inputs.map((input, i) => [
        input.name,
        this.#feedsOf(input, fan.parts.length > 0 ? fan.zipped?.[i] : [], causes),
      ]),
    );
    return { kind: "items", left: [], of, ...(causes.length > 0 && { causes }) };
  }

  #feedsOf({ structure }: FanInput, slots: readonly Slot[] = [], causes: KeptCause[]): readonly KeptFeed[] {
    const places = new Map(structure.last?.map((slot, i) => [slot, i]));
    return slots.map((slot) => places.get(slot) ?? this.#feedOf(slot, causes));
  }

  #feedOf({ now, good }: Slot, causes: KeptCause[]): KeptFeed {
    if (now.kind === "ready") return { held: this.#numbers.of(now) };
    const last = good && { last: this.#numbers.of(good) };
    return now.kind === "stale" ? { ...last, why: causes.push(keptCause(now.because)) - 1 } : { ...last };
  }
}

/** Where items are lists in turn: of one that is in no list any more nobody says what it held. */
function holdsLists({ inputs, zipped = [] }: Fan): boolean {
  return zipped.some((slots, i) => {
    const there = new Set(inputs[i]?.structure.last);
    return slots.some((slot) => slot instanceof Structure && !there.has(slot));
  });
}
