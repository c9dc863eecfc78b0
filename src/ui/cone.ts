/** What a card depends on and what depends on it, and how a change came down to it, as read from the edges of a view. */
import type { CauseView, EdgeView } from "../protocol.ts";

export interface Cone {
  readonly cards: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

type Edges = { readonly [id: string]: EdgeView };

/** The cone of a card, up and down, itself included. */
export function coneOf(card: string, edges: Edges): Cone {
  const above = reached(card, edges, "toCard", "fromCard");
  const below = reached(card, edges, "fromCard", "toCard");
  return { cards: new Set([...above.cards, ...below.cards]), edges: new Set([...above.edges, ...below.edges]) };
}

/** A card and all that it depends on, the nearest first. */
export function coneAbove(card: string, edges: Edges): readonly string[] {
  return [...reached(card, edges, "toCard", "fromCard").cards];
}

function reached(card: string, all: Edges, from: "fromCard" | "toCard", to: "fromCard" | "toCard"): Cone {
  const cards = new Set([card]);
  const edges = new Set<string>();
  // What is added on the way is visited too.
  for (const at of cards) {
    for (const [id, edge] of Object.entries(all)) {
      if (edge[from] !== at) continue;
      edges.add(id);
      cards.add(edge[to]);
    }
  }
  return { cards, edges };
}

/** The way that a change took from a port down to a card: over what is not fresh, for fresh edges have brought nothing new. */
export function wayFrom(cause: CauseView, to: string, edges: { readonly [id: string]: EdgeView }): Cone {
  const all = Object.entries(edges);
  const taken = joining(
    cause,
    to,
    all.filter(([, edge]) => edge.state !== "fresh"),
  );
  return taken.edges.size > 0 ? taken : joining(cause, to, all);
}

function joining(
  { card, port }: CauseView,
  to: string,
  edges: readonly (readonly [id: string, edge: EdgeView])[],
): Cone {
  const leaves = edges.some(([, edge]) => edge.fromCard === card && edge.fromPort === port);
  const usable = edges.filter(([, edge]) => !leaves || edge.fromCard !== card || edge.fromPort === port);
  const down = spread(
    card,
    usable.map(([, edge]) => [edge.fromCard, edge.toCard]),
  );
  const up = spread(
    to,
    usable.map(([, edge]) => [edge.toCard, edge.fromCard]),
  );
  const passed = usable.filter(([, edge]) => down.has(edge.fromCard) && up.has(edge.toCard));
  return {
    cards: new Set([card, to, ...passed.flatMap(([, edge]) => [edge.fromCard, edge.toCard])]),
    edges: new Set(passed.map(([id]) => id)),
  };
}

function spread(start: string, steps: readonly (readonly [from: string, to: string])[]): ReadonlySet<string> {
  const reached = new Set([start]);
  for (const at of reached) for (const [from, to] of steps) if (from === at) reached.add(to);
  return reached;
}
