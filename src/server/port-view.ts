/** A row of a card as it is shown, from the signal of its port. Reads, decides nothing, never throws. */
import type { Shape } from "../engine/component.ts";
import type { AnyPort } from "../engine/port.ts";
import type { Sheet } from "../engine/sheet.ts";
import type { AnySignal } from "../engine/signal.ts";
import type { ComponentView, ItemsView, PortView } from "../protocol/port.ts";
import type { Json } from "../protocol.ts";
import type { EnginePort, Row } from "./card.ts";
import { type Given, givenBy, type Looked, nothing } from "./given.ts";
import type { ItemLists } from "./item-lists.ts";
import { type Shown, type Stored, shown } from "./value.ts";

/** How a row is shown now, where that changes: a choice shows its output as the selected variant does. */
export interface RowNow {
  readonly shape: Shape | undefined;
  /** The port that is shown item by item, where a row is. */
  readonly listed: EnginePort;
}

export class PortPainter {
  readonly #sheet: Sheet;
  readonly #lists: ItemLists;
  /** Values that were looked at before: what is handed out is shared and never changes, so its identity will do. */
  readonly #known = new WeakMap<object, Shown>();

  constructor(sheet: Sheet, lists: ItemLists) {
    this.#sheet = sheet;
    this.#lists = lists;
  }

  signal({ port }: { readonly port: EnginePort }): AnySignal {
    return this.#sheet.signal(port as unknown as AnyPort<unknown>);
  }

  /** The row as it is shown; what must be there to be fetched is added to `stored`. */
  paint(row: Row, stored: Stored[], now: RowNow = { shape: row.shape, listed: row.port }): PortView {
    const { shape } = now;
    const signal = this.signal(row);
    const given = shape || row.way ? givenBy(signal) : nothing;
    const items = this.#items(row, now, signal, given, stored);
    const seen = items || given.shows === "none" ? undefined : this.#seen(row, shape, given);
    if (seen) stored.push(...seen.stored);
    return {
      name: row.name,
      label: row.label,
      ...(row.info !== undefined && { info: row.info }),
      state: signal.kind,
      component: shape ? componentView(shape) : null,
      editable: row.settable !== undefined,
      value: seen?.view ?? null,
      shows: seen ? given.shows : "none",
      ...(row.from !== undefined && { from: row.from }),
      ...(row.way && { way: row.way }),
      ...(row.pinnable && isPinned(signal) && { pinned: true }),
      ...(row.pinnable && shape?.interactive && { pinnable: true }),
      ...(items && { items }),
    };
  }

  #items({ listed }: Row, now: RowNow, signal: AnySignal, given: Given, stored: Stored[]): ItemsView | undefined {
    if (listed === "items") return this.#lists.ofItems(now.listed, this.#look, now.shape !== undefined, stored);
    if (listed === "rows") return this.#lists.ofRows(now.listed, given, signal.kind, this.#look, stored);
    return undefined;
  }

  /** Of a list that comes in by an edge only its length is of interest. */
  #seen({ way, from }: Row, shape: Shape | undefined, given: Given): Shown {
    if (way === undefined && (from === undefined || shape?.kind !== "itemList")) return this.#look(given);
    return { view: { kind: "list", of: Array.isArray(given.value) ? given.value.length : 0 }, stored: [] };
  }

  readonly #look: Looked = ({ value, shows }) => {
    if (typeof value !== "object" || value === null || shows === "partial") return shown(value);
    const known = this.#known.get(value);
    if (known) return known;
    const seen = shown(value);
    this.#known.set(value, seen);
    return seen;
  };
}

export function isPinned(signal: AnySignal): boolean {
  return signal.kind === "ready" && signal.pinned;
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
