/**
 * Numbers for what is compared by identity: each object, function and symbol is given one when it is first met and keeps
 * it for as long as it lives. Nothing is asked of the object itself, so one that throws on everything has a number too.
 */

const numbers = new WeakMap<WeakKey, number>();
/** Where symbols may not be weakly held they stay: an author writes few. */
const strong = new Map<unknown, number>();
let given = 0;

/** The number of this very object, function or symbol. */
export function numberOf(one: object | symbol): number {
  const known = numbers.get(one as WeakKey) ?? strong.get(one);
  if (known !== undefined) return known;
  given += 1;
  try {
    numbers.set(one as WeakKey, given);
  } catch {
    strong.set(one, given);
  }
  return given;
}

const classes = new WeakMap<object, string>();
const namesakes = new Map<string, number>();

/**
 * A name for the class whose prototype this is. Two classes never share one: the second of the same name is told apart
 * by a number, so that the first, as the built-in ones are, is called the same in every process.
 */
export function classOf(prototype: object): string {
  const known = classes.get(prototype);
  if (known !== undefined) return known;
  const name = nameOf(prototype);
  const earlier = namesakes.get(name) ?? 0;
  namesakes.set(name, earlier + 1);
  const made = `${name}#${earlier}`;
  classes.set(prototype, made);
  return made;
}

function nameOf(prototype: object): string {
  try {
    const { name } = prototype.constructor;
    return typeof name === "string" ? name : "";
  } catch {
    return "";
  }
}

const typed = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array];
const wide = [Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView, ArrayBuffer];
for (const { prototype } of [Object, Array, Date, Map, Set, ...typed, ...wide]) classOf(prototype);
