/**
 * Which of a node's runs it shows, and which stand before and after it: what walking through a history needs, without
 * putting every run of it into words. Runs that a person cancelled have nothing to show and are passed over.
 */
import type { RememberedRun } from "./remembered-run.ts";
import type { Run, RunId } from "./run.ts";

export interface ShownRun {
  readonly run: Run;
  /** Counted from 1, the oldest first. */
  readonly at: number;
  readonly of: number;
  readonly previous: RunId | undefined;
  readonly next: RunId | undefined;
}

/** `undefined` when it shows none of them. */
export function shownAmong(runs: Iterable<RememberedRun>, shown: RememberedRun | undefined): ShownRun | undefined {
  if (shown === undefined) return undefined;
  let before: RememberedRun | undefined;
  let after: RememberedRun | undefined;
  let at = 0;
  let of = 0;
  for (const run of runs) {
    if ("cancelled" in run.result) continue;
    of++;
    if (run === shown) at = of;
    else if (at === 0) before = run;
    else after ??= run;
  }
  if (at === 0) return undefined;
  return { run: shown.record, at, of, previous: before?.id, next: after?.id };
}
