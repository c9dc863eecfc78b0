/** Items as they can be watched one by one: of a scattered node, of a choice, of a list that is taken apart, of lists put together level by level. */
import { afterEach, expect, test } from "vitest";
import { ChoiceNode, FnNode, Graph, GraphNode, type ScatteredPort, type Sheet, ui } from "../../src/index.ts";

let sheet: Sheet;
afterEach(() => sheet.close());

/** The latest items of a port: their values, or how they stand. */
function watched(port: unknown): () => unknown[] {
  let last: unknown[] = [];
  sheet.items$(port as ScatteredPort<unknown>).subscribe((items) => {
    last = items.map((item) => (item.kind === "ready" ? item.value : item.kind));
  });
  return () => last;
}

test("of a choice they are those of the selected variant, whichever that is", async () => {
  const list = ui.json<number[]>({ value: [1, 2] });
  const source = new FnNode(({ list }: { list: number[] }) => list, { inputs: { list }, outputs: { list: ui.json() } });
  const variant = (name: string, factor: number) =>
    new FnNode(async ({ n }: { n: number }) => n * factor, {
      name,
      inputs: { n: source.outputs.list.each() },
      outputs: { n: ui.number() },
    });
  const choice = new ChoiceNode([variant("Tens", 10), variant("Hundreds", 100)]);
  sheet = new Graph({ name: "Choice", nodes: [choice] }).sheet();
  const items = watched(choice.outputs.n);
  expect(items()).toEqual(["pending", "pending"]);
  await sheet.settled();
  expect(items()).toEqual([10, 20]);
  sheet.choose(choice, 1);
  sheet.set(source.inputs.list, [1, 3, 4]);
  await sheet.settled();
  expect(items()).toEqual([100, 300, 400]);
  sheet.choose(choice, 0);
  expect(items()).toEqual([10, "pending", "pending"]);
});

test("of a port derived from another they are what its list is taken apart into, or put together to", async () => {
  const rows = ui.json<number[][]>({ value: [[1], [2, 3]] });
  const source = new FnNode(({ rows }: { rows: number[][] }) => rows, {
    inputs: { rows },
    outputs: { rows: ui.json() },
  });
  const tenfold = new FnNode(({ n }: { n: number }) => n * 10, {
    inputs: { n: source.outputs.rows.each().each() },
    outputs: { n: ui.number() },
  });
  sheet = new Graph({ name: "Derived", nodes: [tenfold] }).sheet();
  const [apart, together] = [watched(source.outputs.rows.each()), watched(tenfold.outputs.n.all())];
  expect([apart(), together()]).toEqual([
    [[1], [2, 3]],
    [[10], [20, 30]],
  ]);
  sheet.set(source.inputs.rows, [[4, 5], []]);
  expect([apart(), together()]).toEqual([
    [[4, 5], []],
    [[40, 50], []],
  ]);
});

test("of what is not scattered there are none, and that is said", () => {
  const one = new FnNode(() => 1, { name: "One", outputs: { n: ui.number() } });
  sheet = new Graph({ name: "One", nodes: [one] }).sheet();
  expect(() => sheet.items$(one.outputs.n as never)).toThrow("One.n is not scattered");
  expect(() => sheet.items$(one as never)).toThrow("no such port");
});

test("they complete with their sheet, as all that is watched does, also inside a graph that lives for an item", () => {
  const list = new FnNode(() => [1, 2], { name: "List", outputs: { list: ui.json<number[]>() } });
  const half = new FnNode(({ n }: { n: number }) => n / 2, {
    inputs: { n: ui.number() },
    outputs: { n: ui.number() },
  });
  const inner = new Graph({
    name: "Inner",
    nodes: [half],
    inputs: { n: half.inputs.n },
    outputs: { n: half.outputs.n },
  });
  const each = new GraphNode(inner, { name: "Each", inputs: { n: list.outputs.list.each() } });
  sheet = new Graph({ name: "Outer", nodes: [each] }).sheet();
  const completed: string[] = [];
  sheet.items$(each.outputs.n).subscribe({ complete: () => completed.push("items") });
  sheet.items$(list.outputs.list.each()).subscribe({ complete: () => completed.push("taken apart") });
  sheet
    .inside(each, 1)
    ?.signal$(half.outputs.n)
    .subscribe({ complete: () => completed.push("inside") });
  sheet.close();
  expect(completed.sort()).toEqual(["inside", "items", "taken apart"]);
});
