/** Edits in words: what fast-check prints of those that it drew. */
import * as fc from "fast-check";
import { pathOf } from "../engine/port.ts";
import type { Edit } from "./edit.ts";
import { told } from "./told.ts";

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
    case "cancelAll":
      return "cancel all";
    case "choose":
      return `choose ${edit.choice.name} ${edit.variant}`;
    case "answer":
      return `answer ${edit.step.name} ${fc.stringify(edit.answer)}`;
    case "select":
      return `select ${edit.node.name} ${edit.index}`;
    case "pin":
      return `pin ${pathOf(edit.output)}${itemOf(edit)} = ${fc.stringify(edit.value)}`;
    case "unpin":
      return `unpin ${pathOf(edit.output)}${itemOf(edit)}`;
    case "editRow":
      return edit.value === undefined
        ? `take row ${edit.row} out of ${pathOf(edit.list)}`
        : `edit row ${edit.row} of ${pathOf(edit.list)} = ${fc.stringify(edit.value)}`;
    case "sweep":
      return `sweep ${pathOf(edit.input)} over ${fc.stringify(edit.values)} for ${edit.node.name}`;
    case "inside":
      return `inside ${edit.node.name}${itemOf(edit)}: ${inWords(edit.edit)}`;
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

function itemOf({ item }: { readonly item?: number }): string {
  return item === undefined ? "" : ` item ${item}`;
}
