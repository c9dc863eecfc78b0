/**
 * Random stories, played and counted: 1,000 of each kind in `npm test`, or a share of them where one takes long; MILLRACE_SEQUENCES asks
 * for another number, MILLRACE_SEED for the same ones again. A test that has played fewer than it promised fails.
 */
import * as fc from "fast-check";
import { afterAll, expect } from "vitest";

const sequences = Number(process.env.MILLRACE_SEQUENCES ?? 1_000);
const chosen = process.env.MILLRACE_SEED;
let played = 0;

afterAll(() => console.log(`${played} random stories played.`));

export interface Playing {
  /** Of the number that is asked for. */
  readonly share?: number;
  /** Where none is chosen. */
  readonly seed?: number | undefined;
}

/** Plays the stories of a property; those that it passes over do not count. */
export async function plays<Story>(
  property: fc.IAsyncProperty<Story> | fc.IProperty<Story>,
  { share = 1, seed }: Playing = {},
): Promise<void> {
  const promised = Math.ceil(sequences * share);
  const given = chosen === undefined ? seed : Number(chosen);
  const params = { numRuns: promised, ...(given !== undefined && { seed: given }) };
  const details = await fc.check(property as fc.IAsyncProperty<Story>, params);
  played += details.numRuns;
  if (details.failed) throw new Error(await fc.asyncDefaultReportMessage(details), { cause: details.errorInstance });
  expect(details.numRuns, "stories that were played to their end").toBeGreaterThanOrEqual(promised);
}
