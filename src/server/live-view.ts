/**
 * A sheet's view, kept true by work that follows what changed: events name the cards to look at again, a card whose state
 * became another word sends its cone after them, and what differs becomes the changes of the next revision. What nothing
 * touched is never looked at (P3, and W9 for the screen).
 */
import type { Subscription } from "rxjs";
import type { BaseNode } from "../engine/node.ts";
import type { RunId, SheetEvent } from "../engine/run.ts";
import type { Sheet } from "../engine/sheet.ts";
import { diff } from "../protocol/patch.ts";
import type { CardView, Change, Chip, EdgeView, Json, Place, State, View, Viewport } from "../protocol.ts";
import { CardRuns } from "./card-runs.ts";
import { CardPainter, type LiveCard } from "./card-view.ts";
import { type Card, type Cards, cardsOf, type Edge, type EnginePort } from "./cards.ts";
import type { Clock } from "./clock.ts";
import type { Files } from "./files.ts";

export class LiveView {
  readonly cards: Cards;
  readonly #sheet: Sheet;
  readonly #names: { readonly id: string; readonly name: string };
  readonly #files: Files;
  readonly #clock: Clock;
  readonly #painter: CardPainter;
  readonly #live = new Map<Card, LiveCard>();
  readonly #rank = new Map<Card, number>();
  readonly #edges = new Map<Edge, EdgeView>();
  readonly #cardOfRun = new Map<RunId, LiveCard>();
  /** Runs that began in this very turn. */
  readonly #young = new Set<RunId>();
  readonly #dirty = new Set<Card>();
  readonly #placed = new Map<string, Place>();
  readonly #asked: Change[] = [];
  readonly #subscription: Subscription;
  #viewport: Viewport | null = null;
  #due: readonly string[] = [];
  /** Called when there is something to look at. */
  onDirty: () => void = () => undefined;

  constructor(sheet: Sheet, names: { readonly id: string; readonly name: string }, files: Files, clock: Clock) {
    this.#sheet = sheet;
    this.#names = names;
    this.#files = files;
    this.#clock = clock;
    this.cards = cardsOf(sheet.graph);
    this.#painter = new CardPainter(sheet, this.cards);
    this.cards.all.forEach((card, i) => {
      this.#rank.set(card, i);
      // Not looked at yet: every look finds that everything changed.
      const view = { chips: [] as readonly Chip[] } as CardView;
      this.#live.set(card, { card, runs: new CardRuns(), view, run: undefined, waitsFor: [], plan: [], since: 0 });
      this.#dirty.add(card);
    });
    this.#subscription = sheet.events$.subscribe((event) => this.#hear(event));
    this.changes();
  }

