import { describe, expect, test } from "vitest";
import { around, fit, lookAt, middle, open, reveal, seen, zoomAt } from "../../src/ui/geometry.ts";

const screen = { width: 1000, height: 600 };

describe("fit", () => {
  test("shows a large box whole, in the middle", () => {
    const view = fit({ x: 100, y: 0, width: 1840, height: 500 }, screen);
    expect(view.k).toBe(0.5);
    expect(100 * view.k + view.x).toBe(40);
    expect((0 + 500) * view.k + view.y).toBe(425);
  });
  test("never magnifies", () => {
    expect(fit({ x: 0, y: 0, width: 100, height: 100 }, screen)).toEqual({ k: 1, x: 450, y: 250 });
  });
  test("leaves the corner clear when there is room beside", () => {
    const view = fit({ x: 0, y: 0, width: 700, height: 520 }, screen, { width: 208, height: 144 });
    expect(view.x + 700).toBe(1000 - 208);
  });
  test("shows it a little smaller when that clears the corner", () => {
    const view = fit({ x: 0, y: 0, width: 920, height: 460 }, screen, { width: 208, height: 144 });
    expect(view.k).toBeCloseTo((600 - 144 - 40) / 460);
    expect(view.y + 460 * view.k).toBeLessThanOrEqual(600 - 144);
  });
  test("moves up from the corner as far as there is room when much smaller would be needed", () => {
    const view = fit({ x: 0, y: 0, width: 800, height: 520 }, screen, { width: 208, height: 240 });
    expect(view).toEqual({ k: 1, x: 100, y: 20 });
  });
});

describe("open", () => {
  const first = { x: 50, y: 80, width: 288, height: 300 };
  test("shows everything where it can be read", () => {
    const box = { x: 0, y: 0, width: 1300, height: 500 };
    expect(open(box, screen, first)).toEqual(fit(box, screen));
  });
  test("begins at the left where everything would be too small to read, in the middle of the height", () => {
    const view = open({ x: 50, y: 0, width: 1400, height: 500 }, screen, first);
    expect([view.k, 50 * view.k + view.x, 250 * view.k + view.y]).toEqual([0.85, 24, 300]);
  });
  test("has the first card in the middle of a graph that is higher than the screen, and no empty ground beyond it", () => {
    const high = { x: 50, y: 0, width: 400, height: 20_000 };
    const amid = open(high, screen, { ...first, y: 5000 });
    expect(5150 * amid.k + amid.y).toBeCloseTo(300);
    expect(open(high, screen, first).y).toBe(24);
    const last = open(high, screen, { ...first, y: 19_700 });
    expect(20_000 * last.k + last.y).toBeCloseTo(576);
  });
  test("begins with the first card, readable, on a phone", () => {
    const view = open({ x: 0, y: 0, width: 4000, height: 500 }, { width: 390, height: 700 }, first);
    expect(view.k).toBe(1);
    expect([50 * view.k + view.x, 80 * view.k + view.y]).toEqual([24, 24]);
  });
});

test("zooming keeps the point under the pointer where it is", () => {
  const before = { k: 0.8, x: -120, y: 40 };
  const after = zoomAt(before, { x: 300, y: 200 }, 1.25);
  expect(after.k).toBe(1);
  expect((300 - after.x) / after.k).toBeCloseTo((300 - before.x) / before.k);
  expect((200 - after.y) / after.k).toBeCloseTo((200 - before.y) / before.k);
});

test("zooming stops at the ends of its range", () => {
  expect(zoomAt({ k: 1.9, x: 0, y: 0 }, { x: 0, y: 0 }, 10).k).toBe(2);
  expect(zoomAt({ k: 0.2, x: 0, y: 0 }, { x: 0, y: 0 }, 0.01).k).toBe(0.1);
});

describe("reveal", () => {
  const still = { k: 1, x: 0, y: 0 };
  test("leaves alone what is on screen", () => {
    expect(reveal(still, { x: 100, y: 100, width: 50, height: 50 }, screen)).toEqual(still);
  });
  test("pans just far enough to the right and down", () => {
    expect(reveal(still, { x: 990, y: 590, width: 50, height: 50 }, screen)).toEqual({ k: 1, x: -64, y: -64 });
  });
  test("shows the beginning of what is larger than the screen", () => {
    expect(reveal(still, { x: 30, y: 300, width: 10, height: 900 }, screen)).toEqual({ k: 1, x: 0, y: -276 });
  });
});

test("a kept view shows the same middle in a window of another size", () => {
  const kept = middle({ k: 0.5, x: -200, y: 100 }, screen);
  expect(kept).toEqual({ x: 1400, y: 400, zoom: 0.5 });
  const phone = { width: 390, height: 700 };
  expect(middle(lookAt(kept, phone), phone)).toEqual(kept);
});

test("what is seen is the screen in world coordinates", () => {
  expect(seen({ k: 0.5, x: -100, y: 50 }, screen)).toEqual({ x: 200, y: -100, width: 2000, height: 1200 });
});

test("around nothing there is no box", () => {
  expect(around([])).toBeNull();
  expect(
    around([
      { x: 5, y: 5, width: 10, height: 10 },
      { x: -5, y: 0, width: 5, height: 5 },
    ]),
  ).toEqual({ x: -5, y: 0, width: 20, height: 15 });
});
