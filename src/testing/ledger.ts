/** What ran on a sheet: the difference between a graph that is right and one that is right at the least cost (W5, W6, R1). */
import type { Run } from "../engine/run.ts";
import type { Sheet } from "../engine/sheet.ts";

/** What ran on a sheet; an empty one is the finest result. */
export interface Ledger {
  /** Runs since the ledger was opened, oldest first. */
  readonly runs: readonly Run[];
  /** Names of the nodes that ran since the last `take`. */
  take(): readonly string[];
}

/**
 * Opens a ledger; it ends with the sheet.
 *
 * @example
 * const ran = ledger(sheet);
 * sheet.set(shorten.inputs.text, "Water");
 * await sheet.settled();
 * expect(ran.take()).toEqual(["Shorten"]);
 */
export function ledger(sheet: Sheet): Ledger {
  const runs = new Map<string, Run>();
  let started: string[] = [];
  sheet.events$.subscribe((event) => {
    if (event.kind === "run-started") started.push(event.run.node);
    if (event.kind === "run-started" || (event.kind === "run-ended" && runs.has(event.run.id)))
      runs.set(event.run.id, event.run);
  });
  return {
    get runs() {
      return [...runs.values()];
    },
    take: () => {
      const names = started;
      started = [];
      return names;
    },
  };
}
