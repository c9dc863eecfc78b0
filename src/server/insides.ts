/** The graphs inside a sheet's graph that somebody looked into: each a view of its own within the sheet's. Those looked at longest ago are let go. */
import type { Change } from "../protocol/patch.ts";
import type { Json, View } from "../protocol.ts";
import type { Card } from "./card.ts";
import type { LiveView } from "./live-view.ts";

/** Insides of one graph that are kept true. */
const kept = 8;

export interface Doors {
  /** The graph inside a card, or inside the item of it that has this id. */
  enter(card: Card, item: number | undefined): LiveView | undefined;
  /** Where that item stands now. */
  placeOf(card: Card, item: number): number;
  changed(): void;
}

/** What was opened, and where it was said to stand. */
interface Inside {
  readonly live: LiveView;
  readonly place: () => number | undefined;
  told: number | undefined;
}

/** The name that an inside is opened under: it stays while the item moves. */
export function openedAs(card: string, item: number | undefined): string {
  return item === undefined ? card : `${card}[${item}]`;
}

export class Insides {
  /** Looked at, the latest last. */
  readonly #open = new Map<string, Inside>();
  readonly #told: Change[] = [];
  readonly #doors: Doors;

  constructor(doors: Doors) {
    this.#doors = doors;
  }

  open(card: Card, item: number | undefined): LiveView | undefined {
    const name = openedAs(card.id, item);
    const before = this.#open.get(name);
    const known = before?.live.sheet.current ? before : undefined;
    if (before && !known) this.#shut(name);
    const inside = known ?? this.#enter(card, item);
    if (!inside) return undefined;
    const { live } = inside;
    this.#open.delete(name);
    this.#open.set(name, inside);
    if (known) return live;
    live.onDirty = () => this.#doors.changed();
    this.#tell({ path: ["insides", name], value: viewOf(inside) as unknown as Json });
    const [oldest] = this.#open.keys();
    if (this.#open.size > kept && oldest !== undefined) this.#shut(oldest);
    return live;
  }

  changes(): readonly Change[] {
    for (const [name, { live }] of this.#open) if (!live.sheet.current) this.#shut(name);
    for (const [name, inside] of this.#open) this.#follow(name, inside);
    const inside = [...this.#open].flatMap(([name, { live }]) =>
      live.changes().map(({ path, ...rest }) => ({ path: ["insides", name, ...path], ...rest })),
    );
    return [...this.#told.splice(0), ...inside];
  }

  view(): View["insides"] {
    return Object.fromEntries([...this.#open].map(([name, inside]) => [name, viewOf(inside)]));
  }

  close(): void {
    for (const { live } of this.#open.values()) live.close();
  }

  #enter(card: Card, item: number | undefined): Inside | undefined {
    const live = this.#doors.enter(card, item);
    const place = () => (item === undefined ? undefined : this.#doors.placeOf(card, item));
    return live && { live, place, told: place() };
  }

  /** Its item may stand elsewhere now. */
  #follow(name: string, inside: Inside): void {
    const place = inside.place();
    if (place === undefined || place === inside.told) return;
    inside.told = place;
    this.#told.push({ path: ["insides", name, "item"], value: place });
  }

  #shut(name: string): void {
    this.#open.get(name)?.live.close();
    this.#open.delete(name);
    this.#tell({ path: ["insides", name] });
  }

  #tell(change: Change): void {
    this.#told.push(change);
    this.#doors.changed();
  }
}

function viewOf({ live, told }: Inside): View {
  return { ...live.view(), ...(told !== undefined && { item: told }) };
}
