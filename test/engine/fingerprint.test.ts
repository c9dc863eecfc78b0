/** Fingerprints: a print tells apart what `equal` tells apart and nothing else, on every kind of value there is. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bucketOf } from "../../src/engine/bucket.ts";
import { equal } from "../../src/engine/equal.ts";
import { fingerprintOf } from "../../src/engine/fingerprint.ts";
import { File, known, recipe } from "../support/recipes.ts";

const print = (value: unknown): string => fingerprintOf("f", { value });
/** A NaN that is written in other bits. */
const [otherNaN] = new Float64Array(new BigUint64Array([0x7ff8_0000_0000_0001n]).buffer);
const holed = (at: number, item: unknown) => Object.assign(new Array(3), { [at]: item });
/** Back to what is `up` levels around. */
const circle = (up: number) => {
  const around: Record<string, unknown>[] = [{}, {}, {}];
  around.reduce((outer, inner) => {
    outer.inner = inner;
    return inner;
  });
  (around[2] as Record<string, unknown>).back = around[2 - up];
  return around[0];
};
const lookAlikes: readonly (readonly [string, unknown, unknown])[] = [
  ["circles to other places", circle(0), circle(1)],
  ["circles to one place", circle(2), circle(2)],
  ["a list with holes and one that says where its items are", holed(1, "x"), [3, 1, "x"]],
  ["holes in other places", holed(0, "x"), holed(2, "x")],
  ["content ids 0 and -0", new File(0), new File(-0)],
  ["content ids that are no numbers", new File(Number.NaN), new File(Number.NaN)],
  ["a list and one that carries more", [1], Object.assign([1], { more: 1 })],
  ["two lists that carry the same", Object.assign([1], { more: 1 }), Object.assign([1], { more: 1 })],
  ["characters of two bytes and of one", "\u0113", "\u0013"],
  ["long texts with such", `${"x".repeat(300)}\u0113`, `${"x".repeat(300)}\u0013`],
  ["NaN in other bits", Number.NaN, otherNaN],
  ["a map and a list of its parts", new Map([["a", 1]]), ["a", 1]],
  ["a map and a set of its parts", new Map([["a", 1]]), new Set(["a", 1])],
  ["a date and its number", new Date(5), 5],
  ["bytes and their list", new Uint8Array([1]), [1]],
  ["bytes and their buffer", new Uint8Array([1]), new Uint8Array([1]).buffer],
  ["an object and its digest", { a: 1 }, fingerprintOf("f", { a: 1 })],
  ["a text and a BigInt of its digits", "ff", 255n],
  ["a key and a value that change places", { a: "b" }, { b: "a" }],
  ["items that are parted elsewhere", [["a"], ["b", "c"]], [["a", "b"], ["c"]]],
];

const runs = { numRuns: 1_500 };

