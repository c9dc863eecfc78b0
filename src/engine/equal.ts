/**
 * When two values are the same value (W6, W7), and the freezing of values handed out. Comparing goes by identity, then by
 * structure within a budget: past it two values count as different, which costs a run and never a wrong result.
 */

/** Objects that carry this are compared by what it gives (a digest) and never looked into. */
export const contentId: unique symbol = Symbol.for("millrace.content-id");

const budget = 10_000;

/** True when `a` and `b` are equal values: plain objects, lists, dates, maps, sets, typed arrays and buffers by content, all else by identity. */
export function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  try {
    return new Comparison().same(a, b);
  } catch {
    // A getter or a Proxy that throws: not comparable, so not equal.
    return false;
  }
}

class Comparison {
  #left = budget;
  /** The objects around the two being compared, each with the one it is compared to, both ways: a circle is equal to one of the same length only. */
  readonly #underway = new Map<object, object>();
  readonly #facing = new Map<object, object>();

  same(a: unknown, b: unknown): boolean {
    if (Object.is(a, b)) return true;
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
    if (--this.#left < 0) return false;
    const prototype: unknown = Object.getPrototypeOf(a);
    if (prototype !== Object.getPrototypeOf(b)) return false;
    if (contentId in a && contentId in b) return a[contentId] === b[contentId];
    if (this.#underway.has(a) || this.#facing.has(b)) return this.#underway.get(a) === b;
    this.#underway.set(a, b);
    this.#facing.set(b, a);
    const same = this.#contents(a, b, prototype);
    this.#underway.delete(a);
    this.#facing.delete(b);
    return same;
  }

  #contents(a: object, b: object, prototype: unknown): boolean {
    if (Array.isArray(a)) return this.#lists(a, b as unknown[]);
    if (prototype === Object.prototype || prototype === null) return this.#records(a, b);
    if (a instanceof Date) return Object.is(a.getTime(), (b as Date).getTime());
    if (a instanceof Map) return this.#lists([...a].flat(), [...(b as Map<unknown, unknown>)].flat());
    if (a instanceof Set) return this.#lists([...a], [...(b as Set<unknown>)]);
    if (ArrayBuffer.isView(a)) return this.#bytes(bytesOf(a), bytesOf(b as ArrayBufferView));
    if (a instanceof ArrayBuffer) return this.#bytes(new Uint8Array(a), new Uint8Array(b as ArrayBuffer));
    return false;
  }

  #lists(a: readonly unknown[], b: readonly unknown[]): boolean {
    if (a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) {
      // Of long lists most items are the same ones. (0 may be -0, and undefined a hole.)
      const one = a[i];
      if (one === b[i] && one !== undefined && one !== 0) continue;
      const here = i in a;
      if (here !== i in b) return false;
      if (!here) return this.#listsWithHoles(a, b);
      if (!this.same(one, b[i])) return false;
    }
    return bare(a, Reflect.ownKeys(a)) && bare(b, Reflect.ownKeys(b));
  }

  /** A list with holes is as long as it says, not as it is: only what is there is looked at. */
  #listsWithHoles(a: readonly unknown[], b: readonly unknown[]): boolean {
    const [some, others] = [Reflect.ownKeys(a), Reflect.ownKeys(b)];
    if (!bare(a, some) || !bare(b, others)) return false;
    const [here, there] = [indexesIn(some), indexesIn(others)];
    return here.length === there.length && here.every((i) => Object.hasOwn(b, i) && this.same(a[i], b[i]));
  }

  #records(a: object, b: object): boolean {
    const keys = Reflect.ownKeys(a);
    if (keys.length !== Reflect.ownKeys(b).length) return false;
    return keys.every(
      (key) =>
        Object.hasOwn(b, key) &&
        this.same((a as Record<PropertyKey, unknown>)[key], (b as Record<PropertyKey, unknown>)[key]),
    );
  }

  #bytes(a: Uint8Array, b: Uint8Array): boolean {
    if (a.length !== b.length) return false;
    this.#left -= a.length >> 6;
    return this.#left >= 0 && a.every((byte, i) => byte === b[i]);
  }
}

/** True when a list has nothing but items. What hangs on it besides (on a regular expression's match) is not looked at: such lists are not compared. */
function bare(list: readonly unknown[], keys: readonly unknown[]): boolean {
  return keys.length <= list.length + 1;
}

/** The indexes among the keys of a list, in order. */
export function indexesIn(keys: readonly (string | symbol)[]): readonly number[] {
  const indexes = keys.filter((key) => typeof key === "string" && String(Number(key) >>> 0) === key).map(Number);
  return indexes.sort((a, b) => a - b);
}

/** The bytes that a typed array or a view shows. */
export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** A value as it is handed out, shared and remembered: while developing it is frozen, so that a mutation throws where it is made. */
export function handedOut<T>(value: T): T {
  return developing ? frozen(value) : value;
}

/** The same of a list whose items were handed out already: it is not looked into. */
export function listOf(items: unknown[]): readonly unknown[] {
  return developing ? Object.freeze(items) : items;
}

const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
const developing = process?.env?.NODE_ENV !== "production";

/** Freezes plain objects and lists in depth, within the budget, so that a mutation throws where it is made. Gives the value back. */
function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  const waiting: object[] = [value];
  for (let left = budget; waiting.length > 0 && left > 0; left--) {
    try {
      freeze(waiting.pop() as object, waiting);
    } catch {
      // A Proxy may refuse to be looked at; then it stays as it is.
    }
  }
  return value;
}

function freeze(value: object, waiting: object[]): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return;
  if (Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) if (typeof inner === "object" && inner !== null) waiting.push(inner);
}
