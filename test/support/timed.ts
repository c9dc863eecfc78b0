/** Retries in the test's hand: a held node whose waits and chances the test decides. */
import { LivingSheet } from "../../src/engine/living-sheet.ts";
import { FnNode, Graph, type Node, type NodeOptions, type Sheet, type SheetEvent, ui } from "../../src/index.ts";
import { held } from "../../src/testing.ts";
import { FakeTime } from "./fake-time.ts";

const sheets: Sheet[] = [];

/** For `afterEach`. */
export function closeAll(): void {
  for (const sheet of sheets.splice(0)) sheet.close();
}

/** Opens a sheet with a time of its own, and listens. */
export function timed(...nodes: Node[]) {
  const time = new FakeTime();
  const sheet = new LivingSheet(new Graph({ name: "Timed", nodes }), { time, now: time.now });
  sheets.push(sheet);
  const events: SheetEvent[] = [];
  sheet.events$.subscribe((event) => events.push(event));
  return { time, sheet, events };
}

/** `x -> f`, held. */
export function tried(options: NodeOptions & { fallback?: number }) {
  const f = held<{ n: number }, number>();
  const inputs = { n: ui.number({ value: 1 }) };
  const node = new FnNode(f.fn, { name: "f", inputs, outputs: { out: ui.number() }, ...options });
  const { out } = node.outputs;
  const living = timed(node);
  return { ...living, f, node, out, x: node.inputs.n, now: () => living.sheet.signal(out) };
}
