/** A card as it is shown, from its signals and from what is known of its runs. Reads, decides nothing, never throws. */

import type { BaseNode } from "../engine/base-node.ts";
import { Shape, shapeOf } from "../engine/component.ts";
import type { Run } from "../engine/run.ts";
import type { Sheet } from "../engine/sheet.ts";
import type { ShownRun } from "../engine/shown-run.ts";
import type { AnySignal } from "../engine/signal.ts";
import { FileRef } from "../nodes/file-ref.ts";
import { PersonStep } from "../nodes/interaction.ts";
import type { AskView, CardView, Chip, EdgeView, HistoryView, State, VariantView } from "../protocol.ts";
import type { Card, Edge, EnginePort, Row } from "./card.ts";
import type { CardRuns } from "./card-runs.ts";
import type { Cards } from "./cards.ts";
import { edgeState, edgeView, usedBy } from "./edge-view.ts";
import { givenBy } from "./given.ts";
import { type ItemLists, listedPort } from "./item-lists.ts";
import { isPinned, PortPainter, type RowNow } from "./port-view.ts";
import { type Around, statusView } from "./status-view.ts";
import type { Stored } from "./value.ts";

/** A card with what is remembered of it between two looks. */
export interface LiveCard {
  readonly card: Card;
  readonly runs: CardRuns;
  view: CardView;
  /** The run that it shows. */
  run: Run | undefined;
  /** Names of the nodes under way that keep it stale. */
  waitsFor: readonly string[];
  plan: readonly string[];
  /** When its state last became another. */
  since: number;
}

export class CardPainter {
  readonly #sheet: Sheet;
  readonly #ports: PortPainter;
  readonly #lists: ItemLists;
  readonly #around: Around;

