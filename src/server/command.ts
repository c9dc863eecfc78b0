/**
 * Commands: what a person asks of a sheet, checked word by word before anything is touched. What is wrong with one is said
 * with what exists and what was probably meant, and leaves the sheet as it was. What a command did is seen on the stream
 * alone; a run belongs to the sheet, and nobody waits for it here.
 */
import { nearest } from "../engine/graph-error.ts";
import type { InputPort } from "../engine/port.ts";
import type { Outcome } from "../engine/run.ts";
import type { Command } from "../protocol/command.ts";
import type { Card, Row } from "./cards.ts";
import { Refused } from "./refusal.ts";
import type { Room } from "./room.ts";

type Body = Readonly<Record<string, unknown>>;

const kinds = [
  "set",
  "run",
  "runAll",
  "cancel",
  "place",
  "tidy",
  "viewport",
] as const satisfies readonly Command["kind"][];
/** Farther out nothing can be found again. */
const farthest = 1e7;

/** Does what a body asks. @throws Refused, GraphError */
export async function obey(room: Room, body: unknown): Promise<void> {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw bad("A command is a JSON object with a 'kind'.");
  const command = body as Body;
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
    case "place":
      return room.live.place(cardOf(room, command).id, { x: coordinate(command, "x"), y: coordinate(command, "y") });
    case "tidy":
      return room.live.tidy();
    case "viewport":
      return room.live.look({ x: coordinate(command, "x"), y: coordinate(command, "y"), zoom: zoom(command) });
    default:
      kind satisfies never;
      throw unknown("command", "There is no command", kind, kinds);
  }
}

function set(room: Room, card: Card, command: Body): void {
  const rows = [...card.outputs, ...card.inputs];
  const row =
    rows.find((one) => one.name === command.port && one.settable) ?? rows.find((one) => one.name === command.port);
  if (!row)
    throw unknown("port", `'${card.name}' has no port`, command.port, [...new Set(rows.map((one) => one.name))]);
  if (!row.settable) throw notEditable(card, row);
  room.sheet.set(row.settable as unknown as InputPort<unknown>, given(room, command.value));
}

/** What the value of a `set` stands for. */
function given(room: Room, value: unknown): unknown {
  const { kind, id, value: json } = Object(value) as { kind?: unknown; id?: unknown; value?: unknown };
  if (kind === "json" && json !== undefined) return json;
  if (kind !== "file" || typeof id !== "string") {
    throw bad("A value is { kind: 'json', value } or { kind: 'file', id } with the id that an upload gave.");
  }
  const file = room.files.find(id);
  if (!file) throw new Refused(404, "unknown-file", "This server does not have that file any more; upload it again.");
  return file;
}

async function run(room: Room, card: Card, command: Body): Promise<void> {
  const options = { only: flag(command, "only"), again: flag(command, "again") };
  if (!card.node) throw new Refused(409, "nothing-to-run", `'${card.name}' holds inputs; there is nothing to run.`);
  await refuseIfRefused(room.sheet.run(card.node as never, options), (end) => [end]);
}

function cancel(room: Room, card: Card | undefined): void {
  if (!card) room.sheet.cancel();
  else if (card.node) room.sheet.cancel(card.node as never);
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

function cardOf(room: Room, { card: id }: Body): Card {
  const { byId } = room.live.cards;
  const card = typeof id === "string" ? byId.get(id) : undefined;
  if (!card) throw unknown("card", "This sheet has no card", id, [...byId.keys()].slice(0, 50));
  return card;
}

function flag(command: Body, name: string): boolean {
  const value = command[name] ?? false;
  if (typeof value !== "boolean") throw bad(`'${name}' is true or false.`);
  return value;
}

function coordinate(command: Body, name: string): number {
  const value = command[name];
  if (typeof value === "number" && Math.abs(value) <= farthest) return value;
  throw bad(`'${name}' is a number between -${farthest} and ${farthest}.`);
}

function zoom({ zoom: value }: Body): number {
  if (typeof value === "number" && value > 0 && value <= 100) return value;
  throw bad("'zoom' is a number above 0, at most 100.");
}

function notEditable(card: Card, row: Row): Refused {
  const path = `${card.name}.${row.name}`;
  if (row.from !== undefined)
    return new Refused(400, "fed-by-edge", `'${path}' is fed by '${row.from}': set it there.`);
  return new Refused(400, "not-editable", `'${path}' is not for people to set.`);
}

function bad(message: string): Refused {
  return new Refused(400, "bad-command", message);
}

function unknown(what: string, sentence: string, meant: unknown, known: readonly string[]): Refused {
  const written = typeof meant === "string" ? meant.slice(0, 100) : undefined;
  const suggestion = written === undefined ? undefined : nearest(written, known);
  const asked = written === undefined ? "" : ` '${written}'`;
  const hint = suggestion === undefined ? "" : ` Did you mean '${suggestion}'?`;
  return new Refused(400, `unknown-${what}`, `${sentence}${asked}.${hint}`, {
    known,
    ...(suggestion !== undefined && { suggestion }),
  });
}
