/** A card as it is shown, from its signals and from what is known of its runs. Reads, decides nothing, never throws. */
import type { Run } from "../engine/run.ts";
import type { Sheet } from "../engine/sheet.ts";
import type { ShownRun } from "../engine/shown-run.ts";
import type { CardView, Chip, EdgeView, HistoryView, State } from "../protocol.ts";
import type { CardRuns } from "./card-runs.ts";
import type { Card, Cards, Edge, EnginePort, Row } from "./cards.ts";
import { edgeState, edgeView, usedBy } from "./edge-view.ts";
import { isPinned, PortPainter } from "./port-view.ts";
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
  readonly #around: Around;

  constructor(sheet: Sheet, { springs }: Pick<Cards, "springs">) {
    this.#sheet = sheet;
    this.#ports = new PortPainter(sheet);
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
    const shown = card.node && this.#sheet.shown(card.node as never);
    live.run = shown?.run;
    runs.show(shown?.run.id);
    const [first] = card.outputs;
    const view: CardView = {
      id: card.id,
      name: card.name,
      kind: card.kind,
      about: card.about,
      state,
      status: statusView(live, state, first && this.#ports.signal(first), this.#around),
      runnable: card.node !== undefined,
      trigger: card.trigger,
      ...(runs.duration !== undefined && { duration: runs.duration }),
      plan: live.plan,
      inputs: card.inputs.map((row) => this.#ports.paint(row, stored)),
      outputs: card.outputs.map((row) => this.#ports.paint(row, stored)),
      log: runs.log,
      runs: runs.count,
      ...(shown && shown.of > 1 && { history: historyView(shown) }),
      chips: this.#chips(live),
    };
    return { view, stored };
  }

  edge(edge: Edge, lower: LiveCard): EdgeView {
    const signal = this.#ports.signal(edge);
    return edgeView(edge, edgeState(signal.kind, lower.view.state, usedBy(lower.run, edge.toPort, signal)));
  }

  #chips({ card, runs }: LiveCard): readonly Chip[] {
    const pinned = card.node !== undefined && card.outputs.some((row: Row) => isPinned(this.#ports.signal(row)));
    return [...(runs.recalled ? (["remembered"] as const) : []), ...(pinned ? (["pinned"] as const) : [])];
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

function historyView({ at, of, run, previous, next }: ShownRun): HistoryView {
  return {
    at,
    of,
    failed: run.outcome === "failed",
    ...(previous !== undefined && { previous }),
    ...(next !== undefined && { next }),
  };
}
