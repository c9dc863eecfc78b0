/**
 * Which cards a graph has: one a node, and one for a component shared by several inputs. A choice's variants are shown within
 * its card, unless something else has a use for them too. Ids come from names, so that they outlive a restart.
 */

import { type BaseNode, baseOf } from "../engine/base-node.ts";
import type { Shape } from "../engine/component.ts";
import type { Graph } from "../engine/graph.ts";
import { type InPort, type InputPort, inWords, type OutPort, pathOf } from "../engine/port.ts";
import type { Sheet } from "../engine/sheet.ts";
import { nameOutside } from "../engine/shown-ports.ts";
import { type Card, type Edge, type EnginePort, type Row, rowsOf, type Spring, type Variant } from "./card.ts";
import { askedAbout, holdingRows, inputRow, kindOf, outputRows, rowOf, shapeFeeding, springFeeding } from "./rows.ts";

export interface Cards {
  readonly all: readonly Card[];
  readonly byId: ReadonlyMap<string, Card>;
  /** The cards that show a port. */
  readonly showing: ReadonlyMap<EnginePort, readonly Card[]>;
  /** Where a port's value is made or set: a card and a row of it. */
  readonly springs: ReadonlyMap<EnginePort, Spring>;
  /** By the name of a node: a variant's is its choice's. */
  readonly ofNode: ReadonlyMap<string, Card>;
}

export function cardsOf(sheet: Pick<Sheet, "graph" | "outside">): Cards {
  const { graph } = sheet;
  const cards = new Dealing(sheet);
  const all = [...cards.byId.values()];
  return {
    all,
    byId: cards.byId,
    showing: showing(all),
    springs: new Map(graph.nodes.flatMap((node) => cards.springsOf(baseOf(node)))),
    ofNode: cards.ofNode,
  };
}

/** Cards on their way into being, each after those it depends on. */
class Dealing {
  readonly byId = new Map<string, Card>();
  readonly ofNode = new Map<string, Card>();
  readonly #graph: Graph;
  readonly #springs = new Map<OutPort | Shape, Spring>();
  readonly #nodes: readonly BaseNode[];
  readonly #shared: ReadonlySet<Shape>;
  readonly #within: ReadonlySet<BaseNode>;

  readonly #sheet: Pick<Sheet, "outside">;

