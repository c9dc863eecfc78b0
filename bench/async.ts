/**
 * What a node costs whose function answers later, in a graph of a thousand: beside the same graph written by hand with `await`, and
 * beside two workflow engines. Run it with `npm run bench:async`, which installs those two when they are not there yet.
 */
import { execFileSync } from "node:child_process";
import { setMaxListeners } from "node:events";
import { existsSync } from "node:fs";
import { FnNode, Graph, InputNode, type MemoryBounds, type Port, ui } from "millrace";
import { median } from "./measure.ts";

/** Rows of functions; each reads two of the row above. */
interface Rows {
  readonly rows: number;
  readonly width: number;
  readonly call: (a: number, b: number) => Promise<number>;
}
type Flow = (value: number) => Promise<number>;
type Peer = (plan: Rows) => Flow;

const rounds = Number(process.env.ROUNDS ?? 9);

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
if (!existsSync(new URL("node_modules", flows)))
  execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: flows, stdio: "inherit" });
const { langGraph, mastra } = (await import(new URL("flows.js", flows).href)) as { langGraph: Peer; mastra: Peer };

const peers: Readonly<Record<string, Peer>> = {
  "await, a row at a time": byHand,
  "await, as promises": byPromises,
  millrace: millrace(undefined),
  "millrace, without memory": millrace({ runs: 0 }),
  "LangGraph.js": langGraph,
  Mastra: mastra,
};
const calls = {
  "answers in the same turn": async (a: number, b: number) => (a + b) % 1_000_003,
  "takes a millisecond": (a: number, b: number) =>
    new Promise<number>((resolve) => setTimeout(() => resolve((a + b) % 1_000_003), 1)),
};

const shapes = [
  [1000, 1],
  [10, 100],
] as const;

/** Microseconds of each function of a graph, in the middle one of the rounds. */
async function measured(peer: Peer, plan: Rows): Promise<number> {
  const flow = peer(plan);
  const right = byHand({ ...plan, call: calls["answers in the same turn"] });
  const times: number[] = [];
  let value = 0;
  // A second to be compiled and to fill what is remembered: a sheet that runs for days is neither new nor cold.
  for (const start = performance.now(); performance.now() - start < 1000; ) await flow(++value);
  while (times.length < rounds) {
    const expected = await right(++value);
    const start = performance.now();
    const given = await flow(value);
    times.push(performance.now() - start);
    if (given !== expected) throw new Error(`It gave ${given}, and ${expected} is right.`);
  }
  return (median(times) * 1000) / (plan.rows * plan.width);
}

/** Each peer has a process of its own for each graph: nobody pays for what another has left lying about. */
function inItsOwnProcess(peer: string, what: string, shape: number): number {
  const out = execFileSync(process.execPath, [...process.execArgv, import.meta.filename, peer, what, String(shape)]);
  return Number(out.toString().trim().split("\n").at(-1));
}

const [, , only, what, shape] = process.argv;
if (only !== undefined) {
  const [rows, width] = shapes[Number(shape)] as (typeof shapes)[number];
  console.log(await measured(peers[only] as Peer, { rows, width, call: calls[what as keyof typeof calls] }));
} else
  for (const what of Object.keys(calls))
    for (const [shape, [rows, width]] of shapes.entries()) {
      console.log(`\n${rows} x ${width} functions, each of which ${what}; per function`);
      const times = new Map(Object.keys(peers).map((name) => [name, inItsOwnProcess(name, what, shape)]));
      const [hand, ours] = [times.get("await, a row at a time") as number, times.get("millrace") as number];
      for (const [name, time] of times)
        console.log(
          `  ${name.padEnd(28)}${time.toFixed(2).padStart(10)} us${(time / hand).toFixed(2).padStart(10)}x await${(time / ours).toFixed(2).padStart(10)}x millrace`,
        );
    }

process.exit(0);
