/** Lists that are shown item by item. */
import { describe, expect, it } from "vitest";
import { FnNode, Graph, ui } from "../../src/index.ts";
import type { Change } from "../../src/protocol/patch.ts";
import { chunkSize } from "../../src/protocol/port.ts";
import { live, overTheWire } from "./live.ts";
import { doubling } from "./small-graphs.ts";

const items = (here: ReturnType<typeof live>) => {
  const view = here.card("Double").outputs[0]?.items;
  if (!view) throw new Error("There are no items.");
  return view;
};

describe("a scattered card", () => {
  it("shows its items one by one, each with its own state and value", () => {
    const { graph } = doubling(3);
    const here = live(graph);
    expect(items(here)).toEqual({
      of: 3,
      counts: { empty: 0, stale: 0, pending: 0, ready: 3, failed: 0 },
      chunks: {
        0: [0, 2, 4].map((value) => ({
          id: expect.any(Number),
          state: "ready",
          value: { kind: "json", value },
          shows: "current",
        })),
      },
    });
    expect(here.card("Double")).toMatchObject({
      about: "function · scattered over 3",
      inputs: [{ way: "each", value: { kind: "list", of: 3 } }],
    });
    expect(here.card("Sum").inputs[0]).toMatchObject({ way: "all", value: { kind: "list", of: 3 } });
    expect(here.look().edges["Count.numbers -> Double.n"]).toMatchObject({ kind: "scatter", state: "fresh" });
    expect(here.look().edges["Double.twice -> Sum.all"]).toMatchObject({ kind: "gather", state: "fresh" });
  });

  it("[S3] says which item failed and of what, and the edge into it is fresh all the same", async () => {
    const { graph, count, double, broken } = doubling(0);
    const here = live(graph);
    broken.add(7);
    here.sheet.set(count.inputs.list, [1, 7, 3]);
    expect(items(here)).toMatchObject({ of: 3, counts: { ready: 2, failed: 1 }, failed: 1 });
    expect(items(here).chunks[0]?.[1]).toMatchObject({
      state: "failed",
      failure: { message: "7 will not be doubled." },
    });
    expect(here.card("Double").status).toMatchObject({
      failure: { reason: "item-failed", items: 1, advice: expect.stringContaining("7 will not be doubled.") },
    });
    expect(here.look().edges["Count.numbers -> Double.n"]?.state).toBe("fresh");
    broken.clear();
    await here.sheet.run(double, { items: "failed" });
    expect(items(here).counts).toMatchObject({ ready: 3, failed: 0 });
    expect(here.card("Double").runs).toBe(4);
  });

  it("an empty list is a list of none", () => {
    expect(items(live(doubling(0).graph))).toEqual({
      of: 0,
      counts: { empty: 0, stale: 0, pending: 0, ready: 0, failed: 0 },
      chunks: {},
    });
  });

  it("[P3] one item's change among 10,000 travels as that item, and only if somebody looks there", () => {
    const { graph, count, double } = doubling(10_000);
    const here = live(graph);
    const card = here.view.cards.byId.get("Double");
    const row = card?.outputs[0];
    if (!card || !row) throw new Error("There is no such card.");
    expect(Object.keys(items(here).chunks)).toEqual(["0"]);
    const list = Array.from({ length: 10_000 }, (_, i) => i);
    const about = (changes: readonly Change[]) =>
      changes.filter(({ path }) => path[1] === "Double" && path[2] === "outputs");
    here.sheet.set(count.inputs.list, list.with(7777, -5));
    expect(about(here.view.changes())).toEqual([]);
    here.view.lookAtItems(card, row, 7777);
    expect(items(here).chunks[String(Math.floor(7777 / chunkSize))]?.[7777 % chunkSize]?.value).toEqual({
      kind: "json",
      value: -10,
    });
    here.sheet.set(count.inputs.list, list.with(7777, -6));
    expect(overTheWire(about(here.view.changes()))).toEqual([
      {
        path: [
          "cards",
          "Double",
          "outputs",
          0,
          "items",
          "chunks",
          String(Math.floor(7777 / chunkSize)),
          7777 % chunkSize,
          "value",
          "value",
        ],
        value: -12,
      },
    ]);
    expect(here.sheet.value(double.outputs.twice)?.length).toBe(10_000);
  });

  it("[S2] an item keeps its id while others come and go around it and while it changes itself", () => {
    const { graph, count } = doubling(4);
    const here = live(graph);
    const ids = () => items(here).chunks[0]?.map(({ id }) => id);
    const [a, b, c, d] = ids() ?? [];
    expect(new Set([a, b, c, d]).size).toBe(4);
    here.sheet.set(count.inputs.list, [1, 2, 3]);
    expect(ids()).toEqual([b, c, d]);
    here.sheet.set(count.inputs.list, [1, 7, 3]);
    expect(ids()).toEqual([b, c, d]);
    here.sheet.set(count.inputs.list, [3, 9, 1, 7]);
    expect(ids()).toEqual([d, expect.any(Number), b, c]);
    expect([a, b, c, d]).not.toContain(ids()?.[1]);
  });

  it("keeps the chunks that were looked at last, and the first", () => {
    const here = live(doubling(1000).graph);
    const card = here.view.cards.byId.get("Double");
    const row = card?.outputs[0];
    if (!card || !row) throw new Error("There is no such card.");
    for (let chunk = 1; chunk <= 12; chunk++) here.view.lookAtItems(card, row, chunk * chunkSize);
    expect(Object.keys(items(here).chunks).map(Number)).toEqual([0, 5, 6, 7, 8, 9, 10, 11, 12]);
  });
});

