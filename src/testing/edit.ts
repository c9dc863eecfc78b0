/** What people do to a sheet, as plain data. An edit does exactly what the sheet's own method does. */
import * as fc from "fast-check";
import type { ChoiceNode, Node } from "../engine/node.ts";
import { type InputPort, type OutputPort, pathOf } from "../engine/port.ts";
import type { Sheet } from "../engine/sheet.ts";
import { told } from "./told.ts";

/** One thing a person can do to a sheet; closed by `kind`. */
export type Edit =
  | { readonly kind: "set"; readonly input: InputPort<unknown>; readonly value: unknown }
  | { readonly kind: "run"; readonly node: Node; readonly again: boolean }
  | { readonly kind: "cancel"; readonly node: Node }
  | { readonly kind: "choose"; readonly choice: ChoiceNode<unknown>; readonly variant: number }
  | { readonly kind: "select"; readonly node: Node; readonly index: number }
  | { readonly kind: "pin"; readonly output: OutputPort<unknown>; readonly value: unknown }
  | { readonly kind: "unpin"; readonly output: OutputPort<unknown> }
  | { readonly kind: "batch"; readonly edits: readonly Edit[] }
  | { readonly kind: "settle" };
/** Does one edit; resolves at once, except `settle`. @throws GraphError where the sheet refuses it */
export async function apply(sheet: Sheet, edit: Edit): Promise<void> {
  if (edit.kind === "settle") return sheet.settled();
  make(sheet, edit);
}

function make(sheet: Sheet, edit: Edit): void {
  switch (edit.kind) {
    case "set":
      return sheet.set(edit.input, edit.value);
    case "run":
      return void sheet.run(edit.node, { again: edit.again });
    case "cancel":
      return sheet.cancel(edit.node);
    case "choose":
      return sheet.choose(edit.choice, edit.variant);
    case "select":
      return select(sheet, edit.node, edit.index);
    case "pin":
      return sheet.pin(edit.output, edit.value);
    case "unpin":
      return sheet.unpin(edit.output);
    case "batch":
      return sheet.batch(() => {
        for (const inner of edit.edits) make(sheet, inner);
      });
    case "settle":
      return;
    default:
      edit satisfies never;
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
      return `run ${edit.node.name}${edit.again ? " again" : ""}`;
    case "cancel":
      return `cancel ${edit.node.name}`;
    case "choose":
      return `choose ${edit.choice.name} ${edit.variant}`;
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
