/** Apps that cannot be used, told apart: each demand ends, soon, with what is wrong and what to do (R4). */
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as later } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Graph } from "../../src/index.ts";
import { called, gradioNode, picture, ran } from "../support/gradio/called.ts";
import { type FakeGradio, fakeGradio } from "../support/gradio/fake.ts";
import { type FakeHub, fakeHub } from "../support/gradio/hub.ts";
import { freePort, realGradio } from "../support/gradio/real.ts";
import { type StartedApp, startApp } from "../support/gradio/start.ts";

const gradio = await realGradio();
const servers: Server[] = [];
const fakes: { close(): Promise<void> }[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  for (const fake of fakes.splice(0)) await fake.close();
});

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
async function fake(about: Parameters<typeof fakeGradio>[0] = {}): Promise<FakeGradio> {
  const made = await fakeGradio(about);
  fakes.push(made);
  return made;
}
const failing = async (source: string, options: Readonly<Record<string, unknown>> = {}) =>
  (await called(source, "/text", { text: "x" }, { out: null }, options)).failure;

describe("[R4] a URL that is no Gradio app", () => {
  test.each<[string, RequestListener]>([
    ["a page", (_, answer) => answer.setHeader("content-type", "text/html").end("<html>Hello</html>")],
    ["other JSON", (_, answer) => answer.setHeader("content-type", "application/json").end('{"hello":1}')],
    ["JSON null", (_, answer) => answer.setHeader("content-type", "application/json").end("null")],
    ["nothing there", (_, answer) => answer.writeHead(404).end("Not found")],
  ])("is said to be none: %s", async (_, listener) => {
    const at = await serving(listener);
    const failure = await failing(at);
    expect(failure).toMatchObject({ reason: "remote-refused", url: at });
    expect(failure?.message).toContain("is no Gradio app");
    expect(failure?.advice).toContain("opened in a browser");
  });

  test("is not there at all", async () => {
    const at = `http://127.0.0.1:${await freePort()}`;
    const failure = await failing(at);
    expect(failure).toMatchObject({ reason: "remote-unreachable", url: at });
    expect(failure?.message).toContain("ECONNREFUSED");
  });

  test("never answers: the node's timeout ends it", async () => {
    const at = await serving(() => undefined);
    expect(await failing(at, { timeout: 200 })).toMatchObject({ reason: "timed-out", after: 200 });
  });

  test("never ends its answer: that is read up to a limit, and the timeout ends it", async () => {
    const at = await serving((_, answer) => {
      answer.setHeader("content-type", "application/json");
      answer.write("[");
      const timer = setInterval(() => answer.write("0,".repeat(1000)), 2);
      answer.on("close", () => clearInterval(timer));
    });
    expect(await failing(at, { timeout: 300 })).toMatchObject({ reason: "timed-out" });
  });

  test("redirects elsewhere: nobody follows, and the address is named", async () => {
    const other = await fake();
    const at = await serving((request, answer) => answer.writeHead(302, { location: other.url + request.url }).end());
    const failure = await failing(at);
    expect(failure).toMatchObject({ reason: "remote-refused", status: 302 });
    expect(failure?.message).toContain(other.url);
    expect(other.asked).toEqual([]);
  });

  test("is an old Gradio that speaks WebSockets", async () => {
    const at = await fake({ config: { version: "3.50.2", protocol: "ws" } });
    const failure = await failing(at.url);
    expect(failure).toMatchObject({ reason: "remote-refused" });
    expect(failure?.message).toContain("Gradio 3.50.2");
    expect(failure?.advice).toContain("Gradio 4");
  });

  test("names another place as its root: that is not gone to", async () => {
    const other = await fake();
    const at = await fake({ config: { root: other.url } });
    expect((await called(at.url, "/text", { text: "x" })).outputs).toEqual({ out: "x" });
    expect(other.asked).toEqual([]);
  });

  test.each<[number, string, object]>([
    [429, "quota", { retryAfter: 7000 }],
    [503, "remote-unreachable", {}],
    [403, "remote-refused", { status: 403 }],
  ])("answers %i: %s", async (status, reason, fields) => {
    const at = await serving((_, answer) => answer.writeHead(status, { "retry-after": "7" }).end("no"));
    expect(await failing(at)).toMatchObject({ reason, ...fields });
  });
});

