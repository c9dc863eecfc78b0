/**
 * Values as text and back: whatever JSON cannot hold comes back as it was (dates, maps, sets, bytes, NaN, -0, holes, circles),
 * an object that is met twice is one object again. Files and large parts are not in the text: they are stored by content, once,
 * and named in it. What lives in one process alone (functions, objects of a class) cannot be kept, and is said to be lost.
 */
import { createHash } from "node:crypto";
import { stringify, unflatten } from "devalue";
import { FileRef, isFile } from "../nodes/file-ref.ts";
import type { Blobbed } from "./blobs.ts";

/** A value as text: JSON that may stand in a line of a log. */
export interface Written {
  readonly text: string;
  /** What the text names. */
  readonly blobs: readonly Blobbed[];
}

/** Characters or bytes from which a part is stored by content. */
const largePart = 4 * 1024;
/** Characters of text from which a whole value is. */
const largeWhole = 16 * 1024;

/** `undefined` for a value that cannot be kept. */
export function written(value: unknown): Written | undefined {
  const blobs: Blobbed[] = [];
  try {
    const text = stringify(value, reducers(blobs));
    if (text.length < largeWhole) return { text, blobs };
    const whole = blobOf(Buffer.from(text));
    return { text: JSON.stringify({ whole: `blob:${whole.id}` }), blobs: [...blobs, whole] };
  } catch {
    return undefined;
  }
}

/** How stored bytes are got at: those of large parts are here already, those of files are read when somebody asks. */
export interface Stored {
  large(id: string): Uint8Array | undefined;
  file(id: string): Promise<Uint8Array>;
}

/** Reads the values of texts that were parsed. What it gives throws when a part is missing. */
export function readerOf(stored: Stored): (parsed: unknown) => unknown {
  const known = revivers(stored);
  return (parsed) => {
    const plain = plainIn(parsed);
    if (plain !== undefined) return plain;
    const whole = (parsed as { readonly whole?: unknown } | null)?.whole;
    if (typeof whole !== "string" || Array.isArray(parsed)) return unflatten(parsed as number | unknown[], known);
    const bytes = largeOf(whole.slice("blob:".length), stored);
    return unflatten(JSON.parse(Buffer.from(bytes).toString()), known);
  };
}

/** The value of a parsed text, when it is one word or number: most are. */
export function plainIn(parsed: unknown): unknown {
  return Array.isArray(parsed) && parsed.length === 1 && typeof parsed[0] !== "object" ? parsed[0] : undefined;
}

/** What texts name of everything stored by content. */
export class Names {
  readonly all = new Set<string>();
  /** Those that are values, or parts of values: they have to be there before the text is read, and may name others in turn. */
  readonly large = new Set<string>();

  /** The names in some texts. */
  static in(texts: Iterable<string>): Names {
    const names = new Names();
    for (const text of texts) names.add(text);
    return names;
  }

  add(text: string): void {
    if (!text.includes("blob:") && !text.includes("file:")) return;
    for (const [, kind, id = ""] of text.matchAll(/(blob|file):([0-9a-f]{64})/g)) {
      this.all.add(id);
      if (kind === "blob") this.large.add(id);
    }
  }
}

// ── out

function reducers(blobs: Blobbed[]): Record<string, (value: unknown) => unknown> {
  const large = (bytes: Uint8Array): string => {
    const blob = blobOf(bytes);
    blobs.push(blob);
    return `blob:${blob.id}`;
  };
  return {
    File(value) {
      if (!isFile(value)) return undefined;
      blobs.push({ id: value.id, size: value.size, bytes: () => value.bytes() });
      return [`file:${value.id}`, value.name, value.type, value.size];
    },
    Text: (value) =>
      typeof value === "string" && value.length >= largePart && wellFormed(value) && [large(Buffer.from(value))],
    Bytes: (value) =>
      isBytes(value) && value.byteLength >= largePart && [value.constructor.name, large(bytesIn(value))],
    Error: (value) => value instanceof Error && [value.name, value.message, value.stack ?? ""],
  };
}

/** What would not come back from UTF-8 as it went is kept in the text, where it is escaped. */
function wellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}

const byName: Readonly<Record<string, new (buffer: ArrayBuffer) => ArrayBufferView | ArrayBuffer>> = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
};

function isBytes(value: unknown): value is ArrayBufferView | ArrayBuffer {
  if (value instanceof ArrayBuffer) return Object.getPrototypeOf(value) === ArrayBuffer.prototype;
  if (!ArrayBuffer.isView(value)) return false;
  const kind = byName[value.constructor.name];
  return kind !== undefined && Object.getPrototypeOf(value) === kind.prototype;
}

function bytesIn(value: ArrayBufferView | ArrayBuffer): Uint8Array {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

const digests = new WeakMap<object, string>();

/** Like any value handed out, bytes are not written to again: those of the very same object are digested once. */
function blobOf(bytes: Uint8Array): Blobbed {
  const known = digests.get(bytes.buffer);
  const whole = bytes.byteLength === bytes.buffer.byteLength;
  const id = (whole ? known : undefined) ?? createHash("sha256").update(bytes).digest("hex");
  if (whole) digests.set(bytes.buffer, id);
  return { id, size: bytes.length, bytes: () => bytes };
}

// ── back

function revivers(stored: Stored): Parameters<typeof unflatten>[1] {
  return {
    File: ([id, name, type, size]: [string, string, string, number]) => {
      const digest = id.slice("file:".length);
      return FileRef.stored({ id: digest, name, type, size }, () => stored.file(digest));
    },
    Text: ([id]: [string]) => Buffer.from(largeOf(id.slice("blob:".length), stored)).toString(),
    Bytes: ([kind, id]: [string, string]) => {
      const bytes = Uint8Array.from(largeOf(id.slice("blob:".length), stored)).buffer;
      const View = byName[kind];
      return View ? new View(bytes) : bytes;
    },
    Error: ([name, message, stack]: [string, string, string]) => {
      const error = new Error(message);
      for (const [key, value] of Object.entries({ name, stack }))
        Object.defineProperty(error, key, { value, configurable: true, writable: true });
      return error;
    },
  };
}

function largeOf(id: string, stored: Stored): Uint8Array {
  const bytes = stored.large(id);
  if (bytes === undefined) throw new Error(`The stored value ${id.slice(0, 12)}… is missing.`);
  return bytes;
}
