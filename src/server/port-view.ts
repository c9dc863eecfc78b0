/** A row of a card as it is shown, from the signal of its port. Reads, decides nothing, never throws. */
import type { Shape } from "../engine/component.ts";
import type { AnyPort } from "../engine/port.ts";
import type { Sheet } from "../engine/sheet.ts";
import type { AnySignal } from "../engine/signal.ts";
import type { ComponentView, Json, PortView } from "../protocol.ts";
import type { Row } from "./cards.ts";
import { type Shown, type Stored, shown } from "./value.ts";

export class PortPainter {
  readonly #sheet: Sheet;
  /** Values that were looked at before: what is handed out is shared and never changes, so its identity will do. */
  readonly #known = new WeakMap<object, Shown>();

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
  }

  signal(row: Pick<Row, "port">): AnySignal {
    return this.#sheet.signal(row.port as unknown as AnyPort<unknown>);
  }

  /** The row as it is shown; what must be there to be fetched is added to `stored`. */
  paint(row: Row, stored: Stored[]): PortView {
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
      ...(row.pinnable && isPinned(signal) && { pinned: true }),
      ...(row.pinnable && row.shape?.interactive && { pinnable: true }),
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

export function isPinned(signal: AnySignal): boolean {
  return signal.kind === "ready" && signal.pinned;
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
