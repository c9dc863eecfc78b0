/** Random numbers and texts within what a component's options allow. */
import * as fc from "fast-check";

type Options = Readonly<Record<string, unknown>>;

/** Numbers from `minimum` to `maximum`, whole steps from `minimum` (or from 0) where there is a `step`. */
export function numbers(options: Options): fc.Arbitrary<number> {
  const { minimum, maximum, step } = options as { minimum?: number; maximum?: number; step?: number };
  const least = minimum ?? Math.min(-1e6, (maximum ?? 0) - 1e6);
  const most = maximum ?? Math.max(1e6, least + 1e6);
  if (step === undefined) return decimals(least, most);
  const base = minimum ?? 0;
  const last = Math.floor((most - base) / step + 1e-9);
  const first = Math.min(last, Math.max(Math.ceil((least - base) / step - 1e-9), last - 1e6));
  // Adding decimals leaves a trace at the sixteenth digit, which may lie beyond an end.
  const at = (n: number) => clamped(Number((base + n * step).toPrecision(12)), minimum ?? -Infinity, most);
  return fc.integer({ min: first, max: last }).map(at);
}

function decimals(min: number, max: number): fc.Arbitrary<number> {
  const any = fc.double({ min, max, noNaN: true });
  const [low, high] = [Math.ceil(min), Math.floor(max)];
  return low > high ? any : fc.oneof({ weight: 3, arbitrary: fc.integer({ min: low, max: high }) }, any);
}

function clamped(n: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, n));
}

/** A word, in small letters. */
export const word: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom(..."aeiomnrst"),
  minLength: 1,
  maxLength: 6,
});

/** A few words. */
export const words: fc.Arbitrary<string> = fc.array(word, { maxLength: 4 }).map((list) => list.join(" "));

/** Texts up to `maxLength`, of any letters; with several `lines` also of several; of the `type` that is asked for. */
export function texts(options: Options): fc.Arbitrary<string> {
  const { maxLength = 40, lines = 1, type } = options as { maxLength?: number; lines?: number; type?: string };
  const cut = (text: string) => text.slice(0, maxLength);
  if (type === "email") return word.map((name) => cut(`${name}@example.org`));
  if (type === "url") return word.map((name) => cut(`https://example.org/${name}`));
  const plain = lines > 1 ? fc.array(words, { maxLength: 3 }).map((all) => all.join("\n")) : words;
  const short = plain.map(cut);
  // Of any script, a letter may be several characters long.
  const any = fc.string({ unit: "grapheme", maxLength: Math.min(8, maxLength) });
  return fc.oneof(
    { weight: 2, arbitrary: short },
    any.filter((text) => text.length <= maxLength),
  );
}
