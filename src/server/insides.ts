/** The graphs inside a sheet's graph that somebody looked into: each a view of its own within the sheet's. Those looked at longest ago are let go. */
import type { Change } from "../protocol/patch.ts";
import type { Json, View } from "../protocol.ts";
import type { Card } from "./card.ts";
import type { LiveView } from "./live-view.ts";

/** Insides of one graph that are kept true. */
const kept = 8;

type Enter = (card: Card, item: number | undefined) => LiveView | undefined;

/** The name that an inside is opened under. */
export function openedAs(card: string, item: number | undefined): string {
  return item === undefined ? card : `${card}[${item}]`;
}

export class Insides {
  /** Looked at, the latest last. */
  readonly #open = new Map<string, LiveView>();
  readonly #told: Change[] = [];
  readonly #enter: Enter;
  readonly #changed: () => void;

  constructor(enter: Enter, changed: () => void) {
    this.#enter = enter;
    this.#changed = changed;
  }

  open(card: Card, item: number | undefined): LiveView | undefined {
    const name = openedAs(card.id, item);
    const before = this.#open.get(name);
    const known = before?.sheet.current ? before : undefined;
    if (before && !known) this.#shut(name);
    const live = known ?? this.#enter(card, item);
    if (!live) return undefined;
    this.#open.delete(name);
    this.#open.set(name, live);
    if (known) return live;
    live.onDirty = this.#changed;
    this.#tell({ path: ["insides", name], value: live.view() as unknown as Json });
    const [oldest] = this.#open.keys();
    if (this.#open.size > kept && oldest !== undefined) this.#shut(oldest);
    return live;
  }

  changes(): readonly Change[] {
    for (const [name, live] of this.#open) if (!live.sheet.current) this.#shut(name);
    const inside = [...this.#open].flatMap(([name, live]) =>
      live.changes().map(({ path, ...rest }) => ({ path: ["insides", name, ...path], ...rest })),
    );
    return [...this.#told.splice(0), ...inside];
  }

  view(): View["insides"] {
    return Object.fromEntries([...this.#open].map(([name, live]) => [name, live.view()]));
  }

  close(): void {
    for (const live of this.#open.values()) live.close();
  }

  #shut(name: string): void {
    this.#open.get(name)?.close();
    this.#open.delete(name);
    this.#tell({ path: ["insides", name] });
  }

  #tell(change: Change): void {
    this.#told.push(change);
    this.#changed();
  }
}
