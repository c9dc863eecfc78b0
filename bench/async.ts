/**
 * What a node costs whose function answers later, in a graph of a thousand: beside the same graph written by hand with `await`, and
 * beside two workflow engines. Run it with `npm run bench:async`, which installs those two when they are not there yet,
 * or of some of them with `ONLY='millrace|Mastra'`.
 */
import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { setMaxListeners } from "node:events";
import { existsSync } from "node:fs";
import { FnNode, Graph, InputNode, type MemoryBounds, type Port, ui } from "millrace";
import { floor } from "./floor.ts";
import { awaited, median } from "./measure.ts";

/** Rows of functions; each reads two of the row above. */
export interface Rows {
  readonly rows: number;
  readonly width: number;
  readonly call: (a: number, b: number) => Promise<number>;
}
export type Flow = (value: number) => Promise<number>;
export type Peer = (plan: Rows) => Flow;

/** Who takes long is measured in fewer. */
const rounds = { most: Number(process.env.ROUNDS ?? 9), least: 3, ms: 4000 };

/** One `await` per function, and no more than that. */
const byHand: Peer =
  ({ rows, width, call }) =>
  async (value) => {
    let above: readonly number[] = Array.from({ length: width }, () => value);
    for (let row = 0; row < rows; row++) {
      const read = above;
      above =
        width === 1
          ? [await call(read[0] as number, read[0] as number)]
          : await Promise.all(read.map((one, i) => call(one, read[(i + 1) % width] as number)));
    }
    return above[0] as number;
  };

/** No layers: every function begins when its own two inputs are there, as a graph's do. */
const byPromises: Peer =
  ({ rows, width, call }) =>
  (value) => {
    let above: readonly Promise<number>[] = Array.from({ length: width }, () => Promise.resolve(value));
    for (let row = 0; row < rows; row++) {
      const read = above;
      above = read.map(async (one, i) => call(await one, await (read[(i + 1) % width] as Promise<number>)));
    }
    return above[0] as Promise<number>;
  };

const millrace =
  (memory: MemoryBounds | undefined): Peer =>
  ({ rows, width, call }) => {
    const source = new InputNode({ name: "source", ports: { value: ui.number({ value: -1 }) } });
    let above: Port<number>[] = Array.from({ length: width }, () => source.outputs.value);
    for (let row = 0; row < rows; row++)
      above = above.map((port, i) => {
        const inputs = { a: port, b: above[(i + 1) % width] as Port<number> };
        const fn = ({ a, b }: { a: number; b: number }) => call(a, b);
        return new FnNode(fn, { name: `n${row}.${i}`, inputs, outputs: { out: ui.number() } }).outputs.out;
      });
    const sheet = new Graph({ name: "Rows", nodes: above.map(({ node }) => node) }).sheet(memory && { memory });
    return async (value) => {
      sheet.set(source.inputs.value, value);
      await sheet.settled();
      return sheet.value(above[0] as Port<number>) as number;
    };
  };

// A hundred functions of a row share one signal in LangGraph.js, and Node would warn of each.
setMaxListeners(0);

const flows = new URL("flows/", import.meta.url);
// Some of what they depend on asks for a newer Node, and runs on this one.
if (!existsSync(new URL("node_modules", flows)))
  execFileSync("npm", ["ci", "--engine-strict=false", "--no-audit", "--no-fund"], { cwd: flows, stdio: "inherit" });
/** Loaded by the process that measures it, and by no other: that takes seconds. */
function engine(name: "langGraph" | "mastra"): (plan: Rows) => Promise<Flow> {
  return async (plan) => ((await import(new URL("flows.js", flows).href)) as Record<typeof name, Peer>)[name](plan);
}

