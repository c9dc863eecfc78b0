/** How what is drawn and found here is printed: as a sentence, not as the whole graph that hangs on it. */
import * as fc from "fast-check";

/** Gives `value` back; fast-check and `String` say of it what `words` says. */
export function told<T extends object>(value: T, words: () => string): T {
  for (const key of [fc.toStringMethod, "toString"]) Object.defineProperty(value, key, { value: words });
  return value;
}
