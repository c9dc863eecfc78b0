/** Models as nodes, against a stand-in for the Hub and the router: what is sent, what comes back, and what a node is on a sheet. */
import { beforeAll, describe, expect, it } from "vitest";
import { FileRef, Graph, InferenceNode, type Outputs, ui } from "../../src/index.ts";
import { hubFor } from "../support/hub/for-a-file.ts";
import { event, type HubStandIn, streamed } from "../support/hub/stand-in.ts";
import { png } from "./png.ts";

let hub: HubStandIn;
hubFor((opened) => {
  hub = opened;
});

describe("a picture", () => {
  beforeAll(() => {
    hub.models.set("owner/painter", {
      task: "text-to-image",
      sha: "a".repeat(40),
      providers: { "hf-inference": { task: "text-to-image" } },
    });
    hub.gives("/hf-inference/models/owner/painter", png("painted"), "image/png");
  });

  it("is painted by the provider that serves the model, and comes back as a file", async () => {
    const painter = new InferenceNode("owner/painter", {
      inputs: { prompt: ui.textbox({ value: "A mill" }), width: 640, seed: 7 },
      outputs: { image: ui.image() },
    });
    const { image } = await painter.test();

    expect(image).toBeInstanceOf(FileRef);
    expect(image).toMatchObject({ type: "image/png", name: "image.png" });
    expect(Buffer.compare(await image.bytes(), png("painted"))).toBe(0);
    const [call] = hub.calls;
    expect(call).toMatchObject({ method: "POST", path: "/hf-inference/models/owner/painter" });
    expect(call?.headers.authorization).toBe("Bearer hf_standin");
    expect(call?.json).toEqual({ inputs: "A mill", parameters: { width: 640, seed: 7 } });
  });

  it("is a node like any other: it waits to be asked, and is asked once", async () => {
    const painter = new InferenceNode("owner/painter:hf-inference", {
      inputs: { prompt: ui.textbox({ value: "A mill" }) },
      outputs: { image: ui.image() },
    });
    const sheet = new Graph({ name: "Painting", nodes: [painter], persistKey: false }).sheet();

    expect(sheet.signal(painter.outputs.image).kind).toBe("stale");
    expect(hub.calls).toHaveLength(0);
    expect((await sheet.run(painter)).kind).toBe("ready");
    expect((await sheet.run(painter)).kind).toBe("ready");
    expect(hub.calls).toHaveLength(1);
    expect(painter).toMatchObject({ kind: "inference", model: "owner/painter:hf-inference", name: "painter" });
    sheet.close();
  });

  it("[R7] the run says which revision of the model answered", async () => {
    const painter = new InferenceNode("owner/painter", { inputs: { prompt: "A mill" }, outputs: { image: null } });
    const sheet = new Graph({ name: "Painting", nodes: [painter], persistKey: false }).sheet();
    await sheet.run(painter);

    expect(sheet.history(painter)).toMatchObject([{ outcome: "ready", revision: "a".repeat(40) }]);
    sheet.close();
  });

  it("is paid for by the organisation that billTo names", async () => {
    const painter = new InferenceNode("owner/painter", {
      billTo: "the-mill",
      inputs: { prompt: "A mill" },
      outputs: { image: null },
    });
    await painter.test();

    expect(hub.calls[0]?.headers["x-hf-bill-to"]).toBe("the-mill");
  });
});

describe("a conversation", () => {
  const talker = () =>
    new InferenceNode("owner/talker", {
      task: "chat-completion",
      inputs: { prompt: ui.textbox({ value: "Hello?" }), system: "Be short.", temperature: 0.5 },
      outputs: { text: ui.textbox() },
    });

  it("goes to the router, which finds somebody for it, without a look at the Hub", async () => {
    hub.answers.set("/v1/chat/completions", streamed(["Good ", "day", "."]));

    expect(await talker().test()).toEqual({ text: "Good day." });
    expect(hub.heard.map(({ at, path }) => `${at} ${path}`)).toEqual(["router /v1/chat/completions"]);
    expect(hub.calls[0]?.json).toEqual({
      model: "owner/talker",
      messages: [
        { role: "system", content: "Be short." },
        { role: "user", content: "Hello?" },
      ],
      temperature: 0.5,
      stream: true,
    });
  });

  it("[R10] shows every word as it comes", async () => {
    hub.answers.set("/v1/chat/completions", streamed(["Good ", "day", "."]));
    const node = talker();
    const sheet = new Graph({ name: "Talk", nodes: [node], persistKey: false }).sheet();
    const seen: unknown[] = [];
    sheet.signal$(node.outputs.text).subscribe((signal) => signal.kind === "pending" && seen.push(signal.partial));

    await sheet.run(node);
    expect(seen.filter((partial) => partial !== undefined)).toEqual(["Good ", "Good day", "Good day."]);
    sheet.close();
  });

  it("[R2] ends on the router's side when it is stopped in the middle", async () => {
    let close = () => {};
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    hub.answers.set("/v1/chat/completions", (_, answer) => {
      answer.writeHead(200, { "content-type": "text/event-stream" });
      answer.write(event({ delta: { content: "Well" }, finish_reason: null }));
      answer.on("close", close);
    });
    const node = talker();
    const sheet = new Graph({ name: "Talk", nodes: [node], persistKey: false }).sheet();
    const spoke = new Promise<void>((resolve) => {
      sheet.signal$(node.outputs.text).subscribe((signal) => {
        if (signal.kind === "pending" && signal.partial === "Well") resolve();
      });
    });
    const run = sheet.run(node);
    await spoke;
    sheet.cancel(node);

    expect((await run).kind).toBe("cancelled");
    await closed;
    sheet.close();
  });
});

