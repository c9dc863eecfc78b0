/** Sheets over HTTP, on a real server with a folder of its own: what is answered as done is there for everybody, and after a restart. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FnNode, Graph, GraphNode, type Server, ui } from "../../src/index.ts";
import { openKept } from "./kept-house.ts";

let dataDir: string;
const servers: Server[] = [];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "millrace-sheets-"));
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  await rm(dataDir, { recursive: true, force: true });
});

function mill(persistKey?: false) {
  const ran: string[] = [];
  const grind = new FnNode(
    ({ grain }: { grain: string }) => {
      ran.push(grain);
      return `${grain} flour`;
    },
    { name: "Grind", inputs: { grain: ui.textbox({ value: "rye" }) }, outputs: { flour: ui.textbox() } },
  );
  const about = persistKey === undefined ? {} : { persistKey };
  return { graph: new Graph({ name: "Mill", nodes: [grind], ...about }), ran };
}

async function open(graph: Graph) {
  const house = await openKept(graph, dataDir);
  servers.push(house.server);
  const { json, view, command } = house;
  const list = async () => (await json("/api/sheets")).sheets as { id: string; name: string; size: number }[];
  const flour = async (id: string) => {
    const value = (await view(id)).cards.Grind?.outputs[0]?.value;
    return value?.kind === "json" ? value.value : undefined;
  };
  const set = (id: string, grain: string) =>
    command(id, { kind: "set", card: "Grind", port: "grain", value: { kind: "json", value: grain } });
  return { ...house, list, flour, set };
}

describe("sheets over HTTP", () => {
  it("begin with one, come back after a restart as they were, and run nothing by being opened", async () => {
    const first = mill();
    const before = await open(first.graph);
    const [sheet] = await before.list();
    expect(sheet?.name).toBe("Sheet 1");
    const id = sheet?.id ?? "";
    expect(await before.flour(id)).toBe("rye flour");
    await before.set(id, "oat");
    await before.json(`/api/sheets/${id}/commands`, { kind: "place", card: "Grind", x: 40, y: 50 });
    await before.json(`/api/sheets/${id}/commands`, { kind: "viewport", x: 1, y: 2, zoom: 0.5 });
    await before.saved(id);
    await before.server.close();
    const second = mill();
    const after = await open(second.graph);
    expect((await after.list()).map((one) => one.id)).toEqual([id]);
    expect(await after.view(id)).toMatchObject({
      places: { Grind: { x: 40, y: 50 } },
      viewport: { x: 1, y: 2, zoom: 0.5 },
    });
    expect(await after.flour(id)).toBe("oat flour");
    expect(second.ran).toEqual([]);
  });

  it("keep where the cards inside a graph's card lie, and what was looked at there", async () => {
    const build = () => {
      const sift = new FnNode(({ flour }: { flour: string }) => flour, {
        name: "Sift",
        inputs: { flour: ui.textbox({ value: "rye" }) },
        outputs: { fine: ui.textbox() },
      });
      const inner = new GraphNode(new Graph({ name: "Inner", nodes: [sift], outputs: { fine: sift.outputs.fine } }), {
        name: "Inside",
      });
      const outer = new Graph({ name: "Outer", nodes: [inner], outputs: { fine: inner.outputs.fine } });
      return new Graph({ name: "Nested", nodes: [new GraphNode(outer, { name: "Outside" })] });
    };
    const before = await open(build());
    const id = (await before.list())[0]?.id ?? "";
    const places = [
      { card: "Outside", x: 1, y: 2 },
      { card: "Inside", inside: ["Outside"], x: 3, y: 4 },
      { card: "Sift", inside: ["Outside", "Inside"], x: 5, y: 6 },
    ];
    for (const place of places) await before.command(id, { kind: "place", ...place });
    await before.command(id, { kind: "viewport", inside: ["Outside"], x: 7, y: 8, zoom: 2 });
    await before.saved(id);
    await before.server.close();
    const after = await open(build());
    for (const inside of [[], ["Outside"]])
      await after.command(id, { kind: "open", card: inside.length > 0 ? "Inside" : "Outside", inside });
    const outside = (await after.view(id)).insides.Outside;
    expect((await after.view(id)).places).toEqual({ Outside: { x: 1, y: 2 } });
    expect([outside?.places, outside?.viewport]).toEqual([{ Inside: { x: 3, y: 4 } }, { x: 7, y: 8, zoom: 2 }]);
    expect(outside?.insides.Inside?.places).toEqual({ Sift: { x: 5, y: 6 } });
  });

  it("are made, named, copied, reset and deleted, and each holds its own", async () => {
    const { json, list, flour, set, view } = await open(mill().graph);
    const [one] = await list();
    const made = (await json("/api/sheets", { name: "Second" })).sheet as { id: string };
    await set(made.id, "spelt");
    expect([await flour(one?.id ?? ""), await flour(made.id)]).toEqual(["rye flour", "spelt flour"]);
    expect(await json(`/api/sheets/${made.id}/rename`, { name: " Two  " })).toMatchObject({ ok: true });
    expect((await view(made.id)).sheet.name).toBe("Two");
    const copy = (await json(`/api/sheets/${made.id}/duplicate`, {})).sheet as { id: string };
    await set(made.id, "corn");
    expect([await flour(made.id), await flour(copy.id)]).toEqual(["corn flour", "spelt flour"]);
    expect(await json(`/api/sheets/${copy.id}/reset`, {})).toMatchObject({ ok: true });
    expect(await flour(copy.id)).toBe("rye flour");
    expect(await json(`/api/sheets/${made.id}/delete`, {})).toMatchObject({ ok: true });
    expect((await list()).map(({ name }) => name)).toEqual(["Sheet 1", "Two (copy)"]);
    expect((await json(`/api/sheets/${made.id}`)).status).toBe(404);
  });

  it("leave one when the last is deleted", async () => {
    const { json, list } = await open(mill().graph);
    const [one] = await list();
    await json(`/api/sheets/${one?.id}/delete`, {});
    const [other, ...none] = await list();
    expect([other?.id === one?.id, none]).toEqual([false, []]);
  });

  it("are taken along as a file and opened elsewhere", async () => {
    const here = await open(mill().graph);
    const [one] = await here.list();
    await here.set(one?.id ?? "", "barley");
    const file = await here.ask(`/api/sheets/${one?.id}/export`);
    expect(file.headers["content-disposition"]).toBe("attachment; filename*=UTF-8''Sheet%201.millrace");
    const boundary = "xyz";
    const body = Buffer.concat([
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="s.millrace"\r\ncontent-type: application/octet-stream\r\n\r\n`,
      ),
      file.bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const brought = await here.ask("/api/sheets/import", body, `multipart/form-data; boundary=${boundary}`);
    const { sheet } = JSON.parse(brought.text) as { sheet: { id: string } };
    expect(await here.flour(sheet.id)).toBe("barley flour");
  });

  it("are refused in words: an unknown one, a name that is none, a file that is no sheet", async () => {
    const { json, list, ask } = await open(mill().graph);
    const [one] = await list();
    expect(await json("/api/sheets/nowhere/rename", { name: "x" })).toMatchObject({
      status: 404,
      failure: { reason: "unknown-sheet", known: [one?.id] },
    });
    expect(await json(`/api/sheets/${one?.id}/rename`, { name: "  " })).toMatchObject({ status: 400 });
    expect(await json(`/api/sheets/${one?.id}/rename`, { name: "x".repeat(201) })).toMatchObject({ status: 400 });
    expect(await json(`/api/sheets/${one?.id}/rename`, {})).toMatchObject({ status: 400 });
    const body = `--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nno sheet\r\n--b--\r\n`;
    const { status, text } = await ask("/api/sheets/import", body, "multipart/form-data; boundary=b");
    expect([status, text]).toEqual([400, expect.stringContaining("no exported sheet")]);
  });

  it("what is done to them in code is seen on the canvas", async () => {
    const { server, list, view, flour, set } = await open(mill().graph);
    const id = (await list())[0]?.id ?? "";
    await set(id, "oat");
    await server.sheets.rename(id, "By code");
    expect((await view(id)).sheet.name).toBe("By code");
    expect((await server.sheets.open(id)).id).toBe(id);
    await server.sheets.reset(id);
    expect(await flour(id)).toBe("rye flour");
    expect((await server.sheets.list()).map(({ name }) => name)).toEqual(["By code"]);
  });

  it("that are not kept are one, in memory, and say so", async () => {
    const { json, list, flour, view } = await open(mill(false).graph);
    const [only] = await list();
    expect([await flour(only?.id ?? ""), (await view(only?.id ?? "")).saved]).toEqual(["rye flour", true]);
    expect(await json("/api/sheets", {})).toMatchObject({
      status: 409,
      failure: { message: expect.stringContaining("persistKey") },
    });
  });

  it("that cannot be kept are one, in memory, and the canvas says why", async () => {
    const file = join(dataDir, "a-file");
    await writeFile(file, "no folder");
    dataDir = join(file, "data");
    const { list, flour, view } = await open(mill().graph);
    dataDir = dirname(file);
    const [only] = await list();
    const shown = await view(only?.id ?? "");
    expect([await flour(only?.id ?? ""), shown.saved]).toEqual(["rye flour", false]);
    expect(shown.notices).toEqual([expect.stringContaining("Nothing can be saved in")]);
  });
});