describe("[R4] a call", () => {
  test.each<[number, object, object]>([
    [503, { detail: "Queue is full" }, { reason: "quota" }],
    [429, { detail: "Slow down" }, { reason: "quota", retryAfter: 3000 }],
    [401, { detail: "Not authenticated" }, { reason: "remote-refused", status: 401 }],
    [
      422,
      { detail: [{ is_valid: false, message: "Too short" }] },
      { reason: "remote-refused", status: 422, message: "Too short." },
    ],
    [400, { detail: "Bad session" }, { reason: "remote-refused", message: "Bad session." }],
  ])("that is answered %i: %j", async (status, body, failure) => {
    const at = await fake({
      fault: (asked, answer) => {
        if (!asked.path.startsWith("/gradio_api/queue/join")) return false;
        answer.writeHead(status, { "content-type": "application/json", "retry-after": "3" }).end(JSON.stringify(body));
        return true;
      },
    });
    expect(await failing(at.url)).toMatchObject(failure);
  });

  test.each([
    "/gradio_api/queue/join",
    "/gradio_api/queue/data",
    "/gradio_api/upload",
    "/gradio_api/info",
    "/gradio_api/file=",
  ])("that is never answered at %s ends with its timeout", async (path) => {
    const at = await fake({ fault: (asked) => asked.path.startsWith(path) });
    const [apiName, inputs] = path.endsWith("file=")
      ? ["/file", {}]
      : ["/text", { text: path.endsWith("upload") ? await picture() : "x" }];
    const { failure } = await called(at.url, apiName, inputs as never, { out: null }, { timeout: 300 });
    expect(failure).toMatchObject({ reason: "timed-out", after: 300 });
  });

  test("that is answered with a page where JSON should be", async () => {
    const page = (path: string) =>
      fake({
        fault: (asked, answer) =>
          asked.path.startsWith(path) && !!answer.writeHead(200, { "content-type": "text/html" }).end("<html>"),
      });
    const [queued, at_once] = [await page("/gradio_api/queue/join"), await page("/gradio_api/run/")];
    expect(await failing(queued.url)).toMatchObject({ reason: "remote-unreachable" });
    expect((await called(at_once.url, "/at_once", { text: "x" })).failure).toMatchObject({
      reason: "remote-unreachable",
    });
  });
});