describe("what an answer looks like", () => {
  const scores = [
    { label: "weir", score: 0.25 },
    { label: "mill", score: 0.75 },
  ];
  beforeAll(() => {
    const task = "image-classification";
    hub.models.set("owner/judge", { task, providers: { "hf-inference": { task } } });
    hub.gives("/hf-inference/models/owner/judge", scores);
  });
  const judge = async (outputs: Outputs) =>
    new InferenceNode("owner/judge", { inputs: { image: await FileRef.fromBytes(png()) }, outputs }).test();

  it("classes are a label with its confidences, a name, or scores by name, as the port shows it", async () => {
    const confidences = [
      { label: "mill", confidence: 0.75 },
      { label: "weir", confidence: 0.25 },
    ];
    expect(await judge({ it: ui.label() })).toEqual({ it: { label: "mill", confidences } });
    expect(await judge({ it: ui.textbox() })).toEqual({ it: "mill" });
    expect(await judge({ it: ui.json() })).toEqual({ it: { mill: 0.75, weir: 0.25 } });
  });

  it("a second port gets all that was told", async () => {
    expect(await judge({ it: ui.textbox(), all: null })).toEqual({ it: "mill", all: scores.toReversed() });
  });

  it("a conversation is one where the port shows one, with what was said before", async () => {
    hub.answers.set("/v1/chat/completions", streamed(["Good day."]));
    const node = new InferenceNode("owner/talker", {
      task: "chat-completion",
      inputs: {
        messages: ui.chatbot({ value: [{ role: "user", content: "Hello" }] }),
        prompt: "Are you there?",
      },
      outputs: { talk: ui.chatbot() },
    });
    expect(await node.test()).toEqual({
      talk: [
        { role: "user", content: "Hello" },
        { role: "user", content: "Are you there?" },
        { role: "assistant", content: "Good day." },
      ],
    });
  });

  it("a call of a tool is put together from its pieces", async () => {
    const piece = (call: object) => event({ delta: { tool_calls: [call] }, finish_reason: null });
    hub.answers.set("/v1/chat/completions", (_, answer) => {
      answer.writeHead(200, { "content-type": "text/event-stream" });
      answer.write(piece({ index: 0, id: "c1", function: { name: "turn", arguments: '{"by":' } }));
      answer.write(piece({ index: 0, function: { arguments: " 90}" } }));
      answer.end(event({ delta: {}, finish_reason: "tool_calls" }));
    });
    const node = new InferenceNode("owner/talker", {
      task: "chat-completion",
      inputs: { prompt: "Turn it", tools: [{ type: "function", function: { name: "turn" } }] },
      outputs: { text: null, talk: null, calls: null },
    });
    expect(await node.test()).toMatchObject({ text: "", calls: [{ id: "c1", name: "turn", arguments: '{"by": 90}' }] });
  });

  it("an author may make of it what it should be, once all of it is there", async () => {
    hub.answers.set("/v1/chat/completions", streamed(['{"a":', " 1,", '"b": 2}']));
    const node = new InferenceNode("owner/talker", {
      task: "chat-completion",
      inputs: { prompt: "Some JSON" },
      preprocess: ({ prompt }) => ({ prompt: `${prompt}, please` }),
      postprocess: (text: unknown) => JSON.parse(String(text)),
      outputs: { a: ui.number(), b: ui.number() },
    });
    expect(await node.test()).toEqual({ a: 1, b: 2 });
    expect(hub.calls[0]?.json).toMatchObject({ messages: [{ role: "user", content: "Some JSON, please" }] });
  });
});

it("in parallel each call keeps its own way, and the global fetch is what it was when the last is over", async () => {
  const before = globalThis.fetch;
  const task = "text-to-speech";
  hub.models.set("owner/speaker", { task, providers: { "fal-ai": { task, id: "fal-ai/speak" } } });
  let asked = 0;
  hub.answers.set("/fal-ai/fal-ai/speak", ({ json }, answer) => {
    const { text } = json as { text: string };
    answer.writeHead(200, { "content-type": "application/json" });
    answer.end(JSON.stringify({ audio: { url: `${hub.router}/said/${text}` } }));
    hub.answers.set(`/said/${text}`, (_, sound) => {
      // Whoever else uses fetch in the meantime notices nothing.
      if (++asked === 5) void globalThis.fetch(`${hub.hub}/api/whoami-v2`);
      sound.writeHead(200, { "content-type": "audio/wav" }).end(Buffer.from(`sound of ${text}`));
    });
  });
  const said = await Promise.all(
    Array.from({ length: 10 }, async (_, i) => {
      const node = new InferenceNode("owner/speaker", { inputs: { text: `${i}` }, outputs: { sound: null } });
      const { sound } = await node.test();
      return (sound as FileRef).text();
    }),
  );
  expect(said).toEqual(Array.from({ length: 10 }, (_, i) => `sound of ${i}`));
  expect(globalThis.fetch).toBe(before);
});
