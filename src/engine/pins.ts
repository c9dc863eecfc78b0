/** Pins: a person's values laid over an output, until they are lifted. On a scattered output a list is laid over its items, one value over each. */
import { pinnable, refuseWrongType } from "./askable.ts";
import { equal, handedOut } from "./equal.ts";
import { GraphError } from "./graph-error.ts";
import { Structure } from "./items.ts";
import type { LivingGraph } from "./living-graph.ts";
import { type OutPort, type OutputPort, pathOf } from "./port.ts";
import { type Cause, pinned } from "./signal.ts";
import type { Slot } from "./slot.ts";

/** A slot, and the value that is laid over it. */
type Pair = readonly [slot: Slot, value: unknown];

/** Pins a value. @throws GraphError `wrong-type`, and `unknown-port` for what is no output of a step */
export function pinOutput(living: LivingGraph, output: OutputPort<unknown>, value: unknown): void {
  const pairs = pairsOf(living, pinnable(living, output), value);
  living.wave.change(() => pinAll(pairs, { port: output, change: "pin" }));
}

/** Pins a value over one item; `undefined` lifts what lies there. */
export function pinItem(living: LivingGraph, output: OutputPort<unknown>, item: number, value: unknown): void {
  const port = pinnable(living, output);
  const slot = itemSlotOf(living, port, item);
  const cause: Cause = { port: output, change: "pin" };
  if (value === undefined) return living.wave.change(() => slot.unpin(cause));
  refuseWrongType(port, value);
  living.wave.change(() => pinAll([[slot, value]], cause));
}

/** Lifts what is pinned. */
export function unpinOutput(living: LivingGraph, output: OutputPort<unknown>): void {
  const slots = pinnedOf(living, pinnable(living, output));
  if (slots.length === 0) return;
  living.wave.change(() => {
    for (const slot of slots) slot.unpin({ port: output, change: "pin" });
  });
}

/** The slots that a value pins, each with its part of it. @throws GraphError `wrong-type` */
function pairsOf(living: LivingGraph, port: OutPort, value: unknown): readonly Pair[] {
  const pairs = port.depth === 0 ? [[living.slotOf(port), value] as const] : zipped(port, itemsOf(living, port), value);
  for (const [, one] of pairs) refuseWrongType(port, one);
  return pairs;
}

/** The slot of one item. @throws GraphError `wrong-type` */
function itemSlotOf(living: LivingGraph, port: OutPort, at: number): Slot {
  const items = port.depth === 1 ? itemsOf(living, port).items : undefined;
  const slot = items?.[at];
  if (slot && !(slot instanceof Structure)) return slot;
  throw wrong(port, items ? `has ${items.length} items, and no item ${at}` : "has no items that are pinned one by one");
}

function pinAll(pairs: readonly Pair[], cause: Cause): void {
  for (const [slot, value] of pairs) {
    const there = slot.pinned && slot.now.kind === "ready" && equal(slot.now.value, value);
    if (!there) slot.pin(pinned(handedOut(value)), cause);
  }
}

/** The slots of an output that are pinned. */
function pinnedOf(living: LivingGraph, port: OutPort): readonly Slot[] {
  const slots = port.depth === 0 ? [living.slotOf(port)] : leaves(itemsOf(living, port));
  return slots.filter((slot) => slot.pinned);
}

function itemsOf(living: LivingGraph, port: OutPort): Structure {
  return living.scattering.itemsOf(port);
}

function zipped(port: OutPort, structure: Structure, value: unknown): readonly Pair[] {
  const { items } = structure;
  if (items === undefined)
    throw wrong(port, "is scattered, and its items are not known yet: pin it when the list above it is ready");
  if (!Array.isArray(value) || value.length !== items.length)
    throw wrong(port, `is scattered, so it takes a list of ${items.length}, one value per item`);
  return items.flatMap((item, i) =>
    item instanceof Structure ? zipped(port, item, value[i]) : [[item, value[i]] as const],
  );
}

function leaves(structure: Structure): readonly Slot[] {
  return (structure.last ?? []).flatMap((item) => (item instanceof Structure ? leaves(item) : [item]));
}

function wrong(port: OutPort, what: string): GraphError {
  return new GraphError("wrong-type", `${pathOf(port)} ${what}.`, { node: port.node.name, port: port.name });
}
