/** R9 on small drawn graphs: when a place in a lane is really free, and what is said until then. */
import { Observable } from "rxjs";
import { afterEach, describe, expect, test } from "vitest";
import { LivingSheet } from "../../src/engine/living-sheet.ts";
import { FnNode, Graph, Lane, type Node, type RunContext, type Sheet, type SheetEvent, ui } from "../../src/index.ts";
import { held } from "../../src/testing.ts";
import { FakeTime } from "../support/fake-time.ts";
import { type Later, later } from "../support/later.ts";
import { turn } from "../support/turn.ts";

const sheets: Sheet[] = [];
afterEach(() => {
  for (const sheet of sheets.splice(0)) sheet.close();
});
function opened(...nodes: Node[]): Sheet {
  const sheet = new Graph({ name: "Lanes", nodes }).sheet();
  sheets.push(sheet);
  return sheet;
}

type N = { n: number };
const one = () => ui.number({ value: 1 });

/** A node that works in a lane until the test ends it. */
function worker(name: string, lane: Lane | number, options: object = {}) {
  const f = held<N, number>();
  const node = new FnNode(f.fn, { name, lane, inputs: { n: one() }, outputs: { out: ui.number() }, ...options });
  return { f, node, out: node.outputs.out };
}

function iterable(iterator: object): unknown {
  return { [Symbol.asyncIterator]: () => iterator };
}

describe("a place is free only when the work has really ended", () => {
  /** What a function that ignores its signal may return, and what ends it. */
  const stubborn: readonly (readonly [string, (over: Later<void>) => unknown])[] = [
    ["a promise", (over) => over.promise],
    ["a promise that fails", (over) => over.promise.then(() => Promise.reject(new Error("at last")))],
    [
      "an async generator, which returns when what it awaits is over",
      async function* (over) {
        yield 1;
        await over.promise;
        yield 2;
      },
    ],
    [
      "an iterator whose return takes its time",
      (over) => iterable({ next: () => new Promise(() => undefined), return: () => over.promise }),
    ],
    [
      "an iterator that cannot be told to return",
      (over) => iterable({ next: () => over.promise.then(() => ({ done: false, value: 1 })) }),
    ],
  ];

  test.each(stubborn)("[R9] after cancel: %s", async (_, made) => {
    const lane = new Lane(1);
    const over = later();
    const f = new FnNode(() => made(over) as number, { name: "f", lane, outputs: { out: ui.number() } });
    const sheet = opened(f);
    const next = worker("next", lane);
    opened(next.node);
    await turn();
    sheet.cancel(f);
    await sheet.settled();
    await turn();
    expect(next.f.count).toBe(0);
    over.resolve();
    await turn();
    expect(next.f.count).toBe(1);
  });

  test.each([
    ["an Observable, which is torn down at once", () => new Observable<number>(() => undefined)],
    [
      "an Observable that throws when it is torn down",
      () =>
        new Observable<number>(() => () => {
          throw new Error("no");
        }),
    ],
    [
      "an iterator that throws when it is told to return",
      () =>
        iterable({
          next: () => new Promise<never>(() => undefined),
          return: () => {
            throw new Error("no");
          },
        }),
    ],
    [
      "a promise that heeds the signal",
      (signal: AbortSignal) =>
        new Promise<number>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    ],
  ])("[R9] after cancel, and that is soon: %s", async (_, made) => {
    const lane = new Lane(1);
    const f = new FnNode((_: {}, { signal }: RunContext) => made(signal) as Promise<number>, {
      name: "f",
      lane,
      outputs: { out: ui.number() },
    });
    const sheet = opened(f);
    const next = worker("next", lane);
    opened(next.node);
    expect(next.f.count).toBe(0);
    sheet.cancel(f);
    await turn();
    expect(next.f.count).toBe(1);
  });

  test("[R9] after a timeout, and after an edit: the newer run waits for the end of the older", async () => {
    const time = new FakeTime();
    const f = worker("f", 1, { timeout: 100 });
    const sheet = new LivingSheet(new Graph({ name: "Late", nodes: [f.node] }), { time });
    sheets.push(sheet);
    const first = await f.f.started();
    await time.pass(100);
    expect(sheet.signal(f.out)).toMatchObject({ kind: "failed", failure: { reason: "timed-out" } });
    sheet.set(f.node.inputs.n, 2);
    await time.pass(500);
    // The time it waits in line is not its own.
    expect(sheet.signal(f.out)).toEqual({ kind: "pending", progress: { queue: { position: 1 } } });
    first.finish(1);
    const second = await f.f.started();
    sheet.set(f.node.inputs.n, 3);
    expect([second.context.signal.aborted, f.f.count]).toEqual([true, 2]);
    second.fail(new Error("at last"));
    (await f.f.started()).finish(9);
    await sheet.settled();
    expect(sheet.value(f.out)).toBe(9);
  });

  test("[R9] after a run whose callable was still answering, and then nothing else is called", async () => {
    const lane = new Lane(1);
    const answer = later<number>();
    let calls = 0;
    const f = new FnNode(({ n }: N) => (calls += n), {
      name: "f",
      lane,
      inputs: { n: () => answer.promise },
      outputs: { out: ui.number() },
    });
    const sheet = opened(f);
    const next = worker("next", lane);
    opened(next.node);
    sheet.cancel(f);
    await turn();
    expect(next.f.count).toBe(0);
    answer.resolve(1);
    await turn();
    expect([next.f.count, calls]).toEqual([1, 0]);
  });

  test("[R9] after its sheet was closed too", async () => {
    const lane = new Lane(1);
    const [a, b] = [worker("a", lane), worker("b", lane)];
    const closing = opened(a.node);
    opened(b.node);
    const run = await a.f.started();
    closing.close();
    await turn();
    expect([run.context.signal.aborted, b.f.count]).toEqual([true, 0]);
    run.end();
    await turn();
    expect(b.f.count).toBe(1);
  });
});