  /** What changed since the last look. */
  changes(): readonly Change[] {
    const changes: Change[] = this.#asked.splice(0);
    if (this.#dirty.size === 0) return changes;
    const { cards, rippled } = this.#spread();
    for (const card of cards) this.#look(card, rippled, changes);
    for (const edge of new Set(cards.flatMap((card) => card.edges))) this.#lookAtEdge(edge, changes);
    if (rippled.size > 0) this.#lookAtDue(changes);
    return changes;
  }

  /** The whole view as of the last look. */
  view(): View {
    return {
      graph: this.#sheet.graph.name,
      sheet: this.#names,
      saved: true,
      order: this.cards.all.map((card) => card.id),
      cards: record([...this.#live.values()].map(({ card, view }) => [card.id, view])),
      edges: record([...this.#edges].map(([edge, view]) => [edge.id, view])),
      places: record([...this.#placed]),
      viewport: this.#viewport,
      due: this.#due,
    };
  }

  place(card: string, place: Place): void {
    this.#placed.set(card, place);
    this.#ask({ path: ["places", card], value: { ...place } });
  }

  tidy(): void {
    this.#placed.clear();
    this.#ask({ path: ["places"], value: {} });
  }

  look(viewport: Viewport): void {
    this.#viewport = viewport;
    this.#ask({ path: ["viewport"], value: { ...viewport } });
  }

  /** Looks at every card again: what an old run brings back is not all said by events. */
  lookAgain(): void {
    for (const card of this.cards.all) this.#dirty.add(card);
    this.onDirty();
  }

  close(): void {
    this.#subscription.unsubscribe();
  }

  #ask(change: Change): void {
    this.#asked.push(change);
    this.onDirty();
  }

  #hear(event: SheetEvent): void {
    switch (event.kind) {
      case "signal":
        for (const card of this.cards.showing.get(event.port as unknown as EnginePort) ?? []) this.#touch(card);
        return;
      case "run-started": {
        const live = this.#liveNamed(event.run.node);
        if (!live) return;
        live.runs.started(event.run);
        this.#cardOfRun.set(event.run.id, live);
        this.#young.add(event.run.id);
        queueMicrotask(() => this.#young.delete(event.run.id));
        return this.#touch(live.card);
      }
      case "run-progress":
        return this.#tell(event.run, ({ runs }) => runs.progressed(event.progress));
      case "run-log":
        return this.#tell(event.run, ({ runs }) => runs.said(event.line));
      case "run-ended": {
        const live = this.#liveNamed(event.run.node);
        this.#cardOfRun.delete(event.run.id);
        live?.runs.ended(event.run, this.#young.has(event.run.id));
        return live && this.#touch(live.card);
      }
      case "waiting":
      case "still-ending":
      case "settled":
        return;
      default:
        event satisfies never;
    }
  }

  #liveNamed(node: string): LiveCard | undefined {
    const card = this.cards.ofNode.get(node);
    return card && this.#live.get(card);
  }

  #tell(run: RunId, what: (live: LiveCard) => void): void {
    const live = this.#cardOfRun.get(run);
    if (!live) return;
    what(live);
    this.#touch(live.card);
  }

  #touch(card: Card): void {
    this.#dirty.add(card);
    this.onDirty();
  }

  /** The cards to look at, each after those above it; in `rippled` those whose plan and waiting may have changed. */
  #spread(): { readonly cards: readonly Card[]; readonly rippled: ReadonlySet<Card> } {
    const rippled = new Set<Card>();
    for (const card of this.#dirty) {
      const live = this.#live.get(card) as LiveCard;
      const state = this.#painter.state(live);
      // Beneath a pin a node goes on as ever, and only its plan tells.
      if (state !== live.view.state || live.view.chips.includes("pinned")) rippled.add(card);
    }
    for (const card of rippled) for (const below of card.below) rippled.add(below);
    const cards = [...new Set([...this.#dirty, ...rippled])];
    this.#dirty.clear();
    return { cards: cards.sort((a, b) => (this.#rank.get(a) ?? 0) - (this.#rank.get(b) ?? 0)), rippled };
  }

  #look(card: Card, rippled: ReadonlySet<Card>, changes: Change[]): void {
    const live = this.#live.get(card) as LiveCard;
    const state = this.#painter.state(live);
    if (state !== live.view.state) live.since = Math.round(this.#clock.now());
    if (rippled.has(card)) {
      live.waitsFor = this.#waitsFor(card);
      live.plan = card.node ? this.#plan(card.node, state) : [];
    }
    const { view, stored } = this.#painter.paint(live, state);
    this.#files.hold(`${this.#names.id} ${card.id}`, stored);
    for (const { path, ...rest } of diff(live.view as unknown as Json, view as unknown as Json)) {
      changes.push({ path: ["cards", card.id, ...path], ...rest });
    }
    live.view = view;
  }

  /** The nodes under way above: the nearest are known already, for cards are looked at from above. */
  #waitsFor(card: Card): readonly string[] {
    const names = card.above.flatMap((above) => {
      const { view, waitsFor } = this.#live.get(above) as LiveCard;
      if (view.state === "pending") return [above.name];
      return view.state === "stale" ? waitsFor : [];
    });
    return [...new Set(names)];
  }

  /** What running to here would run. Above a ready node all is ready; below an empty input nothing can run. */
  #plan(node: BaseNode, state: State): readonly string[] {
    if (state === "ready") return [node.name];
    if (state === "empty") return [];
    return this.#sheet.plan(node as never).map(({ name }) => name);
  }

  #lookAtEdge(edge: Edge, changes: Change[]): void {
    const view = this.#painter.edge(edge, this.#live.get(edge.lower) as LiveCard);
    const before = this.#edges.get(edge);
    if (before?.state === view.state) return;
    this.#edges.set(edge, view);
    changes.push({ path: ["edges", edge.id, "state"], value: view.state });
  }

  #lookAtDue(changes: Change[]): void {
    const due = this.#sheet.plan().map(({ name }) => name);
    if (JSON.stringify(due) === JSON.stringify(this.#due)) return;
    this.#due = due;
    changes.push({ path: ["due"], value: due });
  }
}

/** A plain record whatever its keys are named, "__proto__" too. */
function record<V>(entries: readonly (readonly [string, V])[]): { readonly [id: string]: V } {
  return Object.fromEntries(entries);
}
