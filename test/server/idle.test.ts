/** Sheets that nobody needs are closed and come back as they were; stored files that nothing leads to go. On a real server, with its clock in the test's hands. */
import { mkdtemp, readdir, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FileRef, FnNode, Graph, type Server, ui } from "../../src/index.ts";
import { openFolder } from "../../src/persist/data-folder.ts";
import { sheetsOf } from "../../src/persist/sheets.ts";
import type { View } from "../../src/protocol.ts";
import { Files } from "../../src/server/files.ts";
import { KeptRooms } from "../../src/server/rooms.ts";
import { held } from "../../src/testing.ts";
import { failure, SimDisk } from "../support/persist-sim-disk.ts";
import { turn } from "../support/turn.ts";
import { FakeClock } from "./fake-clock.ts";
import { openHouse } from "./house.ts";
import { openKept } from "./kept-house.ts";

const minute = 60_000;

let dataDir: string;
const servers: Server[] = [];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "millrace-idle-"));
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  await rm(dataDir, { recursive: true, force: true });
});

function mill() {
  const ran: string[] = [];
  const work = held<{ grain: string }, string>();
  const grind = new FnNode(
    ({ grain }: { grain: string }) => {
      ran.push(grain);
      return `${grain} flour`;
    },
    { name: "Grind", inputs: { grain: ui.textbox({ value: "rye" }) }, outputs: { flour: ui.textbox() } },
  );
  const bake = new FnNode(work.fn, {
    name: "Bake",
    trigger: "manual",
    inputs: { grain: ui.textbox({ value: "loaf" }) },
    outputs: { bread: ui.textbox() },
  });
  const make = new FnNode(({ live }: { live: boolean }) => (live ? () => 1 : 1), {
    name: "Make",
    inputs: { live: ui.checkbox({ value: false }) },
    outputs: { made: ui.json<unknown>() },
  });
  const show = new FnNode(({ picture }: { picture: FileRef }) => picture, {
    name: "Show",
    inputs: { picture: ui.image() },
    outputs: { picture: ui.image() },
  });
  return { graph: new Graph({ name: "Mill", nodes: [grind, bake, make, show] }), ran, work, grind, bake, make, show };
}

async function open(graph: Graph, env: Readonly<Record<string, string>> = {}) {
  const clock = new FakeClock();
  const house = await openKept(graph, dataDir, { clock, env });
  servers.push(house.server);
  const folder = await openFolder(dataDir);
  await folder.close();
  const create = async (name: string) => ((await house.json("/api/sheets", { name })).sheet as { id: string }).id;
  const list = async () => (await house.json("/api/sheets")).sheets as { id: string; name: string }[];
  const set = (id: string, card: string, port: string, value: string | boolean) =>
    house.command(id, { kind: "set", card, port, value: { kind: "json", value } });
  const closed = async (id: string) => {
    while (folder.open.has(id)) await turn();
  };
  return { ...house, clock, create, list, set, closed, isOpen: (id: string) => folder.open.has(id) };
}

/** All but what is said of this life alone: how many runs it has seen, and since when a card is as it is. */
function lasting(view: View): unknown {
  return JSON.parse(JSON.stringify(view, (key, value) => (key === "runs" || key === "since" ? undefined : value)));
}

