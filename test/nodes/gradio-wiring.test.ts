/** What is wrong with a node of a Gradio app before anybody is asked: from what was known of the app last, with what exists and what was probably meant. */
import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { baseOf } from "../../src/engine/base-node.ts";
import { type GraphError, Lane, type Node } from "../../src/index.ts";
import { fileOf } from "../../src/nodes/gradio/cached-api.ts";
import { called, gradioNode, ran } from "../support/gradio/called.ts";
import { type FakeGradio, fakeGradio } from "../support/gradio/fake.ts";
import { thrownBy } from "./plain.ts";

let at: FakeGradio;
beforeEach(async () => {
  at = await fakeGradio();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await at.close();
});
const outputs = { out: null };
const mistake = (apiName: unknown, inputs: unknown = { text: "x" }, options: object = {}) =>
  thrownBy(() => gradioNode(at.url, { apiName, inputs, outputs, ...options })) as GraphError;

describe("a source", () => {
  test.each([
    ["a name alone", "flux"],
    ["a folder", "./app"],
    ["another protocol", "ftp://example.org"],
    ["no text", 3],
  ])("that is %s is refused", (_, source) => {
    expect(thrownBy(() => gradioNode(source, { inputs: {}, outputs }))).toMatchObject({
      name: "GraphError",
      code: "wrong-type",
    });
  });

  test("names its node, and says on the card what it is", () => {
    const node = gradioNode("hf-applications/Z-Image-Turbo", { apiName: "/generate_image", inputs: {}, outputs });
    expect([node.name, node.kind, baseOf(node).about]).toEqual(["Z-Image-Turbo", "gradio", "Space · /generate_image"]);
    expect(gradioNode("http://localhost:7860/", { inputs: {}, outputs }).name).toBe("localhost:7860");
  });
});

describe("by itself a node", () => {
  const node = (options: object = {}, source = "owner/space") =>
    baseOf(gradioNode(source, { inputs: {}, outputs, ...options }));

  test("waits to be asked, ends within five minutes and tries again what may pass", () => {
    expect(node()).toMatchObject({ usualTrigger: "manual", timeout: 300_000, retries: { times: 2 } });
  });

  test("shares a lane of four with all of its app, unless it has its own", () => {
    expect(node().lane).toBe(node().lane);
    expect(node().lane?.limit).toBe(4);
    expect(node({}, "owner/other").lane).not.toBe(node().lane);
    const own = new Lane(1);
    expect(node({ lane: own }).lane).toBe(own);
  });
});

test.each<[string, object]>([
  ["apiName", { apiName: -1 }],
  ["validate", { validate: "yes" }],
  ["session", { session: "person" }],
  ["auth", { auth: "user:password" }],
  ["runLocally", { runLocally: true }],
  ["postprocess", { postprocess: 1 }],
])("a wrong %s is refused where it is written", (option, options) => {
  const error = thrownBy(() => gradioNode("owner/space", { inputs: {}, outputs, ...options }));
  expect(error).toMatchObject({ name: "GraphError", code: "wrong-type" });
  expect((error as Error).message).toContain(`'${option}'`);
});

describe("an app that is known from before", () => {
  beforeEach(async () => {
    expect((await called(at.url, "/text", { text: "x" })).outputs).toEqual({ out: "x" });
  });

  test("has no such endpoint: the others are named, and the one that was meant", () => {
    const error = mistake("/txt");
    expect(error).toMatchObject({
      code: "unknown-endpoint",
      known: ["/text", "/at_once", "/file"],
      suggestion: "/text",
    });
    expect(error.message).toBe(
      `API endpoint '/txt' not found in '${at.url}'. There is: '/text', '/at_once', '/file'. Did you mean '/text'?`,
    );
    expect(mistake(undefined)).toMatchObject({ code: "unknown-endpoint" });
  });

  test("has no such parameter: the others are named, and the one that was meant", () => {
    const error = mistake("/text", { txt: "x" });
    expect(error).toMatchObject({ code: "unknown-input", port: "txt", known: ["text", "loud"], suggestion: "text" });
    expect(error.message).toContain("Invalid parameter 'txt' for endpoint '/text'");
  });

  test("wants a parameter that is not given", () => {
    expect(mistake("/text", { loud: true })).toMatchObject({ code: "missing-input", port: "text" });
  });

  test("is not asked about it: names before a preprocess are the author's own, and validate may be off", () => {
    const preprocess = () => ({ text: "x" });
    const before = at.asked.length;
    expect(() => gradioNode(at.url, { apiName: "/text", inputs: { words: "x" }, outputs, preprocess })).not.toThrow();
    expect(() => gradioNode(at.url, { apiName: "/nowhere", inputs: {}, outputs, validate: false })).not.toThrow();
    expect(at.asked.length).toBe(before);
  });

  test("was looked at once, for all nodes of the process", async () => {
    await Promise.all([called(at.url, "/text", { text: "a" }), called(at.url, "/at_once", { text: "b" })]);
    expect(at.paths().filter((path) => path === "/config" || path === "/gradio_api/info")).toHaveLength(2);
  });

  test("is kept in the Hugging Face folder, where only its owner reads it", () => {
    expect(fileOf(at.url).startsWith(process.env.HF_HOME ?? "?")).toBe(true);
    expect(statSync(fileOf(at.url)).mode & 0o077).toBe(0);
    expect(JSON.parse(readFileSync(fileOf(at.url), "utf8"))).toMatchObject({
      source: at.url,
      api: { version: "6.31.0" },
    });
  });

  test("is forgotten when it was long ago and no longer fits, so that the next process looks again", () => {
    const path = fileOf(at.url);
    utimesSync(path, new Date(), new Date(Date.now() - 3_600_000));
    expect(mistake("/new")).toMatchObject({ code: "unknown-endpoint" });
    expect(existsSync(path)).toBe(false);
    expect(() => gradioNode(at.url, { apiName: "/new", inputs: {}, outputs })).not.toThrow();
  });

  test("of which the memory is damaged is one that is not known", () => {
    writeFileSync(fileOf(at.url), '{"source": "');
    expect(() => gradioNode(at.url, { apiName: "/new", inputs: {}, outputs })).not.toThrow();
  });
});

describe("an app that is not known yet", () => {
  test.each<[string, object, object]>([
    ["/txt", { text: "x" }, { reason: "remote-refused" }],
    ["/text", { txt: "x" }, { reason: "bad-input", port: "txt" }],
    ["/text", {}, { reason: "bad-input", port: "text", expected: "given" }],
  ])("shows the same mistakes when it is first called: %s %j", async (apiName, inputs, failure) => {
    const { failure: found } = await ran(gradioNode(at.url, { apiName, inputs, outputs, retries: 0 }) as Node);
    expect(found).toMatchObject(failure);
    expect(found?.message).toContain("There is: '");
    expect(found?.advice).toContain("in the code that makes the graph");
    expect(at.paths()).not.toContain("/gradio_api/queue/join");
  });
});

test("tried alone it takes its components' examples", async () => {
  const { ui } = await import("../../src/index.ts");
  const node = gradioNode(at.url, {
    apiName: "/text",
    inputs: { text: ui.textbox() },
    outputs: { said: ui.textbox() },
  });
  expect(await node.test()).toEqual({ said: "Some text" });
  expect(await node.test({ text: "mine" })).toEqual({ said: "mine" });
});