const peers: Readonly<Record<string, (plan: Rows) => Flow | Promise<Flow>>> = {
  "await, a row at a time": byHand,
  "await, as promises": byPromises,
  ...floor,
  millrace: millrace(undefined),
  "millrace, without memory": millrace({ runs: 0 }),
  "LangGraph.js": engine("langGraph"),
  Mastra: engine("mastra"),
};
const wanted = new RegExp(process.env.ONLY ?? "");
const inTurn = "answers in the same turn";
const calls = {
  [inTurn]: async (a: number, b: number) => (a + b) % 1_000_003,
  "takes a millisecond": (a: number, b: number) =>
    new Promise<number>((resolve) => setTimeout(() => resolve((a + b) % 1_000_003), 1)),
};

const shapes = [
  [1000, 1],
  [10, 100],
] as const;

// ── one peer, in a process of its own

/** The same for all: a sheet that runs for days is neither new nor cold. */
const warmMs = 1500;
/** A round is at least so long: what is left lying about is cleared away in it, and who leaves more pays more. */
const roundMs = 100;

/** Brings a graph to life and answers every message with the microseconds of each of its functions in a round of flows. */
async function serve(flow: Flow, plan: Rows): Promise<void> {
  const right = byHand({ ...plan, call: calls[inTurn] });
  let [value, given] = [0, 0];
  /** Milliseconds of a flow, in so many of them as `atLeast` takes. */
  const flowing = async (atLeast = roundMs) => {
    let [flows, took] = [0, 0];
    for (; took < atLeast; flows++)
      took += await awaited(async () => {
        given = await flow(++value);
      });
    return took / flows;
  };
  const quick = (await flowing(warmMs)) < roundMs;
  process.on("message", async () => {
    // While the others had their turn, code was thrown away and memory went cold.
    if (quick) await flowing();
    const took = await flowing();
    const expected = await right(value);
    if (given !== expected) throw new Error(`It gave ${given}, and ${expected} is right.`);
    process.send?.((took * 1000) / (plan.rows * plan.width));
  });
  process.send?.("warm");
}

// ── all of them, in turn

/** Nobody pays for what another has left lying about, and what else the machine does meanwhile falls on all alike. */
async function measured(names: readonly string[], what: string, shape: number): Promise<ReadonlyMap<string, number>> {
  const all: { name: string; one: ChildProcess; times: number[]; spent: number }[] = [];
  for (const name of names) {
    const one = fork(import.meta.filename, [name, what, String(shape)]);
    all.push({ name, one, times: [], spent: 0 });
    await said(one, name);
  }
  for (let round = 0; round < rounds.most; round++)
    for (const peer of all) {
      if (round >= rounds.least && peer.spent > rounds.ms) continue;
      peer.spent += await awaited(async () => {
        peer.one.send("again");
        peer.times.push(Number(await said(peer.one, peer.name)));
      });
    }
  for (const { one } of all) one.kill();
  return new Map(all.map(({ name, times }) => [name, median(times)]));
}

function said(one: ChildProcess, name: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    one.once("message", resolve);
    one.once("exit", () => reject(new Error(`${name} has ended.`)));
  });
}

const against = [
  ["await, a row at a time", "await"],
  ["millrace", "millrace"],
] as const;
const [, , only, what, shape] = process.argv;
if (only !== undefined) {
  const [rows, width] = shapes[Number(shape)] as (typeof shapes)[number];
  const plan = { rows, width, call: calls[what as keyof typeof calls] };
  await serve(await (peers[only] as (typeof peers)[string])(plan), plan);
} else {
  for (const what of Object.keys(calls))
    for (const [shape, [rows, width]] of shapes.entries()) {
      console.log(`\n${rows} x ${width} functions, each of which ${what}; per function`);
      // Beside a call of a millisecond nobody sees the floor.
      const names = Object.keys(peers).filter((name) => wanted.test(name) && (what === inTurn || !(name in floor)));
      const times = await measured(names, what, shape);
      const beside = ([other, word]: readonly [string, string], time: number) =>
        times.has(other) ? `${(time / (times.get(other) as number)).toFixed(2).padStart(10)}x ${word}` : "";
      for (const [name, time] of times) {
        const ratios = against.map((other) => beside(other, time)).join("");
        console.log(`  ${name.padEnd(32)}${time.toFixed(2).padStart(10)} us${ratios}`);
      }
    }
  process.exit(0);
}
