/** What a card depends on and what depends on it, as read from the edges of a view. */
import type { EdgeView } from "../protocol.ts";

export interface Cone {
  readonly cards: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/** The cone of a card, up and down, itself included. */
export function coneOf(card: string, edges: { readonly [id: string]: EdgeView }): Cone {
  const all = Object.entries(edges);
  const cards = new Set([card]);
  const passed = new Set<string>();
  walk(card, (at) => all.filter(([, edge]) => edge.toCard === at).map(([id, edge]) => [id, edge.fromCard]));
  walk(card, (at) => all.filter(([, edge]) => edge.fromCard === at).map(([id, edge]) => [id, edge.toCard]));
  return { cards, edges: passed };

  function walk(start: string, next: (at: string) => readonly (readonly [edge: string, card: string])[]): void {
    const visited = new Set([start]);
    const due = [start];
    for (let at = due.pop(); at !== undefined; at = due.pop()) {
      for (const [edge, to] of next(at)) {
        passed.add(edge);
        cards.add(to);
        if (!visited.has(to)) due.push(to);
        visited.add(to);
      }
    }
  }
}
