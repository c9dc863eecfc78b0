/** What can go wrong with a model while living: each thing in its own words, and none of them hangs. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Graph, InferenceNode, type Node, type NodeOptions, ui } from "../../src/index.ts";
import type { ModelNode } from "../../src/nodes/inference.ts";
import { hubFor } from "../support/hub/for-a-file.ts";
import { event, type HubStandIn, streamed } from "../support/hub/stand-in.ts";

let hub: HubStandIn;
hubFor((opened) => {
  hub = opened;
  const providers = { "hf-inference": { task: "text-to-image" } };
  hub.models.set("owner/painter", { task: "text-to-image", providers });
  hub.models.set("owner/lonely", { task: "text-to-image" });
  hub.models.set("owner/deep", { task: "depth-estimation", providers: { "fal-ai": { task: "depth-estimation" } } });
  hub.models.set("owner/untold", {});
});
afterEach(() => {
  hub.answers.clear();
});

const painting = "/hf-inference/models/owner/painter";
const talking = "/v1/chat/completions";

/** A node whose failures are not retried, unless a test is about that. */
const painter = (model = "owner/painter", options: NodeOptions = { retries: 0 }) =>
  new InferenceNode(model, {
    inputs: { prompt: ui.textbox({ value: "a mill" }) },
    outputs: { image: null },
    ...options,
  });
const talker = (options: NodeOptions = { retries: 0 }) =>
  new InferenceNode("owner/talker", {
    task: "chat-completion",
    inputs: { prompt: "Hello", temperature: 0.5 },
    outputs: { text: null },
    ...options,
  });

async function failureOf(node: Node) {
  const sheet = new Graph({ name: "Failing", nodes: [node], persistKey: false }).sheet();
  const end = await sheet.run(node);
  sheet.close();
  if (end.kind !== "failed") throw new Error(`It ended ${end.kind}.`);
  return end.failure;
}

describe("a provider that says no", () => {
  it.each([
    [401, { reason: "remote-refused", status: 401, advice: expect.stringContaining("Sign in anew") }],
    [402, { reason: "quota", service: "hf-inference", advice: expect.stringContaining("billTo") }],
    [403, { reason: "remote-refused", status: 403, advice: expect.stringContaining("Accept its terms") }],
    [404, { reason: "remote-refused", status: 404, advice: expect.stringContaining("owner/painter:provider") }],
    [413, { reason: "bad-input", port: "prompt" }],
    [422, { reason: "bad-input", port: "prompt" }],
    [429, { reason: "quota", service: "hf-inference" }],
    [500, { reason: "remote-unreachable" }],
    [502, { reason: "remote-unreachable" }],
    [503, { reason: "sleeping", space: "owner/painter" }],
  ])("with %i", async (status, expected) => {
    hub.refuses(painting, status, { error: "The reason why" });
    const failure = await failureOf(painter());
    expect(failure).toMatchObject(expected);
    expect(failure.message).toContain("The reason why");
  });

  it.each([
    ["2", 2000, 2000],
    [new Date(Date.now() + 90_000).toUTCString(), 60_000, 90_000],
  ])("and when to come back: %s", async (header, least, most) => {
    hub.refuses(painting, 429, { error: "Too often" }, { "retry-after": header });
    const failure = await failureOf(painter());
    const wait = failure.reason === "quota" ? (failure.retryAfter ?? 0) : 0;
    expect(wait).toBeGreaterThanOrEqual(least);
    expect(wait).toBeLessThanOrEqual(most);
  });

  it("of a parameter: it is that input which is wrong", async () => {
    hub.refuses(talking, 400, { error: { message: "temperature must be positive" } });
    expect(await failureOf(talker())).toMatchObject({ reason: "bad-input", port: "temperature" });
  });

  it("503 is asked again by us, after a pause, and never by the client", async () => {
    let asked = 0;
    hub.answers.set(talking, (heard, answer) => {
      asked++;
      if (asked === 3) return streamed(["Awake."])(heard, answer);
      answer.writeHead(503, { "content-type": "application/json" }).end(JSON.stringify({ error: "Loading" }));
    });
    const node = talker({ retries: { times: 2, delay: 1 } });
    expect(await node.test()).toEqual({ text: "Awake." });
    expect(asked).toBe(3);

    asked = 10;
    expect(await failureOf(talker())).toMatchObject({ reason: "sleeping" });
    expect(asked).toBe(11);
  });

  it("a refusal is not asked for again", async () => {
    hub.refuses(painting, 403, { error: "Gated" });
    await failureOf(painter("owner/painter", {}));
    expect(hub.calls).toHaveLength(1);
  });
});

