/** A card's runs, as a page asks for them: apart from the stream, for nobody looks at them all the time. */

import type { FailureView } from "../protocol.ts";
import type { ValueView } from "./port.ts";

/** How a run ended, or that it has not. */
export type RunOutcome = "running" | "ready" | "failed" | "cancelled" | "interrupted";

/** A run in a line. `at` in epoch milliseconds, `duration` in milliseconds. */
export interface RunLine {
  readonly id: string;
  readonly node: string;
  readonly outcome: RunOutcome;
  readonly at: number;
  readonly duration?: number;
  /** True for the one that the card shows. */
  readonly shown?: true;
  readonly fallback?: true;
}

/** A run with all that is remembered of it. */
export interface RunView extends RunLine {
  readonly inputs: readonly NamedValue[];
  readonly outputs: readonly NamedValue[];
  readonly failure?: FailureView;
  readonly log: readonly string[];
  /** The runs that it came from, and theirs: this one first. Of some nothing is known any more. */
  readonly origins: readonly Origin[];
}

export interface NamedValue {
  readonly name: string;
  readonly label: string;
  readonly value: ValueView;
}

/** A run among those that another came from: the ids of the runs whose outputs it used. */
export interface Origin {
  readonly id: string;
  readonly node: string;
  readonly outcome: RunOutcome;
  readonly from: readonly string[];
}