  constructor(sheet: Sheet, { springs }: Pick<Cards, "springs">, lists: ItemLists) {
    this.#sheet = sheet;
    this.#lists = lists;
    this.#ports = new PortPainter(sheet, lists);
    this.#around = {
      spring: (port) => {
        const spring = springs.get(port as unknown as EnginePort);
        return spring && { ...spring, pinned: isPinned(this.#ports.signal(spring.row)) };
      },
    };
  }

  /** The word for a whole card: its outputs'. */
  state({ card, runs }: Pick<LiveCard, "card" | "runs">): State {
    const signals = card.outputs.map((row) => this.#ports.signal(row));
    if (card.node && signals.length === 0) return this.#stateWithoutOutputs(card, runs);
    if (card.node) return signals[0]?.kind ?? "empty";
    if (signals.some((signal) => signal.kind === "empty")) return "empty";
    return signals.find((signal) => signal.kind !== "ready")?.kind ?? "ready";
  }

  /** The card as it is shown now, and what must be there to be fetched. */
  paint(live: LiveCard, state: State): { readonly view: CardView; readonly stored: readonly Stored[] } {
    const { card, runs } = live;
    const stored: Stored[] = [];
    const chosen = card.variants.length > 0 ? this.#sheet.chosen(card.node as never) : -1;
    const shown = card.node && this.#sheet.shown(card.node as never);
    live.run = shown?.run;
    runs.show(shown?.run.id);
    const [first] = card.outputs;
    const ask = askView(card, state, runs);
    const view: CardView = {
      id: card.id,
      name: card.name,
      kind: card.kind,
      about: this.#about(card, chosen),
      ...(card.page !== undefined && { href: card.page }),
      state,
      status: statusView(live, state, first && this.#ports.signal(first), this.#around),
      runnable: card.node !== undefined,
      trigger: card.trigger,
      // How long a person took is their own affair.
      ...(runs.duration !== undefined && !card.node?.answer && { duration: runs.duration }),
      plan: live.plan,
      inputs: card.inputs.map((row) => this.#ports.paint(row, stored)),
      outputs: card.outputs.map((row) => this.#ports.paint(row, stored, this.#rowNow(card, row, chosen))),
      log: runs.log,
      runs: runs.count,
      ...(shown && shown.of > 1 && { history: historyView(shown) }),
      chips: this.#chips(live),
      ...(ask && { ask }),
      ...(card.node?.graph && { inside: card.node.graph.nodes.length }),
      ...(chosen >= 0 && { variants: card.variants.map((_, i) => this.#variant(card, i, i === chosen, stored)) }),
    };
    return { view, stored };
  }

  edge(edge: Edge, lower: LiveCard): EdgeView {
    const signal = this.#ports.signal(edge);
    const own = edge.node === lower.card.node || lower.card.node === undefined;
    if (!own && !this.#selected(lower.card, edge.node)) return edgeView(edge, "empty");
    const state = own ? lower.view.state : this.#stateOf(edge.node);
    const run = own ? lower.run : this.#sheet.shown(edge.node as never)?.run;
    const used = edge.input === undefined || tookAll(edge.node, lower) || usedBy(run, edge.input, signal);
    const upper = { state: signal.kind, asks: edge.upper.node?.answer !== undefined };
    return edgeView(edge, edgeState(upper, { state, asks: edge.node.answer !== undefined }, used));
  }

  /** A choice shows its outputs as the selected variant does, and what was picked of a list is shown as what it is. */
  #rowNow(card: Card, row: Row, chosen: number): RowNow {
    const listed = listedPort(card, row, chosen);
    const port = card.variants[chosen]?.node.outputs[row.name];
    const shape = port ? port.component && shapeOf(port.component) : row.shape;
    if (card.node instanceof PersonStep && card.node.asks === "pick")
      return { shape: pickedShape(this.#ports.signal(row)), listed };
    return { shape: shape?.visible ? shape : undefined, listed };
  }

  #variant(card: Card, i: number, chosen: boolean, stored: Stored[]): VariantView {
    const { node, inputs, card: own } = card.variants[i] as Card["variants"][number];
    return {
      name: node.name,
      kind: node.kind,
      about: node.about,
      chosen,
      state: this.#stateOf(node),
      inputs: inputs.map((row) => this.#ports.paint(row, stored)),
      ...(own && { card: own.id }),
    };
  }

  #selected(card: Card, node: BaseNode): boolean {
    return card.variants[this.#sheet.chosen(card.node as never)]?.node === node;
  }

  #stateOf({ outputs }: BaseNode): State {
    const [port] = Object.values(outputs);
    return port ? this.#ports.signal({ port }).kind : "empty";
  }

  #about(card: Card, chosen: number): string {
    const { about, node, outputs } = card;
    const [first] = outputs;
    if (!node || node.depth === 0 || !first) return about;
    const items = this.#lists.count(listedPort(card, first, chosen));
    return items > 0 ? `${about} · scattered over ${items}` : `${about} · scattered`;
  }

  /** True while a person's value stands over an output. */
  pinned({ node, outputs }: Card): boolean {
    return node !== undefined && outputs.some((row) => isPinned(this.#ports.signal(row)));
  }

  #chips({ card, runs, run }: LiveCard): readonly Chip[] {
    const chips: readonly (readonly [Chip, boolean])[] = [
      ["remembered", runs.recalled],
      ["pinned", this.pinned(card)],
      ["fallback", run?.fallback === true],
    ];
    return chips.flatMap(([chip, said]) => (said ? [chip] : []));
  }

  /** Nothing says how a node without outputs is, but its runs and what it is given. */
  #stateWithoutOutputs({ node, inputs }: Card, runs: CardRuns): State {
    if (runs.running) return "pending";
    if (runs.failure) return "failed";
    if (inputs.some((row) => this.#ports.signal(row).kind === "empty")) return "empty";
    const due = this.#sheet.plan(node as never).some((planned) => planned.name === node?.name);
    return due ? "stale" : "ready";
  }
}

const onlyShown = { interactive: false, refuses: () => undefined, example: () => undefined };
const asPicture = new Shape({ kind: "image", ...onlyShown });
const asText = new Shape({ kind: "textbox", ...onlyShown });

function pickedShape(signal: AnySignal): Shape {
  const { value } = givenBy(signal);
  return value instanceof FileRef && value.type.startsWith("image/") ? asPicture : asText;
}

/** Of a scattered node every item took in its part, also when some failed. */
function tookAll({ depth }: BaseNode, { view: { status } }: LiveCard): boolean {
  return depth > 0 && status?.kind === "failed" && status.failure.reason === "item-failed";
}

function askView({ node }: Card, state: State, runs: CardRuns): AskView | undefined {
  if (!(node instanceof PersonStep) || state !== "pending") return undefined;
  return { asks: node.asks, question: runs.count };
}

function historyView({ at, of, run, previous, next }: ShownRun): HistoryView {
  return {
    at,
    of,
    failed: run.outcome === "failed",
    ...(previous !== undefined && { previous }),
    ...(next !== undefined && { next }),
  };
}
