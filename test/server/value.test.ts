import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileRef } from "../../src/index.ts";
import type { Json } from "../../src/protocol.ts";
import { shown } from "../../src/server/value.ts";

function json(value: unknown): Json {
  const { view } = shown(value);
  if (view.kind !== "json") throw new Error(`It is shown as ${view.kind}.`);
  return view.value;
}

const circle: unknown[] = [1];
circle.push({ circle });

describe("a value as it is shown", () => {
  it("is itself when JSON holds it", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(JSON.stringify(json(value))).toBe(JSON.stringify(value));
      }),
    );
  });

  it.each<[string, unknown, Json]>([
    ["NaN", Number.NaN, "NaN"],
    ["an infinite number", -Infinity, "-Infinity"],
    ["undefined", undefined, "undefined"],
    ["a big integer", 12345678901234567890n, "12345678901234567890n"],
    ["a symbol", Symbol("s"), "Symbol(s)"],
    ["a function", () => 1, "a function"],
    ["a date", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["an invalid date", new Date("x"), "an invalid date"],
    ["a whole number of two million digits", 1n << 8_000_000n, "a whole number of about 2408241 digits"],
    ["an error", new TypeError("no"), "TypeError: no"],
    ["a map", new Map<unknown, unknown>([["a", 1]]), [["a", 1]]],
    ["a set", new Set([1, "x"]), [1, "x"]],
    ["bytes", new Uint8Array(3), "a Uint8Array of 3 bytes"],
    ["a buffer", new ArrayBuffer(3), "an ArrayBuffer of 3 bytes"],
    ["a promise", Promise.resolve(1), "a Promise"],
    ["NaN inside", { a: [Number.NaN, undefined] }, { a: ["NaN", "undefined"] }],
    ["an object without prototype", Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    ["a circle", circle, [1, { circle: "(a circle: this value holds itself)" }]],
  ])("reads well when JSON does not hold it: %s", (_name, value, expected) => {
    expect(json(value)).toEqual(expected);
  });

  it("that is seen twice without a circle is shown twice", () => {
    const twin = { a: 1 };
    expect(json([twin, twin])).toEqual([{ a: 1 }, { a: 1 }]);
  });

  it("never throws, whatever a getter or a Proxy does", () => {
    const angry = () => {
      throw new Error("angry");
    };
    const traps = new Proxy({}, { get: angry, ownKeys: angry, getPrototypeOf: angry, has: angry });
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const getter = Object.defineProperty({ b: 1 }, "a", { get: angry, enumerable: true });
    expect(json(traps)).toBe("(this value cannot be read)");
    expect(json([revoked.proxy])).toEqual(["(this value cannot be read)"]);
    expect(json(getter)).toEqual({ b: 1, a: "(this value cannot be read)" });
    expect(json({ toJSON: angry })).toEqual({ toJSON: "a function" });
  });

  it("never throws on anything", () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withNullPrototype: true,
          withTypedArray: true,
          withSparseArray: true,
        }),
        (value) => shown(value).view !== undefined,
      ),
    );
  });

  it("of any depth ends", () => {
    let deep: unknown = "core";
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(JSON.stringify(json(deep)).length).toBeLessThan(1000);
  });

  it("keeps a key named __proto__", () => {
    expect(JSON.stringify(json(JSON.parse('{"__proto__": {"a": 1}}')))).toBe('{"__proto__":{"a":1}}');
  });

  it("above 16 KiB goes by address, with a preview", async () => {
    const small = "x".repeat(16 * 1024 - 2);
    expect(shown(small).view).toEqual({ kind: "json", value: small });
    const { view, stored } = shown(`${small}y`);
    if (view.kind !== "large") throw new Error("It is inline.");
    expect(view).toMatchObject({ size: 16 * 1024 + 1, preview: "x".repeat(200) });
    expect(stored.map(({ id, size }) => [`files/${id}`, size])).toEqual([[view.url, view.size]]);
    expect(JSON.parse(Buffer.from((await stored[0]?.bytes()) as Uint8Array).toString())).toBe(`${small}y`);
  });

  it("counts bytes, not characters, and cuts no character in half", () => {
    expect(shown("é".repeat(9000)).view.kind).toBe("large");
    const { view } = shown(`${"a".repeat(199)}${"😀".repeat(9000)}`);
    expect(view.kind === "large" && view.preview).toBe("a".repeat(199));
  });

  it("that is a file goes by reference, in a list too", async () => {
    const file = await FileRef.fromBytes(Buffer.from("hello"), { name: "a.txt" });
    const about = { id: file.id, name: "a.txt", type: "text/plain", size: 5, url: `files/${file.id}` };
    expect(shown(file)).toEqual({ view: { kind: "file", file: about }, stored: [file] });
    expect(shown({ files: [file] })).toEqual({ view: { kind: "json", value: { files: [about] } }, stored: [file] });
  });

  it("that only looks like a file is none", async () => {
    const file = await FileRef.fromBytes(Buffer.from("hello"), { name: "a.txt" });
    const angry = () => {
      throw new Error("angry");
    };
    const hidden = "(this value cannot be read)";
    expect(json(new Proxy(file, { get: angry }))).toEqual({ id: hidden, name: hidden, type: hidden, size: hidden });
    expect(json(Object.create(FileRef.prototype))).toBe("a FileRef");
    expect(json(new Proxy(file, {}))).toEqual({ id: file.id, name: "a.txt", type: "text/plain", size: 5 });
  });

  it("is cut where nobody reads on, with a word of how long it is", async () => {
    const end = async (value: unknown) => {
      const [large] = shown(value).stored;
      const text = String(Buffer.from((await large?.bytes()) as Uint8Array));
      JSON.parse(text);
      expect(text.length).toBeLessThan(17_000_000);
      return text.slice(-40);
    };
    expect(await end("x".repeat(20_000_000))).toBe(`${"x".repeat(9)}… (20000000 characters in all)"`);
    expect(await end(["😀".repeat(10_000_000), "after"])).toContain("😀… (20000000 characters in all)");
    expect(await end(new Error("x".repeat(20_000_000)))).toContain("… (20000000 characters in all)");
    expect(await end({ a: "x".repeat(16_777_000), ["k".repeat(1_000)]: 1 })).toContain('"…":"…"');
  });

  it("that is a string is never a file", () => {
    expect(json("/etc/passwd")).toBe("/etc/passwd");
    expect(json("data:text/html,<script>")).toBe("data:text/html,<script>");
  });
});
