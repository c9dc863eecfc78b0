/** A graph called by programs: what `GET /api/schema` says of it, and what `POST /api/call` makes of what it is sent. Over real HTTP. */

import { mkdtemp, rm } from "node:fs/promises";
import { request as send } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, describe, expect, it } from "vitest";
import { FailureError, FileRef, FnNode, Graph, ui } from "../../src/index.ts";
import type { CallSchema } from "../../src/server/call-schema.ts";
import { launch } from "../../src/server/launch.ts";
import { exchange, type House, openHouse } from "./house.ts";
import { asking, doubling, HeldRuns, held, shared, sums, voices } from "./small-graphs.ts";

const ajv = new Ajv2020({ strict: false });
let here: House | undefined;
afterEach(async () => {
  await here?.close();
  here = undefined;
});

async function open(graph: Graph) {
  const house = await openHouse(graph);
  here = house;
  const schema = async () => JSON.parse((await house.ask({ path: "/api/schema" })).text) as CallSchema;
  const call = async (inputs: unknown) => {
    const { status, text } = await house.post("/api/call", JSON.stringify(inputs));
    return [status, JSON.parse(text)] as const;
  };
  return { house, schema, call };
}

/** photo, title, mood -> Card, which says what it was given. */
function cards(
  work: (given: { photo: FileRef; title: string; mood: string; times: number }) => unknown = ({ title }) => title,
) {
  const card = new FnNode(
    async (given: { photo: FileRef; title: string; mood: "calm" | "wild"; times: number }) => ({
      words: (await work(given)) as string,
      same: given.photo,
    }),
    {
      name: "Card",
      inputs: {
        photo: ui.image({ label: "Photograph" }),
        title: ui.textbox({ info: "What it says.", maxLength: 20 }),
        mood: ui.dropdown({ choices: [["Quiet", "calm"], "wild"], value: "calm" }),
        times: ui.slider({ minimum: 1, maximum: 9, step: 1, value: 2 }),
      },
      outputs: { words: ui.textbox({ label: "Words" }), same: ui.image() },
    },
  );
  const { photo, title, mood } = card.inputs;
  return new Graph({
    name: "Cards",
    nodes: [card],
    inputs: { photo, title, mood },
    outputs: { words: card.outputs.words, same: card.outputs.same },
  });
}

const picture = await FileRef.fromBytes(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAMAAAAoyzS7AAAAA1BMVEXAOSuU7d9gAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAACklEQVQImWNgAAAAAgAB9HFkpgAAAABJRU5ErkJggg==",
    "base64",
  ),
  { name: "red.png" },
);
const sentPicture = {
  id: picture.id,
  name: "red.png",
  type: "image/png",
  size: picture.size,
  url: `files/${picture.id}`,
};

