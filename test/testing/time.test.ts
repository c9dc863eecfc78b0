/** Virtual time: timeouts are waited for in no time, by the test runner's own fake timers. */

import { FnNode, Graph, ui } from "millrace";
import { held } from "millrace/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

// Timers alone: promises and the engine's own turns go on as ever.
beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] }));
afterEach(() => vi.useRealTimers());

test("a timeout of an hour is tested in no time, to the millisecond", async () => {
  const slow = held<{ n: number }, number>();
  const hour = 3_600_000;
  const node = new FnNode(slow.fn, {
    name: "Slow",
    timeout: hour,
    inputs: { n: ui.number({ value: 1 }) },
    outputs: { n: ui.number() },
  });
  const sheet = new Graph({ name: "Slow", nodes: [node] }).sheet();
  const run = await slow.started();
  await vi.advanceTimersByTimeAsync(hour - 1);
  expect([sheet.signal(node.outputs.n).kind, run.context.signal.aborted]).toEqual(["pending", false]);
  await vi.advanceTimersByTimeAsync(1);
  await sheet.settled();
  expect(sheet.signal(node.outputs.n)).toMatchObject({ kind: "failed", failure: { reason: "timed-out", after: hour } });
  expect(run.context.signal.aborted).toBe(true);
});

test("attempts and the waits between them are tested in no time", async () => {
  const remote = held<{ n: number }, number>();
  const retries = { times: 2, delay: 60_000, factor: 2 }; // waits up to a minute, then up to two
  const node = new FnNode(remote.fn, {
    name: "Remote",
    retries,
    inputs: { n: ui.number({ value: 1 }) },
    outputs: { n: ui.number() },
  });
  const sheet = new Graph({ name: "Remote", nodes: [node] }).sheet();
  (await remote.started()).fail(new Error("busy"));
  await vi.advanceTimersByTimeAsync(60_000);
  const second = await remote.started();
  expect(second.context.attempt).toBe(1);
  second.fail(new Error("still busy"));
  await vi.advanceTimersByTimeAsync(120_000);
  (await remote.started()).finish(42);
  await sheet.settled();
  expect(sheet.value(node.outputs.n)).toBe(42);
});
