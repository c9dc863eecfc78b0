/** Nodes whose functions run in threads, as plain JavaScript writes them, and single errands without a node. */
import { FnNode, Graph, type Node, type OutputPort, type RunContext } from "../../src/index.ts";
import { errand } from "../../src/nodes/worker-errand.ts";
import { Threads } from "../../src/nodes/worker-pool.ts";

/** Where the functions are. */
export const heavy = new URL("./heavy.ts", import.meta.url);

/** Numbers that a thread and a test both see. */
export function beats(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(8));
}

/** A node of a function in a thread; without `outputs` it has one hidden port, `out`. */
export function threaded(work: unknown, options: object = {}, module: unknown = heavy): Node {
  const make = FnNode.inWorker as unknown as (work: unknown, module: unknown, options: object) => Node;
  return make(work, module, { outputs: { out: null }, ...options });
}

/** One such node alone on a sheet. */
export function aside(work: unknown, options: object = {}) {
  const node = threaded(work, { name: "f", ...options });
  const sheet = new Graph({ name: "Aside", nodes: [node] }).sheet();
  const out = node.outputs.out as OutputPort<unknown>;
  /** The next line that a run says. */
  const said = () =>
    new Promise<string>((resolve) => {
      const ear = sheet.events$.subscribe((event) => {
        if (event.kind !== "run-log") return;
        ear.unsubscribe();
        resolve(event.line);
      });
    });
  return { sheet, node, out, said, now: () => sheet.signal(out) };
}

/** A pool of a test's own. */
export function pool(options: Partial<ConstructorParameters<typeof Threads>[0]> = {}): Threads {
  return new Threads({ count: 1, idle: 60_000, patience: 50, ...options });
}

/** One errand, and what a run would tell it. */
export function sent(threads: Threads, work: { name: string }, inputs: object = {}, outputs = ["out"]) {
  const controller = new AbortController();
  const lines: string[] = [];
  let heard = (_: string): void => undefined;
  const first = new Promise<string>((resolve) => {
    heard = resolve;
  });
  const context: RunContext = {
    signal: controller.signal,
    attempt: 0,
    item: [],
    progress: () => undefined,
    log: (line) => {
      lines.push(line);
      heard(line);
    },
  };
  const place = { module: heavy.href, name: work.name, outputs };
  const values = errand(place, inputs as Readonly<Record<string, unknown>>, context, threads);
  return { values, lines, first, stop: () => controller.abort() };
}
