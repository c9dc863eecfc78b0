/** Independent branches go side by side, and none waits for the layer of another. */
import { expect, test } from "vitest";
import { FnNode, Graph, ui } from "../../src/index.ts";
import { held } from "../../src/testing.ts";

/** a -> a2 -> join, b -> join */
test("a branch goes on while another has not ended its first step, in a demand as by itself", async () => {
  const [first, second, other] = [held<object, number>(), held<{ n: number }, number>(), held<object, number>()];
  const a = new FnNode(() => first.fn({}, undefined as never), { name: "A", outputs: { n: ui.number() } });
  const a2 = new FnNode(second.fn, { name: "A2", inputs: { n: a.outputs.n }, outputs: { n: ui.number() } });
  const b = new FnNode(() => other.fn({}, undefined as never), { name: "B", outputs: { n: ui.number() } });
  const join = new FnNode(({ a, b }: { a: number; b: number }) => a + b, {
    name: "Join",
    inputs: { a: a2.outputs.n, b: b.outputs.n },
    outputs: { sum: ui.number() },
  });
  for (const trigger of ["auto", "manual"] as const) {
    const sheet = new Graph({ name: trigger, nodes: [join], trigger }).sheet();
    const end = sheet.run(join);
    const [runA, runB] = [await first.started(), await other.started()];
    runA.finish(1);
    const runA2 = await second.started();
    expect(sheet.signal(b.outputs.n).kind).toBe("pending");
    runA2.finish(2);
    runB.finish(3);
    expect(await end).toMatchObject({ kind: "ready", outputs: { sum: 5 } });
    sheet.close();
  }
});
