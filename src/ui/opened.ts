/**
 * The item of a list that is shown whole, or edited: found again by its id wherever it stands, so that what others put in,
 * take out or move above it does not put another in its place. Pure.
 */
import { chunkSize, type ItemsView, type ItemView } from "../protocol/port.ts";

export interface Opened {
  readonly id: number;
  readonly at: number;
  /** As it was seen last. */
  readonly item: ItemView;
}

export function itemAt({ chunks }: ItemsView, at: number): ItemView | undefined {
  return chunks[String(chunkOf(at))]?.[at % chunkSize];
}

export function chunkOf(at: number): number {
  return Math.floor(at / chunkSize);
}

/** Where the opened item is now; `undefined` when it is in the list no more. `before`: how long the list was. */
export function followed(opened: Opened, before: number, items: ItemsView): Opened | undefined {
  return withId(items, opened.id) ?? renumbered(opened, items) ?? onItsWay(opened, before, items);
}

/** The item with this id, as far as it is sent. */
export function withId({ chunks }: ItemsView, id: number): Opened | undefined {
  for (const [chunk, shown] of Object.entries(chunks)) {
    const i = shown.findIndex((item) => item.id === id);
    const item = shown[i];
    if (item) return { id, at: Number(chunk) * chunkSize + i, item };
  }
  return undefined;
}

/** A server that was started again gives new ids: what holds the same at the same place is the same. */
export function renumbered({ at, item: { value } }: Opened, items: ItemsView): Opened | undefined {
  const item = itemAt(items, at);
  const same = item && JSON.stringify(item.value) === JSON.stringify(value);
  return same ? { id: item.id, at, item } : undefined;
}

/** As far as the list grew or shrank above it: there it is, if that part of the list has not been sent yet. */
function onItsWay(opened: Opened, before: number, items: ItemsView): Opened | undefined {
  const at = opened.at + items.of - before;
  return at >= 0 && at < items.of && !itemAt(items, at) ? { ...opened, at } : undefined;
}
