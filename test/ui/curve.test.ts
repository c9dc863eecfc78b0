import { describe, expect, test } from "vitest";
import { detour, path, strands } from "../../src/ui/curve.ts";

const from = { x: 100, y: 100 };
const to = { x: 900, y: 120 };
const card = { x: 400, y: 0, width: 200, height: 300 };

describe("path", () => {
  test("leaves to the right and arrives from the left", () => {
    expect(path([from, { x: 300, y: 200 }])).toBe("M100,100C200,100 200,200 300,200");
  });
  test("is a straight line between level points", () => {
    expect(path([from, { x: 300, y: 100 }])).toBe("M100,100L300,100");
  });
  test("goes around in a loop when it must come back", () => {
    expect(path([from, { x: 0, y: 300 }])).toBe("M100,100C210,100 -110,300 0,300");
  });
  test("of no points is nothing", () => {
    expect(path([])).toBe("");
  });
});

describe("detour", () => {
  test("is none where nothing stands between", () => {
    expect(detour(from, to, [])).toEqual([]);
    expect(detour(from, to, [{ ...card, y: 300 }])).toEqual([]);
    expect(detour(from, to, [{ ...card, x: -300 }])).toEqual([]);
  });
  test("passes a card on its nearer side, with clearance", () => {
    expect(detour(from, to, [{ ...card, y: 90 }])).toEqual([
      { x: 392, y: 80 },
      { x: 608, y: 80 },
    ]);
    expect(detour(from, to, [{ ...card, y: -180 }])).toEqual([
      { x: 392, y: 130 },
      { x: 608, y: 130 },
    ]);
  });
  test("goes between two cards, midway where they stand close", () => {
    const close = [
      { ...card, y: -150, height: 220 },
      { ...card, y: 98, height: 400 },
    ];
    const [entry] = detour(from, to, close, 3);
    expect(entry).toEqual({ x: 392, y: 84 });
  });
  test("keeps edges of other lanes apart", () => {
    const heights = [0, 1, 2, 3].map((lane) => detour(from, to, [{ ...card, y: 90 }], lane)[0]!.y);
    expect(heights).toEqual([80, 75, 70, 65]);
  });
});

describe("strands", () => {
  test("a plain edge is one", () => {
    expect(strands("plain", from, to, [])).toHaveLength(1);
  });
  test("a scatter forks towards its end, a gather joins there", () => {
    const ends = (paths: readonly string[]) => new Set(paths.map((d) => d.split(" ").at(-1)));
    const starts = (paths: readonly string[]) => new Set(paths.map((d) => d.split("C")[0]));
    const scatter = strands("scatter", from, to, []);
    const gather = strands("gather", from, to, []);
    expect([starts(scatter).size, ends(scatter).size]).toEqual([1, 3]);
    expect([starts(gather).size, ends(gather).size]).toEqual([3, 1]);
  });
});