describe("a list of rows", () => {
  const lines = () => {
    const ran: string[] = [];
    const script = new FnNode(
      ({ topic }: { topic: string }) => [1, 2, 3].map((n) => ({ who: "Host", text: `${topic} ${n}` })),
      {
        name: "Script",
        inputs: { topic: ui.textbox({ label: "Topic", value: "water" }) },
        outputs: {
          lines: ui.itemList(
            { who: ui.textbox({ value: "Guest" }), text: ui.textbox({ label: "Text" }) },
            { label: "Lines" },
          ),
        },
      },
    );
    const speak = new FnNode(
      ({ text }: { text: string }) => {
        ran.push(text);
        return `${text}!`;
      },
      { name: "Speak", inputs: { text: script.outputs.lines.each("text") }, outputs: { said: ui.textbox() } },
    );
    return { graph: new Graph({ name: "Script", nodes: [speak] }), script, ran };
  };

  it("shows each row by its fields, and offers them to be edited", () => {
    const here = live(lines().graph);
    expect(here.card("Script").outputs[0]).toMatchObject({
      pinnable: true,
      component: {
        kind: "itemList",
        options: {
          fields: [
            { name: "who", kind: "textbox" },
            { name: "text", label: "Text" },
          ],
        },
      },
      items: {
        of: 3,
        rows: true,
        counts: { ready: 3 },
        chunks: { 0: [{ value: { value: { who: "Host", text: "water 1" } } }, {}, {}] },
      },
      value: null,
    });
    expect(here.card("Speak").inputs[0]).toMatchObject({ way: "each", value: { kind: "list", of: 3 } });
  });

  it("[S2] a row keeps its id when it is edited, when rows above it go, and when the list is made anew", () => {
    const { graph, script } = lines();
    const here = live(graph);
    const { lines: port } = script.outputs;
    const ids = () => here.card("Script").outputs[0]?.items?.chunks[0]?.map(({ id }) => id);
    const [a, b, c] = ids() ?? [];
    const [first, second, third] = here.sheet.value(port) ?? [];
    if (!first || !second || !third) throw new Error("There are no rows.");
    here.sheet.pin(port, [first, { ...second, text: "wine" }, third]);
    expect(ids()).toEqual([a, b, c]);
    here.sheet.pin(port, [{ ...second, text: "wine" }, third, first]);
    expect(ids()).toEqual([b, c, a]);
    here.sheet.pin(port, [third, first]);
    expect(ids()).toEqual([c, a]);
    here.sheet.set(script.inputs.topic, "oil");
    expect(ids()).toEqual([c, a, expect.any(Number)]);
    expect([a, b, c]).not.toContain(ids()?.[2]);
  });

  it("[S2] an edited row travels as that row, is pinned, and runs what lies below it alone", async () => {
    const { graph, script, ran } = lines();
    const here = live(graph);
    here.look();
    ran.length = 0;
    const list = here.sheet.value(script.outputs.lines) ?? [];
    here.sheet.pin(script.outputs.lines, list.with(1, { who: "Host", text: "wine" }));
    const changes = here.view.changes().filter(({ path }) => path[1] === "Script" && path.includes("chunks"));
    expect(changes).toEqual([
      { path: ["cards", "Script", "outputs", 0, "items", "chunks", "0", 1, "value", "value", "text"], value: "wine" },
    ]);
    expect(here.view.view().cards.Script).toMatchObject({ chips: ["pinned"], outputs: [{ pinned: true }] });
    expect(ran).toEqual(["wine"]);
  });
});
