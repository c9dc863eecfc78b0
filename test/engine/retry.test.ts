/** Trying again: what people see of it, and what an attempt may do. */
import { afterEach, describe, expect, test } from "vitest";
import { type Failure, FailureError, FnNode, Lane, type RunContext, ui } from "../../src/index.ts";
import { later } from "../support/later.ts";
import { closeAll, timed, tried } from "../support/timed.ts";
import { turn } from "../support/turn.ts";

afterEach(closeAll);

type N = { n: number };
const one = () => ui.number({ value: 1 });

function failure(reason: Failure["reason"], more: object = {}): Failure {
  return { reason, message: `It is ${reason}.`, advice: "", ...more } as Failure;
}

describe("a run that failed", () => {
  test("is tried again after its wait, stays pending meanwhile and says so; it is one run with one log", async () => {
    const { f, sheet, node, now, time, events } = tried({ retries: { times: 2, delay: 1000 } });
    time.dice.push(0.4, 0.9);
    const end = sheet.run(node);
    (await f.started()).fail(new Error("first"));
    await turn();
    expect(now()).toEqual({ kind: "pending", progress: { message: "Attempt 2 of 3 in 0.4 s" } });
    expect([time.waits, f.count]).toEqual([[400], 1]);
    await time.pass(400);
    const second = await f.started();
    expect(second.context.attempt).toBe(1);
    expect(now()).toEqual({ kind: "pending" });
    second.context.log("so far");
    second.fail(new Error("second"));
    await turn();
    expect(time.waits).toEqual([1800]);
    await time.pass(1800);
    const third = await f.started();
    expect(third.context.attempt).toBe(2);
    third.finish(7);
    expect(await end).toMatchObject({
      kind: "ready",
      outputs: { out: 7 },
      run: { log: ["first. Attempt 2 of 3 in 0.4 s.", "so far", "second. Attempt 3 of 3 in 1.8 s."], duration: 2200 },
    });
    expect(events.filter(({ kind }) => kind.startsWith("run-")).map(({ kind }) => kind)).toEqual([
      "run-log",
      "run-progress",
      "run-log",
      "run-log",
      "run-progress",
      "run-ended",
    ]);
  });

  test("fails with its last failure when it was tried often enough", async () => {
    const { f, sheet, node, time } = tried({ retries: 1 });
    const end = sheet.run(node);
    (await f.started()).fail(new Error("first"));
    await time.pass(1000);
    (await f.started()).fail(new Error("last"));
    expect(await end).toMatchObject({ kind: "failed", failure: { reason: "threw", message: "last." } });
    expect([f.count, time.waits]).toEqual([2, []]);
  });

  test("is not tried again for what no second attempt mends", async () => {
    const { f, sheet, node, time } = tried({ retries: 5 });
    const end = sheet.run(node);
    (await f.started()).fail(new FailureError(failure("bad-input", { port: "n", expected: "more" })));
    expect(await end).toMatchObject({ kind: "failed", failure: { reason: "bad-input" } });
    const wrong = sheet.run(node);
    (await f.started()).finish("no number" as never);
    expect(await wrong).toMatchObject({ kind: "failed", failure: { reason: "bad-output" } });
    expect(time.waits).toEqual([]);
  });

  test("is tried again for what its own `when` says, wrong outputs among it", async () => {
    const seen: string[] = [];
    const when = ({ reason }: Failure) => seen.push(reason) < 3;
    const { f, sheet, node, time } = tried({ retries: { times: 9, delay: 0, when } });
    const end = sheet.run(node);
    (await f.started()).finish("no number" as never);
    await time.pass(0);
    (await f.started()).fail(new FailureError(failure("bad-input")));
    await time.pass(0);
    (await f.started()).fail(new Error("enough"));
    expect(await end).toMatchObject({ kind: "failed", failure: { message: "enough." } });
    expect(seen).toEqual(["bad-output", "bad-input", "threw"]);
  });

  test("is not tried again when `when` throws, and keeps its own failure", async () => {
    const when = () => {
      throw new Error("cannot say");
    };
    const { f, sheet, node, events } = tried({ retries: { times: 9, when } });
    const end = sheet.run(node);
    (await f.started()).fail(new Error("mine"));
    expect(await end).toMatchObject({ kind: "failed", failure: { message: "mine." } });
    expect(events).toContainEqual({
      kind: "run-log",
      run: expect.any(String),
      line: "retries.when: cannot say.",
    });
  });

  test("waits at least as long as its failure asks for", async () => {
    const { f, time } = tried({ retries: { times: 1, delay: 10 } });
    (await f.started()).fail(new FailureError(failure("quota", { service: "s", retryAfter: 60_000 })));
    await turn();
    expect(time.waits).toEqual([60_000]);
  });

  test("shows no partial value of an attempt that failed, and hears nothing of it any more", async () => {
    const { f, now, time, sheet, out } = tried({ retries: { times: 1, delay: 100 } });
    const first = await f.started();
    first.emit(5);
    await turn();
    expect(now()).toMatchObject({ partial: 5 });
    first.context.progress(0.5);
    first.fail(new Error("first"));
    await turn();
    expect(now()).toEqual({ kind: "pending", progress: { message: expect.any(String) } });
    first.context.progress(0.9);
    first.context.log("late");
    expect(now()).toEqual({ kind: "pending", progress: { message: expect.any(String) } });
    await time.pass(100);
    expect(now()).toEqual({ kind: "pending" });
    (await f.started()).finish(6);
    await sheet.settled();
    expect(sheet.value(out)).toBe(6);
  });

  test("is tried again later though its function throws at once", async () => {
    let calls = 0;
    const f = new FnNode(
      ({ n }: N) => {
        if (++calls < 3) throw new Error(`no ${calls}`);
        return n;
      },
      { name: "f", retries: { times: 2, delay: 100 }, inputs: { n: one() }, outputs: { out: ui.number() } },
    );
    const g = new FnNode(({ n }: N) => n * 10, {
      name: "g",
      inputs: { n: f.outputs.out },
      outputs: { out: ui.number() },
    });
    const { sheet, time } = timed(g);
    const kinds = () => [f, g].map(({ outputs }) => sheet.signal(outputs.out).kind);
    expect([calls, kinds()]).toEqual([1, ["pending", "stale"]]);
    await time.pass(50);
    expect([calls, kinds()]).toEqual([2, ["pending", "stale"]]);
    await time.pass(100);
    expect([calls, kinds()]).toEqual([3, ["ready", "ready"]]);
    // A second change takes no shorter way past the retries.
    calls = 0;
    sheet.set(f.inputs.n, 2);
    expect(kinds()).toEqual(["pending", "stale"]);
    await time.pass(150);
    expect([calls, sheet.value(g.outputs.out)]).toEqual([3, 20]);
  });
});

