/**
 * A number by which remembered runs are found: equal values always have the same one, different ones seldom. It is read
 * off the outside of each value (its class, its length, a few characters) and no value is walked through.
 */
import { contentId } from "./equal.ts";
import { numberOf } from "./identity.ts";

/** The bucket of some values in this order. */
export function bucketOf(values: readonly unknown[]): number {
  let mixed = values.length;
  for (let i = 0; i < values.length; i++) mixed = mix(mixed, outside(values[i]));
  return mixed;
}

function mix(a: number, b: number): number {
  const product = Math.imul(a ^ b ^ (a >>> 15), 0x9e3779b1);
  return (product ^ (product >>> 13)) | 0;
}

function outside(value: unknown): number {
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
      return value === null ? 4 : outsideOf(value as object);
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

function outsideOf(object: object): number {
  try {
    if (contentId in object) return byId(object[contentId]);
    if (Array.isArray(object)) return mix(6, object.length);
    const prototype: unknown = Object.getPrototypeOf(object);
    if (prototype === Object.prototype) return mix(7, Reflect.ownKeys(object).length);
    if (prototype === null) return mix(8, Reflect.ownKeys(object).length);
    if (object instanceof Date) return mix(9, number(object.getTime()));
    if (object instanceof Map) return mix(10, object.size);
    if (object instanceof Set) return mix(11, object.size);
    if (ArrayBuffer.isView(object) || object instanceof ArrayBuffer) return mix(12, object.byteLength);
  } catch {
    // It cannot be read, so it is equal to itself alone.
  }
  return numberOf(object);
}

function byId(id: unknown): number {
  return typeof id === "string" ? text(id) : typeof id === "number" ? number(id) : 13;
}
