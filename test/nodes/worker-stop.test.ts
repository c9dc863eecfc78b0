/** Stopping functions that run in threads: a loop that heeds nobody is ended with its thread, a function that heeds its signal is not, and the pool goes on. */
import { describe, expect, test } from "vitest";
import * as work from "../support/heavy.ts";
import { aside, beats, pool, sent } from "../support/threads.ts";
import { turn } from "../support/turn.ts";

/** True when nobody counts there any more: the thread has really ended. */
async function still(counted: Int32Array): Promise<boolean> {
  const then = Atomics.load(counted, 0);
  for (let i = 0; i < 20; i++) await turn();
  return Atomics.load(counted, 0) === then;
}

describe("an errand that is stopped", () => {
  test("ends when its loop has really ended, and not before", async () => {
    const threads = pool();
    const counted = beats();
    const { values, first, stop } = sent(threads, work.spin, { beats: counted });
    const end = values.next();
    expect(await first).toBe("spinning");
    stop();
    await expect(end).rejects.toMatchObject({ name: "AbortError" });
    expect(Atomics.load(counted, 0)).toBeGreaterThan(0);
    expect(await still(counted)).toBe(true);
    await threads.close();
  });

  test("ends by itself when its loop looks at the signal, and keeps its thread", async () => {
    const threads = pool({ patience: 60_000 });
    for (const heedful of [work.heed, work.listen]) {
      const counted = beats();
      const { values, first, stop } = sent(threads, heedful, { beats: counted });
      const end = values.next();
      await first;
      stop();
      await end.catch(() => undefined);
      expect(counted[1]).toBe(1);
      expect(threads.living).toBe(1);
    }
    await threads.close();
  });

  test("has its generator told to return, while that waits or while its value is looked at", async () => {
    const threads = pool({ patience: 60_000 });
    const waiting = beats();
    const one = sent(threads, work.tidy, { beats: waiting });
    expect(await one.values.next()).toEqual({ done: false, value: 1 });
    const two = one.values.next();
    await one.first;
    one.stop();
    await two.catch(() => undefined);
    expect([waiting[1], one.lines]).toEqual([1, ["waiting"]]);
    const shown = beats();
    const other = sent(threads, work.tidy, { beats: shown });
    await other.values.next();
    await other.values.return(undefined);
    expect([shown[1], other.lines]).toEqual([1, []]);
    await threads.close();
  });

  test("before it has a thread never gets one", async () => {
    const threads = pool({ patience: 60_000 });
    const counted = beats();
    const busy = sent(threads, work.heed, { beats: counted });
    const busyEnd = busy.values.next();
    await busy.first;
    const never = sent(threads, work.spin, { beats: counted });
    const next = sent(threads, work.sum, { upTo: 3 });
    const ends = [never.values.next(), next.values.next()];
    never.stop();
    await expect(ends[0]).rejects.toMatchObject({ name: "AbortError" });
    busy.stop();
    await expect(busyEnd).rejects.toThrow();
    expect(await ends[1]).toEqual({ done: true, value: 6 });
    expect(never.lines).toEqual([]);
    await threads.close();
  });

  test("while its thread is being made leaves the pool in order", async () => {
    const threads = pool();
    const { values, stop } = sent(threads, work.spin, { beats: beats() });
    const end = values.next();
    await turn();
    stop();
    await expect(end).rejects.toMatchObject({ name: "AbortError" });
    expect(await sent(threads, work.sum, { upTo: 3 }).values.next()).toEqual({ done: true, value: 6 });
    await threads.close();
  });

  test("harms no other", async () => {
    const threads = pool({ count: 2 });
    const counted = [beats(), beats()] as const;
    const [one, two] = counted.map((beats) => sent(threads, work.spin, { beats }));
    const ends = [one?.values.next(), two?.values.next()];
    await Promise.all([one?.first, two?.first]);
    one?.stop();
    await expect(ends[0]).rejects.toThrow();
    expect(await still(counted[0])).toBe(true);
    const seen = Atomics.load(counted[1], 0);
    while (Atomics.load(counted[1], 0) === seen) await turn();
    two?.stop();
    await expect(ends[1]).rejects.toThrow();
    await threads.close();
  });
});

describe("a run in a thread", () => {
  const spinning = (options: object = {}) => aside(work.spin, { inputs: { beats: beats(), end: 0 }, ...options });
  /** What a new run gives then: the pool has a thread for it. */
  const goesOn = async () => {
    const { sheet, now } = aside(work.sum, { inputs: { upTo: 3 } });
    await sheet.settled();
    expect(now()).toMatchObject({ kind: "ready", value: 6 });
    sheet.close();
  };

  test("[Q2] is cancelled in the middle of a loop", async () => {
    const { sheet, node, said, now } = spinning({ trigger: "manual" });
    const line = said();
    const end = sheet.run(node);
    await line;
    sheet.cancel(node);
    expect(await end).toEqual({ kind: "cancelled" });
    expect(now().kind).toBe("stale");
    await goesOn();
    sheet.close();
  });

  test("[R2] is superseded in the middle of a loop, and the newer one answers", async () => {
    const { ui } = await import("../../src/index.ts");
    const end = ui.number({ value: 0 });
    const { sheet, node, said, out } = aside(work.spin, { inputs: { beats: beats(), end } });
    await said();
    sheet.set(node.inputs.end as never, 7 as never);
    await sheet.settled();
    expect(sheet.value(out)).toBe(7);
    sheet.close();
  });

  test("is timed out in the middle of a loop", async () => {
    const { sheet, now } = spinning({ timeout: 100 });
    await sheet.settled();
    expect(now()).toMatchObject({ kind: "failed", failure: { reason: "timed-out", after: 100 } });
    await goesOn();
    sheet.close();
  });

  test("is ended with its sheet", async () => {
    const { sheet, said } = spinning();
    await said();
    sheet.close();
    await goesOn();
  });
});
