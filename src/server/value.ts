/**
 * A value as it is shown. What JSON holds travels inline up to 16 KiB and by address above that; a file travels by
 * reference; whatever JSON cannot hold is put in words. Nothing that a function returns can make this throw.
 */
import { createHash } from "node:crypto";
import { described } from "../engine/failure.ts";
import { isFile } from "../nodes/file-ref.ts";
import type { FileView, ValueView } from "../protocol/port.ts";
import type { Json } from "../protocol.ts";

/** UTF-8 bytes of JSON that still travel inside an event. */
const inlineBytes = 16 * 1024;
const previewLength = 200;
/** Characters after which a value is cut: nobody looks at more, and the process has other things to do. */
const longest = 16 * 1024 * 1024;
const deepest = 100;
/** Characters that an object counts for: looking at it takes as long as writing them. */
const objectCost = 32;

/** Something that can be fetched by its id. */
export interface Stored {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  bytes(): Promise<Uint8Array>;
}

export interface Shown {
  readonly view: ValueView;
  /** What must be there to be fetched while the view is shown. */
  readonly stored: readonly Stored[];
}

export function shown(value: unknown): Shown {
  if (isFile(value)) return { view: { kind: "file", file: fileView(value) }, stored: [value] };
  const writing: Writing = { left: longest, stored: [], around: new Set(), sparse: false };
  const json = written(value, writing);
  const text = JSON.stringify(json);
  const size = Buffer.byteLength(text);
  if (size <= inlineBytes) return { view: { kind: "json", value: json }, stored: writing.stored };
  const large = storedText(text, size);
  const preview = beginning(typeof json === "string" ? json : text, previewLength);
  return { view: { kind: "large", url: address(large.id), size, preview }, stored: [large, ...writing.stored] };
}

/** A value as a program is answered: all of it as JSON, each file by reference, without the fields that hold `undefined`. Nothing when it is too long for that. */
export function inWhole(value: unknown): { readonly json: Json; readonly stored: readonly Stored[] } | undefined {
  const writing: Writing = { left: longest, stored: [], around: new Set(), sparse: true };
  const json = written(value, writing);
  return writing.left > 0 ? { json, stored: writing.stored } : undefined;
}

/** Where something stored is fetched, seen from the page. */
export function address(id: string): string {
  return `files/${id}`;
}

export function fileView(file: Stored): FileView {
  return { id: file.id, name: file.name, type: file.type, size: file.size, url: address(file.id) };
}

function storedText(text: string, size: number): Stored {
  const id = createHash("sha256").update(text).digest("hex");
  return { id, name: "value.json", type: "application/json", size, bytes: async () => Buffer.from(text) };
}

function beginning(text: string, length: number): string {
  // Half a character at the end would not survive the wire.
  return text.slice(0, /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length - 1 : length);
}

interface Writing {
  left: number;
  readonly stored: Stored[];
  /** The objects that the one being written lies in. */
  readonly around: Set<object>;
  /** Leaves out fields that hold `undefined`, as JSON does. */
  readonly sparse: boolean;
}

function written(value: unknown, writing: Writing): Json {
  switch (typeof value) {
    case "string":
      return cut(value, writing);
    case "number":
      return Number.isFinite(value) ? counted(value, 8, writing) : said(String(value), writing);
    case "boolean":
      return counted(value, 8, writing);
    case "bigint":
      return said(described(value).replace(/^-?\d+$/, "$&n"), writing);
    case "symbol":
      return cut(String(value), writing);
    case "undefined":
      return said("undefined", writing);
    case "function":
      return said("a function", writing);
    default:
      return value === null ? counted(null, 8, writing) : writtenObject(value as object, writing);
  }
}

function counted<T extends Json>(json: T, length: number, writing: Writing): T {
  writing.left -= length;
  return json;
}

function said(words: string, writing: Writing): string {
  return counted(words, words.length + 4, writing);
}

/** A text, or as much of it as there is room for. */
function cut(text: string, writing: Writing): string {
  if (text.length <= writing.left) return said(text, writing);
  const start = beginning(text, Math.max(0, writing.left));
  return said(`${start}… (${text.length} characters in all)`, writing);
}

function writtenObject(value: object, writing: Writing): Json {
  if (writing.around.has(value)) return "(a circle: this value holds itself)";
  if (writing.around.size >= deepest || writing.left <= 0) return "…";
  writing.left -= objectCost;
  writing.around.add(value);
  try {
    return writtenParts(value, writing);
  } catch {
    return "(this value cannot be read)";
  } finally {
    writing.around.delete(value);
  }
}

function writtenParts(value: object, writing: Writing): Json {
  if (isFile(value)) {
    writing.stored.push(value);
    return { ...fileView(value) };
  }
  if (Array.isArray(value)) return listed(value, (item) => written(item, writing), writing);
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? "an invalid date" : cut(String(value.toISOString()), writing);
  if (value instanceof Map)
    return listed(value, ([key, item]) => [written(key, writing), written(item, writing)], writing);
  if (value instanceof Set) return listed(value, (item) => written(item, writing), writing);
  if (value instanceof Error) return `${cut(String(value.name), writing)}: ${cut(String(value.message), writing)}`;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
    return `${described(value)} of ${value.byteLength} bytes`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype && Object.keys(value).length === 0) return described(value);
  const json: { [key: string]: Json } = {};
  for (const key of Object.keys(value)) {
    if (writing.left <= key.length) {
      json["…"] = "…";
      break;
    }
    if (writing.sparse && absent(value, key)) continue;
    writing.left -= key.length + 4;
    // A key named "__proto__" is a key like any other.
    Object.defineProperty(json, key, {
      value: part(value, key, writing),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return json;
}

function absent(value: object, key: string): boolean {
  try {
    return (value as Record<string, unknown>)[key] === undefined;
  } catch {
    return false;
  }
}

function part(value: object, key: string, writing: Writing): Json {
  try {
    return written((value as Record<string, unknown>)[key], writing);
  } catch {
    return "(this value cannot be read)";
  }
}

function listed<T>(items: Iterable<T>, write: (item: T) => Json, writing: Writing): Json {
  const list: Json[] = [];
  for (const item of items) {
    if (writing.left <= 0) {
      list.push("…");
      break;
    }
    writing.left -= 2;
    list.push(write(item));
  }
  return list;
}
