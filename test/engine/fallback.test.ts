/** The fallback: what stands in when every attempt failed, and how one can tell. */
import { afterEach, describe, expect, test } from "vitest";
import { LivingSheet } from "../../src/engine/living-sheet.ts";
import {
  FailureError,
  FileRef,
  FnNode,
  Graph,
  type Node,
  type NodeOptions,
  type Run,
  type Sheet,
  type SheetEvent,
  ui,
} from "../../src/index.ts";
import { held } from "../../src/testing.ts";
import { png } from "../nodes/png.ts";
import { FakeTime } from "../support/fake-time.ts";
import { later } from "../support/later.ts";

const sheets: Sheet[] = [];
afterEach(() => {
  for (const sheet of sheets.splice(0)) sheet.close();
});

type N = { n: number };
const one = () => ui.number({ value: 1 });
const no = (): never => {
  throw new Error("no");
};

function opened(...nodes: Node[]) {
  const time = new FakeTime();
  const sheet = new LivingSheet(new Graph({ name: "Fallback", nodes }), { time, now: time.now });
  sheets.push(sheet);
  const runs: Run[] = [];
  sheet.events$.subscribe((event: SheetEvent) => event.kind === "run-ended" && runs.push(event.run));
  return { time, sheet, runs };
}

/** A function that throws at once, and what stands in. */
function failing(fallback: unknown, options: NodeOptions = {}, fn: () => number = no) {
  const out = ui.number();
  return new FnNode(fn, { name: "f", outputs: { out }, fallback: fallback as number, ...options });
}

