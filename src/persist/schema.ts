/** What the JSON files hold, in their present version. A change of what they hold is a new version and a migration from the one before. */
import type { SignalText } from "./records.ts";
import type { Migrations } from "./safe-file.ts";
import { factFits, has, signalFits } from "./shape.ts";

export const sheetVersion = 2;
export const indexVersion = 1;

/** `sheets/<id>/sheet.json`: how everything stood at the save that it names. */
export interface SheetData {
  readonly id: string;
  readonly name: string;
  /** Of which graph: its `persistKey`. */
  readonly key: string;
  readonly user: string;
  readonly created: number;
  readonly saves: number;
  /** Saves up to this one are of before a reset: nothing of them is left. */
  readonly since: number;
  readonly runsBegun: number;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly notes: Readonly<Record<string, unknown>>;
  readonly signals: readonly SignalText[];
}

/** One sheet as the menu shows it. */
export interface IndexEntry {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly user: string;
  readonly created: number;
  readonly updated: number;
  /** Bytes of the files and large values that it led to when it was closed last. */
  readonly blobs: number;
}

/** `index.json`: all sheets of the folder. */
export interface IndexData {
  readonly sheets: readonly IndexEntry[];
}

/** 2 says where the steps of items stood: what an older one does not say is found out when the sheet is opened. */
export const sheetMigrations: Migrations<SheetData | null> = { 1: (data) => data };
export const indexMigrations: Migrations<IndexData | null> = {};

export function sheetFits(data: unknown): data is SheetData {
  return (
    has(data, {
      id: "string",
      name: "string",
      key: "string",
      user: "string",
      created: "number",
      saves: "number",
      since: "number",
    }) &&
    has(data, { runsBegun: "number", facts: "object", notes: "object", signals: "object" }) &&
    Object.values((data as SheetData).facts).every(factFits) &&
    Array.isArray((data as SheetData).signals) &&
    (data as SheetData).signals.every(signalFits)
  );
}

const entryShape = {
  id: "string",
  name: "string",
  key: "string",
  user: "string",
  created: "number",
  updated: "number",
  blobs: "number",
};

export function indexFits(data: unknown): data is IndexData {
  const sheets = (data as { sheets?: unknown } | null)?.sheets;
  return Array.isArray(sheets) && sheets.every((entry) => has(entry, entryShape) && isId((entry as IndexEntry).id));
}

/** Ids become names of folders: nothing else may. */
export function isId(id: unknown): id is string {
  return typeof id === "string" && /^[0-9a-f]{32}$/.test(id);
}
