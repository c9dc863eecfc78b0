/** Q7-Q10, what was asked about runs in flight and settled, on small drawn graphs with runs in the test's hand. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FnNode, Graph, type Sheet, ui } from "../../src/index.ts";
import { held } from "../../src/testing.ts";
import { turn } from "../support/turn.ts";

let sheet: Sheet;
afterEach(() => sheet.close());

type N = { n: number };
const one = () => ui.number({ value: 1 });

/** `x -> f -> g`: f held and manual unless said otherwise, g synchronous. */
function pair(trigger: "auto" | "manual" = "manual") {
  const f = held<N, number>();
  const F = new FnNode(f.fn, { name: "f", trigger, inputs: { n: one() }, outputs: { out: ui.number() } });
  const G = new FnNode(({ n }: N) => n * 10, {
    name: "g",
    trigger,
    inputs: { n: F.outputs.out },
    outputs: { out: ui.number() },
  });
  sheet = new Graph({ name: "Pair", nodes: [G] }).sheet();
  return { f, F, G, x: F.inputs.n };
}

describe("a run in flight", () => {
  test("[Q7] goes on while its inputs are merely stale, and is the answer when they come back the same", async () => {
    // x -> parity -> f: parity held too
    const parity = held<N, number>();
    const f = held<N, number>();
    const P = new FnNode(parity.fn, { name: "parity", inputs: { n: one() }, outputs: { out: ui.number() } });
    const F = new FnNode(f.fn, { name: "f", inputs: { n: P.outputs.out }, outputs: { out: ui.number() } });
    sheet = new Graph({ name: "Stale", nodes: [F] }).sheet();
    (await parity.started()).finish(1);
    const run = await f.started();
    sheet.set(P.inputs.n, 3);
    expect(run.context.signal.aborted).toBe(false);
    (await parity.started()).finish(1);
    await turn();
    expect(run.context.signal.aborted).toBe(false);
    expect(sheet.signal(F.outputs.out).kind).toBe("pending");
    run.finish(5);
    await sheet.settled();
    expect(sheet.value(F.outputs.out)).toBe(5);
    expect(f.count).toBe(1);
  });

  describe("is aborted", () => {
    test("[Q8] when an input it used has really changed", async () => {
      const { f, x } = pair("auto");
      const run = await f.started();
      sheet.set(x, 2);
      expect(run.context.signal.aborted).toBe(true);
    });

    test("[Q8] when an input has really changed while another one is merely stale", async () => {
      // a (held) -> f, x -> f
      const a = held<N, number>();
      const f = held<{ a: number; x: number }, number>();
      const A = new FnNode(a.fn, { name: "a", inputs: { n: one() }, outputs: { out: ui.number() } });
      const F = new FnNode(f.fn, { name: "f", inputs: { a: A.outputs.out, x: one() }, outputs: { out: ui.number() } });
      sheet = new Graph({ name: "Two", nodes: [F] }).sheet();
      (await a.started()).finish(1);
      const run = await f.started();
      sheet.set(A.inputs.n, 2);
      sheet.set(F.inputs.x, 2);
      expect(run.context.signal.aborted).toBe(true);
    });

    test("[Q8] by a newer run, by cancel and by close", async () => {
      const { f, F } = pair("auto");
      const first = await f.started();
      void sheet.run(F, { again: true });
      expect(first.context.signal.aborted).toBe(true);
      const second = await f.started();
      sheet.cancel();
      expect(second.context.signal.aborted).toBe(true);
      void sheet.run(F);
      const third = await f.started();
      sheet.close();
      expect(third.context.signal.aborted).toBe(true);
    });

    describe("after its timeout", () => {
      beforeEach(() => void vi.useFakeTimers());
      afterEach(() => void vi.useRealTimers());

      test("[Q8] and fails as timed out, deaf to what comes after", async () => {
        const f = held<N, number>();
        const F = new FnNode(f.fn, { name: "f", timeout: 100, inputs: { n: one() }, outputs: { out: ui.number() } });
        sheet = new Graph({ name: "Slow", nodes: [F] }).sheet();
        const run = await f.started();
        await vi.advanceTimersByTimeAsync(99);
        expect(run.context.signal.aborted).toBe(false);
        await vi.advanceTimersByTimeAsync(1);
        expect(run.context.signal.aborted).toBe(true);
        const failed = { kind: "failed", failure: { reason: "timed-out", after: 100 } };
        expect(sheet.signal(F.outputs.out)).toMatchObject(failed);
        run.finish(1);
        await vi.advanceTimersByTimeAsync(1);
        expect(sheet.signal(F.outputs.out)).toMatchObject(failed);
      });
    });
  });
});

describe("signals", () => {
  test("[Q9] one emitted as ready is right at that moment, not only once settled", async () => {
    // x -> slow (held), x -> quick -> j <- slow
    const slow = held<N, number>();
    const x = one();
    const S = new FnNode(slow.fn, { name: "slow", inputs: { n: x }, outputs: { out: ui.number() } });
    const Q = new FnNode(({ n }: N) => n, { name: "quick", inputs: { n: x }, outputs: { out: ui.number() } });
    const J = new FnNode(({ a, b }: { a: number; b: number }) => [a, b], {
      name: "j",
      inputs: { a: S.outputs.out, b: Q.outputs.out },
      outputs: { out: ui.json() },
    });
    sheet = new Graph({ name: "Right", nodes: [J] }).sheet();
    const now = { value: 1 };
    const wrong: unknown[] = [];
    for (const port of [S.outputs.out, Q.outputs.out, J.outputs.out]) {
      sheet
        .value$<unknown>(port)
        .subscribe((value) => [value].flat().some((n) => n !== now.value) && wrong.push(value));
    }
    for (const n of [2, 3, 4]) {
      now.value = n;
      sheet.set(S.inputs.n, n);
      if (n !== 3) for (const run of slow.running) run.finish(run.inputs.n);
      await turn();
    }
    expect(wrong).toEqual([]);
    expect(sheet.value(J.outputs.out)).toEqual([4, 4]);
  });

  test("[Q10] after settled, nothing is pending", async () => {
    const { f, F, G } = pair("auto");
    let settled = false;
    void sheet.settled().then(() => {
      settled = true;
    });
    await turn();
    expect(settled).toBe(false);
    (await f.started()).finish(1);
    await turn();
    expect(settled).toBe(true);
    for (const port of [F.outputs.out, G.outputs.out]) expect(sheet.signal(port).kind).toBe("ready");
  });

  test("[Q10] nor when what ran was cancelled, or failed", async () => {
    const { f, F } = pair("auto");
    await f.started();
    sheet.cancel();
    await sheet.settled();
    expect(sheet.signal(F.outputs.out).kind).toBe("stale");
    void sheet.run(F);
    (await f.started()).fail(new Error("no"));
    await sheet.settled();
    expect(sheet.signal(F.outputs.out).kind).toBe("failed");
  });
});
