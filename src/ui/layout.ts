/**
 * What is asked of the layouter and what it answers: a graph in ELK's form made from measured cards, every port fixed
 * where its dot really is. Pure; `elk.ts` runs it. `columns` is the layout that needs no layouter.
 */
import type { ElkNode } from "elkjs/lib/elk-api.js";
import type { PortView } from "../protocol/port.ts";
import type { EdgeView } from "../protocol.ts";
import type { Point, Size } from "./geometry.ts";

/** A card as the browser measured it; ports by `portKey`, their dots' heights from the card's top. */
export interface Measure extends Size {
  readonly ports: ReadonlyMap<string, number>;
}

/** Names a dot of a card: an input's on the left, an output's on the right. */
export function portKey(side: "in" | "out", port: PortView["name"]): string {
  return `${side} ${port}`;
}

type Edges = { readonly [id: string]: EdgeView };

/** How cards are placed within their columns: along straight edges, or as close together as they go. */
export type Placement = "straight" | "close";

/** The graph in ELK's form. Cards that are not measured, and edges to ports without a dot, are left out. */
export function layoutInput(
  order: readonly string[],
  measures: ReadonlyMap<string, Measure>,
  edges: Edges,
  placement: Placement,
): ElkNode {
  const cards = order.filter((id) => measures.has(id));
  const port = (card: string, key: string) => (measures.get(card)?.ports.has(key) ? `${card} ${key}` : undefined);
  return {
    id: "sheet",
    layoutOptions: options(cards.length, placement),
    children: cards.map((id) => {
      const { width, height, ports } = measures.get(id)!;
      return {
        id,
        width,
        height,
        layoutOptions: { "elk.portConstraints": "FIXED_POS" },
        ports: [...ports].map(([key, y]) => ({
          id: `${id} ${key}`,
          x: key.startsWith("in") ? 0 : width,
          y,
          width: 0,
          height: 0,
          layoutOptions: { "elk.port.side": key.startsWith("in") ? "WEST" : "EAST" },
        })),
      };
    }),
    edges: Object.entries(edges).flatMap(([id, edge]) => {
      const from = port(edge.fromCard, portKey("out", edge.fromPort));
      const to = port(edge.toCard, portKey("in", edge.toPort));
      return from && to ? [{ id, sources: [from], targets: [to] }] : [];
    }),
  };
}

/** Up to this many cards both placements are tried: it costs well under a second. */
export const small = 100;
/** Beyond this many, keeping to the order in which nodes were declared costs more than all the rest. */
const large = 300;

// Network simplex draws best and is affordable for small graphs. Beyond, straight edges of two hundred cards made a drawing
// eight times as high, and took twice as long.
function options(cards: number, placement: Placement): { readonly [option: string]: string } {
  return {
    "elk.algorithm": "layered",
    "elk.direction": "RIGHT",
    // Parts that nothing joins are laid beside each other as far as a screen is wide.
    "elk.aspectRatio": "2.2",
    // Room for a status line to come and go without pushing the card below.
    "elk.spacing.nodeNode": "60",
    "elk.spacing.edgeNode": "28",
    "elk.layered.spacing.nodeNodeBetweenLayers": "64",
    "elk.layered.spacing.edgeNodeBetweenLayers": "20",
    "elk.layered.considerModelOrder.strategy": cards <= large ? "NODES_AND_EDGES" : "NONE",
    "elk.layered.nodePlacement.strategy": placement === "close" ? "SIMPLE" : "NETWORK_SIMPLEX",
    ...(cards > small ? { "elk.layered.thoroughness": "1" } : {}),
  };
}

/**
 * The better of two drawings: the one with straight edges, unless it spreads so far that everything must be shown
 * noticeably smaller, or leaves a quarter of the ground empty that the other does not need.
 */
export function better(straight: ElkNode, close: ElkNode): ElkNode {
  const spread = ({ width = 0, height = 0 }: ElkNode) => Math.max(width / 16, height / 9);
  const ground = ({ width = 0, height = 0 }: ElkNode) => width * height;
  return spread(straight) <= spread(close) * 1.12 && ground(straight) <= ground(close) * 1.33 ? straight : close;
}

/** Where the layouter put the cards. */
export function placesOf(answer: ElkNode): ReadonlyMap<string, Point> {
  return new Map((answer.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x: Math.round(x), y: Math.round(y) }]));
}

/** A plain layout: each card in the column of its depth, one under the other. `order` lists cards after what they need. */
export function columns(
  order: readonly string[],
  measures: ReadonlyMap<string, Size>,
  edges: Edges,
): ReadonlyMap<string, Point> {
  const depths = new Map<string, number>();
  for (const id of order) {
    const above = Object.values(edges).filter((edge) => edge.toCard === id && depths.has(edge.fromCard));
    depths.set(id, Math.max(-1, ...above.map((edge) => depths.get(edge.fromCard)!)) + 1);
  }
  const next = new Map<number, number>();
  const places = new Map<string, Point>();
  for (const id of order) {
    const depth = depths.get(id)!;
    const y = next.get(depth) ?? 0;
    places.set(id, { x: depth * 376, y });
    next.set(depth, y + (measures.get(id)?.height ?? 120) + 40);
  }
  return places;
}
