/** Fingerprints, buckets and weights: a print tells apart what `equal` tells apart and nothing else, on every kind of value there is. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contentId, equal } from "../../src/engine/equal.ts";
import { bucketOf, fingerprintOf, weightOf } from "../../src/engine/fingerprint.ts";
import { hexOf, Sha256 } from "../../src/engine/sha256.ts";

const print = (value: unknown): string => fingerprintOf("f", { value });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const digest = (...pieces: readonly Uint8Array[]): string => {
  const sum = new Sha256();
  for (const piece of pieces) sum.update(piece);
  return hexOf(sum.digest());
};

describe("sha256", () => {
  test.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    [
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
    ],
  ])("of %j is as published", (text, expected) => {
    expect(digest(bytes(text))).toBe(expected);
  });

  test("of a million letters is as published", () => {
    expect(digest(bytes("a".repeat(1_000_000)))).toBe(
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
    );
  });

  test("agrees with another implementation, in whatever pieces the bytes come", () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 });
    fc.assert(
      fc.property(pieces, (all) => {
        const other = createHash("sha256");
        for (const piece of all) other.update(piece);
        expect(digest(...all)).toBe(other.digest("hex"));
      }),
    );
  });
});

// ── values to compare: a recipe is made twice, with keys in another order, and the two are equal if anything is

type Make = (other: boolean) => unknown;

class Point {
  constructor(readonly x: number) {}
}
class Day extends Date {}
class Stack extends Array<unknown> {}
class File {
  constructor(readonly id: unknown) {}
  get [contentId](): unknown {
    return this.id;
  }
}
const angry = (): never => {
  throw new Error("look away");
};
const traps = new Proxy({}, { get: angry, ownKeys: angry, getPrototypeOf: angry, has: angry });
const revoked = Proxy.revocable({}, {});
revoked.revoke();
const [one, two] = [Symbol("s"), Symbol("s")];

/** Compared by identity: the same object in both makings. */
const identical: readonly unknown[] = [
  () => 1,
  () => 1,
  new Point(1),
  new Point(1),
  /x/,
  new Error("e"),
  Promise.resolve(1),
  new WeakMap(),
  new Blob(["x"]),
  traps,
  revoked.proxy,
  {
    get a() {
      return angry();
    },
  },
  Object.assign([1], { extra: 1 }),
  "ab".match(/b/),
  Object.create(Date.prototype),
];
const simple: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  -0,
  1,
  -1,
  0.5,
  Number.NaN,
  Infinity,
  2 ** 53,
  0n,
  1n,
  -1n,
  2n ** 80n,
  "",
  "0",
  "1",
  "null",
  "undefined",
  "a",
  "ab",
  "é",
  "\ud800",
  "\ud801",
  "x".repeat(200),
  `${"x".repeat(199)}é`,
  one,
  two,
  Symbol.for("s"),
  Symbol.iterator,
];
const known = [...simple, ...identical];
const leaf: fc.Arbitrary<Make> = fc.oneof(
  fc.nat(known.length - 1).map((i) => () => known[i]),
  fc.constantFrom<Make>(
    () => new Date(5),
    () => new Date(Number.NaN),
    () => new Day(5),
    () => new Uint8Array([1, 0]),
    () => new Uint8Array([9, 1, 0]).subarray(1),
    () => new Uint16Array([1]),
    () => new Uint8ClampedArray([1, 0]),
    () => Buffer.from([1, 0]),
    () => new DataView(new Uint8Array([1, 0]).buffer),
    () => new Uint8Array([1, 0]).buffer,
    () => new Float64Array([0]),
    () => new Float64Array([-0]),
    () => new Float64Array([Number.NaN]),
    () => new BigInt64Array([1n]),
    () => new Uint8Array(2000),
    () => new File("a"),
    () => new File("b"),
    () => new File(0),
    () => new File(-0),
    () => new File(Number.NaN),
    () => ({ [contentId]: "a" }),
    () => new Array(2),
    () => new Array(4_000_000_000),
    () => Object.assign(new Array(2), { 1: 1 }),
    () => Object.assign(new Array(3), { 1: 1, extra: 1 }),
  ),
);
const key = fc.constantFrom<string | symbol>(
  "a",
  "b",
  "1",
  "__proto__",
  "é",
  one,
  two,
  Symbol.for("s"),
  Symbol.for("t"),
);
const record =
  (entries: readonly (readonly [string | symbol, Make])[], of: object | null): Make =>
  (other) => {
    const made: object = Object.create(of);
    for (const [key, make] of other ? entries.toReversed() : entries) {
      Object.defineProperty(made, key, { value: make(other), enumerable: true, configurable: true, writable: true });
    }
    return made;
  };
const { value: recipe } = fc.letrec<{ value: Make }>((tie) => {
  const inner = tie("value");
  const list = fc.array(inner, { maxLength: 3 });
  const entries = fc.uniqueArray(fc.tuple(key, inner), { maxLength: 3, selector: ([name]) => name });
  return {
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      list.map(
        (items): Make =>
          (other) =>
            items.map((make) => make(other)),
      ),
      list.map(
        (items): Make =>
          (other) =>
            Stack.from(items.map((make) => make(other))),
      ),
      entries.map((all) => record(all, Object.prototype)),
      entries.map((all) => record(all, null)),
      list.map(
        (items): Make =>
          (other) =>
            new Set(items.map((make) => make(other))),
      ),
      entries.map(
        (all): Make =>
          (other) =>
            new Map(all.map(([name, make]) => [name, make(other)])),
      ),
      // Ways back: to itself, from within to what is around it, and a circle that is longer by one.
      list.map(
        (items): Make =>
          (other) => {
            const made: unknown[] = items.map((make) => make(other));
            made.push(made);
            return made;
          },
      ),
      list.map(
        (items): Make =>
          (other) => {
            const made: Record<string, unknown> = { items: items.map((make) => make(other)) };
            made.again = { made };
            return made;
          },
      ),
      list.map(
        (items): Make =>
          (other) => {
            const far: Record<string, unknown> = { items: items.map((make) => make(other)) };
            const near = { items: items.map((make) => make(other)), again: { made: far } };
            far.again = { made: near };
            return far;
          },
      ),
    ),
  };
});

const runs = { numRuns: 3_000 };

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

  test("walks into nothing", () => {
    const inner = {
      get a() {
        return angry();
      },
    };
    expect(bucketOf([[inner]])).toBe(bucketOf([[1]]));
    expect(bucketOf([{ inner }])).toBe(bucketOf([{ inner: 2 }]));
    expect(bucketOf([traps])).toBe(bucketOf([traps]));
  });
});

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
