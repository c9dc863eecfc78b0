import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as library from "../../src/index.ts";
import { graphOf, loadApp } from "../../src/server/app-file.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-app-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function load(files: Readonly<Record<string, string>>): Promise<library.Graph> {
  for (const [name, code] of Object.entries(files)) await writeFile(join(folder, name), code);
  const path = join(folder, "app.ts");
  const app = await loadApp(path, library);
  try {
    return graphOf("app.ts", app.exports) as library.Graph;
  } finally {
    await app.close();
  }
}

const two = `
import { FnNode, Graph, ui } from "millrace";
const node = new FnNode(({ a }: { a: number }): number => a, { name: "Same", inputs: { a: ui.number({ value: 1 }) }, outputs: { out: ui.number() } });
`;

describe("an app's file", () => {
  it("shares this very package with the app, types and other files of its own", async () => {
    const graph = await load({
      "app.ts": `${two}import { name } from "./name.ts";\nenum Kind { One = "one" }\nexport default new Graph({ name: name + Kind.One, nodes: [node] });`,
      "name.ts": 'export const name: string = "Mill ";',
    });
    expect(graph).toBeInstanceOf(library.Graph);
    expect(graph.name).toBe("Mill one");
  });

  it.each(["default", "graph", "anything"])("gives the graph exported as %s", async (name) => {
    const said = name === "default" ? "export default" : `export const ${name} =`;
    const code = `${two}export const other = 1;\n${said} new Graph({ name: "Mill", nodes: [node] });`;
    expect((await load({ "app.ts": code })).name).toBe("Mill");
  });

  it.each<[string, string, RegExp]>([
    [
      "exports no graph",
      'export const a = "x";',
      /^app\.ts exports no graph: a \(the text "x"\)\.\nWrite: export default new Graph/,
    ],
    ["exports nothing", "", /^app\.ts exports nothing, and no graph was launched in it\.\nWrite/],
    [
      "exports two graphs",
      `${two}export const a = new Graph({ name: "A", nodes: [node] });\nexport const b = new Graph({ name: "B", nodes: [node] });`,
      /^app\.ts exports 2 graphs and none as default: a \(a graph\), b \(a graph\)\.\nWrite/,
    ],
    [
      "imports a file that is not there",
      'import { a } from "./nowhere.ts";\nconsole.log(a);',
      /could not be loaded: .*nowhere\.ts/,
    ],
    [
      "imports a package that is not there",
      'import { a } from "no-such-package";\nconsole.log(a);',
      /could not be loaded: .*no-such-package/,
    ],
    ["throws what is no error", "throw 7;", /threw 7 while it was loaded/],
  ])("that %s is refused in words", async (_name, code, words) => {
    await expect(load({ "app.ts": code })).rejects.toThrow(words);
  });
});
