/** Edits of a list row by row. The other rows stay the very values that they were, so that only what lies below the edited one runs (S2). */
import type { InputPort, OutputPort } from "../engine/port.ts";
import { type Body, bad, given, index, text, unknown } from "./body.ts";
import type { Card, Row } from "./card.ts";
import { givenBy } from "./given.ts";
import type { Part } from "./part.ts";
import { Refused } from "./refusal.ts";

export function editRow(room: Part, card: Card, row: Row, command: Body): void {
  const fields = fieldsOf(card, row);
  const field = text(command, "field");
  if (!fields.includes(field))
    throw unknown("field", `The rows of '${card.name}.${row.name}' have no field`, field, fields);
  const value = given(room.files, command.value);
  const { list, at } = placeIn(room, card, row, command);
  const edited = { ...(list[at] as object), [field]: value };
  put(room, row, list.with(at, edited));
}

/** Adds a row of first values at the end. */
export async function addRow(room: Part, card: Card, row: Row): Promise<void> {
  fieldsOf(card, row);
  const [example] = ((await row.shape?.example()) ?? []) as readonly unknown[];
  put(room, row, [...listOf(room, row), example]);
}

export function removeRow(room: Part, card: Card, row: Row, command: Body): void {
  fieldsOf(card, row);
  const { list, at } = placeIn(room, card, row, command);
  put(room, row, list.toSpliced(at, 1));
}

function fieldsOf(card: Card, { listed, name, shape }: Row): readonly string[] {
  if (listed === "rows" && shape?.fields) return Object.keys(shape.fields);
  throw new Refused(400, "no-rows", `'${card.name}.${name}' is not a list that is edited row by row.`);
}

function placeIn(
  room: Part,
  card: Card,
  row: Row,
  command: Body,
): { readonly list: readonly unknown[]; readonly at: number } {
  const list = listOf(room, row);
  const at = index(command, "row");
  if (at < list.length) return { list, at };
  throw bad(`'${card.name}.${row.name}' has ${list.length} rows, and no row ${at}.`);
}

/** What is shown: while the list is stale, the last one. */
function listOf({ sheet }: Part, { port }: Row): readonly unknown[] {
  const { value } = givenBy(sheet.signal(port as never));
  return Array.isArray(value) ? value : [];
}

function put({ sheet }: Part, { settable, pinnable, shape, name }: Row, list: readonly unknown[]): void {
  if (settable) sheet.set(settable as unknown as InputPort<unknown>, list);
  else if (pinnable && shape?.interactive) sheet.pin(pinnable as unknown as OutputPort<unknown>, list);
  else throw new Refused(400, "not-editable", `'${name}' is not for people to edit.`);
}
