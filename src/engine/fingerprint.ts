/**
 * What a run depends on, as a digest: sha256 over a canonical encoding of a node's definition and its inputs. Two values
 * have one print when `equal` calls them equal, and never otherwise; only `equal` gives up on what is past its budget,
 * and a print does not. An object becomes the digest of what it holds, so what is shared is read once, and what lies
 * deep costs no stack. What is compared by identity is known by a number that holds in this process alone.
 */
import { ByteStack } from "./byte-stack.ts";
import { bytesOf, contentId, indexesIn } from "./equal.ts";
import { classOf, numberOf } from "./identity.ts";
import { hexOf, Sha256 } from "./sha256.ts";

/** The fingerprint of a run: 64 hexadecimal digits, the same for the same definition and equal inputs in whatever order. */
export function fingerprintOf(definition: string, inputs: Readonly<Record<string, unknown>>): string {
  return new Print().of(definition, inputs);
}

/** The first byte of everything written: what it is. */
const tag = {
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
interface Parts {
  readonly tag: number;
  readonly of: string;
  readonly held: readonly unknown[];
}

/** An object being written. */
interface Open extends Parts {
  readonly object: object;
  readonly start: number;
  next: number;
  /** True when something within is a way back to an object around it or to itself. */
  circular: boolean;
}

/** How often an object that lies in a circle is written again for another way that leads to it; past it, by identity. */
const mostAgain = 10_000;

class Print {
  readonly #out = new ByteStack();
  readonly #open: Open[] = [];
  readonly #depths = new Map<object, number>();
  /** The objects met: the digest of one without circles holds wherever it is met. */
  readonly #met = new Map<object, Uint8Array | undefined>();
  #again = mostAgain;

  of(definition: string, inputs: Readonly<Record<string, unknown>>): string {
    this.#out.byte(tag.run);
    this.#out.text(definition);
    this.#enter(inputs, { tag: tag.record, of: "", held: fields(inputs) });
    for (let top = this.#open.at(-1); top !== undefined; top = this.#open.at(-1)) {
      if (top.next < top.held.length) this.#write(top.held[top.next++]);
      else this.#leave(top);
    }
    return hexOf(this.#out.taken(0));
  }

  #write(value: unknown): void {
    const out = this.#out;
    switch (typeof value) {
      case "string":
        out.byte(tag.text);
        return out.text(value);
      case "number":
        if (Number.isNaN(value)) return out.byte(tag.notANumber);
        out.byte(tag.number);
        return out.number(value);
      case "boolean":
        return out.byte(value ? tag.true : tag.false);
      case "undefined":
        return out.byte(tag.undefined);
      case "bigint":
        out.byte(tag.bigint);
        return out.text(value.toString(16));
      case "symbol":
        return this.#symbol(value);
      case "function":
        return this.#identity(value);
      default:
        return value === null ? out.byte(tag.null) : this.#object(value as object);
    }
  }

  #symbol(symbol: symbol): void {
    const key = Symbol.keyFor(symbol);
    if (key === undefined) return this.#identity(symbol);
    this.#out.byte(tag.symbol);
    this.#out.text(key);
  }

  #identity(one: object | symbol): void {
    this.#out.byte(tag.identity);
    this.#out.text(thisProcess);
    this.#out.number(numberOf(one));
  }

  #object(object: object): void {
    const known = this.#met.get(object);
    if (known !== undefined) return this.#digest(known);
    const depth = this.#depths.get(object);
    if (depth !== undefined) return this.#circle(this.#open.length - depth);
    if (this.#met.has(object) && --this.#again < 0) return this.#identity(object);
    const parts = partsOf(object);
    if (parts === undefined) return this.#identity(object);
    this.#enter(object, parts);
  }

  #digest(digest: Uint8Array): void {
    this.#out.byte(tag.digest);
    this.#out.bytes(digest);
  }

  /** A way back, told by the number of steps up, so that it reads the same wherever the circle lies. */
  #circle(up: number): void {
    this.#out.byte(tag.circle);
    this.#out.number(up);
    const around = this.#open.at(-1);
    if (around !== undefined) around.circular = true;
  }

  #enter(object: object, { tag, of, held }: Parts): void {
    const start = this.#out.length;
    this.#met.set(object, undefined);
    this.#depths.set(object, this.#open.length);
    this.#open.push({ object, start, next: 0, circular: false, tag, of, held });
    this.#out.byte(tag);
    this.#out.text(of);
    this.#out.number(held.length);
  }

  #leave({ object, start, circular }: Open): void {
    const digest = this.#out.taken(start);
    this.#open.pop();
    this.#depths.delete(object);
    if (!circular) this.#met.set(object, digest);
    const around = this.#open.at(-1);
    if (circular && around !== undefined) around.circular = true;
    this.#digest(digest);
  }
}

/** Drawn once: a number given in another process is another number. */
const thisProcess = hexOf(crypto.getRandomValues(new Uint8Array(16)));

/** What there is to write of an object that is compared by what it holds; `undefined` for one that is compared by identity, or cannot be read. */
function partsOf(object: object): Parts | undefined {
  try {
    const prototype: object | null = Object.getPrototypeOf(object);
    if (contentId in object) return contentOf(object[contentId], prototype);
    if (Array.isArray(object)) return items(object, prototype);
    if (prototype === Object.prototype) return { tag: tag.record, of: "", held: fields(object) };
    if (prototype === null) return { tag: tag.bareRecord, of: "", held: fields(object) };
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
function fields(object: object): readonly unknown[] {
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
