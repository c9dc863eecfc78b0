/** What once kept a selected run from being shown as it was (R7): each made as small as it goes. */
import { afterEach, expect, test } from "vitest";
import { ChoiceNode, FnNode, Graph, GraphNode, type Node, type Sheet, ui } from "../../src/index.ts";
import { ledger } from "../../src/testing.ts";
import { givenNumbers, joinedFrom } from "../support/lists.ts";

let sheet: Sheet;
afterEach(() => sheet.close());
const open = (...nodes: readonly unknown[]) => {
  sheet = new Graph({ name: "Once wrong", nodes: nodes as Node[] }).sheet();
};

/** numbers -> each.each() -> sum, and each node's function beside it */
function summing(remember = true) {
  const numbers = new FnNode(({ n }: { n: number }) => Array.from({ length: n }, (_, i) => i), {
    name: "Numbers",
    inputs: { n: ui.number({ value: 2 }) },
    outputs: { list: ui.json<number[]>() },
  });
  const plus = new FnNode(({ i, more }: { i: number; more: number }) => i + more, {
    name: "Plus",
    remember,
    inputs: { i: numbers.outputs.list.each(), more: ui.number({ value: 0 }) },
    outputs: { n: ui.number() },
  });
  const joined = new FnNode(({ all, by }: { all: number[]; by: string }) => all.join(by), {
    name: "Joined",
    inputs: { all: plus.outputs.n.all(), by: ui.textbox({ value: "-" }) },
    outputs: { text: ui.textbox() },
  });
  open(joined);
  const text = () => sheet.value(joined.outputs.text);
  return { numbers, plus, joined, text };
}

test("[R7] a selected run has the list back that was taken apart for it, be it one that only lost items, or none at all", () => {
  const { numbers, joined, text } = summing();
  for (const n of [1, 0, 3]) sheet.set(numbers.inputs.n, n);
  const [both, first, none] = sheet.history(joined);
  const ran = ledger(sheet);
  sheet.select(first!);
  expect([sheet.value(numbers.inputs.n), text()]).toEqual([1, "0"]);
  sheet.select(none!);
  expect([sheet.value(numbers.inputs.n), text()]).toEqual([0, ""]);
  sheet.select(both!);
  expect([sheet.value(numbers.inputs.n), text()]).toEqual([2, "0-1"]);
  expect(ran.take()).toEqual([]);
});

test("[R7] a list that a person gave is there again with a selected run of its items, though they came from older ones", () => {
  const { given, joined } = givenNumbers([1, 2], (n) => n * 2);
  open(joined);
  for (const now of [[1, 3], [1], [5]]) sheet.set(given.inputs.list, now);
  const runs = sheet.history(joined);
  const texts = runs.map((run) => {
    sheet.select(run);
    return [sheet.value(given.inputs.list), sheet.value(joined.outputs.text)];
  });
  expect(texts).toEqual([
    [[1, 2], "2-4"],
    [[1, 3], "2-6"],
    [[1], "2"],
    [[5], "10"],
  ]);
});

test("[R7] items of a node that forgets are shown as they were too, when a selected run has brought them back", () => {
  const { numbers, joined, plus, text } = summing(false);
  sheet.set(numbers.inputs.n, 0);
  sheet.set(plus.inputs.more, 5);
  const ran = ledger(sheet);
  sheet.select(sheet.history(joined)[0]!);
  expect([text(), ran.take()]).toEqual(["0-1", []]);
});

test("[R7] so is an item that named no run of its own, because one like it did the work below", () => {
  // numbers.each() -> sign (forgets), each() -> twice, all -> joined
  const numbers = new FnNode(({ n }: { n: number }) => [n, n + 1], {
    name: "Numbers",
    inputs: { n: ui.number({ value: 1 }) },
    outputs: { list: ui.json<number[]>() },
  });
  const sign = new FnNode(({ n }: { n: number }) => Math.sign(n), {
    name: "Sign",
    remember: false,
    inputs: { n: numbers.outputs.list.each() },
    outputs: { n: ui.number() },
  });
  const twice = new FnNode(({ n }: { n: number }) => n * 2, {
    name: "Twice",
    inputs: { n: sign.outputs.n },
    outputs: { n: ui.number() },
  });
  const joined = joinedFrom(twice.outputs.n);
  open(joined);
  sheet.set(numbers.inputs.n, 7);
  sheet.set(numbers.inputs.n, -5);
  sheet.select(sheet.history(joined)[0]!);
  expect([sheet.value(joined.outputs.text), sheet.value(sign.outputs.n)]).toEqual(["2-2", [1, 1]]);
});

