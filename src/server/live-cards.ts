/**
 * The cards of a sheet as they live: what each showed when it was last looked at, what its runs have done, and which of them an
 * event is about. Paints nothing.
 */
import type { RunId, SheetEvent } from "../engine/run.ts";
import type { Sheet } from "../engine/sheet.ts";
import type { CardView, Chip } from "../protocol.ts";
import type { Card, EnginePort } from "./card.ts";
import { CardRuns } from "./card-runs.ts";
import type { LiveCard } from "./card-view.ts";
import type { Cards } from "./cards.ts";

export class LiveCards {
  readonly #sheet: Sheet;
  readonly #cards: Cards;
  readonly #live = new Map<Card, LiveCard>();
  readonly #rank = new Map<Card, number>();
  readonly #cardOfRun = new Map<RunId, LiveCard>();
  /** Runs that began in this very turn. */
  readonly #young = new Set<RunId>();

  constructor(sheet: Sheet, cards: Cards) {
    this.#sheet = sheet;
    this.#cards = cards;
    cards.all.forEach((card, i) => {
      this.#rank.set(card, i);
      // Not looked at yet: every look finds that everything changed.
      const view = { chips: [] as readonly Chip[] } as CardView;
      const before = card.node?.depth === 0 ? sheet.shown(card.node as never)?.run : undefined;
      const runs = new CardRuns(before);
      this.#live.set(card, { card, runs, view, run: undefined, waitsFor: [], plan: [], since: 0 });
    });
  }

  get all(): Iterable<LiveCard> {
    return this.#live.values();
  }

  of(card: Card): LiveCard {
    const live = this.#live.get(card);
    if (!live) throw new Error(`'${card.name}' is no card of this sheet.`);
    return live;
  }

  /** Each after those above it. */
  inOrder(cards: Iterable<Card>): readonly Card[] {
    return [...cards].sort((a, b) => (this.#rank.get(a) ?? 0) - (this.#rank.get(b) ?? 0));
  }

  /** Takes down what an event says of runs; gives the cards that have to be looked at again. */
  hear(event: SheetEvent): Iterable<Card> {
    switch (event.kind) {
      case "signal":
        return this.#cards.showing.get(event.port as unknown as EnginePort) ?? [];
      case "run-started": {
        const live = this.#named(this.#sheet.nodeOf(event.run));
        if (!live) return [];
        live.runs.started(event.run);
        this.#cardOfRun.set(event.run.id, live);
        this.#young.add(event.run.id);
        queueMicrotask(() => this.#young.delete(event.run.id));
        return [live.card];
      }
      case "run-progress":
        return this.#told(event.run, ({ runs }) => runs.progressed(event.progress));
      case "run-log":
        return this.#told(event.run, ({ runs }) => runs.said(event.line));
      case "run-ended": {
        const live = this.#named(this.#sheet.nodeOf(event.run));
        this.#cardOfRun.delete(event.run.id);
        live?.runs.ended(event.run, this.#young.has(event.run.id));
        return live ? [live.card] : [];
      }
      case "still-ending": {
        const live = this.#named(event.step.name);
        if (live) live.runs.ending = event.runs;
        return live ? [live.card] : [];
      }
      case "waiting":
      case "settled":
        return [];
      default:
        return event satisfies never;
    }
  }

  #named(node: string | undefined): LiveCard | undefined {
    const card = node === undefined ? undefined : this.#cards.ofNode.get(node);
    return card && this.#live.get(card);
  }

  #told(run: RunId, what: (live: LiveCard) => void): Iterable<Card> {
    const live = this.#cardOfRun.get(run);
    if (!live) return [];
    what(live);
    return [live.card];
  }
}
