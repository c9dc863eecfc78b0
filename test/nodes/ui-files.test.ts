/** Components of files: which files they take, in which words they refuse others, and what they are tried with. */
import { describe, expect, test } from "vitest";
import { shapeOf } from "../../src/engine/component.ts";
import { type Component, FileRef, FnNode, type GalleryItem, Graph, GraphError, ui } from "../../src/index.ts";
import { thrownBy } from "./plain.ts";
import { png } from "./png.ts";

const named = (name: string, type?: string, bytes: Uint8Array = new TextEncoder().encode(name)) =>
  FileRef.fromBytes(bytes, type === undefined ? { name } : { name, type });

describe("a file is taken for what it is, or refused in words", () => {
  test.each<[string, Component<unknown>, [name: string, type?: string], string | undefined]>([
    ["a sound", ui.audio(), ["a.wav", "audio/wav"], undefined],
    ["a recording of a browser", ui.audio(), ["a.webm", "video/webm"], undefined],
    ["a picture as sound", ui.audio(), ["a.png", "image/png"], "an audio file"],
    ["a film", ui.video(), ["a.mp4", "video/mp4"], undefined],
    ["a sound as film", ui.video(), ["a.mp3", "audio/mpeg"], "a video file"],
    ["a mesh by its type", ui.model3d(), ["mesh", "model/stl"], undefined],
    ["splats by their ending", ui.model3d(), ["Garden.SPLAT"], undefined],
    ["words as a model", ui.model3d(), ["a.txt"], "a 3D model file"],
    ["anything", ui.file(), ["a.bin"], undefined],
    ["an ending that is asked for", ui.file({ accept: [".pdf", ".TXT"] }), ["a.txt"], undefined],
    ["a type that is asked for", ui.file({ accept: ["text/plain"] }), ["words", "text/plain"], undefined],
    ["a family of types", ui.file({ accept: ["audio/*"] }), ["a.ogg", "audio/ogg"], undefined],
    ["another type", ui.file({ accept: [".pdf", "audio/*"] }), ["a.txt"], "a .pdf, audio/* file"],
    ["too much", ui.file({ maxSize: 3 }), ["a.bin"], "a file of at most 3 bytes"],
    ["too long a film", ui.video({ maxSize: 3 }), ["a.mp4", "video/mp4"], "a video file of at most 3 bytes"],
  ])("%s", async (_, component, [name, type], words) => {
    expect(shapeOf(component).refuses(await named(name, type))).toBe(words);
  });

  test.each<[string, Component<unknown>, string]>([
    ["audio", ui.audio(), "an audio file (a FileRef)"],
    ["video", ui.video(), "a video file (a FileRef)"],
    ["model3d", ui.model3d(), "a 3D model file (a FileRef)"],
    ["file", ui.file(), "a file (a FileRef)"],
  ])("%s takes no text for a file", (_, component, words) => {
    expect(shapeOf(component).refuses("a.wav")).toBe(words);
  });
});

describe("a gallery", () => {
  const { refuses } = shapeOf(ui.gallery());
  const of = async (type: string) => ({ file: await named("a", type) });

  test("takes pictures and films, captioned or not", async () => {
    const film = { ...(await of("video/mp4")), caption: "moving" };
    expect(refuses([])).toBeUndefined();
    expect(refuses([await of("image/png"), film])).toBeUndefined();
  });

  test("refuses what is no list, and names the first that does not belong", async () => {
    const list = "a list of { file, caption }, each file an image or a video (a FileRef)";
    const wrong = `${list}, which number 2 is not`;
    expect(refuses({})).toBe(list);
    for (const odd of [null, "a.png", [], {}, await of("text/plain"), { ...(await of("image/png")), caption: 5 }]) {
      expect(refuses([await of("image/png"), odd])).toBe(wrong);
    }
  });

  test("of a function is given paths, bytes and references alike", async () => {
    const given = await named("given.png", undefined, png("given"));
    const draw = new FnNode(
      () => [{ file: png() }, { file: new Blob([png("b") as never]), caption: "B" }, { file: given }],
      {
        name: "Draw",
        outputs: { all: ui.gallery() },
      },
    );
    const sheet = new Graph({ name: "Gallery", nodes: [draw] }).sheet();
    await sheet.settled();
    const all = sheet.value(draw.outputs.all) as GalleryItem[];
    expect(all.map(({ file, caption }) => [file.name, file.type, caption])).toEqual([
      ["all.png", "image/png", undefined],
      ["all.png", "image/png", "B"],
      ["given.png", "image/png", undefined],
    ]);
    sheet.close();
  });

  test("names the picture that cannot be read", async () => {
    const draw = new FnNode(() => [{ file: "/no/such/picture.png" }], { name: "Draw", outputs: { all: ui.gallery() } });
    const sheet = new Graph({ name: "Gallery", nodes: [draw] }).sheet();
    const end = await sheet.run(draw);
    expect(end).toMatchObject({ kind: "failed", failure: { reason: "bad-output", port: "all" } });
    expect(end.kind === "failed" && end.failure.message).toContain("'file' of row 1 is a file that can be read");
    sheet.close();
  });
});

test.each<[string, Component<unknown>]>([
  ["audio", ui.audio()],
  ["video", ui.video()],
  ["model3d", ui.model3d()],
  ["file", ui.file()],
  ["a file by its ending", ui.file({ accept: [".pdf"] })],
  ["a file by its type", ui.file({ accept: ["audio/*", ".pdf"] })],
  ["gallery", ui.gallery()],
])("what %s is tried with will do, and is the same each time", async (_, component) => {
  const { example, refuses } = shapeOf(component);
  const tried = await example();
  expect(refuses(tried)).toBeUndefined();
  expect(await example()).toEqual(tried);
});

test("the examples are what they are called, by their bytes", async () => {
  const types = await Promise.all([ui.audio(), ui.video(), ui.model3d()].map((one) => shapeOf(one).example()));
  expect(types).toMatchObject([{ type: "audio/wav" }, { type: "video/webm" }, { type: "model/gltf+json" }]);
});

test.each<[string, () => unknown]>([
  ["accept is no list", () => ui.file({ accept: ".pdf" as never })],
  ["accept is empty", () => ui.file({ accept: [] })],
  ["accept holds neither ending nor type", () => ui.file({ accept: ["pdf"] })],
  ["columns are none", () => ui.gallery({ columns: 0 })],
  ["columns are halved", () => ui.gallery({ columns: 1.5 })],
  ["nothing is small enough", () => ui.audio({ maxSize: 0 })],
  ["a text is given for a file", () => ui.audio({ value: "a.wav" as never })],
])("options that cannot be: %s", (_, make) => {
  const error = thrownBy(make) as GraphError;
  expect(error).toBeInstanceOf(GraphError);
  expect(error.code).toBe("bad-component");
});
