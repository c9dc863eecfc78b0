/** `docs/LAWS.md` and the tests say the same: every law has a test where the page says, every number that a test cites is a law. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const page = readFileSync(join(root, "docs/LAWS.md"), "utf8");

/** The laws as the page states them: number, and the test files that it names. */
const laws = [...page.matchAll(/^- \*\*([A-Z]\d+)\*\* ([\s\S]*?)(?=\n- |\n\n|\n$)/gm)].map(
  ([, number = "", text = ""]) => ({
    number,
    files: [...text.matchAll(/\]\(\.\.\/(test\/[^)]+)\)/g)].map(([, file = ""]) => file),
  }),
);

/** The numbers that a test file cites at the beginning of a name. */
function cited(file: string): readonly string[] {
  const source = readFileSync(join(root, file), "utf8");
  return [...source.matchAll(/["'`]\[([A-Z]\d+(?:, [A-Z]\d+)*)\] /g)].flatMap(([, numbers = ""]) =>
    numbers.split(", "),
  );
}

const files = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => relative(root, join(root, "test", file)));
const citations = new Map(files.map((file) => [file, cited(file)]));

test("the page numbers its laws once each", () => {
  const numbers = laws.map((law) => law.number);
  expect(numbers.length).toBeGreaterThan(30);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test.each(laws)("$number is shown where the page says", ({ number, files }) => {
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect(citations.get(file), `${file} cites no [${number}]`).toContain(number);
});

test("every number that a test cites is a law", () => {
  const known = new Set(laws.map((law) => law.number));
  const strangers = [...citations].flatMap(([file, numbers]) =>
    numbers.filter((number) => !known.has(number)).map((number) => `${file}: [${number}]`),
  );
  expect(strangers).toEqual([]);
});
