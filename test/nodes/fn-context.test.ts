/** What a function gets besides its inputs: the signal, progress and log, and how long it may take. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type RunContext, type SheetEvent, ui } from "../../src/index.ts";
import { alone, withThen } from "./plain.ts";

const never = new Promise<never>(() => undefined);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a timeout", () => {
  test.each<[string, (context: RunContext) => unknown]>([
    ["a promise", () => never],
    ["a stream", () => ({ [Symbol.asyncIterator]: () => ({ next: () => never }) })],
    ["a thenable", () => withThen({ value: () => undefined })],
  ])("ends %s that takes too long, and aborts its signal", async (_, work) => {
    const signals: AbortSignal[] = [];
    const { sheet, now } = alone(
      (_: object, context: RunContext) => {
        signals.push(context.signal);
        return work(context);
      },
      { timeout: 50 },
    );
    await vi.advanceTimersByTimeAsync(49);
    expect([now().kind, signals[0]?.aborted]).toEqual(["pending", false]);
    await vi.advanceTimersByTimeAsync(1);
    expect(signals[0]?.aborted).toBe(true);
    expect(now()).toMatchObject({
      kind: "failed",
      failure: { reason: "timed-out", after: 50, message: "No answer within 50 ms." },
    });
    await sheet.settled();
  });

  test("counts a callable's time too, and then calls nothing", async () => {
    let calls = 0;
    const { sheet, now } = alone((_: object) => ++calls, { timeout: 50, inputs: { x: () => never } });
    await vi.advanceTimersByTimeAsync(50);
    await sheet.settled();
    expect(now()).toMatchObject({ kind: "failed", failure: { reason: "timed-out" } });
    expect(calls).toBe(0);
  });

  test("counts each run for itself: one that is superseded leaves no timer behind", async () => {
    const { sheet, node, now } = alone((_: object) => never, { timeout: 50, inputs: { n: ui.number({ value: 1 }) } });
    await vi.advanceTimersByTimeAsync(40);
    sheet.set(node.inputs.n as never, 2 as never);
    await vi.advanceTimersByTimeAsync(40);
    expect(now().kind).toBe("pending");
    sheet.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("leaves no timer behind when the answer comes, at once or in time", async () => {
    const quick = alone(() => 1, { timeout: 50 });
    const later = alone(async () => 1, { timeout: 50 });
    await later.sheet.settled();
    expect([quick.now().kind, later.now().kind]).toEqual(["ready", "ready"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([Number.POSITIVE_INFINITY, 2 ** 31, 90 * 24 * 3_600_000])(
    "of %d ms is long, and not over at once",
    async (timeout) => {
      const { sheet, now } = alone(() => never, { timeout });
      await vi.advanceTimersByTimeAsync(60_000);
      expect(now().kind).toBe("pending");
      sheet.close();
    },
  );
});

describe("progress and log", () => {
  /** A node whose context the test keeps. */
  function kept() {
    let answer: (value: number) => void = () => undefined;
    let context: RunContext | undefined;
    const opened = alone((_: object, { progress, log, signal, attempt, item }: RunContext) => {
      context = { progress, log, signal, attempt, item };
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    const events: SheetEvent[] = [];
    opened.sheet.events$.subscribe((event) => events.push(event));
    return { ...opened, context: context as unknown as RunContext, answer, events };
  }

  test("may be taken apart, and are shown while it is pending", () => {
    const { context, now, events } = kept();
    context.progress(0.25, "a quarter");
    expect(now()).toEqual({ kind: "pending", progress: { fraction: 0.25, message: "a quarter" } });
    context.log("one");
    expect(events).toContainEqual({ kind: "run-log", run: expect.any(String), line: "one" });
    expect([context.attempt, context.item]).toEqual([0, []]);
  });

  test("go along when a context is spread, and so does its signal", async () => {
    const spread: RunContext[] = [];
    const { sheet } = alone((_: object, context: RunContext) => {
      spread.push({ ...context });
      return never;
    });
    const [{ signal, attempt, item, progress, log }] = spread as [RunContext];
    expect([signal.aborted, attempt, item, typeof progress, typeof log]).toEqual([
      false,
      0,
      [],
      "function",
      "function",
    ]);
    sheet.close();
    expect(signal.aborted).toBe(true);
  });

  test.each<[unknown, object]>([
    [-1, { fraction: 0 }],
    [2, { fraction: 1 }],
    [Number.NaN, {}],
    [Number.POSITIVE_INFINITY, {}],
    ["0.5", {}],
    [undefined, {}],
  ])("of %o is %o", (fraction, progress) => {
    const { context, now } = kept();
    context.progress(fraction as number);
    expect(now()).toEqual({ kind: "pending", progress });
  });

  test("after the end are not heard", async () => {
    const { context, answer, sheet, now, events, node } = kept();
    answer(1);
    await sheet.settled();
    events.length = 0;
    context.progress(0.5);
    context.log("late");
    expect(now()).toMatchObject({ kind: "ready", value: 1 });
    expect(events).toEqual([]);
    expect(await sheet.run(node)).toMatchObject({ run: { log: [] } });
  });

  test("of a function that answers at once are told before its end", () => {
    const { sheet, node } = alone((_: object, { progress, log }: RunContext) => {
      progress(0.5);
      log("quick");
      return 1;
    });
    const kinds: string[] = [];
    sheet.events$.subscribe((event) => kinds.push(event.kind));
    void sheet.run(node, { again: true });
    expect(kinds).toEqual(["run-started", "run-progress", "run-log", "run-ended", "settled"]);
  });

  test("take any line, and a thousand of them", async () => {
    const { context, answer, sheet, node } = kept();
    for (const line of [undefined, null, 5, Symbol("s"), { toString: () => "own" }]) context.log(line as string);
    for (let i = 0; i < 2_000; i++) context.log(`line ${i}`);
    const end = sheet.run(node);
    answer(1);
    const outcome = await end;
    const log = outcome.kind === "ready" ? outcome.run.log : [];
    expect(log.slice(0, 6)).toEqual(["undefined", "null", "5", "Symbol(s)", "own", "line 0"]);
    expect(log).toHaveLength(1_000);
  });
});
