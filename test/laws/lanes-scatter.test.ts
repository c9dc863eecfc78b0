/** R9 for the items of a scattered node: each is a run, and they share the lane like any other. */
import { describe, expect, test } from "vitest";
import { trafficOf } from "../../src/engine/lane.ts";
import { FnNode, Graph, Lane, type RunContext, ui } from "../../src/index.ts";
import { type Later, later } from "../support/later.ts";
import { turn } from "../support/turn.ts";

/** `list -> work (per item, in a lane) -> all`; every item is in the test's hand. */
function scattered(list: readonly number[], lane: Lane, options: object = {}) {
  const atWork = new Map<number, Later<number>>();
  const started: number[] = [];
  const signals: AbortSignal[] = [];
  const source = new FnNode(({ list }: { list: number[] }) => list, {
    name: "list",
    inputs: { list: ui.json({ value: [...list] }) },
    outputs: { all: ui.json<number[]>() },
  });
  const work = new FnNode(
    ({ n }: { n: number }, { signal }: RunContext) => {
      started.push(n);
      signals.push(signal);
      const end = later<number>();
      atWork.set(n, end);
      return end.promise.finally(() => atWork.delete(n));
    },
    { name: "work", lane, inputs: { n: source.outputs.all.each() }, outputs: { out: ui.number() }, ...options },
  );
  const all = new FnNode(({ all }: { all: number[] }) => all.join(" "), {
    name: "all",
    inputs: { all: work.outputs.out.all() },
    outputs: { text: ui.textbox() },
  });
  const sheet = new Graph({ name: "Scattered", nodes: [all] }).sheet();
  return { sheet, source, work, all, atWork, started, signals, traffic: trafficOf(lane) };
}

const ten = Array.from({ length: 10 }, (_, i) => i);

describe("the items of a scattered node", () => {
  test("[R9, S1] never work more at once than the lane lets, in any order of their ends, and keep their own order", async () => {
    const { sheet, all, atWork, started, traffic } = scattered(ten, new Lane(3));
    let picked = 0;
    while (atWork.size > 0) {
      expect(atWork.size).toBeLessThanOrEqual(3);
      const [n, end] = [...atWork][(picked++ * 7) % atWork.size] as [number, Later<number>];
      end.resolve(n * 2);
      await turn();
    }
    await sheet.settled();
    expect(sheet.value(all.outputs.text)).toBe(ten.map((n) => n * 2).join(" "));
    expect(started).toEqual(ten);
    expect([traffic.working, traffic.waiting]).toEqual([0, 0]);
    sheet.close();
  });

  test("[R9] that wait never start once all are cancelled, and those at work keep their places until they end", async () => {
    const { sheet, work, atWork, started, signals, traffic } = scattered(ten, new Lane(2));
    sheet.cancel(work);
    await turn();
    expect(signals.map(({ aborted, reason }) => [aborted, reason.name])).toEqual([
      [true, "AbortError"],
      [true, "AbortError"],
    ]);
    expect([traffic.working, traffic.waiting]).toEqual([2, 0]);
    for (const end of atWork.values()) end.resolve(1);
    await turn();
    expect([started, traffic.working]).toEqual([[0, 1], 0]);
    sheet.close();
  });

  test("[R9, S2] leave the line when they leave the list; the others keep their places in it", async () => {
    const { sheet, source, all, atWork, started } = scattered([0, 1, 2, 3], new Lane(1));
    sheet.set(source.inputs.list, [0, 2, 3, 4]);
    while (atWork.size > 0) {
      for (const [n, end] of atWork) end.resolve(n);
      await turn();
    }
    await sheet.settled();
    expect([started, sheet.value(all.outputs.text)]).toEqual([[0, 2, 3, 4], "0 2 3 4"]);
    sheet.close();
  });

  test("[R9, S3] are tried again each for itself, and have each a fallback, before the failure of one is anybody's", async () => {
    const tries = new Map<number, number>();
    const source = new FnNode(() => ten, { name: "list", outputs: { all: ui.json<number[]>() } });
    const work = new FnNode(
      async ({ n }: { n: number }, { attempt }: RunContext) => {
        tries.set(n, attempt + 1);
        if (attempt < n % 4) throw new Error("no");
        return n;
      },
      {
        name: "work",
        lane: 2,
        retries: { times: 2, delay: 0 },
        fallback: -1,
        inputs: { n: source.outputs.all.each() },
        outputs: { out: ui.number() },
      },
    );
    const sheet = new Graph({ name: "Tried", nodes: [work] }).sheet();
    await sheet.settled();
    expect(sheet.value(work.outputs.out)).toEqual(ten.map((n) => (n % 4 === 3 ? -1 : n)));
    expect([...tries].sort(([a], [b]) => a - b).map(([, count]) => count)).toEqual(
      ten.map((n) => Math.min(3, (n % 4) + 1)),
    );
    sheet.close();
  });
});
