/**
 * Random stories, played and counted: 1,000 of each kind in `npm test`, or a share of them where one takes long; MILLRACE_SEQUENCES asks
 * for another number, MILLRACE_SEED for the same ones again. A test that has played fewer than it promised fails.
 */
import * as fc from "fast-check";
import { expect } from "vitest";

export const sequences = Number(process.env.MILLRACE_SEQUENCES ?? 1_000);
const chosen = process.env.MILLRACE_SEED;

export interface Playing {
  /** Of the number that is asked for. */
  readonly share?: number;
  /** Where none is chosen. */
  readonly seed?: number | undefined;
}

/** Plays stories; one counts when it has come to its end and kept the laws. */
export async function played<T>(
  stories: fc.Arbitrary<T>,
  lawful: (story: T) => void | Promise<void>,
  { share = 1, seed }: Playing = {},
): Promise<number> {
  const promised = Math.ceil(sequences * share);
  let count = 0;
  const property = fc.asyncProperty(stories, async (story) => {
    await lawful(story);
    count++;
  });
  const given = chosen === undefined ? seed : Number(chosen);
  await fc.assert(property, { numRuns: promised, ...(given !== undefined && { seed: given }) });
  expect(count, "stories played to their end").toBeGreaterThanOrEqual(promised);
  return count;
}
