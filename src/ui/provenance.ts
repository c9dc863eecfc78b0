/** Where the runs that another came from stand beside each other: a column for each step back, the run itself at the right. Numbers in, numbers out. */
import type { Origin } from "../protocol/runs.ts";

export interface Placed {
  readonly origin: Origin;
  readonly x: number;
  readonly y: number;
}
export interface Line {
  readonly from: string;
  readonly to: string;
  readonly path: string;
}
export interface Drawing {
  readonly runs: readonly Placed[];
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

export const box = { width: 104, height: 28, gapX: 22, gapY: 8 } as const;

/** The run itself comes first among its origins. */
export function drawn(origins: readonly Origin[]): Drawing {
  const byId = new Map(origins.map((origin) => [origin.id, origin]));
  const back = stepsBack(origins, byId);
  const deepest = Math.max(0, ...back.values());
  const columns = new Map<number, Origin[]>();
  for (const origin of origins) {
    const column = deepest - (back.get(origin.id) ?? 0);
    columns.set(column, [...(columns.get(column) ?? []), origin]);
  }
  const tallest = Math.max(1, ...[...columns.values()].map(({ length }) => length));
  const height = tallest * (box.height + box.gapY) - box.gapY;
  const runs = [...columns].flatMap(([column, all]) => {
    const room = all.length * (box.height + box.gapY) - box.gapY;
    return all.map((origin, i) => ({
      origin,
      x: column * (box.width + box.gapX),
      y: (height - room) / 2 + i * (box.height + box.gapY),
    }));
  });
  const at = new Map(runs.map((placed) => [placed.origin.id, placed]));
  const lines = origins.flatMap(({ id, from }) =>
    from.flatMap((above) => {
      const [start, end] = [at.get(above), at.get(id)];
      return start && end ? [{ from: above, to: id, path: curve(start, end) }] : [];
    }),
  );
  return { runs, lines, width: deepest * (box.width + box.gapX) + box.width, height };
}

/** The longest way from the run back to each: a run stands left of all that used it. */
function stepsBack(origins: readonly Origin[], byId: ReadonlyMap<string, Origin>): ReadonlyMap<string, number> {
  const back = new Map<string, number>();
  const [self] = origins;
  if (!self) return back;
  const waiting: [Origin, number][] = [[self, 0]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [origin, steps] = next;
    // No way is longer than there are runs: what says otherwise is no provenance.
    if ((back.get(origin.id) ?? -1) >= steps || steps > origins.length) continue;
    back.set(origin.id, steps);
    for (const id of origin.from) {
      const above = byId.get(id);
      if (above) waiting.push([above, steps + 1]);
    }
  }
  return back;
}

function curve(start: Placed, end: Placed): string {
  const [x1, y1] = [start.x + box.width, start.y + box.height / 2];
  const [x2, y2] = [end.x, end.y + box.height / 2];
  const middle = (x1 + x2) / 2;
  return `M ${x1} ${y1} C ${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}
