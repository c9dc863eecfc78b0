/** What once made a sweep run what was there already: as small as it goes. */
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
