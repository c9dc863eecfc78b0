/**
 * A value as it is shown. What JSON holds travels inline up to 16 KiB and by address above that; a file travels by
 * reference; whatever JSON cannot hold is put in words. Nothing that a function returns can make this throw.
 */
import { createHash } from "node:crypto";
import { described } from "../engine/failure.ts";
import { FileRef } from "../nodes/file-ref.ts";
import type { FileView, Json, ValueView } from "../protocol.ts";

/** UTF-8 bytes of JSON that still travel inside an event. */
const inlineBytes = 16 * 1024;
const previewLength = 200;
/** Characters after which a value is cut: nobody looks at more, and the process has other things to do. */
const longest = 16 * 1024 * 1024;
const deepest = 100;

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
  const file = asFile(value);
  if (file) return { view: { kind: "file", file: fileView(file) }, stored: [file] };
  const writing: Writing = { left: longest, stored: [], around: new Set() };
  const json = written(value, writing);
  const text = JSON.stringify(json);
  const size = Buffer.byteLength(text);
  if (size <= inlineBytes) return { view: { kind: "json", value: json }, stored: writing.stored };
  const large = storedText(text, size);
  const preview = beginning(typeof json === "string" ? json : text);
  return { view: { kind: "large", url: address(large.id), size, preview }, stored: [large, ...writing.stored] };
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

function beginning(text: string): string {
  const cut = text.slice(0, previewLength);
  // Half a character at the end would not survive the wire.
  return cut.replace(/[\uD800-\uDBFF]$/, "");
}

interface Writing {
  left: number;
  readonly stored: Stored[];
  /** The objects that the one being written lies in. */
  readonly around: Set<object>;
}

function written(value: unknown, writing: Writing): Json {
  switch (typeof value) {
    case "string":
      writing.left -= value.length;
      return value;
    case "number":
      writing.left -= 8;
      return Number.isFinite(value) ? value : String(value);
    case "boolean":
      return value;
    case "bigint":
      return `${value}n`;
    case "symbol":
      return String(value);
    case "undefined":
      return "undefined";
    case "function":
      return "a function";
    default:
      return value === null ? null : writtenObject(value as object, writing);
  }
}

function writtenObject(value: object, writing: Writing): Json {
  if (writing.around.has(value)) return "(a circle: this value holds itself)";
  if (writing.around.size >= deepest || writing.left <= 0) return "…";
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
  const file = asFile(value);
  if (file) {
    writing.stored.push(file);
    return { ...fileView(file) };
  }
  if (Array.isArray(value)) return listed(value, (item) => written(item, writing), writing);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid date" : value.toISOString();
  if (value instanceof Map)
    return listed(value, ([key, item]) => [written(key, writing), written(item, writing)], writing);
  if (value instanceof Set) return listed(value, (item) => written(item, writing), writing);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (ArrayBuffer.isView(value)) return `${described(value)} of ${value.byteLength} bytes`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype && Object.keys(value).length === 0) return described(value);
  const json: { [key: string]: Json } = {};
  for (const key of Object.keys(value)) {
    if (writing.left <= 0) break;
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

function asFile(value: unknown): Stored | undefined {
  try {
    return value instanceof FileRef ? value : undefined;
  } catch {
    return undefined;
  }
}
