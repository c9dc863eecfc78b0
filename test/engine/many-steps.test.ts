/** Nodes that are many steps (scattered ones, graphs, choices) are asked and stopped as one, and their items one by one. */
import { describe, expect, test } from "vitest";
import { ChoiceNode, FnNode, Graph, GraphNode, type Node, ui } from "../../src/index.ts";
import { held } from "../../src/testing.ts";
import { turn } from "../support/turn.ts";

const words = () => new FnNode(() => ["a", "b", "c"], { name: "Words", outputs: { list: ui.json<string[]>() } });

/** A step that marks a word, fails on `b` while it is told to, and says what it ran on. */
function marking(name = "Mark") {
  const told = { ran: [] as string[], fails: true };
  const work = ({ word }: { word: string }) => {
    told.ran.push(word);
    if (word === "b" && told.fails) throw new Error(`no ${word}`);
    return `${word}!`;
  };
  return { told, work, options: { name, outputs: { word: ui.textbox() } } };
}

function scattered() {
  const { told, work, options } = marking();
  const node = new FnNode(work, { ...options, inputs: { word: words().outputs.list.each() } });
  return { node, told };
}

function graphPerItem() {
  const { told, work, options } = marking();
  const inner = new FnNode(work, { ...options, inputs: { word: ui.textbox() } });
  const graph = new Graph({
    name: "Marking",
    nodes: [inner],
    inputs: { word: inner.inputs.word },
    outputs: { word: inner.outputs.word },
  });
  const node = new GraphNode(graph, { name: "Each", inputs: { word: words().outputs.list.each() } });
  return { node, told };
}

function chosenPerItem() {
  const { told, work, options } = marking();
  const list = words();
  const node = new FnNode(work, { ...options, inputs: { word: list.outputs.list.each() } });
  const other = new FnNode(({ word }: { word: string }) => word, {
    name: "Other",
    inputs: { word: list.outputs.list.each() },
    outputs: { word: ui.textbox() },
  });
  return { node: new ChoiceNode([node, other], { name: "Either" }), told };
}

describe.each([
  ["a scattered node", scattered],
  ["a graph for every item", graphPerItem],
  ["a choice of scattered nodes", chosenPerItem],
])("%s", (_, make) => {
  test("[R4, S3] asked, ends with the failure that its port shows", async () => {
    const { node } = make();
    const sheet = new Graph({ name: "G", nodes: [node] }).sheet();
    const end = await sheet.run(node);
    const shown = sheet.signal(node.outputs.word);
    expect(end).toMatchObject({
      kind: "failed",
      failure: { reason: "item-failed", message: "1 of 3 items failed: 2." },
    });
    expect(end.kind === "failed" && shown.kind === "failed" && shown.failure === end.failure).toBe(true);
  });

  test("[S3] runs some of its items, those that failed, and one of them anew", async () => {
    const { node, told } = make();
    const sheet = new Graph({ name: "G", nodes: [node] }).sheet();
    told.ran.length = 0;
    expect(await sheet.run(node, { items: [0] })).toMatchObject({ kind: "ready", outputs: { word: ["a!"] } });
    expect(told.ran).toEqual([]);
    expect(await sheet.run(node, { items: [0, 1] })).toMatchObject({
      kind: "failed",
      failure: { reason: "item-failed" },
    });
    expect(told.ran.splice(0)).toEqual(["b"]);
    expect(await sheet.run(node, { items: [2], again: true })).toMatchObject({ outputs: { word: ["c!"] } });
    expect(told.ran.splice(0)).toEqual(["c"]);
    told.fails = false;
    expect(await sheet.run(node, { items: "failed" })).toMatchObject({ outputs: { word: ["a!", "b!", "c!"] } });
    expect(told.ran.splice(0)).toEqual(["b"]);
    expect(await sheet.run(node, { items: "failed" })).toMatchObject({ kind: "ready" });
    expect(told.ran).toEqual([]);
  });
});

test.each<[string, () => Node]>([
  [
    "a graph's node",
    () => {
      const inner = new FnNode(() => Promise.reject(new Error("inside")), { name: "Inner", outputs: { y: null } });
      return new GraphNode(new Graph({ name: "In", nodes: [inner], outputs: { y: inner.outputs.y } }));
    },
  ],
  [
    "a choice",
    () => {
      const one = new FnNode(() => Promise.reject(new Error("inside")), { name: "One", outputs: { y: null } });
      return new ChoiceNode([one, new FnNode(() => 1, { name: "Two", outputs: { y: null } })]);
    },
  ],
])("[R4] %s ends with the failure of what runs for it, and what lies below with its root", async (_, make) => {
  const node = make();
  const below = new FnNode(({ y }: { y: unknown }) => y, {
    name: "Below",
    inputs: { y: node.outputs.y as never },
    outputs: { y: null },
  });
  const sheet = new Graph({ name: "G", nodes: [below as never] }).sheet();
  expect(await sheet.run(node)).toMatchObject({ kind: "failed", failure: { reason: "threw", message: "inside." } });
  expect(await sheet.run(below)).toMatchObject({ kind: "failed", failure: { reason: "upstream" } });
});

test("[R4] cancel stops what runs for the items of items, in graphs that live for an item", async () => {
  const work = held<{ word: string }, string>();
  const text = ui.textbox();
  const letters = new FnNode(({ text }: { text: string }) => [...text], {
    name: "Letters",
    inputs: { text },
    outputs: { list: ui.json<string[]>() },
  });
  const mark = new FnNode(work.fn, {
    name: "Mark",
    inputs: { word: letters.outputs.list.each() },
    outputs: { word: ui.textbox() },
  });
  const join = new FnNode(({ all }: { all: string[] }) => all.join(""), {
    name: "Join",
    inputs: { all: mark.outputs.word.all() },
    outputs: { text: ui.textbox() },
  });
  const graph = new Graph({
    name: "Letter by letter",
    nodes: [join],
    inputs: { text: letters.inputs.text },
    outputs: { text: join.outputs.text },
  });
  const list = new FnNode(() => ["ab", "c"], { name: "List", outputs: { list: ui.json<string[]>() } });
  const each = new GraphNode(graph, { name: "Each", inputs: { text: list.outputs.list.each() } });
  const sheet = new Graph({ name: "G", nodes: [each] }).sheet();
  const end = sheet.run(each);
  const runs = [await work.started(), await work.started(), await work.started()];
  sheet.cancel(each);
  expect(await end).toEqual({ kind: "cancelled" });
  expect(runs.map(({ context }) => context.signal.aborted)).toEqual([true, true, true]);
  await turn();
  expect(sheet.signal(each.outputs.text).kind).toBe("stale");
});
