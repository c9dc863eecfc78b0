/** What people do to a sheet, as plain data. An edit does exactly what the sheet's own method does. */
import * as fc from "fast-check";
import { GraphError } from "../engine/graph-error.ts";
import type { ChoiceNode, InteractionNode, Node } from "../engine/node.ts";
import { type AnyPort, type InputPort, type OutputPort, pathOf } from "../engine/port.ts";
import type { Outcome } from "../engine/run.ts";
import type { Sheet } from "../engine/sheet.ts";
import { told } from "./told.ts";

/** One thing a person can do to a sheet; closed by `kind`. */
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
  | { readonly kind: "choose"; readonly choice: ChoiceNode<unknown>; readonly variant: number }
  | { readonly kind: "answer"; readonly step: InteractionNode<unknown, unknown, unknown>; readonly answer: unknown }
  | { readonly kind: "select"; readonly node: Node; readonly index: number }
  | { readonly kind: "pin"; readonly output: OutputPort<unknown>; readonly value: unknown }
  | { readonly kind: "unpin"; readonly output: OutputPort<unknown> }
  | { readonly kind: "batch"; readonly edits: readonly Edit[] }
  | { readonly kind: "settle" };
/**
 * Does one edit; resolves at once, except `settle`. A person's step is answered if it waits, and its answer fits.
 * @throws GraphError where the sheet refuses it
 */
export async function apply(sheet: Sheet, edit: Edit): Promise<void> {
  if (edit.kind === "settle") return sheet.settled();
  make(sheet, edit);
}

/** Does one edit, but for `settle`; gives back the demands that it made. */
export function make(sheet: Sheet, edit: Edit): readonly Promise<Outcome | readonly Outcome[]>[] {
  switch (edit.kind) {
    case "run": {
      const { again, only, items } = edit;
      return [sheet.run(edit.node, { again, ...(only && { only }), ...(items && { items }) })];
    }
    case "runAll":
      return [sheet.runAll({ again: edit.again })];
    case "batch":
      return sheet.batch(() => edit.edits.flatMap((inner) => make(sheet, inner)));
    default:
      change(sheet, edit);
      return [];
  }
}

function change(sheet: Sheet, edit: Exclude<Edit, { readonly kind: "run" | "runAll" | "batch" }>): void {
  switch (edit.kind) {
    case "set":
      return sheet.set(edit.input, edit.value);
    case "cancel":
      return sheet.cancel(edit.node);
    case "choose":
      return sheet.choose(edit.choice, edit.variant);
    case "answer":
      return answer(sheet, edit.step, edit.answer);
    case "select":
      return select(sheet, edit.node, edit.index);
    case "pin":
      return sheet.pin(edit.output, edit.value);
    case "unpin":
      return sheet.unpin(edit.output);
    case "settle":
      return;
    default:
      edit satisfies never;
  }
}

/** Nobody may be waited for just now; and an index counts modulo what there is to choose from. */
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

/** Its index counts modulo the runs that there are. */
function select(sheet: Sheet, node: Node, index: number): void {
  const runs = sheet.history(node);
  const run = runs[index % Math.max(1, runs.length)];
  if (run) sheet.select(run);
}

/** The edit, printed in words. */
export function said(edit: Edit): Edit {
  return told(edit, () => inWords(edit));
}

function inWords(edit: Edit): string {
  switch (edit.kind) {
    case "set":
      return `set ${pathOf(edit.input)} = ${fc.stringify(edit.value)}`;
    case "run":
      return `run ${edit.node.name}${manner(edit)}`;
    case "runAll":
      return `run all${edit.again ? " again" : ""}`;
    case "cancel":
      return `cancel ${edit.node.name}`;
    case "choose":
      return `choose ${edit.choice.name} ${edit.variant}`;
    case "answer":
      return `answer ${edit.step.name} ${fc.stringify(edit.answer)}`;
    case "select":
      return `select ${edit.node.name} ${edit.index}`;
    case "pin":
      return `pin ${pathOf(edit.output)} = ${fc.stringify(edit.value)}`;
    case "unpin":
      return `unpin ${pathOf(edit.output)}`;
    case "batch":
      return `batch(${edit.edits.map(inWords).join(", ")})`;
    case "settle":
      return "settle";
    default:
      return edit satisfies never;
  }
}

function manner({ again, only, items }: Extract<Edit, { kind: "run" }>): string {
  const which = items === undefined ? "" : ` items ${items === "failed" ? items : items.join()}`;
  return `${which}${only ? " only" : ""}${again ? " again" : ""}`;
}
