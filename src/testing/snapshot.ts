/** A sheet at one moment: evaluating takes time, and the sheet may go on living meanwhile. */
import { take } from "rxjs";
import { type BaseNode, baseOf } from "../engine/base-node.ts";
import { shapeOf } from "../engine/component.ts";
import type { Graph } from "../engine/graph.ts";
import type { Node } from "../engine/node.ts";
import type { AnyPort, InPort, OutPort, ScatteredPort } from "../engine/port.ts";
import type { Run } from "../engine/run.ts";
import type { Sheet } from "../engine/sheet.ts";
import type { Signal } from "../engine/signal.ts";
import { none } from "./spread.ts";

export interface Snapshot {
  signal(port: InPort | OutPort): Signal<unknown>;
  /** The index of a choice's selected variant. */
  chosen(choice: BaseNode): number;
  history(node: BaseNode): readonly Run[];
  /** What stands at the items of a scattered port. */
  items(port: OutPort): readonly Signal<unknown>[];
}

export function snapshotOf(sheet: Sheet): Snapshot {
  const nodes = allOf(sheet.graph);
  const wholes = wholesOf(sheet);
  const signals = new Map(wholes.flatMap(signalsOf));
  const chosen = new Map(nodes.filter(({ kind }) => kind === "choice").map((node) => [node, chosenOf(sheet, node)]));
  const calling = nodes.filter((node) => calls(node) || !sheet.graph.has(node));
  const histories = new Map(calling.map((node) => [node, historyOf(sheet, node)]));
  const items = new Map(
    wholes.flatMap((whole) => scatteredIn(whole, calling).map((port) => [port, itemsOf(whole, port)])),
  );
  return {
    signal: (port) => signals.get(port) ?? first(port),
    chosen: (choice) => chosen.get(choice) ?? 0,
    history: (node) => histories.get(node) ?? [],
    items: (port) => items.get(port) ?? [],
  };
}

/** A sheet and, where a graph inside lives but once, that as one in turn. */
function wholesOf(sheet: Sheet): readonly Sheet[] {
  const inner = sheet.graph.nodes.filter((node) => baseOf(node).graph && baseOf(node).depth === 0);
  return [sheet, ...inner.flatMap((node) => wholesOf(sheet.inside(node) as Sheet))];
}

function scatteredIn({ graph }: Sheet, nodes: readonly BaseNode[]): readonly OutPort[] {
  const here = nodes.filter((node) => graph.has(node));
  return here.flatMap((node) => Object.values(node.outputs).filter(({ depth }) => depth > 0));
}

function signalsOf(sheet: Sheet): readonly (readonly [InPort | OutPort, Signal<unknown>])[] {
  return portsOf(sheet.graph).map((port) => [port, sheet.signal(port as unknown as AnyPort<unknown>)]);
}

/** Every port of a graph's nodes, each node's inputs before its outputs. */
export function portsOf(graph: Graph): readonly (InPort | OutPort)[] {
  return graph.nodes.map(baseOf).flatMap((node) => [...Object.values(node.inputs), ...Object.values(node.outputs)]);
}

/** The value of a ready signal, or `none`. */
export function readyOf(signal: Signal<unknown>): unknown {
  return signal.kind === "ready" ? signal.value : none;
}

/** The nodes of a graph and of all graphs inside. */
function allOf(graph: Graph): readonly BaseNode[] {
  return graph.nodes.map(baseOf).flatMap((node) => [node, ...(node.graph ? allOf(node.graph) : [])]);
}

/** What is inside a graph that lives once per item has no port of its own: there, components hold their first values. */
function first(port: InPort | OutPort): Signal<unknown> {
  const initial = port.side === "in" && port.component ? shapeOf(port.component).initial : undefined;
  return initial === undefined ? { kind: "empty" } : { kind: "ready", value: initial, pinned: false };
}

function calls(node: BaseNode): boolean {
  return Object.values(node.inputs).some(({ source }) => source.kind === "callable");
}

function historyOf(sheet: Sheet, node: BaseNode): readonly Run[] {
  try {
    return sheet.history(node as unknown as Node);
  } catch {
    // Inside a scattered graph every item has a node of its own.
    return [];
  }
}

function itemsOf(sheet: Sheet, port: OutPort): readonly Signal<unknown>[] {
  let now: readonly Signal<unknown>[] = [];
  try {
    sheet
      .items$(port as unknown as ScatteredPort<unknown>)
      .pipe(take(1))
      .subscribe((signals) => {
        now = signals;
      });
  } catch {
    // Inside a graph's node there are no ports to watch.
  }
  return now;
}

function chosenOf(sheet: Sheet, choice: BaseNode): number {
  try {
    return sheet.chosen(choice as unknown as Node);
  } catch {
    return 0;
  }
}
