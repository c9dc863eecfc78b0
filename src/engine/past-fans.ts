/** Has fans come back with the items that they had, where those are of lists which are there no more (R5). */
import type { Fan, Lists } from "./fan.ts";
import type { Fact, Kept, KeptFeed } from "./kept.ts";
import { fanKey } from "./kept-fans.ts";
import type { LivingGraph } from "./living-graph.ts";
import { causeFrom, showLeft } from "./past-given.ts";
import type { Past } from "./past-life.ts";
import { Slot } from "./slot.ts";

type ItemsFact = Extract<Fact, { kind: "items" }>;

export function restoreFans(living: LivingGraph, kept: Kept, past: Past): void {
  for (const [node, fan] of living.scattering.fans) {
    const fact = kept.facts.get(fanKey(living, node));
    if (fact?.kind === "items") fan.left = () => listsOf(fan, fact, living, past);
  }
}

/** `undefined` unless all of them are known. */
function listsOf(fan: Fan, { of = {}, causes = [] }: ItemsFact, living: LivingGraph, past: Past): Lists | undefined {
  const lists = fan.inputs.map(({ name, structure }) => {
    const feeds = Object.hasOwn(of, name) ? of[name] : undefined;
    return feeds?.map((feed) => {
      if (typeof feed === "number") return structure.last?.[feed];
      const slot = new Slot(living.wave, structure.owner);
      return heldAgain(slot, feed, past, living, causes) ? slot : undefined;
    });
  });
  const length = lists[0]?.length;
  const whole = lists.every((list) => list?.length === length && !list?.includes(undefined));
  return whole ? (lists as Lists) : undefined;
}

/** False where what it held is lost. */
function heldAgain(
  slot: Slot,
  { held, last, why }: Exclude<KeptFeed, number>,
  past: Past,
  living: LivingGraph,
  causes: NonNullable<ItemsFact["causes"]>,
): boolean {
  const id = held ?? last;
  const signal = id === undefined ? undefined : past.signal(id);
  if (id !== undefined && signal === undefined) return false;
  const because = causes[why ?? -1];
  if (held !== undefined && signal) slot.next(signal);
  else showLeft(slot, signal, because && causeFrom(because, living.graph));
  return true;
}
