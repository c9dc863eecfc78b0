/** What is done to a folder at once: a sheet's files are written by one alone, and what is about to be named is not collected. */
import { expect, test } from "vitest";
import { FileRef, FnNode, Graph, ui } from "../../src/index.ts";
import { fit } from "../../src/persist/budget.ts";
import { DataFolder } from "../../src/persist/data-folder.ts";
import type { DiskFile } from "../../src/persist/disk.ts";
import type { Notice } from "../../src/persist/notice.ts";
import { SavedSheets } from "../../src/persist/sheets.ts";
import { later } from "../support/later.ts";
import { failure, SimDisk } from "../support/persist-sim-disk.ts";
import { turn } from "../support/turn.ts";

function app() {
  const show = new FnNode(({ picture }: { picture: FileRef }) => picture, {
    name: "Show",
    inputs: { picture: ui.image() },
    outputs: { picture: ui.image() },
  });
  return { show, graph: new Graph({ name: "Together", nodes: [show] }) };
}

const picture = (fill: number) => FileRef.fromBytes(new Uint8Array(50_000).fill(fill), { type: "image/png" });

/** A disk one of whose operations is held when it is told to be. */
class HeldDisk extends SimDisk {
  #hold: ((what: string, path: string) => boolean) | undefined;
  #reached = later();
  #goOn = later();

  /** Holds the first operation that fits; gives how it is waited for, and how it goes on. */
  hold(fits: (what: string, path: string) => boolean): { readonly reached: Promise<void>; goOn(): void } {
    const [reached, goOn] = [later(), later()];
    this.#hold = fits;
    this.#reached = reached;
    this.#goOn = goOn;
    return { reached: reached.promise, goOn: () => goOn.resolve() };
  }

  override async open(path: string, how: "new" | "append"): Promise<DiskFile> {
    const file = await super.open(path, how);
    return {
      ...file,
      append: async (bytes) => {
        await this.#pass("append", path);
        await file.append(bytes);
      },
    };
  }

  override async rename(from: string, to: string): Promise<void> {
    await this.#pass("rename", to);
    await super.rename(from, to);
  }

  override async read(path: string): Promise<Uint8Array | undefined> {
    const bytes = await super.read(path);
    await this.#pass("read", path);
    return bytes;
  }

  async #pass(what: string, path: string): Promise<void> {
    if (!this.#hold?.(what, path)) return;
    this.#hold = undefined;
    this.#reached.resolve();
    await this.#goOn.promise;
  }
}

async function opened(disk = new HeldDisk()) {
  let now = Date.now();
  const folder = await DataFolder.open("/data", { disk, lock: false, now: () => now });
  const { graph, show } = app();
  const notices: Notice[] = [];
  folder.notices$.subscribe((notice) => notices.push(notice));
  const sheets = new SavedSheets(graph, folder, { key: "together", user: "local" });
  const later = (ms: number) => {
    now += ms;
  };
  const stored = () => [...disk.files().keys()].filter((path) => path.startsWith("/data/blobs/")).length;
  return { disk, folder, sheets, show, later, stored, notices };
}

test("[D1] a sheet that is opened while old runs of it are taken away loses nothing that is saved then", async () => {
  const { disk, folder, sheets, show } = await opened();
  const first = await sheets.create();
  for (let i = 1; i <= 3; i++) {
    first.set(show.inputs.picture, await picture(i));
    await first.saved();
  }
  await (await sheets.openKept(first.id)).close();
  const held = disk.hold((what, path) => what === "rename" && path.endsWith("runs.jsonl"));
  const fitting = fit(folder, 1000);
  await held.reached;
  const opening = sheets.open(first.id);
  await turn();
  held.goOn();
  const sheet = await opening;
  sheet.set(show.inputs.picture, await picture(4));
  await sheet.saved();
  await fitting;
  const there = await opened(disk.afterPowerCut(() => 0.99) as HeldDisk);
  const again = await there.sheets.open(first.id);
  expect((await again.value(there.show.outputs.picture)?.bytes())?.[0]).toBe(4);
  expect(there.notices).toEqual([]);
});

