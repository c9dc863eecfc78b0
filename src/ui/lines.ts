/** Which lines of a long list are painted: those in sight and a few around them. Pure. */

export interface Lines {
  readonly from: number;
  readonly to: number;
}

/** Lines painted beyond those in sight, above and below: what one scrolls into is there already. */
const beyond = 6;

/** `top` is how far the list is scrolled, `height` that of a line, `seen` how many are in sight. */
export function linesInSight(list: {
  readonly of: number;
  readonly top: number;
  readonly height: number;
  readonly seen: number;
}): Lines {
  const last = Math.max(list.of - list.seen, 0);
  const first = Math.min(Math.max(Math.floor(list.top / list.height), 0), last);
  return { from: Math.max(first - beyond, 0), to: Math.min(first + list.seen + 1 + beyond, list.of) };
}
