import { mkdtemp, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Graph } from "../../src/index.ts";
import { hostsOf, originOf, wantedAddress } from "../../src/server/address.ts";
import { type LaunchOptions, launch, launched, type Server, type Surroundings } from "../../src/server/launch.ts";
import { exchange, type Said } from "./house.ts";
import { held, sums } from "./small-graphs.ts";

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "millrace-launch-"));
});
afterAll(() => rm(dataDir, { recursive: true }));

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(graph: Graph, options: LaunchOptions = {}, around: Partial<Surroundings> = {}) {
  const said: string[] = [];
  const opened: string[] = [];
  const open = async (url: string) => opened.push(url) > 0;
  const server = await launch(
    graph,
    { dataDir, ...options },
    { env: {}, terminal: false, say: (line) => said.push(line), open, ...around },
  );
  servers.push(server);
  const { port, host } = new URL(server.url);
  return { server, said, opened, port: Number(port), host };
}

async function enter({ server, port, host }: { server: Server; port: number; host: string }) {
  const { pathname, search } = new URL(server.url);
  const { status, headers } = await exchange(port, { path: pathname + search, headers: { host } });
  expect(status).toBe(303);
  const cookie = headers["set-cookie"]?.[0]?.split(";")[0];
  return (said: Said) => exchange(port, { ...said, headers: { host, cookie, ...said.headers } });
}

describe("a launch", () => {
  it("serves the graph at the address it gives, a fresh token each time it is read", async () => {
    const here = await start(sums().graph, { port: 0 });
    expect(here.server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}$/);
    expect(here.server.url).not.toBe(here.server.url);
    expect(here.said).toHaveLength(1);
    expect(here.said[0]).toMatch(/^Sums runs at http:\/\/127\.0\.0\.1:\d+\/\?token=/);
    const ask = await enter(here);
    const { text } = await ask({ path: "/api/sheets" });
    const [sheet] = (JSON.parse(text) as { sheets: { id: string; name: string }[] }).sheets;
    const view = await ask({ path: `/api/sheets/${sheet?.id}` });
    expect(JSON.parse(view.text)).toMatchObject({ view: { graph: "Sums", order: ["Double", "Add"] } });
  });

  it("graph.launch() is this", async () => {
    const server = await sums().graph.launch({ port: 0, open: false, dataDir });
    servers.push(server);
    expect(server.url).toContain("token=");
  });

  it("twice takes the next port", async () => {
    const first = await start(sums().graph);
    const second = await start(sums().graph);
    expect(second.port).toBeGreaterThan(first.port);
    expect(first.port).toBeGreaterThanOrEqual(7860);
  });

  it("on a port asked for that is taken says so and what to do, and has run nothing", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    const { graph, runs } = held();
    await expect(start(graph, { port })).rejects.toThrow(
      new RegExp(`Port ${port} is taken.*Stop it, or choose another`),
    );
    await expect(start(graph, {}, { env: { GRADIO_SERVER_PORT: String(port) } })).rejects.toThrow(/is taken/);
    expect(runs.begun).toEqual([]);
    expect(launched()).toBe(false);
    // The graph is not spent: no sheet of it was opened.
    expect(() => graph.add()).not.toThrow();
    other.close();
  });

  it("where this machine is not says so", async () => {
    await expect(start(sums().graph, { host: "203.0.113.7", port: 0 })).rejects.toThrow(
      /has no address '203\.0\.113\.7'/,
    );
  });

  it("keeps its key in the data folder, so that a browser is still in after a restart", async () => {
    const first = await start(sums().graph);
    const ask = await enter(first);
    expect((await ask({ path: "/api/sheets" })).status).toBe(200);
    await first.server.close();
    const second = await start(sums().graph, { port: first.port });
    expect(second.port).toBe(first.port);
    expect((await ask({ path: "/api/sheets" })).status).toBe(200);
    expect((await stat(join(dataDir, "session.key"))).mode & 0o777).toBe(0o600);
  });

  it("takes the data folder from the environment when none is given", async () => {
    const folder = join(dataDir, "from-env");
    servers.push(
      await launch(
        sums().graph,
        { port: 0 },
        { env: { MILLRACE_DATA_DIR: folder }, terminal: false, say: () => undefined },
      ),
    );
    expect((await stat(join(folder, "session.key"))).isFile()).toBe(true);
  });

  it("opens a browser on a terminal, or when told to, and says so when there is none", async () => {
    const none = async () => false;
    expect((await start(sums().graph, { port: 0 })).opened).toEqual([]);
    expect((await start(sums().graph, { port: 0 }, { terminal: true })).opened).toHaveLength(1);
    expect((await start(sums().graph, { port: 0, open: true })).opened).toHaveLength(1);
    expect((await start(sums().graph, { port: 0, open: false }, { terminal: true })).opened).toEqual([]);
    const blind = await start(sums().graph, { port: 0, open: true }, { open: none });
    await new Promise(setImmediate);
    expect(blind.said.join("\n")).toMatch(/token=.*\nNo browser was found/);
    // The link that was opened and the one that is printed are two.
    const both = await start(sums().graph, { port: 0, open: true });
    expect(both.said[0]).not.toContain(both.opened[0]);
  });

  it("on a wildcard warns, and answers to the addresses of this machine alone", async () => {
    const here = await start(sums().graph, { host: "0.0.0.0", port: 0 });
    expect(here.said[0]).toMatch(/^Warning: listening on 0\.0\.0\.0/);
    expect(new URL(here.server.url).hostname).toBe("127.0.0.1");
    const ask = await enter(here);
    expect((await ask({ path: "/api/sheets" })).status).toBe(200);
    expect((await ask({ path: "/api/sheets", headers: { host: `0.0.0.0:${here.port}` } })).status).toBe(403);
    expect((await ask({ path: "/api/sheets", headers: { host: `evil.example:${here.port}` } })).status).toBe(403);
  });
});

