/** Which rows a card shows, from its ports: pure, so that the canvas, the card and the tests agree on it. */
import type { PortView } from "../protocol/port.ts";
import type { CardView, EdgeView } from "../protocol.ts";

/** One row: the port it shows and the dots at its ends. `port` names of the two ends may differ from each other. */
export interface Row {
  readonly port: PortView;
  readonly into: PortView | null;
  readonly out: PortView | null;
  /**
   * A value given by an edge is previewed; others are shown by their component, a list item by item; a hidden port is its
   * name alone. What a person is asked about is shown whole, and what they are asked for is answered in its place; what they wrote stays
   * above it when somebody else answered first.
   */
  readonly as: "preview" | "field" | "items" | "answer" | "name";
}

/** Ports that edges touch, by card: what is hidden but connected still needs its dot. */
export type Connected = ReadonlySet<string>;

export function connections(card: string, edges: { readonly [id: string]: EdgeView }): Connected {
  const keys = Object.values(edges).flatMap((edge) => [
    ...(edge.fromCard === card ? [`out ${edge.fromPort}`] : []),
    ...(edge.toCard === card ? [`in ${edge.toPort}`] : []),
  ]);
  return new Set(keys);
}

/** The same for every card of a view, found once: the same edges leave the same ports connected. */
export class Connections {
  #edges: { readonly [id: string]: EdgeView } = {};
  readonly #cards = new Map<string, Connected>();

  of(card: string, edges: { readonly [id: string]: EdgeView }): Connected {
    if (this.#edges !== edges) this.#cards.clear();
    this.#edges = edges;
    const known = this.#cards.get(card) ?? connections(card, edges);
    this.#cards.set(card, known);
    return known;
  }
}

/**
 * The rows of a card, inputs above outputs. On an input card a port is an input and an output at once: one row, edited
 * in the middle, with its dot on the right. `halfSaid`: a person has begun an answer that nobody waits for now; it stays.
 */
export function rows(card: CardView, connected: Connected, halfSaid = false): readonly Row[] {
  const giving = card.kind === "input";
  const asks = card.ask?.asks;
  const inputs = card.inputs.flatMap((port) => {
    const fed = port.from !== undefined || connected.has(`in ${port.name}`);
    const out = giving ? (named(card.outputs, port.name) ?? (connected.has(`out ${port.name}`) ? port : null)) : null;
    if (fed) return [{ port, into: port, out, as: asks === "approval" ? "field" : "preview" } as const];
    return shown(port, giving || !port.component ? null : port, out);
  });
  const outputs = card.outputs
    .filter((port) => !giving || !named(card.inputs, port.name))
    .flatMap((port) => {
      const out = port.component || port.items || connected.has(`out ${port.name}`) ? port : null;
      if (asks) return [{ port, into: null, out, as: "answer" } as const];
      return port.items ? [{ port, into: null, out, as: "items" } as const] : shown(port, null, out);
    });
  const [given] = card.outputs;
  const left = halfSaid && !asks && given ? [{ port: given, into: null, out: null, as: "answer" } as const] : [];
  return [...inputs, ...left, ...outputs];
}

function shown(port: PortView, into: PortView | null, out: PortView | null): readonly Row[] {
  if (port.component) return [{ port, into, out, as: "field" }];
  return out ? [{ port, into, out, as: "name" }] : [];
}

function named(ports: readonly PortView[], name: string): PortView | undefined {
  return ports.find((port) => port.name === name);
}
