/** Why a step is not run, in words: what is empty, what is not ready, what is not selected. */
import type { Asked } from "./asked.ts";
import type { Lack } from "./lacks.ts";
import type { Placed } from "./placed.ts";
import type { Slot } from "./slot.ts";

export function emptyPort({ reader, slot }: Lack): string {
  return `${reader.name} needs '${reader.inputNameOf(slot)}', and it is empty: set it first.`;
}

/** Why a step does not run alone. */
export function notReady(step: Asked, slot: Slot): string {
  const name = step.inputNameOf(slot);
  if (slot.owner === undefined) return emptyPort({ reader: step, slot });
  return `${step.name} cannot run alone: its input '${name}' is ${slot.now.kind}. Run to here instead, or run ${slot.owner.name} first.`;
}

/** Why a variant that is not selected does not run (C1). */
export function notChosen(step: Placed, choices: readonly Placed[]): string {
  const [choice] = choices;
  return `${step.name} is not the selected variant of ${choice?.name ?? "its choice"}: select it first, with sheet.choose.`;
}
