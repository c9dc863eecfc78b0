/** R2 and R10 on small drawn graphs: only the latest run writes, and it may write many times. */
import { Observable } from "rxjs";
import { afterEach, describe, expect, test } from "vitest";
import { FnNode, Graph, type Result, type Sheet, type Signal, ui } from "../../src/index.ts";
import { held } from "../../src/testing.ts";
import { turn } from "../support/turn.ts";

let sheet: Sheet;
afterEach(() => sheet.close());

type N = { n: number };
const one = () => ui.number({ value: 1 });

/** `x -> f -> g`: f held, g synchronous. */
function pair() {
  const f = held<N, number>();
  const F = new FnNode(f.fn, { name: "f", inputs: { n: one() }, outputs: { out: ui.number() } });
  const G = new FnNode(({ n }: N) => n * 10, {
    name: "g",
    inputs: { n: F.outputs.out },
    outputs: { out: ui.number() },
  });
  sheet = new Graph({ name: "Pair", nodes: [G] }).sheet();
  return { f, F, G };
}

describe("only the latest run writes", () => {
  test("[R2] a superseded run is told to stop at once, and nobody hears what it still says", async () => {
    const { f, F, G } = pair();
    const first = await f.started();
    expect(first.context.signal.aborted).toBe(false);
    sheet.set(F.inputs.n, 2);
    expect(first.context.signal.aborted).toBe(true);
    const heard: Signal<number>[] = [];
    sheet.signal$(F.outputs.out).subscribe((signal) => heard.push(signal));
    first.emit(-1);
    first.context.progress(0.9);
    first.finish(-1);
    await turn();
    expect(heard).toHaveLength(1);
    (await f.started()).finish(2);
    await sheet.settled();
    expect(sheet.value(G.outputs.out)).toBe(20);
  });

  test("[R2] a cancelled run is told to stop at once, and nobody hears what it still says", async () => {
    const { f, F } = pair();
    const run = await f.started();
    sheet.cancel(F);
    expect(run.context.signal.aborted).toBe(true);
    run.finish(-1);
    await turn();
    expect(sheet.signal(F.outputs.out)).toEqual({ kind: "stale", because: { change: "definition" } });
  });

  test("[R2] a failure that comes too late is not heard either", async () => {
    const { f, F } = pair();
    const first = await f.started();
    sheet.set(F.inputs.n, 2);
    first.fail(new Error("too late"));
    await turn();
    expect(sheet.signal(F.outputs.out).kind).toBe("pending");
  });

  test("[R2] who listens to the signal is told at once", async () => {
    const { f, F } = pair();
    const run = await f.started();
    let told = 0;
    run.context.signal.addEventListener("abort", () => told++);
    sheet.set(F.inputs.n, 2);
    expect(told).toBe(1);
  });

  test("[R2] a signal first read after the end is aborted already", async () => {
    const { f, F } = pair();
    const first = await f.started();
    sheet.cancel(F);
    await turn();
    expect(first.context.signal.aborted).toBe(true);
  });

  test("[R2] an Observable of a superseded run is let go", () => {
    let left = 0;
    const work = (_: N) => new Observable<number>(() => () => left++);
    const f = new FnNode(work, { name: "f", inputs: { n: one() }, outputs: { out: ui.number() } });
    sheet = new Graph({ name: "Let go", nodes: [f] }).sheet();
    sheet.set(f.inputs.n, 2);
    expect(left).toBe(1);
    sheet.cancel(f);
    expect(left).toBe(2);
  });

  test("[R2] a run that has ended well is not aborted afterwards", async () => {
    const { f, F } = pair();
    const run = await f.started();
    const { signal } = run.context;
    run.finish(3);
    await sheet.settled();
    sheet.set(F.inputs.n, 2);
    expect(signal.aborted).toBe(false);
  });
});

describe("a run that gives many values", () => {
  test("[R10] shows each as pending with partial; the last one is the value", async () => {
    const { f, F, G } = pair();
    const heard: Signal<number>[] = [];
    sheet.signal$(F.outputs.out).subscribe((signal) => heard.push(signal));
    const run = await f.started();
    run.emit(1);
    await turn();
    run.emit(2);
    await turn();
    expect(sheet.signal(G.outputs.out).kind).toBe("stale");
    run.finish(3);
    await sheet.settled();
    expect(heard).toMatchObject([
      { kind: "pending" },
      { kind: "pending", partial: 1 },
      { kind: "pending", partial: 2 },
      { kind: "pending", partial: 3 },
      { kind: "ready", value: 3 },
    ]);
    expect(sheet.value(G.outputs.out)).toBe(30);
  });

  test("[R10] keeps the last good value beside the partial one", async () => {
    const { f, F } = pair();
    (await f.started()).finish(7);
    await sheet.settled();
    sheet.set(F.inputs.n, 2);
    const run = await f.started();
    run.emit(1);
    await turn();
    expect(sheet.signal(F.outputs.out)).toEqual({ kind: "pending", last: 7, partial: 1 });
    run.finish(8);
    await sheet.settled();
  });

  test("[R10] shows progress while it is pending, of the latest run only", async () => {
    const { f, F } = pair();
    const first = await f.started();
    first.context.progress(0.5, "half way");
    expect(sheet.signal(F.outputs.out)).toEqual({ kind: "pending", progress: { fraction: 0.5, message: "half way" } });
    sheet.set(F.inputs.n, 2);
    first.context.progress(0.9);
    expect(sheet.signal(F.outputs.out)).toEqual({ kind: "pending" });
  });

  const several: readonly (readonly [string, (inputs: N) => Result<{ a: number; b: number }>])[] = [
    [
      "an async generator",
      async function* (_: N) {
        yield { a: 1, b: 1 };
        yield { a: 2, b: 2 };
      },
    ],
    [
      "an Observable",
      (_: N) =>
        new Observable((subscriber) => {
          subscriber.next({ a: 1, b: 1 });
          queueMicrotask(() => {
            subscriber.next({ a: 2, b: 2 });
            subscriber.complete();
          });
        }),
    ],
  ];
  test.each(several)("[R10] may be %s, with several outputs too", async (_, work) => {
    const f = new FnNode(work, { name: "f", inputs: { n: one() }, outputs: { a: ui.number(), b: ui.number() } });
    sheet = new Graph({ name: "Several", nodes: [f] }).sheet();
    const heard: unknown[] = [];
    sheet.signal$(f.outputs.b).subscribe((signal) => heard.push(signal));
    await sheet.settled();
    expect(heard.at(-1)).toMatchObject({ kind: "ready", value: 2 });
    expect(heard).toContainEqual({ kind: "pending", partial: 1 });
    expect(sheet.value(f.outputs.a)).toBe(2);
  });

  test("[R10] and ends without any is bad-output", async () => {
    const { f, F } = pair();
    (await f.started()).end();
    await sheet.settled();
    expect(sheet.signal(F.outputs.out)).toMatchObject({
      kind: "failed",
      failure: { reason: "bad-output", port: "out" },
    });
  });

  test("[R10] and fails after some is failed, whatever it gave", async () => {
    const { f, F } = pair();
    const run = await f.started();
    run.emit(1);
    run.fail(new Error("broken off"));
    await sheet.settled();
    expect(sheet.signal(F.outputs.out)).toMatchObject({ kind: "failed", failure: { reason: "threw" } });
    expect(sheet.signal(F.outputs.out)).not.toHaveProperty("last");
  });
});
