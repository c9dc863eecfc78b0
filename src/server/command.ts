/**
 * Commands: what a person asks of a sheet, checked word by word before anything is touched. What is wrong with one is said
 * with what exists and what was probably meant, and leaves the sheet as it was. What a command did is seen on the stream
 * alone; a run belongs to the sheet, and nobody waits for it here.
 */
import type { InputPort, OutPort, OutputPort } from "../engine/port.ts";
import type { Outcome, RunId } from "../engine/run.ts";
import type { Command } from "../protocol/command.ts";
import { type Body, bodyOf, coordinate, flag, given, index, insideOf, itemsOf, text, unknown, zoom } from "./body.ts";
import { type Card, type Row, rowsOf } from "./card.ts";
import { cardOf, openIn, type Part, partAt, placeIn } from "./part.ts";
import { Refused } from "./refusal.ts";
import { addRow, editRow, removeRow } from "./row-edit.ts";

const kinds = [
  "set",
  "run",
  "runAll",
  "cancel",
  "select",
  "pin",
  "unpin",
  "choose",
  "answer",
  "editRow",
  "addRow",
  "removeRow",
  "items",
  "open",
  "place",
  "tidy",
  "viewport",
] as const satisfies readonly Command["kind"][];

/** Does what a body asks. @throws Refused, GraphError */
export async function obey(whole: Part, body: unknown): Promise<void> {
  const command = bodyOf(body);
  const room = partAt(whole, insideOf(command));
  const kind = command.kind as Command["kind"];
  switch (kind) {
    case "set":
      return set(room, cardOf(room, command), command);
    case "run":
      return run(room, cardOf(room, command), command);
    case "runAll":
      return refuseIfRefused(room.sheet.runAll({ again: flag(command, "again") }), (ends) => ends);
    case "cancel":
      return cancel(room, command.card === undefined ? undefined : cardOf(room, command));
    case "select":
      return select(room, text(command, "run"));
    case "pin":
      return pin(room, cardOf(room, command), command);
    case "unpin":
      return unpin(room, cardOf(room, command), command);
    case "choose":
      return choose(room, cardOf(room, command), index(command, "variant"));
    case "answer":
      return answer(room, cardOf(room, command), command);
    case "editRow":
      return editRow(room, ...listIn(room, command), command);
    case "addRow":
      return addRow(room, ...listIn(room, command));
    case "removeRow":
      return removeRow(room, ...listIn(room, command), command);
    case "items":
      return lookAtItems(room, command);
    case "open":
      openIn(room, cardOf(room, command), command.item === undefined ? undefined : index(command, "item"));
      return;
    case "place":
      return room.live.arrangement.place(cardOf(room, command).id, {
        x: coordinate(command, "x"),
        y: coordinate(command, "y"),
      });
    case "tidy":
      return room.live.arrangement.tidy();
    case "viewport":
      return room.live.arrangement.look({
        x: coordinate(command, "x"),
        y: coordinate(command, "y"),
        zoom: zoom(command),
      });
    default:
      kind satisfies never;
      throw unknown("command", "There is no command", kind, kinds);
  }
}

function set(room: Part, card: Card, command: Body): void {
  const rows = [...card.outputs, ...rowsOf(card)];
  const row = rows.find((one) => one.name === command.port && one.settable) ?? rowNamed(card, rows, command.port);
  if (!row.settable) throw notEditable(card, row);
  room.sheet.set(row.settable as unknown as InputPort<unknown>, given(room.files, command.value));
}

async function run(room: Part, card: Card, command: Body): Promise<void> {
  const options = { only: flag(command, "only"), again: flag(command, "again") };
  if (!card.node) throw new Refused(409, "nothing-to-run", `'${card.name}' holds inputs; there is nothing to run.`);
  const named = itemsOf(command);
  const items = Array.isArray(named) ? named.map((id) => placeIn(room.live, card, id)) : named;
  // The items of a choice are those of the variant that is selected.
  const variant = items && card.variants[room.sheet.chosen(card.node as never)]?.node;
  const demand = room.sheet.run((variant ?? card.node) as never, { ...options, ...(items && { items }) });
  await refuseIfRefused(demand, (end) => [end]);
}

function cancel(room: Part, card: Card | undefined): void {
  if (!card) room.sheet.cancel();
  else if (card.node) room.sheet.cancel(card.node as never);
}

