/** W1 and W2: a port outlives whatever goes wrong, and a node waits for every input. */
import { concat, config, EMPTY, of, throwError } from "rxjs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FnNode, Graph, type Sheet, ui } from "../../src/index.ts";
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

function never(): never {
  throw new Error("no");
}

describe("a port", () => {
  // x -> f, where f does whatever goes wrong
  const wrongs: readonly (readonly [string, (inputs: N) => unknown])[] = [
    ["throws", (_: N) => never()],
    ["gives nothing", (_: N) => undefined],
    ["rejects", async (_: N) => never()],
    [
      "throws while it streams",
      (_: N) =>
        concat(
          of(1),
          throwError(() => new Error("no")),
        ),
    ],
    ["streams nothing", (_: N) => EMPTY],
  ];
  test.each(wrongs)("[W1] neither errors nor completes when its function %s", async (_, fn) => {
    const f = new FnNode(fn, { name: "f", inputs: { n: ui.number({ value: 1 }) }, outputs: { out: null } });
    sheet = new Graph({ name: "One", nodes: [f] }).sheet();
    const heard: string[] = [];
    for (const port of [f.inputs.n, f.outputs.out]) {
      sheet.signal$(port).subscribe({ error: () => heard.push("error"), complete: () => heard.push("complete") });
    }
    sheet.set(f.inputs.n, 2);
    await sheet.settled();
    expect(sheet.signal(f.outputs.out).kind).toBe("failed");
    sheet.cancel();
    expect(heard).toEqual([]);
    expect(thrown).toEqual([]);
    sheet.close();
    expect(heard).toEqual(["complete", "complete"]);
  });

  test("[W1] still speaks after a subscriber of it threw", async () => {
    const f = new FnNode(({ n }: N) => n + 1, {
      name: "f",
      inputs: { n: ui.number({ value: 1 }) },
      outputs: { out: ui.number() },
    });
    sheet = new Graph({ name: "One", nodes: [f] }).sheet();
    const heard: number[] = [];
    sheet.value$(f.outputs.out).subscribe(() => {
      throw new Error("a clumsy subscriber");
    });
    sheet.value$(f.outputs.out).subscribe((n) => heard.push(n));
    sheet.set(f.inputs.n, 2);
    sheet.set(f.inputs.n, 3);
    expect(heard).toEqual([2, 3, 4]);
    await reports();
    expect(thrown.length).toBeGreaterThan(0);
  });
});

describe("a node", () => {
  test("[W2] is never called while an input is empty, stale, pending or failed", async () => {
    // e (empty), m* , p (held), t (throws) -> f
    const pending = held<N, number>();
    const one = () => ui.number({ value: 1 });
    const m = new FnNode(({ n }: N) => n, {
      name: "m",
      trigger: "manual",
      inputs: { n: one() },
      outputs: { out: ui.number() },
    });
    const p = new FnNode(pending.fn, { name: "p", inputs: { n: one() }, outputs: { out: ui.number() } });
    const t = new FnNode(
      ({ n }: N) => {
        if (n === 1) throw new Error("one");
        return n;
      },
      { name: "t", inputs: { n: one() }, outputs: { out: ui.number() } },
    );
    const calls: unknown[] = [];
    const f = new FnNode(
      (inputs: { e: number; m: number; p: number; t: number }) => {
        calls.push(inputs);
        return 1;
      },
      {
        name: "f",
        inputs: { e: ui.number(), m: m.outputs.out, p: p.outputs.out, t: t.outputs.out },
        outputs: { out: ui.number() },
      },
    );
    sheet = new Graph({ name: "Four", nodes: [f] }).sheet();
    sheet.set(f.inputs.e, 1);
    await sheet.run(m);
    sheet.set(t.inputs.n, 2);
    expect(calls).toEqual([]);
    (await pending.started()).finish(5);
    await sheet.settled();
    expect(calls).toEqual([{ e: 1, m: 1, p: 5, t: 2 }]);
  });
});
