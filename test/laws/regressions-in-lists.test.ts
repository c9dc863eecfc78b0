/** What once let items that are gone, or about to go, do work: each made as small as it goes. */
import { afterEach, expect, test } from "vitest";
import { FnNode, Graph, GraphNode, type Node, type Sheet, ui } from "../../src/index.ts";
import { ledger } from "../../src/testing.ts";
import { givenNumbers } from "../support/lists.ts";

let sheet: Sheet;
afterEach(() => sheet.close());
const open = (...nodes: readonly unknown[]) => {
  sheet = new Graph({ name: "Once wrong", nodes: nodes as Node[] }).sheet();
};

test("[W3, R1] nothing inside of an item that goes works on what its graph is given in the same change", () => {
  // parts (list, n) -> [ sum ] for each of the list
  const sum = new FnNode(({ item, n }: { item: number; n: number }) => item + n, {
    name: "Sum",
    inputs: { item: ui.number(), n: ui.number() },
    outputs: { sum: ui.number() },
  });
  const inside = new Graph({ name: "Inside", nodes: [sum], inputs: sum.inputs, outputs: sum.outputs });
  const parts = new FnNode(({ n }: { n: number }) => ({ list: n > 1 ? [7] : [10, 7], n }), {
    name: "Parts",
    inputs: { n: ui.number({ value: 1 }) },
    outputs: { list: ui.json<number[]>(), n: ui.number() },
  });
  const inputs = { item: parts.outputs.list.each(), n: parts.outputs.n };
  const each = new GraphNode(inside, { name: "Each", inputs });
  open(each);
  const ran = ledger(sheet);
  sheet.set(parts.inputs.n, 2);
  expect(ran.take()).toEqual(["Parts", "Sum"]);
  expect(sheet.history(each).map(({ inputs }) => inputs)).toEqual([
    { item: 10, n: 1 },
    { item: 7, n: 1 },
    { item: 7, n: 2 },
  ]);
});

test("[W3, R1] nothing works on items that fail to zip, though what else it is given has changed with them", async () => {
  // lists (left, right, n) -> zipped (left.each(), right.each()) -> below, where n -> below too
  const lists = new FnNode(({ n }: { n: number }) => ({ left: [1, 2], right: n > 1 ? [1] : [1, 2], n }), {
    name: "Lists",
    inputs: { n: ui.number({ value: 1 }) },
    outputs: { left: ui.json<number[]>(), right: ui.json<number[]>(), n: ui.number() },
  });
  const zipped = new FnNode(({ left, right }: { left: number; right: number }) => left + right, {
    name: "Zipped",
    inputs: { left: lists.outputs.left.each(), right: lists.outputs.right.each() },
    outputs: { n: ui.number() },
  });
  const below = new FnNode(({ one, n }: { one: number; n: number }) => one + n, {
    name: "Below",
    inputs: { one: zipped.outputs.n, n: lists.outputs.n },
    outputs: { n: ui.number() },
  });
  open(below);
  const ran = ledger(sheet);
  sheet.set(lists.inputs.n, 2);
  expect(sheet.signal(below.outputs.n)).toMatchObject({ kind: "failed" });
  expect(ran.take()).toEqual(["Lists"]);
  sheet.set(lists.inputs.n, 1);
  expect([sheet.value(below.outputs.n), ran.take()]).toEqual([[3, 5], []]);
});

test("[R4] a demand on items that are left of lists which fail to zip ends failed", async () => {
  const lists = new FnNode(({ n }: { n: number }) => ({ left: [1, 2], right: n > 1 ? [1] : [1, 2] }), {
    name: "Lists",
    inputs: { n: ui.number({ value: 1 }) },
    outputs: { left: ui.json<number[]>(), right: ui.json<number[]>() },
  });
  const zipped = new FnNode(({ left, right }: { left: number; right: number }) => left + right, {
    name: "Zipped",
    inputs: { left: lists.outputs.left.each(), right: lists.outputs.right.each() },
    outputs: { n: ui.number() },
  });
  const below = new FnNode(({ n }: { n: number }) => n, {
    name: "Below",
    inputs: { n: zipped.outputs.n },
    outputs: { n: ui.number() },
  });
  open(below);
  sheet.set(lists.inputs.n, 2);
  expect(await sheet.run(below, { items: "failed" })).toMatchObject({ kind: "failed" });
});

test("[R4] a demand for a step alone ends, though the item that it hoped for was broken already and stays so", async () => {
  // rows (rows, n) -> each* (rows.each("n"), n) -> last
  const rows = new FnNode(async ({ n }: { n: number }) => ({ rows: [{ n }], n }), {
    name: "Rows",
    inputs: { n: ui.number({ value: 1 }) },
    outputs: { rows: ui.json<{ n: number }[]>(), n: ui.number() },
  });
  const each = new FnNode(({ item, n }: { item: number; n: number }) => item + n, {
    name: "Each",
    trigger: "manual",
    onItemError: "skip",
    inputs: { item: rows.outputs.rows.each("n"), n: rows.outputs.n },
    outputs: { n: ui.number() },
  });
  const last = new FnNode(({ n }: { n: number }) => n, {
    name: "Last",
    inputs: { n: each.outputs.n },
    outputs: { n: ui.number() },
  });
  open(last);
  sheet.pin(rows.outputs.rows, [{}] as { n: number }[]);
  expect(await sheet.run(last, { only: true })).toMatchObject({ kind: "failed" });
});

test("[S3] a list says of how many items some failed, also when others have gone since", () => {
  const { given, each, graph } = givenNumbers([1, 2, 4], (n) => {
    if (n % 2 > 0) throw new Error(`${n} is odd.`);
    return n / 2;
  });
  sheet = graph.sheet();
  const said = () => (sheet.signal(each.outputs.n) as unknown as { failure: { message: string } }).failure.message;
  expect(said()).toBe("1 of 3 items failed: 1.");
  sheet.set(given.inputs.list, [1, 2]);
  expect(said()).toBe("1 of 2 items failed: 1.");
});
