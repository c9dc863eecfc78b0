/**
 * About how many bytes a value keeps in memory, so that what is remembered can be bounded. A thousand objects of it are
 * looked at; of larger ones an even sample, which stands for the rest. It never throws and changes nothing.
 */
import { contentId } from "./equal.ts";

/** About the bytes that `value` keeps. */
export function weightOf(value: unknown): number {
  return typeof value === "object" && value !== null ? new Weighing().of(value) : light(value);
}

/** Objects that are looked at, places in all of them and in one of them, and in each when there are no more to spend. */
const mostObjects = 1_000;
const mostPlaces = 10_000;
const mostWithin = 1_000;
const fewest = 8;
/** What an object and a place in it take. */
const object = 48;
const place = 8;

class Weighing {
  readonly #met = new Set<object>();
  /** Objects to look at, each with the number of its like that it stands for. */
  readonly #waiting: { readonly value: object; readonly times: number }[] = [];
  #left = mostPlaces;
  #weight = 0;

  of(value: object): number {
    this.#wait(value, 1);
    let seen = 0;
    for (let i = 0; i < this.#waiting.length && i < mostObjects; i++) {
      const { value, times } = this.#waiting[i] as { value: object; times: number };
      seen += times;
      this.#quietly(() => this.#look(value, times));
    }
    const unseen = this.#waiting.slice(mostObjects).reduce((sum, { times }) => sum + times, 0);
    const weight = Math.ceil(this.#weight * (1 + unseen / seen));
    return isSize(weight) ? weight : object;
  }

  #look(value: object, times: number): void {
    this.#weight += times * (sizeOf(value) ?? object);
    if (sizeOf(value) !== undefined) return;
    if (Array.isArray(value)) return this.#sample(value.length, times, (i) => [value[i]]);
    if (value instanceof Map) return this.#begin(value.size, times, value);
    if (value instanceof Set) return this.#begin(value.size, times, value.entries());
    const keys = Object.keys(value);
    this.#sample(keys.length, times, (i) => [keys[i], (value as Record<string, unknown>)[keys[i] as string]]);
  }

  /** Looks at places spread evenly. */
  #sample(length: number, times: number, at: (i: number) => readonly unknown[]): void {
    const count = this.#share(length);
    const each = (times * length) / count;
    for (let k = 0; k < count; k++) this.#quietly(() => this.#place(at(Math.floor((k * length) / count)), each));
  }

  /** Looks at the first places: a map or a set can be read from its beginning alone. */
  #begin(length: number, times: number, entries: Iterable<readonly unknown[]>): void {
    const count = this.#share(length);
    let left = count;
    for (const entry of entries) {
      if (left-- <= 0) return;
      this.#place(entry, (times * length) / count);
    }
  }

  #share(length: number): number {
    const count = Math.min(length, mostWithin, Math.max(fewest, this.#left));
    this.#left -= count;
    return count;
  }

  #place(held: readonly unknown[], times: number): void {
    for (const value of held) {
      this.#weight += times * place;
      if (typeof value === "object" && value !== null) this.#wait(value, times);
      else this.#weight += times * light(value);
    }
  }

  #wait(value: object, times: number): void {
    if (this.#met.has(value)) return;
    this.#met.add(value);
    this.#waiting.push({ value, times });
  }

  /** What cannot be read weighs what it has shown so far. */
  #quietly(look: () => void): void {
    try {
      look();
    } catch {
      this.#weight += place;
    }
  }
}

/** The size of what tells it: bytes, files, blobs. */
function sizeOf(value: object): number | undefined {
  if (contentId in value && "size" in value && isSize(value.size)) return value.size;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
  return value instanceof Blob ? value.size : undefined;
}

function isSize(size: unknown): size is number {
  return typeof size === "number" && size >= 0 && size < Number.POSITIVE_INFINITY;
}

/** What a value that is no object takes beside its place. */
function light(value: unknown): number {
  if (typeof value === "string") return value.length * 2;
  return typeof value === "bigint" ? Math.ceil(value.toString(16).length / 2) : place;
}
