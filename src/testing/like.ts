/** Random values of the same form as one that is given: lists of what its lists hold, records with its fields. */
import * as fc from "fast-check";
import { words } from "./plain-values.ts";

export function like(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value === "string") return words;
  if (typeof value === "boolean") return fc.boolean();
  if (typeof value === "number")
    return Number.isInteger(value)
      ? fc.integer({ min: -1000, max: 1000 })
      : fc.double({ min: -1000, max: 1000, noNaN: true });
  if (Array.isArray(value))
    return value.length === 0 ? fc.constant([]) : fc.array(fc.oneof(...value.map(like)), { maxLength: 5 });
  if (typeof value === "object" && value !== null && plain(value)) {
    return fc.record(Object.fromEntries(Object.entries(value).map(([key, field]) => [key, like(field)])));
  }
  return fc.constant(value);
}

function plain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
