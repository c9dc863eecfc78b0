/** Where a person put the cards and what they look at. Told as changes of the view, and kept for who comes later. */
import type { Change } from "../protocol/patch.ts";
import type { Place, View, Viewport } from "../protocol.ts";

export class Arrangement {
  readonly #places = new Map<string, Place>();
  readonly #told: Change[] = [];
  readonly #changed: () => void;
  #viewport: Viewport | null = null;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  place(card: string, place: Place): void {
    this.#places.set(card, place);
    this.#tell({ path: ["places", card], value: { ...place } });
  }

  /** Forgets every place. */
  tidy(): void {
    this.#places.clear();
    this.#tell({ path: ["places"], value: {} });
  }

  look(viewport: Viewport): void {
    this.#viewport = viewport;
    this.#tell({ path: ["viewport"], value: { ...viewport } });
  }

  /** What changed since it was asked last. */
  changes(): Change[] {
    return this.#told.splice(0);
  }

  view(): Pick<View, "places" | "viewport"> {
    return { places: Object.fromEntries(this.#places), viewport: this.#viewport };
  }

  #tell(change: Change): void {
    this.#told.push(change);
    this.#changed();
  }
}
