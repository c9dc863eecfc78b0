/**
 * Functions in threads: how far the event loop lags while one keeps a processor busy, what a run costs beside a bare piscina
 * task and a function in the loop, how soon a busy loop is ended, and what copying costs. Run it with `npm run bench:workers`.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { FnNode, Graph, type Node, type Sheet, ui } from "millrace";
import { Piscina } from "piscina";
import { burn, hold, next, turn } from "./busy.ts";
import { awaited, median } from "./measure.ts";

const here = new URL("./busy.ts", import.meta.url);
const rounds = Number(process.env.ROUNDS ?? 9);

function sheetOf(node: Node): Sheet {
  return new Graph({ name: "Bench", nodes: [node] }).sheet();
}

/** The longest that the event loop stood still, in milliseconds; the least of some takes, for what the work causes is in each of them, and what else goes on here is not. */
async function lagWhile(work: () => Promise<unknown>, takes = 5): Promise<number> {
  const lags: number[] = [];
  for (let take = 0; take < takes; take++) lags.push(await lagOnce(work));
  return Math.min(...lags);
}

async function lagOnce(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  // From its first tick on a delay is known, and a tick that is due is counted only when it comes.
  await pause(20);
  await work();
  await pause(20);
  delay.disable();
  return delay.max / 1e6;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function measured(count: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  await work();
  for (let round = 0; round < count; round++) times.push(await awaited(work));
  return median(times);
}

function line(what: string, number: number, reach = ""): void {
  console.log(`${what.padEnd(62)}${number.toFixed(number < 10 ? 3 : 1).padStart(10)} ms   ${reach}`);
}

const inputs = { ms: ui.number({ value: 1000 }) };
const aside = FnNode.inWorker(burn, here, { name: "aside", trigger: "manual", inputs, outputs: { turns: null } });
const inLoop = new FnNode(burn, { name: "in the loop", trigger: "manual", inputs, outputs: { turns: null } });
const sheet = new Graph({ name: "Bench", nodes: [aside, inLoop] }).sheet();
const again = { again: true };

const idle = await lagWhile(() => pause(1000));
line("lag of an idle event loop, at most", idle);
let first = 0;
line(
  "lag while the first thread is made, at most",
  await lagOnce(async () => {
    first = await awaited(() => sheet.run(aside));
  }),
  "reach 20",
);
line("  that first run of a second took", first);
line("lag while a second's loop runs in a thread, at most", await lagWhile(() => sheet.run(aside, again)), "reach 20");
line("lag while it runs in the event loop, at most", await lagOnce(() => sheet.run(inLoop, again)));

const step = { trigger: "manual", inputs: { n: 1 }, outputs: { n: null } } as const;
const near = FnNode.inWorker(next, here, { name: "near", ...step });
const own = new FnNode(async ({ n }: { n: number }) => n + 1, { name: "own", ...step });
const steps = new Graph({ name: "Steps", nodes: [near, own] }).sheet();
const bare = new Piscina({ filename: new URL("./bare.js", import.meta.url).href, maxThreads: 1, minThreads: 1 });
line("a run in a thread", await measured(50 * rounds, () => steps.run(near, again)));
line("a bare piscina task", await measured(50 * rounds, () => bare.run({ n: 1 })));
line("a run in the event loop", await measured(50 * rounds, () => steps.run(own, again)));
await bare.destroy();

const beats = new Int32Array(new SharedArrayBuffer(4));
const looping = FnNode.inWorker(turn, here, {
  name: "loop",
  trigger: "manual",
  inputs: { beats },
  outputs: { n: null },
});
const loops = sheetOf(looping);
const ends: number[] = [];
for (let round = 0; round < rounds; round++) {
  const said = new Promise<void>((resolve) => {
    const ear = loops.events$.subscribe((event) => {
      if (event.kind !== "run-log") return;
      ear.unsubscribe();
      resolve();
    });
  });
  void loops.run(looping);
  await said;
  const start = performance.now();
  loops.cancel(looping);
  let last = -1;
  let since = start;
  // Ended is what has not moved for 20 ms; the time counts to its last move.
  while (performance.now() - since < 20) {
    const count = Atomics.load(beats, 0);
    if (count !== last) since = performance.now();
    last = count;
    await pause(0);
  }
  ends.push(since - start);
}
line("from cancel to the end of a busy loop, median", median(ends), "reach 200");
line("  at most", Math.max(...ends), "reach 200");

const bytes = new Uint8Array(10 * 1024 * 1024);
const copying = FnNode.inWorker(hold, here, {
  name: "copy",
  trigger: "manual",
  inputs: { bytes },
  outputs: { bytes: null },
});
const copies = sheetOf(copying);
line("10 MiB there and back", await measured(rounds, () => copies.run(copying, again)));
line("  lag meanwhile, at most", await lagWhile(() => copies.run(copying, again)), "reach 20");
for (const open of [sheet, steps, loops, copies]) open.close();
