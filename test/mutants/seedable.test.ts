/** A seeded fault whose place is there no more is no fault: each must still find the one place that it changes, and tests that are there. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { mutants } from "./mutants.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test.each(mutants.map((mutant) => [mutant.name, mutant] as const))("%s", (_, { file, find, put, killers }) => {
  expect(readFileSync(`${root}/${file}`, "utf8").split(find)).toHaveLength(2);
  expect(put).not.toBe(find);
  expect(killers.filter((killer) => !existsSync(`${root}/${killer}`))).toEqual([]);
});

test("the page has a line for each", () => {
  const page = readFileSync(`${root}/test/mutants/README.md`, "utf8");
  expect(mutants.filter(({ name }) => !page.includes(`| ${name} |`)).map(({ name }) => name)).toEqual([]);
});
