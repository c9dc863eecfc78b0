/** Saved sheets on a real disk: everything that a person does with them, in code. */
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FileRef as File, FileRef, FnNode, Graph, ui } from "../../src/index.ts";
import { realDisk } from "../../src/persist/disk.ts";
import { sheetsOf } from "../../src/persist/sheets.ts";
import { historyOf, shownOn } from "../support/persist-lives.ts";

let dataDir = "";
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "millrace-sheets-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

function app(persistKey?: string | false) {
  const ran: string[] = [];
  const shout = new FnNode(
    ({ text, times }: { text: string; times: number }) => {
      ran.push(text);
      return text.toUpperCase().repeat(times);
    },
    {
      name: "Shout",
      inputs: { text: ui.textbox({ value: "a" }), times: ui.number({ value: 1 }) },
      outputs: { loud: ui.textbox() },
    },
  );
  const show = new FnNode(({ picture }: { picture: File }) => picture, {
    name: "Show",
    inputs: { picture: ui.image() },
    outputs: { picture: ui.image() },
  });
  const graph = new Graph({
    name: "Shout",
    nodes: [shout, show],
    ...(persistKey !== undefined && { persistKey }),
  });
  return { graph, shout, show, ran };
}

describe("a sheet", () => {
  test("is as it was left after closing and opening, with its runs, and nothing runs", async () => {
    const before = app();
    const sheets = await before.graph.sheets({ dataDir });
    const sheet = await sheets.create({ name: "Mine" });
    sheet.set(before.shout.inputs.text, "water");
    sheet.set(before.shout.inputs.times, 2);
    const shown = shownOn(sheet);
    const history = historyOf(sheet);
    await sheets.close();

    const after = app();
    const again = await after.graph.sheets({ dataDir });
    const [entry] = await again.list();
    expect(entry).toMatchObject({ name: "Mine" });
    const opened = await again.open(entry!.id);
    expect(opened.id).toBe(sheet.id);
    expect(shownOn(opened)).toEqual(shown);
    expect(historyOf(opened)).toEqual(history);
    expect(after.ran).toEqual([]);
    await again.close();
  });

  test("saved() resolves when all so far is on disk, and at once for a sheet in memory", async () => {
    const { graph, shout } = app();
    await graph.sheet().saved();
    const sheets = await graph.sheets({ dataDir });
    const sheet = await sheets.create();
    sheet.set(shout.inputs.text, "needle");
    await sheet.saved();
    expect(await readFile(join(dataDir, "sheets", sheet.id, "runs.jsonl"), "utf8")).toContain("needle");
    await sheets.close();
  });

  test("costs nothing at the start: of two hundred, none is read until it is opened", async () => {
    const { graph } = app();
    const sheets = await graph.sheets({ dataDir });
    const made: string[] = [];
    for (let i = 0; i < 200; i++) made.push((await sheets.create()).id);
    await sheets.close();

    const read: string[] = [];
    const listening = {
      ...realDisk,
      read: (path: string) => {
        read.push(path);
        return realDisk.read(path);
      },
    };
    const again = await sheetsOf(app().graph, { dataDir }, { disk: listening });
    const inSheets = () => new Set(read.flatMap((path) => made.filter((id) => path.includes(id))));
    expect(inSheets()).toEqual(new Set());
    await again.open(made[7]!);
    expect(inSheets()).toEqual(new Set([made[7]]));
    await again.close();
  });

  test("is opened once, however often it is asked for", async () => {
    const { graph } = app();
    const sheets = await graph.sheets({ dataDir });
    const sheet = await sheets.create();
    expect(await sheets.open(sheet.id)).toBe(sheet);
    sheet.close();
    const again = await sheets.open(sheet.id);
    expect(again).not.toBe(sheet);
    await sheets.close();
  });

  test("is one and the same for all lists of its graph, and refused to another graph", async () => {
    const [ours, others] = [app(), app()];
    const [one, other] = [await ours.graph.sheets({ dataDir }), await ours.graph.sheets({ dataDir })];
    const sheet = await one.create();
    expect(await other.open(sheet.id)).toBe(sheet);
    const foreign = await others.graph.sheets({ dataDir });
    await expect(foreign.open(sheet.id)).rejects.toThrow("another graph of the same persistKey");
    for (const sheets of [one, other, foreign]) await sheets.close();
  });

  test("an unknown id is refused in words, and so is a graph that is not saved", async () => {
    const { graph } = app();
    const sheets = await graph.sheets({ dataDir });
    await expect(sheets.open("nowhere")).rejects.toThrow("There is no sheet 'nowhere'");
    await expect(app(false).graph.sheets({ dataDir })).rejects.toThrow("persistKey: false");
    await sheets.close();
    await expect(sheets.create()).rejects.toThrow("closed");
  });
});

