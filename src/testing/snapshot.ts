/** A sheet at one moment: evaluating takes time, and the sheet may go on living meanwhile. */
import { type BaseNode, baseOf } from "../engine/base-node.ts";
import { shapeOf } from "../engine/component.ts";
import type { Graph } from "../engine/graph.ts";
import type { ItemSignals } from "../engine/items.ts";
import type { Node } from "../engine/node.ts";
import type { AnyPort, InPort, OutPort, OutputPort } from "../engine/port.ts";
import type { Run } from "../engine/run.ts";
import type { Sheet } from "../engine/sheet.ts";
import type { Signal } from "../engine/signal.ts";
import { none } from "./spread.ts";

export interface Snapshot {
  signal(port: InPort | OutPort): Signal<unknown>;
  /** What stands at the items of a scattered port, as far as they are known. */
  items(port: OutPort): ItemSignals | undefined;
  /** The index of a choice's selected variant. */
  chosen(choice: BaseNode): number;
  history(node: BaseNode): readonly Run[];
  /** The graph inside a node; of a scattered one, that of an item. */
  inside(node: BaseNode, item: readonly number[]): Snapshot;
}

export function snapshotOf(sheet: Sheet): Snapshot {
  return momentOf(sheet, calls);
}

/** `calling`: which nodes may be fed by a callable. */
function momentOf(sheet: Sheet, calling: (node: BaseNode) => boolean): Snapshot {
  const nodes = sheet.graph.nodes.map(baseOf);
  const signals = new Map(
    portsOf(sheet.graph).map((port) => [port, sheet.signal(port as unknown as AnyPort<unknown>)]),
  );
  const items = new Map(
    scatteredIn(nodes).map((port) => [port, sheet.itemsNow(port as unknown as OutputPort<unknown>)]),
  );
  const choices = nodes.filter(({ kind }) => kind === "choice");
  const chosen = new Map(choices.map((node) => [node, sheet.chosen(node as unknown as Node)]));
  const histories = new Map(nodes.filter(calling).map((node) => [node, sheet.history(node as unknown as Node)]));
  const inside = new Map(nodes.map((node) => [node, partsOf(sheet, node).map((part) => momentOf(part, () => true))]));
  return {
    signal: (port) => signals.get(port) as Signal<unknown>,
    items: (port) => items.get(port),
    chosen: (choice) => chosen.get(choice) as number,
    history: (node) => histories.get(node) ?? [],
    inside: (node, item) => (item.length < 2 && inside.get(node)?.[item[0] ?? 0]) || untouched,
  };
}

/** The graph inside a node as a sheet; of one that is scattered, as one for each item. */
export function partsOf(sheet: Sheet, node: BaseNode): readonly Sheet[] {
  if (node.graph === undefined) return [];
  const partAt = (item?: number) => sheet.inside(node as unknown as Node, item);
  if (node.depth === 0) return [partAt() as Sheet];
  const parts: Sheet[] = [];
  for (let part = partAt(0); part; part = partAt(parts.length)) parts.push(part);
  return parts;
}

/** Every port of a graph's nodes, each node's inputs before its outputs. */
export function portsOf(graph: Graph): readonly (InPort | OutPort)[] {
  return graph.nodes.map(baseOf).flatMap((node) => [...Object.values(node.inputs), ...Object.values(node.outputs)]);
}

/** The value of a ready signal, or `none`. */
export function readyOf(signal: Signal<unknown>): unknown {
  return signal.kind === "ready" ? signal.value : none;
}

function scatteredIn(nodes: readonly BaseNode[]): readonly OutPort[] {
  return nodes.flatMap((node) => Object.values(node.outputs).filter(({ depth }) => depth > 0));
}

function calls(node: BaseNode): boolean {
  return Object.values(node.inputs).some(({ source }) => source.kind === "callable");
}

/** What nobody has a way into, because it lives in lists of lists: there, components hold their first values. */
const untouched: Snapshot = {
  signal: (port) => {
    const initial = port.side === "in" && port.component ? shapeOf(port.component).initial : undefined;
    return initial === undefined
      ? { kind: "empty" }
      : ({ kind: "ready", value: initial, pinned: false } as Signal<unknown>);
  },
  items: () => undefined,
  chosen: () => 0,
  history: () => [],
  inside: () => untouched,
};
