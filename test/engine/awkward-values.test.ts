/** What a sheet does with awkward values, in every place where one can stand: `docs/VALUES.md` says it, and is compared with it here. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { bucketOf } from "../../src/engine/bucket.ts";
import { equal } from "../../src/engine/equal.ts";
import { fingerprintOf } from "../../src/engine/fingerprint.ts";
import { weightOf } from "../../src/engine/weight.ts";
import { type GraphError, type Port, ui } from "../../src/index.ts";
import type { Json } from "../../src/protocol.ts";
import { angry, close, giverOf, inWords, on, port, reached, shownOn, takerOf, traps } from "../support/tried.ts";

afterEach(close);

class Point {
  constructor(readonly x: number) {}
}

/** Each makes one of its kind. */
const awkward: Readonly<Record<string, () => unknown>> = {
  "a Proxy that throws on everything": () => new Proxy({}, traps),
  "a Proxy that was revoked": () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  "an object with a getter that throws": () => ({
    get a() {
      return angry();
    },
    b: 1,
  }),
  "an object that holds itself": () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    return circle;
  },
  "`NaN`": () => Number.NaN,
  "`-0`": () => -0,
  "`Infinity`": () => Number.POSITIVE_INFINITY,
  "a BigInt": () => 10n ** 20n,
  "a `Date`": () => new Date(0),
  "a `Date` that is none": () => new Date(Number.NaN),
  "a `Map`": () => new Map([["a", 1]]),
  "a `Set`": () => new Set(["a", 1]),
  "a typed array": () => new Float64Array([1, 2]),
  "an `ArrayBuffer`": () => new ArrayBuffer(8),
  "a list with holes": () => Object.assign(new Array(3), { 1: 1 }),
  "a text with half a character": () => "\ud83d",
  "an object of no class": () => Object.assign(Object.create(null), { a: 1 }),
  "an instance of a class": () => new Point(1),
  "an `Error`": () => new TypeError("no"),
  "a regular expression": () => /a/g,
  "a symbol": () => Symbol("a"),
  "a function": () => () => 1,
  "a promise that never settles": () => new Promise(() => undefined),
  "`undefined`": () => undefined,
};

/** What the page says of a value, found by trying. */
const cells: Readonly<Record<string, (make: () => unknown) => string>> = {
  "equal to": (make) => {
    const [a, b] = [make(), make()];
    const { node, got } = takerOf(ui.json());
    on([node], (sheet) => {
      for (const value of [[a], [a], [b]]) sheet.set(node.inputs.v as never, value as never);
    });
    const like = got.length === 1;
    expect(equal(a, b)).toBe(like);
    expect(fingerprintOf("f", { a }) === fingerprintOf("f", { a: b })).toBe(like);
    if (like) expect(bucketOf([a])).toBe(bucketOf([b]));
    expect(weightOf(a)).toBeGreaterThan(0);
    return like ? "its like" : "itself";
  },
  set: (make) => {
    const [value, { node, got }] = [make(), takerOf(ui.json())];
    return on([node], (sheet) => {
      try {
        sheet.set(node.inputs.v as never, value as never);
      } catch (error) {
        return `refused: \`${(error as GraphError).code}\``;
      }
      return reached(got, value);
    });
  },
  constant: (make) => {
    const value = make();
    const { node, got } = takerOf(value);
    return on([node], () => reached(got, value));
  },
  "in a list": (make) => {
    const value = make();
    const [set, constant] = [takerOf(ui.json()), takerOf([value])];
    const returned = takerOf(port(giverOf([value])));
    on([set.node, constant.node, returned.node], (sheet) => sheet.set(set.node.inputs.v as never, [value] as never));
    const words = [set, constant, returned].map(({ got }) => reached((got as unknown[][]).flat(), value));
    return [...new Set(words)].join(", ");
  },
  returned: (make) => {
    const value = make();
    const above = giverOf(value);
    const { node, got } = takerOf(port(above));
    return on([node], (sheet) => {
      const signal = sheet.signal(port(above));
      return signal.kind === "ready" ? reached(got, value) : inWords(signal);
    });
  },
  scattered: (make) => {
    const value = make();
    const { node, got } = takerOf((giverOf(["before", value, "after"]).outputs.out as Port<unknown[]>).each());
    return on([node], (sheet) => {
      const signal = sheet.signal(port(node));
      expect(got).toHaveLength(signal.kind === "ready" ? 3 : 2);
      return signal.kind === "ready" ? reached([got[1]], value) : inWords(signal);
    });
  },
  "on a card": (make) =>
    on([giverOf([make()])], (sheet) => {
      const view = shownOn(sheet, "giver");
      return view?.kind === "json" ? `\`${JSON.stringify((view.value as readonly Json[])[0])}\`` : `${view?.kind}`;
    }),
};

const page = readFileSync(join(import.meta.dirname, "../../docs/VALUES.md"), "utf8");
const [heads = [], , ...rows] = page
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );

test("the page has a row for each awkward value, and a column for each place", () => {
  expect(heads).toEqual(["value", ...Object.keys(cells)]);
  expect(rows.map(([name]) => name)).toEqual(Object.keys(awkward));
});

test.each(Object.entries(awkward))("%s is what the page says, everywhere", (name, make) => {
  const found = Object.values(cells).map((cell) => cell(make));
  expect(`| ${[name, ...found].join(" | ")} |`).toBe(page.split("\n").find((line) => line.startsWith(`| ${name} |`)));
});
