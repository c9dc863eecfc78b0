import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { exchange } from "./house.ts";

const root = join(import.meta.dirname, "../..");
const tsx = new URL(import.meta.resolve("tsx")).href;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-cli-"));
});
afterAll(() => rm(folder, { recursive: true }));

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
});

/** Runs the command line as a process of its own. */
function millrace(...words: string[]) {
  const cli = ["--conditions=millrace-source", "--import", tsx, join(root, "src/cli.ts")];
  const env = { ...process.env, MILLRACE_DATA_DIR: join(folder, "data"), GRADIO_SERVER_PORT: "", NO_COLOR: "1" };
  const child = spawn(process.execPath, [...cli, ...words], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  let text = "";
  let look: () => void = () => undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      look();
    });
  }
  const ended = new Promise<{ code: number | null; text: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, text })),
  );
  const says = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      look = () => {
        const found = pattern.exec(text);
        if (found) resolve(found);
      };
      look();
      void ended.then(() => reject(new Error(`It ended without saying ${pattern}:\n${text}`)));
    });
  return { child, says, ended };
}

async function app(name: string, code: string): Promise<string> {
  await writeFile(join(folder, name), code);
  return name;
}

const hanging = `
import { FnNode, Graph, ui } from "millrace";
interface Words { text: string }
const hang = new FnNode(async ({ text }: Words) => {
  setInterval(() => undefined, 1000);
  return new Promise<string>(() => undefined);
}, { name: "Hang", inputs: { text: ui.textbox({ value: "x" }) }, outputs: { out: ui.textbox() } });
`;

describe("millrace app.ts", () => {
  it.each([
    ["default", `${hanging}export default new Graph({ name: "Mill", nodes: [hang] });`],
    ["graph", `${hanging}export const other = 1;\nexport const graph = new Graph({ name: "Mill", nodes: [hang] });`],
  ])(
    "serves the graph exported as %s, and SIGINT ends it in under a second even while a node hangs",
    async (_name, code) => {
      const { child, says, ended } = millrace(
        await app("app.ts", code),
        "--port",
        "0",
        "--no-open",
        "--data-dir",
        join(folder, _name),
      );
      const [, link] = await says(/Mill runs at (http:\S+)/);
      const url = new URL(link as string);
      const { headers } = await exchange(Number(url.port), {
        path: url.pathname + url.search,
        headers: { host: url.host },
      });
      const cookie = headers["set-cookie"]?.[0]?.split(";")[0];
      const ask = (path: string) => exchange(Number(url.port), { path, headers: { host: url.host, cookie } });
      const [sheet] = (JSON.parse((await ask("/api/sheets")).text) as { sheets: { id: string }[] }).sheets;
      const { text } = await ask(`/api/sheets/${sheet?.id}`);
      expect(JSON.parse(text).view.cards.Hang.state).toBe("pending");
      const before = performance.now();
      child.kill("SIGINT");
      expect((await ended).code).toBe(0);
      expect(performance.now() - before).toBeLessThan(1000);
    },
  );

  it("leaves a file alone that launches its graph itself", async () => {
    const code = `${hanging}const server = await new Graph({ name: "Own", nodes: [hang] }).launch({ port: 0, open: false });\nconsole.log("port", new URL(server.url).port);`;
    const { child, says, ended } = millrace(await app("own.ts", code), "--port", "1");
    await says(/port \d+/);
    child.kill("SIGTERM");
    const { code: exit, text } = await ended;
    expect(exit).toBe(0);
    expect(text.match(/runs at/g)).toHaveLength(1);
  });
});

describe("millrace says what is wrong", () => {
  it.each<[string, string, string, RegExp]>([
    ["a mistake in the text", "syntax.ts", "const a = 1;\nconst x = {;\n", /syntax\.ts:2:\d+[\s\S]*const x = \{;/],
    [
      "a wiring mistake, by its line",
      "wiring.ts",
      `${hanging}\nnew FnNode(({ text }: Words) => text, { inputs: { txet: "" } as never, outputs: { o: null } });`,
      /'txet'[\s\S]*Did you mean 'text'\?\n\s+at .*wiring\.ts:9:\d+/,
    ],
  ])("%s", async (_name, file, code, words) => {
    const { code: exit, text } = await millrace(await app(file, code)).ended;
    expect(text).toMatch(words);
    expect(text).not.toMatch(/node_modules|src\/server/);
    expect(exit).toBe(1);
  });

  it("a file that is not there", async () => {
    const missing = await millrace("nix.ts").ended;
    expect([missing.code, missing.text]).toEqual([
      1,
      expect.stringMatching(/^There is no file nix\.ts \(looked for .*nix\.ts\)\.\n$/),
    ]);
  });

  it("its flags", async () => {
    const { text } = await millrace("--help").ended;
    for (const flag of ["--host", "--port", "--open", "--no-open", "--data-dir"]) expect(text).toContain(flag);
  });
});
