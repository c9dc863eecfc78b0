/** Random values of components that hold several things: tables, galleries, conversations, classes with confidences. */
import * as fc from "fast-check";
import type { Shape } from "../engine/component.ts";
import { files } from "./files.ts";
import { words } from "./plain-values.ts";

/** Classes whose confidences add up to at most 1, the surest first. */
export const labels = fc
  .tuple(words, fc.option(fc.uniqueArray(words, { maxLength: 4 }), { nil: undefined }))
  .map(([label, others]) =>
    others === undefined
      ? { label }
      : { label, confidences: others.map((other, i) => ({ label: other, confidence: 2 ** -(i + 1) })) },
  );

const cell = fc.oneof(words, fc.integer(), fc.boolean(), fc.constant(null));

/** Rows as long as their headers: those that the component names, else a few. */
export function tables(headers: readonly string[] | undefined): fc.Arbitrary<unknown> {
  const heads = headers ? fc.constant([...headers]) : fc.array(words, { minLength: 1, maxLength: 4 });
  return heads.chain((names) => {
    const row = fc.array(cell, { minLength: names.length, maxLength: names.length });
    return fc.record({ headers: fc.constant(names), data: fc.array(row, { maxLength: 5 }) });
  });
}

export const conversations = fc.array(
  fc.record({
    role: fc.constantFrom("system", "user", "assistant"),
    content: fc.oneof({ weight: 4, arbitrary: words }, { weight: 1, arbitrary: fc.constantFrom(...files) }),
  }),
  { maxLength: 5 },
);

export function galleries({ refuses }: Shape): fc.Arbitrary<unknown> {
  const fitting = files.filter((file) => refuses([{ file }]) === undefined);
  const item = fc.record({ file: fc.constantFrom(...fitting), caption: words }, { requiredKeys: ["file"] });
  return fc.array(item, { maxLength: 4 });
}
