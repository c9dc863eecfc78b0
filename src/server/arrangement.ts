/** Where a person put the cards and what they look at. Told as changes of the view, and kept for who comes later, beside the sheet where that is kept. */
import type { Change } from "../protocol/patch.ts";
import type { Place, View, Viewport } from "../protocol.ts";

/** Plain JSON that is kept beside a sheet, by name. */
export interface Notes {
  readonly notes: Pick<ReadonlyMap<string, unknown>, "get">;
  note(name: string, value: unknown): void;
  /** True for those of a graph that lives once per item: they are about all of these at once. */
  readonly ofItems?: boolean;
}

/** The notes of the graph inside a card: one graph, wherever it lives once per item. */
export function notesWithin(outer: Notes, card: string, ofItems: boolean): Notes {
  const within = (name: string) => `${name}\u001f${card}`;
  return {
    notes: { get: (name) => outer.notes.get(within(name)) },
    note: (name, value) => outer.note(within(name), value),
    ofItems: ofItems || outer.ofItems === true,
  };
}

export class Arrangement {
  readonly #places = new Map<string, Place>();
  readonly #told: Change[] = [];
  readonly #changed: () => void;
  readonly #notes: Notes | undefined;
  #viewport: Viewport | null = null;

  constructor(changed: () => void, notes?: Notes) {
    this.#changed = changed;
    this.#notes = notes;
    for (const [card, place] of Object.entries(Object(notes?.notes.get("places")) as object))
      if (isPlace(place)) this.#places.set(card, { x: place.x, y: place.y });
    const viewport = notes?.notes.get("viewport");
    if (isPlace(viewport) && (viewport as Viewport).zoom > 0) this.#viewport = viewport as Viewport;
  }

  place(card: string, place: Place): void {
    this.#places.set(card, place);
    this.#notes?.note("places", Object.fromEntries(this.#places));
    this.#tell({ path: ["places", card], value: { ...place } });
  }

  /** Forgets every place. */
  tidy(): void {
    this.#places.clear();
    this.#notes?.note("places", null);
    this.#tell({ path: ["places"], value: {} });
  }

  look(viewport: Viewport): void {
    this.#viewport = viewport;
    this.#notes?.note("viewport", { ...viewport });
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

/** What was kept long ago is not believed. */
function isPlace(value: unknown): value is Place {
  const { x, y } = Object(value) as { readonly x?: unknown; readonly y?: unknown };
  return Number.isFinite(x) && Number.isFinite(y);
}
