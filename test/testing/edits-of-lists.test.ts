/** Edits of items and rows, and inside graphs: what they do, and that evaluating from scratch counts them. */
import { expect, test } from "vitest";
import { FnNode, Graph, GraphNode, InputNode, type Node, ui } from "../../src/index.ts";
import { apply, differences, evaluate } from "../../src/testing.ts";

/** numbers -> twice.each() -> sum */
function summing() {
  const numbers = new InputNode({ name: "Numbers", ports: { list: ui.json<number[]>({ value: [1, 2, 3] }) } });
  const twice = new FnNode(({ n }: { n: number }) => 2 * n, {
    name: "Twice",
    inputs: { n: numbers.outputs.list.each() },
    outputs: { n: ui.number() },
  });
  const sum = new FnNode(({ all }: { all: number[] }) => all.reduce((one, other) => one + other, 0), {
    name: "Sum",
    inputs: { all: twice.outputs.n.all() },
    outputs: { n: ui.number() },
  });
  const sheet = new Graph({ name: "Summing", nodes: [sum] }).sheet();
  return { numbers, twice, sum, sheet };
}

test("one item is pinned, counted modulo the items there are, and lifted again; from scratch it counts", async () => {
  const { twice, sum, sheet } = summing();
  await apply(sheet, { kind: "pin", output: twice.outputs.n, value: 10, item: 4 });
  expect([sheet.value(twice.outputs.n), sheet.value(sum.outputs.n)]).toEqual([[2, 10, 6], 18]);
  expect((await evaluate(sheet)).value(sum.outputs.n)).toBe(18);
  expect((await differences(sheet)).map(String)).toEqual([]);
  await apply(sheet, { kind: "unpin", output: twice.outputs.n, item: 1 });
  expect(sheet.value(sum.outputs.n)).toBe(12);
});

test("values without an item are laid over all of them in turn; where no items are, nothing is done", async () => {
  const { numbers, twice, sheet } = summing();
  await apply(sheet, { kind: "pin", output: twice.outputs.n, value: [7, 8] });
  expect(sheet.value(twice.outputs.n)).toEqual([7, 8, 7]);
  expect((await differences(sheet)).map(String)).toEqual([]);
  await apply(sheet, { kind: "unpin", output: twice.outputs.n });
  sheet.set(numbers.inputs.list, []);
  await apply(sheet, { kind: "pin", output: twice.outputs.n, value: 10, item: 0 });
  await apply(sheet, { kind: "unpin", output: twice.outputs.n, item: 0 });
  expect(sheet.value(twice.outputs.n)).toEqual([]);
});

test("a row is edited, added after the last, and taken out: of an input it is set, of an output pinned", async () => {
  const rows = () => ui.itemList({ text: ui.textbox() }, { value: [{ text: "a" }, { text: "b" }] });
  const given = new InputNode({ name: "Given", ports: { rows: rows() } });
  const same = new FnNode((inputs: { rows: { text: string }[] }) => inputs.rows, {
    name: "Same",
    inputs: { rows: given.outputs.rows },
    outputs: { rows: ui.itemList({ text: ui.textbox() }) },
  });
  const sheet = new Graph({ name: "Rows", nodes: [same] }).sheet();
  const texts = () => sheet.value(same.outputs.rows)?.map(({ text }) => text);
  const edit = (list: typeof given.inputs.rows | typeof same.outputs.rows, row: number, value?: unknown) =>
    apply(sheet, { kind: "editRow", list, row, value });
  await edit(given.inputs.rows, 1, { text: "c" });
  expect([texts(), sheet.value(given.inputs.rows)?.length]).toEqual([["a", "c"], 2]);
  await edit(same.outputs.rows, 2, { text: "d" });
  await edit(same.outputs.rows, 3);
  expect(texts()).toEqual(["a", "c", "d"]);
  await edit(same.outputs.rows, 4);
  expect([texts(), sheet.value(given.inputs.rows)?.length]).toEqual([["c", "d"], 2]);
});

test("two nodes of one graph are edited inside each for itself, and so are items; from scratch each counts", async () => {
  const plus = new FnNode(({ n, more }: { n: number; more: number }) => n + more, {
    name: "Plus",
    inputs: { n: ui.number({ value: 1 }), more: ui.number({ value: 1 }) },
    outputs: { n: ui.number() },
  });
  const inside = new Graph({ name: "Inside", nodes: [plus], inputs: { n: plus.inputs.n }, outputs: plus.outputs });
  const list = new InputNode({ name: "List", ports: { list: ui.json<number[]>({ value: [1, 2] }) } });
  const one = new GraphNode(inside, { name: "One" });
  const other = new GraphNode(inside, { name: "Other" });
  const each = new GraphNode(inside, { name: "Each", inputs: { n: list.outputs.list.each() } });
  const sheet = new Graph({ name: "Nodes", nodes: [one, other, each] }).sheet();
  const more = (node: unknown, value: number, item?: number) =>
    apply(sheet, {
      kind: "inside",
      node: node as Node,
      ...(item !== undefined && { item }),
      edit: { kind: "set", input: plus.inputs.more, value },
    });
  await more(one, 10);
  await more(each, 100, 3);
  const all = [one, other, each].map((node) => sheet.value(node.outputs.n as typeof one.outputs.n));
  expect(all).toEqual([11, 2, [2, 102]]);
  const scratch = await evaluate(sheet);
  expect([one, other, each].map((node) => scratch.value(node.outputs.n as typeof one.outputs.n))).toEqual(all);
});
