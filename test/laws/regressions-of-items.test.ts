/** What once kept a selected run of one item from being shown as it was: its list had changed around it, or its item had gone meanwhile (R7). */
import { afterEach, expect, test } from "vitest";
import { FnNode, Graph, GraphNode, type Node, type Run, type ScatteredPort, type Sheet, ui } from "../../src/index.ts";
import { joinedFrom } from "../support/lists.ts";

let sheet: Sheet;
afterEach(() => sheet.close());
const open = (...nodes: readonly unknown[]) => {
  sheet = new Graph({ name: "Once wrong", nodes: nodes as Node[] }).sheet();
  return sheet;
};

const listed = (lists: readonly (readonly number[])[], name = "Listed") =>
  new FnNode(({ which }: { which: number }) => [...(lists[which] ?? [])], {
    name,
    inputs: { which: ui.number({ value: 0 }) },
    outputs: { list: ui.json<number[]>() },
  });
const plus = (n: ScatteredPort<number>, { remember = true, name = "Plus" } = {}) =>
  new FnNode(({ n }: { n: number }) => n + 1, { name, inputs: { n }, outputs: { n: ui.number() }, remember });
/** The first run that was given these inputs, or the last. */
const runOf = (node: unknown, inputs: Readonly<Record<string, unknown>>, at: 0 | -1 = 0): Run =>
  sheet
    .history(node as Node)
    .filter((run) => JSON.stringify(run.inputs) === JSON.stringify(inputs))
    .at(at) as Run;

test("[R7] a run is shown by the item that stands for its own now, though the list is the same already", () => {
  const lists = listed([[1, 2], [7]]);
  const each = plus(lists.outputs.list.each(), { remember: false });
  open(each);
  sheet.set(lists.inputs.which, 1);
  const [first, second] = [runOf(each, { n: 1 }), runOf(each, { n: 2 })];
  sheet.select(first);
  sheet.select(second);
  expect(sheet.value(each.outputs.n.all())).toEqual([2, 3]);
});

test("[R7] a run brings back the list in which its item stood when it began, not the one in which it stood first", () => {
  const [left, right] = [listed([[], [3, 4]], "Left"), listed([[1, 2]], "Right")];
  const sum = new FnNode(({ a, b }: { a: number; b: number }) => a + b, {
    name: "Sum",
    inputs: { a: left.outputs.list.each(), b: right.outputs.list.each() },
    outputs: { n: ui.number() },
  });
  open(sum);
  sheet.pin(left.outputs.list, [5]);
  sheet.pin(left.outputs.list, [5, 5]);
  sheet.unpin(left.outputs.list);
  sheet.select(runOf(sum, { a: 5, b: 1 }));
  expect([sheet.value(left.outputs.list), sheet.value(sum.outputs.n.all())]).toEqual([
    [5, 5],
    [6, 7],
  ]);
});

test("[R7] so does one of an item of a list that was put together", async () => {
  const lists = listed([[75, 7], [4]]);
  const odd = new FnNode(({ n }: { n: number }) => (n === 0 ? 1 : 0), {
    name: "Odd",
    inputs: { n: lists.outputs.list.each() },
    outputs: { n: ui.number() },
  });
  const each = plus(odd.outputs.n.all().each());
  open(each);
  sheet.pin(lists.outputs.list, [75, 7, 0]);
  await sheet.run(each, { again: true });
  const again = runOf(each, { n: 0 }, -1);
  sheet.unpin(lists.outputs.list);
  sheet.set(lists.inputs.which, 1);
  sheet.select(again);
  expect([sheet.value(lists.outputs.list), sheet.value(each.outputs.n.all())]).toEqual([
    [75, 7, 0],
    [1, 1, 2],
  ]);
});

