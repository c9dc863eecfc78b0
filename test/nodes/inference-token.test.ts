/** The token: a canary is planted, everything is done that can be done with a model, and then the canary is looked for everywhere but where it belongs. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Graph, InferenceNode, ui } from "../../src/index.ts";
import { launch } from "../../src/server/launch.ts";
import { type Answering, event, HubStandIn, streamed } from "../support/hub/stand-in.ts";
import { png } from "./png.ts";

const canary = "hf_CanaryThatMustNotSing42";

let hub: HubStandIn;
let stranger: Server;
let strangers: string;
let folder: string;
const strangersHeard: string[] = [];
const printed: string[] = [];
beforeEach(async () => {
  hub = await HubStandIn.open();
  stranger = createServer((request, answer) => {
    strangersHeard.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    answer.writeHead(200, { "content-type": "image/png" }).end(png("stranger"));
  });
  await new Promise<void>((listening) => stranger.listen(0, "127.0.0.1", listening));
  strangers = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
  folder = await mkdtemp(join(tmpdir(), "millrace-canary-"));
  await mkdir(join(folder, "home"));
  // The saved token: nothing in the environment has it.
  await writeFile(join(folder, "home", "token"), `${canary}\n`);
  for (const [name, value] of Object.entries(hub.environment)) vi.stubEnv(name, value);
  vi.stubEnv("HF_TOKEN", undefined);
  vi.stubEnv("HF_HOME", join(folder, "home"));
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => printed.push(String(text)) > 0);
  }
  for (const method of ["log", "info", "warn", "error", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation((...said) => void printed.push(inspect(said, { depth: 20 })));
  }
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  hub.close();
  stranger.closeAllConnections();
  stranger.close();
  await rm(folder, { recursive: true });
});

it("the canary is sung to the Hub and to the router, and to nobody else, and never aloud", async () => {
  hub.models.set("owner/painter", {
    task: "text-to-image",
    sha: "a".repeat(40),
    providers: { "hf-inference": { task: "text-to-image" }, "fal-ai": { task: "text-to-image", id: "fal-ai/paint" } },
  });
  const path = "/hf-inference/models/owner/painter";
  const echo =
    (status: number): Answering =>
    (heard, answer) => {
      const { authorization } = heard.headers;
      answer.writeHead(status, { "content-type": "application/json" });
      answer.end(JSON.stringify({ error: `What is ${authorization} to me?` }));
    };
  const seen: unknown[] = [];
  const done = async (model: string, answers: Readonly<Record<string, Answering>>, task = "text-to-image") => {
    for (const [at, answer] of Object.entries(answers)) hub.answers.set(at, answer);
    const node = new InferenceNode(model, {
      task,
      retries: 0,
      inputs: { prompt: ui.textbox({ value: "a mill" }) },
      outputs: { made: null },
    });
    const sheet = new Graph({ name: "Aviary", nodes: [node], persistKey: false }).sheet();
    sheet.events$.subscribe((heard) => seen.push(heard));
    const end = await sheet.run(node);
    seen.push(end, sheet.history(node), sheet.signal(node.outputs.made));
    seen.push(await node.test().catch((error: unknown) => error));
    sheet.close();
    return end.kind === "failed" ? end.failure.reason : end.kind;
  };
  const painted: Answering = (_, answer) => void answer.writeHead(200, { "content-type": "image/png" }).end(png());
  const away =
    (status: number, to: string): Answering =>
    (_, answer) =>
      void answer.writeHead(status, { location: to }).end();

  expect(await done("owner/painter", { [path]: painted })).toBe("ready");
  expect(await done("owner/talker", { "/v1/chat/completions": streamed(["Good day."]) }, "chat-completion")).toBe(
    "ready",
  );
  for (const [status, reason] of [
    [400, "bad-input"],
    [401, "remote-refused"],
    [403, "remote-refused"],
    [429, "quota"],
    [500, "remote-unreachable"],
  ] as const) {
    expect(await done("owner/painter", { [path]: echo(status) })).toBe(reason);
    expect(await done("owner/talker", { "/v1/chat/completions": echo(status) }, "chat-completion")).toBe(reason);
  }
  expect(
    await done(
      "owner/talker",
      {
        "/v1/chat/completions": (heard, answer) => {
          answer.writeHead(200, { "content-type": "text/event-stream" });
          answer.write(event({ delta: { content: "Well" }, finish_reason: null }));
          answer.end(`data: ${JSON.stringify({ error: `Not for ${heard.headers.authorization}` })}\n\n`);
        },
      },
      "chat-completion",
    ),
  ).toBe("remote-refused");
  // Sent on by the router, with the request's body or without, and by a result that lies with a stranger.
  for (const status of [302, 307])
    expect(await done("owner/painter", { [path]: away(status, strangers) })).toBe("remote-refused");
  const queued = {
    request_id: "r",
    status: "COMPLETED",
    response_url: "https://queue.fal.run/fal-ai/paint/requests/r",
  };
  hub.gives("/fal-ai/fal-ai/paint", queued);
  hub.gives("/fal-ai/fal-ai/paint/requests/r", { images: [{ url: `${strangers}/made.png` }] });
  expect(await done("owner/painter:fal-ai", {})).toBe("remote-refused");

  const node = new InferenceNode("owner/painter", { inputs: { prompt: "a mill" }, outputs: { image: null } });
  const graph = new Graph({ name: "Aviary", nodes: [node], persistKey: false });
  const server = await launch(graph, { dataDir: join(folder, "data"), port: 0, open: false });
  await server.close();

  expect(hub.calls.length).toBeGreaterThan(20);
  for (const { at, headers } of hub.heard) {
    expect(["hub", "router"]).toContain(at);
    expect([`Bearer ${canary}`, undefined]).toContain(headers.authorization);
  }
  expect(hub.calls.every(({ headers }) => headers.authorization === `Bearer ${canary}`)).toBe(true);
  expect(strangersHeard).toEqual([]);
  for (const [what, text] of [
    ["what was printed", printed.join("\n")],
    ["what was seen", inspect(seen, { depth: 30, showHidden: true, maxArrayLength: null, maxStringLength: null })],
    ["what was kept", await allOf(join(folder, "data"))],
    ["what was sent", hub.heard.map(({ path, query, body }) => `${path} ${query} ${body}`).join("\n")],
  ] as const) {
    expect(text.length, what).toBeGreaterThan(50);
    expect(text.includes(canary.slice(3)), what).toBe(false);
  }
});

/** Every file below a folder, as text. */
async function allOf(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => readFile(join(entry.parentPath, entry.name), "latin1"));
  return (await Promise.all(files)).join("\n");
}
