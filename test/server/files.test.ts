import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FnNode, Graph, ui } from "../../src/index.ts";
import type { FileView } from "../../src/protocol/port.ts";
import { rangeOf } from "../../src/server/file-answer.ts";
import { Files } from "../../src/server/files.ts";
import type { Stored } from "../../src/server/value.ts";
import { type House, openHouse, type Said } from "./house.ts";

/** One grey pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  "base64",
);
const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

let here: House;
beforeAll(async () => {
  const look = new FnNode(({ image }: { image: { name: string } }) => `${image.name} ${"!".repeat(20_000)}`, {
    name: "Look",
    inputs: { image: ui.image({ label: "Image" }) },
    outputs: { words: ui.textbox() },
  });
  here = await openHouse(new Graph({ name: "Look", nodes: [look] }));
});
afterAll(() => here.close());

async function upload(bytes: Uint8Array, name: string, type = "application/octet-stream", field = "file") {
  const form = new FormData();
  form.append(field, new Blob([bytes as Uint8Array<ArrayBuffer>], { type }), name);
  const request = new Request("http://x/", { method: "POST", body: form });
  const body = new Uint8Array(await request.arrayBuffer());
  const headers = { "content-type": request.headers.get("content-type") as string, "x-millrace": "1" };
  const { status, text } = await here.ask({ method: "POST", path: "/api/uploads", body, headers });
  return { status, ...(JSON.parse(text) as { ok: boolean; file: FileView; failure: { reason: string } }) };
}

const fetched = (id: string, headers: Said["headers"] = {}, query = "", method = "GET") =>
  here.ask({ method, path: `/files/${id}${query}`, headers });

describe("an upload", () => {
  it("is kept by its content and typed by its bytes, and can be set, shown and fetched", async () => {
    const { status, file } = await upload(png, "pixel.txt", "text/html");
    const id = digest(png);
    expect([status, file]).toEqual([
      200,
      { id, name: "pixel.txt", type: "image/png", size: png.length, url: `files/${id}` },
    ]);
    expect((await here.command({ kind: "set", card: "Look", port: "image", value: { kind: "file", id } })).status).toBe(
      200,
    );
    expect(here.room.revisions.revision).toBe(1);
    const card = here.room.live.view().cards.Look;
    expect(card?.inputs[0]?.value).toEqual({ kind: "file", file });
    const { headers, bytes } = await fetched(id);
    expect(bytes).toEqual(png);
    expect(headers).toMatchObject({
      "content-type": "image/png",
      "content-disposition": "inline; filename*=UTF-8''pixel.txt",
      "cache-control": "private, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringMatching(/^sandbox; default-src 'none'/),
      etag: `"${id}"`,
    });

    const words = card?.outputs[0]?.value;
    if (words?.kind !== "large") throw new Error("It is inline.");
    const whole = await here.ask({ path: `/${words.url}` });
    expect(whole.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(JSON.parse(whole.text)).toBe(`pixel.txt ${"!".repeat(20_000)}`);
  });

  it("that is no image is refused by an image input, and the sheet is unharmed", async () => {
    const { file } = await upload(Buffer.from("words"), "words.txt");
    const { revision } = here.room.revisions;
    const { status, text } = await here.command({
      kind: "set",
      card: "Look",
      port: "image",
      value: { kind: "file", id: file.id },
    });
    expect([status, JSON.parse(text)]).toMatchObject([400, { failure: { reason: "wrong-type" } }]);
    expect(here.room.revisions.revision).toBe(revision);
  });

  it.each([
    ["../../etc/passwd", "passwd"],
    ["C:\\Windows\\win.ini", "win.ini"],
    ["...", "file"],
    [".bashrc", "bashrc"],
    ["gnp\u202Etxt.exe", "gnptxt.exe"],
    ["Übersicht – 日本 😀.txt", "Übersicht – 日本 😀.txt"],
    ['it\'s (1) "quoted"*.txt', 'it\'s (1) "quoted"*.txt'],
  ])("named %j is called %j", async (given, kept) => {
    const { status, file } = await upload(Buffer.from(`content of ${given}`), given);
    expect([status, file.name.replace(/\.bin$/, "")]).toEqual([200, kept]);
    const { headers } = await fetched(file.id);
    const [, written] = /filename\*=UTF-8''([\w.%!~+-]+)$/.exec(headers["content-disposition"] ?? "") ?? [];
    expect(decodeURIComponent(written ?? "")).toBe(file.name);
  });

  it.each(["..", "a\u0000b.txt", "a\u0007b.txt", ""])("named %j is refused: that is no name", async (name) => {
    expect(await upload(png, name)).toMatchObject({ status: 400, failure: { reason: "bad-upload" } });
  });

  it("of a name without end is called shortly", async () => {
    const { file } = await upload(Buffer.from("long"), `${"x".repeat(5000)}.txt`);
    expect(file.name).toHaveLength(150);
    expect(file.name).toMatch(/\.txt$/);
  });

  it.each(["page.html", "drawing.svg", "feed.xml", "page.xhtml", "code.js"])(
    "of what could act as a page is only downloaded: %s",
    async (name) => {
      const { file } = await upload(
        Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert("${name}")</script></svg>`),
        name,
      );
      const { headers } = await fetched(file.id);
      expect(headers["content-disposition"]).toMatch(/^attachment/);
      expect(headers["content-security-policy"]).toMatch(/^sandbox; default-src 'none'/);
      expect(headers["content-security-policy"]).not.toMatch(/allow-|script/);
    },
  );

  it("of nothing, of two files or in another field is refused", async () => {
    expect(await upload(png, "a.png", "image/png", "other")).toMatchObject({
      status: 400,
      ok: false,
      failure: { reason: "bad-upload" },
    });
    const empty = await here.ask({
      method: "POST",
      path: "/api/uploads",
      body: "",
      headers: { "content-type": "multipart/form-data; boundary=x", "x-millrace": "1" },
    });
    expect([400, 415]).toContain(empty.status);
    const cut = await here.ask({
      method: "POST",
      path: "/api/uploads",
      body: "--x\r\nContent-Disp",
      headers: { "content-type": "multipart/form-data; boundary=x", "x-millrace": "1" },
    });
    expect(cut.status).toBe(400);
    expect((await here.post("/api/uploads", "{}")).status).toBe(415);
    expect(here.reported).toEqual([]);
  });

  it("above 64 MiB is refused", async () => {
    const { status, failure } = await upload(new Uint8Array(64 * 1024 * 1024 + 1), "big.bin");
    expect([status, failure.reason]).toEqual([413, "too-large"]);
  });
});

describe("a file", () => {
  const sound = Buffer.concat([Buffer.from("RIFF\x24\x00\x00\x00WAVEfmt "), Buffer.alloc(1000, 7)]);
  let id: string;
  beforeAll(async () => {
    ({ id } = (await upload(sound, "sound.wav")).file);
  });

  it("is searched by ranges", async () => {
    for (const [range, first, last] of [
      ["bytes=0-3", 0, 3],
      ["bytes=10-", 10, 1015],
      ["bytes=-16", 1000, 1015],
      ["bytes=1000-99999", 1000, 1015],
    ] as const) {
      const { status, headers, bytes } = await fetched(id, { range });
      expect([status, headers["content-range"], headers["content-length"]]).toEqual([
        206,
        `bytes ${first}-${last}/1016`,
        `${last - first + 1}`,
      ]);
      expect(bytes).toEqual(sound.subarray(first, last + 1));
    }
    expect((await fetched(id)).headers["accept-ranges"]).toBe("bytes");
  });

  it("has nothing outside itself", async () => {
    for (const range of ["bytes=1016-", "bytes=5000-6000", "bytes=-0"]) {
      const { status, headers, text } = await fetched(id, { range });
      expect([status, headers["content-range"], JSON.parse(text).ok]).toEqual([416, "bytes */1016", false]);
    }
  });

  it("is given whole when the range cannot be read or was meant for another content", async () => {
    for (const range of ["bytes=0-1,5-6", "bytes=9-2", "bytes=-", "lines=1-2", "bytes=a-b"]) {
      expect((await fetched(id, { range })).status, range).toBe(200);
    }
    expect((await fetched(id, { range: "bytes=0-3", "if-range": '"other"' })).status).toBe(200);
    expect((await fetched(id, { range: "bytes=0-3", "if-range": `"${id}"` })).status).toBe(206);
    expect(rangeOf("bytes=0-0", 0)).toBe("outside");
  });

  it("is not sent again to who has it, nor to who only asks about it", async () => {
    const again = await fetched(id, { "if-none-match": `"${id}"` });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
    const head = await fetched(id, {}, "", "HEAD");
    expect([head.status, head.headers["content-length"], head.bytes.length]).toEqual([200, "1016", 0]);
  });

  it("is downloaded when that is asked", async () => {
    expect((await fetched(id, {}, "?download")).headers["content-disposition"]).toBe(
      "attachment; filename*=UTF-8''sound.wav",
    );
  });

  it("that is not known is nowhere, whatever its id", async () => {
    for (const wrong of ["a".repeat(64), id.toUpperCase(), id.slice(1), "..%2f..%2fpackage.json", "__proto__", "%00"]) {
      const { status, text } = await fetched(wrong);
      expect([status, JSON.parse(text).failure.reason], wrong).toEqual([404, "unknown-file"]);
    }
  });
});

describe("the store", () => {
  const file = (id: string, size = 10): Stored => ({
    id,
    name: id,
    type: "text/plain",
    size,
    bytes: async () => new Uint8Array(size),
  });

  it("keeps what is shown, and of the rest as much as there is room for, the newest longest", () => {
    const files = new Files({ files: 100, bytes: 25 });
    files.hold("card", [file("shown", 1000)]);
    for (const id of ["a", "b", "c"]) files.add(file(id));
    expect(["shown", "a", "b", "c"].map((id) => files.find(id) !== undefined)).toEqual([true, false, true, true]);
    files.add(file("b"));
    files.add(file("d"));
    expect(["b", "c", "d"].map((id) => files.find(id) !== undefined)).toEqual([true, false, true]);
  });

  it("lets go of what no card shows any more, and not before the last", () => {
    const files = new Files({ files: 0, bytes: 0 });
    files.hold("one", [file("a")]);
    files.hold("two", [file("a"), file("a")]);
    files.hold("one", []);
    expect(files.find("a")).toBeDefined();
    files.hold("two", [file("b")]);
    expect([files.find("a"), files.find("b")?.id]).toEqual([undefined, "b"]);
    files.hold("two", [file("b")]);
    expect(files.find("b")).toBeDefined();
  });
});
