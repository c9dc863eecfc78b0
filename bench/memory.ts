/**
 * What remembering costs, and what it spares: the remembered answer of a cone of a thousand nodes, the edit of one item of ten
 * thousand, and the heap while a hundred thousand edits go by with their history. Run it with `npm run bench:memory`.
 */
import { FnNode, Graph, InputNode, type Port, type Sheet, ui } from "millrace";
import { median, timed } from "./measure.ts";

const rounds = Number(process.env.ROUNDS ?? 15);
const collect = globalThis.gc ?? (() => undefined);
function line(what: string, ...figures: readonly string[]): void {
  console.log(`  ${what.padEnd(46)}${figures.map((figure) => figure.padStart(22)).join("")}`);
}

// ── a cone that was computed before

interface Cone {
  readonly sheet: Sheet;
  readonly set: (value: number) => void;
  readonly ran: () => number;
}

/** `rows` rows of `width` nodes, each of which reads two of the row above. */
function cone(rows: number, width: number): Cone {
  let ran = 0;
  const source = new InputNode({ name: "source", ports: { value: ui.number({ value: 0 }) } });
  const add = ({ a, b }: { a: number; b: number }) => {
    ran++;
    return a + b + 1;
  };
  let above: Port<number>[] = Array.from({ length: width }, () => source.outputs.value);
  for (let row = 0; row < rows; row++)
    above = above.map((port, i) => {
      const inputs = { a: port, b: above[(i + 1) % width] as Port<number> };
      return new FnNode(add, { name: `n${row}.${i}`, inputs, outputs: { sum: ui.number() } }).outputs.sum;
    });
  const sheet = new Graph({ name: "Cone", nodes: above.map(({ node }) => node) }).sheet();
  return { sheet, set: (value) => sheet.set(source.inputs.value, value), ran: () => ran };
}

console.log("\nthe answer of a cone of 1,000 nodes, per node (remembered: at most 5 us)");
for (const [rows, width] of [
  [1000, 1],
  [100, 10],
  [10, 100],
] as const) {
  const { sheet, set, ran } = cone(rows, width);
  const known = Array.from({ length: 5 }, (_, i) => i + 1);
  const [fresh, again]: [number[], number[]] = [[], []];
  // Milliseconds for a thousand nodes: microseconds for one.
  for (const value of known) fresh.push(timed(() => set(value)));
  for (let warm = 0; warm < 5; warm++) for (const value of known) set(value);
  const before = ran();
  for (let round = 0; round < rounds; round++) for (const value of known) again.push(timed(() => set(value)));
  const perNode = (times: readonly number[]) => `${median(times).toFixed(2)} us`;
  line(`${rows} x ${width}`, `run ${perNode(fresh)}`, `remembered ${perNode(again)}`, `${ran() - before} runs`);
  sheet.close();
}

// ── one item of ten thousand

console.log("\nthe edit of one item of 10,000 (1 run, at most 2 ms)");
{
  let ran = 0;
  const source = new InputNode({ name: "source", ports: { list: ui.json<number[]>({ value: [] }) } });
  const doubled = new FnNode(
    ({ n }: { n: number }) => {
      ran++;
      return n * 2;
    },
    { name: "double", inputs: { n: source.outputs.list.each() }, outputs: { n: ui.number() } },
  );
  const sum = new FnNode(({ all }: { all: readonly number[] }) => all.length, {
    name: "sum",
    inputs: { all: doubled.outputs.n.all() },
    outputs: { sum: ui.number() },
  });
  const sheet = new Graph({ name: "Items", nodes: [sum] }).sheet();
  const list = Array.from({ length: 10_000 }, (_, i) => i);
  sheet.set(source.inputs.list, list);
  const [times, runs]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds * 4; round++) {
    const edited = list.with((round * 997) % list.length, 1_000_000 + round);
    const before = ran;
    times.push(timed(() => sheet.set(source.inputs.list, edited)));
    runs.push(ran - before);
    sheet.set(source.inputs.list, list);
  }
  line("edit", `${median(times).toFixed(2)} ms`, `${Math.max(...runs)} runs`);
  sheet.close();
}

// ── a hundred thousand edits

console.log("\nthe heap, while edits go by (flat once the bound is reached)");
for (const [what, memory] of [
  ["10,000 runs, as by default", undefined],
  ["1,000 runs", { runs: 1000 }],
] as const) {
  const source = new InputNode({ name: "source", ports: { text: ui.textbox({ value: "" }) } });
  const first = new FnNode(({ text }: { text: string }) => `${text} and on`, {
    name: "first",
    inputs: { text: source.outputs.text },
    outputs: { text: ui.textbox() },
  });
  const second = new FnNode(({ text }: { text: string }) => text.length, {
    name: "second",
    inputs: { text: first.outputs.text },
    outputs: { length: ui.number() },
  });
  const sheet = new Graph({ name: "Edits", nodes: [second] }).sheet(memory && { memory });
  const heaps: string[] = [];
  for (let edit = 1; edit <= 100_000; edit++) {
    sheet.set(source.inputs.text, `edit ${edit}`);
    if (edit % 25_000 > 0) continue;
    collect();
    heaps.push(`${(process.memoryUsage().heapUsed / 2 ** 20).toFixed(1)} MiB`);
  }
  line(`${what}, after each 25,000 edits`, ...heaps);
  sheet.close();
}
