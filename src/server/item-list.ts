/**
 * One list that is shown item by item: which chunks of it travel, and the id that each item is known by while it moves. An
 * item is put into words again only when it is another (P3).
 */
import type { AnySignal } from "../engine/signal.ts";
import { chunkSize, type ItemsView, type ItemView } from "../protocol/port.ts";
import { type NextId, RowIds } from "./row-ids.ts";
import type { Stored } from "./value.ts";

/** Chunks of one list that are kept true beside the first: those looked at longest ago are let go. */
const chunksKept = 8;

/** An item as it was painted. */
export interface Painted {
  readonly of: unknown;
  readonly view: Omit<ItemView, "id">;
  readonly stored: readonly Stored[];
}

interface PaintedHere extends Painted {
  readonly view: ItemView;
}

export class ItemList {
  /** Those of the rows, where the list is a value. */
  readonly rows: RowIds;
  /** Of a scattered port: its items' signals. */
  signals: readonly AnySignal[] = [];
  /** What stays of an item while it moves. */
  #kept: readonly object[] = [];
  readonly #ids = new WeakMap<object, number>();
  readonly #nextId: NextId;
  /** Looked at, the latest last. */
  readonly #looked = new Set<number>();
  readonly #painted = new Map<number, readonly PaintedHere[]>();

  constructor(nextId: NextId) {
    this.#nextId = nextId;
    this.rows = new RowIds(nextId);
  }

  /** The items of a scattered port as they stand now. */
  hold(signals: readonly AnySignal[], kept: readonly object[]): void {
    this.signals = signals;
    this.#kept = kept;
  }

  /** The id of an item of a scattered port. */
  idAt = (place: number): number => {
    const item = this.#kept[place] ?? this;
    const id = this.#ids.get(item) ?? this.#nextId();
    this.#ids.set(item, id);
    return id;
  };

  /** Where the item stands that has this id; -1 when it is gone. */
  placeOf(id: number): number {
    return this.#kept.findIndex((item) => this.#ids.get(item) === id);
  }

  /** Somebody looks at a chunk. */
  look(chunk: number): void {
    this.#looked.delete(chunk);
    this.#looked.add(chunk);
    const [oldest] = this.#looked;
    if (this.#looked.size > chunksKept && oldest !== undefined) this.#looked.delete(oldest);
  }

  /** The chunks that travel, of these items; `paint` puts one into words. */
  chunks<T>(
    items: readonly T[],
    idAt: (place: number) => number,
    paint: (item: T) => Painted,
    stored: Stored[],
  ): ItemsView["chunks"] {
    const wanted = [...new Set([0, ...this.#looked])].filter((chunk) => chunk * chunkSize < items.length);
    for (const chunk of this.#painted.keys()) if (!wanted.includes(chunk)) this.#painted.delete(chunk);
    const entries = wanted
      .sort((a, b) => a - b)
      .map((chunk) => {
        const before = this.#painted.get(chunk) ?? [];
        const from = chunk * chunkSize;
        const painted = items.slice(from, from + chunkSize).map((item, i) => {
          const [id, known] = [idAt(from + i), before[i]];
          if (known?.of === item && known.view.id === id) return known;
          const now = paint(item);
          return { ...now, view: { id, ...now.view } };
        });
        this.#painted.set(chunk, painted);
        stored.push(...painted.flatMap((item) => item.stored));
        return [String(chunk), painted.map(({ view }) => view)] as const;
      });
    return Object.fromEntries(entries);
  }
}
