/**
 * A sheet's view, kept true by work that follows what changed: events name the cards to look at again, a card whose state
 * became another word sends its cone after them, and what differs becomes the changes of the next revision. What nothing
 * touched is never looked at (P3, and W9 for the screen).
 */
import type { Subscription } from "rxjs";
import type { Sheet } from "../engine/sheet.ts";
import { type Change, diff } from "../protocol/patch.ts";
import type { EdgeView, Json, View } from "../protocol.ts";
import { Arrangement, type Notes, notesWithin } from "./arrangement.ts";
import type { Card, Edge, EnginePort, Row } from "./card.ts";
import { CardPainter } from "./card-view.ts";
import { type Cards, cardsOf } from "./cards.ts";
import type { Clock } from "./clock.ts";
import { Facts } from "./facts.ts";
import type { Files } from "./files.ts";
import { Insides, openedAs } from "./insides.ts";
import type { ItemList } from "./item-list.ts";
import { ItemLists, listedPort } from "./item-lists.ts";
import { LiveCards } from "./live-cards.ts";
import { Plans } from "./plans.ts";
import { idsFrom } from "./row-ids.ts";
import { StaleSince } from "./stale-since.ts";

export class LiveView {
  readonly cards: Cards;
  readonly arrangement: Arrangement;
  readonly sheet: Sheet;
  readonly #id: string;
  /** What there is to say of the sheet as a whole. */
  readonly facts: Facts;
  readonly #files: Files;
  readonly #clock: Clock;
  readonly #notes: Notes | undefined;
  readonly #painter: CardPainter;
  readonly #lists: ItemLists;
  readonly #live: LiveCards;
  readonly #plans: Plans;
  readonly #staleSince: StaleSince;
  readonly #edges = new Map<Edge, EdgeView>();
  readonly #dirty = new Set<Card>();
  readonly #insides: Insides;
  readonly #subscription: Subscription;
  #due: readonly string[] = [];
  /** Called when there is something to look at. */
  onDirty: () => void = () => undefined;