describe("a Space", () => {
  let hub: FakeHub;
  beforeEach(async () => {
    hub = await fakeHub();
    fakes.push(hub);
    vi.stubEnv("HF_ENDPOINT", hub.url);
    vi.stubEnv("MILLRACE_SPACE_TIMEOUT", "0");
  });
  let number = 0;
  const unheardOf = () => `owner/space-${++number}`;

  test.each<[string, object | number, object, string, string]>([
    ["is asleep", { runtime: { stage: "SLEEPING" } }, { reason: "sleeping" }, "is asleep", "a minute or two"],
    [
      "is being built",
      { runtime: { stage: "BUILDING" } },
      { reason: "sleeping" },
      "is being built",
      "says that it is running",
    ],
    ["is starting", { runtime: { stage: "APP_STARTING" } }, { reason: "sleeping" }, "is starting", "in a minute"],
    [
      "is paused",
      { runtime: { stage: "PAUSED" } },
      { reason: "remote-refused" },
      "was paused by its owner",
      "duplicate it",
    ],
    ["has failed", { runtime: { stage: "RUNTIME_ERROR" } }, { reason: "remote-refused" }, "RUNTIME_ERROR", "logs"],
    [
      "is a mere page",
      { sdk: "static", runtime: { stage: "RUNNING" } },
      { reason: "remote-refused" },
      "a page without an app",
      "choose another Space",
    ],
    ["is not there, or private", 404, { reason: "remote-refused", status: 404 }, "or it is private", "HF_TOKEN"],
    ["may not be used", 401, { reason: "remote-refused", status: 401 }, "or it is private", "hf auth login"],
    ["is asked about too often", 429, { reason: "quota" }, "asked too often", "log in"],
    ["is unknown to a Hub that has fallen ill", 500, { reason: "remote-unreachable" }, "answered 500", "run it again"],
  ])("that %s", async (_, facts, failure, message, advice) => {
    const space = unheardOf();
    hub.spaces.set(space, facts);
    const found = await failing(space);
    expect(found).toMatchObject(failure);
    expect(found?.message).toContain(message);
    expect(found?.advice).toContain(advice);
    if (failure && "reason" in failure && failure.reason === "sleeping") expect(found).toMatchObject({ space });
  });

  test("that is not there for somebody who is logged in: the token may not be the right one", async () => {
    vi.stubEnv("HF_TOKEN", "hf_canary");
    const found = await failing("owner/nowhere");
    expect(found?.message).toContain("your token may not use it");
    expect(hub.asked[0]?.authorization).toBe("Bearer hf_canary");
  });

  test("that wakes is waited for, which is told", async () => {
    vi.stubEnv("MILLRACE_SPACE_TIMEOUT", "20");
    const space = unheardOf();
    const at = await fake();
    hub.spaces.set(space, { sha: "abc123", host: at.url, runtime: { stage: "SLEEPING" } });
    const node = gradioNode(space, { apiName: "/text", inputs: { text: "x" }, outputs: { out: null } });
    const running = ran(node);
    await vi.waitFor(() => expect(at.paths()).toContain("/"));
    hub.spaces.set(space, { sha: "abc123", host: at.url, runtime: { stage: "RUNNING" } });
    const { outputs, progress } = await running;
    expect(outputs).toEqual({ out: "x" });
    expect(progress[0]?.message).toContain("is being woken");
  });

  test("that runs is called where the Hub says, and the run knows its revision", async () => {
    const [space, at] = [unheardOf(), await fake()];
    hub.spaces.set(space, { sha: "c0ffee", hostOnly: at.url, runtime: { stage: "RUNNING" } });
    const { end } = await called(space, "/text", { text: "x" });
    expect(end).toMatchObject({ kind: "ready", run: { revision: "c0ffee" } });
  });

  test("lives where the environment says, and then nobody asks the Hub", async () => {
    const at = await fake();
    vi.stubEnv("MILLRACE_SPACE_HF_APPLICATIONS_Z_IMAGE_TURBO", at.url);
    expect((await called("hf-applications/Z-Image-Turbo", "/text", { text: "x" })).outputs).toEqual({ out: "x" });
    expect(hub.asked).toEqual([]);
  });
});

describe("the token", () => {
  test("trap 17: of whoever runs the process is seen by no app elsewhere, and stands in nothing that is told", async () => {
    const canary = "hf_canaryCanaryCanary";
    vi.stubEnv("HF_TOKEN", canary);
    const hub = await fakeHub();
    fakes.push(hub);
    vi.stubEnv("HF_ENDPOINT", hub.url);
    const at = await fake({
      fault: (asked, answer) => asked.path.includes("queue/data") && !!answer.writeHead(500).end("no"),
    });
    hub.spaces.set("owner/canary", { host: at.url, runtime: { stage: "RUNNING" } });
    const node = gradioNode("owner/canary", {
      apiName: "/text",
      inputs: { text: await picture() },
      outputs: { out: null },
      retries: 0,
    });
    const sheet = new Graph({ name: "Canary", nodes: [node] }).sheet();
    const told: unknown[] = [];
    sheet.events$.subscribe((event) => told.push("run" in event ? event.run : event));
    const end = await sheet.run(node);
    sheet.close();
    expect(end.kind).toBe("failed");
    expect(at.asked.length).toBeGreaterThan(3);
    expect(JSON.stringify(at.asked)).not.toContain(canary);
    expect(JSON.stringify([told.map((one) => String(JSON.stringify(one, leaveNodes))), end])).not.toContain(canary);
  });
});

function leaveNodes(key: string, value: unknown): unknown {
  return key === "port" || key === "node" ? undefined : value;
}

