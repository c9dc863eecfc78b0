/**
 * Which cards a graph has and which ports each shows: one card a node, and one for a component shared by several inputs.
 * Fixed once a sheet is open; what the cards hold is read elsewhere. Ids come from names, so that they outlive a restart.
 */
import { type Shape, shapeOf } from "../engine/component.ts";
import { edgeOf } from "../engine/edge.ts";
import type { Graph } from "../engine/graph.ts";
import { type BaseNode, baseOf } from "../engine/node.ts";
import { type InPort, inWords, type OutPort, pathOf } from "../engine/port.ts";
import type { CardView, EdgeView } from "../protocol.ts";

export type EnginePort = InPort | OutPort;

/** One row of a card. */
export interface Row {
  readonly name: string;
  readonly label: string;
  readonly info: string | undefined;
  /** Whose signal is shown. */
  readonly port: EnginePort;
  /** How it is shown; none for what is hidden. */
  readonly shape: Shape | undefined;
  /** The input to set when a person edits the row. */
  readonly settable: InPort | undefined;
  /** `Node.port` of what feeds it. */
  readonly from: string | undefined;
  /** The output that a person may put a value over. */
  readonly pinnable: OutPort | undefined;
}

export interface Card {
  readonly id: string;
  readonly name: string;
  readonly kind: CardView["kind"];
  readonly about: string;
  /** The node that runs; none for cards that only hold inputs. */
  readonly node: BaseNode | undefined;
  readonly trigger: "auto" | "manual";
  readonly inputs: readonly Row[];
  readonly outputs: readonly Row[];
  readonly edges: Edge[];
  /** Cards that an edge leads to. */
  readonly below: Card[];
  readonly above: Card[];
}

export interface Edge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly upper: Card;
  readonly lower: Card;
  readonly fromPort: string;
  readonly toPort: string;
  readonly kind: EdgeView["kind"];
  /** The output whose signal flows. */
  readonly port: EnginePort;
}

export interface Cards {
  readonly all: readonly Card[];
  readonly byId: ReadonlyMap<string, Card>;
  /** The cards that show a port. */
  readonly showing: ReadonlyMap<EnginePort, readonly Card[]>;
  /** Where a port's value is made or set: a card and a row of it. */
  readonly springs: ReadonlyMap<EnginePort, Spring>;
  readonly ofNode: ReadonlyMap<string, Card>;
}

/** Where a value comes from: a card and one of its rows. */
export interface Spring {
  readonly card: Card;
  readonly row: Row;
}

export function cardsOf(graph: Graph): Cards {
  const nodes = graph.nodes.map(baseOf);
  const names = new Set(nodes.map((node) => node.name));
  const shared = sharedShapes(graph, nodes);
  const springs = new Map<OutPort | Shape, Spring>();
  const byId = new Map<string, Card>();
  const enter = (card: Card) => {
    byId.set(card.id, card);
    return card;
  };
  for (const node of nodes) {
    for (const input of Object.values(node.inputs)) {
      const shape = shapeFeeding(graph, input);
      if (!shape || !shared.has(shape) || springs.has(shape)) continue;
      const card = enter(sharedCard(shape, input, (id) => names.has(id) || byId.has(id)));
      springs.set(shape, { card, row: card.outputs[0] as Row });
    }
    const card = enter(node.runnable ? nodeCard(graph, node, springs) : holdingCard(graph, node));
    const outputs = Object.values(node.outputs);
    card.outputs.forEach((row, i) => {
      springs.set(outputs[i] as OutPort, { card, row });
    });
    for (const input of Object.values(node.inputs)) {
      const spring = springFeeding(graph, input, springs);
      if (spring) join(spring, card, input, kindOf(graph, input));
    }
  }
  const all = [...byId.values()];
  return {
    all,
    byId,
    showing: showing(all),
    springs: new Map(nodes.flatMap((node) => springsOf(graph, node, springs, byId))),
    ofNode: new Map(all.flatMap((card) => (card.node ? [[card.node.name, card]] : []))),
  };
}

function shapeFeeding(graph: Graph, input: InPort): Shape | undefined {
  const source = graph.sourceOf(input);
  return source.kind === "component" ? shapeOf(source.component) : undefined;
}

/** The components given to several inputs. */
function sharedShapes(graph: Graph, nodes: readonly BaseNode[]): ReadonlySet<Shape> {
  const users = new Map<Shape, number>();
  for (const node of nodes) {
    for (const input of Object.values(node.inputs)) {
      const shape = shapeFeeding(graph, input);
      if (shape) users.set(shape, (users.get(shape) ?? 0) + 1);
    }
  }
  return new Set([...users].filter(([shape, count]) => count > 1 && shape.visible).map(([shape]) => shape));
}

