/** Files that a function returns: a path, bytes, a blob or a reference on a port that shows a file, and nowhere else. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Observable } from "rxjs";
import { beforeAll, describe, expect, test } from "vitest";
import { FileRef, FnNode, Graph, ui } from "../../src/index.ts";
import { alone } from "./plain.ts";
import { png } from "./png.ts";

let path: string;
let words: string;
let file: FileRef;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "millrace-outputs-"));
  path = join(folder, "mill.png");
  words = join(folder, "words.txt");
  await writeFile(path, png());
  await writeFile(words, "no picture at all");
  file = await FileRef.fromBytes(png(), { name: "given.png" });
});
const image = { outputs: { out: ui.image() } };

describe("a function with an image port", () => {
  test.each<[string, () => unknown, string]>([
    ["a path", () => path, "mill.png"],
    ["a path, later", async () => path, "mill.png"],
    ["a Buffer", () => Buffer.from(png()), "out.png"],
    ["bytes", async () => png(), "out.png"],
    ["a Blob", () => new Blob([png() as never]), "out.png"],
    ["a File", () => new File([png() as never], "own.png"), "own.png"],
    ["a reference", () => file, "given.png"],
    [
      "a stream of paths",
      async function* () {
        yield words;
        yield path;
      },
      "mill.png",
    ],
    [
      "an Observable of bytes",
      () =>
        new Observable((s) => {
          s.next(png("x"));
          s.next(png());
          s.complete();
        }),
      "out.png",
    ],
  ])("may return %s", async (_, work, name) => {
    const { sheet, out } = alone(work, image);
    await sheet.settled();
    expect(sheet.value(out)).toBeInstanceOf(FileRef);
    expect(sheet.value(out)).toMatchObject({ id: file.id, name, type: "image/png" });
  });

  test("that has a reference at once is ready at once", () => {
    expect(alone(() => file, image).now()).toMatchObject({ kind: "ready", value: file });
  });

  test.each<[string, () => unknown, string]>([
    ["a path that leads nowhere", () => "/no/such/file.png", "a file that can be read"],
    ["a folder", () => tmpdir(), "a file that can be read"],
    ["an empty text", () => "", "a file that can be read"],
    ["a path to what is no picture", () => words, "an image file"],
    ["bytes that are no picture", () => new Uint8Array(8), "an image file"],
    ["a list of paths", () => [path], "an image file (a FileRef)"],
    ["nothing", () => undefined, "a value"],
    ["null", () => null, "an image file (a FileRef)"],
    [
      "an Observable whose last path leads nowhere",
      () =>
        new Observable((s) => {
          s.next(path);
          s.next("/no");
          s.complete();
        }),
      "a file that can be read",
    ],
  ])("that returns %s fails, and says what was expected", async (_, work, expected) => {
    const { sheet, now } = alone(work, image);
    await sheet.settled();
    expect(now()).toMatchObject({ kind: "failed", failure: { reason: "bad-output", port: "out", expected } });
  });

  test("among several outputs reads that one alone as a file", async () => {
    const work = () => ({ picture: path, path });
    const { sheet, node } = alone(work, { outputs: { picture: ui.image(), path: ui.textbox() } });
    await sheet.settled();
    expect(sheet.value(node.outputs.picture!)).toMatchObject({ id: file.id });
    expect(sheet.value(node.outputs.path!)).toBe(path);
  });

  test("among several outputs names the one that cannot be read", async () => {
    const { sheet, now } = alone(() => ({ a: path, b: "/no" }), { outputs: { a: ui.image(), b: ui.image() } });
    await sheet.settled();
    expect(now()).toMatchObject({ failure: { reason: "bad-output", port: "b" } });
  });

  test("refuses a picture that is larger than it may be", async () => {
    const { sheet, now } = alone(() => png(), { outputs: { out: ui.image({ maxSize: 10 }) } });
    await sheet.settled();
    expect(now()).toMatchObject({ failure: { expected: "an image file of at most 10 bytes" } });
  });
});

describe("elsewhere", () => {
  test("a text is never a file, nor are bytes", async () => {
    const hidden = alone(() => path);
    expect(hidden.sheet.value(hidden.out)).toBe(path);
    const bytes = png();
    const json = alone(() => bytes, { outputs: { out: ui.json() } });
    expect(json.sheet.value(json.out)).toBe(bytes);
  });
});

describe("an equal file", () => {
  test("made anew stops the wave: nothing below runs", async () => {
    // n -> paint -> size
    let sizes = 0;
    const paint = new FnNode(({ n }: { n: number }) => png(n > 2 ? "more" : ""), {
      name: "paint",
      inputs: { n: ui.number({ value: 1 }) },
      outputs: { picture: ui.image() },
    });
    const size = new FnNode(
      ({ picture }: { picture: FileRef }) => {
        sizes++;
        return picture.size;
      },
      { name: "size", inputs: { picture: paint.outputs.picture }, outputs: { out: ui.number() } },
    );
    const sheet = new Graph({ name: "Cut off", nodes: [size] }).sheet();
    await sheet.settled();
    sheet.set(paint.inputs.n, 2);
    await sheet.settled();
    expect(sizes).toBe(1);
    sheet.set(paint.inputs.n, 3);
    await sheet.settled();
    expect([sizes, sheet.value(size.outputs.out)]).toEqual([2, png("more").length]);
    sheet.close();
  });

  test("set on an input is nothing", async () => {
    let runs = 0;
    const { sheet, node } = alone((_: object) => ++runs, { inputs: { picture: ui.image({ value: file }) } });
    sheet.set(node.inputs.picture as never, (await FileRef.fromBytes(png(), { name: "other.png" })) as never);
    expect(runs).toBe(1);
    sheet.set(node.inputs.picture as never, (await FileRef.fromBytes(png("x"))) as never);
    expect(runs).toBe(2);
    sheet.close();
  });
});
