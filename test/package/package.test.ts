/** The package as its users get it: packed, installed in an empty folder, used from JavaScript, from TypeScript and by its command. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
const installing = 240_000;

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

let folder: string;
let packed: Packed;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-package-"));
  const { stdout } = await run(root, npm, "pack", "--json", "--ignore-scripts", "--pack-destination", folder);
  [packed] = JSON.parse(stdout) as [Packed];
  await write("package.json", JSON.stringify({ name: "app", private: true, type: "module" }));
  await run(folder, npm, "install", join(folder, packed.filename), "--prefer-offline", "--no-audit", "--no-fund");
}, installing);
afterAll(() => rm(folder, { recursive: true, force: true }));

it("it holds what is used and nothing else", () => {
  const paths = packed.files.map(({ path }) => path);
  const homeless = paths.filter((path) => !/^(dist\/|README\.md$|CHANGELOG\.md$|LICENSE$|package\.json$)/.test(path));
  expect(homeless).toEqual([]);
  expect(paths).toEqual(
    expect.arrayContaining(["dist/index.js", "dist/index.d.ts", "dist/cli.js", "dist/ui/index.html"]),
  );
  expect(paths.filter((path) => /\.test\.|(^|\/)(test|bench|examples)\/|\.map$|\.tsbuildinfo$/.test(path))).toEqual([]);
});

it("every compiled file has its source", () => {
  const compiled = packed.files.map(({ path }) => path).filter((path) => /^dist\/(?!ui\/).*\.js$/.test(path));
  const sourceOf = (path: string) => path.replace(/^dist/, "src").replace(/\.js$/, ".ts");
  expect(compiled.length).toBeGreaterThan(40);
  expect(compiled.filter((path) => !existsSync(join(root, sourceOf(path))))).toEqual([]);
});

it("every file that another one imports is there", async () => {
  const files = packed.files.map(({ path }) => path).filter((path) => /^dist\/(?!ui\/).*\.js$/.test(path));
  const missing: string[] = [];
  for (const file of files) {
    const at = join(folder, "node_modules", "millrace", file);
    for (const [, address = ""] of (await readFile(at, "utf8")).matchAll(imports)) {
      if (!existsSync(join(dirname(at), address))) missing.push(`${file}: ${address}`);
    }
  }
  expect(missing).toEqual([]);
});

it("it is small", () => {
  expect(packed.size).toBeLessThan(1_500_000);
  expect(packed.unpackedSize).toBeLessThan(5_000_000);
  expect(packed.files.length).toBeLessThan(700);
});

it("plain JavaScript imports it", async () => {
  await write("use.js", program);
  const { stdout } = await run(folder, process.execPath, "use.js");
  expect(stdout.trim()).toBe("6 TURNS");
});

it("nodes of apps and of models look for them, and say that they cannot be reached", async () => {
  await write("remote.js", remote);
  const { stdout } = await run(folder, process.execPath, "remote.js");
  expect(stdout.trim()).toBe("App: remote-unreachable\nModel: remote-unreachable");
}, 60_000);

it.each([
  ["JavaScript, by Node", "js", [process.execPath]],
  ["TypeScript, by its command", "ts", ["npx", "--no", "millrace"]],
] as const)("a function runs in a thread, from %s", async (_from, ending, [command, ...options]) => {
  await write(`unit.${ending}`, `export const unit = "bytes";\n`);
  await write(
    `weigh.${ending}`,
    ending === "ts" ? weigh : weigh.replace(": { sack: FileRef }): string", ")").replace("unit.ts", "unit.js"),
  );
  await write(`threads.${ending}`, threads.replaceAll("weigh.ts", `weigh.${ending}`));
  const { stdout } = await run(folder, command, ...options, `threads.${ending}`);
  expect(stdout.trim()).toBe("a file of 40 bytes, beside the event loop");
});

it.each([
  ["with a browser's types", { lib: ["es2023", "dom"], types: [] }],
  ["with Node's types", { lib: ["es2023"], types: ["node"] }],
])("strict TypeScript accepts it and every declaration it reaches, %s alone", async (_with, platform) => {
  await write("use.ts", `${program}const count: number | undefined = sheet.value(twice.outputs.count);\nvoid count;\n`);
  await write("wrong.ts", mistaken);
  const typeRoots = [join(root, "node_modules", "@types")];
  const strict = { strict: true, module: "nodenext", target: "es2023", skipLibCheck: false, noEmit: true };
  const options = { compilerOptions: { ...strict, ...platform, typeRoots }, files: ["use.ts", "wrong.ts"] };
  await write("tsconfig.json", JSON.stringify(options));
  const said = await run(folder, process.execPath, tsc, "-p", ".").catch((refused: { stdout: string }) => refused);
  expect(said.stdout).toBe("");
});

it("plain JavaScript tests its own graph with it, beside fast-check", async () => {
  await linked("fast-check", "pure-rand");
  await write("test.js", testing);
  const { stdout } = await run(folder, process.execPath, "test.js");
  expect(stdout.trim()).toBe("100 properties, and Twice ran\n0");
});

it("strict TypeScript accepts what tests are made of", async () => {
  await linked("fast-check", "pure-rand");
  await write("test.ts", testing.replace("held()", "held<{ n: number }, number>()"));
  const strict = { strict: true, module: "nodenext", target: "es2023", skipLibCheck: false, noEmit: true };
  const platform = { lib: ["es2023"], types: ["node"], typeRoots: [join(root, "node_modules", "@types")] };
  await write("tsconfig.json", JSON.stringify({ compilerOptions: { ...strict, ...platform }, files: ["test.ts"] }));
  const said = await run(folder, process.execPath, tsc, "-p", ".").catch((refused: { stdout: string }) => refused);
  expect(said.stdout).toBe("");
});

it("its command starts an app written in TypeScript", async () => {
  await write("words.ts", `export const loud = (text: string): string => text.toUpperCase();\n`);
  await write("app.ts", app);
  const server = spawn("npx", ["--no", "millrace", "app.ts", "--port", "0", "--no-open", "--data-dir", "data"], {
    cwd: folder,
    env: environment(),
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const link = await new Promise<string>((resolve, reject) => {
      let said = "";
      server.stdout.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        const [, found] = /^Loud runs at (\S+)$/m.exec(said) ?? [];
        if (found) resolve(found);
      });
      server.once("exit", (code) => reject(new Error(`It ended with ${code} and had said: ${said}`)));
    });
    const admitted = await fetch(link, { redirect: "manual" });
    expect(admitted.status).toBe(303);
    const cookie = (admitted.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const page = await fetch(new URL("/", link), { headers: { cookie } });
    expect(page.status).toBe(200);
    const html = await page.text();
    const [script = ""] = /assets\/[\w.-]+\.js/.exec(html) ?? [];
    expect((await fetch(new URL(script, link), { headers: { cookie } })).status).toBe(200);
    const all = (await (await fetch(new URL("/api/sheets", link), { headers: { cookie } })).json()) as {
      sheets: { id: string }[];
    };
    const sheet = await fetch(new URL(`/api/sheets/${all.sheets[0]?.id}`, link), { headers: { cookie } });
    expect(await sheet.json()).toMatchObject({
      view: { graph: "Loud", cards: { Shout: { outputs: [{ value: { value: "WATER" } }] } } },
    });
  } finally {
    // npx passes no signal on to what it started; the whole group is told.
    const ended = once(server, "exit");
    if (server.exitCode === null) process.kill(-server.pid!, "SIGTERM");
    await ended;
  }
});

it("its command says what is wrong with an app, and what to write", async () => {
  await write("empty.ts", "export const n = 1;\n");
  const attempt = run(folder, "npx", "--no", "millrace", "empty.ts");
  await expect(attempt).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("export default new Graph") });
});

const program = `import { FnNode, Graph, ui } from "millrace";

const twice = new FnNode(({ n }) => n * 2, {
  name: "Twice",
  inputs: { n: ui.number({ value: 3 }) },
  outputs: { count: ui.number() },
});
const words = new FnNode(async ({ count }) => count + " TURNS", {
  name: "Words",
  inputs: { count: twice.outputs.count },
  outputs: { line: ui.textbox() },
});
const sheet = new Graph({ name: "Turns", nodes: [words] }).sheet();
await sheet.settled();
console.log(sheet.value(words.outputs.line));
`;

const remote = `import { GradioNode, Graph, InferenceNode, ui } from "millrace";

process.env.HF_ENDPOINT = process.env.HF_INFERENCE_ENDPOINT = "http://127.0.0.1:9";
process.env.HF_TOKEN = "none";
const text = ui.textbox({ value: "water" });
const app = new GradioNode("http://127.0.0.1:9", { name: "App", apiName: "/say", inputs: { text }, outputs: { said: null } });
const model = new InferenceNode("some/model", { name: "Model", task: "translation", inputs: { text }, outputs: { said: null } });
const sheet = new Graph({ name: "Far", nodes: [app, model] }).sheet();
for (const node of [app, model]) {
  const end = await sheet.run(node);
  console.log(node.name + ": " + (end.kind === "failed" ? end.failure.reason + (end.failure.reason === "threw" ? end.failure.message : "") : end.kind));
}
process.exit();
`;

/** Where a file says what it needs of its own package, at once or later. */
const imports = /^(?!\s*(?:\*|\/\/)).*?(?:\bfrom |\bimport\(|^import )"(\.{1,2}\/[^"]+)"/gm;

