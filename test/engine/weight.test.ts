/** Weights: near enough to bound a memory, whatever the value. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contentId } from "../../src/engine/equal.ts";
import { weightOf } from "../../src/engine/weight.ts";
import { angry, recipe } from "../support/recipes.ts";

describe("a weight", () => {
  test.each<[string, unknown, number, number]>([
    ["a text: two bytes a character", "x".repeat(1_000), 2_000, 2_000],
    ["bytes: their length", new Float64Array(1_000), 8_000, 8_000],
    ["a buffer", new ArrayBuffer(500), 500, 500],
    ["a file: its size", { [contentId]: "id", size: 81_234 }, 81_234, 81_234],
    ["a blob: its size", new Blob(["x".repeat(3_000)]), 3_000, 3_000],
    ["a number", 5, 1, 64],
    ["nothing", undefined, 1, 64],
    ["a record", { a: "x".repeat(1_000), b: 1 }, 2_000, 2_400],
    ["a list of files", [{ [contentId]: "id", size: 1_000_000 }], 1_000_000, 1_001_000],
    ["a large list of numbers", Array.from({ length: 1_000_000 }, (_, i) => i), 8_000_000, 20_000_000],
    ["a large list of texts", Array.from({ length: 100_000 }, () => "x".repeat(100)), 20_000_000, 24_000_000],
    ["a large list of records", Array.from({ length: 50_000 }, () => ({ t: "x".repeat(100) })), 10_000_000, 16_000_000],
    ["a large map", new Map(Array.from({ length: 50_000 }, (_, i) => [i, "x".repeat(100)])), 10_000_000, 14_000_000],
    ["a large set", new Set(Array.from({ length: 50_000 }, (_, i) => `${i}`.padEnd(100))), 10_000_000, 24_000_000],
    [
      "lists of lists of lists",
      Array.from({ length: 100 }, () =>
        Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => "12345678")),
      ),
      16_000_000,
      40_000_000,
    ],
  ])("of %s", (_name, value, least, most) => {
    expect(weightOf(value)).toBeGreaterThanOrEqual(least);
    expect(weightOf(value)).toBeLessThanOrEqual(most);
  });

  test("counts what is shared once, and a circle once", () => {
    const text = { text: "x".repeat(1_000) };
    const circle: unknown[] = [text, text];
    circle.push(circle);
    expect(weightOf(circle)).toBeLessThan(2_400);
  });

  test("never throws, and is a number of bytes, for any value", () => {
    const getter = {
      get a() {
        return angry();
      },
      b: "x".repeat(1_000),
    };
    expect(weightOf(getter)).toBeGreaterThan(2_000);
    fc.assert(
      fc.property(recipe, (make) => {
        const weight = weightOf(make(false));
        expect(weight >= 0 && Number.isFinite(weight)).toBe(true);
      }),
    );
  });
});
