/**
 * What keeping sheets costs: the event loop's share of an edit that is saved, opening a sheet with many runs, the same picture in
 * many runs, bytes written per edit beside the size of the sheet. Run it with `npm run bench:persist`. Printed are medians.
 */
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileRef, FnNode, Graph, type Node, type Port, ui } from "../src/index.ts";
import { sheetsOf } from "../src/persist/sheets.ts";
import { awaited, median, timed } from "./measure.ts";

const rounds = Number(process.env.ROUNDS ?? 50);

/** A chain of some nodes; its first input. */
function chain(length: number) {
  const first = new FnNode(({ n }: { n: number }) => n + 1, {
    name: "n0",
    inputs: { n: ui.number({ value: 0 }) },
    outputs: { n: ui.number() },
  });
  const nodes: Node[] = [first as unknown as Node];
  let last: Port<number> = first.outputs.n;
  for (let i = 1; i < length; i++) {
    const node = new FnNode(({ n }: { n: number }) => n + 1, {
      name: `n${i}`,
      inputs: { n: last },
      outputs: { n: ui.number() },
    });
    nodes.push(node as unknown as Node);
    last = node.outputs.n;
  }
  const apart = new FnNode(({ text }: { text: string }) => text.length, {
    name: "Apart",
    inputs: { text: ui.textbox({ value: "" }) },
    outputs: { length: ui.number() },
  });
  return {
    first,
    apart,
    graph: new Graph({ name: `Chain of ${length}`, nodes: [...nodes, apart as unknown as Node] }),
  };
}

async function inFolder<T>(task: (dataDir: string) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), "millrace-bench-"));
  try {
    return await task(dataDir);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

function row(name: string, figure: string): void {
  console.log(`${name.padEnd(72)} ${figure}`);
}

/** What of the loop's time an edit takes that is kept, more than one that is not. */
async function edits(): Promise<void> {
  await inFolder(async (dataDir) => {
    const { graph, apart, first } = chain(100);
    const sheets = await sheetsOf(graph, { dataDir });
    const sheet = await sheets.create();
    // A thousand runs are there.
    for (let i = 1; i <= 10; i++) sheet.set(first.inputs.n, i);
    await sheet.saved();
    const open = await sheets.openKept(sheet.id);
    const [busy, bytes, ack]: [number[], number[], number[]] = [[], [], []];
    for (let i = 0; i < rounds; i++) {
      const [written, loop] = [open.written, performance.eventLoopUtilization()];
      ack.push(
        await awaited(() => {
          sheet.set(apart.inputs.text, `word ${i}`);
          return sheet.saved();
        }),
      );
      busy.push(performance.eventLoopUtilization(loop).active);
      bytes.push(open.written - written);
    }
    const plain = graph.sheet();
    const unkept: number[] = [];
    for (let i = 0; i < rounds; i++) unkept.push(timed(() => plain.set(apart.inputs.text, `word ${i}`)));
    row("an edit of 1 of 100 nodes, 1,000 runs: the event loop's time, saved", `${median(busy).toFixed(2)} ms`);
    row("the same edit of a sheet that is not saved", `${median(unkept).toFixed(2)} ms`);
    row("the same edit until it is on disk", `${median(ack).toFixed(2)} ms`);
    row("bytes written for it", `${median(bytes)}`);
    const { size } = await stat(join(dataDir, "sheets", sheet.id, "runs.jsonl"));
    row("size of the sheet by then", `${size} bytes`);
    await sheets.close();
  });
}

/** Bytes per edit, by how much it changes and by how large the sheet is. */
async function bytesPerEdit(): Promise<void> {
  for (const length of [10, 100, 1000]) {
    await inFolder(async (dataDir) => {
      const { graph, apart, first } = chain(length);
      const sheets = await sheetsOf(graph, { dataDir });
      const sheet = await sheets.create();
      await sheet.saved();
      const open = await sheets.openKept(sheet.id);
      const cost = async (edit: () => void) => {
        const before = open.written;
        edit();
        await sheet.saved();
        return open.written - before;
      };
      const small = await cost(() => sheet.set(apart.inputs.text, "word"));
      const large = await cost(() => sheet.set(first.inputs.n, 5));
      row(`bytes per edit in a graph of ${length + 1}: of one node; of ${length}`, `${small}; ${large}`);
      await sheets.close();
    });
  }
}

async function opening(): Promise<void> {
  await inFolder(async (dataDir) => {
    const { graph, first } = chain(100);
    const sheets = await sheetsOf(graph, { dataDir });
    const sheet = await sheets.create();
    for (let i = 1; i < 100; i++) {
      sheet.set(first.inputs.n, i * 1000);
      if (i % 10 === 0) await sheet.saved();
    }
    await sheets.close();
    const times: number[] = [];
    let runs = 0;
    for (let i = 0; i < 9; i++) {
      const again = chain(100);
      const there = await sheetsOf(again.graph, { dataDir });
      const began = performance.now();
      const opened = await there.open(sheet.id);
      times.push(performance.now() - began);
      runs = again.graph.nodes.reduce((sum, node) => sum + opened.history(node).length, 0);
      await there.close();
    }
    row(`opening a sheet with ${runs} runs`, `${median(times).toFixed(0)} ms`);
  });
}

async function pictures(): Promise<void> {
  await inFolder(async (dataDir) => {
    const show = new FnNode(({ picture }: { picture: FileRef }) => picture, {
      name: "Show",
      inputs: { picture: ui.image() },
      outputs: { picture: ui.image() },
    });
    const sheets = await sheetsOf(new Graph({ name: "Pictures", nodes: [show] }), { dataDir });
    const sheet = await sheets.create();
    const picture = await FileRef.fromBytes(new Uint8Array(5_000_000).fill(7), { type: "image/png" });
    for (let i = 0; i < 10; i++) {
      sheet.set(show.inputs.picture, picture);
      await sheet.run(show, { again: true });
      await sheet.saved();
    }
    row("the same picture of 5 MB in 11 runs takes", `${await sizeOf(join(dataDir, "blobs"))} bytes`);
    await sheets.close();
  });
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    names.filter((one) => one.isFile()).map((one) => stat(join(one.parentPath, one.name))),
  );
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

/** Thousands of sheets, and one that is opened. */
async function many(): Promise<void> {
  await inFolder(async (dataDir) => {
    const { graph } = chain(3);
    const sheets = await sheetsOf(graph, { dataDir });
    const count = Number(process.env.SHEETS ?? 2000);
    for (let i = 0; i < count; i++) (await sheets.create()).close();
    await sheets.close();
    const began = performance.now();
    const again = await sheetsOf(chain(3).graph, { dataDir });
    const opened = performance.now() - began;
    const entries = await again.list();
    row(
      `starting with ${entries.length} sheets; listing them`,
      `${opened.toFixed(1)} ms; ${(performance.now() - began - opened).toFixed(0)} ms`,
    );
    await again.close();
  });
}

await edits();
await bytesPerEdit();
await opening();
await pictures();
if (process.env.SHEETS) await many();
