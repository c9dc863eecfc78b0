/** Of a slot that is written for one item: where that item stands, the slots of all items, and the lists that they come from. */
import type { BaseNode } from "./base-node.ts";
import { Gather } from "./gather.ts";
import { PastItem, type Structure } from "./items.ts";
import type { Scatter } from "./scatter.ts";
import { scattersAbove, selectedOf } from "./scatters.ts";
import type { Slot } from "./slot.ts";

/** What holds the items of which one is written to this slot; `undefined` for what is deeper in lists, or seen by nobody outside its graph. */
export function itemsBeside(slot: Slot): Structure | undefined {
  if (slot instanceof PastItem) return selectedOf(slot.of);
  const whole = placeOf(slot) === undefined ? undefined : slot.owner?.place.home?.whole;
  const gather = whole?.ins[outputOf(whole.node, slot)]?.owner;
  return gather instanceof Gather ? gather.madeBy : undefined;
}

/** Where its item stands in a list: that of a step, or of the graph around it. */
export function placeOf({ owner }: Slot): number | undefined {
  if (owner === undefined) return undefined;
  const { home } = owner.place;
  const path = home?.whole?.node === owner.node ? owner.item : (home?.spot?.path ?? []);
  return path.length === 1 ? path[0] : undefined;
}

/** What took the lists apart that such a slot's item comes from. */
export function scattersOf(slot: Slot): readonly Scatter[] {
  const items = itemsBeside(slot);
  return items ? scattersAbove(items) : [];
}

/** Which output of a node that runs once per item a slot is, be it as an output of the graph inside. */
function outputOf(node: BaseNode, slot: Slot): number {
  if (node === slot.owner?.node) return slot.owner.outs.indexOf(slot);
  const outputs = (node.graph?.outputs ?? {}) as Readonly<Record<string, unknown>>;
  return node.outPorts.findIndex(({ name }) => outputs[name] === slot.port);
}
