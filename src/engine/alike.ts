/** How inputs that a run was made from are known again: at a glance, by a number that equal ones share, and then by comparing them. */
import { bucketWith } from "./bucket.ts";
import { equal } from "./equal.ts";
import type { Ready } from "./signal.ts";

/** What the values of some signals look like at a glance: equal ones alike. */
export function glanceAt(signals: readonly Ready[]): number {
  let bucket = signals.length;
  for (let i = 0; i < signals.length; i++) bucket = bucketWith(bucket, signals[i]?.value);
  return bucket;
}

/** True when signals hold equal values. */
export function alike(some: readonly Ready[] | undefined, others: readonly Ready[]): boolean {
  if (some === undefined || some.length !== others.length) return false;
  for (let i = 0; i < some.length; i++) {
    const one = some[i] as Ready;
    const other = others[i] as Ready;
    if (one !== other && !equal(one.value, other.value)) return false;
  }
  return true;
}