describe("the schema", () => {
  it("tells the named inputs and outputs as their components do", async () => {
    const { schema } = await open(cards());
    const { inputs, outputs, graph, choices } = await schema();
    expect([graph, choices]).toEqual(["Cards", {}]);
    expect(inputs).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object",
      additionalProperties: false,
      required: ["photo", "title"],
      properties: {
        photo: { title: "Photograph", type: "object", required: ["id", "url"] },
        title: { title: "Title", description: "What it says.", type: "string", maxLength: 20 },
        mood: {
          title: "Mood",
          enum: ["calm", "wild"],
          default: "calm",
          oneOf: [
            { const: "calm", title: "Quiet" },
            { const: "wild", title: "wild" },
          ],
        },
      },
    });
    expect(Object.keys(inputs.properties as object)).toEqual(["photo", "title", "mood"]);
    expect(outputs).toMatchObject({
      type: "object",
      required: ["words", "same"],
      additionalProperties: false,
      properties: { words: { title: "Words", type: "string" } },
    });
    for (const one of [inputs, outputs]) expect(ajv.validateSchema(one), ajv.errorsText()).toBe(true);
  });

  it("names what a graph does not name by node and port, a shared component once", async () => {
    const { schema } = await open(shared().graph);
    const { inputs, outputs } = await schema();
    expect(Object.keys(inputs.properties as object).sort()).toEqual(["Left.text", "Settings.times"]);
    expect(inputs.properties).toMatchObject({
      "Settings.times": { type: "number", minimum: 1, maximum: 9, default: 2 },
      "Left.text": { description: "Feeds both." },
    });
    expect(inputs).not.toHaveProperty("required");
    expect(outputs.properties).toEqual({ "Left.out": { title: "Out", type: "string" } });
  });

  it("tells a choice by its variants and by what each reads", async () => {
    const { schema, call } = await open(voices().graph);
    const { inputs, choices } = await schema();
    expect(choices).toEqual({
      Voice: {
        default: "Quick",
        variants: [
          { name: "Quick", inputs: ["Quick.speed"] },
          { name: "Careful", inputs: ["Careful.tone"] },
        ],
      },
    });
    expect(inputs.properties).toMatchObject({
      Voice: {
        title: "Voice",
        enum: ["Quick", "Careful"],
        default: "Quick",
        description: "Only the chosen one runs. 'Quick' reads 'Quick.speed'; 'Careful' reads 'Careful.tone'.",
      },
    });
    expect((await call({ Voice: "Careful", "Careful.tone": "love" }))[1]).toEqual({
      ok: true,
      outputs: { "Below.length": "hello with love".length },
    });
    expect((await call({ "Quick.speed": 3 }))[1]).toEqual({
      ok: true,
      outputs: { "Below.length": "hello quickly 3".length },
    });
    const [status, { failure }] = await call({ Voice: "Carefull" });
    expect([status, failure.reason, failure.suggestion]).toEqual([400, "unknown-variant", "Careful"]);
    expect(failure.message).toBe(
      "The choice 'Voice' has no variant 'Carefull'. There is: 'Quick', 'Careful'. Did you mean 'Careful'?",
    );
  });

  it("requires what only a variant needs where that variant is chosen", async () => {
    const node = (name: string, component: ReturnType<typeof ui.textbox>) =>
      new FnNode(({ text }: { text: string }) => text, {
        name,
        inputs: { text: component },
        outputs: { said: ui.textbox() },
      });
    const [quick, careful] = [node("Quick", ui.textbox({ value: "q" })), node("Careful", ui.textbox())];
    const graph = new Graph({ name: "Ways", nodes: [quick.or(careful, { name: "Way" })] });
    const { schema, call } = await open(graph);
    const valid = ajv.compile((await schema()).inputs);
    const bodies = [{}, { Way: "Quick" }, { Way: "Careful" }, { Way: "Careful", "Careful.text": "c" }];
    expect(bodies.map((body) => valid(body))).toEqual([true, true, false, true]);
    expect(await Promise.all(bodies.map(async (body) => (await call(body))[0]))).toEqual([200, 200, 400, 200]);
  });

  it("keeps the first value of a password to itself, and those that are too long", async () => {
    const node = new FnNode((_: { secret: string; long: string }) => 1, {
      name: "Key",
      inputs: {
        secret: ui.textbox({ type: "password", value: "hidden" }),
        long: ui.textbox({ value: "a".repeat(20_000) }),
      },
      outputs: { n: ui.number() },
    });
    const { house, schema } = await open(new Graph({ name: "Keys", nodes: [node] }));
    expect((await schema()).inputs.properties).toEqual({
      "Key.secret": { title: "Secret", type: "string" },
      "Key.long": { title: "Long", type: "string" },
    });
    expect((await house.ask({ path: "/api/schema" })).text).not.toContain("hidden");
  });

  it("leads to the files that it names", async () => {
    const node = new FnNode(({ photo }: { photo: FileRef }) => photo.size, {
      name: "Weigh",
      inputs: { photo: ui.image({ value: picture }) },
      outputs: { n: ui.number() },
    });
    const { house, schema } = await open(new Graph({ name: "Weighing", nodes: [node] }));
    expect((await schema()).inputs.properties).toMatchObject({ "Weigh.photo": { default: sentPicture } });
    expect((await house.ask({ path: `/${sentPicture.url}` })).bytes.equals(Buffer.from(await picture.bytes()))).toBe(
      true,
    );
  });

  it("tells lists of what is scattered", async () => {
    const { graph, double } = doubling(3);
    const named = new Graph({
      name: "Named",
      nodes: graph.nodes,
      outputs: { each: double.outputs.twice, all: double.outputs.twice.all() },
    });
    const { schema, call } = await open(named);
    const list = { title: "Twice", type: "array", items: { type: "number" } };
    expect((await schema()).outputs.properties).toEqual({ each: list, all: list });
    expect((await call({}))[1]).toEqual({ ok: true, outputs: { each: [0, 2, 4], all: [0, 2, 4] } });
  });

  it("says so where no call can give what is needed", async () => {
    const hidden = new FnNode(({ n }: { n: number }) => n, {
      name: "Hidden",
      inputs: { n: ui.number({ visible: false }) },
      outputs: { n: ui.number() },
    });
    const { schema, call } = await open(new Graph({ name: "Never", nodes: [hidden] }));
    expect((await schema()).inputs).toMatchObject({ not: {}, $comment: "A call cannot give a value to Hidden.n." });
    expect((await call({}))[1]).toMatchObject({
      failure: { reason: "missing-input", message: "Hidden needs 'n', and it is empty: set it first." },
    });
  });
});

