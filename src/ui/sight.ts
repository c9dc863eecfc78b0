/** What comes into sight on the canvas: where one goes, what one asks for, and what gets the focus. It moves the view as little as possible. */
import type { CauseView } from "../protocol.ts";
import type { Card } from "./card.ts";
import type { PanZoom } from "./pan-zoom.ts";

export interface SightWorld {
  cards(): readonly Card[];
  /** None before the first painting. */
  pan(): Pick<PanZoom, "bringIntoSight"> | undefined;
}

export class Sight {
  readonly #world: SightWorld;
  /** The card that one is on the way to. */
  goal: string | null = null;

  constructor(world: SightWorld) {
    this.#world = world;
  }

  /** The cards have their places: one who is on the way to one arrives there. */
  arrive(): void {
    if (this.goal === null) return;
    const card = this.#card(this.goal);
    this.goal = null;
    if (!card) return;
    card.arrive();
    this.#bring(card);
  }

  /** What opens beside the canvas leaves it less room: the card that it is about stays in sight. */
  keep(id: string): void {
    requestAnimationFrame(() => this.#bring(this.#card(id)?.renderRoot.querySelector<HTMLElement>(".head")));
  }

  /** The row of a port, to be edited there. */
  show({ card, port }: CauseView): void {
    this.#bring(this.#card(card)?.reach(port));
  }

  /** What gets the focus by the keyboard. */
  follow(target: HTMLElement): void {
    if (target.matches(":focus-visible")) this.#bring(target);
  }

  #card(id: string): Card | undefined {
    return this.#world.cards().find((card) => card.id === id);
  }

  #bring(target: HTMLElement | null | undefined): void {
    if (target) this.#world.pan()?.bringIntoSight(target);
  }
}