describe("closing", () => {
  it("cancels runs, ends streams and frees the port, waiting for nothing", async () => {
    const { graph, runs } = held();
    const here = await start(graph, { port: 0 });
    const ask = await enter(here);
    const [sheet] = (JSON.parse((await ask({ path: "/api/sheets" })).text) as { sheets: { id: string }[] }).sheets;
    const stream = ask({ path: `/api/sheets/${sheet?.id}/stream` });
    await ask({
      method: "POST",
      path: `/api/sheets/${sheet?.id}/commands`,
      headers: { "content-type": "application/json", "x-millrace": "1" },
      body: '{"kind":"run","card":"Below"}',
    });
    await runs.runs(1);
    const before = performance.now();
    await here.server.close();
    expect(performance.now() - before).toBeLessThan(1000);
    expect(runs.begun[0]?.signal.aborted).toBe(true);
    expect((await stream).text).toContain("event: snapshot");
    await expect(ask({ path: "/" })).rejects.toThrow(/ECONNREFUSED/);
    expect((await start(sums().graph, { port: here.port })).port).toBe(here.port);
  });

  it("twice is once", async () => {
    const { server } = await start(sums().graph, { port: 0 });
    expect(server.close()).toBe(server.close());
    await server.close();
    expect(launched()).toBe(false);
  });

  it("leaves the process's signals as they were", async () => {
    const before = process.listenerCount("SIGINT");
    const { server } = await start(sums().graph, { port: 0 });
    const other = await start(sums().graph, { port: 0 });
    expect(process.listenerCount("SIGINT")).toBe(before + 1);
    await server.close();
    await other.server.close();
    expect(process.listenerCount("SIGINT")).toBe(before);
  });
});

describe("the address", () => {
  it("is what was asked for, what the environment says, or the usual one", () => {
    expect(wantedAddress({}, {})).toEqual({ host: "127.0.0.1", port: 7860, exact: false });
    const env = { GRADIO_SERVER_NAME: "0.0.0.0", GRADIO_SERVER_PORT: "8000" };
    expect(wantedAddress({}, env)).toEqual({ host: "0.0.0.0", port: 8000, exact: true });
    expect(wantedAddress({ host: "localhost", port: 1 }, env)).toEqual({ host: "localhost", port: 1, exact: true });
    expect(wantedAddress({}, { GRADIO_SERVER_NAME: "", GRADIO_SERVER_PORT: "" })).toEqual({
      host: "127.0.0.1",
      port: 7860,
      exact: false,
    });
    expect(() => wantedAddress({}, { GRADIO_SERVER_PORT: "abc" })).toThrow(
      /whole number from 0 to 65535.*GRADIO_SERVER_PORT is 'abc'/,
    );
    expect(() => wantedAddress({ port: 70_000 }, {})).toThrow(/port is 70000/);
  });

  it("is called by its own names and no others", () => {
    const bound = (address: string, port = 7860): AddressInfo => ({
      address,
      port,
      family: address.includes(":") ? "IPv6" : "IPv4",
    });
    expect([...hostsOf("127.0.0.1", bound("127.0.0.1"))]).toEqual(["127.0.0.1:7860", "localhost:7860"]);
    expect([...hostsOf("::1", bound("::1"))]).toEqual(["[::1]:7860", "localhost:7860"]);
    expect([...hostsOf("mill.local", bound("192.0.2.1"))]).toEqual(["192.0.2.1:7860", "mill.local:7860"]);
    expect([...hostsOf("127.0.0.1", bound("127.0.0.1", 80))]).toEqual([
      "127.0.0.1",
      "127.0.0.1:80",
      "localhost",
      "localhost:80",
    ]);
    expect(hostsOf("::", bound("::"))).toContain("[::1]:7860");
    expect(originOf("::1", bound("::1"))).toBe("http://[::1]:7860");
    expect(originOf("::", bound("::"))).toBe("http://127.0.0.1:7860");
  });
});
