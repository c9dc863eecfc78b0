/** How every benchmark here measures: milliseconds of a piece of work, and the middle of many. */

/** The one in the middle, which a single slow round does not move. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

/** Milliseconds that work takes which is over when it returns. */
export function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Milliseconds until a promise is kept. */
export async function awaited(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
