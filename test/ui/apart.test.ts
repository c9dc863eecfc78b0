import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { apart } from "../../src/ui/apart.ts";
import type { Box } from "../../src/ui/geometry.ts";

const box = (x: number, y: number, height: number, width = 288): Box => ({ x, y, width, height });

describe("apart", () => {
  test("cards that do not meet stay where they are", () => {
    const places = apart(
      new Map([
        ["a", box(0, 0, 100)],
        ["b", box(0, 200, 100)],
        ["c", box(400, 50, 500)],
      ]),
    );
    expect([...places.values()]).toEqual([
      { x: 0, y: 0 },
      { x: 400, y: 50 },
      { x: 0, y: 200 },
    ]);
  });

  test("a card that grew pushes those below it, and they push on", () => {
    const places = apart(
      new Map([
        ["a", box(0, 0, 300)],
        ["b", box(0, 140, 100)],
        ["c", box(0, 280, 100)],
      ]),
      20,
    );
    expect(places.get("b")).toEqual({ x: 0, y: 320 });
    expect(places.get("c")).toEqual({ x: 0, y: 440 });
  });

  test("a card that shrinks lets those below it return", () => {
    const small = new Map([
      ["a", box(0, 0, 100)],
      ["b", box(0, 140, 100)],
    ]);
    apart(new Map([...small, ["a", box(0, 0, 400)]]));
    expect(apart(small).get("b")).toEqual({ x: 0, y: 140 });
  });

  const anyBox = fc.record({
    x: fc.integer({ min: 0, max: 1500 }),
    y: fc.integer({ min: 0, max: 1500 }),
    width: fc.integer({ min: 50, max: 400 }),
    height: fc.integer({ min: 20, max: 900 }),
  });
  test("no two cards cover each other, whatever their places and sizes; none moves but down", () => {
    fc.assert(
      fc.property(fc.array(anyBox, { maxLength: 25 }), (boxes) => {
        const given = new Map(boxes.map((each, i) => [`card ${i}`, each]));
        const places = apart(given, 10);
        const settled = [...given].map(([id, each]) => ({ ...each, ...places.get(id)! }));
        for (const [i, a] of settled.entries()) {
          expect(a.x).toBe(boxes[i]!.x);
          expect(a.y).toBeGreaterThanOrEqual(boxes[i]!.y);
          for (const b of settled.slice(i + 1)) {
            const beside = a.x + a.width <= b.x || b.x + b.width <= a.x;
            expect(beside || a.y + a.height + 10 <= b.y || b.y + b.height + 10 <= a.y).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