describe.skipIf(!gradio)("a login", () => {
  const whisper = (auth?: unknown) =>
    called(gradio?.guarded ?? "", "/whisper", { text: "x" }, { out: null }, auth === undefined ? {} : { auth });

  test("is asked for, with the app's own words", async () => {
    const { failure } = await whisper();
    expect(failure).toMatchObject({ reason: "remote-refused", status: 401 });
    expect(failure?.message).toContain("Millers only");
    expect(failure?.advice).toContain("auth:");
  });

  test("that is right lets in, written down or asked for", async () => {
    expect((await whisper(["miller", "grist"])).outputs).toEqual({ out: "psst: x" });
    expect((await whisper(() => ["miller", "grist"])).outputs).toEqual({ out: "psst: x" });
  });

  test("that is wrong is named, and its password is not", async () => {
    const { failure } = await whisper(["miller", "chaff-and-straw"]);
    expect(failure).toMatchObject({ reason: "remote-refused", status: 401 });
    expect(failure?.message).toContain("'miller'");
    expect(JSON.stringify(failure)).not.toContain("chaff");
  });

  test("that nobody asks for is said to be too much", async () => {
    const { failure } = await called((await fake()).url, "/text", { text: "x" }, { out: null }, { auth: ["a", "b"] });
    expect(failure?.advice).toContain("Leave out the node's auth");
  });
});

describe.skipIf(!gradio)("[R4] an app that is restarted in the middle of a job", () => {
  test("is unreachable within seconds, and the next attempt finds it again", { timeout: 120_000 }, async () => {
    const port = await freePort();
    let app: StartedApp = await startApp(gradio?.python ?? "", [port]);
    try {
      const at = `http://127.0.0.1:${port}`;
      const node = gradioNode(at, { apiName: "/slow", inputs: { seconds: 60 }, outputs: { out: null }, retries: 0 });
      const sheet = new Graph({ name: "Restart", nodes: [node] }).sheet();
      const began = new Promise<void>((resolve) => {
        sheet.events$.subscribe((event) => {
          if (event.kind === "run-progress" && event.progress.message === "Running") resolve();
        });
      });
      const end = sheet.run(node);
      await began;
      const killed = Date.now();
      app.stop();
      expect(await end).toMatchObject({ kind: "failed", failure: { reason: "remote-unreachable" } });
      expect(Date.now() - killed).toBeLessThan(5000);
      sheet.close();
      const again = ran(
        gradioNode(at, {
          apiName: "/text",
          inputs: { text: "back" },
          outputs: { out: null },
          retries: { times: 200, delay: 200, factor: 1 },
        }),
      );
      await later(300);
      app = await startApp(gradio?.python ?? "", [port]);
      expect((await again).outputs).toEqual({ out: "back" });
    } finally {
      app.stop();
    }
  });
});

describe("an app that has changed since it was looked at", () => {
  test("says which parameter was renamed, and what it is called now", async () => {
    const at = await fake();
    const node = () => called(at.url, "/text", { text: "x" });
    expect((await node()).outputs).toEqual({ out: "x" });
    at.become({
      parameters: [
        { name: "prompt", label: "Text", type: "string" },
        { name: "loud", label: "Loud", type: "boolean", otherwise: false },
      ],
    });
    await later(1100);
    const { failure } = await node();
    expect(failure).toMatchObject({ reason: "bad-input", port: "text" });
    expect(failure?.message).toContain("The parameter 'text' of endpoint '/text'");
    expect(failure?.message).toContain("has been renamed: it is 'prompt' now");
  });

  test("is looked at again before it is called, so that no call goes to another endpoint of the same number", async () => {
    const at = await fake();
    await called(at.url, "/text", { text: "x" });
    const dependencies = [{ id: 0, api_name: "other", inputs: [], outputs: [] }];
    at.become({ config: { dependencies } });
    await later(1100);
    const { failure } = await called(at.url, "/text", { text: "x" }, { out: null }, { validate: false });
    expect(failure?.message).toContain("API endpoint '/text' not found");
    expect(at.paths().filter((path) => path.endsWith("queue/join"))).toHaveLength(1);
  });
});
