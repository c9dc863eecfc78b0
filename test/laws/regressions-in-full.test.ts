/** What once broke a law where lists are scattered, variants chosen, graphs put inside graphs, values pinned: each made as small as it goes. */
import { afterEach, expect, test } from "vitest";
import { ChoiceNode, FnNode, Graph, GraphNode, InputNode, type Node, type Sheet, ui } from "../../src/index.ts";
import { ledger } from "../../src/testing.ts";

let sheet: Sheet;
afterEach(() => sheet.close());
const open = (...nodes: readonly unknown[]) => {
  sheet = new Graph({ name: "Once wrong", nodes: nodes as Node[] }).sheet();
};

/** A list of as many numbers as are wanted, the last ones first. */
function countdown(from: number) {
  return new FnNode(({ n }: { n: number }) => Array.from({ length: n }, (_, i) => n - i), {
    name: "Countdown",
    inputs: { n: ui.number({ value: from }) },
    outputs: { numbers: ui.json<number[]>() },
  });
}

test("[R1] an item of a scattered graph that comes back is answered from memory", () => {
  // n -> numbers.each() -> [ twice ]
  const twice = new FnNode(({ n }: { n: number }) => n * 2, {
    name: "Twice",
    inputs: { n: ui.number({ value: 0 }) },
    outputs: { n: ui.number() },
  });
  const inside = new Graph({ name: "Inside", nodes: [twice], inputs: { n: twice.inputs.n }, outputs: twice.outputs });
  const numbers = countdown(2);
  const each = new GraphNode(inside, { name: "Each", inputs: { n: numbers.outputs.numbers.each() } });
  open(each);
  const ran = ledger(sheet);
  sheet.set(numbers.inputs.n, 1);
  expect(ran.take()).toEqual(["Countdown"]);
  sheet.set(numbers.inputs.n, 2);
  expect(ran.take()).toEqual([]);
  expect(sheet.value(each.outputs.n)).toEqual([4, 2]);
  expect(sheet.history(each).map(({ inputs }) => inputs.n)).toEqual([2, 1]);
});

test("[W5] nothing runs any more inside an item that is gone, be it for a list that all items are given", () => {
  // more -> [ more.each() -> plus ] for each of numbers
  const given = new InputNode({ name: "Given", ports: { more: ui.json<number[]>(), n: ui.number() } });
  const plus = new FnNode(({ more, n }: { more: number; n: number }) => more + n, {
    name: "Plus",
    inputs: { more: given.outputs.more.each(), n: given.outputs.n },
    outputs: { n: ui.number() },
  });
  const count = new FnNode(({ all }: { all: number[] }) => all.length, {
    name: "Count",
    inputs: { all: plus.outputs.n.all() },
    outputs: { n: ui.number() },
  });
  const inside = new Graph({ name: "Inside", nodes: [count], inputs: given.inputs, outputs: count.outputs });
  const numbers = countdown(2);
  const more = ui.json<number[]>({ value: [10] });
  const each = new GraphNode(inside, { name: "Each", inputs: { more, n: numbers.outputs.numbers.each() } });
  open(each);
  sheet.set(numbers.inputs.n, 1);
  const ran = ledger(sheet);
  sheet.set(each.inputs.more, [20]);
  expect(sheet.value(each.outputs.n)).toEqual([1]);
  expect(ran.take()).toEqual(["Plus", "Count"]);
});

/** n -> plain, negated -> choice -> below */
function choosing() {
  const n = ui.number({ value: 1 });
  const plain = new FnNode(({ n }) => n, { name: "Plain", inputs: { n }, outputs: { n: ui.number() } });
  const negated = new FnNode(({ n }) => -n, { name: "Negated", inputs: { n }, outputs: { n: ui.number() } });
  const choice = new ChoiceNode([plain, negated], { name: "Choice" });
  const below = new FnNode(({ n }: { n: number }) => n, {
    name: "Below",
    inputs: { n: choice.outputs.n },
    outputs: { n: ui.number() },
  });
  return { plain, negated, choice, below };
}

test("[R7] a selected run of a variant is shown, though a value was pinned over it since", () => {
  const { plain, below, choice } = choosing();
  open(below);
  sheet.pin(plain.outputs.n, 7);
  sheet.choose(choice, 1);
  sheet.select(sheet.history(below)[0]!);
  expect([sheet.chosen(choice), sheet.value(below.inputs.n), sheet.value(below.outputs.n)]).toEqual([0, 1, 1]);
});

test("[R7] a selected run that used what a graph gave as a variant selects that variant again", () => {
  const { plain, negated } = choosing();
  const inside = new Graph({ name: "Inside", nodes: [negated], outputs: negated.outputs });
  const choice = new ChoiceNode([plain, new GraphNode(inside, { name: "Graph" })], { name: "Choice" });
  const below = new FnNode(({ n }: { n: number }) => n, {
    name: "Below",
    inputs: { n: choice.outputs.n },
    outputs: { n: ui.number() },
  });
  open(below);
  sheet.choose(choice, 1);
  const run = sheet.history(below).at(-1)!;
  sheet.choose(choice, 0);
  sheet.select(run);
  expect([sheet.chosen(choice), sheet.value(below.outputs.n)]).toEqual([1, -1]);
});

