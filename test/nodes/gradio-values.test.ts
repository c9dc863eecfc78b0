/** Values of every kind on their way to a real Gradio app and back: equal, in order, files by content with their names and types. */
import { describe, expect, test } from "vitest";
import { FileRef, ui } from "../../src/index.ts";
import { called, picture } from "../support/gradio/called.ts";
import { realGradio } from "../support/gradio/real.ts";

const gradio = await realGradio();
const at = gradio?.url ?? "";

describe.skipIf(!gradio)("a real Gradio app", () => {
  test.each<[string, string, Record<string, unknown>, unknown]>([
    ["text", "/text", { text: "grüße ☕" }, "grüße ☕"],
    ["text with a parameter that has a default", "/text", { text: "loud", loud: true }, "LOUD"],
    ["an endpoint written without its slash", "text", { text: "x" }, "x"],
    ["numbers", "/add", { a: 2.5, b: -1 }, 1.5],
    ["a number that is left out", "/add", { a: 2 }, 3],
    ["a choice and a list of choices", "/choose", { one: "red", several: ["a", "c"] }, "red: a, c"],
    ["a choice that is a number", "/level", { level: 2 }, 2],
    ["JSON", "/anything", { value: { a: [1, null, "x"] } }, { given: { a: [1, null, "x"] }, empty: null }],
    ["HTML", "/html", { text: "x" }, "<b>x</b>"],
    ["an answer without a queue, and ends (trap 6)", "/at_once", { text: "x" }, "x"],
    ["an endpoint that is not described", "/hidden", { text: "x" }, "x"],
  ])("takes and gives %s", async (_, apiName, inputs, value) => {
    expect(await called(at, apiName, inputs)).toMatchObject({ outputs: { out: value } });
  });

  test("gives values to ports in order; a hidden one is there all the same", async () => {
    const { outputs } = await called(at, "/count", { to: 3 }, { text: ui.textbox(), number: null });
    expect(outputs).toEqual({ text: "1 2 3", number: 3 });
  });

  test("calls an endpoint that has no described parameters by its index, in the order that is written", async () => {
    const config = (await (await fetch(`${at}/config`)).json()) as { dependencies: { id: number; api_name: string }[] };
    const index = config.dependencies.find(({ api_name }) => api_name === "hidden")?.id as number;
    expect((await called(at, index, { text: "by index" })).outputs).toEqual({ out: "by index" });
    const wrong = await called(at, 4711, { text: "x" }, { out: null }, { validate: false });
    expect(wrong.failure).toMatchObject({ reason: "remote-refused" });
    expect(wrong.failure?.message).toContain("no endpoint of index 4711");
  });

  test("gives a label and a table as our components take them", async () => {
    const { outputs } = await called(at, "/label", { text: "abc" });
    expect(outputs.out).toEqual({
      label: "short",
      confidences: [
        { label: "short", confidence: 0.7 },
        { label: "long", confidence: 0.3 },
      ],
    });
    const table = { headers: ["a", "b"], data: [[1, 2]] };
    expect((await called(at, "/dataframe", { table })).outputs.out).toEqual({
      headers: ["a", "b", "sum"],
      data: [[1, 2, 3]],
    });
  });

  test("gives a conversation as messages of text", async () => {
    const history = [{ role: "user", content: "first" }];
    const { outputs } = await called(at, "/chat", { message: "second", history }, { box: null, talk: null });
    expect(outputs).toEqual({
      box: "",
      talk: [...history, { role: "user", content: "second" }, { role: "assistant", content: "You said second." }],
    });
  });

  test("has preprocess change what is sent, and postprocess what is given", async () => {
    const preprocess = ({ words }: { words: string[] }) => ({ text: words.join(" ") });
    const postprocess = (text: string, number: number) => `${text} and ${number}`;
    const sent = await called(at, "/text", { words: ["two", "words"] }, { out: ui.textbox() }, { preprocess });
    expect(sent.outputs).toEqual({ out: "two words" });
    const given = await called(at, "/count", { to: 2 }, { out: ui.textbox() }, { postprocess });
    expect(given.outputs).toEqual({ out: "1 2 and 2" });
  });
});

describe.skipIf(!gradio)("files", () => {
  test("keep name, type and bytes, both ways", async () => {
    const file = await FileRef.fromBytes(new TextEncoder().encode("grist"), {
      name: "my grist.txt",
      type: "text/plain",
    });
    const { outputs } = await called(at, "/file", { file }, { file: null, name: null, size: null });
    expect(outputs).toMatchObject({
      file: { id: file.id, name: "my grist.txt", type: "text/plain" },
      name: "my grist.txt",
      size: 5,
    });
  });

  test("come to a port that shows an image, the one of several that postprocess takes", async () => {
    const image = await picture();
    const postprocess = (_original: unknown, final: unknown) => final;
    const { outputs } = await called(at, "/image", { image }, { image: ui.image() }, { postprocess });
    expect(outputs.image).toBeInstanceOf(FileRef);
    expect(outputs.image).toMatchObject({ name: "mirrored.png", type: "image/png" });
  });

  test("are sound, video and things", async () => {
    const sound = (await called(at, "/audio", { seconds: 0.25 })).outputs.out as FileRef;
    expect([sound.name, sound.type]).toEqual(["silence.wav", "audio/wav"]);
    expect((await called(at, "/hear", { audio: sound })).outputs.out).toBe(0.25);
    const video = await FileRef.fromBytes(new Uint8Array(64), { name: "film.mp4", type: "video/mp4" });
    expect((await called(at, "/video", { video })).outputs.out).toMatchObject({ id: video.id, name: "film.mp4" });
    const thing = (await called(at, "/model3d", { size: 2 })).outputs.out as FileRef;
    expect([thing.name, await thing.text()]).toEqual(["point.obj", "v 2 2 2\n"]);
  });

  test("come in lists, with captions in galleries", async () => {
    const [one, two] = [await picture("one.png", "1"), await picture("two.png", "2")];
    const { outputs } = await called(at, "/files", { files: [one, two] }, { files: null, names: null });
    expect(outputs).toMatchObject({ files: [{ id: one.id }, { id: two.id }], names: ["one.png", "two.png"] });
    const gallery = [{ file: one, caption: "no. " }, { file: two }];
    expect((await called(at, "/gallery", { gallery })).outputs.out).toMatchObject([
      { file: { type: "image/png" }, caption: "no. 1" },
      { file: { type: "image/png" }, caption: "2" },
    ]);
  });

  test("may be large", async () => {
    const { outputs } = await called(at, "/big", { megabytes: 40 });
    expect(outputs.out).toMatchObject({ size: 40_000_000, name: "big.bin" });
  });

  test("that are larger than the app takes are not sent", async () => {
    const file = await FileRef.fromBytes(new Uint8Array(61 * 1024 * 1024), { name: "huge.bin" });
    const { failure } = await called(at, "/file", { file });
    expect(failure).toMatchObject({ reason: "bad-input", port: "file" });
    expect(failure?.message).toContain("62914560 bytes");
  });

  test("are no texts: a text that an app gives where a file should be is not read as a path", async () => {
    const { failure } = await called(at, "/text", { text: "/etc/hostname" }, { image: ui.image() });
    expect(failure).toMatchObject({ reason: "bad-output", port: "image" });
  });
});
