/**
 * A number by which remembered runs are found: equal values always have the same one, different ones seldom. Of a list or a plain
 * object the items are looked at, of those in it a few, and of what is further in the outside alone (its class, its length):
 * a list of thousands in which one item was edited is another number, and nothing is walked through to its end.
 */
import { contentId } from "./equal.ts";
import { numberOf } from "./identity.ts";

/** The bucket of some values in this order. */
export function bucketOf(values: readonly unknown[]): number {
  let bucket = values.length;
  for (let i = 0; i < values.length; i++) bucket = bucketWith(bucket, values[i]);
  return bucket;
}

/** The bucket of one value more. */
export function bucketWith(bucket: number, value: unknown): number {
  return mix(bucket, look(value, 0));
}

/** By depth, how many items of a list are looked at, and how many keys an object may have to be looked into. */
const mostItems = [10_000, 16, 0];
const mostKeys = [64, 8, 0];

function mix(a: number, b: number): number {
  const product = Math.imul(a ^ b ^ (a >>> 15), 0x9e3779b1);
  return (product ^ (product >>> 13)) | 0;
}

function look(value: unknown, depth: number): number {
  switch (typeof value) {
    case "string":
      return text(value);
    case "number":
      return number(value);
    case "boolean":
      return value ? 1 : 2;
    case "undefined":
      return 3;
    case "bigint":
      return Number(BigInt.asIntN(32, value));
    case "symbol":
    case "function":
      return numberOf(value);
    default:
      return value === null ? 4 : lookInto(value as object, depth);
  }
}

const float = new Float64Array(1);
const halves = new Int32Array(float.buffer);

function number(value: number): number {
  if ((value | 0) === value) return value | 0;
  // There is one NaN and many ways to write it.
  if (Number.isNaN(value)) return 5;
  float[0] = value;
  return mix(halves[0] as number, halves[1] as number);
}

const looks = 16;

/** The length and some characters from all along it, the last among them. */
function text(value: string): number {
  const { length } = value;
  let mixed = length;
  const step = length <= looks ? 1 : length / looks;
  for (let at = length - 1; at >= 0; at -= step) mixed = mix(mixed, value.charCodeAt(at));
  return mixed;
}

function lookInto(object: object, depth: number): number {
  try {
    if (contentId in object) return byId(object[contentId]);
    if (Array.isArray(object)) return list(object, depth);
    const prototype: unknown = Object.getPrototypeOf(object);
    if (prototype === Object.prototype) return mix(7, record(object, depth));
    if (prototype === null) return mix(8, record(object, depth));
    if (object instanceof Date) return mix(9, number(object.getTime()));
    if (object instanceof Map) return mix(10, object.size);
    if (object instanceof Set) return mix(11, object.size);
    if (ArrayBuffer.isView(object) || object instanceof ArrayBuffer) return mix(12, object.byteLength);
  } catch {
    // It cannot be read, so it is equal to itself alone.
  }
  return numberOf(object);
}

function list(items: readonly unknown[], depth: number): number {
  const { length } = items;
  let mixed = mix(6, length);
  const most = mostItems[depth] as number;
  if (most === 0) return mixed;
  const step = length <= most ? 1 : length / most;
  for (let at = 0; at < length; at += step) mixed = mix(mixed, look(items[Math.floor(at)], depth + 1));
  return mixed;
}

/** A sum: the same keys in another order are the same object. */
function record(object: object, depth: number): number {
  const keys = Reflect.ownKeys(object);
  let sum = keys.length;
  if (keys.length > (mostKeys[depth] as number)) return sum;
  for (const key of keys)
    if (typeof key === "string")
      sum = (sum + mix(text(key), look((object as Readonly<Record<string, unknown>>)[key], depth + 1))) | 0;
  return sum;
}

function byId(id: unknown): number {
  return typeof id === "string" ? text(id) : typeof id === "number" ? number(id) : 13;
}
