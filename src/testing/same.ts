/**
 * When two values say the same: what a function gives twice for equal inputs. Looser than the engine's `equal`, which has a
 * budget and knows objects of classes by identity alone, and never stricter: what the engine holds for unchanged is the same here.
 */
import { contentId } from "../engine/equal.ts";

export function same(a: unknown, b: unknown): boolean {
  try {
    return alike(a, b, new Map());
  } catch {
    // A getter or a Proxy that throws: nobody can say.
    return false;
  }
}

function alike(a: unknown, b: unknown, within: ReadonlyMap<object, object>): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (contentId in a && contentId in b) return a[contentId] === b[contentId];
  if (within.has(a)) return within.get(a) === b;
  const inside = new Map(within).set(a, b);
  const [one, other] = [contentsOf(a), contentsOf(b)];
  return one.length === other.length && one.every((part, i) => alike(part, other[i], inside));
}

/** All that a value holds, in an order that is the same for values that say the same. */
function contentsOf(value: object): readonly unknown[] {
  const keys = Reflect.ownKeys(value).filter((key) => !(value instanceof Error && key === "stack"));
  const named = keys.filter((key) => typeof key === "string").sort();
  const fields = [...named, ...keys.filter((key) => typeof key === "symbol")].flatMap((key) => [
    key,
    (value as Record<PropertyKey, unknown>)[key],
  ]);
  if (value instanceof Map) return [...fields, ...[...value].flat()];
  if (value instanceof Set) return [...fields, ...value];
  if (value instanceof Date) return [...fields, value.getTime()];
  if (value instanceof RegExp) return [...fields, String(value)];
  if (value instanceof ArrayBuffer) return [...fields, ...new Uint8Array(value)];
  return fields;
}
