/** The engine in a page: no server, no Node, and a strict policy that lets nothing be compiled at run time. */
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../support/browser.ts";

const root = join(import.meta.dirname, "../..");
const door = join(root, "dist/browser.js");
let folder: string;
let browser: Browser;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millrace-page-"));
  [browser, server] = await Promise.all([openBrowser(), serving()]);
});
afterAll(async () => {
  await browser?.close();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The one script that Vite makes of an entry, as any app's build would. */
async function bundled(entry: string, external: RegExp | undefined): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: "error",
    root,
    resolve: { alias: { millrace: door } },
    build: {
      write: false,
      target: "es2023",
      rolldownOptions: { input: entry, preserveEntrySignatures: "strict", ...(external && { external }) },
    },
  });
  const [one, ...others] = (made as { output: { type: string; code: string }[] }).output;
  expect(others).toEqual([]);
  return (one as { code: string }).code;
}

async function serving(): Promise<Server> {
  const script = await bundled(join(root, "test/support/pages/sheet.ts"), undefined);
  const made = createServer((request, response) => {
    const isScript = request.url === "/sheet.js";
    response.writeHead(200, {
      "content-type": isScript ? "text/javascript" : "text/html",
      "content-security-policy": "default-src 'self'",
    });
    response.end(
      isScript
        ? script
        : '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/sheet.js"></script>',
    );
  });
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  return made;
}

test("a sheet lives in a page without a server: it scatters, remembers, chooses, waits for a person and refuses", async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const told = await page.evaluate(() => (globalThis as unknown as { told: Promise<unknown> }).told);
  expect(told).toEqual({
    first: ["times 1", "times 2", "times 3"],
    second: ["times 5"],
    seen: [60, 90, 10 * 50 * 30],
    approved: 10 * 50 * 30,
    file: {
      id: createHash("sha256").update("water").digest("hex"),
      name: "river.txt",
      type: "text/plain",
      size: 5,
    },
    refused: "wrong-type",
  });
  expect(complaints).toEqual([]);
});

test("engine and function nodes weigh less than 48 kB, gzipped, without rxjs", async () => {
  const entry = join(folder, "door.js");
  await writeFile(entry, `export { Graph, FnNode } from ${JSON.stringify(door)};`);
  const code = await bundled(entry, /^rxjs/);
  expect(code).not.toContain("parseExpressionAt");
  const weight = gzipSync(code, { level: 9 }).length;
  console.log(`Engine and function nodes: ${(weight / 1000).toFixed(1)} kB gzipped.`);
  expect(weight).toBeLessThan(48_000);
  expect(await readFile(door, "utf8")).not.toContain("server/");
});
