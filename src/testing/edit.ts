/** What people do to a sheet, as plain data. An edit does exactly what the sheet's own method does. */

import { baseOf } from "../engine/base-node.ts";
import { GraphError } from "../engine/graph-error.ts";
import type { ItemSignals } from "../engine/items.ts";
import type { ChoiceNode, InteractionNode, Node } from "../engine/node.ts";
import type { AnyPort, InputPort, OutputPort } from "../engine/port.ts";
import type { Outcome } from "../engine/run.ts";
import type { Sheet } from "../engine/sheet.ts";
import { partsOf } from "./snapshot.ts";

/**
 * One thing a person can do to a sheet; closed by `kind`. Where it says which of several things, be it a run, an item or a row, it
 * counts modulo as many as there are.
 */
export type Edit =
  | { readonly kind: "set"; readonly input: InputPort<unknown>; readonly value: unknown }
  | {
      readonly kind: "run";
      readonly node: Node;
      readonly again: boolean;
      readonly only?: boolean;
      readonly items?: readonly number[] | "failed";
    }
  | { readonly kind: "runAll"; readonly again: boolean }
  | { readonly kind: "cancel"; readonly node: Node }
  | { readonly kind: "cancelAll" }
  | { readonly kind: "choose"; readonly choice: ChoiceNode<unknown>; readonly variant: number }
  | { readonly kind: "answer"; readonly step: InteractionNode<unknown, unknown, unknown>; readonly answer: unknown }
  | { readonly kind: "select"; readonly node: Node; readonly index: number }
  /** Of a scattered output `item` is put over that item alone, as the canvas does; a list without one is put over all of them in turn. */
  | { readonly kind: "pin"; readonly output: OutputPort<unknown>; readonly value: unknown; readonly item?: number }
  | { readonly kind: "unpin"; readonly output: OutputPort<unknown>; readonly item?: number }
  /** Of a `ui.itemList`: `undefined` takes the row out, and the row after the last adds one. */
  | {
      readonly kind: "editRow";
      readonly list: InputPort<unknown> | OutputPort<unknown>;
      readonly row: number;
      readonly value: unknown;
    }
  | {
      readonly kind: "sweep";
      readonly input: InputPort<unknown>;
      readonly values: readonly unknown[];
      readonly node: Node;
    }
  /** In the graph inside a node; of a scattered one, in that of an item. */
  | { readonly kind: "inside"; readonly node: Node; readonly item?: number; readonly edit: Edit }
  | { readonly kind: "batch"; readonly edits: readonly Edit[] }
  | { readonly kind: "settle" };

type EditOf<K extends Edit["kind"]> = Extract<Edit, { readonly kind: K }>;
type Demands = readonly Promise<Outcome | readonly Outcome[]>[];

/**
 * Does one edit; resolves at once, except `settle`. A person's step is answered if it waits, and its answer fits; where there is no
 * such item, nothing is done.
 * @throws GraphError where the sheet refuses it
 */
export async function apply(sheet: Sheet, edit: Edit): Promise<void> {
  if (edit.kind === "settle") return sheet.settled();
  make(sheet, edit);
}

/** Does one edit, but for `settle`; gives back the demands that it made. */
export function make(sheet: Sheet, edit: Edit): Demands {
  switch (edit.kind) {
    case "run": {
      const { again, only, items } = edit;
      return [sheet.run(edit.node, { again, ...(only && { only }), ...(items && { items }) })];
    }
    case "runAll":
      return [sheet.runAll({ again: edit.again })];
    case "sweep":
      return [sheet.sweep(edit.input, edit.values, edit.node)];
    case "inside": {
      const parts = partsOf(sheet, baseOf(edit.node));
      const part = parts[(edit.item ?? 0) % parts.length];
      return part ? make(part, edit.edit) : [];
    }
    case "batch":
      return sheet.batch(() => edit.edits.flatMap((inner) => make(sheet, inner)));
    default:
      change(sheet, edit);
      return [];
  }
}

type Change = Exclude<Edit, { readonly kind: "run" | "runAll" | "sweep" | "inside" | "batch" }>;

function change(sheet: Sheet, edit: Change): void {
  switch (edit.kind) {
    case "set":
      return sheet.set(edit.input, edit.value);
    case "cancel":
      return sheet.cancel(edit.node);
    case "cancelAll":
      return sheet.cancel();
    case "choose":
      return sheet.choose(edit.choice, edit.variant);
    case "answer":
      return answer(sheet, edit.step, edit.answer);
    case "select":
      return select(sheet, edit.node, edit.index);
    case "pin":
      return pin(sheet, edit);
    case "unpin":
      return unpin(sheet, edit);
    case "editRow":
      return editRow(sheet, edit);
    case "settle":
      return;
    default:
      edit satisfies never;
  }
}

/** Nobody may be waited for just now. */
function answer(sheet: Sheet, step: InteractionNode<unknown, unknown, unknown>, given: unknown): void {
  const options = Object.values(step.inputs as Readonly<Record<string, AnyPort<unknown>>>)
    .map((port) => sheet.value(port))
    .find(Array.isArray);
  const fitting = typeof given === "number" && options ? given % Math.max(1, options.length) : given;
  try {
    sheet.answer(step, fitting);
  } catch (error) {
    if (!(error instanceof GraphError) || !["not-waiting", "wrong-type"].includes(error.code)) throw error;
  }
}

function select(sheet: Sheet, node: Node, index: number): void {
  const runs = sheet.history(node);
  const run = runs[index % Math.max(1, runs.length)];
  if (run) sheet.select(run);
}

function pin(sheet: Sheet, { output, value, item }: EditOf<"pin">): void {
  if (output.depth === 0) return sheet.pin(output, value);
  const items = sheet.itemsNow(output);
  if (items === undefined || !known(items)) return;
  if (item === undefined) return sheet.pin(output, inTurn(items, value as readonly unknown[]));
  if (items.length > 0) sheet.pinItem(output, item % items.length, value);
}

function unpin(sheet: Sheet, { output, item }: EditOf<"unpin">): void {
  if (item === undefined) return sheet.unpin(output);
  const items = sheet.itemsNow(output);
  if (items && items.length > 0) sheet.pinItem(output, item % items.length, undefined);
}

/** One value for each item, as deep as there are items. */
function inTurn(items: ItemSignals, values: readonly unknown[]): readonly unknown[] {
  const at = (i: number) => values[i % values.length];
  return items.map((item, i) => (isList(item) ? inTurn(item, at(i) as readonly unknown[]) : at(i)));
}

function known(items: ItemSignals): boolean {
  return items.every((item) => item !== undefined && (!isList(item) || known(item)));
}

/** Edits the list that is shown: while it is not there, the last one. The other rows stay the very values that they were. */
function editRow(sheet: Sheet, { list: port, row, value }: EditOf<"editRow">): void {
  const now = sheet.signal(port);
  const shown: unknown = now.kind === "ready" ? now.value : "last" in now ? now.last : undefined;
  const rows = isList(shown) ? shown : [];
  const at = row % (rows.length + 1);
  const edited = value === undefined ? rows.toSpliced(at, 1) : rows.toSpliced(at, 1, value);
  if (port.side === "in") sheet.set(port, edited);
  else sheet.pin(port, edited);
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
