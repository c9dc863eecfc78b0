/** The naive evaluator on what is more than one function: scattered nodes, choices, graphs inside, a person's steps, attempts, pins. */
import { afterEach, expect, test, vi } from "vitest";
import {
  Approve,
  ChoiceNode,
  FailureError,
  FnNode,
  Graph,
  GraphNode,
  type Node,
  type Sheet,
  ui,
} from "../../src/index.ts";
import { differences, evaluate } from "../../src/testing.ts";

afterEach(() => vi.useRealTimers());

/** What the outputs of nodes hold from scratch; and on the settled sheet the same. */
async function scratch(sheet: Sheet, ...nodes: readonly unknown[]): Promise<readonly unknown[]> {
  await sheet.settled();
  expect((await differences(sheet)).map(String)).toEqual([]);
  const { value } = await evaluate(sheet);
  const ports = (nodes as readonly Node[]).flatMap((node) => Object.values(node.outputs));
  expect(ports.map((port) => value(port))).toEqual(ports.map((port) => sheet.value(port)));
  return ports.map((port) => value(port));
}
const sheetOf = (...nodes: readonly unknown[]) => new Graph({ name: "Parts", nodes: nodes as Node[] }).sheet();
const list = <T>(name: string, items: readonly T[]) =>
  new FnNode((() => items) as () => never, { name, outputs: { items: ui.json<T[]>() } });

test("[S1] a scattered node runs once per item, and gathering gives the list of what it gave", async () => {
  const twice = new FnNode(({ n }: { n: number }) => n * 2, {
    name: "Twice",
    inputs: { n: list("List", [1, 2, 3]).outputs.items.each() },
    outputs: { n: ui.number() },
  });
  const sum = new FnNode(({ all }: { all: number[] }) => all.reduce((a, b) => a + b, 0), {
    name: "Sum",
    inputs: { all: twice.outputs.n.all() },
    outputs: { sum: ui.number() },
  });
  expect(await scratch(sheetOf(sum), twice, sum)).toEqual([[2, 4, 6], 12]);
});

test("a field is taken of each item, and what is not scattered repeats", async () => {
  const lines = list("Lines", [{ text: "a" }, { text: "b" }]);
  const loud = new FnNode(({ text, mark }) => text.toUpperCase() + mark, {
    name: "Loud",
    inputs: { text: lines.outputs.items.each("text"), mark: ui.textbox({ value: "!" }) },
    outputs: { line: ui.textbox() },
  });
  expect(await scratch(sheetOf(loud), loud)).toEqual([["A!", "B!"]]);
});

test("[S4] scattered inputs zip, nested lists nest, a shallower input repeats for each inner item", async () => {
  const rows = list("Rows", [[1, 2], [3]]).outputs.items;
  const ten = new FnNode(({ row }: { row: number[] }) => row.length * 10, {
    name: "Ten",
    inputs: { row: rows.each() },
    outputs: { n: ui.number() },
  });
  const cell = new FnNode(({ n, ten }: { n: number; ten: number }) => n + ten, {
    name: "Cell",
    inputs: { n: rows.each().each(), ten: ten.outputs.n },
    outputs: { n: ui.number() },
  });
  const row = new FnNode(({ cells }: { cells: number[] }) => cells.join("+"), {
    name: "Row",
    inputs: { cells: cell.outputs.n.all() },
    outputs: { text: ui.textbox() },
  });
  expect(await scratch(sheetOf(row), ten, cell, row)).toEqual([
    [20, 10],
    [[21, 22], [13]],
    ["21+22", "13"],
  ]);
});

test("[S4] lists that are not equally long give nothing; an empty one gives an empty one", async () => {
  const pair = (a: readonly number[], b: readonly number[]) =>
    new FnNode(({ x, y }: { x: number; y: number }) => x + y, {
      name: "Pair",
      inputs: { x: list("A", a).outputs.items.each(), y: list("B", b).outputs.items.each() },
      outputs: { n: ui.number() },
    });
  const [odd, none] = [pair([1, 2], [3]), pair([], [])];
  expect(await scratch(sheetOf(odd), odd)).toEqual([undefined]);
  expect(await scratch(sheetOf(none), none)).toEqual([[]]);
});

test.each([
  ["fail", undefined, undefined],
  ["skip", [10, 30], 2],
] as const)("[S3] of items that fail: %s", async (onItemError, kept, count) => {
  const odd = new FnNode(
    ({ n }: { n: number }) => {
      if (n === 2) throw new Error("even");
      return n * 10;
    },
    {
      name: "Odd",
      onItemError,
      inputs: { n: list("List", [1, 2, 3]).outputs.items.each() },
      outputs: { n: ui.number() },
    },
  );
  const next = new FnNode(({ n }: { n: number }) => n + 1, {
    name: "Next",
    onItemError: "skip",
    inputs: { n: odd.outputs.n },
    outputs: { n: ui.number() },
  });
  const size = new FnNode(({ all }: { all: number[] }) => all.length, {
    name: "Size",
    inputs: { all: odd.outputs.n.all() },
    outputs: { n: ui.number() },
  });
  expect(await scratch(sheetOf(next, size), odd, next, size)).toEqual([kept, [11, 31], count]);
});

