/** Where the items of a structure come from: through fans and choices, up to what took the lists apart. */
import { ChoiceStep } from "./choice-step.ts";
import { Fan } from "./fan.ts";
import type { Structure } from "./items.ts";
import { Scatter } from "./scatter.ts";
import type { Slot } from "./slot.ts";

export function scattersAbove(structure: Slot): readonly Scatter[] {
  const { owner } = structure;
  if (owner instanceof Scatter) return [owner];
  if (owner instanceof Fan) return owner.ins.flatMap(scattersAbove);
  return owner instanceof ChoiceStep ? scattersAbove(owner.slotOf(owner.selected, structure)) : [];
}

/** What holds the items that this shows: of a choice, those of its selected variant. */
export function selectedOf(structure: Structure): Structure {
  let made: Slot = structure;
  while (made.owner instanceof ChoiceStep) made = made.owner.slotOf(made.owner.selected, made);
  return made as Structure;
}