describe("a model", () => {
  it("that the Hub does not know", async () => {
    expect(await failureOf(painter("owner/nobody"))).toMatchObject({
      reason: "remote-refused",
      status: 404,
      message: "There is no model 'owner/nobody' on the Hub.",
    });
  });

  it("that no provider serves", async () => {
    expect(await failureOf(painter("owner/lonely"))).toMatchObject({
      reason: "remote-refused",
      message: "No provider serves owner/lonely.",
    });
  });

  it("that another provider serves", async () => {
    expect(await failureOf(painter("owner/painter:together"))).toMatchObject({
      message: "together does not serve owner/painter; it is served by hf-inference.",
      advice: 'Write "owner/painter:hf-inference", or leave the provider out.',
    });
  });

  it.each(["owner/deep", "owner/untold"])("%s whose task is none that can be asked for", async (model) => {
    expect(await failureOf(painter(model))).toMatchObject({
      reason: "remote-refused",
      advice: expect.stringContaining("Name the task yourself"),
    });
  });

  it("that is asked for another task than its provider has it for", async () => {
    const node = new InferenceNode("owner/painter", {
      task: "summarization",
      retries: 0,
      inputs: { text: "a mill" },
      outputs: { summary: null },
    });
    const failure = await failureOf(node);
    expect(failure).toMatchObject({ reason: "remote-refused" });
    expect(failure.message).toContain("not supported for task summarization");
  });
});

describe("whoever is not signed in", () => {
  it("is told so before anybody is asked", async () => {
    vi.stubEnv("HF_TOKEN", "");
    vi.stubEnv("HF_HOME", "/nowhere");
    expect(await failureOf(talker())).toMatchObject({
      reason: "remote-refused",
      status: 401,
      advice: expect.stringContaining("HF_TOKEN"),
    });
    expect(hub.heard).toHaveLength(0);
  });

  it("or has the key of somebody else, which then goes nowhere", async () => {
    vi.stubEnv("HF_TOKEN", "sk-of-another-service");
    expect(await failureOf(talker())).toMatchObject({ reason: "remote-refused", status: 401 });
    expect(hub.heard).toHaveLength(0);
  });
});

