/**
 * Points, boxes and the view over them: numbers in, numbers out, no DOM. World coordinates are the canvas at 100 %;
 * screen coordinates are CSS pixels from the canvas's corner; `screen = world * k + (x, y)`.
 */
import type { Viewport } from "../protocol.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Box extends Point, Size {}

/** A view over the world: d3-zoom's numbers. */
export interface Transform extends Point {
  readonly k: number;
}

/** The least and the greatest zoom a person can reach. */
export const zoomRange = [0.1, 2] as const;

export function clamp(value: number, least: number, greatest: number): number {
  return Math.min(Math.max(value, least), greatest);
}

/** The smallest box around all, or `null` around nothing. */
export function around(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

/**
 * The view that shows the whole box in the middle of the screen, never magnified. The bottom right corner, where the
 * minimap lies, is kept clear where there is room to spare, or where a little smaller is enough.
 */
export function fit(box: Box, screen: Size, corner: Size = { width: 0, height: 0 }, padding = 40): Transform {
  const zoom = (height: number) => {
    const across = Math.max(screen.width - 2 * padding, 1) / box.width;
    return clamp(Math.min(across, Math.max(height, 1) / box.height), zoomRange[0], 1);
  };
  const whole = zoom(screen.height - 2 * padding);
  const beside = screen.width - box.width * whole - padding >= corner.width;
  const above = zoom(screen.height - corner.height - padding);
  const k = beside || above < 0.8 * whole ? whole : Math.min(whole, above);
  const spare = { width: screen.width - box.width * k, height: screen.height - box.height * k };
  const left = beside ? Math.min(spare.width / 2, spare.width - corner.width) : spare.width / 2;
  const top = beside ? spare.height / 2 : clamp(spare.height - corner.height, padding / 2, spare.height / 2);
  return { k, x: left - box.x * k, y: top - box.y * k };
}

/** The least zoom at which the small print of a card can be read, and one at which it is read with ease. */
const legible = 0.7;
const easy = 0.85;

/**
 * The view at first sight: everything, unless the screen is so small or the graph so large that it could not be read; then
 * the beginning, with the first card in the middle of the height, on a phone at the zoom where one card fills the width.
 */
export function open(box: Box, screen: Size, first: Box, corner?: Size): Transform {
  const whole = fit(box, screen, corner);
  const phone = screen.width < 640;
  if (whole.k >= (phone ? 0.6 : legible)) return whole;
  const margin = 24;
  if (phone) {
    const k = clamp((screen.width - 2 * margin) / first.width, 0.6, 1);
    return { k, x: margin - first.x * k, y: margin - first.y * k };
  }
  const k = easy;
  const spare = screen.height - box.height * k;
  const amid = (screen.height - first.height * k) / 2 - first.y * k;
  const [top, bottom] = [margin - box.y * k, spare - margin - box.y * k];
  return { k, x: margin - box.x * k, y: spare >= 2 * margin ? spare / 2 - box.y * k : clamp(amid, bottom, top) };
}

/** The view zoomed by `factor` so that the screen point stays where it is. */
export function zoomAt(view: Transform, at: Point, factor: number): Transform {
  const k = clamp(view.k * factor, ...zoomRange);
  const ratio = k / view.k;
  return { k, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

/** The view moved as little as possible so that the box is on screen; its beginning wins when it is too large. */
export function reveal(view: Transform, box: Box, screen: Size, margin = 24): Transform {
  return {
    k: view.k,
    x: view.x + shift(box.x * view.k + view.x, box.width * view.k, screen.width, margin),
    y: view.y + shift(box.y * view.k + view.y, box.height * view.k, screen.height, margin),
  };
}

function shift(start: number, length: number, room: number, margin: number): number {
  if (start < margin) return margin - start;
  const over = start + length - (room - margin);
  return over <= 0 ? 0 : -Math.min(over, start - margin);
}

/** The world point in the middle of the screen, with the zoom: what is kept of a view, whatever the window's size. */
export function middle(view: Transform, screen: Size): Viewport {
  return {
    x: Math.round((screen.width / 2 - view.x) / view.k),
    y: Math.round((screen.height / 2 - view.y) / view.k),
    zoom: Math.round(view.k * 1000) / 1000,
  };
}

/** The view that has this world point in the middle of the screen. */
export function lookAt(at: Viewport, screen: Size): Transform {
  const k = clamp(at.zoom, ...zoomRange);
  return { k, x: screen.width / 2 - at.x * k, y: screen.height / 2 - at.y * k };
}

/** The part of the world that is on screen. */
export function seen(view: Transform, screen: Size): Box {
  return {
    x: -view.x / view.k,
    y: -view.y / view.k,
    width: screen.width / view.k,
    height: screen.height / view.k,
  };
}