test("[R7] what was laid since over an item, inside the graph that runs for it, is lifted though the list is another one", () => {
  const lists = listed([[1, 2]]);
  const inner = new FnNode(({ n }: { n: number }) => n + 1, {
    name: "Inner",
    inputs: { n: ui.number() },
    outputs: { n: ui.number() },
  });
  const inside = new Graph({
    name: "Inside",
    nodes: [inner],
    inputs: { n: inner.inputs.n },
    outputs: { n: inner.outputs.n },
  });
  const each = new GraphNode(inside, { inputs: { n: lists.outputs.list.each() }, name: "Each" });
  const joined = joinedFrom(each.outputs.n);
  open(joined);
  const [plain] = sheet.history(joined);
  sheet.pin(lists.outputs.list, [1, 2, 3]);
  sheet.inside(each, 0)?.pin(inner.outputs.n, 9);
  sheet.select(plain as Run);
  expect(sheet.value(joined.outputs.text)).toBe("2-3");
});

test("[R7] what lay over an item is laid over it again with the run that was given it, in the list that it was of", () => {
  const [lists, others] = [listed([[1, 2], [7]]), listed([[3, 4], [8]], "Others")];
  const sum = new FnNode(({ a, b }: { a: number; b: number }) => a + b, {
    name: "Sum",
    inputs: { a: lists.outputs.list.each(), b: others.outputs.list.each() },
    outputs: { n: ui.number() },
  });
  const each = plus(sum.outputs.n);
  open(each);
  sheet.pinItem(sum.outputs.n, 1, 40);
  sheet.batch(() => {
    sheet.set(lists.inputs.which, 1);
    sheet.set(others.inputs.which, 1);
  });
  sheet.select(runOf(each, { n: 40 }));
  const held = [lists.outputs.list, others.outputs.list, each.outputs.n.all()].map((port) => sheet.value(port));
  expect(held).toEqual([
    [1, 2],
    [3, 4],
    [5, 41],
  ]);
});

test("[R7] so is one that a run was given while that list was made anew", async () => {
  const lists = new FnNode(async ({ which }: { which: number }) => (which === 0 ? [1, 2] : [7]), {
    name: "Listed",
    inputs: { which: ui.number({ value: 0 }) },
    outputs: { list: ui.json<number[]>() },
  });
  const first = plus(lists.outputs.list.each());
  const second = new FnNode(({ n }: { n: number }) => n * 2, {
    name: "Twice",
    inputs: { n: first.outputs.n },
    outputs: { n: ui.number() },
  });
  open(second);
  await sheet.settled();
  sheet.batch(() => {
    sheet.set(lists.inputs.which, 1);
    sheet.pinItem(first.outputs.n, 1, 40);
  });
  await sheet.settled();
  sheet.select(runOf(second, { n: 40 }));
  expect([sheet.value(lists.outputs.list), sheet.value(second.outputs.n.all())]).toEqual([
    [1, 2],
    [4, 80],
  ]);
});

/** Two equal items, of which the second is answered for by the run of the first from the third node on: `Numbered -> None -> Both -> Joined`. */
function answeredFor() {
  // Only the first takes its time, so that what it leads to is the later one of two that give the same.
  let asked = 0;
  const lists = listed([[5, 5], [9]]);
  const numbered = new FnNode(async ({ n, k }: { n: number; k: number }) => (k === 0 ? Promise.resolve(n - n) : k), {
    name: "Numbered",
    inputs: { n: lists.outputs.list.each(), k: () => asked++ },
    outputs: { n: ui.number() },
  });
  const none = new FnNode(({ n }: { n: number }) => n * 0, {
    name: "None",
    inputs: { n: numbered.outputs.n },
    outputs: { n: ui.number() },
  });
  const texts = new FnNode(({ a, b }: { a: number[]; b: number[] }) => `${a.join("-")} ${b.join("-")}`, {
    name: "Texts",
    inputs: { a: numbered.outputs.n.all(), b: none.outputs.n.all() },
    outputs: { text: ui.textbox() },
  });
  const both = new FnNode(({ n, text }: { n: number; text: string }) => `${n} of ${text}`, {
    name: "Both",
    inputs: { n: none.outputs.n, text: texts.outputs.text },
    outputs: { text: ui.textbox() },
  });
  const joined = new FnNode(({ all }: { all: string[] }) => all.join(), {
    name: "Joined",
    inputs: { all: both.outputs.text.all() },
    outputs: { text: ui.textbox() },
  });
  return { lists, texts, both, joined };
}

