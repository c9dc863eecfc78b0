/** A wiring mistake, said in full: what is wrong, what exists, what was probably meant. Thrown while a graph is written or a sheet is asked for what it has not. */

/** The kinds of wiring mistakes. */
export type GraphErrorCode =
  | "unknown-node"
  | "unknown-port"
  | "unknown-input"
  | "missing-input"
  | "unknown-endpoint"
  | "unknown-model"
  | "unknown-variant"
  | "duplicate-name"
  | "second-edge"
  | "cycle"
  | "no-common-output"
  | "wrong-type"
  | "bad-component"
  | "bad-workflow"
  | "not-expressible"
  | "sheet-open"
  | "fed-by-edge"
  | "inside-wave"
  | "not-waiting";

/** A wiring mistake: what is wrong, what exists, what was probably meant. */
export class GraphError extends Error {
  override readonly name = "GraphError";
  readonly code: GraphErrorCode;
  readonly node?: string;
  readonly port?: string;
  /** The names that exist. */
  readonly known?: readonly string[];
  /** The name that was probably meant. */
  readonly suggestion?: string;

  constructor(
    code: GraphErrorCode,
    message: string,
    about: { node?: string; port?: string; known?: readonly string[]; meant?: string } = {},
  ) {
    const suggestion = about.known && about.meant !== undefined ? nearest(about.meant, about.known) : undefined;
    const exists = about.known
      ? ` ${about.known.length ? `There is: ${about.known.map(quoted).join(", ")}.` : "There is none."}`
      : "";
    super(`${message}${exists}${suggestion === undefined ? "" : ` Did you mean ${quoted(suggestion)}?`}`);
    this.code = code;
    if (about.node !== undefined) this.node = about.node;
    if (about.port !== undefined) this.port = about.port;
    if (about.known) this.known = about.known;
    if (suggestion !== undefined) this.suggestion = suggestion;
  }
}

function quoted(name: string): string {
  return `'${name}'`;
}

/** The known name nearest to what was written, if any is near enough to be a slip of the hand. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(written.length / 2)) + 1;
  for (const name of known) {
    const away = distanceBetween(written.toLowerCase(), name.toLowerCase());
    if (away < least && away < Math.max(written.length, name.length)) {
      best = name;
      least = away;
    }
  }
  return best;
}

/** A word that goes on where another ends, as `automatic` after `auto`, is near to it. */
function distanceBetween(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 3 && long.startsWith(short) ? Math.min(2, long.length - short.length) : distance(a, b);
}

/** Levenshtein's distance, row by row. Here and not from a library: the engine imports RxJS alone. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, change));
    }
    row = next;
  }
  return row[b.length] as number;
}
