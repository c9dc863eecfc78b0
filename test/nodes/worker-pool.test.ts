/** The threads themselves: how many there are, when they end, and what is said of one that dies. */
import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { FailureError } from "../../src/index.ts";
import { sharedThreads } from "../../src/nodes/worker-pool.ts";
import * as work from "../support/heavy.ts";
import { beats, heavy, pool, sent } from "../support/threads.ts";
import { turn } from "../support/turn.ts";

describe("a pool", () => {
  test("never has more errands under way than threads, and takes them in order", async () => {
    const threads = pool({ count: 2, patience: 60_000 });
    const loop = () => sent(threads, work.heed, { beats: beats() });
    const loops = [loop(), loop(), loop(), loop()] as const;
    const ends = Promise.allSettled(loops.map(({ values }) => values.next()));
    const [a, b, c, d] = loops;
    await Promise.all([a.first, b.first]);
    expect([c.lines, d.lines, threads.living]).toEqual([[], [], 2]);
    b.stop();
    await c.first;
    expect([d.lines, threads.living]).toEqual([[], 2]);
    for (const { stop } of loops) stop();
    await ends;
    expect(d.lines).toEqual([]);
    await threads.close();
  });

  test("uses a thread again, and ends it when it has been idle", async () => {
    const threads = pool({ idle: 1 });
    const [one, two] = [sent(threads, work.sum, { upTo: 3 }), sent(threads, work.sum, { upTo: 4 })];
    expect(await Promise.all([one.values.next(), two.values.next()])).toMatchObject([{ value: 6 }, { value: 10 }]);
    while (threads.living > 0) await turn();
    expect(await sent(threads, work.sum, { upTo: 3 }).values.next()).toMatchObject({ value: 6 });
  });

  test("says of a thread that ran out of memory what to do, and goes on", async () => {
    const threads = pool({ memory: 64 });
    const end = sent(threads, work.hoards).values.next();
    await expect(end).rejects.toBeInstanceOf(FailureError);
    await expect(end).rejects.toMatchObject({
      failure: { reason: "threw", message: "The thread ran out of memory.", advice: expect.stringContaining("MEMORY") },
    });
    expect(await sent(threads, work.sum, { upTo: 3 }).values.next()).toMatchObject({ value: 6 });
    await threads.close();
  });

  test("whose threads cannot begin fails what waits for them", async () => {
    vi.stubEnv("NODE_OPTIONS", "--import=data:text/javascript,throw%20Error('No%20threads%20today')");
    const threads = pool();
    await expect(sent(threads, work.sum, { upTo: 3 }).values.next()).rejects.toThrow("No threads today");
    await threads.close();
  });

  test("gives a run that is stopped at once no place", async () => {
    const threads = pool();
    const { values, stop } = sent(threads, work.sum, { upTo: 3 });
    stop();
    await expect(values.next()).rejects.toMatchObject({ name: "AbortError" });
    expect(threads.living).toBe(0);
  });
});

describe("the pool of the process", () => {
  test("leaves one processor to the event loop", () => {
    expect(sharedThreads().count).toBe(Math.max(1, availableParallelism() - 1));
    expect(sharedThreads()).toBe(sharedThreads());
  });

  const program = `
    import { FnNode, Graph } from "millrace";
    import { sum } from ${JSON.stringify(heavy.href)};
    const node = FnNode.inWorker(sum, new URL(${JSON.stringify(heavy.href)}), { inputs: { upTo: 3 }, outputs: { total: null } });
    const end = await new Graph({ name: "Sums", nodes: [node] }).sheet().run(node);
    console.log(end.kind, end.kind === "ready" ? end.outputs.total : end.failure.message);
  `;
  const run = (env: object) =>
    promisify(execFile)(
      process.execPath,
      ["--conditions=millrace-source", "--import", "tsx", "--input-type=module", "--eval", program],
      { env: { ...process.env, ...env } },
    );

  test("keeps the process alive while it works, and no longer", async () => {
    const { stdout } = await run({});
    expect(stdout).toBe("ready 6\n");
  });

  test("says what is wrong with MILLRACE_THREADS", async () => {
    const { stdout } = await run({ MILLRACE_THREADS: "many" });
    expect(stdout).toBe("failed MILLRACE_THREADS must be a whole number from 1, and is 'many'.\n");
  });
});

afterEach(() => {
  vi.unstubAllEnvs();
});
