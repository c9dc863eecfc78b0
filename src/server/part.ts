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
  const [, card = first, item] = (known ? undefined : /^(.*)\[(\d{1,16})\]$/s.exec(first)) ?? [];
  const live = openIn(part, cardOf(part, { card }), item === undefined ? undefined : Number(item));
  return partAt({ sheet: live.sheet, live, files: part.files }, rest);
}

/** Of a scattered card: into the graph of the item with this id. @throws Refused when there is no graph inside */
export function openIn({ live }: Part, card: Card, item: number | undefined): LiveView {
  if (card.kind !== "graph") throw nothingInside(card);
  if (item !== undefined) placeIn(live, card, item);
  const inside = live.open(card, item);
  if (inside) return inside;
  throw nothingInside(card);
}

function nothingInside({ name, node }: Card): Refused {
  const which =
    node?.graph && node.depth > 0 ? `'${name}' as a whole: say which item to look into` : `'${name}' to look into`;
  return new Refused(409, "nothing-inside", `There is no graph inside ${which}.`);
}

/** Where the item of a scattered card that has this id stands now. @throws Refused when it is there no more */
export function placeIn(live: LiveView, card: Card, item: number): number {
  if (!card.outputs.some(({ listed }) => listed === "items"))
    throw new Refused(400, "no-items", `'${card.name}' is not scattered, so it has no items.`);
  const place = live.placeOf(card, item);
  if (place >= 0) return place;
  throw new Refused(404, "unknown-item", `'${card.name}' has no such item any more: look at what it has now.`);
}

/** @throws Refused for a card that there is not */
export function cardOf({ live }: Part, { card: id }: Body): Card {
  const { byId } = live.cards;
  const card = typeof id === "string" ? byId.get(id) : undefined;
  if (!card) throw unknown("card", "This sheet has no card", id, [...byId.keys()].slice(0, 50));
  return card;
}
