/** Graphs inside graphs as they are shown: opened on demand, kept true by the same changes, obeyed by the same commands. */
import { describe, expect, it } from "vitest";
import { FnNode, Graph, GraphNode, InputNode, ui } from "../../src/index.ts";
import type { Command } from "../../src/protocol/command.ts";
import { obey } from "../../src/server/command.ts";
import { live } from "./live.ts";

/** Scene -> Frame (Shorten -> Border) -> Wall (two Frames of its own) */
function walls(text: string | undefined = undefined) {
  const shorten = new FnNode(({ text, max }: { text: string; max: number }) => text.slice(0, max), {
    name: "Shorten",
    inputs: { text: ui.textbox(), max: ui.number({ value: 3, label: "Letters" }) },
    outputs: { short: ui.textbox() },
  });
  const border = new FnNode(({ short }: { short: string }) => `[${short}]`, {
    name: "Border",
    inputs: { short: shorten.outputs.short },
    outputs: { framed: ui.textbox() },
  });
  const frame = new Graph({
    name: "Frame",
    nodes: [border],
    inputs: { text: shorten.inputs.text },
    outputs: { framed: border.outputs.framed },
  });
  const scene = new InputNode({ name: "Scene", ports: { text: ui.textbox({ value: text ?? "water" }) } });
  const one = new GraphNode(frame, { name: "One", inputs: { text: scene.outputs.text } });
  const wall = new GraphNode(new Graph({ name: "Wall", nodes: [one], outputs: { framed: one.outputs.framed } }), {
    name: "Wall",
  });
  const other = new GraphNode(frame, { name: "Other", inputs: { text: scene.outputs.text } });
  return new Graph({ name: "House", nodes: [wall, other] });
}

function house(graph: Graph) {
  const here = live(graph);
  const ask = (command: Command) => obey({ sheet: here.sheet, live: here.view, files: here.files }, command);
  return { here, ask };
}

describe("a graph's card", () => {
  it("says how many steps are inside, and shows them once somebody looks", async () => {
    const { here, ask } = house(walls());
    expect(here.card("Other")).toMatchObject({ inside: 2 });
    expect(here.look().insides).toEqual({});
    await ask({ kind: "open", card: "Other" });
    const inside = here.look().insides.Other;
    expect(inside?.order).toEqual(["Shorten", "Border"]);
    expect(inside?.cards.Shorten).toMatchObject({
      inputs: [
        { name: "text", from: "Frame.text", editable: false, value: { value: "water" } },
        { name: "max", label: "Letters", editable: true },
      ],
      outputs: [{ value: { value: "wat" } }],
    });
    expect(Object.values(inside?.edges ?? {})).toMatchObject([
      { from: "Shorten.short", to: "Border.short", state: "fresh" },
    ]);
  });

  it("is obeyed inside: a value that is set there flows out, and travels as that change", async () => {
    const { here, ask } = house(walls());
    await ask({ kind: "open", card: "Other" });
    here.look();
    await ask({ kind: "set", card: "Shorten", port: "max", value: { kind: "json", value: 2 }, inside: ["Other"] });
    const view = here.look();
    expect(view.cards.Other?.outputs[0]?.value).toEqual({ kind: "json", value: "[wa]" });
    expect(view.insides.Other?.cards.Border?.outputs[0]?.value).toEqual({ kind: "json", value: "[wa]" });
    expect(view.insides.Other?.cards.Border?.runs).toBe(1);
    expect(view.cards.Other?.runs).toBe(2);
  });

  it("is opened inside another, by the way that leads there", async () => {
    const { here, ask } = house(walls());
    await ask({ kind: "open", card: "One", inside: ["Wall"] });
    const deep = () => here.look().insides.Wall?.insides.One?.cards.Border?.outputs[0]?.value;
    expect(deep()).toEqual({ kind: "json", value: "[wat]" });
    await ask({ kind: "set", card: "Scene", port: "text", value: { kind: "json", value: "fire" }, inside: ["Wall"] });
    expect(deep()).toEqual({ kind: "json", value: "[fir]" });
    expect(here.look().cards.Other?.outputs[0]?.value).toEqual({ kind: "json", value: "[wat]" });
  });

  it("refuses in words what has no inside, and what is set outside", async () => {
    const { ask } = house(walls());
    await expect(ask({ kind: "open", card: "Scene" })).rejects.toThrow("no graph inside 'Scene'");
    await expect(ask({ kind: "open", card: "Other", item: 2 })).rejects.toThrow("'Other' is not scattered");
    await expect(ask({ kind: "open", card: "Nowhere", inside: ["Other"] })).rejects.toThrow("no card 'Nowhere'");
    const value = { kind: "json", value: "x" } as const;
    await expect(ask({ kind: "set", card: "Shorten", port: "text", value, inside: ["Other"] })).rejects.toThrow(
      "fed by 'Frame.text'",
    );
  });

  it("lets go of those looked at longest ago", async () => {
    const inner = walls();
    const nodes = Array.from({ length: 10 }, (_, i) => new GraphNode(inner, { name: `House ${i}` }));
    const { here, ask } = house(new Graph({ name: "Street", nodes }));
    for (const { name } of nodes) await ask({ kind: "open", card: name });
    expect(Object.keys(here.look().insides)).toEqual(nodes.slice(2).map(({ name }) => name));
    expect(Object.keys(here.view.view().insides).sort()).toEqual(Object.keys(here.look().insides).sort());
  });
});

