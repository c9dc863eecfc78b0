/** The README cannot lie: its quickstart is the very file, its code runs, its commands exist, its pictures and links are there. */
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const readme = read("README.md");
const firstScreen = readme.slice(0, readme.indexOf("\n## "));
const blocks = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, "g"))].map((match) => match[1] ?? "");

it("the first screen's code is the quickstart, to the letter", () => {
  expect(blocks(firstScreen, "ts")).toEqual([read("examples/01-quickstart/app.ts")]);
});

it("the first screen says the two commands, and the package knows them", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const said = blocks(firstScreen, "sh").join("\n");
  expect(said).toContain("npm ci && npm start");
  expect(said).toContain("npm ci && npm test");
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(["start", "test", "picture"]));
});

it("the first screen shows the canvas", () => {
  expect(firstScreen).toMatch(/!\[[^\]]{20,}\]\(docs\/pictures\/[\w-]+\.png\)/);
});

it.each(["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/TESTING.md"])(
  "every picture and file that %s leads to exists",
  (document) => {
    const targets = [...read(document).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1] ?? "");
    expect(targets.filter((target) => !existsSync(join(root, dirname(document), target)))).toEqual([]);
  },
);

it("the code about testing one's own graph is that of the tests, to the letter", () => {
  const shown = blocks(read("docs/TESTING.md"), "ts");
  const tests = ["own-graph", "time"].map((name) => read(`test/testing/${name}.test.ts`));
  expect(shown).toHaveLength(tests.length);
  for (const [i, code] of shown.entries()) expect(tests[i]?.includes(code)).toBe(true);
});

it("the code composed without a server prints what its comments say", async () => {
  const [code = ""] = blocks(readme.slice(firstScreen.length), "ts");
  const promised = [...code.matchAll(/\/\/ ([A-Z ]+ \(\d+\))$/gm)].map((match) => match[1]);
  expect(promised.length).toBeGreaterThan(0);
  const options = ["--conditions=millrace-source", "--import", "tsx", "--input-type=module", "--eval", code];
  const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: root });
  expect(stdout.trim().split("\n")).toEqual(promised);
});