describe("a fallback", () => {
  test("is the value when the function throws, and what is below works from it", async () => {
    const f = failing(5);
    const g = new FnNode(({ n }: N) => n * 10, { inputs: { n: f.outputs.out }, outputs: { out: ui.number() } });
    const { sheet } = opened(g);
    expect([sheet.value(f.outputs.out), sheet.value(g.outputs.out)]).toEqual([5, 50]);
    await sheet.settled();
  });

  test("is marked on the run, and the log says why", async () => {
    const f = failing(5);
    const { sheet, runs } = opened(f);
    const end = await sheet.run(f, { again: true });
    const marked = {
      outcome: "ready",
      outputs: { out: 5 },
      fallback: true,
      log: ["no. The fallback is used instead."],
    };
    expect(end).toMatchObject({ kind: "ready", run: marked });
    expect(runs).toMatchObject([marked]);
  });

  test("leaves no mark on a run that did without it", async () => {
    const f = held<N, number>();
    const F = new FnNode(f.fn, { name: "f", inputs: { n: one() }, outputs: { out: ui.number() }, fallback: 5 });
    const { sheet, runs } = opened(F);
    (await f.started()).finish(7);
    await sheet.settled();
    expect(sheet.value(F.outputs.out)).toBe(7);
    expect(runs.map((run) => "fallback" in run)).toEqual([false]);
  });

  test("is no answer: when the inputs come back, the function is tried again", () => {
    let broken = true;
    const work = ({ n }: N) => (broken ? no() : n);
    const f = new FnNode(work, { name: "f", inputs: { n: one() }, outputs: { out: ui.number() }, fallback: 5 });
    const { sheet } = opened(f);
    expect(sheet.value(f.outputs.out)).toBe(5);
    broken = false;
    for (const n of [2, 1]) sheet.set(f.inputs.n, n);
    expect(sheet.value(f.outputs.out)).toBe(1);
  });

  test("is used after the last attempt, not before", async () => {
    const f = held<N, number>();
    const options = { name: "f", retries: { times: 1, delay: 100 }, timeout: 50, fallback: 5 };
    const F = new FnNode(f.fn, { inputs: { n: one() }, outputs: { out: ui.number() }, ...options });
    const { sheet, time } = opened(F);
    (await f.started()).fail(new Error("first"));
    await time.pass(0);
    expect(sheet.signal(F.outputs.out).kind).toBe("pending");
    await time.pass(50);
    const last = await f.started();
    expect(sheet.signal(F.outputs.out).kind).toBe("pending");
    await time.pass(50);
    expect([sheet.value(F.outputs.out), last.context.signal.aborted]).toEqual([5, true]);
    last.finish(9);
    await time.pass(0);
    expect(sheet.value(F.outputs.out)).toBe(5);
  });

  test.each([
    ["throws", no],
    ["gives what its port will not take", () => "no number" as never],
    ["gives nothing", () => undefined as never],
    ["throws a failure", () => failWith("remote-refused")],
  ])("stands in for a function that %s", (_, fn) => {
    const f = failing(5, {}, fn);
    expect(opened(f).sheet.value(f.outputs.out)).toBe(5);
  });

  test.each(["declined", "cancelled"] as const)("does not stand in for one that was %s", (reason) => {
    const f = failing(5, {}, () => failWith(reason));
    expect(opened(f).sheet.signal(f.outputs.out)).toMatchObject({ kind: "failed", failure: { reason } });
  });

  test("stands in when a callable fails", async () => {
    const f = new FnNode(({ seed }: { seed: number }) => seed, {
      name: "f",
      inputs: { seed: no },
      outputs: { out: ui.number() },
      fallback: 5,
    });
    expect(opened(f).sheet.value(f.outputs.out)).toBe(5);
  });

  test("does not stand in for a step above", () => {
    const f = new FnNode(no, { name: "f", outputs: { out: ui.number() } });
    const g = new FnNode(({ n }: N) => n, { inputs: { n: f.outputs.out }, outputs: { out: ui.number() }, fallback: 5 });
    expect(opened(g).sheet.signal(g.outputs.out)).toMatchObject({ kind: "failed", failure: { reason: "upstream" } });
  });

  test("that its ports would refuse is refused while wiring", () => {
    expect(() => failing("no number")).toThrow(
      "The fallback of 'f' stands in for what it gives, and will not do. The output 'out' should be a number",
    );
    const two = { a: ui.number(), b: ui.number() };
    const several = (fallback: unknown) => new FnNode(no as never, { outputs: two, fallback: fallback as never });
    expect(() => several({ a: 1 })).toThrow("The output 'b' should be a value, and it was undefined.");
    expect(() => several(1)).toThrow("part of an object with the keys 'a', 'b'");
  });

  test("that is to become a file passes the checks that a function's value passes", async () => {
    const f = new FnNode(no, { name: "f", outputs: { out: ui.image() }, fallback: "no such file.png" });
    const { sheet, runs } = opened(f);
    expect(await sheet.run(f, { again: true })).toMatchObject({ failure: { reason: "bad-output", port: "out" } });
    expect(runs.at(-1)).toMatchObject({ outcome: "failed", log: ["no. The fallback is used instead."] });
    expect(runs.at(-1)).not.toHaveProperty("fallback");
  });

  test("of several outputs is an object, and null is a value", () => {
    const f = new FnNode(no, { name: "f", outputs: { a: ui.number(), b: null }, fallback: { a: 1, b: null } });
    const { sheet } = opened(f);
    expect([sheet.value(f.outputs.a), sheet.value(f.outputs.b)]).toEqual([1, null]);
  });

  test("for a file may be its bytes", async () => {
    const f = new FnNode(no, { name: "f", outputs: { file: ui.image() }, fallback: png() });
    const { sheet } = opened(f);
    expect(sheet.signal(f.outputs.file).kind).toBe("pending");
    await sheet.settled();
    expect(sheet.value(f.outputs.file)).toBeInstanceOf(FileRef);
  });

  test("comes while a function that ran out of time goes on, and its place in the lane is not free", async () => {
    const end = later<number>();
    const f = failing(5, { timeout: 50, lane: 1 }, () => end.promise as never);
    const { sheet, time } = opened(f);
    await time.pass(50);
    expect(sheet.value(f.outputs.out)).toBe(5);
    void sheet.run(f, { again: true });
    expect(sheet.signal(f.outputs.out)).toMatchObject({ kind: "pending", progress: { queue: { position: 1 } } });
    end.resolve(1);
    await sheet.settled();
    expect(sheet.value(f.outputs.out)).toBe(1);
  });
});

function failWith(reason: "declined" | "cancelled" | "remote-refused"): never {
  throw new FailureError({ reason, by: "person", url: "", message: "It is so.", advice: "" } as never);
}
