/** What happens between two attempts: cancels, edits, demands, stale inputs. */
import { afterEach, describe, expect, test } from "vitest";
import { FnNode, type NodeOptions, ui } from "../../src/index.ts";
import { type HeldRun, held } from "../../src/testing.ts";
import { closeAll, timed, tried } from "../support/timed.ts";
import { turn } from "../support/turn.ts";

afterEach(closeAll);

type N = { n: number };
const one = () => ui.number({ value: 1 });

describe("between two attempts", () => {
  /** Failed once, and waiting. */
  async function waiting(options: NodeOptions = {}) {
    const all = tried({ retries: { times: 3, delay: 1000 }, ...options });
    const end = all.sheet.run(all.node);
    (await all.f.started()).fail(new Error("first"));
    await turn();
    expect(all.time.waits).toHaveLength(1);
    return { ...all, end };
  }

  test("[R4, Q2] cancel ends it at once", async () => {
    const { sheet, node, end, time, f, now } = await waiting();
    sheet.cancel(node);
    expect(await end).toEqual({ kind: "cancelled" });
    expect([now().kind, time.waits]).toEqual(["stale", []]);
    await time.pass(5000);
    expect(f.count).toBe(1);
    await sheet.settled();
  });

  test("[R2, Q1] an edit begins a new run, with all its attempts, and the demand goes on to it", async () => {
    const { sheet, x, end, time, f } = await waiting();
    sheet.set(x, 2);
    expect(time.waits).toEqual([]);
    const run = await f.started();
    expect([run.inputs, run.context.attempt]).toEqual([{ n: 2 }, 0]);
    run.fail(new Error("again"));
    await time.pass(500);
    const next = await f.started();
    expect([next.inputs, next.context.attempt]).toEqual([{ n: 2 }, 1]);
    next.finish(3);
    expect(await end).toMatchObject({ kind: "ready", outputs: { out: 3 } });
  });

  test("[Q11] a second demand joins, `again` begins a new run", async () => {
    const { sheet, node, end, time, f } = await waiting();
    const joined = sheet.run(node);
    expect(time.waits).toHaveLength(1);
    const again = sheet.run(node, { again: true });
    expect(time.waits).toEqual([]);
    const run: HeldRun<N, number> = await f.started();
    expect(run.context.attempt).toBe(0);
    run.finish(5);
    for (const one of [end, joined, again]) expect(await one).toMatchObject({ kind: "ready", outputs: { out: 5 } });
  });

  test("[Q10] it is not settled", async () => {
    const { sheet, time, f } = await waiting();
    let settled = false;
    void sheet.settled().then(() => {
      settled = true;
    });
    await turn();
    expect(settled).toBe(false);
    await time.pass(1000);
    (await f.started()).finish(1);
    await turn();
    expect(settled).toBe(true);
  });

  test("close leaves no timer behind", async () => {
    const { sheet, end, time } = await waiting();
    sheet.close();
    expect([await end, time.waits]).toEqual([{ kind: "cancelled" }, []]);
  });

  test("[W2] inputs that are merely stale when its time comes begin it anew once they are back", async () => {
    // x -> a (held) -> f: a gives the same again
    const a = held<N, number>();
    const A = new FnNode(a.fn, { name: "a", inputs: { n: one() }, outputs: { out: ui.number() } });
    const f = held<N, number>();
    const F = new FnNode(f.fn, {
      name: "f",
      retries: { times: 3, delay: 100 },
      inputs: { n: A.outputs.out },
      outputs: { out: ui.number() },
    });
    const { sheet, time } = timed(F);
    (await a.started()).finish(1);
    (await f.started()).fail(new Error("first"));
    await turn();
    sheet.set(A.inputs.n, 2);
    await time.pass(1000);
    expect([f.count, sheet.signal(F.outputs.out).kind]).toEqual([1, "stale"]);
    (await a.started()).finish(1);
    (await f.started()).finish(9);
    await sheet.settled();
    expect([f.count, sheet.value(F.outputs.out)]).toEqual([2, 9]);
  });

  test("[W2, Q7] inputs that were stale and are back in time let it go on", async () => {
    const a = held<N, number>();
    const A = new FnNode(a.fn, { name: "a", inputs: { n: one() }, outputs: { out: ui.number() } });
    const f = held<N, number>();
    const F = new FnNode(f.fn, {
      name: "f",
      retries: { times: 3, delay: 100 },
      inputs: { n: A.outputs.out },
      outputs: { out: ui.number() },
    });
    const { time, sheet } = timed(F);
    (await a.started()).finish(1);
    (await f.started()).fail(new Error("first"));
    await turn();
    sheet.set(A.inputs.n, 2);
    (await a.started()).finish(1);
    await turn();
    await time.pass(100);
    expect((await f.started()).context.attempt).toBe(1);
  });
});
