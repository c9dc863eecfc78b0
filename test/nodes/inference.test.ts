/** Models as nodes, against a stand-in for the Hub and the router: what is sent, what comes back, and what a node is on a sheet. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { FileRef, Graph, InferenceNode, ui } from "../../src/index.ts";
import { event, HubStandIn, streamed } from "../support/hub/stand-in.ts";
import { png } from "./png.ts";

let hub: HubStandIn;
beforeAll(async () => {
  hub = await HubStandIn.open();
});
afterAll(() => hub.close());
beforeEach(() => {
  for (const [name, value] of Object.entries(hub.environment)) vi.stubEnv(name, value);
});
afterEach(() => {
  vi.unstubAllEnvs();
  hub.heard.length = 0;
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