describe("an attempt", () => {
  test("has its own time and its own signal; the time between two is nobody's", async () => {
    const { f, now, time, sheet, out } = tried({ retries: { times: 1, delay: 1000 }, timeout: 100 });
    const first = await f.started();
    expect(first.context.signal.aborted).toBe(false);
    await time.pass(100);
    expect(first.context.signal.aborted).toBe(true);
    expect(now()).toMatchObject({ kind: "pending", progress: { message: "Attempt 2 of 2 in 0.5 s" } });
    await time.pass(500);
    const second = await f.started();
    expect(second.context.signal.aborted).toBe(false);
    await time.pass(99);
    second.finish(4);
    await sheet.settled();
    expect([sheet.value(out), second.context.signal.aborted, time.waits]).toEqual([4, false, []]);
  });

  test("asks no callable again, and gets what was answered", async () => {
    let calls = 0;
    const got: number[] = [];
    const f = new FnNode(
      ({ seed }: { seed: number }) => {
        got.push(seed);
        if (got.length < 3) throw new Error("no");
        return seed;
      },
      {
        name: "f",
        retries: { times: 2, delay: 0 },
        inputs: { seed: () => Promise.resolve(++calls) },
        outputs: { out: ui.number() },
      },
    );
    const { sheet, time } = timed(f);
    const end = sheet.run(f);
    await time.pass(0);
    await time.pass(0);
    await time.pass(0);
    expect(await end).toMatchObject({ kind: "ready", run: { inputs: { seed: 1 } } });
    expect([calls, got]).toEqual([1, [1, 1, 1]]);
  });

  test.each([
    () => {
      throw new Error("no seed");
    },
    () => Promise.reject(new Error("no seed")),
  ])("is the only one when a callable fails: it is called once per run", async (call) => {
    const f = new FnNode(({ seed }: { seed: number }) => seed, {
      name: "f",
      retries: 3,
      inputs: { seed: call as () => never },
      outputs: { out: ui.number() },
    });
    const { sheet, time } = timed(f);
    await sheet.settled();
    expect(sheet.signal(f.outputs.out)).toMatchObject({ kind: "failed", failure: { message: "no seed." } });
    expect(time.waits).toEqual([]);
  });

  test("takes a place in the lane, and the wait before it takes none", async () => {
    const lane = new Lane(1);
    const order: string[] = [];
    const ends: ((error?: Error) => void)[] = [];
    const work = (name: string) =>
      new FnNode(
        (_: {}, { attempt }: RunContext) => {
          order.push(`${name}${attempt}`);
          const end = later<number>();
          ends.push((error) => (error ? end.reject(error) : end.resolve(1)));
          return end.promise;
        },
        { name, lane, retries: { times: 1, delay: 200 }, outputs: { out: null } },
      );
    const nodes = ["a", "b"].map(work);
    const { sheet, time } = timed(...nodes);
    ends.shift()?.(new Error("no"));
    await turn();
    expect([order, time.waits[0]]).toEqual([["a0", "b0"], 100]);
    await time.pass(100);
    expect(sheet.signal(nodes[0]!.outputs.out!)).toEqual({ kind: "pending", progress: { queue: { position: 1 } } });
    ends.shift()?.();
    await turn();
    ends.shift()?.();
    await sheet.settled();
    expect(order).toEqual(["a0", "b0", "a1"]);
  });

  test("that ran out of time keeps its place until it has really ended, and the next waits for that", async () => {
    const { f, now, time, sheet } = tried({ lane: 1, retries: { times: 1, delay: 0 }, timeout: 100 });
    const first = await f.started();
    await time.pass(100);
    await time.pass(1000);
    expect([now(), f.count]).toEqual([{ kind: "pending", progress: { queue: { position: 1 } } }, 1]);
    first.end();
    (await f.started()).finish(1);
    await sheet.settled();
    expect(now()).toMatchObject({ kind: "ready", value: 1 });
  });
});
