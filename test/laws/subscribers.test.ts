/** W10: people hear of a change after its wave, each port once; what they set then is a new change, and an endless chain of those is stopped. */
import { config } from "rxjs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FnNode, Graph, GraphError, type Sheet, ui } from "../../src/index.ts";
import { held } from "../../src/testing.ts";
import { reports } from "../support/turn.ts";

let sheet: Sheet;
let thrown: unknown[];
beforeEach(() => {
  thrown = [];
  config.onUnhandledError = (error) => thrown.push(error);
});
afterEach(() => {
  sheet.close();
  config.onUnhandledError = null;
});

type N = { n: number };

describe("subscribers", () => {
  // x -> a, b -> j, all synchronous
  const sums = () => {
    const x = ui.number({ value: 1 });
    const a = new FnNode(({ n }: N) => n * 2, { name: "a", inputs: { n: x }, outputs: { out: ui.number() } });
    const b = new FnNode(({ n }: N) => n * 3, { name: "b", inputs: { n: x }, outputs: { out: ui.number() } });
    const j = new FnNode(({ a, b }: { a: number; b: number }) => a + b, {
      name: "j",
      inputs: { a: a.outputs.out, b: b.outputs.out },
      outputs: { out: ui.number() },
    });
    sheet = new Graph({ name: "Sums", nodes: [j] }).sheet();
    return { a, b, j, x: a.inputs.n };
  };

  test("[W10] hear of a change after its wave, when everything has been done", () => {
    const { a, j, x } = sums();
    const heard: unknown[] = [];
    sheet.value$(a.outputs.out).subscribe((n) => heard.push([n, sheet.value(j.outputs.out)]));
    sheet.set(x, 2);
    expect(heard).toEqual([
      [2, 5],
      [4, 10],
    ]);
  });

  test("[W10] hear each port's latest signal once", async () => {
    const f = held<N, number>();
    const node = new FnNode(f.fn, { name: "f", inputs: { n: ui.number({ value: 1 }) }, outputs: { out: ui.number() } });
    sheet = new Graph({ name: "Once", nodes: [node] }).sheet();
    (await f.started()).finish(1);
    await sheet.settled();
    const heard: string[] = [];
    sheet.signal$(node.outputs.out).subscribe((signal) => heard.push(signal.kind));
    sheet.batch(() => {
      sheet.set(node.inputs.n, 2);
      void sheet.run(node, { again: true });
      sheet.cancel(node);
      sheet.set(node.inputs.n, 3);
    });
    expect(heard).toEqual(["ready", "pending"]);
  });

  test("[W10] a set made by a subscriber is a new change", () => {
    const { j, x } = sums();
    const heard: number[] = [];
    sheet.value$(j.outputs.out).subscribe((n) => {
      heard.push(n);
      if (n < 40) sheet.set(x, n);
    });
    expect(heard).toEqual([5, 25, 125]);
  });

  test("[W10] a later subscriber hears the latest, not what a set of an earlier one has overtaken", () => {
    const { j, x } = sums();
    sheet.value$(j.outputs.out).subscribe((n) => n === 10 && sheet.set(x, 3));
    const heard: number[] = [];
    sheet.value$(j.outputs.out).subscribe((n) => heard.push(n));
    sheet.set(x, 2);
    expect(heard.at(-1)).toBe(15);
    expect(new Set(heard).size).toBe(heard.length);
    expect(sheet.value(j.outputs.out)).toBe(15);
  });

  test("[W10] a set made by a node's function is refused, and fails that node alone", () => {
    const x = ui.number({ value: 1 });
    let caught: unknown;
    const meddler = new FnNode(
      ({ n }: N) => {
        if (n === 2) sheet.set(apart.inputs.n, 7);
        return n;
      },
      { name: "meddler", inputs: { n: x }, outputs: { out: ui.number() } },
    );
    const apart = new FnNode(({ n }: N) => n, {
      name: "apart",
      inputs: { n: ui.number({ value: 0 }) },
      outputs: { out: ui.number() },
    });
    sheet = new Graph({ name: "Meddling", nodes: [meddler, apart] }).sheet();
    sheet.set(meddler.inputs.n, 2);
    const signal = sheet.signal(meddler.outputs.out);
    if (signal.kind === "failed" && signal.failure.reason === "threw") caught = signal.failure.error;
    expect(caught).toBeInstanceOf(GraphError);
    expect(caught).toMatchObject({ code: "inside-wave" });
    expect(sheet.value(apart.outputs.out)).toBe(0);
    sheet.set(meddler.inputs.n, 3);
    expect(sheet.value(meddler.outputs.out)).toBe(3);
  });

  test("[W10] a hundred changes in a row, each made by a subscriber of the last, are reported as endless and stopped", async () => {
    const f = new FnNode(({ n }: N) => n + 1, {
      name: "f",
      inputs: { n: ui.number({ value: 0 }) },
      outputs: { out: ui.number() },
    });
    sheet = new Graph({ name: "Endless", nodes: [f] }).sheet();
    let heard = 0;
    const subscription = sheet.value$(f.outputs.out).subscribe((n) => {
      heard++;
      sheet.set(f.inputs.n, n);
    });
    await reports();
    expect(thrown).toHaveLength(1);
    expect(thrown[0]).toMatchObject({
      name: "GraphError",
      code: "inside-wave",
      message: expect.stringContaining("endless"),
    });
    expect(heard).toBeGreaterThan(50);
    expect(heard).toBeLessThan(110);
    subscription.unsubscribe();
    sheet.set(f.inputs.n, 1000);
    expect(sheet.value(f.outputs.out)).toBe(1001);
  });

  test("[W10] ninety changes in a row are no endless chain", async () => {
    const f = new FnNode(({ n }: N) => n + 1, {
      name: "f",
      inputs: { n: ui.number({ value: 0 }) },
      outputs: { out: ui.number() },
    });
    sheet = new Graph({ name: "Long", nodes: [f] }).sheet();
    sheet.value$(f.outputs.out).subscribe((n) => n < 90 && sheet.set(f.inputs.n, n));
    await reports();
    expect(thrown).toEqual([]);
    expect(sheet.value(f.outputs.out)).toBe(90);
  });
});
