/** Every task with every parameter that it has: what is sent is compared with the wire, byte for byte or field by field, and what comes back with what a port gets. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PROVIDERS, PROVIDERS_OR_POLICIES } from "@huggingface/inference";
import { describe, expect, it } from "vitest";
import { FileRef, Graph, InferenceNode } from "../../src/index.ts";
import { conversation, type conversationParameters } from "../../src/nodes/inference/conversation.ts";
import { inputsOf } from "../../src/nodes/inference/declared.ts";
import { providers } from "../../src/nodes/inference/model.ts";
import { tasks } from "../../src/nodes/inference/tasks.ts";
import { hubFor } from "../support/hub/for-a-file.ts";
import { type HubStandIn, streamed } from "../support/hub/stand-in.ts";
import { taskRows } from "../support/hub/table.ts";
import { plainTasks, queuedTasks } from "../support/hub/tasks.ts";
import { film, picture, picture64, pictureUrl, sound, sound64 } from "../support/hub/wire.ts";
import { png } from "./png.ts";

const bytes: Readonly<Record<symbol, Uint8Array>> = {
  [picture]: png("on the wire"),
  [sound]: wave(),
  [film]: new Uint8Array([0, 0, 0, 24, ...Buffer.from("ftypmp42"), 0, 0, 0, 0, ...Buffer.from("mp42isom")]),
};
const types: Readonly<Record<symbol, string>> = { [picture]: "image/png", [sound]: "audio/wav", [film]: "video/mp4" };

let hub: HubStandIn;
hubFor((opened) => {
  hub = opened;
});

describe("on the Hub's own servers", () => {
  it.each(plainTasks)("$task sends every parameter, and its answer reaches the port", async (wire) => {
    const { task, provider, path, answered } = wire;
    hub.models.set(`owner/${task}`, { task, providers: { [provider]: { task } } });
    if (typeof answered === "symbol") hub.gives(path, bytes[answered], types[answered]);
    else hub.gives(path, plain(answered));

    const got = await resultOf(wire);

    const [call] = hub.calls;
    expect(call).toMatchObject({ method: "POST", path });
    expect(call?.headers.authorization).toBe("Bearer hf_standin");
    if (typeof wire.sent === "symbol") {
      expect(Buffer.compare(call?.body ?? Buffer.of(), bytes[wire.sent]!)).toBe(0);
      expect(call?.headers["content-type"]).toBe(types[wire.sent]);
    } else {
      expect(call?.json).toEqual(plain(wire.sent));
      expect(call?.headers["content-type"]).toBe("application/json");
    }
    expect(got).toEqual(plain(wire.got));
  });
});

describe("at a provider with a queue", () => {
  it.each(queuedTasks)("$task sends every parameter, waits for its turn, and fetches what was made", async (wire) => {
    const { task, provider, result, got } = wire;
    const kept = got as symbol;
    hub.models.set(`owner/${task}`, { task, providers: { [provider]: { task, id: `fal-ai/${task}` } } });
    hub.gives(`/fal-ai/fal-ai/${task}`, {
      request_id: "r1",
      status: "IN_QUEUE",
      response_url: "https://queue.fal.run/fal-ai/app/requests/r1",
    });
    const states = [{ status: "IN_QUEUE", queue_position: 2 }, { status: "COMPLETED" }];
    hub.answers.set("/fal-ai/fal-ai/app/requests/r1/status", (_, answer) => {
      answer.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(states.shift()));
    });
    const file = { url: `${hub.router}/made/${task}` };
    hub.gives("/fal-ai/fal-ai/app/requests/r1", result === "images" ? { images: [file] } : { video: file });
    hub.gives(`/made/${task}`, bytes[kept], types[kept]);

    const progress: unknown[] = [];
    expect(await resultOf(wire, progress)).toEqual(plain(kept));

    expect(progress).toEqual([{ queue: { position: 3 } }, { message: "completed" }]);
    const [call] = hub.calls;
    expect(call).toMatchObject({ method: "POST", path: `/fal-ai/fal-ai/${task}` });
    expect(call?.query.get("_subdomain")).toBe("queue");
    expect(call?.json).toEqual(plain(wire.sent));
    expect(hub.heard.filter(({ path }) => path.endsWith("/status"))).toHaveLength(2);
    // What was made lies with a stranger: it is fetched without the token.
    expect(hub.heard.find(({ path }) => path.startsWith("/made/"))?.headers.authorization).toBeUndefined();
  });
});

describe("a conversation", () => {
  const parameters: Readonly<Record<(typeof conversationParameters)[number], unknown>> = {
    frequency_penalty: 0.1,
    logit_bias: [1],
    logprobs: true,
    max_tokens: 100,
    n: 1,
    presence_penalty: 0.2,
    reasoning_effort: "low",
    response_format: { type: "json_object" },
    seed: 42,
    stop: ["END"],
    stream_options: { include_usage: true },
    temperature: 0.5,
    tool_choice: "auto",
    tool_prompt: "Use it well.",
    tools: [{ type: "function", function: { name: "turn", parameters: {} } }],
    top_logprobs: 2,
    top_p: 0.9,
  };

  it.each([
    { written: "owner/talker", path: "/v1/chat/completions", model: "owner/talker" },
    { written: "owner/talker:fastest", path: "/v1/chat/completions", model: "owner/talker:fastest" },
    { written: "owner/talker:groq", path: "/groq/openai/v1/chat/completions", model: "groq-talker" },
  ])("with $written sends every parameter, streamed", async ({ written, path, model }) => {
    hub.models.set("owner/talker", {
      task: "text-generation",
      tags: ["conversational"],
      providers: { groq: { task: "conversational", id: "groq-talker" } },
    });
    hub.answers.set(path, streamed(["It ", "turns."]));
    const node = new InferenceNode(written, {
      inputs: { prompt: "What turns?", system: "Be short.", ...(parameters as object) },
      outputs: { text: null },
    });

    expect(await node.test()).toEqual({ text: "It turns." });
    const [call] = hub.calls;
    expect(call).toMatchObject({ method: "POST", path });
    expect(call?.json).toEqual({
      model,
      stream: true,
      messages: [
        { role: "system", content: "Be short." },
        { role: "user", content: "What turns?" },
      ],
      ...parameters,
    });
  });

  it("takes pictures along, and goes on from earlier messages", async () => {
    hub.answers.set("/v1/chat/completions", streamed(["A mill."]));
    const earlier = [
      { role: "user", content: "Hello" },
      { role: "assistant", content: "Good day." },
    ];
    const node = new InferenceNode("owner/seer", {
      task: "image-text-to-text",
      inputs: { messages: earlier, prompt: "What is it?", image: await FileRef.fromBytes(bytes[picture]!) },
      outputs: { text: null },
    });
    await node.test();

    expect(hub.calls[0]?.json).toHaveProperty("messages", [
      ...earlier,
      {
        role: "user",
        content: [
          { type: "text", text: "What is it?" },
          { type: "image_url", image_url: { url: plain(pictureUrl) } },
        ],
      },
    ]);
  });
});

describe("the table", () => {
  it("every task of ours is on the wire above, and with it every parameter of it", () => {
    const wires = [...plainTasks, ...queuedTasks];
    expect(wires.map(({ task }) => task).toSorted()).toEqual(Object.keys(tasks).toSorted());
    for (const { task, parameters } of wires) {
      expect(Object.keys(parameters).toSorted(), task).toEqual([...tasks[task]!.parameters].toSorted());
    }
  });

  it("has every task that the client offers anywhere, and every provider", () => {
    const offered = new Set(Object.values(PROVIDERS).flatMap((offer) => Object.keys(offer)));
    offered.delete("conversational");
    expect([...offered].toSorted()).toEqual(Object.keys(tasks).toSorted());
    expect([...providers].toSorted()).toEqual([...PROVIDERS_OR_POLICIES].toSorted());
  });

  it("is the table of docs/INFERENCE.md", () => {
    const page = readFileSync(join(import.meta.dirname, "../../docs/INFERENCE.md"), "utf8");
    const [, table = ""] = page.split("## Tasks");
    const rows = table.split("\n## ")[0]?.match(/^\| `.*$/gm);
    expect(rows).toEqual(taskRows());
  });

  it("has every parameter of the Hub's own specifications", () => {
    const specified = specifications();
    expect(specified.size).toBeGreaterThan(20);
    for (const [task, names] of specified) {
      const taken = task === conversation ? inputsOf(conversation) : inputsOf(task);
      const lacking = names.filter((name) => !taken.includes(name) && !["model", "stream"].includes(name));
      expect(lacking, task).toEqual([]);
    }
  });
});

/** What a node with all of it gives on its only port, files told by their bytes. */
async function resultOf(
  wire: (typeof plainTasks)[number] | (typeof queuedTasks)[number],
  progress: unknown[] = [],
): Promise<unknown> {
  const { task, provider, inputs, parameters } = wire;
  const given = await Promise.all(
    Object.entries(inputs).map(async ([name, value]) => [
      name,
      typeof value === "symbol" ? await FileRef.fromBytes(bytes[value]!) : value,
    ]),
  );
  const node = new InferenceNode(`owner/${task}:${provider}`, {
    inputs: { ...Object.fromEntries(given), ...parameters },
    outputs: { result: null },
  });
  const sheet = new Graph({ name: task, nodes: [node], persistKey: false }).sheet();
  sheet.events$.subscribe((heard) => heard.kind === "run-progress" && progress.push(heard.progress));
  const end = await sheet.run(node);
  sheet.close();
  if (end.kind !== "ready") throw new Error(JSON.stringify(end));
  return read(end.outputs.result);
}

