/** The laws' own test: the same stories, played on sheets that are wrong in one way each, are caught, and for the right reason. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Manner } from "../support/manners.ts";
import { play } from "../support/play.ts";
import { stories } from "../support/stories.ts";
import { type Mistake, wrongSheet } from "../support/wrong-sheets.ts";

/** Plays stories of edits alone until one is caught; gives back what was said of it. */
async function caught(mistake: Mistake, manners: readonly Manner[]): Promise<readonly string[]> {
  const plain = stories({ manners, failures: false, manual: false, callables: false, empties: false, maxNodes: 12 });
  const told = fc.sample(plain, { numRuns: 60, seed: 1 });
  const laws = new Set<string>();
  for (const { world, moves } of told) {
    const kept = moves.filter(({ kind }) => ["set", "let", "breathe"].includes(kind));
    const story = { world, audience: { ports: false, events: false }, moves: kept };
    for (const fault of await play(story, (drawn) => wrongSheet(drawn, mistake)))
      laws.add(fault.slice(1, fault.indexOf("]")));
  }
  return [...laws];
}

test("[W3] a sheet that glitches is caught: a join sees mixed ages, and runs more than once", async () => {
  expect(await caught("glitch", ["now"])).toEqual(expect.arrayContaining(["W3", "W5"]));
});

test("[W4] a sheet whose cut-off forgets an input is caught with outdated values", async () => {
  expect(await caught("cut-off", ["now"])).toContain("W4");
});

test("[R2, W4] a sheet that lets a superseded run write is caught with outdated values", async () => {
  expect(await caught("late", ["later"])).toContain("W4");
});

test("[W6] a sheet that runs what has not changed is caught", async () => {
  expect(await caught("eager", ["now"])).toContain("W6");
});
