/** Values handed out are frozen: a mutation throws where it is made, and nobody else sees it. */
import { describe, expect, test } from "vitest";
import { handedOut } from "../../src/engine/equal.ts";
import { FnNode, Graph, ui } from "../../src/index.ts";
import { alone } from "../nodes/plain.ts";

type L = { list: number[] };

describe("a value handed out", () => {
  test("is frozen in depth, lists and objects alike, and is still itself", () => {
    const value = { a: [{ b: 1 }], c: Object.assign(Object.create(null), { d: {} }) };
    expect(handedOut(value)).toBe(value);
    for (const part of [value, value.a, value.a[0], value.c, value.c.d]) expect(Object.isFrozen(part)).toBe(true);
  });

  test("may be a circle, very wide, or very deep", () => {
    const circle: unknown[] = [];
    circle.push(circle);
    expect(Object.isFrozen(handedOut(circle))).toBe(true);
    expect(handedOut(Array.from({ length: 100_000 }, () => ({})))).toHaveLength(100_000);
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(handedOut(deep)).toBe(deep);
  });

  test("is left as it is where it has a class: maps, dates, bytes and your own", () => {
    class Mine {}
    for (const value of [new Map(), new Set(), new Date(0), new Uint8Array(2), new Mine(), () => 1]) {
      expect(Object.isFrozen(handedOut(value))).toBe(false);
    }
  });

  const refusing = () => {
    throw new Error("no trap");
  };
  test.each<[string, object]>([
    ["its prototype", new Proxy({}, { getPrototypeOf: refusing })],
    ["whether it is open", new Proxy({}, { isExtensible: refusing })],
    ["to be frozen", new Proxy({}, { preventExtensions: () => false })],
    ["its keys", new Proxy({}, { ownKeys: refusing })],
  ])("may be a Proxy that will not tell %s", (_, proxy) => {
    expect(handedOut(proxy)).toBe(proxy);
    const inside = { proxy };
    expect(handedOut(inside)).toBe(inside);
  });
});

describe("a function that writes into", () => {
  const sorted = ({ list }: L) => list.sort();
  const isWriting = { kind: "failed", failure: { reason: "threw", error: expect.any(TypeError) } };

  test("an output of another fails alone; what it wanted to change is as it was", () => {
    const source = new FnNode(() => [3, 1, 2], { name: "source", outputs: { list: ui.json<number[]>() } });
    const rude = new FnNode(sorted, {
      name: "rude",
      inputs: { list: source.outputs.list },
      outputs: { out: ui.json() },
    });
    const kind = new FnNode(({ list }: L) => list.toSorted(), {
      name: "kind",
      inputs: { list: source.outputs.list },
      outputs: { out: ui.json() },
    });
    const sheet = new Graph({ name: "Manners", nodes: [rude, kind] }).sheet();
    expect(sheet.signal(rude.outputs.out)).toMatchObject(isWriting);
    expect(sheet.value(kind.outputs.out)).toEqual([1, 2, 3]);
    expect(sheet.value(source.outputs.list)).toEqual([3, 1, 2]);
    sheet.close();
  });

  test.each<[string, unknown]>([
    ["what a person set", ui.json({ value: [2, 1] })],
    ["a constant", [2, 1]],
    ["what a callable gave", () => [2, 1]],
    ["what a callable gave later", async () => [2, 1]],
  ])("%s fails", async (_, list) => {
    const { sheet, now } = alone(sorted, { inputs: { list } });
    await sheet.settled();
    expect(now()).toMatchObject(isWriting);
    sheet.close();
  });

  test("its own returned list, later, meets a frozen one", () => {
    const kept: number[] = [];
    const { sheet } = alone(() => kept);
    expect(() => kept.push(1)).toThrow(TypeError);
    sheet.close();
  });

  test("the list that it streams may do so until the last", async () => {
    const { sheet, out } = alone(async function* () {
      const list: number[] = [];
      for (const n of [1, 2, 3]) {
        list.push(n);
        yield list;
      }
    });
    await sheet.settled();
    expect(sheet.value(out)).toEqual([1, 2, 3]);
    sheet.close();
  });
});
