/** The four kinds of input: component, port, constant, callable. */
import { describe, expect, test } from "vitest";
import { FnNode, Graph, ui } from "../../src/index.ts";
import { turn } from "../support/turn.ts";
import { alone } from "./plain.ts";

const give = ({ x }: { x: unknown }) => [x];

describe("a constant", () => {
  class Own {}
  const own = new Own();
  const date = new Date(0);
  test.each<[string, unknown]>([
    ["null", null],
    ["0", 0],
    ["false", false],
    ["an empty text", ""],
    ["NaN", Number.NaN],
    ["a list", [1, [2]]],
    ["an object", { a: { b: 1 } }],
    ["a thing of a class", own],
    ["a date", date],
    ["a symbol", Symbol.for("s")],
    ["a big integer", 1n],
  ])("may be %s, and arrives as it is", (_, value) => {
    const { sheet, node, out } = alone(give, { inputs: { x: value } });
    expect((sheet.value(out) as unknown[])[0]).toBe(value);
    expect(sheet.signal(node.inputs.x as never)).toMatchObject({ kind: "ready", value });
    sheet.close();
  });

  test("that is undefined leaves the default in force", () => {
    const { sheet, out } = alone(({ x = 5 }: { x?: number }) => x, { inputs: { x: undefined } });
    expect(sheet.value(out)).toBe(5);
    sheet.close();
  });
});

describe("a component", () => {
  test("with a value begins with it, without one the node waits, and nothing runs", () => {
    let calls = 0;
    const work = ({ a, b }: { a: string; b: string }) => {
      calls++;
      return a + b;
    };
    const { sheet, node, now } = alone(work, { inputs: { a: ui.textbox({ value: "x" }), b: ui.textbox() } });
    expect(now()).toEqual({ kind: "empty" });
    expect(calls).toBe(0);
    sheet.set(node.inputs.b as never, "" as never);
    expect(now()).toMatchObject({ kind: "ready", value: "x" });
    expect(calls).toBe(1);
    sheet.close();
  });
});

describe("a port", () => {
  test("hidden or shown passes on what it holds, with every kind of value", () => {
    const value = new Map([["a", 1]]);
    const hidden = new FnNode(() => value, { name: "hidden", outputs: { out: null } });
    const unseen = new FnNode(() => ["b"], { name: "unseen", outputs: { out: ui.json({ visible: false }) } });
    const f = new FnNode(({ a, b }: { a: unknown; b: unknown }) => [a, b], {
      name: "f",
      inputs: { a: hidden.outputs.out, b: unseen.outputs.out },
      outputs: { out: null },
    });
    const sheet = new Graph({ name: "Hidden", nodes: [f] }).sheet();
    expect(sheet.value(f.outputs.out)).toEqual([value, ["b"]]);
    expect(sheet.value(f.inputs.a)).toBe(value);
    expect(hidden.outputs.out.component).toBeNull();
    expect(unseen.outputs.out.component?.visible).toBe(false);
    sheet.close();
  });
});

describe("a callable", () => {
  test("is called once per run, without arguments, and shows what it gave", () => {
    const calls: unknown[][] = [];
    const seed = (...args: unknown[]) => calls.push(args);
    const { sheet, node, out } = alone(({ n, x }: { n: number; x: number }) => n * 10 + x, {
      inputs: { n: ui.number({ value: 1 }), x: seed },
    });
    expect(sheet.value(out)).toBe(11);
    sheet.set(node.inputs.n as never, 2 as never);
    expect(sheet.value(out)).toBe(22);
    expect(calls).toEqual([[], []]);
    expect(sheet.value(node.inputs.x as never)).toBe(2);
    sheet.close();
  });

  test("given to two inputs is called for each", () => {
    let n = 0;
    const next = () => ++n;
    const { sheet, out } = alone(({ a, b }: { a: number; b: number }) => [a, b], { inputs: { a: next, b: next } });
    expect(sheet.value(out)).toEqual([1, 2]);
    sheet.close();
  });

  test("may answer later, and what it gave is recorded as an input of the run", async () => {
    const { sheet, node, out } = alone(give, { inputs: { x: async () => "later" } });
    expect(sheet.signal(out)).toEqual({ kind: "pending" });
    await sheet.settled();
    expect(sheet.value(out)).toEqual(["later"]);
    expect(await sheet.run(node)).toMatchObject({ kind: "ready", run: { inputs: { x: "later" } } });
    sheet.close();
  });

  test.each<[string, () => unknown]>([
    [
      "throws",
      () => {
        throw new Error("no seed");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no seed"))],
  ])("that %s fails its node, whose function is not called", async (_, x) => {
    let calls = 0;
    const { sheet, node, now } = alone((inputs: object) => [inputs, ++calls], { inputs: { x } });
    await sheet.settled();
    expect(now()).toMatchObject({ kind: "failed", failure: { reason: "threw", message: "no seed." } });
    expect(await sheet.run(node)).toMatchObject({ kind: "failed" });
    expect(calls).toBe(0);
    sheet.close();
  });

  test("that rejects beside one that never answers fails at once", async () => {
    const never = () => new Promise(() => undefined);
    const { sheet, now } = alone((inputs: object) => inputs, { inputs: { a: never, b: () => Promise.reject(1) } });
    await sheet.settled();
    expect(now()).toMatchObject({ kind: "failed", failure: { reason: "threw", error: 1 } });
    sheet.close();
  });

  test("that answers after its node was stopped calls nothing", async () => {
    let calls = 0;
    let answer: (n: number) => void = () => undefined;
    const { sheet, node, now } = alone((_: object) => ++calls, {
      trigger: "manual",
      inputs: {
        x: () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
      },
    });
    const end = sheet.run(node);
    sheet.cancel(node);
    expect(await end).toEqual({ kind: "cancelled" });
    answer(1);
    await turn();
    expect([calls, now().kind]).toEqual([0, "stale"]);
    sheet.close();
  });
});
