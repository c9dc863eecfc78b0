/**
 * When two values are the same value (W6, W7), and the freezing of values handed out. Comparing goes by identity, then by
 * structure within a budget: past it two values count as different, which costs a run and never a wrong result.
 */

/** Objects that carry this are compared by what it gives (a digest) and never looked into. */
export const contentId: unique symbol = Symbol.for("millrace.content-id");

const budget = 10_000;

/** True when `a` and `b` are equal values: plain objects, lists, dates, maps, sets, typed arrays by content, all else by identity. */
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
  readonly #underway = new Map<object, object>();

  same(a: unknown, b: unknown): boolean {
    if (Object.is(a, b)) return true;
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
    if (--this.#left < 0) return false;
    const prototype: unknown = Object.getPrototypeOf(a);
    if (prototype !== Object.getPrototypeOf(b)) return false;
    if (contentId in a && contentId in b) return a[contentId] === b[contentId];
    if (this.#underway.has(a)) return this.#underway.get(a) === b;
    this.#underway.set(a, b);
    const same = this.#contents(a, b, prototype);
    this.#underway.delete(a);
    return same;
  }

  #contents(a: object, b: object, prototype: unknown): boolean {
    if (Array.isArray(a)) return this.#lists(a, b as unknown[]);
    if (prototype === Object.prototype || prototype === null) return this.#records(a, b);
    if (a instanceof Date) return Object.is(a.getTime(), (b as Date).getTime());
    if (a instanceof Map) return this.#lists([...a].flat(), [...(b as Map<unknown, unknown>)].flat());
    if (a instanceof Set) return this.#lists([...a], [...(b as Set<unknown>)]);
    if (ArrayBuffer.isView(a)) return this.#bytes(a, b as ArrayBufferView);
    return false;
  }

  #lists(a: readonly unknown[], b: readonly unknown[]): boolean {
    // What hangs on a list beside its items (a regular expression's match) is not looked at: such lists are not compared.
    if (a.length !== b.length || !bare(a) || !bare(b)) return false;
    for (let i = 0; i < a.length; i++) if (i in a !== i in b || !this.same(a[i], b[i])) return false;
    return true;
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

  #bytes(a: ArrayBufferView, b: ArrayBufferView): boolean {
    if (a.byteLength !== b.byteLength) return false;
    this.#left -= a.byteLength >> 6;
    if (this.#left < 0) return false;
    const one = new Uint8Array(a.buffer, a.byteOffset, a.byteLength);
    const other = new Uint8Array(b.buffer, b.byteOffset, b.byteLength);
    return one.every((byte, i) => byte === other[i]);
  }
}

/** True when a list has nothing but items. */
function bare(list: readonly unknown[]): boolean {
  return Reflect.ownKeys(list).length <= list.length + 1;
}

/** A value as it is handed out, shared and remembered: while developing it is frozen, so that a mutation throws where it is made. */
export function handedOut<T>(value: T): T {
  return developing ? frozen(value) : value;
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
