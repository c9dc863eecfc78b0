/**
 * Keeps cards from covering one another: each card stays at the place it was given, or goes down just far enough to
 * clear those above it. A pure function of the given places and the sizes of the moment, so a card that shrinks again
 * lets the ones below return; nothing drifts.
 */
import type { Box, Point } from "./geometry.ts";

/** Where each card goes. Of two cards that cover each other the higher stays. */
export function apart(boxes: ReadonlyMap<string, Box>, gap = 28): ReadonlyMap<string, Point> {
  const settled: Box[] = [];
  const places = new Map<string, Point>();
  for (const [id, box] of [...boxes].sort(fromTheTop)) {
    const free = { ...box, y: clear(box, settled, gap) };
    settled.push(free);
    places.set(id, { x: free.x, y: free.y });
  }
  return places;
}

function fromTheTop([a, one]: readonly [string, Box], [b, other]: readonly [string, Box]): number {
  return one.y - other.y || one.x - other.x || (a < b ? -1 : 1);
}

function clear(box: Box, settled: readonly Box[], gap: number): number {
  let y = box.y;
  for (;;) {
    const inTheWay = settled.find(
      (other) => beside(box, other) && y < other.y + other.height + gap && other.y < y + box.height + gap,
    );
    if (!inTheWay) return y;
    y = inTheWay.y + inTheWay.height + gap;
  }
}

function beside(box: Box, other: Box): boolean {
  return box.x < other.x + other.width && other.x < box.x + box.width;
}
