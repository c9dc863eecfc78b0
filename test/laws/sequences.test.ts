/**
 * The law of laws: random graphs, random moves in the middle of runs, every order of completion, against the naive
 * evaluator. A failing story is printed; pinned in `regressions.test.ts` it stays.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { play } from "../support/play.ts";
import { plays } from "../support/played.ts";
import { type Story, stories } from "../support/stories.ts";

async function lawful(story: Story): Promise<void> {
  expect(await play(story)).toEqual([]);
}

test("[W1, W2, W3, W4, W5, W6, R2, R3, R4, R5, R8] random graphs keep every law under random moves", async () => {
  await plays(fc.asyncProperty(stories(), lawful));
});

// Few nodes and many moves meet the rarest turns of a demand; many nodes hardly ever do.
test("[W4, R2, R4, R5, R8] small graphs keep them under many moves, most of them in the middle of runs", async () => {
  const small = stories({ maxNodes: 8, maxMoves: 80, manners: ["now", "soon", "sometimes", "later", "stream"] });
  await plays(fc.asyncProperty(small, lawful));
});
