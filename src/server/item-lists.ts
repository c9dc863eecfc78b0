/**
 * Lists that are shown item by item. What travels of a list is how its items stand and, of those chunks that somebody looked
 * at lately, each item; an item is put into words again only when it is another. So what travels, and what it costs,
 * follows what changed and what is looked at, not the length of the list (P3).
 */
import type { Subscription } from "rxjs";
import type { ScatteredPort } from "../engine/port.ts";
import type { Sheet } from "../engine/sheet.ts";
import type { AnySignal } from "../engine/signal.ts";
import { chunkSize, type ItemsView } from "../protocol/port.ts";
import type { State } from "../protocol.ts";
import type { Card, EnginePort, Row } from "./card.ts";
import { type Given, givenBy, type Looked } from "./given.ts";
import { ItemList, type Painted } from "./item-list.ts";
import type { NextId } from "./row-ids.ts";
import type { Stored } from "./value.ts";
import { failureView } from "./words.ts";

/** The lists of a sheet's cards. */
export class ItemLists {
  readonly #lists = new Map<EnginePort, ItemList>();
  readonly #nextId: NextId;
  readonly #subscriptions: readonly Subscription[];

  /** `changed` hears of the card whose items are others. */
  constructor(sheet: Sheet, cards: readonly Card[], nextId: NextId, changed: (card: Card) => void) {
    this.#nextId = nextId;
    this.#subscriptions = cards.flatMap((card) =>
      scatteredPorts(card).map((port) => {
        const list = this.of(port);
        const scattered = port as unknown as ScatteredPort<unknown>;
        return sheet.items$(scattered).subscribe((signals) => {
          list.hold(signals, sheet.itemsOf(scattered));
          changed(card);
        });
      }),
    );
  }

  /** The list of a port, shown or not yet. */
  of(port: EnginePort): ItemList {
    const list = this.#lists.get(port) ?? new ItemList(this.#nextId);
    this.#lists.set(port, list);
    return list;
  }

  /** The items of a scattered port; `shown` is false for a port of which only the states are shown. */
  ofItems(port: EnginePort, look: Looked, shown: boolean, stored: Stored[]): ItemsView {
    const list = this.of(port);
    const counts = noItems();
    for (const { kind } of list.signals) counts[kind]++;
    const failed = counts.failed > 0 ? list.signals.findIndex(({ kind }) => kind === "failed") : -1;
    const chunks = list.chunks(list.signals, list.idAt, (signal) => paintItem(signal, look, shown), stored);
    return { of: list.signals.length, counts, chunks, ...(failed >= 0 && { failed }) };
  }

  /** The rows of a list that is a value: all stand as their list does. */
  ofRows(port: EnginePort, given: Given, state: State, look: Looked, stored: Stored[]): ItemsView {
    const rows: readonly unknown[] = Array.isArray(given.value) ? given.value : [];
    const paint = (value: unknown): Painted => {
      const seen = look({ value, shows: given.shows });
      // Of another signal they are other rows.
      return { of: undefined, view: { state, value: seen.view, shows: given.shows }, stored: seen.stored };
    };
    const list = this.of(port);
    const ids = list.rows.of(rows);
    const chunks = list.chunks(rows, (place) => ids[place] as number, paint, stored);
    return { of: rows.length, counts: { ...noItems(), [state]: rows.length }, chunks, rows: true };
  }

  /** How many items a scattered port has. */
  count(port: EnginePort): number {
    return this.#lists.get(port)?.signals.length ?? 0;
  }

  /** Somebody looks at the list from an item on. */
  look(port: EnginePort, from: number): void {
    this.of(port).look(Math.floor(from / chunkSize));
  }

  close(): void {
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
  }
}

/** The port whose items a row shows: a choice's are those of the variant that is selected. */
export function listedPort({ variants }: Pick<Card, "variants">, row: Row, chosen: number): EnginePort {
  return variants[chosen]?.node.outputs[row.port.name] ?? row.port;
}

function scatteredPorts(card: Card): readonly EnginePort[] {
  const rows = card.outputs.filter(({ listed }) => listed === "items");
  if (card.variants.length === 0) return rows.map(({ port }) => port);
  // A choice has no items of its own, and none as a variant of another.
  const ports = rows.flatMap((row) => card.variants.map((_, i) => listedPort(card, row, i)));
  return ports.filter(({ node }) => node.kind !== "choice");
}

function noItems(): { [S in State]: number } {
  return { empty: 0, stale: 0, pending: 0, ready: 0, failed: 0 };
}

function paintItem(signal: AnySignal, look: Looked, shown: boolean): Painted {
  const given = shown ? givenBy(signal) : undefined;
  const seen = given && given.shows !== "none" ? look(given) : undefined;
  const progress = signal.kind === "pending" ? signal.progress : undefined;
  const view: Painted["view"] = {
    state: signal.kind,
    value: seen?.view ?? null,
    shows: given?.shows ?? "none",
    ...(signal.kind === "ready" && signal.pinned && { pinned: true as const }),
    ...(signal.kind === "failed" && { failure: failureView(signal.failure) }),
    ...(progress && { progress }),
  };
  return { of: signal, view, stored: seen?.stored ?? [] };
}