describe("a graph that is scattered", () => {
  /** List -> each -> Twice (Double) */
  function scattered() {
    const double = new FnNode(({ n }: { n: number }) => n * 2, {
      name: "Double",
      inputs: { n: ui.number() },
      outputs: { n: ui.number() },
    });
    const graph = new Graph({
      name: "Twice",
      nodes: [double],
      inputs: { n: double.inputs.n },
      outputs: { n: double.outputs.n },
    });
    const list = new FnNode(({ of }: { of: number[] }) => of, {
      name: "List",
      inputs: { of: ui.json<number[]>({ value: [1, 2, 3] }) },
      outputs: { list: null },
    });
    const node = new GraphNode(graph, { name: "Twice", inputs: { n: list.outputs.list.each() } });
    const { here, ask } = house(new Graph({ name: "Outer", nodes: [node] }));
    const ids = () => here.card("Twice").outputs[0]?.items?.chunks[0]?.map(({ id }) => id) ?? [];
    const write = (of: readonly number[]) =>
      ask({ kind: "set", card: "List", port: "of", value: { kind: "json", value: of } });
    return { here, ask, ids, write };
  }

  it("is opened item by item, by its id, and an item that is gone is shut", async () => {
    const { here, ask, ids, write } = scattered();
    const third = ids()[2] as number;
    await ask({ kind: "open", card: "Twice", item: third });
    const inside = () => here.look().insides[`Twice[${third}]`];
    expect(inside()).toMatchObject({ item: 2, cards: { Double: { outputs: [{ value: { value: 6 } }] } } });
    await ask({ kind: "run", card: "Double", again: true, inside: [`Twice[${third}]`] });
    expect(inside()?.cards.Double?.runs).toBe(1);
    await write([1, 2]);
    expect(here.look().insides).toEqual({});
    await expect(ask({ kind: "runAll", inside: [`Twice[${third}]`] })).rejects.toThrow("no such item any more");
    await expect(ask({ kind: "open", card: "Twice", item: 0 })).rejects.toThrow("no such item any more");
    await expect(ask({ kind: "open", card: "Twice" })).rejects.toThrow("say which item to look into");
  });

  it("[S2] stays open while its item moves, says where that stands, and is what commands mean there", async () => {
    const { here, ask, ids, write } = scattered();
    const third = ids()[2] as number;
    const name = `Twice[${third}]`;
    await ask({ kind: "open", card: "Twice", item: third });
    await ask({ kind: "run", card: "Double", again: true, inside: [name] });
    await write([3, 1, 2, 4]);
    expect(here.look().insides[name]).toMatchObject({ item: 0, cards: { Double: { runs: 1 } } });
    await ask({ kind: "run", card: "Double", again: true, inside: [name] });
    expect(here.look().insides[name]?.cards.Double).toMatchObject({ runs: 2, outputs: [{ value: { value: 6 } }] });
    expect(here.view.view().insides).toEqual(here.look().insides);
    expect(Object.keys(here.look().insides)).toEqual([name]);
  });
});
