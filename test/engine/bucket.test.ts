/** Buckets: equal values are in one, and a glance is enough. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bucketOf } from "../../src/engine/bucket.ts";
import { equal } from "../../src/engine/equal.ts";
import { angry, File, recipe, traps } from "../support/recipes.ts";

const runs = { numRuns: 1_500 };

describe("a bucket", () => {
  test("is the same for equal values", () => {
    fc.assert(
      fc.property(recipe, recipe, (some, others) => {
        const made = [some(false), some(true), others(false), others(true)];
        for (const a of made) for (const b of made) if (equal(a, b)) expect(bucketOf([a])).toBe(bucketOf([b]));
      }),
      runs,
    );
  });

  test("is seldom the same for different simple values, and depends on their places", () => {
    const many = Array.from({ length: 1_000 }, (_, i) => [i, i / 7, `text ${i}`, i % 2 === 0]);
    expect(new Set(many.map(bucketOf)).size).toBeGreaterThan(995);
    expect(bucketOf([1, 2])).not.toBe(bucketOf([2, 1]));
    expect(bucketOf([1])).not.toBe(bucketOf([1, undefined]));
    const functions = Array.from({ length: 100 }, () => () => 1);
    expect(new Set(functions.map((fn) => bucketOf([fn]))).size).toBe(100);
    expect(new Set(["a", "b", "c"].map((id) => bucketOf([new File(id)]))).size).toBe(3);
  });

  test("tells lists and objects apart that differ in one item, whatever the order of their keys", () => {
    const list = Array.from({ length: 5_000 }, (_, i) => i);
    expect(new Set(list.map((i) => bucketOf([list.with(i, -1)]))).size).toBeGreaterThan(4_990);
    expect(bucketOf([[{ a: 1 }, { a: 2 }]])).not.toBe(bucketOf([[{ a: 1 }, { a: 3 }]]));
    expect(bucketOf([{ a: 1, b: "x" }])).not.toBe(bucketOf([{ a: 1, b: "y" }]));
    expect(bucketOf([{ a: 1, b: "x" }])).toBe(bucketOf([{ b: "x", a: 1 }]));
  });

  test("does not walk far in, and takes what cannot be read for itself alone", () => {
    const inner = {
      get a() {
        return angry();
      },
    };
    expect(bucketOf([[[inner]]])).toBe(bucketOf([[[{ a: 2 }]]]));
    expect(bucketOf([inner])).toBe(bucketOf([inner]));
    expect(bucketOf([inner])).not.toBe(bucketOf([{ ...Object.getOwnPropertyDescriptors(inner) }]));
    expect(bucketOf([traps])).toBe(bucketOf([traps]));
  });
});
