/**
 * The law of laws: random graphs, random moves in the middle of runs, every order of completion, against the naive
 * evaluator. A failing story is printed as data; pinned in `regressions.test.ts` it stays.
 */
import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { play, type Story, stories } from "../support/edits.ts";
import { graphs } from "../support/graphs.ts";

const sequences = Number(process.env.MILLRACE_SEQUENCES ?? 1_000);
const seed = process.env.MILLRACE_SEED === undefined ? undefined : Number(process.env.MILLRACE_SEED);
let played = 0;

afterAll(() => {
  console.log(`${played} random sequences played against the naive evaluator.`);
});

async function lawful(story: Story): Promise<void> {
  played++;
  expect(await play(story)).toEqual([]);
}

const options = { ...(seed !== undefined && { seed }) };

test("[W1, W2, W3, W4, W5, W6, R2, R3, R4, R5, R8] random graphs keep every law under random moves", async () => {
  await fc.assert(fc.asyncProperty(stories(graphs()), lawful), { numRuns: sequences, ...options });
});

// Few nodes and many moves meet the rarest turns of a demand; many nodes hardly ever do.
test("[W4, R2, R4, R5, R8] small graphs keep them under many moves, most of them in the middle of runs", async () => {
  const small = graphs({ maxNodes: 8, manners: ["now", "soon", "sometimes", "later", "stream"] });
  await fc.assert(fc.asyncProperty(stories(small, 80), lawful), { numRuns: sequences, ...options });
});
