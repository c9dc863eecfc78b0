/**
 * Values on their way between threads. They cross by structured clone, which would make a plain object of a `FileRef` and
 * take a `File` its name: so these go along in a list, with their bytes, and are put back where their clones are found. Within
 * one message a clone keeps who is who, hence nothing in the value itself needs to be marked.
 */
import { FileRef } from "./file-ref.ts";

/** A value with the files that it holds somewhere. */
export interface Packed {
  readonly value: unknown;
  readonly files: readonly PackedFile[];
}

interface PackedFile {
  /** Where it is in the value; a clone of it on the other side. */
  readonly at: object;
  readonly name: string;
  readonly type: string;
  /** Of a `FileRef`; a `File` carries its own. */
  readonly bytes: Uint8Array | undefined;
}

export async function packed(value: unknown): Promise<Packed> {
  return { value, files: await Promise.all(filesIn(value).map(packedFile)) };
}

export async function unpacked({ value, files }: Packed): Promise<unknown> {
  if (files.length === 0) return value;
  const made = new Map<unknown, unknown>();
  await Promise.all(files.map(async (file) => made.set(file.at, await restored(file))));
  return replaced(value, made);
}

/** The first of some named values that cannot be copied to another thread, and why. */
export async function uncopied(
  values: Readonly<Record<string, unknown>>,
): Promise<{ readonly name: string; readonly why: string } | undefined> {
  for (const name of Object.keys(values)) {
    try {
      structuredClone(await packed(values[name]));
    } catch (error) {
      return { name, why: error instanceof Error ? error.message : String(error) };
    }
  }
  return undefined;
}

async function packedFile(at: FileRef | File): Promise<PackedFile> {
  return { at, name: at.name, type: at.type, bytes: at instanceof FileRef ? await at.bytes() : undefined };
}

function restored({ at, name, type, bytes }: PackedFile): Promise<FileRef> | File {
  return bytes ? FileRef.fromBytes(bytes, { name, type }) : new File([at as Blob], name, { type });
}

function filesIn(value: unknown): (FileRef | File)[] {
  const files: (FileRef | File)[] = [];
  visit(value, (inner) => {
    if (!(inner instanceof FileRef || inner instanceof File)) return true;
    files.push(inner);
    return false;
  });
  return files;
}

/** The value, itself changed: it is a clone that nobody else has seen. */
function replaced(value: unknown, made: ReadonlyMap<unknown, unknown>): unknown {
  const real = (inner: unknown) => (made.has(inner) ? made.get(inner) : inner);
  visit(value, (inner) => {
    if (made.has(inner)) return false;
    if (inner instanceof Map) refill(inner, [...inner], ([key, held]) => inner.set(real(key), real(held)));
    else if (inner instanceof Set) refill(inner, [...inner], (held) => inner.add(real(held)));
    else if (Array.isArray(inner)) refit(inner, real);
    else if (hasContents(inner)) refield(inner, real);
    return true;
  });
  return real(value);
}

function refill<T>(collection: { clear(): void }, contents: readonly T[], add: (one: T) => void): void {
  collection.clear();
  for (const one of contents) add(one);
}

function refit(list: unknown[], real: (held: unknown) => unknown): void {
  for (const [i, held] of list.entries()) if (real(held) !== held) list[i] = real(held);
}

/** Not by assignment: a field may be called `__proto__`. */
function refield(record: object, real: (held: unknown) => unknown): void {
  for (const [key, held] of Object.entries(record)) {
    if (real(held) !== held) Object.defineProperty(record, key, { value: real(held) });
  }
}

/** Looks at every object in a value once, without recursion: lists may be nested deep. Goes no further where `look` says no. */
function visit(value: unknown, look: (inner: object) => boolean): void {
  const seen = new Set<unknown>();
  const waiting: unknown[] = [value];
  const add = (inner: unknown) => {
    if (typeof inner === "object" && inner !== null) waiting.push(inner);
  };
  while (waiting.length > 0) {
    const inner = waiting.pop();
    if (typeof inner !== "object" || inner === null || seen.has(inner)) continue;
    seen.add(inner);
    if (!look(inner)) continue;
    if (inner instanceof Map) for (const pair of inner) pair.forEach(add);
    else if (Array.isArray(inner) || inner instanceof Set) inner.forEach(add);
    else if (hasContents(inner)) Object.values(inner).forEach(add);
  }
}

/** False for bytes, whose every index would be looked at. */
function hasContents(value: object): boolean {
  return !(ArrayBuffer.isView(value) || value instanceof Blob);
}
