/** The inside of a graph's node, as a part of the sheet: the same slots, the same runs, its own names. */
import { expect, test } from "vitest";
import {
  Approve,
  FnNode,
  Graph,
  type GraphError,
  GraphNode,
  type Node,
  type Run,
  type SheetEvent,
  ui,
} from "../../src/index.ts";
import { thrownBy } from "../nodes/plain.ts";

function halves() {
  const half = new FnNode(({ n }: { n: number }) => n / 2, {
    name: "Half",
    inputs: { n: ui.number({ value: 8 }) },
    outputs: { n: ui.number() },
  });
  const plus = new FnNode(({ n, by }: { n: number; by: number }) => n + by, {
    name: "Plus",
    inputs: { n: half.outputs.n, by: ui.number({ value: 1 }) },
    outputs: { n: ui.number() },
  });
  const graph = new Graph({
    name: "Inner",
    nodes: [plus],
    inputs: { n: half.inputs.n },
    outputs: { n: plus.outputs.n },
  });
  return { graph, half, plus };
}

test("two nodes of one graph have insides of their own", async () => {
  const { graph, half, plus } = halves();
  const one = new GraphNode(graph, { name: "One" });
  const two = new GraphNode(graph, { name: "Two", inputs: { n: one.outputs.n } });
  const sheet = new Graph({ name: "Outer", nodes: [two] }).sheet();
  const [first, second] = [sheet.inside(one), sheet.inside(two)];
  expect([first?.value(half.inputs.n), first?.value(plus.outputs.n)]).toEqual([8, 5]);
  expect([second?.value(half.inputs.n), second?.value(plus.outputs.n)]).toEqual([5, 3.5]);
  first?.set(plus.inputs.by, 3);
  expect([sheet.value(one.outputs.n), sheet.value(two.outputs.n)]).toEqual([7, 4.5]);
  expect(second?.value(plus.inputs.by)).toBe(1);
  expect(first?.history(plus).length).toBe(2);
  expect((await second?.run(half, { again: true }))?.kind).toBe("ready");
});

test("what is fed from outside is set there", () => {
  const { graph, half, plus } = halves();
  const node = new GraphNode(graph, { name: "Node" });
  const inside = new Graph({ name: "Outer", nodes: [node] }).sheet().inside(node);
  expect([inside?.outside(half.inputs.n), inside?.outside(plus.inputs.by)]).toEqual([true, false]);
  const error = thrownBy(() => inside?.set(half.inputs.n, 3)) as GraphError;
  expect(error.code).toBe("fed-by-edge");
  expect(error.message).toContain("fed from outside of 'Inner'");
});

test("a run is told as that of the node that one sees", () => {
  const { graph, plus } = halves();
  const node = new GraphNode(graph, { name: "Half" });
  const sheet = new Graph({ name: "Outer", nodes: [node] }).sheet();
  const inside = sheet.inside(node);
  const runs: Run[] = [];
  sheet.events$.subscribe((event: SheetEvent) => {
    if (event.kind === "run-ended") runs.push(event.run);
  });
  inside?.set(plus.inputs.by, 5);
  const [run] = runs as [Run];
  expect([run.node, sheet.nodeOf(run), inside?.nodeOf(run)]).toEqual(["Plus", "Half", "Plus"]);
});

test("an item of a scattered graph has an inside, until the item is another", () => {
  const { graph, plus } = halves();
  const list = new FnNode(({ text }: { text: string }) => text.split(" ").map(Number), {
    name: "List",
    inputs: { text: ui.textbox({ value: "2 4" }) },
    outputs: { list: ui.json<number[]>() },
  });
  const node = new GraphNode(graph, { name: "Node", inputs: { n: list.outputs.list.each() } });
  const sheet = new Graph({ name: "Outer", nodes: [node] }).sheet();
  expect(sheet.inside(node)).toBeUndefined();
  const second = sheet.inside(node, 1);
  expect([second?.value(plus.outputs.n), second?.current]).toEqual([3, true]);
  sheet.set(list.inputs.text, "6");
  expect([second?.current, sheet.inside(node, 1)]).toEqual([false, undefined]);
  expect(sheet.inside(node, 0)?.value(plus.outputs.n)).toBe(4);
});

test("it ends with its sheet, and not before", () => {
  const { graph, plus } = halves();
  const node = new GraphNode(graph, { name: "Node" });
  const sheet = new Graph({ name: "Outer", nodes: [node] }).sheet();
  const inside = sheet.inside(node);
  inside?.close();
  inside?.set(plus.inputs.by, 2);
  expect(sheet.value(node.outputs.n)).toBe(6);
  sheet.close();
  expect(inside?.current).toBe(false);
  expect(() => inside?.set(plus.inputs.by, 3)).toThrow(/closed/);
});

test("a node inside is asked for here while it is alive once; of several it is to be said which", async () => {
  const { graph, half } = halves();
  const approve = new Approve(half.outputs.n, { name: "Approve" });
  const inner = new Graph({
    name: "Asks",
    nodes: [approve],
    inputs: { n: half.inputs.n },
    outputs: { n: approve.outputs.output },
  });
  const [node, again] = [new GraphNode(inner, { name: "Node" }), new GraphNode(inner, { name: "Again" })];
  const one = new Graph({ name: "Outer", nodes: [node] }).sheet();
  one.answer(approve, true);
  expect([one.value(node.outputs.n), one.history(half).length]).toEqual([4, 1]);
  expect(one.plan(half, { again: true })).toEqual([half]);
  expect(await one.run(half, { again: true })).toMatchObject({ kind: "ready", outputs: { n: 4 } });
  const two = new Graph({ name: "Outer", nodes: [node, again] }).sheet();
  for (const ask of [
    () => two.run(half),
    () => two.history(half),
    () => two.plan(half),
    () => two.cancel(half),
    () => two.answer(approve, true),
  ])
    expect(thrownBy(ask) as GraphError).toMatchObject({ code: "unknown-node", known: ["Node", "Again"] });
  two.inside(again)?.answer(approve, true);
  expect([two.signal(node.outputs.n).kind, two.value(again.outputs.n)]).toEqual(["pending", 4]);
  expect(thrownBy(() => one.run(graph.nodes.at(-1) as Node))).toMatchObject({ code: "unknown-node", known: ["Node"] });
});