describe("an answer that is none", () => {
  it("a page instead of a picture", async () => {
    hub.gives(painting, Buffer.from("<html>Please log in</html>"), "text/html");
    const failure = await failureOf(painter());
    expect(failure).toMatchObject({ reason: "bad-output", port: "image" });
    expect(failure.message).toContain("text/html");
  });

  it("a picture without a byte in it", async () => {
    hub.gives(painting, Buffer.of(), "image/png");
    expect(await failureOf(painter())).toMatchObject({ reason: "bad-output", port: "image" });
  });

  it("a page instead of a conversation", async () => {
    hub.gives(talking, Buffer.from("<html>Please log in</html>"), "text/html");
    expect(await failureOf(talker())).toMatchObject({ reason: "remote-refused" });
  });

  it("JSON of another shape", async () => {
    hub.gives(painting, { surprise: true });
    expect(await failureOf(painter())).toMatchObject({ reason: "bad-output", port: "image" });
  });

  it("half a conversation is not taken for a whole one", async () => {
    hub.answers.set(talking, (_, answer) => {
      answer.writeHead(200, { "content-type": "text/event-stream" });
      answer.end(event({ delta: { content: "Once upon" }, finish_reason: null }));
    });
    expect(await failureOf(talker())).toMatchObject({
      reason: "remote-unreachable",
      message: "The answer broke off after 9 characters.",
    });
  });

  it("a conversation that breaks off with a bang", async () => {
    hub.answers.set(talking, (_, answer) => {
      answer.writeHead(200, { "content-type": "text/event-stream" });
      answer.write(event({ delta: { content: "Once" }, finish_reason: null }), () => answer.destroy());
    });
    expect(await failureOf(talker())).toMatchObject({ reason: "remote-unreachable" });
  });

  it("words that are no JSON", async () => {
    hub.answers.set(talking, (_, answer) => {
      answer.writeHead(200, { "content-type": "text/event-stream" });
      answer.end('data: {"choices": [\n\n');
    });
    expect(await failureOf(talker())).toMatchObject({ reason: "remote-unreachable" });
  });

  it.each([
    [{ error: { message: "Rate limited", code: 429 } }, "quota"],
    [{ error: "Out of memory" }, "remote-refused"],
  ])("an error in the middle of it: %j", async (told, reason) => {
    hub.answers.set(talking, (_, answer) => {
      answer.writeHead(200, { "content-type": "text/event-stream" });
      answer.write(event({ delta: { content: "Once" }, finish_reason: null }));
      answer.end(`data: ${JSON.stringify(told)}\n\n`);
    });
    expect(await failureOf(talker())).toMatchObject({ reason });
  });

  it("one without an end is broken off", async () => {
    vi.stubEnv("MILLRACE_DOWNLOAD_LIMIT", "0.5");
    const part = Buffer.alloc(100_000);
    hub.answers.set(painting, (_, answer) => {
      answer.writeHead(200, { "content-type": "image/png" });
      const more = () => {
        while (!answer.destroyed && answer.write(part));
        answer.once("drain", more);
      };
      more();
    });
    expect(await failureOf(painter())).toMatchObject({ reason: "remote-refused", status: 413 });
  });

  it("none at all is waited for as long as the timeout says", async () => {
    hub.answers.set(painting, () => undefined);
    expect(await failureOf(painter("owner/painter", { retries: 0, timeout: 200 }))).toMatchObject({
      reason: "timed-out",
      after: 200,
    });
  });
});

it("a router that is not there", async () => {
  const gone = createServer();
  await new Promise<void>((listening) => gone.listen(0, "127.0.0.1", listening));
  const { port } = gone.address() as AddressInfo;
  await new Promise((closed) => gone.close(closed));
  vi.stubEnv("HF_INFERENCE_ENDPOINT", `http://127.0.0.1:${port}`);
  expect(await failureOf(talker())).toMatchObject({
    reason: "remote-unreachable",
    message: expect.stringContaining("ECONNREFUSED"),
  });
});

describe("a value that cannot be sent", () => {
  it.each([
    ["a text that is no text", { task: "text-to-image", inputs: { prompt: 7 } }, "prompt"],
    ["a text for a file", { task: "image-to-text", inputs: { image: "/etc/passwd" } }, "image"],
    ["a list for parameters", { task: "text-to-image", inputs: { prompt: "a", extra_body: [1] } }, "extra_body"],
    ["a text for a table", { task: "tabular-regression", inputs: { table: "a,b" } }, "table"],
    ["nothing for a prompt", { task: "chat-completion", inputs: { prompt: "" } }, "prompt"],
    ["a text for messages", { task: "chat-completion", inputs: { messages: "Hello" } }, "messages"],
  ])("%s", async (_, { task, inputs }, port) => {
    hub.models.set(`owner/${task}`, { task, providers: { "hf-inference": { task } } });
    const node = new InferenceNode(`owner/${task}`, { task, retries: 0, inputs, outputs: { out: null } });
    expect(await failureOf(node)).toMatchObject({ reason: "bad-input", port });
    expect(hub.calls).toHaveLength(0);
  });
});

it("a parameter of a task that only the Hub knows is looked at when the Hub is asked", async () => {
  const node = new InferenceNode("owner/painter", {
    retries: 0,
    inputs: { prompt: "a mill", heigth: 640 },
    outputs: { image: null },
  });
  await expect((node as unknown as ModelNode).check()).rejects.toMatchObject({
    code: "unknown-input",
    suggestion: "height",
  });
  expect(await failureOf(node)).toMatchObject({
    reason: "bad-input",
    port: "heigth",
    message: expect.stringContaining("Did you mean 'height'?"),
  });
  expect(hub.calls).toHaveLength(0);
});
