/** A card tried with several values of one input, while the sheet stays as it is: `POST /api/sheets/:id/sweep`. */
import type { FailureView } from "../protocol.ts";
import type { GivenValue } from "./command.ts";
import type { NamedValue } from "./runs.ts";

/** The most values of one sweep. */
export const mostValues = 64;

/** What is asked: `card` is run once for every value of `input`, which may be an input of any card above it. */
export interface SweepAsked {
  readonly card: string;
  readonly input: { readonly card: string; readonly port: string };
  readonly values: readonly GivenValue[];
  readonly inside?: readonly string[];
}

/** How it ended with one value, in the order of the values. `duration` in milliseconds. */
export type SweepEnd =
  | { readonly kind: "ready"; readonly outputs: readonly NamedValue[]; readonly duration?: number }
  | { readonly kind: "failed"; readonly failure: FailureView }
  | { readonly kind: "cancelled" }
  | { readonly kind: "refused"; readonly why: string };