const testing = `import * as fc from "fast-check";
import { FnNode, Graph, ui } from "millrace";
import { apply, differences, edits, evaluate, graphs, held, ledger, values } from "millrace/testing";

const turns = ui.slider({ minimum: 0, maximum: 9 });
let count = 0;
fc.assert(fc.property(values(turns), (n) => { count++; return n <= 9; }));

const slow = held();
const twice = new FnNode(slow.fn, { name: "Twice", inputs: { n: turns }, outputs: { n: ui.number() } });
const sheet = new Graph({ name: "Turns", nodes: [twice] }).sheet();
const ran = ledger(sheet);
sheet.set(twice.inputs.n, 3);
(await slow.started()).finish(0);
(await slow.started()).finish(6);
await sheet.settled();
console.log(\`\${count} properties, and \${ran.take()} ran\`);

const story = graphs({ maxNodes: 3 }).chain(({ graph }) => edits(graph).map((drawn) => ({ graph, drawn })));
await fc.assert(
  fc.asyncProperty(story, async ({ graph, drawn }) => {
    const sheet = graph.sheet();
    for (const edit of drawn) await apply(sheet, edit);
    await sheet.settled();
    for (const found of await differences(sheet)) throw new Error(String(found));
    sheet.close();
  }),
  { numRuns: 20 },
);
const half = new FnNode(({ n }) => n / 2, { name: "Half", inputs: { n: turns }, outputs: { n: ui.number() } });
const scratch = await evaluate(new Graph({ name: "Half", nodes: [half] }).sheet());
console.log(scratch.value(half.outputs.n));
`;

