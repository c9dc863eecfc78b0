/**
 * What it costs to know a value: its fingerprint, its bucket, its weight. Times are of one processor, so that a busy machine
 * does not count. Run it with `node --conditions=millrace-source --import tsx bench/fingerprint.ts`.
 */
import { bucketOf } from "../src/engine/bucket.ts";
import { fingerprintOf } from "../src/engine/fingerprint.ts";
import { weightOf } from "../src/engine/weight.ts";

const letters = "abcdefghij".repeat(20_000_000);
const characters = "abcdefghi水".repeat(10_000_000);
const rows = Array.from({ length: 100_000 }, (_, id) => ({ id, text: `row ${id}` }));
const numbers = Array.from({ length: 1_000_000 }, (_, i) => i / 7);
const bytes = new Uint8Array(5_000_000);
const deep = Array.from({ length: 100_000 }).reduce<unknown>((inner) => [inner], 1);
const print = (value: unknown) => () => fingerprintOf("f", { value });
const few = [1, "A cheetah in the savanna", true, 0.75];

const cases: readonly (readonly [string, times: number, () => unknown])[] = [
  ["fingerprint: four simple inputs", 50_000, () => fingerprintOf("f", { a: 1, b: "A cheetah", c: true, d: 0.75 })],
  ["fingerprint: 100,000 records", 3, print(rows)],
  ["fingerprint: 1,000,000 numbers", 3, print(numbers)],
  ["fingerprint: 100,000 lists, one in the other", 3, print(deep)],
  ["fingerprint: 5 MB of bytes, the first time", 20, () => print(bytes.slice())()],
  ["fingerprint: 5 MB of bytes, again", 5_000, print(bytes)],
  ["fingerprint: a text of 200 million letters", 1, print(letters)],
  ["fingerprint: a text of 100 million characters of two bytes", 1, print(characters)],
  ["bucket: four simple values", 1_000_000, () => bucketOf(few)],
  ["bucket: a text of 200 million letters", 1_000_000, () => bucketOf([letters])],
  ["bucket: 100,000 records", 1_000_000, () => bucketOf([rows])],
  ["weight: four simple values", 1_000_000, () => few.map(weightOf)],
  ["weight: 100,000 records", 200, () => weightOf(rows)],
  ["weight: 1,000,000 numbers", 200, () => weightOf(numbers)],
];

for (const [name, times, act] of cases) {
  for (let i = 0; i < times / 10; i++) act();
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) act();
  console.log(`${name.padEnd(60)}${inWords(process.cpuUsage(before).user / times).padStart(12)}`);
}

function inWords(microseconds: number): string {
  if (microseconds < 1) return `${(microseconds * 1000).toFixed(0)} ns`;
  return microseconds < 1000 ? `${microseconds.toFixed(1)} us` : `${(microseconds / 1000).toFixed(1)} ms`;
}
