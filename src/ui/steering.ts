/** How a person steers the view: what the corner's buttons and the canvas's keys mean. */
import { type Box, fit, type Size, zoomAt } from "./geometry.ts";
import type { PanZoom } from "./pan-zoom.ts";

/** What can be asked of the view; `whole` is 100 %. */
export type Course = "in" | "out" | "whole" | "fit";

const panBy: { readonly [key: string]: readonly [x: number, y: number] } = {
  ArrowLeft: [64, 0],
  ArrowRight: [-64, 0],
  ArrowUp: [0, 64],
  ArrowDown: [0, -64],
};
const courses: { readonly [key: string]: Course } = { "+": "in", "=": "in", "-": "out", "0": "whole" };

/** Answers a key on the canvas; true when it meant something. */
export function steerByKey(pan: PanZoom, key: string, screen: Size): boolean {
  const by = panBy[key];
  const course = courses[key];
  const { k, x, y } = pan.view;
  if (by) pan.go({ k, x: x + by[0], y: y + by[1] });
  else if (course) steer(pan, course, screen, null);
  return by !== undefined || course !== undefined;
}

/** Takes a course; `extent` is what `fit` shows, clear of the `corner`. */
export function steer(pan: PanZoom, course: Course, screen: Size, extent: Box | null, corner?: Size): void {
  const middle = { x: screen.width / 2, y: screen.height / 2 };
  if (course !== "fit") pan.go(zoomAt(pan.view, middle, { in: 1.25, out: 0.8, whole: 1 / pan.view.k }[course]));
  else if (extent) pan.go(fit(extent, screen, corner));
}
