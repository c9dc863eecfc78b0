/** Values as text and back: every kind of value that a sheet may hold comes back equal, or is said to be lost. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FileRef } from "../../src/index.ts";
import { readerOf, type Stored, written } from "../../src/persist/values.ts";

async function roundTrip(value: unknown): Promise<unknown> {
  const text = written(value);
  if (text === undefined) return "lost";
  const blobs = new Map<string, Uint8Array>();
  for (const blob of text.blobs) blobs.set(blob.id, await blob.bytes());
  const stored: Stored = { large: (id) => blobs.get(id), file: async (id) => blobs.get(id) as Uint8Array };
  return readerOf(stored)(JSON.parse(text.text));
}

describe("values", () => {
  test("of any shape come back equal", async () => {
    const values = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
      withNullPrototype: true,
    });
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        const back = await roundTrip(value);
        // A key of that name is refused by the library: such an object would come back as something else.
        if (back === "lost") expect(fc.stringify(value)).toContain("__proto__");
        else expect(back).toStrictEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["undefined", undefined],
    ["NaN", Number.NaN],
    ["-0", -0],
    ["a BigInt", 10n ** 20n],
    ["a date that is none", new Date(Number.NaN)],
    ["half a character", "\ud83d"],
    ["half a character in a long text", `${"a".repeat(9000)}\ud83d`],
    ["a long text", "räder ".repeat(4000)],
    ["a list with holes", Object.assign([1], { 2: 3 })],
    ["large bytes", new Float64Array(4000).fill(0.5)],
    ["large bytes that are part of larger ones", new Uint8Array(9000).fill(3).subarray(1, 8000)],
    ["a large list", Array.from({ length: 5000 }, (_, i) => ({ i, text: `item ${i}` }))],
    ["a large list of long texts", Array.from({ length: 9 }, (_, i) => `${i}`.repeat(5000))],
  ])("%s comes back", async (_, value) => {
    expect(await roundTrip(value)).toStrictEqual(value);
  });

  test("an object that holds itself, and one that is there twice", async () => {
    const circle: Record<string, unknown> = { name: "round" };
    circle.self = circle;
    const back = (await roundTrip(circle)) as typeof circle;
    expect(back.self).toBe(back);
    const twice = { a: [1] };
    const [one, other] = (await roundTrip([twice, twice])) as [object, object];
    expect(one).toBe(other);
  });

  test("a file comes back by content, and what a function threw as an error that reads the same", async () => {
    const file = await FileRef.fromBytes(new TextEncoder().encode("wheel"), { name: "a.txt" });
    const back = (await roundTrip({ file })) as { file: FileRef };
    expect(back.file).toBeInstanceOf(FileRef);
    expect({ ...back.file }).toEqual({ ...file });
    expect(await back.file.text()).toBe("wheel");
    const error = (await roundTrip(new TypeError("no"))) as Error;
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.message]).toEqual(["TypeError", "no"]);
  });

  test.each([
    ["a function", () => 1],
    ["a symbol", Symbol("a")],
    ["an instance of a class", new (class Point {})()],
    ["a promise", Promise.resolve()],
    [
      "a getter that throws",
      {
        get a() {
          throw new Error("no");
        },
      },
    ],
  ])("%s is said to be lost", (_, value) => {
    expect(written({ value })).toBeUndefined();
  });
});
