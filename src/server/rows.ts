/** The rows of cards: how each port of a node is shown, what feeds it, and what a person may do with it. */

import type { BaseNode } from "../engine/base-node.ts";
import { Shape, shapeOf } from "../engine/component.ts";
import { edgeOf } from "../engine/edge.ts";
import type { Graph } from "../engine/graph.ts";
import { type InPort, inWords, type OutPort } from "../engine/port.ts";
import type { EdgeView } from "../protocol.ts";
import type { EnginePort, Row, Spring } from "./card.ts";

/** What feeds rows from elsewhere: outputs, and components that several inputs share. */
export type Springs = ReadonlyMap<OutPort | Shape, Spring>;

export function shapeFeeding(graph: Graph, input: InPort): Shape | undefined {
  const source = graph.sourceOf(input);
  return source.kind === "component" ? shapeOf(source.component) : undefined;
}

export function springFeeding(graph: Graph, input: InPort, springs: Springs): Spring | undefined {
  const source = graph.sourceOf(input);
  if (source.kind === "edge") return springs.get(source.from.root);
  return source.kind === "component" ? springs.get(shapeOf(source.component)) : undefined;
}

export function kindOf(graph: Graph, input: InPort): EdgeView["kind"] {
  const source = graph.sourceOf(input);
  return source.kind === "edge" ? edgeOf(source.from, input).kind : "plain";
}

/** `name` is that of the input, or for a variant's the variant's name and the input's. */
export function inputRow(graph: Graph, input: InPort, springs: Springs, name = input.name): Row {
  const spring = springFeeding(graph, input, springs);
  if (!spring) {
    const shape = shapeFeeding(graph, input);
    return { ...rowOf(input, shape ?? null, shape?.visible && shape.interactive ? input : undefined), name };
  }
  const { shape, port } = spring.row;
  const from = `${spring.card.name}.${spring.row.name}`;
  const kind = kindOf(graph, input);
  const way = kind === "scatter" ? "each" : kind === "gather" ? "all" : undefined;
  return {
    ...rowOf(port, shape ?? null),
    name,
    label: inWords(input.name),
    info: undefined,
    from,
    way,
    listed: undefined,
  };
}

/** How values are shown that nobody gave a component. */
const plain = new Shape({ kind: "json", interactive: false, refuses: () => undefined, example: () => undefined });

/** What a person is asked about they are shown, whoever hid it elsewhere. */
export function askedAbout(row: Row): Row {
  return { ...row, shape: row.shape ?? plain };
}

export function outputRows({ depth, outputs }: BaseNode): readonly Row[] {
  return Object.values(outputs).map((output, i) => {
    const row = rowOf(output, output.component && shapeOf(output.component));
    // The first output also says how the items stand, shown or hidden.
    const listed = depth === 0 ? row.listed : i === 0 || row.shape ? "items" : undefined;
    // Items are pinned one by one where they stand in a single row.
    return { ...row, pinnable: depth > 1 ? undefined : output, listed };
  });
}

/** An InputNode's ports are inputs and outputs at once, edited where the edges leave. */
export function holdingRows(graph: Graph, { inputs, outputs }: BaseNode): readonly Row[] {
  return Object.values(outputs).map((output) => {
    const input = inputs[output.name] as InPort;
    const source = graph.sourceOf(input);
    if (source.kind === "edge") return rowOf(source.from.root, output.component && shapeOf(output.component));
    const shape = shapeFeeding(graph, input);
    return rowOf(input, shape ?? null, shape?.visible && shape.interactive ? input : undefined);
  });
}

export function rowOf(port: EnginePort, shape: Shape | null, settable?: InPort): Row {
  const shown = shape?.visible ? shape : undefined;
  return {
    name: port.name,
    label: shape?.label ?? inWords(port.name),
    info: shown?.info,
    port,
    shape: shown,
    settable,
    from: undefined,
    way: undefined,
    pinnable: undefined,
    listed: shown?.kind === "itemList" ? "rows" : undefined,
  };
}
