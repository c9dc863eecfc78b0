/** Values on their way to a thread and back: what arrives is what was sent, files are files, and what cannot go is named. */
import { describe, expect, test } from "vitest";
import { FileRef, ui } from "../../src/index.ts";
import { packed, unpacked } from "../../src/nodes/worker-values.ts";
import * as work from "../support/heavy.ts";
import { aside } from "../support/threads.ts";

const text = (name = "a.txt") => FileRef.fromBytes(new TextEncoder().encode("grain"), { name, type: "text/plain" });
const facts = ({ id, name, type, size }: FileRef) => ({ id, name, type, size });
/** To a thread and back, without the thread. */
const there = async (value: unknown) => unpacked(structuredClone(await packed(value)));

describe("a copy", () => {
  const circle: { name: string; self?: unknown } = { name: "circle" };
  circle.self = circle;
  const fields = Object.defineProperty({}, "__proto__", { value: { n: 1 }, enumerable: true });

  test.each<[string, unknown]>([
    ["plain data", { n: 1, list: [1, "a", null, undefined, Number.NaN, -0, 10n], nested: { deep: [[[]]] } }],
    ["a date, a map, a set", [new Date(5), new Map([[{ k: 1 }, new Set([1])]]), new Set(["a"])]],
    ["bytes", new Uint8Array([1, 2, 3])],
    ["a list with gaps", Object.assign([1], { 2: 3 })],
    ["a circle", circle],
    ["a field called __proto__", fields],
  ])("of %s is the same", async (_, value) => {
    expect(await there(value)).toEqual(value);
  });

  test("of a file is a file, wherever it is, with its content", async () => {
    const file = await text();
    const value = {
      file,
      list: [1, [file]],
      map: new Map<unknown, unknown>([
        ["a", file],
        [file, "b"],
      ]),
      set: new Set([file, "c"]),
    };
    const came = (await there(value)) as typeof value;
    expect(came.file).toBeInstanceOf(FileRef);
    expect(facts(came.file)).toEqual(facts(file));
    expect(await came.file.text()).toBe("grain");
    expect(came.list).toEqual([1, [came.file]]);
    expect([...came.map]).toEqual([
      ["a", came.file],
      [came.file, "b"],
    ]);
    expect([...came.set]).toEqual([came.file, "c"]);
    expect(await there(file)).toBeInstanceOf(FileRef);
    expect(value.list).toEqual([1, [file]]);
  });

  test("of a File keeps its name, and of a Blob its bytes", async () => {
    const [file, blob] = (await there([new File(["a"], "a.csv"), new Blob(["b"])])) as [File, Blob];
    expect(file).toBeInstanceOf(File);
    expect([file.name, await file.text(), await blob.text()]).toEqual(["a.csv", "a", "b"]);
  });

  test("of a list nested ten thousand deep costs no stack of ours", async () => {
    let deep: unknown[] = [];
    for (let i = 0; i < 10_000; i++) deep = [deep];
    expect((await packed(deep)).value).toBe(deep);
  });
});

describe("a file", () => {
  test("arrives in the thread as one", async () => {
    const file = await text();
    const { sheet, now } = aside(work.read, { inputs: { file } });
    await sheet.settled();
    expect(now()).toMatchObject({ kind: "ready", value: { ...facts(file), text: "grain" } });
    sheet.close();
  });

  test("comes back as one, also from bytes, a blob or a path", async () => {
    const outputs = { reference: null, bytes: null, blob: null, named: null };
    const { sheet, node } = aside(work.write, { inputs: { text: "flour" }, outputs });
    await sheet.settled();
    const value = (port: string) => sheet.value(node.outputs[port] as never) as unknown;
    expect(value("reference")).toBeInstanceOf(FileRef);
    expect(await (value("reference") as FileRef).text()).toBe("flour");
    expect(new TextDecoder().decode(value("bytes") as Uint8Array)).toBe("flour");
    expect(await (value("blob") as Blob).text()).toBe("flour");
    expect(value("named")).toMatchObject({ name: "b.txt" });
    sheet.close();
    const path = await (await FileRef.fromBytes(png, { name: "dot.png" })).path();
    for (const given of [path, png]) {
      const made = aside(work.same, { inputs: { value: given }, outputs: { out: ui.image() } });
      await made.sheet.settled();
      expect(made.now()).toMatchObject({ kind: "ready", value: { type: "image/png", size: png.length } });
      made.sheet.close();
    }
  });
});

describe("what cannot be copied", () => {
  class Odd {
    get n(): number {
      throw new Error("No looking");
    }
  }
  const peek = Object.defineProperty({}, "n", { get: () => new Odd().n, enumerable: true });

  test.each<[string, unknown]>([
    ["a function", { work: () => 1 }],
    ["a symbol", Symbol("s")],
    ["a promise", [Promise.resolve(1)]],
    ["a getter that throws", peek],
    [
      "a Proxy that lets nobody look",
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error("No looking");
          },
        },
      ),
    ],
  ])("is bad-input when it is %s, and names the port", async (_, value) => {
    const { sheet, now } = aside(work.same, { inputs: { value: ui.json({ value: value as object }) } });
    await sheet.settled();
    expect(now()).toMatchObject({ kind: "failed", failure: { reason: "bad-input", port: "value" } });
    sheet.close();
  });

  test("is bad-output when a function gives it, and names the port", async () => {
    const one = aside(work.uncloneable, { inputs: { where: "alone" } });
    await one.sheet.settled();
    expect(one.now()).toMatchObject({ failure: { reason: "bad-output", port: "out" } });
    const two = aside(work.uncloneable, { inputs: { where: "both" }, outputs: { good: null, bad: null } });
    await two.sheet.settled();
    expect(two.sheet.signal(two.node.outputs.bad as never)).toMatchObject({
      failure: { reason: "bad-output", port: "bad" },
    });
    const part = aside(work.uncloneablePart);
    await part.sheet.settled();
    expect(part.now()).toMatchObject({ failure: { reason: "bad-output", port: "out" } });
  });

  test("harms no thread: the next run works", async () => {
    const { sheet, now } = aside(work.same, { inputs: { value: 5 } });
    await sheet.settled();
    expect(now()).toMatchObject({ value: 5 });
    sheet.close();
  });
});

/** One red dot. */
const png = Uint8Array.from(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
    "base64",
  ),
);