describe("a call", () => {
  it("takes inputs by name and gives outputs by name, files by what an upload answered", async () => {
    const { house, schema, call } = await open(cards(({ title, mood, times }) => `${title} ${mood} ${times}`));
    house.files.add(picture);
    const [status, answer] = await call({ photo: sentPicture, title: "Mill", mood: "wild" });
    expect([status, answer]).toEqual([200, { ok: true, outputs: { words: "Mill wild 2", same: sentPicture } }]);
    expect(ajv.validate((await schema()).outputs, answer.outputs)).toBe(true);
    expect((await house.ask({ path: `/${answer.outputs.same.url}` })).status).toBe(200);
  });

  it.each<[string, unknown, number, object]>([
    [
      "an input that there is not",
      { titel: "a" },
      400,
      { reason: "unknown-input", suggestion: "title", known: ["photo", "title", "mood"] },
    ],
    ["one that is not outside", { times: 3 }, 400, { reason: "unknown-input" }],
    [
      "nothing",
      {},
      400,
      {
        reason: "missing-input",
        message:
          "Card needs 'photo', and it is empty: set it first. Of the inputs of 'Cards' 'photo', 'title' have no value: call({ photo: ... }).",
      },
    ],
    ["another type", { title: 5 }, 400, { reason: "wrong-type", message: "Card.title takes text, and this is 5." }],
    [
      "a text for a file",
      { photo: "/etc/passwd (a FileRef)" },
      400,
      {
        reason: "wrong-type",
        message:
          'Card.photo takes an image file (in JSON the "file" that POST /api/uploads answered, { "id": "...", "url": "files/..." }), and this is the text "/etc/passwd (a FileRef)".',
      },
    ],
    [
      "half of a file",
      { photo: { id: sentPicture.id } },
      400,
      { reason: "wrong-type", message: expect.stringContaining("POST /api/uploads") },
    ],
    [
      "a file that is not there",
      { photo: { ...sentPicture, id: "0".repeat(64), url: `files/${"0".repeat(64)}` } },
      404,
      { reason: "unknown-file" },
    ],
    [
      "a list",
      [1],
      400,
      {
        reason: "unknown-input",
        message:
          "The graph 'Cards' is called with its inputs by name, call({ photo: ... }), and this is a list of 1. There is: 'photo', 'title', 'mood'.",
      },
    ],
    ["null", null, 400, { reason: "unknown-input" }],
  ])("is refused with %s, and told what would do", async (_, body, status, failure) => {
    const { call } = await open(cards());
    expect(await call(body)).toMatchObject([status, { ok: false, failure }]);
  });

  it("is refused when its body is no JSON, or not said to be", async () => {
    const { house } = await open(sums().graph);
    expect((await house.post("/api/call", "{")).status).toBe(400);
    expect((await house.post("/api/call", "{}", { "content-type": "multipart/form-data" })).status).toBe(415);
    expect(JSON.parse((await house.post("/api/call", "{}", { "x-millrace": undefined })).text)).toMatchObject({
      failure: { reason: "missing-header" },
    });
  });

  it("that fails tells what went wrong first, and where", async () => {
    const { call, house } = await open(failing(new Error(`No such folder: ${tmpdir()}/secret/mill.png`)));
    const [status, { failure }] = await call({});
    expect([status, failure.reason, failure.root]).toEqual([500, "threw", "First"]);
    expect(failure.message).toBe("No such folder: …/mill.png.");
    expect(Object.keys(failure)).toEqual(["reason", "message", "advice", "root"]);
    expect(house.reported).toEqual([]);
  });

  it.each<[number, ConstructorParameters<typeof FailureError>[0]["reason"], object]>([
    [504, "timed-out", { after: 5 }],
    [503, "quota", { service: "S", retryAfter: 1500 }],
    [503, "sleeping", { space: "a/b" }],
    [502, "remote-unreachable", { url: "http://a" }],
    [422, "bad-input", { port: "a", expected: "b" }],
  ])("answers %i to %s", async (status, reason, fields) => {
    const { house } = await open(
      failing(new FailureError({ reason, ...fields, message: "M.", advice: "A." } as never)),
    );
    const answer = await house.post("/api/call", "{}");
    expect([answer.status, JSON.parse(answer.text).failure.reason]).toEqual([status, reason]);
    expect(answer.headers["retry-after"]).toBe(reason === "quota" ? "2" : undefined);
  });

  it("gives a step's answer beforehand, and is refused before anything runs where it does not", async () => {
    const { graph } = asking();
    const { schema, call } = await open(graph);
    const { inputs } = await schema();
    expect(inputs.properties).toMatchObject({
      "Publish?": { type: "boolean" },
      "The best": { type: "integer", minimum: 0 },
      Title: { type: "string" },
      Photo: { type: "object" },
    });
    expect([...(inputs.required as string[])].sort()).toEqual(["Photo", "Publish?", "The best", "Title"]);
    here?.files.add(picture);
    const all = { "Publish?": true, "The best": 1, Title: "Water", Photo: sentPicture };
    expect(await call(all)).toEqual([
      200,
      { ok: true, outputs: { "Below.out": "hellohello!", "Title.text": "Water", "Photo.image": sentPicture } },
    ]);
    const { "Publish?": _, ...rest } = all;
    expect(await call(rest)).toMatchObject([
      400,
      {
        failure: {
          reason: "missing-input",
          message:
            "'Publish?' waits for a person, and in a call there is nobody to ask: give its answer as the input 'Publish?'.",
        },
      },
    ]);
    expect(await call({ ...all, "Publish?": false })).toMatchObject([422, { failure: { reason: "declined" } }]);
    expect(await call({ ...all, "The best": 7 })).toMatchObject([
      400,
      { failure: { reason: "wrong-type", message: "The best takes the index of an item, 0 to 1, and this is 7." } },
    ]);
  });

  it("ends with the one who asked", async () => {
    const { graph, runs } = held();
    const { house } = await open(graph);
    const headers = { host: house.host, cookie: house.cookie, "content-type": "application/json", "x-millrace": "1" };
    const asked = send({
      port: house.port,
      host: "127.0.0.1",
      method: "POST",
      path: "/api/call",
      headers,
      agent: false,
    });
    asked.on("error", () => undefined);
    asked.end("{}");
    await runs.runs(1);
    const [run] = runs.begun;
    const aborted = new Promise((resolve) => run?.signal.addEventListener("abort", resolve));
    asked.destroy();
    await aborted;
    expect(house.reported).toEqual([]);
  });

  it("[R9] waits its turn in the lanes of the process", async () => {
    const runs = new HeldRuns();
    const node = new FnNode((_: { n: number }, { signal }) => runs.run(signal), {
      name: "One at a time",
      lane: 1,
      inputs: { n: ui.number({ value: 1 }) },
      outputs: { said: ui.textbox() },
    });
    const { call, house } = await open(new Graph({ name: "Lane", nodes: [node] }));
    await runs.runs(1); // The canvas's own sheet.
    const called = call({ "One at a time.n": 2 });
    await call({ nobody: 1 });
    expect(runs.begun.length).toBe(1);
    runs.begun[0]?.end("first");
    await runs.runs(2);
    runs.begun[1]?.end("second");
    expect(await called).toEqual([200, { ok: true, outputs: { "One at a time.said": "second" } }]);
    expect(house.sheet.value(node.outputs.said)).toBe("first");
  });

  it("is its own: what others see on the canvas stays as it is", async () => {
    const { graph, add } = sums();
    const { house, call } = await open(graph);
    expect((await call({ "Double.a": 5, "Add.b": 1 }))[1]).toEqual({ ok: true, outputs: { "Add.sum": 11 } });
    expect([house.sheet.value(add.outputs.sum), house.sheet.history(add).length]).toEqual([12, 1]);
  });

  it("answers long values whole, and says which is too long", async () => {
    const node = new FnNode(({ n }: { n: number }) => "a".repeat(n), {
      name: "Long",
      inputs: { n: ui.number() },
      outputs: { text: ui.textbox() },
    });
    const { call } = await open(
      new Graph({ name: "Long", nodes: [node], inputs: { n: node.inputs.n }, outputs: { text: node.outputs.text } }),
    );
    const [status, { outputs }] = await call({ n: 100_000 });
    expect([status, outputs.text.length]).toEqual([200, 100_000]);
    expect(await call({ n: 17 * 1024 * 1024 })).toMatchObject([
      500,
      {
        failure: {
          reason: "too-large",
          message:
            "The output 'text' is too long to be answered as JSON: let it be a file, which is fetched by itself.",
        },
      },
    ]);
  });
});

