/** A file by content: its id, its type, its name, and where it may be read. */
import { chmod, mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { FileRef } from "../../src/index.ts";
import { png } from "./png.ts";

const text = (words: string) => new TextEncoder().encode(words);

describe("a file", () => {
  test("is its bytes: the same are one id, others another, whatever the name", async () => {
    const [a, b, c] = await Promise.all([
      FileRef.fromBytes(text("mill"), { name: "a.txt" }),
      FileRef.fromBytes(new Blob(["mi", "ll"]), { name: "b.md" }),
      FileRef.fromBytes(text("race"), { name: "a.txt" }),
    ]);
    expect(a.id).toBe(b.id);
    expect(a.id).not.toBe(c.id);
    expect(a.id).toMatch(/^[0-9a-f]{64}$/);
  });

  test("keeps its bytes though the caller goes on writing into the buffer", async () => {
    const bytes = text("mill");
    const file = await FileRef.fromBytes(bytes);
    bytes.fill(0);
    expect(await file.text()).toBe("mill");
  });

  test("may be a part of a larger buffer, and may be empty", async () => {
    const part = text("a mill race").subarray(2, 6);
    expect(await (await FileRef.fromBytes(Buffer.from(part))).text()).toBe("mill");
    expect(await FileRef.fromBytes(part)).toMatchObject({ size: 4 });
    expect(await FileRef.fromBytes(new Uint8Array())).toMatchObject({ size: 0, name: "file.bin" });
  });

  test("is never made of what are no bytes", async () => {
    for (const wrong of ["photo.jpg", new ArrayBuffer(4), new Uint16Array(4), [1, 2], 5, null, undefined]) {
      await expect(Promise.resolve().then(() => FileRef.fromBytes(wrong as never))).rejects.toThrow();
    }
  });

  test("cannot be changed", async () => {
    const file = await FileRef.fromBytes(text("mill"));
    expect(() => Object.assign(file, { id: "other" })).toThrow(TypeError);
  });
});

describe("its type", () => {
  test.each<[string, { name?: string; type?: string }, string]>([
    ["from the bytes before the name", { name: "photo.txt" }, "image/png"],
    ["from the bytes when there is no name", {}, "image/png"],
    ["from who knows it", { name: "photo.txt", type: "application/x-mine" }, "application/x-mine"],
  ])("is taken %s", async (_, about, type) => {
    expect((await FileRef.fromBytes(png(), about)).type).toBe(type);
  });

  test.each([
    ["notes.txt", "text/plain"],
    ["NOTES.TXT", "text/plain"],
    ["drawing.svg", "image/svg+xml"],
    ["notes", "application/octet-stream"],
    ["notes.unheard-of", "application/octet-stream"],
  ])("of bytes that say nothing is taken from the name: %s is %s", async (name, type) => {
    expect((await FileRef.fromBytes(text("mill"), { name })).type).toBe(type);
  });

  test("is on its blob", async () => {
    const blob = await (await FileRef.fromBytes(png())).blob();
    expect([blob.type, blob.size]).toEqual(["image/png", png().length]);
  });
});

describe("its name", () => {
  test.each([
    ["/etc/passwd.txt", "passwd.txt"],
    ["C:\\Users\\me\\photo.png", "photo.png"],
    ["../../up.png", "up.png"],
    ["a/b\\c/d.png", "d.png"],
    ["folder/", "file.png"],
    ["", "file.png"],
    ["水車.png", "水車.png"],
  ])("has no folders: %s is %s", async (name, shown) => {
    expect((await FileRef.fromBytes(png(), { name })).name).toBe(shown);
  });

  test.each([".", ".."])("is no folder: not %s", async (name) => {
    expect((await FileRef.fromBytes(png(), { name })).name).not.toMatch(/^\.+$/);
  });

  test("is taken from a File", async () => {
    expect((await FileRef.fromBytes(new File([png() as never], "c:\\mill.png"))).name).toBe("mill.png");
  });
});

describe("its path", () => {
  test("leads to the same bytes, for nobody else to read, and is made once", async () => {
    const file = await FileRef.fromBytes(png(), { name: "mill.png" });
    const [path, again] = await Promise.all([file.path(), file.path()]);
    expect(again).toBe(path);
    expect(path.endsWith(".png")).toBe(true);
    expect(new Uint8Array(await readFile(path))).toEqual(png());
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect((await stat(dirname(path))).mode & 0o077).toBe(0);
  });

  test("is mended when somebody cut the file short", async () => {
    const file = await FileRef.fromBytes(text("a mill to be cut short"), { name: "cut.txt" });
    await writeFile(await file.path(), "a");
    expect(await readFile(await file.path(), "utf8")).toBe("a mill to be cut short");
  });

  test("is not where somebody else may have written", async () => {
    const usual = process.env.TMPDIR;
    const shared = await mkdtemp(join(tmpdir(), "millrace-shared-"));
    process.env.TMPDIR = shared;
    try {
      const file = await FileRef.fromBytes(text("what we wrote"), { name: "a.txt" });
      const folder = dirname(await file.path());
      await writeFile(await file.path(), "what THEY put");
      await chmod(folder, 0o777);
      expect(await readFile(await file.path(), "utf8")).toBe("what we wrote");
    } finally {
      if (usual === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = usual;
    }
  });

  test.each(["a.\0png", `a.${"x".repeat(400)}`, "a.png; rm -rf ~", "a.$(reboot)", 'a."\n', "a.'&|`", "...", "a. png"])(
    "is harmless in a shell and can be made, though its name is %o",
    async (name) => {
      const path = await (await FileRef.fromBytes(text(`mill ${name}`), { name, type: "image/png" })).path();
      expect(basename(path)).toMatch(/^[0-9a-f]{64}(\.[a-z0-9]{1,12})?$/i);
      expect((await stat(path)).isFile()).toBe(true);
    },
  );
});

describe("from a path", () => {
  test("it is what lies there, by its name without folders", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "millrace-files-")), "photo.txt");
    await writeFile(path, png());
    expect(await FileRef.fromPath(path)).toMatchObject({ name: "photo.txt", type: "image/png", size: png().length });
  });

  test.each(["/no/such/file.png", "", "/", "a\0b"])("%o is an error: there is no such file", async (path) => {
    await expect(FileRef.fromPath(path)).rejects.toThrow();
  });
});
