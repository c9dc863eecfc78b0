/** `millrace sheets` and `--delete-sheets`: what the command line does with a data folder, without any app. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { addSheets, deleteSheets, sizeIn } from "../../src/cli/sheets.ts";
import { FileRef, FnNode, Graph, ui } from "../../src/index.ts";

let dataDir = "";
let said: string[] = [];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "millrace-cli-"));
  said = [];
  vi.spyOn(console, "log").mockImplementation((line) => void said.push(String(line)));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(dataDir, { recursive: true, force: true });
});

function app(persistKey: string) {
  const show = new FnNode(({ picture }: { picture: FileRef }) => picture, {
    name: "Show",
    inputs: { picture: ui.image() },
    outputs: { picture: ui.image() },
  });
  return { show, graph: new Graph({ name: "Pictures", nodes: [show], persistKey }) };
}

async function millrace(...words: string[]): Promise<string> {
  said = [];
  const program = new Command().exitOverride().option("--data-dir <folder>");
  addSheets(program, () => program.opts());
  await program.parseAsync(["node", "millrace", "--data-dir", dataDir, ...words]);
  return said.join("\n");
}

async function madeSheet(persistKey: string, fill: number): Promise<string> {
  const { graph, show } = app(persistKey);
  const sheets = await graph.sheets({ dataDir });
  const sheet = await sheets.create({ name: `of ${persistKey}` });
  sheet.set(show.inputs.picture, await FileRef.fromBytes(new Uint8Array(50_000).fill(fill), { type: "image/png" }));
  await sheets.close();
  return sheet.id;
}

test("lists sheets with their sizes, takes one out and puts it in again", async () => {
  expect(await millrace("sheets")).toContain("No sheets in");
  const id = await madeSheet("one", 1);
  expect(await millrace("sheets")).toMatch(new RegExp(`^${id}  5\\d\\.\\d kB  \\d{4}-.*  one  local  of one$`));
  const file = join(dataDir, "taken.millrace");
  expect(await millrace("sheets", "export", id.slice(0, 8), file)).toContain("kB");
  expect(await millrace("sheets", "import", file)).toMatch(/^of one: [0-9a-f]{32}$/);
  expect((await millrace("sheets")).split("\n")).toHaveLength(2);
  await expect(millrace("sheets", "export", "nowhere", join(dataDir, "x"))).rejects.toThrow(
    "There is no sheet 'nowhere'",
  );
});

test("deletes the sheets of one graph, or really all, with every file that nothing else leads to", async () => {
  await madeSheet("one", 1);
  await madeSheet("two", 2);
  await deleteSheets({ dataDir }, "one");
  expect(said.at(-1)).toContain("Deleted 1 sheet of one");
  expect((await millrace("sheets")).split("\n")).toHaveLength(1);
  expect(await files("blobs")).toHaveLength(1);
  await deleteSheets({ dataDir });
  expect(said.at(-1)).toContain("Deleted 1 sheet from");
  expect(await files("")).toEqual(expect.not.arrayContaining([expect.stringMatching(/jsonl|[0-9a-f]{32}/)]));
});

test("says sizes as people read them", () => {
  expect([0, 999, 1234, 123_456, 5_000_000].map(sizeIn)).toEqual(["0 B", "999 B", "1.2 kB", "123 kB", "5.0 MB"]);
});

async function files(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(dataDir, folder), { recursive: true, withFileTypes: true });
  return names.filter((name) => name.isFile()).map(({ name }) => name);
}