/** First, which fails -> Last */
function failing(error: Error): Graph {
  const first = new FnNode(
    (): number => {
      throw error;
    },
    { name: "First", outputs: { n: ui.number() } },
  );
  const last = new FnNode(({ n }: { n: number }) => n, {
    name: "Last",
    inputs: { n: first.outputs.n },
    outputs: { n: ui.number() },
  });
  return new Graph({ name: "Failing", nodes: [last] });
}

describe("a launched server", () => {
  it.each([
    [undefined, 200],
    [true, 200],
    [false, 404],
  ])("with api: %s answers %i", async (api, status) => {
    const dataDir = await mkdtemp(join(tmpdir(), "millrace-calls-"));
    const server = await launch(
      sums().graph,
      { port: 0, open: false, dataDir, ...(api !== undefined && { api }) },
      { say: () => undefined },
    );
    try {
      const { port, host, pathname, search } = new URL(server.url);
      const entered = await exchange(Number(port), { path: pathname + search, headers: { host } });
      const cookie = String(entered.headers["set-cookie"]).split(";")[0] ?? "";
      const headers = { host, cookie, "content-type": "application/json", "x-millrace": "1" };
      const schema = await exchange(Number(port), { path: "/api/schema", headers: { host, cookie } });
      const called = await exchange(Number(port), { method: "POST", path: "/api/call", headers, body: '{"Add.b": 2}' });
      expect([schema.status, called.status]).toEqual([status, status]);
      if (status === 200) expect(JSON.parse(called.text)).toEqual({ ok: true, outputs: { "Add.sum": 4 } });
      expect((await exchange(Number(port), { path: "/api/schema", headers: { host } })).status).toBe(401);
      expect((await exchange(Number(port), { path: "/api/sheets", headers: { host, cookie } })).status).toBe(200);
    } finally {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