describe("a fingerprint", () => {
  test("is the same for equal values, in whatever order their keys were written", () => {
    fc.assert(
      fc.property(recipe, (make) => {
        const [a, b] = [make(false), make(true)];
        expect(print(a) === print(b)).toBe(equal(a, b));
        expect(print(a)).toBe(print(a));
      }),
      runs,
    );
  });

  test("is another for different values", () => {
    fc.assert(
      fc.property(recipe, recipe, (some, others) => {
        const [a, b] = [some(false), others(true)];
        expect(print(a) === print(b)).toBe(equal(a, b));
        const [around, beside] = [
          [1, { a }],
          [1, { a: b }],
        ];
        expect(print(around) === print(beside)).toBe(equal(around, beside));
      }),
      runs,
    );
  });

  test("tells every two simple values apart", () => {
    expect(new Set(known.map(print)).size).toBe(known.length);
    expect(new Set(known.map((value) => print([value]))).size).toBe(known.length);
  });

  test.each(lookAlikes)("and equal agree on what only looks alike: %s", (_, a, b) => {
    expect(print(a) === print(b)).toBe(equal(a, b));
    expect(print([a]) === print([b])).toBe(equal([a], [b]));
    if (equal(a, b)) expect(bucketOf([a])).toBe(bucketOf([b]));
  });

  test("agrees with equal on anything that is made at random", () => {
    const any = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
      withTypedArray: true,
      withSparseArray: true,
      withBoxedValues: true,
      withObjectString: true,
    });
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(print(a) === print(b)).toBe(equal(a, b));
        const copy = structuredClone(a);
        expect(print(a) === print(copy)).toBe(equal(a, copy));
      }),
      runs,
    );
  });

  test("depends on the definition and on the names of the inputs, not on their order", () => {
    const first = fingerprintOf("f", { a: 1, b: 2 });
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(fingerprintOf("f", { b: 2, a: 1 })).toBe(first);
    expect(fingerprintOf("f", Object.assign(Object.create(null), { b: 2, a: 1 }))).toBe(first);
    expect(fingerprintOf("g", { a: 1, b: 2 })).not.toBe(first);
    expect(fingerprintOf("f", { a: 1, c: 2 })).not.toBe(first);
    expect(fingerprintOf("f", { a: 1 })).not.toBe(fingerprintOf("f", { a: 1, b: undefined }));
  });

  test("is the same in every process for what has a content", () => {
    const value = { list: [1, "a", null], map: new Map([["k", 5n]]), at: new Date(0), bytes: new Uint8Array([1, 2]) };
    expect(print(value)).toBe("8b87f423c28b01ab73f1f84c2da5a91dc3a64218651c45c90eb08644b716d4f5");
  });

  test("of an object that is shared a thousand million times is made at once", () => {
    const doubling = (core: unknown) => {
      let value: unknown = [core];
      for (let i = 0; i < 60; i++) value = [value, value];
      return value;
    };
    expect(print(doubling(1))).toBe(print(doubling(1)));
    expect(print(doubling(1))).not.toBe(print(doubling(2)));
  });

  test("of many objects that all know one another ends, and then goes by identity", () => {
    const crowd = () => {
      const all = Array.from({ length: 14 }, (): Record<string, unknown> => ({}));
      for (const person of all) for (const [i, other] of all.entries()) person[i] = other;
      return all[0];
    };
    const some = crowd();
    expect(print(some)).toBe(print(some));
    expect(print(some)).not.toBe(print(crowd()));
  });

  test("of a value a hundred thousand levels deep costs no stack", () => {
    const deep = (core: unknown) => {
      let value = core;
      for (let i = 0; i < 100_000; i++) value = i % 2 === 0 ? [value] : { value };
      return value;
    };
    expect(print(deep(1))).toBe(print(deep(1)));
    expect(print(deep(1))).not.toBe(print(deep(2)));
  });

  test("knows more than equal does: values past its budget are still told by what they hold", () => {
    const wide = (last: number) => [...Array.from({ length: 20_000 }, (_, i) => [i]), last];
    expect(print(wide(1))).toBe(print(wide(1)));
    expect(print(wide(1))).not.toBe(print(wide(2)));
    const large = (last: number) => new Uint8Array(1_000_000).fill(last, 999_999);
    expect(print(large(1))).toBe(print(large(1)));
    expect(print(large(1))).not.toBe(print(large(2)));
  });

  test("of long texts depends on every character, and on where two bytes each are needed", () => {
    const long = (last: string) => "long ".repeat(20_000) + last;
    const all = [long("a"), long("b"), long("é"), long("ē"), long("a\0"), `é${long("a")}`, long("")];
    expect(new Set(all.map(print)).size).toBe(all.length);
    expect(new Set([...all, ...all].map(print)).size).toBe(all.length);
  });

  test("reads large bytes once", () => {
    const large = new Uint8Array(5_000_000);
    const before = print(large);
    // Nobody writes to a value that was handed out; here it shows that it is not read again.
    large.fill(1);
    expect(print({ large })).toBe(print({ large }));
    expect(print(large)).toBe(before);
    expect(print(large.slice())).not.toBe(before);
  });
});
