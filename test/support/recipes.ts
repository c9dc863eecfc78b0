/** Random values of every kind there is, as recipes: each can be made twice, and the two are equal if anything is. */
import fc from "fast-check";
import { contentId } from "../../src/engine/equal.ts";

/** Makes a value; `other` with its keys in another order. */
export type Make = (other: boolean) => unknown;

class Point {
  constructor(readonly x: number) {}
}
class Day extends Date {}
class Stack extends Array<unknown> {}
/** Compared by its content id. */
export class File {
  constructor(readonly id: unknown) {}
  get [contentId](): unknown {
    return this.id;
  }
}
export const angry = (): never => {
  throw new Error("look away");
};
/** A Proxy that throws on everything. */
export const traps = new Proxy({}, { get: angry, ownKeys: angry, getPrototypeOf: angry, has: angry });
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
/** Values of which each is another. */
export const known = [...simple, ...identical];
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
export const { value: recipe } = fc.letrec<{ value: Make }>((tie) => {
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