const weigh = `import { isMainThread } from "node:worker_threads";
import { FileRef } from "millrace";
import { unit } from "./unit.ts";

export function weigh({ sack }: { sack: FileRef }): string {
  const what = sack instanceof FileRef ? "a file" : "no file";
  return what + " of " + sack.size + " " + unit + (isMainThread ? ", in" : ", beside") + " the event loop";
}
`;

const threads = `import { FileRef, FnNode, Graph } from "millrace";
import { weigh } from "./weigh.ts";

const sack = await FileRef.fromBytes(new Uint8Array(40), { name: "sack.bin" });
const node = FnNode.inWorker(weigh, new URL("./weigh.ts", import.meta.url), {
  name: "Weigh",
  inputs: { sack },
  outputs: { said: null },
});
const sheet = new Graph({ name: "Weights", nodes: [node] }).sheet();
await sheet.settled();
const said = sheet.signal(node.outputs.said);
console.log(said.kind === "ready" ? said.value : said);
process.exit();
`;

const mistaken = `import { FnNode, ui } from "millrace";

// @ts-expect-error A function that takes a number cannot be fed by text.
new FnNode(({ n }: { n: number }) => n, { name: "N", inputs: { n: ui.textbox() }, outputs: { n: ui.number() } });
`;

const app = `import { FnNode, Graph, ui } from "millrace";
import { loud } from "./words.ts";

const shout = new FnNode(({ text }: { text: string }): string => loud(text), {
  name: "Shout",
  inputs: { text: ui.textbox({ value: "water" }) },
  outputs: { loud: ui.textbox() },
});
export default new Graph({ name: "Loud", nodes: [shout] });
`;

/** What a user has installed beside it. */
async function linked(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const there = join(folder, "node_modules", name);
    if (!existsSync(there)) await symlink(join(root, "node_modules", name), there, "junction");
  }
}

function write(name: string, text: string): Promise<void> {
  return writeFile(join(folder, name), text);
}

/** What npm and the test runner tell their own children; how to reach the registry stays. */
const notTheirs =
  /^(npm_(?!config_)|npm_config_(local_prefix|prefix|global|loglevel)$|NODE_(ENV|OPTIONS|PATH)$|VITEST|INIT_CWD)/;

/** Runs a command there, as a stranger would. */
function run(cwd: string, command: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(command, args, { cwd, env: environment(), maxBuffer: 16 * 1024 * 1024 });
}

function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !notTheirs.test(name)));
}
