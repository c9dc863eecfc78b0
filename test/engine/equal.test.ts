/** When two values are the same value: what holds for each kind, and that it never says yes where they differ (W6 rests on it). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contentId, equal } from "../../src/engine/equal.ts";

class Point {
  constructor(readonly x: number) {}
}
const holed = () => Object.assign(new Array(2), { 1: 1 });
const circle = (tail: unknown): unknown[] => {
  const list: unknown[] = [1];
  list.push({ list }, tail);
  return list;
};
const wide = (n: number, last: unknown) => [...Array.from({ length: n }, () => [1]), last];
const deep = (n: number) => {
  let value: unknown = 1;
  for (let i = 0; i < n; i++) value = [value];
  return value;
};
const throwing = () => ({
  get a() {
    throw new Error("look away");
  },
});

describe("equal are", () => {
  test.each<[string, unknown, unknown]>([
    ["NaN and NaN", Number.NaN, Number.NaN],
    ["plain objects, keys in any order", { a: 1, b: { c: [2] } }, { b: { c: [2] }, a: 1 }],
    [
      "objects without prototype",
      Object.assign(Object.create(null), { a: 1 }),
      Object.assign(Object.create(null), { a: 1 }),
    ],
    ["dates of one moment", new Date(5), new Date(5)],
    ["dates that are none", new Date("x"), new Date("y")],
    ["maps of equal entries", new Map([["a", [1]]]), new Map([["a", [1]]])],
    ["sets of equal items", new Set([1, "b"]), new Set([1, "b"])],
    ["bytes", new Uint8Array([1, 2]), new Uint8Array([1, 2])],
    ["views on different buffers", new Uint8Array([9, 1, 2]).subarray(1), new Uint8Array([1, 2])],
    ["circles of one form", circle(2), circle(2)],
    ["lists with holes in the same places", holed(), holed()],
  ])("%s", (_, a, b) => {
    expect(equal(a, b)).toBe(true);
    expect(equal(b, a)).toBe(true);
  });

  test("what carries one content id, without a look inside", () => {
    const file = (id: string, size: number) => ({ [contentId]: id, size });
    expect(equal(file("a", 1), file("a", 2))).toBe(true);
    expect(equal(file("a", 1), file("b", 1))).toBe(false);
  });

  test("any copy of any JSON, and no JSON that reads differently", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(equal(a, structuredClone(a))).toBe(true);
        expect(equal(a, b)).toBe(equal(b, a));
        if (equal(a, b)) expect(structuredClone(a)).toEqual(b);
      }),
    );
  });
});

describe("different are", () => {
  test.each<[string, unknown, unknown]>([
    ["0 and -0, which divide differently", 0, -0],
    ["0 and -0 within", [0], [-0]],
    ["a number and its text", 1, "1"],
    ["null and an object", null, {}],
    ["a list and an object of the same keys", [1], { 0: 1 }],
    ["a missing key and an undefined one", { a: undefined }, {}],
    ["a missing key and another undefined one", { a: undefined }, { b: undefined }],
    ["an own key and an inherited one", { toString: Object.prototype.toString }, {}],
    ["instances of a class, by identity", new Point(1), new Point(1)],
    ["functions", () => 1, () => 1],
    [
      "maps in another order",
      new Map([
        ["a", 1],
        ["b", 2],
      ]),
      new Map([
        ["b", 2],
        ["a", 1],
      ]),
    ],
    ["maps with a list where another has entries", new Map([["a", ["b"]]]), new Map([["a", "b"]])],
    ["bytes of another kind", new Uint8Array([1, 0]), new Uint16Array([1])],
    ["dates and their numbers", new Date(5), 5],
    ["circles of another tail", circle(2), circle(3)],
    ["errors of one message", new Error("a"), new Error("a")],
    ["what throws when it is looked at", throwing(), throwing()],
    ["a list with a hole and one with a value there", holed(), [5, 1]],
    ["an empty list of three and three numbers", new Array(3), [1, 2, 3]],
    ["what symbols name", { [Symbol.for("a")]: 1 }, { [Symbol.for("a")]: 2 }],
    ["matches of one word in two places", "ab".match(/b/), "aab".match(/b/)],
  ])("%s", (_, a, b) => {
    expect(equal(a, b)).toBe(false);
    expect(equal(b, a)).toBe(false);
  });

  test("a revoked proxy and anything", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(equal(proxy, {})).toBe(false);
    expect(equal({}, proxy)).toBe(false);
    expect(equal([proxy], [{}])).toBe(false);
  });
});

describe("the budget", () => {
  test("is spent on ten thousand objects: past it, equal ones count as different", () => {
    expect(equal(wide(5_000, 1), wide(5_000, 1))).toBe(true);
    expect(equal(wide(5_000, 1), wide(5_000, 2))).toBe(false);
    expect(equal(wide(20_000, 1), wide(20_000, 1))).toBe(false);
  });

  test("is spent on bytes too", () => {
    expect(equal(new Uint8Array(100_000), new Uint8Array(100_000))).toBe(true);
    expect(equal(new Uint8Array(10_000_000), new Uint8Array(10_000_000))).toBe(false);
  });

  test("is not spent on what is the very same object", () => {
    const huge = wide(100_000, 1);
    expect(equal({ huge }, { huge })).toBe(true);
  });

  test("keeps depth from the stack, and sharing from doubling", () => {
    expect(equal(deep(100), deep(100))).toBe(true);
    expect(equal(deep(100_000), deep(100_000))).toBe(false);
    const doubling = () => {
      let value: unknown = [1];
      for (let i = 0; i < 60; i++) value = [value, value];
      return value;
    };
    expect(equal(doubling(), doubling())).toBe(false);
  });
});