  constructor(sheet: Pick<Sheet, "graph" | "outside">) {
    const { graph } = sheet;
    this.#graph = graph;
    this.#sheet = sheet;
    this.#nodes = graph.nodes.map(baseOf);
    this.#shared = sharedShapes(graph, this.#nodes);
    this.#within = shownWithin(graph, this.#nodes);
    for (const node of this.#nodes) {
      this.#dealShared(node);
      if (!this.#within.has(node)) this.#deal(node);
    }
  }

  /** The ports of a node, each with the card and the row where it is made or set. */
  springsOf(node: BaseNode): [EnginePort, Spring][] {
    const card = this.ofNode.get(node.name);
    return [...Object.values(node.inputs), ...Object.values(node.outputs)].flatMap((port) => {
      const known = port.side === "out" ? this.#springs.get(port) : springFeeding(this.#graph, port, this.#springs);
      const row = card && rowsOf(card).find((one) => one.port === port);
      const spring = known ?? (card && row && { card, row });
      return spring ? [[port, spring] as [EnginePort, Spring]] : [];
    });
  }

  #dealShared(node: BaseNode): void {
    for (const input of Object.values(node.inputs)) {
      const shape = shapeFeeding(this.#graph, input);
      if (!shape || !this.#shared.has(shape) || this.#springs.has(shape)) continue;
      const card = this.#enter(this.#sharedCard(shape, input));
      this.#springs.set(shape, { card, row: card.outputs[0] as Row });
    }
  }

  #deal(node: BaseNode): void {
    const graph = this.#graph;
    const inputs = node.runnable
      ? Object.values(node.inputs).map((input) => {
          const row = this.#fed(input, inputRow(graph, input, this.#springs));
          return node.answer ? askedAbout(row) : row;
        })
      : [];
    const card = this.#enter({
      id: node.name,
      name: node.name,
      kind: node.kind,
      about: aboutOf(node),
      page: pageOf(node),
      node: node.runnable ? node : undefined,
      trigger: node.runnable ? graph.triggerOf(node) : "auto",
      inputs,
      outputs: node.runnable ? outputRows(node) : this.#holding(node),
      variants: node.kind === "choice" ? node.above.map((variant) => this.#variant(variant)) : [],
    });
    Object.values(node.outputs).forEach((output, i) => {
      this.#springs.set(output, { card, row: card.outputs[i] as Row });
    });
    for (const one of [node, ...node.above.filter((variant) => this.#within.has(variant))]) {
      this.ofNode.set(one.name, card);
      for (const input of Object.values(one.inputs)) this.#join(card, one, input);
    }
    for (const { card: own, node: variant } of card.variants) if (own) joinVariant(own, card, variant);
  }

  #holding(node: BaseNode): readonly Row[] {
    const inputs = Object.values(node.inputs);
    return holdingRows(this.#graph, node).map((row, i) => this.#fed(inputs[i] as InPort, row));
  }

  /** What is fed from outside of this graph is set there. */
  #fed(input: InPort, row: Row): Row {
    if (row.from !== undefined || !this.#sheet.outside(input as unknown as InputPort<unknown>)) return row;
    return { ...row, settable: undefined, from: `${this.#graph.name}.${nameOutside(this.#graph, input)}` };
  }

  #variant(node: BaseNode): Variant {
    if (!this.#within.has(node)) return { node, inputs: [], card: this.ofNode.get(node.name) };
    const inputs = Object.values(node.inputs).map((input) =>
      this.#fed(input, inputRow(this.#graph, input, this.#springs, `${node.name}.${input.name}`)),
    );
    return { node, inputs, card: undefined };
  }

  #enter(card: Omit<Card, "edges" | "above" | "below">): Card {
    const entered = { ...card, edges: [], above: [], below: [] };
    this.byId.set(card.id, entered);
    return entered;
  }

  #join(lower: Card, node: BaseNode, input: InPort): void {
    const spring = springFeeding(this.#graph, input, this.#springs);
    if (!spring) return;
    const toPort = node === lower.node || !lower.node ? input.name : `${node.name}.${input.name}`;
    const to = pathOf(input);
    join(spring, { to, lower, toPort, kind: kindOf(this.#graph, input), node, input: input.name });
  }

  #sharedCard(shape: Shape, first: InPort): Omit<Card, "edges" | "above" | "below"> {
    const name = shape.label ?? inWords(first.name);
    const taken = (id: string) => this.byId.has(id) || this.#nodes.some((node) => node.name === id);
    let id = `component:${name}`;
    for (let n = 2; taken(id); n++) id = `component:${name} ${n}`;
    const outputs = [this.#fed(first, rowOf(first, shape, shape.interactive ? first : undefined))];
    const about = { kind: "input", about: "input", page: undefined, node: undefined, trigger: "auto" } as const;
    return { id, name, ...about, inputs: [], outputs, variants: [] };
  }
}

function aboutOf({ about, kind, above }: BaseNode): string {
  return kind === "choice" ? `choice of ${above.length}` : about;
}

/** Where one reads more of what a remote node calls. */
function pageOf(node: BaseNode): string | undefined {
  const { source, model } = node as { readonly source?: unknown; readonly model?: unknown };
  if (node.kind === "gradio" && typeof source === "string")
    return /^https?:/.test(source) ? source : `https://huggingface.co/spaces/${source}`;
  if (node.kind === "inference" && typeof model === "string")
    return `https://huggingface.co/${model.replace(/:.*/, "")}`;
  return undefined;
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

/** The variants that nothing but their choice has a use for, and that need no card of their own to be answered or opened. */
function shownWithin(graph: Graph, nodes: readonly BaseNode[]): ReadonlySet<BaseNode> {
  const uses = new Map<BaseNode, number>();
  const use = (node: BaseNode) => uses.set(node, (uses.get(node) ?? 0) + 1);
  for (const node of nodes) node.above.forEach(use);
  for (const { from } of graph.edges) use(baseOf(from.node));
  const plain = ({ kind, runnable }: BaseNode) => runnable && !["choice", "interaction", "graph"].includes(kind);
  return new Set(nodes.flatMap((node) => node.above).filter((variant) => plain(variant) && uses.get(variant) === 1));
}

/** A variant with a card of its own is above its choice like any other node. */
function joinVariant(upper: Card, lower: Card, node: BaseNode): void {
  const row = upper.outputs[0];
  if (!row) return;
  const to = `${lower.name}.${node.name}`;
  join({ card: upper, row }, { to, lower, toPort: node.name, kind: "plain", node, input: undefined });
}

function join(
  { card: upper, row: { port, name } }: Spring,
  end: Pick<Edge, "to" | "lower" | "toPort" | "kind" | "node" | "input">,
): void {
  const { lower, to } = end;
  const edge = {
    ...end,
    id: `${upper.id}.${name} -> ${to}`,
    from: `${upper.name}.${name}`,
    upper,
    fromPort: name,
    port,
  };
  upper.edges.push(edge);
  lower.edges.push(edge);
  if (upper.below.includes(lower)) return;
  upper.below.push(lower);
  lower.above.push(upper);
}

function showing(all: readonly Card[]): ReadonlyMap<EnginePort, readonly Card[]> {
  const cards = new Map<EnginePort, Card[]>();
  for (const one of all) {
    const own = one.variants.flatMap(({ node }) => Object.values(node.outputs).slice(0, 1));
    for (const port of [...rowsOf(one).map((row) => row.port), ...own]) {
      const known = cards.get(port);
      if (!known) cards.set(port, [one]);
      else if (known.at(-1) !== one) known.push(one);
    }
  }
  return cards;
}
