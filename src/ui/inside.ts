/** Ways into graphs inside graphs, as names of what was opened: `Frame`, or `Frame[2]` for the third item of a scattered one. Pure. */
import type { View } from "../protocol.ts";

/** The view of the graph that one has gone into; `undefined` while it is not open. */
export function viewInside(view: View, inside: readonly string[]): View | undefined {
  return inside.reduce<View | undefined>(
    (at, name) => (at && Object.hasOwn(at.insides, name) ? at.insides[name] : undefined),
    view,
  );
}

/** The card, and the item of it, that a name stands for. */
export function openedFrom(name: string): { readonly card: string; readonly item?: number } {
  const [, card, item] = /^(.*)\[(\d+)\]$/s.exec(name) ?? [];
  return card === undefined ? { card: name } : { card, item: Number(item) };
}

/** That name as people read it: `Frame`, `Frame, item 3`. */
export function openedWords(name: string): string {
  const { card, item } = openedFrom(name);
  return item === undefined ? card : `${card}, item ${item + 1}`;
}
