/** What differs between two texts, in words: what both have, what only the first has, what only the second has. Pure. */

export interface Piece {
  readonly text: string;
  readonly in: "both" | "first" | "second";
}

/** Words that are compared at most: beyond that, texts are shown whole, as different as they are. */
const longest = 2_000;

export function textDiff(first: string, second: string): readonly Piece[] {
  if (first === second) return first === "" ? [] : [{ text: first, in: "both" }];
  const [a, b] = [words(first), words(second)];
  if (a.length > longest || b.length > longest) return joined([only(first, "first"), only(second, "second")]);
  return joined(pieces(a, b, common(a, b)));
}

function words(text: string): readonly string[] {
  return text.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? [];
}

/** How much the rests of both have in common, from each place on. */
function common(a: readonly string[], b: readonly string[]): readonly Uint16Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    const [row, below] = [table[i] as Uint16Array, table[i + 1] as Uint16Array];
    for (let j = b.length - 1; j >= 0; j--)
      row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
  }
  return table;
}

function pieces(a: readonly string[], b: readonly string[], table: readonly Uint16Array[]): readonly Piece[] {
  const found: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [one, other] = [a[i], b[j]];
    if (one !== undefined && one === other) {
      found.push(only(one, "both"));
      i++;
      j++;
    } else if (other === undefined || (one !== undefined && (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))) {
      found.push(only(one ?? "", "first"));
      i++;
    } else {
      found.push(only(other, "second"));
      j++;
    }
  }
  return found;
}

function only(text: string, side: Piece["in"]): Piece {
  return { text, in: side };
}

function joined(all: readonly Piece[]): readonly Piece[] {
  const runs: Piece[] = [];
  for (const piece of all) {
    const last = runs.at(-1);
    if (piece.text === "") continue;
    if (last?.in === piece.in) runs[runs.length - 1] = only(last.text + piece.text, piece.in);
    else runs.push(piece);
  }
  return runs;
}
