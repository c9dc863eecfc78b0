/** A sweep as a page or a program asks for it. It belongs to who asked: when they go away, it stops. */
import type { InputPort } from "../engine/port.ts";
import type { Outcome } from "../engine/run.ts";
import { mostValues, type SweepEnd } from "../protocol/sweep.ts";
import { bad, bodyOf, given, insideOf, unknown } from "./body.ts";
import { type Card, rowsOf } from "./card.ts";
import { rounded } from "./card-runs.ts";
import { cardOf, type Part, partAt } from "./part.ts";
import { Refused } from "./refusal.ts";
import { namedValues } from "./run-view.ts";
import { failureView } from "./words.ts";

/** @throws Refused, GraphError */
export async function sweep(whole: Part, body: unknown, signal: AbortSignal): Promise<readonly SweepEnd[]> {
  const asked = bodyOf(body);
  const room = partAt(whole, insideOf(asked));
  const card = cardOf(room, asked);
  if (!card.node) throw new Refused(409, "nothing-to-run", `'${card.name}' holds inputs; there is nothing to run.`);
  const input = inputIn(room, asked.input);
  const values = valuesIn(asked.values).map((value) => given(room.files, value));
  const ends = await room.sheet.sweep(input, values, card.node as never, { signal });
  return ends.map((end) => told(end, room, card));
}

function inputIn(room: Part, named: unknown): InputPort<unknown> {
  const { card: id, port } = Object(named) as { card?: unknown; port?: unknown };
  const card = cardOf(room, { card: id });
  const rows = rowsOf(card).filter(({ settable }) => settable);
  const row = rows.find(({ name }) => name === port);
  if (row) return row.settable as unknown as InputPort<unknown>;
  throw unknown(
    "port",
    `'${card.name}' has no input to set`,
    port,
    rows.map(({ name }) => name),
  );
}

function valuesIn(values: unknown): readonly unknown[] {
  if (Array.isArray(values) && values.length > 0 && values.length <= mostValues) return values;
  throw bad(`'values' is a list of 1 to ${mostValues} values.`);
}

function told(end: Outcome, { files }: Part, { node }: Card): SweepEnd {
  switch (end.kind) {
    case "ready":
      return {
        kind: "ready",
        outputs: namedValues(end.outputs, "outputs", node as never, files),
        ...("duration" in end.run && { duration: rounded(end.run.duration) }),
      };
    case "failed":
      return { kind: "failed", failure: failureView(end.failure) };
    default:
      return end;
  }
}
