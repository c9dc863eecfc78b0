/** Random edits: of any graph, only what it has a place for, only what its sheet takes, and printed in words. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { shapeOf } from "../../src/engine/component.ts";
import { FnNode, Graph, InputNode, ui } from "../../src/index.ts";
import { apply, type Edit, edits, graphs, held, ledger } from "../../src/testing.ts";

function twoSteps() {
  const card = new InputNode({
    name: "Card",
    ports: { text: ui.textbox({ value: "a" }), tone: ui.dropdown({ choices: ["calm", "loud"], value: "calm" }) },
  });
  const shout = new FnNode(({ text, tone, times }) => (tone === "loud" ? text.toUpperCase() : text).repeat(times), {
    name: "Shout",
    inputs: { ...card.outputs, times: ui.slider({ minimum: 1, maximum: 3 }) },
    outputs: { line: ui.textbox() },
  });
  return { card, shout, graph: new Graph({ name: "Shouting", nodes: [shout] }) };
}
const kindsOf = (drawn: readonly Edit[]): readonly string[] =>
  drawn.flatMap((edit) => (edit.kind === "batch" ? [edit.kind, ...kindsOf(edit.edits)] : [edit.kind]));
const sample = (arbitrary: fc.Arbitrary<readonly Edit[]>) => fc.sample(arbitrary, { numRuns: 100, seed: 1 });

test("every kind that a graph has a place for is drawn, and its sheet takes them all", async () => {
  const { graph } = twoSteps();
  const drawn = sample(edits(graph));
  expect([...new Set(drawn.flatMap(kindsOf))].sort()).toEqual([
    "batch",
    "cancel",
    "cancelAll",
    "pin",
    "run",
    "runAll",
    "select",
    "set",
    "settle",
    "sweep",
    "unpin",
  ]);
  for (const story of drawn) {
    const sheet = graph.sheet();
    for (const edit of story) await apply(sheet, edit);
    sheet.close();
  }
});

test("every input that can be set is set, to what its component accepts", () => {
  const { graph } = twoSteps();
  const sets = sample(edits(graph, { only: ["set"] }))
    .flat()
    .filter((edit) => edit.kind === "set");
  expect(new Set(sets.map(({ input }) => input.name))).toEqual(new Set(["text", "tone", "times"]));
  for (const { input, value } of sets) expect(shapeOf(input.component!).refuses(value)).toBeUndefined();
});

test("only the kinds that are named are drawn", () => {
  const { graph } = twoSteps();
  const drawn = (only: readonly Edit["kind"][]) => new Set(sample(edits(graph, { only })).flatMap(kindsOf));
  expect(drawn(["set", "settle"])).toEqual(new Set(["set", "settle"]));
  expect(drawn(["set", "batch"])).toEqual(new Set(["set", "batch"]));
  expect(drawn(["batch"])).toEqual(
    new Set(["batch", "set", "run", "runAll", "cancel", "cancelAll", "pin", "unpin", "select", "sweep"]),
  );
  expect(drawn(["choose"]).size + drawn([]).size).toBe(0);
});

test("there are at most as many as asked for, and often that many", () => {
  const { graph } = twoSteps();
  const lengths = sample(edits(graph, { max: 7 })).map((drawn) => drawn.length);
  expect(Math.max(...lengths)).toBe(7);
  expect(lengths.filter((length) => length > 3).length).toBeGreaterThan(25);
});

test("a graph that has no place for an edit is only settled", () => {
  const graph = new Graph({ name: "Bare", nodes: [new InputNode({ name: "None", ports: {} }) as never] });
  expect(new Set(sample(edits(graph)).flatMap(kindsOf))).toEqual(new Set(["settle"]));
  expect(sample(edits(graph, { only: ["set"] })).flat()).toEqual([]);
});

test("an edit does what the sheet's method does, and does not wait for it", async () => {
  const slow = held<{ n: number }, number>();
  const node = new FnNode(slow.fn, {
    name: "Slow",
    trigger: "manual",
    inputs: { n: ui.number({ value: 1 }) },
    outputs: { n: ui.number() },
  });
  const sheet = new Graph({ name: "Slow", nodes: [node] }).sheet();
  const ran = ledger(sheet);
  const asNode = sheet.graph.nodes[0]!;
  await apply(sheet, { kind: "set", input: node.inputs.n, value: 2 });
  await apply(sheet, { kind: "run", node: asNode, again: false });
  const first = await slow.started();
  expect(first.inputs).toEqual({ n: 2 });
  await apply(sheet, { kind: "cancel", node: asNode });
  expect(first.context.signal.aborted).toBe(true);
  await apply(sheet, {
    kind: "batch",
    edits: [
      { kind: "set", input: node.inputs.n, value: 3 },
      { kind: "run", node: asNode, again: false },
    ],
  });
  const second = await slow.started();
  let settled = false;
  const settling = apply(sheet, { kind: "settle" }).then(() => {
    settled = true;
  });
  await null;
  expect(settled).toBe(false);
  second.finish(9);
  await settling;
  expect(sheet.value(node.outputs.n)).toBe(9);
  expect(ran.runs.map((run) => run.inputs.n)).toEqual([2, 3]);
  await apply(sheet, { kind: "run", node: asNode, again: true });
  expect((await slow.started()).inputs).toEqual({ n: 3 });
  sheet.close();
});

test("what the sheet refuses is thrown", async () => {
  const { graph, card } = twoSteps();
  const edit: Edit = { kind: "set", input: card.inputs.text, value: 5 };
  await expect(apply(graph.sheet(), edit)).rejects.toMatchObject({ code: "wrong-type" });
});

test("edits are printed in words", () => {
  const { graph } = twoSteps();
  const printed = sample(edits(graph))
    .map((drawn) => fc.stringify(drawn))
    .join("\n");
  for (const words of [
    /set Card\.text = "/,
    /set Shout\.times = 2/,
    /run Shout/,
    /run Shout again/,
    /cancel Shout/,
    /batch\(.+, .+\)/,
    /settle/,
  ]) {
    expect(printed).toMatch(words);
  }
  expect(printed).not.toContain("kind");
});

test("all that people can do is drawn for random graphs: answers, steps alone and anew, some items, those that failed", () => {
  const story = graphs().chain(({ graph }) => edits(graph));
  const all = fc.sample(story, { numRuns: 300, seed: 1 }).flat();
  const kinds = new Set(all.flatMap((edit) => kindsOf([edit])));
  expect([...kinds].sort()).toEqual(
    [
      ...["answer", "batch", "cancel", "cancelAll", "choose", "editRow", "inside", "pin"],
      ...["run", "runAll", "select", "set", "settle", "sweep", "unpin"],
    ].sort(),
  );
  const runs = all.filter((edit) => edit.kind === "run");
  expect(runs.some(({ again }) => again)).toBe(true);
  expect(runs.some(({ only }) => only)).toBe(true);
  expect(runs.some(({ items }) => items === "failed")).toBe(true);
  expect(runs.some(({ items }) => Array.isArray(items))).toBe(true);
  const pins = all.filter((edit) => edit.kind === "pin");
  expect(pins.some(({ output, item }) => output.depth === 1 && item !== undefined)).toBe(true);
  expect(pins.some(({ output, item }) => output.depth > 0 && item === undefined)).toBe(true);
  const rows = all.filter((edit) => edit.kind === "editRow").map(({ value }) => value === undefined);
  expect(new Set(rows)).toEqual(new Set([true, false]));
  const inner = all.filter((edit) => edit.kind === "inside");
  expect(new Set(inner.map(({ item }) => item === undefined))).toEqual(new Set([true, false]));
  expect(inner.some(({ edit }) => edit.kind === "set")).toBe(true);
});

test("edits shrink to the fewest and plainest that still fail", async () => {
  const { graph, shout } = twoSteps();
  const property = fc.asyncProperty(edits(graph), async (drawn) => {
    const sheet = graph.sheet();
    for (const edit of drawn) await apply(sheet, edit);
    return (sheet.value(shout.outputs.line)?.length ?? 0) < 9;
  });
  const { counterexample } = await fc.check(property, { numRuns: 1000, seed: 1 });
  expect(counterexample?.[0].length).toBeLessThanOrEqual(2);
});

test("random graphs take the random edits drawn for them", async () => {
  const story = graphs().chain(({ graph }) => fc.tuple(fc.constant(graph), edits(graph, { max: 8 })));
  await fc.assert(
    fc.asyncProperty(story, async ([graph, drawn]) => {
      const sheet = graph.sheet();
      for (const edit of drawn) await apply(sheet, edit);
      sheet.close();
    }),
  );
});

test("an option, or a kind of edit, that there is not is refused: a property would test less than it says", () => {
  const { graph } = new Graph({ name: "Any", nodes: [new FnNode(() => 1, { outputs: { n: null } })] }).sheet();
  expect(() => edits(graph, { only: ["sett" as "set"] })).toThrow("Did you mean 'set'?");
  expect(() => edits(graph, { most: 3 } as object)).toThrow("has no option 'most'. There is: 'max', 'only'.");
  expect(() => graphs({ maxNode: 3 } as object)).toThrow("Did you mean 'maxNodes'?");
});
