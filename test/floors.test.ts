import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, it } from "vitest";

/** Folders are floors: a file imports from its own floor or from one below it. */
const floors: Readonly<Record<string, number>> = {
  protocol: 0,
  engine: 1,
  nodes: 4,
  persist: 5,
  testing: 5,
  server: 6,
  ui: 6,
  browser: 7,
  index: 7,
  cli: 7,
};

interface Import {
  readonly file: string;
  readonly from: string;
}

const source = join(import.meta.dirname, "..", "src");
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const imports: readonly Import[] = files.flatMap((file) => {
  const text = readFileSync(join(source, file), "utf8");
  const found = text.matchAll(
    /(?:^|\s)(?:import|export)\s[^;"']*?from\s*["']([^"']+)["']|import\(\s*["']([^"']+)["']|^import\s+["']([^"']+)["']/gm,
  );
  return [...found].map((match) => ({ file, from: match[1] ?? match[2] ?? match[3] ?? "" }));
});
const own = imports.filter(({ from }) => from.startsWith("."));

function floorOf(path: string): number | undefined {
  return floors[path.split("/")[0]?.replace(/\.ts$/, "") ?? ""];
}
function targetOf({ file, from }: Import): string {
  return relative(source, join(source, dirname(file), from));
}

it("reads the imports of every source file", () => {
  expect(files.length).toBeGreaterThan(40);
  expect(own.length).toBeGreaterThan(100);
  for (const file of files) expect(floorOf(file), `${file} stands on no floor`).toBeDefined();
});

it("imports go down only", () => {
  const upward = own.filter((one) => (floorOf(targetOf(one)) ?? 0) > (floorOf(one.file) ?? 0));
  expect(upward).toEqual([]);
});

it("the engine imports rxjs and nothing else from outside", () => {
  const outside = imports.filter(({ file, from }) => file.startsWith("engine/") && !from.startsWith("."));
  expect([...new Set(outside.map(({ from }) => from))]).toEqual(["rxjs"]);
});

it("the engine imports nothing of ours but itself", () => {
  expect(own.filter((one) => one.file.startsWith("engine/") && !targetOf(one).startsWith("engine/"))).toEqual([]);
});

it("what tests are made of imports the engine, the nodes, rxjs and fast-check, and none but its door imports it", () => {
  const testing = imports.filter(({ file }) => file.startsWith("testing/"));
  const outside = testing.filter(({ from }) => !from.startsWith(".")).map(({ from }) => from);
  expect([...new Set(outside)].filter((from) => !["rxjs", "fast-check"].includes(from))).toEqual([]);
  const foreign = testing.filter(({ from }) => from.startsWith(".")).map(targetOf);
  expect(foreign.filter((target) => !/^(engine|nodes|testing)\//.test(target))).toEqual([]);
  const users = own.filter((one) => !one.file.startsWith("testing/") && targetOf(one).startsWith("testing"));
  expect([...new Set(users.map(({ file }) => file))]).toEqual(["testing.ts"]);
});

it("the screen imports only the protocol of ours", () => {
  const foreign = own.filter((one) => one.file.startsWith("ui/") && !targetOf(one).startsWith("ui/"));
  expect([...new Set(foreign.map(targetOf))].filter((target) => !/^protocol[./]/.test(target))).toEqual([]);
});

it("the protocol imports nothing but itself", () => {
  const told = imports.filter(({ file }) => /^protocol[./]/.test(file));
  expect(told.length).toBeGreaterThan(0);
  expect(told.filter((one) => !/^protocol[./]/.test(targetOf(one)))).toEqual([]);
});
