/**
 * What an object is made of, for its print: of two objects the parts are the same when `equal` calls them equal, and never
 * otherwise. What is compared by identity, or cannot be read, has none.
 */
import { bytesOf, contentId, indexesIn } from "./equal.ts";
import { classOf, numberOf } from "./identity.ts";
import { hexOf, Sha256 } from "./sha256.ts";

/** The first byte of everything written: what it is. */
export const tag = {
  undefined: 0,
  null: 1,
  false: 2,
  true: 3,
  number: 4,
  notANumber: 5,
  bigint: 6,
  text: 7,
  symbol: 8,
  identity: 9,
  circle: 10,
  digest: 11,
  list: 12,
  listWithHoles: 13,
  record: 14,
  bareRecord: 15,
  date: 16,
  map: 17,
  set: 18,
  bytes: 19,
  content: 20,
  run: 21,
} as const;

/** What an object is made of: what it is, the class it is of, and what it holds in the order in which it is compared. */
export interface Parts {
  readonly tag: number;
  readonly of: string;
  readonly held: readonly unknown[];
}

/** What there is to write of an object that is compared by what it holds; `undefined` for one that is compared by identity, or cannot be read. */
export function partsOf(object: object): Parts | undefined {
  try {
    const prototype: object | null = Object.getPrototypeOf(object);
    if (contentId in object) return contentOf(object[contentId], prototype);
    if (Array.isArray(object)) return items(object, prototype);
    if (prototype === Object.prototype) return { tag: tag.record, of: "", held: fieldsOf(object) };
    if (prototype === null) return { tag: tag.bareRecord, of: "", held: fieldsOf(object) };
    const of = classOf(prototype);
    if (object instanceof Date) return { tag: tag.date, of, held: [object.getTime()] };
    if (object instanceof Map) return { tag: tag.map, of, held: [...object].flat() };
    if (object instanceof Set) return { tag: tag.set, of, held: [...object] };
    const bytes = ArrayBuffer.isView(object) || object instanceof ArrayBuffer;
    return bytes ? { tag: tag.bytes, of, held: [object.byteLength, digestOfBytes(object)] } : undefined;
  } catch {
    // A getter or a Proxy that throws.
    return undefined;
  }
}

function contentOf(id: unknown, prototype: object | null): Parts | undefined {
  // Ids are compared by `===`: one that is not a number equals none, and the two zeros are one.
  if (Number.isNaN(id)) return undefined;
  const held = typeof id === "object" && id !== null ? numberOf(id) : id === 0 ? 0 : id;
  return { tag: tag.content, of: prototype === null ? "" : classOf(prototype), held: [held, typeof id] };
}

function items(list: readonly unknown[], prototype: object | null): Parts | undefined {
  const keys = Reflect.ownKeys(list);
  // A list that carries more than its items is not compared.
  if (keys.length > list.length + 1) return undefined;
  const of = prototype === null ? "" : classOf(prototype);
  const full = keys.length === list.length + 1 ? copied(list) : undefined;
  if (full !== undefined) return { tag: tag.list, of, held: full };
  const held = indexesIn(keys).flatMap((i) => [i, list[i]]);
  return { tag: tag.listWithHoles, of, held: [list.length, ...held] };
}

/** The items of a list without holes. */
function copied(list: readonly unknown[]): readonly unknown[] | undefined {
  const held: unknown[] = [];
  for (let i = 0; i < list.length; i++) {
    if (!(i in list)) return undefined;
    held.push(list[i]);
  }
  return held;
}

/** Keys and values, in an order that does not depend on how the object was written. */
export function fieldsOf(object: object): readonly unknown[] {
  const keys = Reflect.ownKeys(object);
  const names = keys.filter((key) => typeof key === "string").sort();
  const symbols = names.length < keys.length ? keys.filter((key) => typeof key === "symbol").sort(bySymbol) : [];
  const held: unknown[] = [];
  for (const name of names) held.push(name, (object as Record<string, unknown>)[name]);
  for (const symbol of symbols) held.push(symbol, (object as Record<symbol, unknown>)[symbol]);
  return held;
}

function bySymbol(a: symbol, b: symbol): number {
  const [one, other] = [Symbol.keyFor(a), Symbol.keyFor(b)];
  if (one !== undefined && other !== undefined) return one < other ? -1 : 1;
  if (one !== undefined || other !== undefined) return one !== undefined ? -1 : 1;
  return numberOf(a) - numberOf(b);
}

/** The bytes behind a typed array, a view or a buffer, as their digest. */
function digestOfBytes(object: ArrayBufferView | ArrayBuffer): string {
  const known = large.get(object);
  if (known !== undefined) return known;
  const bytes = ArrayBuffer.isView(object) ? bytesOf(object) : new Uint8Array(object);
  const digest = hexOf(new Sha256().update(bytes).digest());
  if (bytes.length >= worthRemembering) large.set(object, digest);
  return digest;
}

/** Digests of large bytes. Like any value handed out, bytes are not written to again: the very same object is the same value. */
const large = new WeakMap<object, string>();
const worthRemembering = 1024;
