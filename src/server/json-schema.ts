/** JSON Schema (2020-12) as plain data, and the few forms of it that schemas here are made of. */
import type { Json } from "../protocol.ts";

export type Schema = { readonly [keyword: string]: Json };

export const text: Schema = { type: "string" };

/** Several schemas of which one has to hold; where one of them says nothing, nothing is left to say. */
export function anyOf(schemas: readonly Schema[]): Schema {
  const different = [...new Map(schemas.map((one) => [JSON.stringify(one), one])).values()];
  const [first] = different;
  if (different.length === 1 && first) return first;
  return different.some((one) => Object.keys(one).length === 0) ? {} : { anyOf: different };
}

/** An object with these fields, all of which have to be there unless some are named. */
export function record(
  properties: { readonly [name: string]: Schema },
  required: readonly string[] = Object.keys(properties),
): Schema {
  return { type: "object", properties, required };
}
