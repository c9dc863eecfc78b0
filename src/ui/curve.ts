/**
 * Edges as drawn: where a curve runs between two ports, and its SVG path. An edge leaves to the right and arrives from
 * the left; on its way it goes around the cards that stand between, never through them when there is room beside.
 */
import type { Box, Point } from "./geometry.ts";

/** Clearance between an edge and a card it passes: another for each lane, so that edges side by side stay apart. */
const berth = (lane: number) => 10 + (((lane % 4) + 4) % 4) * 5;

/** The clearance where cards stand close together, and the least there must be. */
const narrow = 14;
const least = 8;

/** The path of an edge, or three strands of it where a list forks (`scatter`) or joins (`gather`). */
export function strands(
  kind: "plain" | "scatter" | "gather",
  from: Point,
  to: Point,
  obstacles: readonly Box[],
  lane = 0,
): readonly string[] {
  const way = detour(from, to, obstacles, lane);
  if (kind === "plain") return [path([from, ...way, to])];
  return [-6, 0, 6].map((offset) => {
    const start = kind === "gather" ? { x: from.x, y: from.y + offset } : from;
    const end = kind === "scatter" ? { x: to.x, y: to.y + offset } : to;
    return path([start, ...way, end]);
  });
}

/** The points an edge passes on its way around the cards between its ends: entry and exit of each column it crosses. */
export function detour(from: Point, to: Point, obstacles: readonly Box[], lane = 0): readonly Point[] {
  const between = obstacles.filter((box) => box.x > from.x && box.x + box.width < to.x);
  const columns = inColumns(between);
  const points: Point[] = [];
  let at = from;
  for (const column of columns) {
    const left = Math.min(...column.map((box) => box.x));
    const right = Math.max(...column.map((box) => box.x + box.width));
    const wished = direct(at, to, (left + right) / 2);
    if (!points.length && !column.some((box) => near(box, direct(from, to, left), direct(from, to, right)))) continue;
    const y = passage(column, wished, berth(lane));
    points.push({ x: left - least, y }, { x: right + least, y });
    at = { x: right + least, y };
  }
  return points;
}

function inColumns(boxes: readonly Box[]): readonly (readonly Box[])[] {
  const columns: Box[][] = [];
  for (const box of [...boxes].sort((a, b) => a.x - b.x)) {
    const column = columns.at(-1);
    if (column?.some((other) => box.x < other.x + other.width)) column.push(box);
    else columns.push([box]);
  }
  return columns;
}

/** The height at which a smooth curve from `from` to `to` stands over `x`. */
function direct(from: Point, to: Point, x: number): number {
  const t = Math.min(Math.max((x - from.x) / Math.max(to.x - from.x, 1), 0), 1);
  return from.y + (to.y - from.y) * t * t * (3 - 2 * t);
}

function near(box: Box, y1: number, y2: number): boolean {
  return Math.max(y1, y2) > box.y - least && Math.min(y1, y2) < box.y + box.height + least;
}

/** The free height nearest to the wished one: beside, between, above or below the cards of a column. */
function passage(column: readonly Box[], wished: number, clearance: number): number {
  const free = (y: number) => column.every((box) => y <= box.y - least || y >= box.y + box.height + least);
  if (free(wished)) return wished;
  const beside = (edge: number, way: number) =>
    [clearance, narrow, least].map((away) => edge + way * away).find(free) ?? [];
  const candidates = column.flatMap((box) => [beside(box.y, -1), beside(box.y + box.height, 1)].flat());
  return candidates.reduce((best, y) => (Math.abs(y - wished) < Math.abs(best - wished) ? y : best), candidates[0]!);
}

/** A smooth path through the points, level at each of them. */
export function path(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let d = `M${n(first.x)},${n(first.y)}`;
  let at = first;
  for (const to of rest) {
    const reach = handle(at, to);
    d +=
      Math.abs(to.y - at.y) < 0.5 && to.x > at.x
        ? `L${n(to.x)},${n(to.y)}`
        : `C${n(at.x + reach)},${n(at.y)} ${n(to.x - reach)},${n(to.y)} ${n(to.x)},${n(to.y)}`;
    at = to;
  }
  return d;
}

/** How far a curve goes straight on before it turns: half the way, more when it must come back. */
function handle(from: Point, to: Point): number {
  const dx = to.x - from.x;
  return dx >= 0 ? Math.max(dx / 2, Math.min(40, Math.abs(to.y - from.y) / 2)) : Math.min(60 - dx / 2, 220);
}

const n = (value: number) => Math.round(value * 10) / 10;
