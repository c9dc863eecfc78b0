/** A step that runs nothing and only passes on what others make: lists taken apart, items zipped, items put together. It is asked from below, never by people. */
import { Asked } from "./asked.ts";
import type { RememberedRun } from "./remembered-run.ts";
import type { Outcome, Run } from "./run.ts";
import type { Cause } from "./signal.ts";
import type { Slot } from "./slot.ts";

export abstract class Passing extends Asked {
  outs: readonly Slot[] = none;

  get cause(): Cause {
    for (const { cause } of this.ins) if (cause.change !== "definition") return cause;
    return definition;
  }

  override get passes(): boolean {
    return true;
  }

  get due(): boolean {
    return false;
  }

  get runs(): boolean {
    return false;
  }

  get recalls(): boolean {
    return false;
  }

  get history(): readonly RememberedRun[] {
    return [];
  }

  get shownRun(): Run {
    throw new Error("What only passes values on has no run to show.");
  }

  cancel(_by: "person" | "close"): void {
    if (this.asked !== 0) this.end({ kind: "cancelled" });
  }

  protected readyOutcome(): Outcome {
    return { kind: "refused", why: "Nobody asks this but a step below." };
  }
}

const none: readonly Slot[] = [];
const definition: Cause = Object.freeze({ change: "definition" });
