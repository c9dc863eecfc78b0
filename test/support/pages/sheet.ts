/** A page without a server: a sheet lives in it, and what came of it is left where a test can read it. */
import { Approve, ChoiceNode, FileRef, FnNode, Graph, GraphError, InputNode, ui } from "millrace";

const ran: string[] = [];
const numbers = new InputNode({
  name: "Numbers",
  ports: { list: ui.json<number[]>({ value: [1, 2, 3] }), by: ui.number({ value: 10 }) },
});
const times = new FnNode(
  async ({ n, by }: { n: number; by: number }) => {
    ran.push(`times ${n}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    return n * by;
  },
  { name: "Times", inputs: { n: numbers.outputs.list.each(), by: numbers.outputs.by }, outputs: { n: ui.number() } },
);
const sum = new FnNode(({ all }: { all: number[] }) => all.reduce((a, b) => a + b, 0), {
  name: "Sum",
  inputs: { all: times.outputs.n.all() },
  outputs: { sum: ui.number() },
});
const product = new FnNode(({ all }: { all: number[] }) => all.reduce((a, b) => a * b, 1), {
  name: "Product",
  inputs: { all: times.outputs.n.all() },
  outputs: { sum: ui.number() },
});
const chosen = new ChoiceNode([sum, product], { name: "Together" });
const approved = new Approve(chosen.outputs.sum, { name: "Right?" });
const graph = new Graph({ name: "In a page", nodes: [approved] });

async function told(): Promise<unknown> {
  const sheet = graph.sheet();
  const seen: number[] = [];
  sheet.value$(chosen.outputs.sum).subscribe((value) => seen.push(value));
  await sheet.settled();
  const first = ran.splice(0);
  sheet.set(numbers.inputs.list, [1, 5, 3]);
  await sheet.settled();
  const second = ran.splice(0);
  sheet.choose(chosen, product);
  await sheet.settled();
  sheet.answer(approved, true);
  const file = await FileRef.fromBytes(new Blob(["water"]), { name: "river.txt" });
  let refused = "";
  try {
    sheet.set(numbers.inputs.by, "ten" as never);
  } catch (error) {
    refused = error instanceof GraphError ? error.code : String(error);
  }
  return { seen, first, second, approved: sheet.value(approved.outputs.output), file: { ...file }, refused };
}

Object.assign(globalThis, { told: told() });
