/** What once went wrong where a sheet remembers nothing, and of quick runs nothing is written down: each made as small as it goes. */
import { expect, test } from "vitest";
import { FnNode, Graph, ui } from "../../src/index.ts";

test("[R1] a sweep right after a change runs nothing that does not depend on its input, though the sheet remembers nothing", async () => {
  // twice -> sum, more -> sum
  const ran: string[] = [];
  const twice = new FnNode(
    ({ n }: { n: number }) => {
      ran.push("Twice");
      return 2 * n;
    },
    { name: "Twice", inputs: { n: ui.number({ value: 1 }) }, outputs: { n: ui.number() } },
  );
  const sum = new FnNode(
    ({ n, more }: { n: number; more: number }) => {
      ran.push("Sum");
      return n + more;
    },
    { name: "Sum", inputs: { n: twice.outputs.n, more: ui.number({ value: 1 }) }, outputs: { n: ui.number() } },
  );
  const sheet = new Graph({ name: "Once wrong", nodes: [sum] }).sheet({ memory: { runs: 0 } });
  for (const n of [2, 3]) sheet.set(twice.inputs.n, n);
  ran.length = 0;
  const ends = await sheet.sweep(sum.inputs.more, [1, 5], sum);
  expect([ran, ends.map((end) => end.kind === "ready" && end.outputs.n)]).toEqual([["Sum"], [7, 11]]);
  sheet.close();
});

test("[W4, W6] a quick run after which others wait is known by its own inputs, not by theirs", async () => {
  const ran: number[] = [];
  const go: (() => void)[] = [];
  // Even numbers at once, odd ones later.
  const node = new FnNode(
    (({ n }: { n: number }) => {
      ran.push(n);
      return n % 2 === 0 ? n : new Promise<number>((resolve) => go.push(() => resolve(n)));
    }) as ({ n }: { n: number }) => number,
    { name: "Node", inputs: { n: ui.number({ value: 0 }) }, outputs: { n: ui.number() } },
  );
  const sheet = new Graph({ name: "Once wrong", nodes: [node] }).sheet({ memory: { runs: 0 } });
  for (const n of [2, 1, 3, 1]) sheet.set(node.inputs.n, n);
  expect(sheet.signal(node.outputs.n)).toMatchObject({ kind: "pending", last: 2 });
  expect(ran).toEqual([0, 2, 1, 3, 1]);
  for (const finish of go) finish();
  await sheet.settled();
  expect(sheet.value(node.outputs.n)).toBe(1);
  sheet.close();
});