test("[R7] what an item showed is told from the list that it is in, though the run of an equal one answered for it further down", async () => {
  const { texts, both, joined } = answeredFor();
  open(joined);
  await sheet.settled();
  expect(sheet.history(both).length).toBe(1);
  sheet.select(sheet.history(joined).at(-1) as Run);
  const shown = [texts.outputs.text, joined.outputs.text].map((port) => sheet.value(port));
  expect(shown).toEqual(["0-1 0-0", "0 of 0-1 0-0,0 of 0-1 0-0"]);
});

test("[R7] and where that list is there no more", async () => {
  const { lists, texts, joined } = answeredFor();
  open(joined);
  await sheet.settled();
  sheet.set(lists.inputs.which, 1);
  await sheet.settled();
  sheet.select(sheet.history(joined)[0] as Run);
  const shown = [texts.outputs.text, joined.outputs.text].map((port) => sheet.value(port));
  expect(shown).toEqual(["0-1 0-0", "0 of 0-1 0-0,0 of 0-1 0-0"]);
});

test("[R7] what lay over an item inside the graph that runs for it comes back with a run that was given it", () => {
  const lists = listed([[1, 2], [7]]);
  const inner = new FnNode(({ n }: { n: number }) => n + 1, {
    name: "Inner",
    inputs: { n: ui.number() },
    outputs: { n: ui.number() },
  });
  const inside = new Graph({ name: "Inside", nodes: [inner], inputs: { n: inner.inputs.n }, outputs: inner.outputs });
  const first = new GraphNode(inside, { inputs: { n: lists.outputs.list.each() }, name: "Each" });
  const second = plus(first.outputs.n);
  open(second);
  sheet.inside(first, 1)?.pin(inner.outputs.n, 9);
  sheet.set(lists.inputs.which, 1);
  sheet.select(runOf(second, { n: 9 }));
  expect(sheet.value(second.outputs.n.all())).toEqual([3, 10]);
});

test("[R7] so does a list that lay over an item, with a run of an item of that list", () => {
  const lists = listed([[1, 2], [7]]);
  const first = new FnNode(({ n }: { n: number }) => [n], {
    name: "First",
    inputs: { n: lists.outputs.list.each() },
    outputs: { list: ui.json<number[]>() },
  });
  const second = new FnNode(({ n }: { n: number }) => n + 1, {
    name: "Second",
    inputs: { n: first.outputs.list.each() },
    outputs: { n: ui.number() },
  });
  open(second);
  sheet.pinItem(first.outputs.list, 1, [8, 9]);
  sheet.set(lists.inputs.which, 1);
  sheet.select(runOf(second, { n: 9 }));
  expect(sheet.value(second.outputs.n.all().all())).toEqual([[2], [9, 10]]);
});

test("[R7] what lies over an item by now is lifted where a run is chosen of an item that stood there in another list", () => {
  const lists = listed([[5], [], [0]]);
  const first = plus(lists.outputs.list.each());
  const second = plus(first.outputs.n, { name: "Second" });
  open(second);
  sheet.set(lists.inputs.which, 1);
  sheet.set(lists.inputs.which, 2);
  sheet.pinItem(first.outputs.n, 0, 40);
  sheet.select(runOf(second, { n: 6 }));
  expect([first, second].map(({ outputs }) => sheet.value(outputs.n.all()))).toEqual([[6], [7]]);
});
