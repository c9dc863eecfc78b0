/** `differences` finds what is wrong, and nothing where all is right. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type AnyPort, FnNode, Graph, type Sheet, type Signal, ui } from "../../src/index.ts";
import type { FnPlan, GraphPlan, InputPlan } from "../../src/testing/graph-plan.ts";
import { plans } from "../../src/testing/graph-plan.ts";
import { grown } from "../../src/testing/graphs.ts";
import { apply, differences, edits, held } from "../../src/testing.ts";
import { turn } from "../support/turn.ts";
import { type Mistake, wrongSheet } from "../support/wrong-sheets.ts";

/** text -> shout -> line */
function shouting() {
  const text = ui.textbox({ value: "a" });
  const shout = new FnNode(({ text }) => text.toUpperCase(), {
    name: "Shout",
    inputs: { text },
    outputs: { loud: ui.textbox() },
  });
  const line = new FnNode(({ loud }) => `${loud}!`, {
    name: "Line",
    inputs: { loud: shout.outputs.loud },
    outputs: { line: null },
  });
  return { shout, line, sheet: new Graph({ name: "Shouting", nodes: [line] }).sheet() };
}

/** A sheet that says of one port what is not so. */
function lying(sheet: Sheet, about: AnyPort<unknown>, signal: Signal<unknown>): Sheet {
  const signalled = <T>(port: AnyPort<T>) => (port === about ? (signal as Signal<T>) : sheet.signal(port));
  return { graph: sheet.graph, history: sheet.history.bind(sheet), signal: signalled } as unknown as Sheet;
}
const ready = (value: unknown): Signal<unknown> => ({ kind: "ready", value, pinned: false });

test("[W4] a settled sheet differs nowhere", async () => {
  const { sheet, shout } = shouting();
  sheet.set(shout.inputs.text, "b");
  expect(await differences(sheet)).toEqual([]);
});

test("a port that holds an old value is found, with what it should hold", async () => {
  const { sheet, line } = shouting();
  const found = await differences(lying(sheet, line.outputs.line, ready("B!")));
  expect(found).toMatchObject([{ expected: "A!", actual: "B!" }]);
  expect(found[0]?.port).toBe(line.outputs.line);
  expect(String(found[0])).toBe('Line.line holds "B!"; from scratch it is "A!"');
});

test("an input that shows another value than the output that feeds it is found", async () => {
  const { sheet, line } = shouting();
  expect((await differences(lying(sheet, line.inputs.loud, ready("B")))).map(String)).toEqual([
    'Line.loud holds "B"; from scratch it is "A"',
  ]);
});

test("a port that claims a value where from scratch there is none is found", async () => {
  const broken = new FnNode(
    () => {
      throw new Error("broken");
    },
    { name: "Broken", outputs: { n: ui.number() } },
  );
  const sheet = new Graph({ name: "Broken", nodes: [broken] }).sheet();
  expect(await differences(sheet)).toEqual([]);
  const found = await differences(lying(sheet, broken.outputs.n, ready(7)));
  expect(found.map(String)).toEqual(["Broken.n holds 7; from scratch it holds nothing"]);
});

test("what is stale, pending or failed claims nothing, whatever it held last", async () => {
  const { sheet, line } = shouting();
  const claims: Signal<unknown>[] = [
    { kind: "stale", last: "B!", because: { change: "definition" } },
    { kind: "pending", last: "B!" },
    { kind: "empty" },
  ];
  for (const signal of claims) expect(await differences(lying(sheet, line.outputs.line, signal))).toEqual([]);
});

test("a function that gives something else each time is found", async () => {
  let count = 0;
  const clock = new FnNode(() => ++count, { name: "Clock", outputs: { n: ui.number() } });
  const sheet = new Graph({ name: "Clock", nodes: [clock] }).sheet();
  expect((await differences(sheet)).map(String)).toEqual(["Clock.n holds 1; from scratch it is 2"]);
});

test("it compares one moment: what happens to the sheet meanwhile is not mixed in", async () => {
  const { sheet, shout } = shouting();
  const found = differences(sheet);
  sheet.set(shout.inputs.text, "b");
  expect(await found).toEqual([]);
});

test("in the middle of a run it compares what is ready", async () => {
  const slow = held<{ text: string }, string>();
  const node = new FnNode(slow.fn, {
    name: "Slow",
    inputs: { text: ui.textbox({ value: "a" }) },
    outputs: { loud: ui.textbox() },
  });
  const quick = new FnNode(({ text }) => text, {
    name: "Quick",
    inputs: { text: ui.textbox({ value: "a" }) },
    outputs: { it: null },
  });
  const sheet = new Graph({ name: "Slow", nodes: [node, quick] }).sheet();
  const found = differences(sheet);
  await slow.started();
  (await slow.started()).finish("from scratch");
  expect(await found).toEqual([]);
  sheet.close();
});

test.each<[Mistake, FnPlan["manner"]]>([
  ["cut-off", "now"],
  ["late", "later"],
])("[W4] random graphs and edits catch a sheet with the mistake '%s'", async (mistake, manner) => {
  const drawnPlans = plans({ maxNodes: 8, async: true, scatter: false, choices: false, failures: false });
  const story = drawnPlans
    .map((plan) => grown(plainly(plan, manner)))
    .chain((random) => edits(random.graph, { only: ["set"], max: 8 }).map((drawn) => ({ random, drawn })));
  const property = fc.asyncProperty(story, async ({ random, drawn }) => {
    const sheet = wrongSheet(random.graph as Graph, mistake);
    for (const edit of drawn) await apply(sheet, edit);
    await turn();
    expect((await differences(sheet)).map(String)).toEqual([]);
  });
  const { errorInstance, counterexample } = await fc.check(property, { numRuns: 500, seed: 1 });
  expect(errorInstance).toMatchObject({ actual: expect.arrayContaining([expect.stringContaining("from scratch it")]) });
  expect(counterexample?.[0].random.graph.nodes.length).toBeLessThan(4);
});

/** The wrong sheets know only synchronous and promised functions, and inputs that are set or fed. */
function plainly(plan: GraphPlan, manner: FnPlan["manner"]): GraphPlan {
  const plain = (input: InputPlan): InputPlan =>
    input.feed === "callable" || (input.feed === "own" && input.first === null) ? { feed: "shared", at: 0 } : input;
  const nodes = plan.nodes.flatMap((node): readonly FnPlan[] =>
    node.kind === "fn" ? [{ ...node, manner, inputs: node.inputs.map(plain) }] : [],
  );
  return { ...plan, nodes };
}
