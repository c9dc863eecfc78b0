/** What ran on a sheet; an empty ledger is the finest result. */
import type { Run, Sheet } from "../../src/index.ts";

export interface Ledger {
  /** Runs that have ended since the ledger was opened, oldest first. */
  readonly runs: readonly Run[];
  /** Names of the nodes whose runs have started since the last `take`. */
  take(): readonly string[];
}

/** Opens a ledger; it ends with the sheet. */
export function ledger(sheet: Sheet): Ledger {
  const runs: Run[] = [];
  let started: string[] = [];
  sheet.events$.subscribe((event) => {
    if (event.kind === "run-started") started.push(event.run.node);
    if (event.kind === "run-ended") runs.push(event.run);
  });
  return {
    runs,
    take: () => {
      const names = started;
      started = [];
      return names;
    },
  };
}
