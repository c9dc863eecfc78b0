/** Of a slot that is written for one item: the slots of all items, and the lists that they come from. */
import { Gather } from "./gather.ts";
import { PastItem, type Structure } from "./items.ts";
import type { Scatter } from "./scatter.ts";
import { scattersAbove, selectedOf } from "./scatters.ts";
import type { Slot } from "./slot.ts";

/** What holds the items of which one is written to this slot; `undefined` for what is deeper in lists, or in a graph of the item's own. */
export function itemsBeside(slot: Slot): Structure | undefined {
  if (slot instanceof PastItem) return selectedOf(slot.of);
  const { owner } = slot;
  const whole = owner?.item.length === 1 ? owner.place.home?.whole : undefined;
  const gather = owner && whole?.node === owner.node ? whole.ins[owner.outs.indexOf(slot)]?.owner : undefined;
  return gather instanceof Gather ? gather.madeBy : undefined;
}

/** What took the lists apart that such a slot's item comes from. */
export function scattersOf(slot: Slot): readonly Scatter[] {
  const items = itemsBeside(slot);
  return items ? scattersAbove(items) : [];
}
