/** A card as it is shown, from its signals and from what is known of its runs. Reads, decides nothing, never throws. */
import type { Shape } from "../engine/component.ts";
import type { AnyPort } from "../engine/port.ts";
import type { Sheet } from "../engine/sheet.ts";
import type { AnySignal } from "../engine/signal.ts";
import type { CardView, ComponentView, EdgeView, Json, PortView, State, StatusView } from "../protocol.ts";
import type { CardRuns } from "./card-runs.ts";
import type { Card, Edge, Row } from "./cards.ts";
import { type Shown, type Stored, shown } from "./value.ts";
import { becauseWords, failureView } from "./words.ts";

/** A card with what is remembered of it between two looks. */
export interface LiveCard {
  readonly card: Card;
  readonly runs: CardRuns;
  view: CardView;
  /** Names of the nodes under way that keep it stale. */
  waitsFor: readonly string[];
  plan: readonly string[];
  /** When its state last became another. */
  since: number;
}

export class CardPainter {
  readonly #sheet: Sheet;
  /** Values that were looked at before: what is handed out is shared and never changes, so its identity will do. */
  readonly #known = new WeakMap<object, Shown>();

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
  }

  signal(row: Pick<Row, "port">): AnySignal {
    return this.#sheet.signal(row.port as unknown as AnyPort<unknown>);
  }

  /** The word for a whole card: its outputs'. */
  state({ card, runs }: Pick<LiveCard, "card" | "runs">): State {
    const signals = card.outputs.map((row) => this.signal(row));
    if (card.node && signals.length === 0) return this.#stateWithoutOutputs(card, runs);
    if (card.node) return signals[0]?.kind ?? "empty";
    if (signals.some((signal) => signal.kind === "empty")) return "empty";
    return signals.find((signal) => signal.kind !== "ready")?.kind ?? "ready";
  }

  /** The card as it is shown now, and what must be there to be fetched. */
  paint(live: LiveCard, state: State): { readonly view: CardView; readonly stored: readonly Stored[] } {
    const { card, runs } = live;
    const stored: Stored[] = [];
    const view: CardView = {
      id: card.id,
      name: card.name,
      kind: card.kind,
      about: card.about,
      state,
      status: this.#status(live, state),
      runnable: card.node !== undefined,
      trigger: card.trigger,
      ...(runs.duration !== undefined && { duration: runs.duration }),
      plan: live.plan,
      inputs: card.inputs.map((row) => this.#port(row, stored)),
      outputs: card.outputs.map((row) => this.#port(row, stored)),
      log: runs.log,
      runs: runs.count,
    };
    return { view, stored };
  }

  /** How far the lower card has taken in what the edge gives. */
  edge({ from, to, upper, lower, fromPort, toPort, port }: Edge, lowerState: State): EdgeView {
    const state = edgeState(this.signal({ port }).kind, lowerState);
    return { from, to, fromCard: upper.id, fromPort, toCard: lower.id, toPort, kind: "plain", state };
  }

  /** Nothing says how a node without outputs is, but its runs and what it is given. */
  #stateWithoutOutputs({ node, inputs }: Card, runs: CardRuns): State {
    if (runs.running) return "pending";
    if (runs.failure) return "failed";
    if (inputs.some((row) => this.signal(row).kind === "empty")) return "empty";
    const due = this.#sheet.plan(node as never).some((planned) => planned.name === node?.name);
    return due ? "stale" : "ready";
  }

  #status({ card, runs, waitsFor, since }: LiveCard, state: State): StatusView | null {
    if (!card.node) return null;
    const [first] = card.outputs;
    const signal = first ? this.signal(first) : undefined;
    if (state === "pending") return running(signal, runs, since);
    if (state === "stale" && waitsFor.length > 0) return { kind: "waiting", for: waitsFor };
    if (state === "stale") return { kind: "stale", because: because(signal), since };
    const failure = signal?.kind === "failed" ? signal.failure : runs.failure;
    if (state === "failed" && failure) return { kind: "failed", failure: failureView(failure) };
    return state === "ready" && runs.note !== undefined ? { kind: "note", text: runs.note } : null;
  }

  #port(row: Row, stored: Stored[]): PortView {
    const signal = this.signal(row);
    const given = row.shape ? givenBy(signal) : nothing;
    const seen = given.shows === "none" ? undefined : this.#look(given.value, given.shows !== "partial");
    if (seen) stored.push(...seen.stored);
    return {
      name: row.name,
      label: row.label,
      ...(row.info !== undefined && { info: row.info }),
      state: signal.kind,
      component: row.shape ? componentView(row.shape) : null,
      editable: row.settable !== undefined,
      value: seen?.view ?? null,
      shows: given.shows,
      ...(row.from !== undefined && { from: row.from }),
    };
  }

  #look(value: unknown, lasting: boolean): Shown {
    if (typeof value !== "object" || value === null || !lasting) return shown(value);
    const known = this.#known.get(value);
    if (known) return known;
    const seen = shown(value);
    this.#known.set(value, seen);
    return seen;
  }
}

export function edgeState(upper: State, lower: State): EdgeView["state"] {
  switch (upper) {
    case "ready":
      return lower === "ready" ? "fresh" : lower === "pending" ? "flowing" : lower === "stale" ? "stale" : "empty";
    case "pending":
      return "flowing";
    case "failed":
    case "stale":
    case "empty":
      return upper;
    default:
      return upper satisfies never;
  }
}

function running(signal: AnySignal | undefined, { running, progress }: CardRuns, since: number): StatusView {
  const { fraction, message } = (signal?.kind === "pending" && signal.progress) || progress || {};
  return {
    kind: "running",
    since: running?.startedAt ?? since,
    ...(fraction !== undefined && { fraction }),
    ...(message !== undefined && { message }),
  };
}

function because(signal: AnySignal | undefined): string {
  return signal?.kind === "stale" ? becauseWords(signal.because, "last" in signal) : "an input changed";
}

interface Given {
  readonly shows: PortView["shows"];
  readonly value: unknown;
}

const nothing: Given = { shows: "none", value: undefined };

/** What to show of a signal: the value, or while there is none the partial or the last good one. */
function givenBy(signal: AnySignal): Given {
  if (signal.kind === "ready") return { shows: "current", value: signal.value };
  if (signal.kind === "pending" && "partial" in signal) return { shows: "partial", value: signal.partial };
  return "last" in signal ? { shows: "last", value: signal.last } : nothing;
}

const componentViews = new WeakMap<Shape, ComponentView>();

function componentView(shape: Shape): ComponentView {
  const known = componentViews.get(shape);
  if (known) return known;
  const options = JSON.parse(JSON.stringify(shape.options)) as { readonly [option: string]: Json };
  const view = { kind: shape.kind, options };
  componentViews.set(shape, view);
  return view;
}
