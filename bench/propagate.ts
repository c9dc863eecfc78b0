/**
 * How fast a change flows, beside four peers, all in one process and in turn, so that the ratios hold where the machine's
 * speed does not. Run it with `npm run bench`: it measures the built package, as it is installed. Printed are the medians of the rounds and, of the long chain, the bytes that a living node weighs.
 */

import { median, timed } from "./measure.ts";
import { type Living, type Plan, peers } from "./peers.ts";

interface Case {
  readonly name: string;
  readonly plan: Plan;
  readonly edits: number;
  /** Runs that one edit needs at least; for the cut-off only the node that computes the equal value. */
  readonly least: number;
  readonly without?: readonly string[];
}

const add = (...values: number[]) => values.reduce((sum, value) => sum + value, 0);
const inc = (value: number) => value + 1;

function deep(length: number): Plan {
  return { nodes: Array.from({ length }, (_, i) => ({ from: [i - 1], fn: inc })), sinks: [length - 1] };
}
function diamond(width: number): Plan {
  const arms = Array.from({ length: width }, () => ({ from: [-1], fn: inc }));
  return { nodes: [...arms, { from: arms.map((_, i) => i), fn: add }], sinks: [width] };
}
function layered(layers: number, width: number): Plan {
  const four = (a: number, b: number, c: number, d: number) => (a + b + c + d) % 1_000_003;
  const nodes: { from: number[]; fn: (...values: number[]) => number }[] = [];
  for (let i = 0; i < width; i++) nodes.push({ from: [-1], fn: inc });
  for (let layer = 1; layer < layers; layer++) {
    const before = (layer - 1) * width;
    for (let i = 0; i < width; i++)
      nodes.push({ from: [0, 1, 2, 3].map((k) => before + ((i + k * 7) % width)), fn: four as never });
  }
  return { nodes, sinks: Array.from({ length: width }, (_, i) => (layers - 1) * width + i) };
}
function cutOff(dependents: number): Plan {
  const nodes: { from: number[]; fn: (...values: number[]) => number }[] = [{ from: [-1], fn: () => 0 }];
  for (let i = 0; i < dependents; i++) nodes.push({ from: [0], fn: inc });
  return { nodes, sinks: Array.from({ length: dependents }, (_, i) => i + 1) };
}

const only = process.env.ONLY;
const allCases: readonly Case[] = [
  { name: "deep 1,000", plan: deep(1000), edits: 400, least: 1000 },
  { name: "diamond 100", plan: diamond(100), edits: 3000, least: 101 },
  {
    name: "layered 10 x 100, 4 inputs",
    plan: layered(10, 100),
    edits: 300,
    least: 1000,
    without: ["rxjs combineLatest"],
  },
  { name: "cut-off, 1,000 dependents", plan: cutOff(1000), edits: 20_000, least: 1 },
  {
    name: "chain 100,000",
    plan: deep(100_000),
    edits: 3,
    least: 100_000,
    without: ["millrace, remembering", "@preact/signals-core", "mobx", "rxjs combineLatest"],
  },
];

const cases = allCases.filter((one) => only === undefined || one.name.startsWith(only));
const rounds = Number(process.env.ROUNDS ?? 7);

for (const one of cases) {
  const living = new Map<string, { graph: Living; definition: number; heap: number; times: number[]; runs: number }>();
  for (const [name, peer] of Object.entries(peers)) {
    if (one.without?.includes(name)) continue;
    try {
      const start = heap();
      const enliven = peer(one.plan);
      const written = heap();
      const graph = enliven();
      graph.set(-1);
      const nodes = one.plan.nodes.length;
      living.set(name, {
        graph,
        definition: (written - start) / nodes,
        heap: (heap() - written) / nodes,
        times: [],
        runs: 0,
      });
    } catch (error) {
      console.log(`${one.name}: ${name} could not build it: ${error instanceof Error ? error.message : error}`);
    }
  }
  let value = 1;
  for (let round = -2; round < rounds; round++) {
    for (const entry of living.values()) {
      const runs = entry.graph.runs();
      const took = timed(() => {
        for (let edit = 0; edit < one.edits; edit++) entry.graph.set(value++);
      });
      entry.runs = (entry.graph.runs() - runs) / one.edits;
      if (round >= 0) entry.times.push(took / one.edits);
    }
  }
  report(one, living);
}

function report(
  one: Case,
  living: ReadonlyMap<string, { definition: number; heap: number; times: number[]; runs: number }>,
): void {
  const best = median(living.get("alien-signals")?.times ?? [1]);
  const bestHeap = living.get("alien-signals")?.heap ?? 1;
  console.log(`\n${one.name} (needs ${one.least} runs an edit)`);
  for (const [name, { times, runs, heap: bytes, definition }] of living) {
    const time = median(times);
    const cells = [
      `${(time * 1000).toFixed(1)} us an edit`,
      `${((time * 1e6) / one.least).toFixed(0)} ns a run`,
      `${(time / best).toFixed(2)}x time`,
      runs === 0 ? "overflowed, silently" : `${runs} runs`,
    ];
    // A small graph's heap is mostly compiled code and what it learnt: only the long chain says what a node weighs.
    if (one.plan.nodes.length >= 10_000) {
      cells.push(`${bytes.toFixed(0)} B a node`, `${(bytes / bestHeap).toFixed(2)}x heap`);
      if (definition > 1) cells.push(`+ ${definition.toFixed(0)} B defined`);
    }
    console.log(`  ${name.padEnd(22)}${cells.map((cell) => cell.padStart(18)).join("")}`);
  }
  const ours = living.get("millrace");
  if (ours && ours.runs !== one.least)
    throw new Error(`${one.name}: ${ours.runs} runs an edit, and ${one.least} are enough.`);
}

function heap(): number {
  for (let i = 0; i < 3; i++) (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
}