test("[C1] a choice gives what its selected variant gives", async () => {
  const base = ui.number({ value: 1 });
  const quick = new FnNode(({ n }) => n + 1, { name: "Quick", inputs: { n: base }, outputs: { n: ui.number() } });
  const careful = new FnNode(({ n }) => n + 100, { name: "Careful", inputs: { n: base }, outputs: { n: ui.number() } });
  const choice = new ChoiceNode([quick, careful]);
  const below = new FnNode(({ n }: { n: number }) => -n, {
    name: "Below",
    inputs: { n: choice.outputs.n },
    outputs: { n: ui.number() },
  });
  const sheet = sheetOf(below);
  expect(await scratch(sheet, choice, below)).toEqual([2, -2]);
  sheet.choose(choice, 1);
  expect(await scratch(sheet, choice, below)).toEqual([101, -101]);
  const { value } = await evaluate(sheet);
  expect(value(quick.outputs.n)).toBe(2);
});

/** text -> [ shout -> line ], with a mark that is asked for inside. */
function shouting() {
  const shout = new FnNode(({ text }: { text: string }) => text.toUpperCase(), {
    name: "Shout",
    inputs: { text: ui.textbox({ value: "inside" }) },
    outputs: { loud: ui.textbox() },
  });
  const line = new FnNode(({ loud, mark }: { loud: string; mark: string }) => loud + mark, {
    name: "Line",
    inputs: { loud: shout.outputs.loud, mark: ui.textbox({ value: "!" }) },
    outputs: { line: ui.textbox() },
  });
  return new Graph({
    name: "Shouting",
    nodes: [line],
    inputs: { text: shout.inputs.text, mark: line.inputs.mark },
    outputs: { line: line.outputs.line },
  });
}

test("a graph inside is given what it is given, and keeps its own components", async () => {
  const own = new GraphNode(shouting(), { name: "Own" });
  const given = new GraphNode(shouting(), {
    name: "Given",
    inputs: { text: ui.textbox({ value: "given" }), mark: "?" },
  });
  const each = new GraphNode(shouting(), {
    name: "Each",
    inputs: { text: list("List", ["a", "b"]).outputs.items.each() },
  });
  const sheet = sheetOf(own, given, each);
  sheet.set(given.inputs.text, "set");
  sheet.set(own.inputs.mark, ".");
  expect(await scratch(sheet, own, given, each)).toEqual(["INSIDE.", "SET?", ["A!", "B!"]]);
});

test("[I1] a person's step gives what was answered, and nothing before", async () => {
  const draft = new FnNode(() => "draft", { name: "Draft", outputs: { text: ui.textbox() } });
  const approved = new Approve(draft.outputs.text);
  const sent = new FnNode(({ text }) => `${text}, sent`, {
    name: "Send",
    inputs: { text: approved.outputs.output },
    outputs: { text: ui.textbox() },
  });
  const sheet = sheetOf(sent);
  expect(await scratch(sheet, approved, sent)).toEqual([undefined, undefined]);
  sheet.answer(approved, true);
  expect(await scratch(sheet, approved, sent)).toEqual(["draft", "draft, sent"]);
});

test("what succeeds at a later attempt has succeeded, and a fallback stands in for what never does", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const fickle = new FnNode(
    (_: {}, { attempt }: { attempt: number }) => {
      if (attempt < 2) throw new Error("not yet");
      return attempt;
    },
    { name: "Fickle", retries: { times: 2, delay: 1000 }, outputs: { n: ui.number() } },
  );
  const hopeless = new FnNode(
    ({ n }: { n: number }) => {
      throw new Error(`no ${n}`);
    },
    { name: "Hopeless", fallback: 7, inputs: { n: 1 }, outputs: { n: ui.number() } },
  );
  const declined = new FnNode(
    () => {
      throw new FailureError({ reason: "declined", message: "No.", advice: "Ask again." });
    },
    { name: "Declined", fallback: 7, retries: 3, outputs: { n: ui.number() } },
  );
  const sheet = sheetOf(fickle, hopeless, declined);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await scratch(sheet, fickle, hopeless, declined)).toEqual([2, 7, undefined]);
});

test("what takes longer than it may gives nothing", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const slow = new FnNode(() => new Promise(() => undefined), { name: "Slow", timeout: 1000, outputs: { n: null } });
  const sheet = sheetOf(slow);
  const found = evaluate(sheet);
  await vi.advanceTimersByTimeAsync(1000);
  expect((await found).value(slow.outputs.n)).toBeUndefined();
});

test("a pinned output is what it is pinned to, and all below follows it", async () => {
  const one = new FnNode(() => 1, { name: "One", outputs: { n: ui.number() } });
  const two = new FnNode(({ n }) => n * 2, { name: "Two", inputs: { n: one.outputs.n }, outputs: { n: ui.number() } });
  const sheet = sheetOf(two);
  sheet.pin(one.outputs.n, 21);
  expect(await scratch(sheet, one, two)).toEqual([21, 42]);
  sheet.unpin(one.outputs.n);
  expect(await scratch(sheet, one, two)).toEqual([1, 2]);
});

test("[R6] what callables gave is read from the run that is shown, of a node and of each item", async () => {
  let calls = 0;
  const call = () => ++calls;
  const n = ui.number({ value: 1 });
  const one = new FnNode(({ n, called }) => [n, called], {
    name: "One",
    inputs: { n, called: call },
    outputs: { it: null },
  });
  const each = new FnNode(({ n, called }: { n: number; called: number }) => [n, called], {
    name: "Each",
    inputs: { n: list("List", [5, 5]).outputs.items.each(), called: call },
    outputs: { it: null },
  });
  const sheet = sheetOf(one, each);
  const before = await scratch(sheet, one, each);
  sheet.set(one.inputs.n, 2);
  expect(await scratch(sheet, one)).toEqual([[2, 4]]);
  sheet.select(sheet.history(one)[0]!);
  expect(await scratch(sheet, one, each)).toEqual(before);
});
