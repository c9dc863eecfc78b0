/** Opening a sheet as it was left: on random graphs after random edits, everything is shown as before, and nothing runs. */
import * as fc from "fast-check";
import { test } from "vitest";
import { edits, graphs } from "../../src/testing.ts";
import { cameBack } from "../support/came-back.ts";
import { plays } from "../support/played.ts";

test("[R5] a sheet opened again shows everything as it was, and no node runs", async () => {
  const drawn = graphs({ maxNodes: 10, scatter: false, people: false }).chain(({ graph }) =>
    edits(graph).map((list) => ({ graph, list })),
  );
  await plays(
    fc.asyncProperty(drawn, fc.boolean(), ({ graph, list }, often) => cameBack(graph, list, often)),
    { share: 1 / 4 },
  );
});

test("[R5] so does one whose lists are scattered, and every item stands where it stood", async () => {
  const drawn = graphs({ maxNodes: 8, people: false }).chain(({ graph }) =>
    edits(graph).map((list) => ({ graph, list })),
  );
  await plays(
    fc.asyncProperty(drawn, fc.boolean(), ({ graph, list }, often) => cameBack(graph, list, often)),
    { share: 1 / 4 },
  );
});
