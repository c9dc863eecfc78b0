/** Where a command is obeyed: a sheet, or a part of it: a graph that is alive inside another. Looking into one opens it for all who look at the sheet. */
import { type Body, unknown } from "./body.ts";
import type { Card } from "./card.ts";
import type { LiveView } from "./live-view.ts";
import { Refused } from "./refusal.ts";
import type { Room } from "./room.ts";

export type Part = Pick<Room, "sheet" | "live" | "files">;

/** The part inside these graphs, from the whole sheet down. @throws Refused */
export function partAt(part: Part, [first, ...rest]: readonly string[]): Part {
  if (first === undefined) return part;
  const known = part.live.cards.byId.has(first);
  const [, card = first, item] = (known ? undefined : /^(.*)\[(\d{1,9})\]$/s.exec(first)) ?? [];
  const live = openIn(part, cardOf(part, { card }), item === undefined ? undefined : Number(item));
  return partAt({ sheet: live.sheet, live, files: part.files }, rest);
}

/** @throws Refused when there is no graph inside */
export function openIn({ live }: Part, card: Card, item: number | undefined): LiveView {
  const inside = card.kind === "graph" ? live.open(card, item) : undefined;
  if (inside) return inside;
  const which = item === undefined ? `'${card.name}'` : `item ${item + 1} of '${card.name}'`;
  throw new Refused(409, "nothing-inside", `There is no graph inside ${which} to look into.`);
}

/** @throws Refused for a card that there is not */
export function cardOf({ live }: Part, { card: id }: Body): Card {
  const { byId } = live.cards;
  const card = typeof id === "string" ? byId.get(id) : undefined;
  if (!card) throw unknown("card", "This sheet has no card", id, [...byId.keys()].slice(0, 50));
  return card;
}
