/** Components for what is computed rather than written: a table, and a class with its confidences. */
import type { Component } from "../engine/component.ts";
import { described } from "../engine/failure.ts";
import { badComponent, type ComponentOptions, made } from "./component-options.ts";

/** Value of `ui.label`. */
export interface LabelValue {
  label: string;
  confidences?: { label: string; confidence: number }[];
}
/** Value of `ui.dataframe`; `data` is a list of rows. */
export interface DataframeValue {
  headers: string[];
  data: (string | number | boolean | null)[][];
}

type Loose = Readonly<Record<string, unknown>>;

/** A class with confidences 0..1. @example ui.label({ label: "Animal", topClasses: 3 }) */
export function label(options: ComponentOptions<LabelValue> & { topClasses?: number } = {}): Component<LabelValue> {
  const { topClasses } = options;
  if (topClasses !== undefined && !(Number.isInteger(topClasses) && topClasses > 0)) {
    throw badComponent("ui.label: topClasses must be a whole number above 0.");
  }
  return made("label", options, {
    shown: ["topClasses"],
    example: () => ({ label: "cat", confidences: [{ label: "cat", confidence: 1 }] }),
    refuses: (value) => {
      if (!isObject(value) || typeof value.label !== "string") return "{ label, confidences } with a text as label";
      if (value.confidences === undefined) return undefined;
      if (!Array.isArray(value.confidences)) return "{ label, confidences } with a list of confidences";
      const wrong = value.confidences.findIndex((entry) => !isConfidence(entry));
      return wrong < 0
        ? undefined
        : `{ label, confidences }, each { label, confidence } from 0 to 1 (not so at ${wrong + 1})`;
    },
  });
}

/** A table. @example ui.dataframe({ headers: ["Name", "Age"], value: { headers: ["Name", "Age"], data: [["Ada", 36]] } }) */
export function dataframe(
  options: ComponentOptions<DataframeValue> & { headers?: readonly string[] } = {},
): Component<DataframeValue> {
  const { headers } = options;
  if (headers !== undefined && !isTexts(headers)) {
    throw badComponent('ui.dataframe: headers is a list of texts: ui.dataframe({ headers: ["Name", "Age"] }).');
  }
  return made("dataframe", options, {
    shown: ["headers"],
    example: () => ({ headers: [...(headers ?? ["Column"])], data: [(headers ?? ["Column"]).map(() => "Some text")] }),
    refuses: (value) => {
      if (!isObject(value) || !isTexts(value.headers))
        return "a table { headers, data } with a list of texts as headers";
      return wrongInRows(value.data, value.headers.length);
    },
  });
}

/** Rows and columns are counted from 1, as a person does. */
function wrongInRows(rows: unknown, width: number): string | undefined {
  if (!Array.isArray(rows)) return "a table { headers, data } with a list of rows as data";
  for (const [i, row] of rows.entries()) {
    const length = Array.isArray(row) ? row.length : undefined;
    if (length === undefined) return `a table of rows (row ${i + 1} must be a list, and is ${described(row)})`;
    if (length !== width) return `a table of rows as long as its headers (row ${i + 1} has ${length}, not ${width})`;
    const wrong = (row as readonly unknown[]).findIndex((cell) => !isCell(cell));
    if (wrong < 0) continue;
    const cell = `cell ${wrong + 1} of row ${i + 1} is ${described(row[wrong])}`;
    return `a table of texts, finite numbers, true, false and null (${cell})`;
  }
  return undefined;
}

function isCell(cell: unknown): boolean {
  return cell === null || typeof cell === "string" || typeof cell === "boolean" || Number.isFinite(cell);
}

function isConfidence(entry: unknown): boolean {
  if (!isObject(entry) || typeof entry.label !== "string") return false;
  return typeof entry.confidence === "number" && entry.confidence >= 0 && entry.confidence <= 1;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}

function isObject(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