describe("the menu", () => {
  test("creates with names that are free, renames, duplicates, resets, deletes", async () => {
    const { graph, shout } = app();
    const sheets = await graph.sheets({ dataDir });
    const one = await sheets.create();
    const two = await sheets.create();
    expect((await sheets.list()).map(({ name }) => name)).toEqual(["Sheet 1", "Sheet 2"]);

    one.set(shout.inputs.text, "water");
    const copy = await sheets.duplicate(one.id);
    expect(copy.value(shout.outputs.loud)).toBe("WATER");
    copy.set(shout.inputs.text, "wine");
    expect(one.value(shout.outputs.loud)).toBe("WATER");

    await sheets.rename(one.id, "Mill");
    await sheets.delete(two.id);
    expect((await sheets.list()).map(({ name }) => name)).toEqual(["Mill", "Sheet 1 (copy)"]);
    await expect(sheets.open(two.id)).rejects.toThrow("no sheet");
    expect(await readdir(join(dataDir, "sheets"))).not.toContain(two.id);

    await sheets.reset(one.id);
    const fresh = await sheets.open(one.id);
    expect(fresh.value(shout.outputs.loud)).toBe("A");
    expect(fresh.history(shout)).toHaveLength(1);
    await sheets.close();

    const again = await app().graph.sheets({ dataDir });
    expect((await again.list()).map(({ name }) => name)).toEqual(["Mill", "Sheet 1 (copy)"]);
    await again.close();
  });

  test("[R5] a sheet that was reset begins anew once: what ran then is kept", async () => {
    const { graph, ran } = app();
    const sheets = await graph.sheets({ dataDir });
    const { id } = await sheets.create();
    await sheets.reset(id);
    const shown = shownOn(await sheets.open(id));
    await sheets.close();
    expect(ran).toEqual(["a", "a"]);
    const after = app();
    const again = await after.graph.sheets({ dataDir });
    expect(shownOn(await again.open(id))).toEqual(shown);
    expect(after.ran).toEqual([]);
    await again.close();
  });

  test("each user and each graph has sheets of their own", async () => {
    const [ours, others] = [app("ours"), app("others")];
    const ann = await ours.graph.sheets({ dataDir, user: "ann" });
    const bob = await ours.graph.sheets({ dataDir, user: "bob" });
    const other = await others.graph.sheets({ dataDir, user: "ann" });
    const sheet = await ann.create({ name: "Ann's" });
    expect(await bob.list()).toEqual([]);
    expect(await other.list()).toEqual([]);
    await expect(bob.open(sheet.id)).rejects.toThrow("no sheet");
    await expect(bob.delete(sheet.id)).rejects.toThrow("no sheet");
    for (const one of [ann, bob, other]) await one.close();
  });

  test("a sheet exported is one file, and is the same where it is imported", async () => {
    const { graph, shout, show } = app();
    const sheets = await graph.sheets({ dataDir });
    const sheet = await sheets.create({ name: "Travels" });
    sheet.set(shout.inputs.text, "far".repeat(3000));
    sheet.set(show.inputs.picture, await FileRef.fromBytes(png(5_000), { name: "a.png" }));
    const file = await sheets.export(sheet.id);
    await sheets.close();

    const elsewhere = await mkdtemp(join(tmpdir(), "millrace-sheets-"));
    const there = app();
    const others = await there.graph.sheets({ dataDir: elsewhere });
    const arrived = await others.import(file);
    expect(arrived.id).not.toBe(sheet.id);
    expect(arrived.value(there.shout.outputs.loud)).toBe("FAR".repeat(3000));
    const picture = arrived.value(there.show.outputs.picture);
    expect(Buffer.from(await picture!.bytes()).equals(Buffer.from(png(5_000)))).toBe(true);
    expect(there.ran).toEqual([]);
    expect((await others.list())[0]?.name).toBe("Travels");
    await expect(others.import(file.slice(0, file.size - 10))).rejects.toThrow("damaged");
    await expect(others.import(new Blob(["hello"]))).rejects.toThrow("no exported sheet");
    await others.close();
    await rm(elsewhere, { recursive: true });
  });
});

describe("on disk", () => {
  test("the same picture in ten runs is stored once, and goes when nothing leads to it and it is old", async () => {
    const { graph, show } = app();
    let now = Date.now();
    const sheets = await sheetsOf(graph, { dataDir }, { now: () => now });
    const sheet = await sheets.create();
    const picture = await FileRef.fromBytes(png(200_000), { name: "a.png" });
    for (let i = 0; i < 10; i++) {
      sheet.set(show.inputs.picture, picture);
      await sheet.run(show, { again: true });
    }
    await sheet.saved();
    expect(await stored()).toEqual([picture.id]);
    expect(await sheets.collect()).toEqual({ files: 0, bytes: 0 });
    now += 7_200_000;
    expect(await sheets.collect()).toEqual({ files: 0, bytes: 0 });
    await sheets.delete(sheet.id);
    expect(await sheets.collect()).toEqual({ files: 1, bytes: 200_000 });
    expect(await stored()).toEqual([]);
    await sheets.close();
  });

  test("everything is for its owner alone", async () => {
    const { graph, show } = app();
    const sheets = await graph.sheets({ dataDir: join(dataDir, "inner") });
    const sheet = await sheets.create();
    sheet.set(show.inputs.picture, await FileRef.fromBytes(png(9_000), { name: "a.png" }));
    await sheet.saved();
    const names = await readdir(join(dataDir, "inner"), { recursive: true, withFileTypes: true });
    expect(names.length).toBeGreaterThan(6);
    for (const name of names) {
      const { mode } = await stat(join(name.parentPath, name.name));
      expect([name.name, (mode & 0o777).toString(8)]).toEqual([name.name, name.isDirectory() ? "700" : "600"]);
    }
    await sheets.close();
  });

  async function stored(): Promise<readonly string[]> {
    const names = await readdir(join(dataDir, "blobs"), { recursive: true, withFileTypes: true });
    return names.filter((name) => name.isFile()).map(({ name }) => name);
  }
});

/** Bytes that begin like a picture. */
function png(size: number): Uint8Array {
  const bytes = new Uint8Array(size).map((_, i) => (i * 7919) % 251);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return bytes;
}