describe("what goes on though it was told to stop", () => {
  test("[R9] is counted, and told when it begins and when it is over", async () => {
    const { f, node } = worker("f", 5);
    const sheet = opened(node);
    const told: SheetEvent[] = [];
    sheet.events$.subscribe((event) => event.kind === "still-ending" && told.push(event));
    const first = await f.started();
    sheet.set(node.inputs.n, 2);
    const second = await f.started();
    sheet.set(node.inputs.n, 3);
    await turn();
    const runs = () => told.map((event) => event.kind === "still-ending" && event.runs);
    expect(runs()).toEqual([1, 2]);
    first.finish(1);
    await turn();
    second.fail(new Error("no"));
    await turn();
    expect(runs()).toEqual([1, 2, 1, 0]);
    expect(told[0]).toMatchObject({ step: { name: "f" } });
    (await f.started()).finish(1);
    await sheet.settled();
    expect(told).toHaveLength(4);
  });

  test("[R9] is told of functions outside every lane too, and not of those that heed their signal at once", async () => {
    const over = later<number>();
    const deaf = new FnNode((_: N) => over.promise, {
      name: "deaf",
      inputs: { n: one() },
      outputs: { out: ui.number() },
    });
    const flow = new FnNode((_: N) => new Observable<number>(() => undefined), {
      name: "flow",
      inputs: { n: one() },
      outputs: { out: ui.number() },
    });
    const sheet = opened(deaf, flow);
    const told: SheetEvent[] = [];
    sheet.events$.subscribe((event) => event.kind === "still-ending" && told.push(event));
    sheet.cancel();
    await turn();
    expect(told).toMatchObject([{ step: { name: "deaf" }, runs: 1 }]);
    over.resolve(1);
    await turn();
    expect(told).toMatchObject([{ runs: 1 }, { step: { name: "deaf" }, runs: 0 }]);
  });
});
