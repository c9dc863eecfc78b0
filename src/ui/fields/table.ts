/** A table as it is held while it is edited. What the wire gives is not believed; what a person writes becomes a number where its column holds numbers. Pure. */
import type { Json } from "../../protocol.ts";
import { plain } from "../words.ts";

export type Cell = string | number | boolean | null;
export interface Table {
  readonly headers: readonly string[];
  readonly data: readonly (readonly Cell[])[];
}

export function tableOf(json: Json): Table | undefined {
  const { headers, data } = Object(json) as { readonly headers?: unknown; readonly data?: unknown };
  if (!Array.isArray(headers) || !Array.isArray(data)) return undefined;
  const names = headers.map(String);
  const rows = data.filter((row): row is readonly unknown[] => Array.isArray(row));
  return { headers: names, data: rows.map((row) => names.map((_, i) => cellOf(row[i]))) };
}

function cellOf(value: unknown): Cell {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** A cell as it is read. */
export function cellWords(cell: Cell): string {
  return cell === null ? "" : typeof cell === "number" ? plain(cell) : String(cell);
}

/** What a person means by what they wrote into a cell: of the kind that its column holds, as far as that can be. */
export function cellFrom(written: string, column: readonly Cell[]): Cell {
  const text = written.trim();
  const held = column.filter((cell) => cell !== null);
  const all = (kind: string) => held.length > 0 && held.every((cell) => typeof cell === kind);
  if (text === "") return all("string") ? "" : null;
  if (all("number") && Number.isFinite(Number(text))) return Number(text);
  if (all("boolean") && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return written;
}

/**
 * The table with one cell written anew. What kind is meant is said by its column as it was before one began to write: half a
 * number is none, and must not make words of the whole.
 */
export function written({ headers, data }: Table, row: number, column: number, text: string, before: Table): Table {
  const cell = cellFrom(
    text,
    before.data.map((cells) => cells[column] ?? null),
  );
  return { headers, data: data.with(row, (data[row] ?? []).with(column, cell)) };
}

export function withRow({ headers, data }: Table): Table {
  return { headers, data: [...data, headers.map(() => null)] };
}
export function withoutRow({ headers, data }: Table, row: number): Table {
  return { headers, data: data.toSpliced(row, 1) };
}
/** With another column at the end, of a name that no other has. */
export function withColumn({ headers, data }: Table): Table {
  let n = headers.length + 1;
  while (headers.includes(`Column ${n}`)) n++;
  return { headers: [...headers, `Column ${n}`], data: data.map((row) => [...row, null]) };
}

/** True for a column of numbers: those stand at the right. */
export function numeric({ data }: Table, column: number): boolean {
  const held = data.slice(0, 200).flatMap((row) => (row[column] === null ? [] : [row[column]]));
  return held.length > 0 && held.every((cell) => typeof cell === "number");
}

/** As comma-separated values, for the clipboard and other programs. */
export function csv({ headers, data }: Table): string {
  const quoted = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [headers, ...data.map((row) => row.map(cellWords))].map((row) => row.map(quoted).join(",")).join("\n");
}