function springFeeding(graph: Graph, input: InPort, springs: ReadonlyMap<OutPort | Shape, Spring>): Spring | undefined {
  const source = graph.sourceOf(input);
  if (source.kind === "edge") return springs.get(source.from.root);
  return source.kind === "component" ? springs.get(shapeOf(source.component)) : undefined;
}

function springsOf(
  graph: Graph,
  node: BaseNode,
  springs: ReadonlyMap<OutPort | Shape, Spring>,
  byId: ReadonlyMap<string, Card>,
): [EnginePort, Spring][] {
  const card = byId.get(node.name);
  return [...Object.values(node.inputs), ...Object.values(node.outputs)].flatMap((port) => {
    const known = port.side === "out" ? springs.get(port) : springFeeding(graph, port, springs);
    const row = card && [...card.inputs, ...card.outputs].find((one) => one.port === port);
    const spring = known ?? (card && row && { card, row });
    return spring ? [[port, spring] as [EnginePort, Spring]] : [];
  });
}

function nodeCard(graph: Graph, node: BaseNode, springs: ReadonlyMap<OutPort | Shape, Spring>): Card {
  const inputs = Object.values(node.inputs).map((input) =>
    inputRow(graph, input, springFeeding(graph, input, springs)),
  );
  const outputs = Object.values(node.outputs).map((output) => ({
    ...row(output, output.component && shapeOf(output.component)),
    pinnable: output,
  }));
  return card(node, { id: node.name, node, trigger: graph.triggerOf(node), inputs, outputs });
}

function inputRow(graph: Graph, input: InPort, spring: Spring | undefined): Row {
  if (spring) {
    const { shape, port } = spring.row;
    const from = `${spring.card.name}.${spring.row.name}`;
    return { ...row(port, shape ?? null), name: input.name, label: inWords(input.name), info: undefined, from };
  }
  const shape = shapeFeeding(graph, input);
  return row(input, shape ?? null, shape?.visible && shape.interactive ? input : undefined);
}

/** An InputNode: its ports are inputs and outputs at once, edited where the edges leave. */
function holdingCard(graph: Graph, node: BaseNode): Card {
  const outputs = Object.values(node.outputs).map((output) => {
    const input = node.inputs[output.name] as InPort;
    const source = graph.sourceOf(input);
    if (source.kind === "edge") return row(source.from.root, output.component && shapeOf(output.component));
    const shape = shapeFeeding(graph, input);
    return row(input, shape ?? null, shape?.visible && shape.interactive ? input : undefined);
  });
  return card(node, { id: node.name, node: undefined, trigger: "auto", inputs: [], outputs });
}

function sharedCard(shape: Shape, first: InPort, taken: (id: string) => boolean): Card {
  const name = shape.label ?? inWords(first.name);
  let id = `component:${name}`;
  for (let n = 2; taken(id); n++) id = `component:${name} ${n}`;
  const only = row(first, shape, shape.interactive ? first : undefined);
  return card(
    { name, kind: "input", about: "input" },
    { id, node: undefined, trigger: "auto", inputs: [], outputs: [only] },
  );
}

function card(
  named: Pick<Card, "name" | "kind" | "about">,
  rest: Omit<Card, "name" | "kind" | "about" | "edges" | "above" | "below">,
): Card {
  return { name: named.name, kind: named.kind, about: named.about, ...rest, edges: [], above: [], below: [] };
}

function row(port: EnginePort, shape: Shape | null, settable?: InPort): Row {
  const shown = shape?.visible ? shape : undefined;
  return {
    name: port.name,
    label: shape?.label ?? inWords(port.name),
    info: shown?.info,
    port,
    shape: shown,
    settable,
    from: undefined,
    pinnable: undefined,
  };
}

function kindOf(graph: Graph, input: InPort): Edge["kind"] {
  const source = graph.sourceOf(input);
  return source.kind === "edge" ? edgeOf(source.from, input).kind : "plain";
}

function join({ card: upper, row: { port, name } }: Spring, lower: Card, input: InPort, kind: Edge["kind"]): void {
  const from = `${upper.name}.${name}`;
  const to = pathOf(input);
  const id = `${upper.id}.${name} -> ${to}`;
  const edge = { id, from, to, upper, lower, fromPort: name, toPort: input.name, kind, port };
  upper.edges.push(edge);
  lower.edges.push(edge);
  if (upper.below.includes(lower)) return;
  upper.below.push(lower);
  lower.above.push(upper);
}

function showing(all: readonly Card[]): ReadonlyMap<EnginePort, readonly Card[]> {
  const cards = new Map<EnginePort, Card[]>();
  for (const one of all) {
    for (const { port } of [...one.inputs, ...one.outputs]) {
      const known = cards.get(port);
      if (!known) cards.set(port, [one]);
      else if (known.at(-1) !== one) known.push(one);
    }
  }
  return cards;
}
