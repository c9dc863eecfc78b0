/** What once broke a law where random graphs mix lists, graphs inside and selected runs: each made as small as it goes. */
import { afterEach, expect, test } from "vitest";
import { FnNode, Graph, GraphNode, type Node, type Sheet, ui } from "../../src/index.ts";
import { ledger } from "../../src/testing.ts";

let sheet: Sheet;
afterEach(() => sheet.close());
const open = (...nodes: readonly unknown[]) => {
  sheet = new Graph({ name: "Once wrong", nodes: nodes as Node[] }).sheet();
  return sheet;
};

test("[W3, R1] nothing inside of an item that goes works on what its graph is given in the same change", () => {
  // parts (list, n) -> [ sum ] for each of the list
  const sum = new FnNode(({ item, n }: { item: number; n: number }) => item + n, {
    name: "Sum",
    inputs: { item: ui.number(), n: ui.number() },
    outputs: { sum: ui.number() },
  });
  const inside = new Graph({ name: "Inside", nodes: [sum], inputs: sum.inputs, outputs: sum.outputs });
  const parts = new FnNode(({ n }: { n: number }) => ({ list: n > 1 ? [7] : [10, 7], n }), {
    name: "Parts",
    inputs: { n: ui.number({ value: 1 }) },
    outputs: { list: ui.json<number[]>(), n: ui.number() },
  });
  const inputs = { item: parts.outputs.list.each(), n: parts.outputs.n };
  const each = new GraphNode(inside, { name: "Each", inputs });
  open(each);
  const ran = ledger(sheet);
  sheet.set(parts.inputs.n, 2);
  expect(ran.take()).toEqual(["Parts", "Sum"]);
  expect(sheet.history(each).map(({ inputs }) => inputs)).toEqual([
    { item: 10, n: 1 },
    { item: 7, n: 1 },
    { item: 7, n: 2 },
  ]);
});