test("[R7] what was made from a value pinned over a variant names no run, and that value is there again with it", () => {
  const { plain, below, choice } = choosing();
  open(below);
  sheet.pin(plain.outputs.n, 7);
  const run = sheet.history(below).at(-1)!;
  expect(run).toMatchObject({ inputs: { n: 7 }, upstream: {} });
  sheet.unpin(plain.outputs.n);
  sheet.choose(choice, 1);
  sheet.select(run);
  expect(sheet.value(below.inputs.n)).toBe(7);
});

test("[R7] nor does what was made from an item of a pinned list", () => {
  const numbers = countdown(2);
  const twice = new FnNode(({ n }: { n: number }) => n * 2, {
    name: "Twice",
    inputs: { n: numbers.outputs.numbers.each() },
    outputs: { n: ui.number() },
  });
  open(twice);
  sheet.pin(numbers.outputs.numbers, [5]);
  const run = sheet.history(twice).at(-1)!;
  expect(run).toMatchObject({ inputs: { n: 5 }, upstream: {} });
  sheet.unpin(numbers.outputs.numbers);
  sheet.select(run);
  expect([sheet.value(numbers.outputs.numbers), sheet.value(twice.outputs.n)]).toEqual([[5], [10]]);
});

test("[R4] a demand that needs a variant which is not selected, and is stale, is refused", async () => {
  const { plain, choice } = choosing();
  const both = new FnNode(({ n, chosen }: { n: number; chosen: number }) => n + chosen, {
    name: "Both",
    inputs: { n: plain.outputs.n, chosen: choice.outputs.n },
    outputs: { n: ui.number() },
  });
  open(both);
  sheet.choose(choice, 1);
  sheet.set(plain.inputs.n, 2);
  expect(await sheet.run(both)).toMatchObject({ kind: "refused", why: expect.stringContaining("select it first") });
});

test("[R4] a demand that needs an item which lacks its field ends failed", async () => {
  const rows = new FnNode(() => [{ n: 1 }], { name: "Rows", outputs: { rows: ui.json<{ n: number }[]>() } });
  const twice = new FnNode(({ n }: { n: number }) => n * 2, {
    name: "Twice",
    inputs: { n: rows.outputs.rows.each("n") },
    outputs: { n: ui.number() },
  });
  open(twice);
  sheet.pin(rows.outputs.rows, [{}] as never);
  expect(await sheet.run(twice)).toMatchObject({ kind: "failed" });
});

test("[R7] a selected run has its inputs back though one of them comes from a run that only stayed equal", () => {
  // x -> parts (same, times) -> below (same -> passed), where same is always the same
  const parts = new FnNode(({ x }: { x: number }) => ({ same: 1, times: x * 10 }), {
    name: "Parts",
    inputs: { x: ui.number({ value: 1 }) },
    outputs: { same: ui.number(), times: ui.number() },
  });
  const passed = new FnNode(({ same }: { same: number }) => same, {
    name: "Passed",
    inputs: { same: parts.outputs.same },
    outputs: { same: ui.number() },
  });
  const below = new FnNode(({ same, times }: { same: number; times: number }) => same + times, {
    name: "Below",
    inputs: { times: parts.outputs.times, same: passed.outputs.same },
    outputs: { n: ui.number() },
  });
  open(below);
  sheet.set(parts.inputs.x, 2);
  sheet.set(parts.inputs.x, 3);
  const [, second] = sheet.history(below);
  sheet.select(second!);
  expect([sheet.value(parts.inputs.x), sheet.value(below.inputs.times), sheet.value(below.outputs.n)]).toEqual([
    2, 20, 21,
  ]);
});

test("[R4] a demand that goes on asks the items of a list anew when a selected run has put others there", async () => {
  // numbers.each() -> each -> sum, where numbers -> sum too
  const numbers = countdown(1);
  const each = new FnNode(({ n }: { n: number }) => n, {
    name: "Each",
    remember: false,
    inputs: { n: numbers.outputs.numbers.each() },
    outputs: { n: ui.number() },
  });
  const sum = new FnNode(
    async ({ all, numbers }: { all: number[]; numbers: number[] }) => all.length + numbers.length,
    {
      name: "Sum",
      inputs: { all: each.outputs.n.all(), numbers: numbers.outputs.numbers },
      outputs: { n: ui.number() },
    },
  );
  open(sum);
  const end = sheet.run(sum);
  for (const n of [2, 3, 1]) sheet.set(numbers.inputs.n, n);
  const [first, second] = sheet.history(numbers);
  sheet.select(second!);
  sheet.select(first!);
  expect(await end).toMatchObject({ kind: "ready", outputs: { n: 2 } });
});

test("[R7] what a selected run itself was given counts, though a run above that stayed equal was given something older", () => {
  // x -> sign -> sum, where x -> sum too
  const x = ui.number({ value: 1 });
  const sign = new FnNode(({ x }) => Math.sign(x), { name: "Sign", inputs: { x }, outputs: { sign: ui.number() } });
  const passed = new FnNode(({ sign }) => sign, {
    name: "Passed",
    inputs: { sign: sign.outputs.sign },
    outputs: { sign: ui.number() },
  });
  const sum = new FnNode(({ x, sign }) => x + sign, {
    name: "Sum",
    inputs: { x, sign: passed.outputs.sign },
    outputs: { n: ui.number() },
  });
  open(sum);
  sheet.set(sum.inputs.x, 2);
  sheet.set(sum.inputs.x, 3);
  sheet.select(sheet.history(sum)[1]!);
  expect([sheet.value(sum.inputs.x), sheet.value(sum.outputs.n), sheet.value(sign.outputs.sign)]).toEqual([2, 3, 1]);
});