test("[D1] a stored file that is about to be named again is not collected, however old it is", async () => {
  const { disk, sheets, show, later, stored } = await opened();
  const [one, other] = [await sheets.create(), await sheets.create()];
  one.set(show.inputs.picture, await picture(1));
  await one.saved();
  await other.saved();
  await sheets.delete(one.id);
  later(7_200_000);
  const held = disk.hold((what, path) => what === "append" && path.includes(other.id));
  other.set(show.inputs.picture, await picture(1));
  const saved = other.saved();
  await held.reached;
  expect(await sheets.collect()).toEqual({ files: 0, bytes: 0 });
  held.goOn();
  await saved;
  later(7_200_000);
  await sheets.collect();
  expect(stored()).toBe(1);
});

test("edits are saved while stored files are collected", async () => {
  const { disk, sheets, show, later, stored } = await opened();
  const sheet = await sheets.create();
  await sheet.saved();
  const gone = await sheets.create();
  gone.set(show.inputs.picture, await picture(1));
  await gone.saved();
  await sheets.delete(gone.id);
  later(7_200_000);
  const held = disk.hold((what, path) => what === "read" && path.includes(sheet.id));
  const collecting = sheets.collect();
  await held.reached;
  sheet.set(show.inputs.picture, await picture(2));
  await sheet.saved();
  held.goOn();
  expect(await collecting).toEqual({ files: 1, bytes: 50_000 });
  expect(stored()).toBe(1);
  // Two at once are one after the other.
  later(7_200_000);
  await Promise.all([sheets.collect(), sheets.collect()]);
  expect(stored()).toBe(1);
});

test("closing ends a collection before the folder is let go", async () => {
  const { disk, sheets, show, later, stored } = await opened();
  const [one, other] = [await sheets.create(), await sheets.create()];
  one.set(show.inputs.picture, await picture(1));
  await one.saved();
  await sheets.delete(one.id);
  later(7_200_000);
  const held = disk.hold((what, path) => what === "read" && path.includes(other.id));
  const collecting = sheets.collect();
  await held.reached;
  const closed = sheets.close().then(() => stored());
  held.goOn();
  expect(await collecting).toEqual({ files: 0, bytes: 0 });
  expect(await closed).toBe(1);
});

test("[D3] a stored file that cannot be read just now is not taken for damaged", async () => {
  const { disk, sheets, show, notices } = await opened();
  const sheet = await sheets.create();
  sheet.set(show.inputs.picture, await picture(1));
  await sheet.saved();
  const file = (await sheets.open(sheet.id)).value(show.outputs.picture);
  await (await sheets.openKept(sheet.id)).close();
  const again = await sheets.open(sheet.id);
  const stored = again.value(show.outputs.picture);
  const read = disk.read.bind(disk);
  disk.read = async (path) => {
    if (path.includes("/blobs/")) throw failure("EMFILE", path);
    return read(path);
  };
  await expect(stored?.bytes()).rejects.toThrow("EMFILE");
  await expect(sheets.collect()).resolves.toEqual({ files: 0, bytes: 0 });
  disk.read = read;
  expect(await stored?.bytes()).toEqual(await file?.bytes());
  expect(notices).toEqual([]);
});

test("[D1] a sheet that names a stored file which is missing goes on being saved", async () => {
  const { disk, sheets, show } = await opened();
  const first = await sheets.create();
  first.set(show.inputs.picture, await picture(1));
  await (await sheets.openKept(first.id)).close();
  for (const [path] of disk.files()) if (path.startsWith("/data/blobs/")) await disk.remove(path);
  const there = await opened(disk.afterPowerCut(() => 0) as HeldDisk);
  const sheet = await there.sheets.open(first.id);
  sheet.pin(there.show.outputs.picture, sheet.value(there.show.inputs.picture) as FileRef);
  await sheet.saved();
  sheet.set(there.show.inputs.picture, await picture(2));
  await sheet.saved();
  expect((await there.sheets.openKept(first.id)).saving).toEqual({ kind: "saved" });
  expect(there.notices).toMatchObject([{ kind: "damaged", message: expect.stringContaining("missing") }]);
});