test("[R7] where runs above name what was given to older ones, those are taken that agree with what the selected run was given", () => {
  // x -> plain -> both, where plain, x -> [ odd ] -> both too, and odd often stays equal
  const x = ui.number({ value: 1 });
  const plain = new FnNode(({ x }: { x: number }) => x * 10, {
    name: "Plain",
    inputs: { x },
    outputs: { n: ui.number() },
  });
  const odd = new FnNode(({ x, n }: { x: number; n: number }) => (x + n) % 2, {
    name: "Odd",
    inputs: { x: ui.number(), n: ui.number() },
    outputs: { odd: ui.number() },
  });
  const passed = new FnNode(({ odd }: { odd: number }) => odd, {
    name: "Passed",
    inputs: { odd: odd.outputs.odd },
    outputs: { odd: ui.number() },
  });
  const inside = new Graph({ name: "Inside", nodes: [passed], inputs: odd.inputs, outputs: passed.outputs });
  const graph = new GraphNode(inside, { name: "Graph", inputs: { x, n: plain.outputs.n } });
  const both = new FnNode(({ n, odd }: { n: number; odd: number }) => n + odd, {
    name: "Both",
    inputs: { n: plain.outputs.n, odd: graph.outputs.odd },
    outputs: { n: ui.number() },
  });
  open(both);
  for (const value of [3, 5, 8]) sheet.set(plain.inputs.x, value);
  sheet.select(sheet.history(both)[1]!);
  expect([sheet.value(plain.inputs.x), sheet.value(both.outputs.n)]).toEqual([3, 31]);
});

test("[R7] of variants that gave the same, the one is selected that can have been", () => {
  // one, other -> choice -> passed -> both, where one -> both too
  const one = new FnNode(({ n }: { n: number }) => n, {
    name: "One",
    inputs: { n: ui.number({ value: 0 }) },
    outputs: { n: ui.number() },
  });
  const other = new FnNode(({ n }: { n: number }) => n, {
    name: "Other",
    inputs: { n: ui.number({ value: 0 }) },
    outputs: { n: ui.number() },
  });
  const choice = new ChoiceNode([one, other], { name: "Choice" });
  const passed = new FnNode(({ n }: { n: number }) => n, {
    name: "Passed",
    inputs: { n: choice.outputs.n },
    outputs: { n: ui.number() },
  });
  const both = new FnNode(({ passed, one }: { passed: number; one: number }) => passed + one, {
    name: "Both",
    inputs: { passed: passed.outputs.n, one: one.outputs.n },
    outputs: { n: ui.number() },
  });
  open(both);
  sheet.batch(() => {
    sheet.pin(one.outputs.n, 7);
    sheet.choose(choice, 1);
  });
  sheet.set(other.inputs.n, 2);
  sheet.select(sheet.history(both)[1]!);
  expect([sheet.chosen(choice), sheet.value(both.outputs.n)]).toEqual([1, 7]);
});

test("[R7] an item that stayed while others came and went is shown among those that stood beside it when it ran", () => {
  // numbers.each() -> sum, which forgets and sees only the last of its items
  const numbers = new FnNode(({ n }: { n: number }) => [n, 7], {
    name: "Numbers",
    inputs: { n: ui.number({ value: 1 }) },
    outputs: { list: ui.json<number[]>() },
  });
  const sum = new FnNode(({ i, more }: { i: number; more: number }) => i + more, {
    name: "Sum",
    trigger: "manual",
    remember: false,
    inputs: { i: numbers.outputs.list.each(), more: ui.number({ value: 1 }) },
    outputs: { n: ui.number() },
  });
  open(sum);
  sheet.set(numbers.inputs.n, 2);
  void sheet.run(sum);
  const last = sheet.history(sum).at(-1)!;
  sheet.set(numbers.inputs.n, 3);
  sheet.select(last);
  expect([last.inputs.i, sheet.value(numbers.inputs.n), sheet.value(sum.outputs.n)]).toEqual([7, 2, [3, 8]]);
});

test("[R7] an item that is left out names no run, and is there again with what was made from the others", () => {
  const half = (n: number) => {
    if (n % 2 > 0) throw new Error(`${n} is odd.`);
    return n / 2;
  };
  const { given, joined } = givenNumbers([2], half, { onItemError: "skip" });
  open(joined);
  for (const now of [[3], [4]]) sheet.set(given.inputs.list, now);
  const none = sheet.history(joined)[1]!;
  expect(none).toMatchObject({ inputs: { all: [] }, upstream: {} });
  sheet.select(none);
  expect([sheet.value(given.inputs.list), sheet.value(joined.outputs.text)]).toEqual([[3], ""]);
});

test("[R7] a run of an item is chosen that is gone with all that lived beside it", () => {
  const words = new FnNode(({ text }: { text: string }) => text.split(" "), {
    name: "Words",
    inputs: { text: ui.textbox({ value: "ab cd" }) },
    outputs: { list: ui.json<string[]>() },
  });
  const letters = new FnNode(({ word }: { word: string }) => [...word], {
    name: "Letters",
    inputs: { word: ui.textbox() },
    outputs: { list: ui.json<string[]>() },
  });
  const upper = new FnNode(({ letter }: { letter: string }) => letter.toUpperCase(), {
    name: "Upper",
    inputs: { letter: letters.outputs.list.each() },
    outputs: { letter: ui.textbox() },
  });
  const spell = new Graph({
    name: "Spell",
    nodes: [upper],
    inputs: { word: letters.inputs.word },
    outputs: { letters: upper.outputs.letter },
  });
  const each = new GraphNode(spell, { name: "Each", inputs: { word: words.outputs.list.each() } });
  open(each);
  sheet.set(words.inputs.text, "ab");
  const first = sheet.inside(each as never, 0)!;
  const gone = first.history(upper).find(({ inputs }) => inputs.letter === "d")!;
  expect(() => first.select(gone)).not.toThrow();
});
