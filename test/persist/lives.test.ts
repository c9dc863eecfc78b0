/** Opening a sheet as it was left: on random graphs after random edits, everything is shown as before, and nothing runs. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Graph } from "../../src/engine/graph.ts";
import { apply, type Edit, edits, graphs } from "../../src/testing.ts";
import { historyOf, Lives, shownOn } from "../support/persist-lives.ts";

/** In every run of the tests the same graphs; others are drawn where more are asked for. */
const sequences = Number(process.env.MILLRACE_SEQUENCES ?? 150);
const chance = process.env.MILLRACE_SEQUENCES === undefined ? { seed: 1 } : {};

async function edited(graph: Graph, drawn: readonly Edit[], each?: (lives: Lives) => void) {
  const lives = new Lives();
  const sheet = lives.first(graph);
  for (const edit of drawn) {
    await apply(sheet, edit);
    each?.(lives);
  }
  await sheet.settled();
  return { lives, sheet };
}

async function cameBack(graph: Graph, list: readonly Edit[], often: boolean): Promise<void> {
  const { lives, sheet } = await edited(graph, list, often ? (one) => one.save() : undefined);
  const [shown, history] = [shownOn(sheet), historyOf(sheet)];
  lives.compact();
  const begun = lives.runsBegun;
  const again = lives.next(graph);
  expect(shownOn(again)).toEqual(shown);
  expect(historyOf(again)).toEqual(history);
  await again.settled();
  expect(lives.save().runsBegun).toBe(begun);
  // And once more: what was opened and not touched is the same again.
  const third = lives.next(graph);
  expect(shownOn(third)).toEqual(shown);
  expect(historyOf(third)).toEqual(history);
}

test("[R5] a sheet opened again shows everything as it was, and no node runs", async () => {
  const drawn = graphs({ maxNodes: 10, scatter: false, people: false }).chain(({ graph }) =>
    edits(graph).map((list) => ({ graph, list })),
  );
  const alike = fc.asyncProperty(drawn, fc.boolean(), ({ graph, list }, often) => cameBack(graph, list, often));
  await fc.assert(alike, { numRuns: sequences, ...chance });
});

// An old run of an item that was chosen, and stale items of which a run is known, come back ready.
test("[R5] so does one whose lists are scattered", async () => {
  const only = ["set", "run", "choose", "pin", "unpin", "batch", "settle"] as const;
  const drawn = graphs({ maxNodes: 8, people: false }).chain(({ graph }) =>
    edits(graph, { only }).map((list) => ({ graph, list })),
  );
  const alike = fc.asyncProperty(drawn, fc.boolean(), ({ graph, list }, often) => cameBack(graph, list, often));
  await fc.assert(alike, { numRuns: sequences, ...chance });
});
