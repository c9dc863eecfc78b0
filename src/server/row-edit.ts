/** Edits of a list row by row. The other rows stay the very values that they were, so that only what lies below the edited one runs (S2). */
import type { InputPort, OutputPort } from "../engine/port.ts";
import { type Body, given, index, text, unknown } from "./body.ts";
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
  const rows = rowsNow(room, card, row);
  const at = placeIn(rows, card, row, command);
  const edited = { ...(rows.list[at] as object), [field]: value };
  put(room, card, row, { list: rows.list.with(at, edited), ids: rows.ids });
}

/** Adds a row of first values at the end. */
export async function addRow(room: Part, card: Card, row: Row): Promise<void> {
  fieldsOf(card, row);
  const [example] = ((await row.shape?.example()) ?? []) as readonly unknown[];
  put(room, card, row, { list: [...rowsNow(room, card, row).list, example] });
}

export function removeRow(room: Part, card: Card, row: Row, command: Body): void {
  fieldsOf(card, row);
  const rows = rowsNow(room, card, row);
  const at = placeIn(rows, card, row, command);
  put(room, card, row, { list: rows.list.toSpliced(at, 1), ids: rows.ids.toSpliced(at, 1) });
}

function fieldsOf(card: Card, { listed, name, shape }: Row): readonly string[] {
  if (listed === "rows" && shape?.fields) return Object.keys(shape.fields);
  throw new Refused(400, "no-rows", `'${card.name}.${name}' is not a list that is edited row by row.`);
}

/** A list, and the id of each of its rows where they are known. */
interface Rows {
  readonly list: readonly unknown[];
  readonly ids?: readonly number[];
}

/** What is shown: while the list is stale, the last one. */
function rowsNow({ sheet, live }: Part, card: Card, row: Row): Required<Rows> {
  const { value } = givenBy(sheet.signal(row.port as never));
  const list = Array.isArray(value) ? value : [];
  return { list, ids: live.list(card, row).rows.of(list) };
}

function placeIn({ ids }: Required<Rows>, card: Card, row: Row, command: Body): number {
  const at = ids.indexOf(index(command, "row"));
  if (at >= 0) return at;
  throw new Refused(404, "unknown-row", `'${card.name}.${row.name}' has no such row any more.`);
}

function put({ sheet, live }: Part, card: Card, row: Row, { list, ids }: Rows): void {
  const { settable, pinnable, shape, name } = row;
  if (settable) sheet.set(settable as unknown as InputPort<unknown>, list);
  else if (pinnable && shape?.interactive) sheet.pin(pinnable as unknown as OutputPort<unknown>, list);
  else throw new Refused(400, "not-editable", `'${name}' is not for people to edit.`);
  if (ids) live.list(card, row).rows.tell(list, ids);
}
