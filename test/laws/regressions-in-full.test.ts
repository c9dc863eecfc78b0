/** What once broke a law where lists are scattered, variants chosen, graphs put inside graphs, values pinned: each made as small as it goes. */
import { afterEach, expect, test } from "vitest";
import { FnNode, Graph, GraphNode, type Node, type Sheet, ui } from "../../src/index.ts";
import { ledger } from "../../src/testing.ts";

let sheet: Sheet;
afterEach(() => sheet.close());
const open = (...nodes: readonly unknown[]) => {
  sheet = new Graph({ name: "Once wrong", nodes: nodes as Node[] }).sheet();
  return sheet;
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