  /** `notes`: where the arrangement is kept, if it is. */
  constructor(
    sheet: Sheet,
    { id, name }: { readonly id: string; readonly name: string },
    files: Files,
    clock: Clock,
    notes?: Notes,
  ) {
    this.sheet = sheet;
    this.#id = id;
    this.facts = new Facts({ id, name }, () => this.onDirty());
    this.arrangement = new Arrangement(() => this.onDirty(), notes);
    this.#files = files;
    this.#clock = clock;
    this.#notes = notes;
    this.#staleSince = new StaleSince(notes?.ofItems ? undefined : notes);
    this.cards = cardsOf(sheet);
    this.#insides = new Insides({
      enter: (card, item) => this.#enter(card, item),
      placeOf: (card, item) => this.placeOf(card, item),
      changed: () => this.onDirty(),
    });
    this.#lists = new ItemLists(sheet, this.cards.all, idsFrom(clock), (card) => this.#touch(card));
    this.#painter = new CardPainter(sheet, this.cards, this.#lists);
    this.#live = new LiveCards(sheet, this.cards);
    this.#plans = new Plans(sheet, this.cards, this.#live);
    for (const card of this.cards.all) this.#dirty.add(card);
    this.#subscription = sheet.events$.subscribe((event) => {
      for (const card of this.#live.hear(event)) this.#touch(card);
    });
    this.changes();
  }

  /** What changed since the last look. */
  changes(): readonly Change[] {
    const changes: Change[] = [...this.facts.changes(), ...this.arrangement.changes(), ...this.#insides.changes()];
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
      graph: this.sheet.graph.name,
      ...this.facts.view(),
      order: this.cards.all.map((card) => card.id),
      cards: record([...this.#live.all].map(({ card, view }) => [card.id, view])),
      edges: record([...this.#edges].map(([edge, view]) => [edge.id, view])),
      ...this.arrangement.view(),
      due: this.#due,
      insides: this.#insides.view(),
    };
  }

  /** Somebody looks into the graph of a card, or of one of its items, by its id; `undefined` when there is none. */
  open(card: Card, item?: number): LiveView | undefined {
    return this.#insides.open(card, item);
  }

  /** Somebody looks at a list of a card, from an item on. */
  lookAtItems(card: Card, row: Row, from: number): void {
    this.#lists.look(this.listed(card, row), from);
    this.#touch(card);
  }

  /** The port whose items a row shows now. */
  listed(card: Card, row: Row): EnginePort {
    const chosen = card.variants.length > 0 ? this.sheet.chosen(card.node as never) : -1;
    return listedPort(card, row, chosen);
  }

  /** The list that a row shows item by item. */
  list(card: Card, row: Row): ItemList {
    return this.#lists.of(this.listed(card, row));
  }

  /** Where the item of a scattered card that has this id stands now; -1 when it is gone. */
  placeOf(card: Card, id: number): number {
    const lists = card.outputs.flatMap((row) => (row.listed === "items" ? [this.list(card, row)] : []));
    return Math.max(-1, ...lists.map((list) => list.placeOf(id)));
  }

  /** The number of the question that a person is asked at a card; `undefined` while nobody is asked. */
  questionOf(card: Card): number | undefined {
    const live = this.#live.of(card);
    const asks = card.node?.answer !== undefined && this.#painter.state(live) === "pending";
    return asks ? live.runs.count : undefined;
  }

  /** Looks at every card again: what an old run brings back is not all said by events. */
  lookAgain(): void {
    for (const card of this.cards.all) this.#dirty.add(card);
    this.onDirty();
  }

  close(): void {
    this.#insides.close();
    this.#subscription.unsubscribe();
    this.#lists.close();
    for (const card of this.cards.all) this.#files.hold(this.#holder(card), []);
  }

  #holder({ id }: Card): string {
    return `${this.#id} ${id}`;
  }

  #enter(card: Card, item: number | undefined): LiveView | undefined {
    const place = item === undefined ? undefined : this.placeOf(card, item);
    const inside = card.node && this.sheet.inside(card.node as never, place);
    const id = `${this.#id} ${openedAs(card.id, item)}`;
    const notes = this.#notes && notesWithin(this.#notes, card.id, item !== undefined);
    return inside && new LiveView(inside, { id, name: card.name }, this.#files, this.#clock, notes);
  }

  #touch(card: Card): void {
    this.#dirty.add(card);
    this.onDirty();
  }

  /** The cards to look at, each after those above it; in `rippled` those whose plan and waiting may have changed. */
  #spread(): { readonly cards: readonly Card[]; readonly rippled: ReadonlySet<Card> } {
    const rippled = new Set<Card>();
    for (const card of this.#dirty) {
      const live = this.#live.of(card);
      const state = this.#painter.state(live);
      // Beneath a pin a node goes on as ever, and only its plan tells.
      if (state !== live.view.state || live.view.chips.includes("pinned") || this.#painter.pinned(card))
        rippled.add(card);
    }
    for (const card of rippled) for (const below of card.below) rippled.add(below);
    const cards = new Set([...this.#dirty, ...rippled]);
    this.#dirty.clear();
    return { cards: this.#live.inOrder(cards), rippled };
  }

  #look(card: Card, rippled: ReadonlySet<Card>, changes: Change[]): void {
    const live = this.#live.of(card);
    const state = this.#painter.state(live);
    if (state !== live.view.state) {
      const now = Math.round(this.#clock.now());
      const known = live.view.state === undefined ? this.#staleSince.known(card.id) : undefined;
      live.since = state === "stale" && known !== undefined ? Math.min(known, now) : now;
    }
    if (rippled.has(card)) {
      live.waitsFor = this.#plans.waitsFor(card);
      live.plan = card.node ? this.#plans.of(card.node, state) : [];
    }
    const { view, stored } = this.#painter.paint(live, state);
    this.#files.hold(this.#holder(card), stored);
    for (const { path, ...rest } of diff(live.view as unknown as Json, view as unknown as Json)) {
      changes.push({ path: ["cards", card.id, ...path], ...rest });
    }
    live.view = view;
    this.#staleSince.looked(card.id, view, live.since);
  }

  #lookAtEdge(edge: Edge, changes: Change[]): void {
    const view = this.#painter.edge(edge, this.#live.of(edge.lower));
    const before = this.#edges.get(edge);
    if (before?.state === view.state) return;
    this.#edges.set(edge, view);
    changes.push({ path: ["edges", edge.id, "state"], value: view.state });
  }

  #lookAtDue(changes: Change[]): void {
    const due = this.#plans.ofAll();
    if (JSON.stringify(due) === JSON.stringify(this.#due)) return;
    this.#due = due;
    changes.push({ path: ["due"], value: due });
  }
}

/** A plain record whatever its keys are named, "__proto__" too. */
function record<V>(entries: readonly (readonly [string, V])[]): { readonly [id: string]: V } {
  return Object.fromEntries(entries);
}
