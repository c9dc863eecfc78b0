/** What buttons would run, and whom a stale card waits for: nodes by the names of the cards that show them, a variant as its choice. */
import type { BaseNode } from "../engine/base-node.ts";
import type { Sheet } from "../engine/sheet.ts";
import type { State } from "../protocol.ts";
import type { Card } from "./card.ts";
import type { Cards } from "./cards.ts";
import type { LiveCards } from "./live-cards.ts";

export class Plans {
  readonly #sheet: Sheet;
  readonly #cards: Pick<Cards, "ofNode">;
  readonly #live: Pick<LiveCards, "of">;

  constructor(sheet: Sheet, cards: Pick<Cards, "ofNode">, live: Pick<LiveCards, "of">) {
    this.#sheet = sheet;
    this.#cards = cards;
    this.#live = live;
  }

  /** What running to a node would run. Above a ready one all is ready; below an empty input nothing can run. */
  of(node: BaseNode, state: State): readonly string[] {
    if (state === "ready") return [node.name];
    if (state === "empty") return [];
    return this.#named(this.#sheet.plan(node as never));
  }

  /** What running all that is not ready would run. */
  ofAll(): readonly string[] {
    return this.#named(this.#sheet.plan());
  }

  /** The nodes under way above: the nearest are known already, for cards are looked at from above. */
  waitsFor(card: Card): readonly string[] {
    const names = card.above.flatMap((above) => {
      const { view, waitsFor } = this.#live.of(above);
      if (view.state === "pending") return [above.name];
      return view.state === "stale" ? waitsFor : [];
    });
    return [...new Set(names)];
  }

  #named(nodes: readonly { readonly name: string }[]): readonly string[] {
    return [...new Set(nodes.map(({ name }) => this.#cards.ofNode.get(name)?.name ?? name))];
  }
}
