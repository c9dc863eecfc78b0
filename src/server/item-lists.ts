/**
 * Lists that are shown item by item. What is known of a list is how its items stand and, of those chunks that somebody looked
 * at lately, each item; an item is put into words again only when its signal is another. So what travels, and what it
 * costs, follows what changed and what is looked at, not the length of the list (P3).
 */
import type { Subscription } from "rxjs";
import type { ScatteredPort } from "../engine/port.ts";
import type { Sheet } from "../engine/sheet.ts";
import type { AnySignal } from "../engine/signal.ts";
import { chunkSize, type ItemsView, type ItemView, type State } from "../protocol.ts";
import type { Card, EnginePort, Row } from "./card.ts";
import { givenBy, type Looked } from "./given.ts";
import type { Stored } from "./value.ts";
import { failureView } from "./words.ts";

/** Chunks of one list that are kept true beside the first: those looked at longest ago are let go. */
const chunksKept = 8;

/** An item as it was painted. */
interface Painted {
  readonly signal: AnySignal;
  readonly view: ItemView;
  readonly stored: readonly Stored[];
}

class ItemList {
  signals: readonly AnySignal[] = [];
  /** Looked at, the latest last. */
  readonly #looked = new Set<number>();
  readonly #painted = new Map<number, readonly Painted[]>();

  /** Somebody looks at a chunk. */
  look(chunk: number): void {
    this.#looked.delete(chunk);
    this.#looked.add(chunk);
    const [oldest] = this.#looked;
    if (this.#looked.size > chunksKept && oldest !== undefined) this.#looked.delete(oldest);
  }

  view(look: Looked, shown: boolean, stored: Stored[]): ItemsView {
    const counts = { empty: 0, stale: 0, pending: 0, ready: 0, failed: 0 } satisfies Record<State, number>;
    for (const { kind } of this.signals) counts[kind]++;
    const of = this.signals.length;
    const wanted = [...new Set([0, ...this.#looked])].filter((chunk) => chunk * chunkSize < of);
    for (const chunk of this.#painted.keys()) if (!wanted.includes(chunk)) this.#painted.delete(chunk);
    const chunks = wanted
      .sort((a, b) => a - b)
      .map((chunk) => {
        const painted = this.#paint(chunk, look, shown);
        stored.push(...painted.flatMap((item) => item.stored));
        return [String(chunk), painted.map(({ view }) => view)] as const;
      });
    const failed = counts.failed > 0 ? this.signals.findIndex(({ kind }) => kind === "failed") : -1;
    return { of, counts, chunks: Object.fromEntries(chunks), ...(failed >= 0 && { failed }) };
  }

  #paint(chunk: number, look: Looked, shown: boolean): readonly Painted[] {
    const before = this.#painted.get(chunk) ?? [];
    const now = this.signals.slice(chunk * chunkSize, (chunk + 1) * chunkSize);
    const painted = now.map((signal, i) => (before[i]?.signal === signal ? before[i] : paint(signal, look, shown)));
    this.#painted.set(chunk, painted);
    return painted;
  }
}

/** The lists of a sheet's cards. */
export class ItemLists {
  readonly #lists = new Map<EnginePort, ItemList>();
  readonly #subscriptions: readonly Subscription[];

  /** `changed` hears of the card whose items are others. */
  constructor(sheet: Sheet, cards: readonly Card[], changed: (card: Card) => void) {
    this.#subscriptions = cards.flatMap((card) =>
      listedPorts(card).map((port) => {
        const list = new ItemList();
        this.#lists.set(port, list);
        return sheet.items$(port as unknown as ScatteredPort<unknown>).subscribe((signals) => {
          list.signals = signals;
          changed(card);
        });
      }),
    );
  }

  /** The items of a port as they are shown; `undefined` when nothing is known of its items. */
  view(port: EnginePort, look: Looked, shown: boolean, stored: Stored[]): ItemsView | undefined {
    return this.#lists.get(port)?.view(look, shown, stored);
  }

  /** The signals of a port's items. */
  signals(port: EnginePort): readonly AnySignal[] | undefined {
    return this.#lists.get(port)?.signals;
  }

  /** Somebody looks at the list from an item on. */
  look(port: EnginePort, from: number): void {
    this.#lists.get(port)?.look(Math.floor(from / chunkSize));
  }

  close(): void {
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
  }
}

/** The port whose items a row shows: a choice's are those of the variant that is selected. */
export function listedPort({ variants }: Card, row: Row, chosen: number): EnginePort {
  return variants[chosen]?.node.outputs[row.port.name] ?? row.port;
}

function listedPorts(card: Card): readonly EnginePort[] {
  const rows = card.outputs.filter(({ listed }) => listed);
  if (card.variants.length === 0) return rows.map(({ port }) => port);
  // A choice has no items of its own, and none as a variant of another.
  const ports = rows.flatMap((row) => card.variants.map((_, i) => listedPort(card, row, i)));
  return ports.filter(({ node }) => node.kind !== "choice");
}

function paint(signal: AnySignal, look: Looked, shown: boolean): Painted {
  const given = shown ? givenBy(signal) : undefined;
  const seen = given && given.shows !== "none" ? look(given) : undefined;
  const progress = signal.kind === "pending" ? signal.progress : undefined;
  const view: ItemView = {
    state: signal.kind,
    value: seen?.view ?? null,
    shows: given?.shows ?? "none",
    ...(signal.kind === "failed" && { failure: failureView(signal.failure) }),
    ...(progress && { progress }),
  };
  return { signal, view, stored: seen?.stored ?? [] };
}
