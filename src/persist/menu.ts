/** Saved sheets as code and people see them: what can be done with them, and a line of the menu. */
import type { Sheet } from "../engine/sheet.ts";

/** One line of the sheet menu; `size` in bytes. */
export interface SheetEntry {
  readonly id: string;
  readonly name: string;
  readonly updated: Date;
  readonly size: number;
}

/**
 * Saved sheets of one user; every method is on disk when it resolves. @throws Error for an unknown id
 *
 * @example
 * const sheets = await graph.sheets({ dataDir: "./data" });
 * const sheet = await sheets.create({ name: "First try" });
 * sheet.set(shorten.inputs.text, "Water");
 * await sheet.saved();
 * await sheets.close();
 */
export interface Sheets {
  list(): Promise<readonly SheetEntry[]>;
  /** As it was left; no node runs by being opened. */
  open(id: string): Promise<Sheet>;
  create(options?: { name?: string }): Promise<Sheet>;
  rename(id: string, name: string): Promise<void>;
  duplicate(id: string, options?: { name?: string }): Promise<Sheet>;
  /** Back to the graph's own values, without runs. If it is open it is closed: open it again. */
  reset(id: string): Promise<void>;
  delete(id: string): Promise<void>;
  /** One file with everything in it, and back. */
  export(id: string): Promise<Blob>;
  import(file: Blob): Promise<Sheet>;
  /** Saves and closes every open sheet and frees the folder. */
  close(): Promise<void>;
}
