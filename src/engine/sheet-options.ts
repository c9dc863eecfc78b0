/** What a sheet is opened with and asked with, checked where people write it. What the engine itself passes on is not looked at. */
import { described } from "./failure.ts";
import { GraphError } from "./graph-error.ts";
import { refuseUnknown } from "./known-options.ts";
import type { SheetOptions } from "./sheet.ts";

/** @throws GraphError `wrong-type` */
export function checkSheetOptions(options: SheetOptions): void {
  refuseUnknown(options, ["name", "memory", "begin"], "graph.sheet()");
  refuseUnknown(options.memory, ["runs", "bytes"], "A sheet's memory");
  if (options.name === undefined || typeof options.name === "string") return;
  throw new GraphError(
    "wrong-type",
    `The name of a sheet is a text, e.g. name: "Draft", and this is ${described(options.name)}.`,
  );
}

/** @throws GraphError `wrong-type` */
export function checkRunOptions(options: unknown, method: string): void {
  refuseUnknown(options, ["only", "again", "items"], `sheet.${method}()`);
}

/** @throws GraphError `wrong-type` */
export function refuseNoList(values: unknown): void {
  if (Array.isArray(values)) return;
  throw new GraphError(
    "wrong-type",
    `A sweep takes a list of values, e.g. [0, 0.5, 1], and this is ${described(values)}.`,
  );
}

/** @throws GraphError `wrong-type` */
export function refuseNoEdits(edits: unknown): void {
  if (typeof edits === "function") return;
  const what = `sheet.batch takes a function that makes edits, e.g. () => sheet.set(node.inputs.text, "a"), and this is ${described(edits)}.`;
  throw new GraphError("wrong-type", what);
}
