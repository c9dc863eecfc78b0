/** What a person points at, and what that lights: a card its cone, a reason the way from what changed first. */
import type { CauseView, View } from "../protocol.ts";
import { type Cone, coneOf, wayFrom } from "./cone.ts";

/** The question why a card is stale. */
export interface Why {
  readonly card: string;
  readonly cause: CauseView;
}

export class Spotlight {
  readonly #changed: () => void;
  #hovered: string | null = null;
  #why: Why | null = null;
  #seen: { readonly view: View; readonly hovered: string | null; readonly why: Why | null } | null = null;
  #lit: Cone | null = null;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  hover(card: string | null): void {
    this.#hovered = card;
    this.#changed();
  }

  ask(why: Why | null): void {
    this.#why = why;
    this.#changed();
  }

  /** The port of a card that is pointed out as what changed first. */
  causeAt(card: string): string | null {
    return this.#why?.cause.card === card ? this.#why.cause.port : null;
  }

  /** The cards and edges that stay bright; `null` when all do. */
  lit(view: View): Cone | null {
    const [hovered, why] = [this.#hovered, this.#why];
    if (this.#seen?.view === view && this.#seen.hovered === hovered && this.#seen.why === why) return this.#lit;
    this.#seen = { view, hovered, why };
    if (why && view.cards[why.card]) this.#lit = wayFrom(why.cause, why.card, view.edges);
    else this.#lit = hovered !== null && view.cards[hovered] ? coneOf(hovered, view.edges) : null;
    return this.#lit;
  }
}
