import ELK from "elkjs/lib/main.js";
import { describe, expect, test } from "vitest";
import type { EdgeView } from "../../src/protocol.ts";
import { better, columns, layoutInput, type Measure, placesOf, portKey } from "../../src/ui/layout.ts";

const measure = (height: number, ports: Record<string, number>): Measure => ({
  width: 288,
  height,
  ports: new Map(Object.entries(ports)),
});
const edge = (fromCard: string, toCard: string): EdgeView => ({
  from: `${fromCard}.y`,
  to: `${toCard}.x`,
  fromCard,
  fromPort: "y",
  toCard,
  toPort: "x",
  kind: "plain",
  state: "fresh",
});

// a -> b -> d,  a -> c -> d
const order = ["a", "b", "c", "d"];
const measures = new Map(
  order.map((id, i) => [id, measure(120 + 100 * i, { [portKey("in", "x")]: 70, [portKey("out", "y")]: 95.5 })]),
);
const edges = { "1": edge("a", "b"), "2": edge("a", "c"), "3": edge("b", "d"), "4": edge("c", "d") };

describe("the layouter's input", () => {
  const input = layoutInput(order, measures, edges, "straight");
  test("fixes every port where its dot is", () => {
    const { ports, layoutOptions } = input.children![0]!;
    expect(layoutOptions).toEqual({ "elk.portConstraints": "FIXED_POS" });
    expect(ports!.map(({ id, x, y }) => [id, x, y])).toEqual([
      ["a in x", 0, 70],
      ["a out y", 288, 95.5],
    ]);
  });
  test("joins ports, not cards", () => {
    expect(input.edges![0]).toEqual({ id: "1", sources: ["a out y"], targets: ["b in x"] });
  });
  test("leaves out what has no measure or no dot", () => {
    const less = layoutInput(
      order,
      new Map([
        ["a", measures.get("a")!],
        ["b", measure(50, {})],
      ]),
      edges,
      "close",
    );
    expect([less.children!.length, less.edges]).toEqual([2, []]);
  });
});

test("ELK puts each card to the right of what it depends on, and none on another", async () => {
  const places = placesOf(await new ELK().layout(layoutInput(order, measures, edges, "straight")));
  const at = (id: string) => places.get(id)!;
  expect(at("b").x).toBeGreaterThanOrEqual(at("a").x + 288 + 60);
  expect(at("d").x).toBeGreaterThanOrEqual(at("c").x + 288 + 60);
  const [upper, lower] = [at("b"), at("c")].sort((p, q) => p.y - q.y);
  expect(lower!.y - upper!.y).toBeGreaterThanOrEqual(220);
});

test("of two drawings the straight one is taken unless it spreads much further or wastes much ground", () => {
  const drawing = (width: number, height: number) => ({ id: "sheet", width, height });
  const [straight, close, far] = [drawing(1600, 950), drawing(1600, 900), drawing(1600, 1400)];
  expect(better(straight, close)).toBe(straight);
  expect(better(far, close)).toBe(close);
  const [diagonal, level] = [drawing(1720, 990), drawing(1720, 700)];
  expect(better(diagonal, level)).toBe(level);
});

test("without a layouter each card stands in the column of its depth", () => {
  const places = columns(order, measures, edges);
  expect(order.map((id) => places.get(id))).toEqual([
    { x: 0, y: 0 },
    { x: 376, y: 0 },
    { x: 376, y: 260 },
    { x: 752, y: 0 },
  ]);
});

test("parts that nothing joins fill a screen, rather than a tower", async () => {
  const heights = { a: 350, b: 80, b2: 220, c: 630, c1: 260, c2: 560, d: 1080, d1: 1220 };
  const tall = new Map(
    Object.entries(heights).map(([id, height]) => [
      id,
      measure(height, { [portKey("in", "x")]: 70, [portKey("out", "y")]: 70 }),
    ]),
  );
  const joined = { "1": edge("b", "b2"), "2": edge("c", "c1"), "3": edge("c", "c2"), "4": edge("d", "d1") };
  const { width = 0, height = 0 } = await new ELK().layout(layoutInput(Object.keys(heights), tall, joined, "straight"));
  expect(width / height).toBeGreaterThan(1.3);
  expect(width / height).toBeLessThan(2.6);
});
