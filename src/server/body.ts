/** The parts of a command's body, read word by word: what is wrong with one is said with what exists and what was probably meant. */
import { nearest } from "../engine/graph-error.ts";
import type { FileRef } from "../nodes/file-ref.ts";
import type { Json } from "../protocol.ts";
import type { Files } from "./files.ts";
import { Refused } from "./refusal.ts";
import { address } from "./value.ts";

export type Body = Readonly<Record<string, unknown>>;

/** Farther out nothing can be found again. */
const farthest = 1e7;
/** Graphs inside graphs. */
const deepest = 20;

export function bodyOf(body: unknown): Body {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Body;
  throw bad("A command is a JSON object with a 'kind'.");
}

/** What a `GivenValue` stands for. */
export function given(files: Files, value: unknown): Json | FileRef {
  const { kind, id, value: json } = Object(value) as { kind?: unknown; id?: unknown; value?: unknown };
  if (kind === "json" && json !== undefined) return json as Json;
  if (kind === "holding" && json !== undefined) return holding(files, json as Json);
  if (kind !== "file" || typeof id !== "string") {
    throw bad(
      "A value is { kind: 'json', value }, { kind: 'file', id } with the id that an upload gave, or { kind: 'holding', value } with such files in it as they are shown.",
    );
  }
  return fileNamed(files, id);
}

function fileNamed(files: Files, id: string): FileRef {
  const file = files.find(id);
  if (!file) throw new Refused(404, "unknown-file", "This server does not have that file any more; upload it again.");
  return file as FileRef;
}

/** JSON in which each file's view stands for the file. */
function holding(files: Files, json: Json): Json {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map((item) => holding(files, item as Json));
  const { id, url } = json as { readonly [key: string]: Json };
  if (typeof id === "string" && url === address(id)) return fileNamed(files, id) as unknown as Json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, holding(files, value as Json)]));
}

export function text(command: Body, name: string): string {
  const value = command[name];
  if (typeof value === "string") return value;
  throw bad(`'${name}' is a text.`);
}

export function flag(command: Body, name: string): boolean {
  const value = command[name] ?? false;
  if (typeof value !== "boolean") throw bad(`'${name}' is true or false.`);
  return value;
}

export function index(command: Body, name: string): number {
  const value = command[name];
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw bad(`'${name}' is a whole number from 0 on.`);
}

/** The graphs inside graphs that a command is for, from the sheet's own down. */
export function insideOf({ inside = [] }: Body): readonly string[] {
  if (Array.isArray(inside) && inside.length <= deepest && inside.every((name) => typeof name === "string"))
    return inside as readonly string[];
  throw bad("'inside' is a list of cards, each in the graph of the one before it.");
}

/** Which items of a scattered card are meant, by their ids, if any. */
export function itemsOf({ items }: Body): readonly number[] | "failed" | undefined {
  if (items === undefined || items === "failed") return items;
  const fits = Array.isArray(items) && items.length > 0 && items.every((i) => Number.isSafeInteger(i) && i >= 0);
  if (fits) return items as readonly number[];
  throw bad("'items' is 'failed', or a list of ids that items have in the view.");
}

export function coordinate(command: Body, name: string): number {
  const value = command[name];
  if (typeof value === "number" && Math.abs(value) <= farthest) return value;
  throw bad(`'${name}' is a number between -${farthest} and ${farthest}.`);
}

export function zoom({ zoom: value }: Body): number {
  if (typeof value === "number" && value > 0 && value <= 100) return value;
  throw bad("'zoom' is a number above 0, at most 100.");
}

export function bad(message: string): Refused {
  return new Refused(400, "bad-command", message);
}

/** Of the names that are known, none is the one that was written. */
export function unknown(what: string, sentence: string, meant: unknown, known: readonly string[]): Refused {
  const written = typeof meant === "string" ? meant.slice(0, 100) : undefined;
  const suggestion = written === undefined ? undefined : nearest(written, known);
  const asked = written === undefined ? "" : ` '${written}'`;
  const hint = suggestion === undefined ? "" : ` Did you mean '${suggestion}'?`;
  return new Refused(400, `unknown-${what}`, `${sentence}${asked}.${hint}`, {
    known,
    ...(suggestion !== undefined && { suggestion }),
  });
}
