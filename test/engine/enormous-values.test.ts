/** Values that never come, that are no numbers, or that are larger than anybody looks at: the notes of `docs/VALUES.md`. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { weightOf } from "../../src/engine/weight.ts";
import { type Port, ui } from "../../src/index.ts";
import { shown } from "../../src/server/value.ts";
import { plainFn } from "../nodes/plain.ts";
import { angry, close, giverOf, inWords, on, out, port, reached, shownOn, takerOf, traps } from "../support/tried.ts";

afterEach(() => {
  close();
  vi.useRealTimers();
});

describe("a promise that never settles", () => {
  const never = (): Promise<never> => new Promise(() => undefined);

  test("keeps its own port pending and nobody else", async () => {
    const stuck = plainFn(never, { name: "stuck", outputs: out });
    const below = plainFn(({ v }: { v: unknown }) => v, { name: "below", inputs: { v: port(stuck) }, outputs: out });
    const apart = giverOf(1);
    await on([below, apart], async (sheet) => {
      expect(sheet.signal(port(apart)).kind).toBe("ready");
      expect([sheet.signal(port(stuck)).kind, sheet.signal(port(below)).kind]).toEqual(["pending", "stale"]);
      const ends = [sheet.run(stuck), sheet.run(below), sheet.settled()];
      sheet.cancel(stuck);
      expect(await Promise.all(ends)).toEqual([{ kind: "cancelled" }, { kind: "cancelled" }, undefined]);
      expect(shownOn(sheet, "stuck")).toBeNull();
    });
  });

  test("fails once its time is over, as a whole and as one of several items", async () => {
    vi.useFakeTimers();
    const stuck = plainFn(never, { name: "stuck", timeout: 1_000, outputs: out });
    const list = giverOf([1, 2, 3]).outputs.out as Port<unknown[]>;
    const work = ({ v }: { v: unknown }) => (v === 2 ? never() : v);
    const each = plainFn(work, { name: "each", timeout: 1_000, inputs: { v: list.each() }, outputs: out });
    await on([stuck, each], async (sheet) => {
      await vi.advanceTimersByTimeAsync(999);
      expect([sheet.signal(port(stuck)).kind, sheet.signal(port(each)).kind]).toEqual(["pending", "pending"]);
      await vi.advanceTimersByTimeAsync(1);
      expect(sheet.signal(port(stuck))).toMatchObject({ failure: { reason: "timed-out", after: 1_000 } });
      const signal = sheet.signal(port(each));
      if (signal.kind !== "failed" || signal.failure.reason !== "item-failed") throw new Error(`It is ${signal.kind}.`);
      expect([...signal.failure.items].map(([at, { reason }]) => [at, reason])).toEqual([[1, "timed-out"]]);
      await sheet.settled();
    });
  });

  test("does not outlive its sheet", async () => {
    const stuck = plainFn(never, { name: "stuck", outputs: out });
    const end = on([stuck], (sheet) => sheet.run(stuck));
    close();
    expect((await end).kind).toBe("cancelled");
  });

  test("is waited for where a callable returns it", () => {
    const { node, got } = takerOf(never);
    on([node], (sheet) => expect(sheet.signal(port(node)).kind).toBe("pending"));
    expect(got).toEqual([]);
  });
});

test("a text of 200 million characters goes everywhere, and a card shows its beginning", async () => {
  const text = "millrace, ".repeat(20_000_000);
  const [set, constant, returned, scattered] = [
    takerOf(ui.textbox()),
    takerOf(text),
    takerOf(port(giverOf(text))),
    takerOf((giverOf([text, 1]).outputs.out as Port<unknown[]>).each()),
  ];
  on([set.node, constant.node, returned.node, scattered.node], (sheet) => {
    sheet.set(set.node.inputs.v as never, text as never);
    sheet.set(set.node.inputs.v as never, `${text}` as never);
    for (const { got } of [set, constant, returned, scattered]) expect(got[0] === text).toBe(true);
    expect(set.got).toHaveLength(1);
    const view = shownOn(sheet, "giver");
    expect(view).toMatchObject({ kind: "large", preview: "millrace, ".repeat(20) });
    expect(view?.kind === "large" && view.size).toBeLessThan(17_000_000);
  });
  expect(weightOf(text)).toBe(400_000_000);
  const { stored } = shown(text);
  const fetched = JSON.parse(String(Buffer.from((await stored[0]?.bytes()) ?? new Uint8Array()))) as string;
  expect(fetched.slice(-45)).toContain("… (200000000 characters in all)");
});

test("numbers that are none are refused by a number field, in words, and fail where they are returned", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 5n]) {
    const { node } = takerOf(ui.number());
    on([node], (sheet) =>
      expect(() => sheet.set(node.inputs.v as never, value as never)).toThrow(/^taker.v takes a number, and this is/),
    );
    const returned = plainFn(() => value, { name: "giver", outputs: { out: ui.number() } });
    on([returned], (sheet) => expect(inWords(sheet.signal(port(returned)))).toBe("fails: `bad-output`"));
  }
});

test("-0 is a number, and another than 0", () => {
  const { node, got } = takerOf(ui.number({ value: 0 }));
  on([node], (sheet) => {
    sheet.set(node.inputs.v as never, -0 as never);
    expect(got).toEqual([0, -0]);
    expect(shownOn(sheet, "taker", "inputs")).toEqual({ kind: "json", value: 0 });
  });
});

test("a field for files refuses what cannot even be asked what it is", () => {
  const trap = new Proxy({}, traps);
  const { node } = takerOf(ui.image());
  on([node], (sheet) =>
    expect(() => sheet.set(node.inputs.v as never, trap as never)).toThrow("taker.v takes an image file (a FileRef)"),
  );
  const returned = plainFn(() => [trap], { name: "giver", outputs: { out: ui.image() } });
  on([returned], (sheet) => expect(inWords(sheet.signal(port(returned)))).toBe("fails: `bad-output`"));
});

test("a hole fails at its place when a list is scattered, and a list that cannot be read fails as a whole", () => {
  const scattered = (list: unknown) => {
    const { node, got } = takerOf((giverOf(list).outputs.out as Port<unknown[]>).each());
    return on([node], (sheet) => ({ signal: sheet.signal(port(node)), got }));
  };
  const holed = scattered(Object.assign(new Array(3), { 0: "a", 2: "b" }));
  expect(holed.got).toEqual(["a", "b"]);
  const { signal } = holed;
  if (signal.kind !== "failed" || signal.failure.reason !== "item-failed") throw new Error(`It is ${signal.kind}.`);
  expect([...signal.failure.items].map(([at, { reason }]) => [at, reason])).toEqual([[1, "bad-input"]]);
  const unreadable = scattered(Object.defineProperty([1, 2], 1, { get: angry, enumerable: true }));
  expect([inWords(unreadable.signal), unreadable.got]).toEqual(["fails: `bad-input`", []]);
});

test("a getter that throws fails the run where it stands for an output", () => {
  const outputs = { a: ui.json(), b: ui.json() };
  const several = plainFn(
    () => ({
      a: 1,
      get b() {
        return angry();
      },
    }),
    { name: "several", outputs },
  );
  on([several], (sheet) => {
    for (const output of Object.values(several.outputs)) {
      expect(sheet.signal(output)).toMatchObject({ failure: { reason: "threw", message: "look away." } });
    }
  });
});

test("what is deep, wide or enormous is shown in part, as JSON, and costs no stack", () => {
  let deep: unknown = "core";
  let doubled: unknown = [1];
  for (let i = 0; i < 100_000; i++) deep = [deep];
  for (let i = 0; i < 60; i++) doubled = [doubled, doubled];
  const enormous: Readonly<Record<string, unknown>> = {
    deep,
    doubled,
    holes: new Array(4_000_000_000),
    digits: 1n << 8_000_000n,
    key: { ["k".repeat(100_000_000)]: 1 },
    said: new Error("x".repeat(100_000_000)),
  };
  for (const [name, value] of Object.entries(enormous)) {
    const { node, got } = takerOf(port(giverOf(value)));
    on([node], (sheet) => {
      expect(reached(got, value), name).toBe("taken");
      const view = shownOn(sheet, "giver");
      expect(JSON.stringify(view).length, name).toBeLessThan(20_000);
      expect(view?.kind === "large" ? view.size : 0, name).toBeLessThan(33_000_000);
    });
  }
});

test("a failure's message of any length is cut", () => {
  const loud = plainFn(
    () => {
      throw new Error("x".repeat(100_000_000));
    },
    { name: "loud", outputs: out },
  );
  on([loud], (sheet) => {
    const signal = sheet.signal(port(loud));
    expect(signal.kind === "failed" && signal.failure.message.length).toBe(10_001);
  });
});