describe("a sheet that nobody looks at", () => {
  it("is closed after ten minutes, and the next request opens it exactly as it was, with its runs, and nothing runs", async () => {
    const { graph, ran, grind } = mill();
    const here = await open(graph);
    const [first] = await here.list();
    const id = first?.id ?? "";
    await here.set(id, "Grind", "grain", "oat");
    await here.command(id, { kind: "place", card: "Grind", x: 40, y: 50 });
    await here.saved(id);
    const [before, runs] = [await here.view(id), (await here.json(`/api/sheets/${id}/runs?card=Grind`)).runs];
    here.clock.pass(9 * minute);
    // Whoever comes in begins the ten minutes anew.
    expect(await here.view(id)).toEqual(before);
    here.clock.pass(9 * minute);
    const later = await here.create("Later");
    expect([here.isOpen(id), here.isOpen(later)]).toEqual([true, true]);
    here.clock.pass(minute);
    await here.closed(id);
    expect(here.isOpen(later)).toBe(true);
    ran.splice(0);
    expect(lasting(await here.view(id))).toEqual(lasting(before));
    expect((await here.json(`/api/sheets/${id}/runs?card=Grind`)).runs).toEqual(runs);
    expect(ran).toEqual([]);
    await here.set(id, "Grind", "grain", "corn");
    expect(ran).toEqual(["corn"]);
    const sheet = await here.server.sheets.open(id);
    expect(sheet.history(grind).map(({ inputs }) => inputs.grain)).toEqual(["rye", "oat", "corn"]);
  });

  it("[R5, R8] says since when a card is stale, as it did before it was closed", async () => {
    const { graph, work } = mill();
    const here = await open(graph);
    const id = (await here.list())[0]?.id ?? "";
    await here.command(id, { kind: "run", card: "Bake" });
    (await work.started()).finish("bread");
    await here.saved(id);
    await here.set(id, "Bake", "grain", "roll");
    const since = here.clock.time;
    await here.saved(id);
    const status = async () => (await here.view(id)).cards.Bake?.status;
    expect(await status()).toMatchObject({ kind: "stale", because: "Grain changed", since });
    here.clock.pass(10 * minute);
    await here.closed(id);
    expect(await status()).toMatchObject({ kind: "stale", because: "Grain changed", since });
    // It is another time once it was ready in between.
    await here.set(id, "Bake", "grain", "loaf");
    expect(await status()).toBeNull();
    await here.set(id, "Bake", "grain", "roll");
    expect(await status()).toMatchObject({ kind: "stale", since: since + 10 * minute });
  });

  it("stays open while it is watched, while something runs there, while code holds it, and while it holds what no disk takes", async () => {
    const { graph, work, make } = mill();
    const here = await open(graph, { MILLRACE_IDLE: "3" });
    const ids = new Map<string, string>();
    for (const name of ["watched", "running", "held", "of this process", "left"])
      ids.set(name, await here.create(name));
    const id = (name: string) => ids.get(name) as string;
    const watcher = await here.watch(id("watched"));
    await here.command(id("running"), { kind: "run", card: "Bake" });
    const run = await work.started();
    await here.server.sheets.open(id("held"));
    await here.set(id("of this process"), "Make", "live", true);
    for (const one of ids.values()) await here.saved(one);
    here.clock.pass(3 * minute);
    // They are looked at in order, and this one is the last.
    await here.closed(id("left"));
    const stillOpen = () => [...ids.keys()].filter((name) => here.isOpen(id(name)));
    expect(stillOpen()).toEqual(["watched", "running", "held", "of this process"]);

    const own = await here.server.sheets.open(id("of this process"));
    expect(typeof own.value(make.outputs.made)).toBe("function");
    own.close();
    run.finish("bread");
    (await here.server.sheets.open(id("held"))).close();
    watcher.cut();
    // As soon as none of that is so any more, they are closed.
    while (stillOpen().length > 0) {
      here.clock.pass(minute);
      await turn();
    }
  });

  it("stays open while it cannot be saved, and is closed when it is saved", async () => {
    const { graph, grind } = mill();
    const [clock, disk] = [new FakeClock(), new SimDisk()];
    const saved = await sheetsOf(graph, {}, { disk, lock: false });
    const rooms = new KeptRooms(saved, { clock, files: new Files(), shut: () => undefined });
    const here = await openHouse(graph, { clock, rooms });
    const ids: string[] = [];
    for (const name of ["Unsaved", "Left"]) ids.push((await rooms.sheets.create({ name })).id);
    const [unsaved = "", left = ""] = ids;
    disk.onStep = (_, path) => {
      if (path.includes(unsaved)) throw failure("ENOSPC", path);
    };
    const sheet = await saved.open(unsaved);
    sheet.set(grind.inputs.grain, "oat");
    await expect(sheet.saved()).rejects.toThrow("disk is full");
    const lives = async (id: string) => (await saved.open(id)).value(grind.outputs.flour);
    const opened = await saved.open(left);
    await opened.saved();
    const over = new Promise<void>((resolve) => opened.events$.subscribe({ complete: resolve }));
    clock.pass(10 * minute);
    await over;
    expect([await saved.open(unsaved), await lives(unsaved)]).toEqual([sheet, "oat flour"]);
    disk.onStep = () => undefined;
    await sheet.saved();
    const gone = new Promise<void>((resolve) => sheet.events$.subscribe({ complete: resolve }));
    clock.pass(minute);
    await gone;
    expect(await lives(unsaved)).toBe("oat flour");
    await here.close();
    await rooms.close();
  });

  it("is closed after as many minutes as MILLRACE_IDLE says, which is a number", async () => {
    await expect(openKept(mill().graph, dataDir, { env: { MILLRACE_IDLE: "soon" } })).rejects.toThrow(
      "MILLRACE_IDLE is a number of minutes",
    );
  });
});

describe("once an hour", () => {
  it("stored files that no sheet leads to any more go, and those that one leads to stay", async () => {
    const { graph, show } = mill();
    const sheets = await graph.sheets({ dataDir });
    const pictures = await Promise.all(
      [1, 2].map((fill) => FileRef.fromBytes(new Uint8Array(9000).fill(fill), { type: "image/png" })),
    );
    const ids: string[] = [];
    for (const picture of pictures) {
      const sheet = await sheets.create();
      sheet.set(show.inputs.picture, picture);
      ids.push(sheet.id);
    }
    await sheets.close();
    const long = new Date(Date.now() - 120 * minute);
    for (const { id } of pictures) await utimes(join(dataDir, "blobs", id.slice(0, 2), id), long, long);

    const here = await open(mill().graph);
    await here.json(`/api/sheets/${ids[1]}/delete`, {});
    const stored = async () => {
      const names = await readdir(join(dataDir, "blobs"), { recursive: true, withFileTypes: true });
      return names.filter((one) => one.isFile()).map(({ name }) => name);
    };
    here.clock.pass(59 * minute);
    expect((await stored()).sort()).toEqual(pictures.map(({ id }) => id).sort());
    here.clock.pass(minute);
    while ((await stored()).length > 1) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await stored()).toEqual([pictures[0]?.id]);
  });
});
