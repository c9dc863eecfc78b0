/** W8: depth costs no stack, whatever travels along a chain: values, marks, demands, failures, cancels. */
import { afterEach, expect, test } from "vitest";
import { FnNode, Graph, type Node, type Port, type Sheet, ui } from "../../src/index.ts";
import { held } from "../../src/testing.ts";
import { turn } from "../support/turn.ts";

const depth = 10_000;
let sheet: Sheet;
afterEach(() => sheet.close());

type Work = (inputs: { n: number }) => number | Promise<number>;

/** `x -> n1 -> n2 -> ... -> n10000`, each node doing `work`. */
function chain(work: Work, trigger: "auto" | "manual" = "auto", first: Work = work) {
  const head = new FnNode(first, { name: "n1", inputs: { n: ui.number({ value: 0 }) }, outputs: { n: ui.number() } });
  let last: Node<{ n: number }, { n: Port<number> }> = head;
  for (let i = 2; i <= depth; i++) {
    last = new FnNode(work, { name: `n${i}`, inputs: { n: last.outputs.n }, outputs: { n: ui.number() } });
  }
  const graph = new Graph({ name: "Chain", nodes: [last], trigger });
  sheet = graph.sheet();
  return { graph, head, last, x: head.inputs.n, end: last.outputs.n };
}

test("[W8] a chain of 10,000 synchronous nodes settles", () => {
  const { x, end } = chain(({ n }) => n + 1);
  expect(sheet.value(end)).toBe(depth);
  sheet.set(x, 5);
  expect(sheet.value(end)).toBe(depth + 5);
});

test("[W8] a chain of 10,000 asynchronous nodes settles", async () => {
  const { x, end } = chain(async ({ n }) => n + 1);
  expect(sheet.signal(end).kind).toBe("stale");
  await sheet.settled();
  expect(sheet.value(end)).toBe(depth);
  sheet.set(x, 5);
  await sheet.settled();
  expect(sheet.value(end)).toBe(depth + 5);
});

test("[W8] a demand at the end of a chain of 10,000 manual nodes runs them all", async () => {
  const { last, end } = chain(({ n }) => n + 1, "manual");
  expect(sheet.signal(end).kind).toBe("stale");
  expect(sheet.plan(last)).toHaveLength(depth);
  expect(await sheet.run(last)).toMatchObject({ kind: "ready", outputs: { n: depth } });
});

test("[W8] a failure at the head of a chain of 10,000 reaches its end", async () => {
  const { x, last, end } = chain(
    ({ n }) => n + 1,
    "auto",
    ({ n }) => {
      if (n === 1) throw new Error("one is not allowed");
      return n;
    },
  );
  sheet.set(x, 1);
  expect(sheet.signal(end)).toMatchObject({ kind: "failed", failure: { reason: "upstream", root: "n1" } });
  expect(await sheet.run(last)).toMatchObject({ kind: "failed", failure: { reason: "upstream", root: "n1" } });
  sheet.set(x, 2);
  expect(sheet.value(end)).toBe(depth + 1);
});

test("[W8] a cancel at the head ends the demand at the end of a chain of 10,000", async () => {
  const first = held<{ n: number }, number>();
  const { head, last } = chain(({ n }) => n + 1, "manual", first.fn as never);
  const end = sheet.run(last);
  await first.started();
  sheet.cancel(head);
  expect((await end).kind).toBe("cancelled");
});

test("[W8] runAll and cancel of everything pass through a chain of 10,000", async () => {
  const first = held<{ n: number }, number>();
  const { end } = chain(({ n }) => n + 1, "manual", first.fn as never);
  const ends = sheet.runAll();
  (await first.started()).finish(1);
  expect((await ends).every((one) => one.kind === "ready")).toBe(true);
  expect(sheet.value(end)).toBe(depth);
  const others = sheet.runAll({ again: true });
  await first.started();
  sheet.cancel();
  expect((await others).every((one) => one.kind === "cancelled")).toBe(true);
});

test("[W8] a join of 10,000 inputs runs once, whatever the order in which they arrive", async () => {
  const width = 10_000;
  const finish: (() => void)[] = [];
  const x = ui.number({ value: 1 });
  const inputs: Record<string, Port<number>> = {};
  for (let i = 0; i < width; i++) {
    const one = new FnNode(({ n }: { n: number }) => new Promise<number>((resolve) => finish.push(() => resolve(n))), {
      name: `w${i}`,
      inputs: { n: x },
      outputs: { n: null },
    });
    inputs[`i${i}`] = one.outputs.n as Port<number>;
  }
  let runs = 0;
  const sum = (all: Record<string, number>) => {
    runs++;
    return Object.values(all).reduce((total, n) => total + n, 0);
  };
  const join = new FnNode(sum, { name: "join", inputs, outputs: { sum: ui.number() } });
  sheet = new Graph({ name: "Wide", nodes: [join] }).sheet();
  for (const at of Array.from({ length: width }, (_, i) => (i * 7919) % width)) {
    finish[at]!();
    if (at % 1000 === 0) await turn();
  }
  await sheet.settled();
  expect(runs).toBe(1);
  expect(sheet.value(join.outputs.sum)).toBe(width);
});