/** Shows an old run; a choice's is shown by selecting the variant that made it too. */
function select(room: Part, id: string): void {
  const { sheet, live } = room;
  const choices = live.cards.all.filter(({ variants }) => variants.length > 0);
  try {
    sheet.batch(() => {
      for (const { node, variants } of choices) {
        const made = sheet.history(node as never).find((run) => run.id === id);
        const variant = variants.findIndex((one) => one.node.name === made?.node);
        if (variant >= 0) sheet.choose(node as never, variant);
      }
      sheet.select(id as RunId);
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Refused(404, "unknown-run", "That run is not remembered any more: those used least are forgotten first.");
  }
  live.lookAgain();
}

function pin(room: Part, card: Card, command: Body): void {
  const output = outputOf(card, command.port);
  const row = rowNamed(card, card.outputs, command.port);
  if (!row.shape?.interactive) throw notEditable(card, row);
  const value = given(room.files, command.value);
  if (command.item === undefined) room.sheet.pin(output, value);
  else pinItem(room, card, row, command, value);
}

/** The items of a choice are those of the variant that is selected. */
function pinItem({ sheet, live }: Part, card: Card, row: Row, command: Body, value: unknown): void {
  const at = live.list(card, row).placeOf(index(command, "item"));
  if (at < 0) throw new Refused(404, "unknown-item", `'${card.name}.${row.name}' has no such item any more.`);
  sheet.pinItem(live.listed(card, row) as unknown as OutputPort<unknown>, at, value);
}

function unpin(room: Part, card: Card, command: Body): void {
  if (command.item !== undefined) {
    outputOf(card, command.port);
    return pinItem(room, card, rowNamed(card, card.outputs, command.port), command, undefined);
  }
  const outputs =
    command.port === undefined
      ? card.outputs.flatMap(({ pinnable }) => (pinnable ? [pinnable as unknown as OutputPort<unknown>] : []))
      : [outputOf(card, command.port)];
  room.sheet.batch(() => {
    for (const output of outputs) room.sheet.unpin(output);
  });
}

function choose(room: Part, card: Card, variant: number): void {
  if (card.variants.length === 0)
    throw new Refused(400, "no-choice", `'${card.name}' is no choice: it has no variants.`);
  room.sheet.choose(card.node as never, variant);
  room.live.lookAgain();
}

function answer(room: Part, card: Card, command: Body): void {
  const value = given(room.files, command.value);
  const [question, asked] = [index(command, "question"), room.live.questionOf(card)];
  if (!card.node) throw new Refused(409, "not-waiting", `'${card.name}' holds inputs, and asks nobody.`);
  if (asked !== undefined && question !== asked)
    throw new Refused(409, "asked-anew", `'${card.name}' does not ask that any more: look at what it asks now.`);
  room.sheet.answer(card.node as never, value as never);
}

function listIn(room: Part, command: Body): [Card, Row] {
  const card = cardOf(room, command);
  return [card, rowNamed(card, [...card.outputs, ...rowsOf(card)], command.port)];
}

function lookAtItems(room: Part, command: Body): void {
  const [card, row] = listIn(room, command);
  if (!row.listed) throw new Refused(400, "no-items", `'${card.name}.${row.name}' is not shown item by item.`);
  room.live.lookAtItems(card, row, index(command, "from"));
}

function outputOf(card: Card, port: unknown): OutputPort<unknown> {
  const { pinnable } = rowNamed(card, card.outputs, port);
  if (pinnable) return pinnable as OutPort as unknown as OutputPort<unknown>;
  throw new Refused(400, "not-pinnable", `'${card.name}.${String(port)}' is set, not pinned: it is an input.`);
}

/** A demand that is refused is refused at once; every other goes its way without us. */
async function refuseIfRefused<T>(demand: Promise<T>, ends: (ended: T) => readonly Outcome[]): Promise<void> {
  const turn = new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined)));
  const ended = await Promise.race([demand, turn]);
  if (ended === undefined) return;
  const outcomes = ends(ended);
  const [first] = outcomes;
  if (first?.kind === "refused" && outcomes.every((outcome) => outcome.kind === "refused")) {
    throw new Refused(409, "refused", first.why);
  }
}

function rowNamed(card: Card, rows: readonly Row[], name: unknown): Row {
  const row = rows.find((one) => one.name === name);
  if (row) return row;
  throw unknown("port", `'${card.name}' has no port`, name, [...new Set(rows.map((one) => one.name))]);
}

function notEditable(card: Card, row: Row): Refused {
  const path = `${card.name}.${row.name}`;
  if (row.from !== undefined)
    return new Refused(400, "fed-by-edge", `'${path}' is fed by '${row.from}': set it there.`);
  return new Refused(400, "not-editable", `'${path}' is not for people to set.`);
}