async function read(value: unknown): Promise<unknown> {
  if (value instanceof FileRef) return Buffer.from(await value.bytes()).toString("base64");
  if (Array.isArray(value)) return Promise.all(value.map(read));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([key, one]) => [key, await read(one)])));
}

/** The file that stands in the middle of JSON. */
const standing: Readonly<Record<symbol, symbol>> = { [picture64]: picture, [sound64]: sound, [pictureUrl]: picture };

/** The same with every file in base64 as it is sent, answered or got. */
function plain(value: unknown): unknown {
  if (typeof value === "symbol") {
    const file = standing[value] ?? value;
    const coded = Buffer.from(bytes[file]!).toString("base64");
    return value === pictureUrl ? `data:image/png;base64,${coded}` : coded;
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}

/** The parameters of each task that we have, as the Hub's package specifies them. */
function specifications(): Map<string, readonly string[]> {
  const inference = createRequire(import.meta.url).resolve("@huggingface/inference");
  const folder = join(dirname(createRequire(inference).resolve("@huggingface/tasks/package.json")), "src", "tasks");
  const found = new Map<string, readonly string[]>();
  for (const task of readdirSync(folder)) {
    if (task !== conversation && !Object.hasOwn(tasks, task)) continue;
    try {
      found.set(task, parametersIn(JSON.parse(readFileSync(join(folder, task, "spec", "input.json"), "utf8"))));
    } catch (error) {
      // Some tasks have no specification.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  return found;
}

interface Specification {
  readonly properties?: Readonly<Record<string, Specification>>;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Specification>>;
}

function parametersIn({ properties = {}, $defs = {} }: Specification): string[] {
  const { inputs: _, parameters, ...beside } = properties;
  const name = parameters?.$ref?.split("/").at(-1);
  const under = (name === undefined ? parameters : $defs[name])?.properties ?? {};
  return [...Object.keys(beside), ...Object.keys(under)];
}

/** A tenth of a second of silence. */
function wave(): Uint8Array {
  const data = Buffer.alloc(1600);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(data.length, 40);
  return new Uint8Array(Buffer.concat([head, data]));
}
