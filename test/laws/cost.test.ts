/** W9: what a change costs. Nothing here is timed: executed blocks of the engine's code are counted. */
import { expect, test } from "vitest";
import { FnNode, Graph, type InputPort, type Node, type Port, type Sheet, ui } from "../../src/index.ts";
import { cost } from "../support/cost.ts";

interface Cone {
  readonly sheet: Sheet;
  readonly x: InputPort<number>;
  readonly end: Port<number>;
}

/** `x -> n1 -> ... -> n<reach>`, and beside it chains of ten until the graph has `size` nodes. */
function cone(size: number, reach = 10): Cone {
  const next = (n: Port<number> | ReturnType<typeof ui.number>) =>
    new FnNode(({ n }: { n: number }) => n + 1, { inputs: { n }, outputs: { n: ui.number() }, name: `n${++count}` });
  let count = 0;
  const first = next(ui.number({ value: 0 }));
  let last = first;
  while (count < reach) last = next(last.outputs.n);
  const others: Node[] = [];
  while (count < size) {
    let side = next(ui.number({ value: count }));
    while (count % 10 !== 0 && count < size) side = next(side.outputs.n);
    others.push(side);
  }
  const sheet = new Graph({ name: "Cone", nodes: [last, ...others] }).sheet();
  return { sheet, x: first.inputs.n, end: last.outputs.n };
}

/**
 * The cost of an edit once the sheet has settled into its ways. Every edit costs the same, but for those after 4, 8, 16 runs of a node,
 * when the table of its answers grows: these stay outside. The most counted of seven is taken, because a collection of garbage in
 * the middle of one throws counts away (never adds any).
 */
async function costIn(size: number, edit: (cone: Cone, n: number) => void, reach?: number): Promise<number> {
  const living = cone(size, reach);
  for (let n = 1; n < 9; n++) edit(living, n);
  let most = 0;
  for (let n = 9; n < 16; n++) most = Math.max(most, await cost(() => edit(living, n)));
  living.sheet.close();
  return most;
}

/** The same but for what the counting itself loses, on a busy machine up to three in a hundred. What depended on the size would be off a hundredfold. */
function expectSame(cost: number, other: number, lost = 0.05): void {
  expect(Math.abs(cost / other - 1), `${cost} blocks where ${other} are right`).toBeLessThan(lost);
}

const edits: readonly (readonly [string, (cone: Cone, n: number) => void])[] = [
  ["an edit", ({ sheet, x }, n) => sheet.set(x, n)],
  ["a batch", ({ sheet, x }, n) => sheet.batch(() => sheet.set(x, n))],
  ["a run", ({ sheet, end }) => void sheet.run(end.node, { again: true })],
  ["a cancel", ({ sheet, end }) => sheet.cancel(end.node)],
];

test.each(edits)("[W9] %s that reaches ten nodes costs the same in a graph of 100 and of 10,000", async (_, edit) => {
  const small = await costIn(100, edit);
  expect(small).toBeGreaterThan(0);
  expectSame(await costIn(10_000, edit), small);
});

test("[W9] and in a graph of 100,000", async () => {
  const set = edits[0]![1];
  // The small one first: what the large one leaves behind is collected in the middle of whatever comes after it.
  const small = await costIn(100, set);
  expectSame(await costIn(100_000, set), small);
});

test("[W9] the cost of an edit grows with its cone, evenly", async () => {
  const set = edits[0]![1];
  const [ten, twenty, forty] = [await costIn(100, set, 10), await costIn(100, set, 20), await costIn(100, set, 40)];
  expect(twenty).toBeGreaterThan(ten * 1.5);
  // What three countings lose adds up here; a cost that grew with the square would be off by half.
  expectSame(forty, 3 * twenty - 2 * ten, 0.1);
});
