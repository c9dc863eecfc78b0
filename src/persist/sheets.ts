/**
 * The saved sheets of one user and one graph: listed, opened as they were left, made, named, copied, reset, deleted, taken
 * elsewhere. Every method is on disk when it resolves (D1). A sheet is opened once however often it is asked for.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Observable } from "rxjs";
import type { Graph } from "../engine/graph.ts";
import type { Sheet } from "../engine/sheet.ts";
import { bundled, unbundled } from "./bundle.ts";
import { dataDirOf } from "./data-dir.ts";
import { type DataFolder, type FolderAbout, openFolder } from "./data-folder.ts";
import type { SheetEntry, Sheets } from "./menu.ts";
import type { Notice } from "./notice.ts";
import { OpenSheet } from "./open-sheet.ts";
import type { IndexEntry, SheetData } from "./schema.ts";
import { StoredSheet } from "./stored-sheet.ts";

export type { SheetEntry, Sheets } from "./menu.ts";

/** Where sheets are kept, and whose. */
export interface SheetsOptions {
  /** Default `MILLRACE_DATA_DIR`, else the platform's data folder. */
  dataDir?: string;
  /** Whose sheets. Default `local`. */
  user?: string;
}

/** The saved sheets of a graph. @throws Error when the graph is not saved, or the folder cannot be had */
export async function sheetsOf(
  graph: Graph,
  options: SheetsOptions = {},
  about: FolderAbout = {},
): Promise<SavedSheets> {
  const { persistKey } = graph;
  if (persistKey === false)
    throw new Error(`'${graph.name}' has persistKey: false, so its sheets are not saved. Open one with graph.sheet().`);
  const folder = await openFolder(about.disk ? (options.dataDir ?? "/data") : dataDirOf(options.dataDir), about);
  return new SavedSheets(graph, folder, { key: persistKey, user: options.user ?? "local" });
}

export class SavedSheets implements Sheets {
  /** What there is to say of damaged or migrated files. */
  readonly notices$: Observable<Notice>;
  readonly #graph: Graph;
  readonly #folder: DataFolder;
  readonly #whose: { readonly key: string; readonly user: string };
  readonly #mine = new Set<Promise<OpenSheet>>();
  #closed: Promise<void> | undefined;

  constructor(graph: Graph, folder: DataFolder, whose: { readonly key: string; readonly user: string }) {
    this.#graph = graph;
    this.#folder = folder;
    this.#whose = whose;
    this.notices$ = folder.notices$;
  }

  async list(): Promise<readonly SheetEntry[]> {
    const entries = (await this.#folder.entries()).filter((entry) => this.#owns(entry));
    return Promise.all(entries.map((entry) => this.#shown(entry)));
  }

  async open(id: string): Promise<Sheet> {
    return (await this.openKept(id)).sheet;
  }

  /** The sheet with what the server needs of it. */
  async openKept(id: string): Promise<OpenSheet> {
    await this.#entry(id);
    return this.#opened(id, async () => {
      const entry = await this.#entry(id);
      const found = await StoredSheet.open(this.#folder.place(id), entry);
      if (found === undefined) throw new Error(`Nothing of the sheet '${entry.name}' can be read.`);
      return new OpenSheet(this.#graph, this.#folder, found.stored, found.kept);
    });
  }

  async create(options: { name?: string } = {}): Promise<Sheet> {
    const about = await this.#newAbout(options.name);
    const open = this.#opened(about.id, async () => {
      const stored = await StoredSheet.create(this.#folder.place(about.id), about);
      return new OpenSheet(this.#graph, this.#folder, stored, undefined);
    });
    const { sheet } = await open;
    await this.#enter(about);
    return sheet;
  }

  async rename(id: string, name: string): Promise<void> {
    const named = name.trim();
    if (named === "") throw new Error("A sheet needs a name.");
    const entry = await this.#entry(id);
    await this.#withStored(entry, async (stored) => {
      stored.rename(named);
      await stored.checkpoint();
    });
    await this.#folder.edit((all) => all.map((one) => (one.id === id ? { ...one, name: named } : one)));
  }

  async duplicate(id: string, options: { name?: string } = {}): Promise<Sheet> {
    const entry = await this.#entry(id);
    const { data, lines } = await this.#withStored(entry, (stored) => stored.copy());
    return this.#paste(data, lines, options.name ?? `${entry.name} (copy)`);
  }

  async reset(id: string): Promise<void> {
    const entry = await this.#entry(id);
    await this.#apart(id, () => this.#stored(entry, (stored) => stored.reset()));
  }

  async delete(id: string): Promise<void> {
    await this.#entry(id);
    await this.#apart(id, async () => {
      await this.#folder.edit((all) => all.filter((one) => one.id !== id));
      await this.#folder.discard(id);
    });
  }

  async export(id: string): Promise<Blob> {
    const entry = await this.#entry(id);
    const { data, lines } = await this.#withStored(entry, (stored) => stored.copy());
    return bundled({ ...data, name: entry.name }, lines, this.#folder.blobs);
  }

  async import(file: Blob): Promise<Sheet> {
    const { data, lines, blobs } = await unbundled(file);
    for (const blob of blobs) await this.#folder.blobs.put(blob);
    return this.#paste(data, lines, data.name);
  }

  /** Removes stored files that no sheet leads to any more, and brings the folder within its budget. Gives what went of stored files. */
  async collect(): Promise<{ readonly files: number; readonly bytes: number }> {
    const gone = await this.#folder.collect();
    await this.#folder.fit();
    return gone;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  // ── one sheet

  #owns({ key, user }: Pick<IndexEntry, "key" | "user">): boolean {
    return key === this.#whose.key && user === this.#whose.user;
  }

  async #entry(id: string): Promise<IndexEntry> {
    if (this.#closed) throw new Error("These sheets are closed: open them again with graph.sheets().");
    const found = (await this.#folder.entries()).find((entry) => entry.id === id && this.#owns(entry));
    if (found) return found;
    throw new Error(`There is no sheet '${id}': sheets.list() names those that there are.`);
  }

  /** Opens it, unless it is open. */
  async #opened(id: string, open: () => Promise<OpenSheet>): Promise<OpenSheet> {
    for (let busy = this.#folder.busy(id); busy; busy = this.#folder.busy(id)) await busy;
    const known = this.#folder.open.get(id);
    if (known) {
      const there = await known;
      if (there.sheet.graph !== this.#graph)
        throw new Error("This sheet is open already, with another graph of the same persistKey. Close that one first.");
      if (!there.closing) return there;
      await there.close().catch(() => undefined);
      return this.#opened(id, open);
    }
    const opening = open();
    this.#folder.open.set(id, opening);
    this.#mine.add(opening);
    try {
      return await opening;
    } catch (error) {
      this.#folder.open.delete(id);
      this.#mine.delete(opening);
      throw error;
    }
  }

  /** Its files, while nothing is written to them: those of the open sheet, or opened for the moment. */
  async #withStored<T>(entry: IndexEntry, task: (stored: StoredSheet) => Promise<T>): Promise<T> {
    for (let opening = this.#folder.open.get(entry.id); opening; opening = this.#folder.open.get(entry.id)) {
      const open = await opening.catch(() => undefined);
      if (open && !open.closing) return open.alone(task);
      await open?.close().catch(() => undefined);
    }
    return this.#folder.apart(entry.id, () => this.#stored(entry, task));
  }

  /** Holds its files apart: it is closed, whether or not that can be saved, and nobody opens it meanwhile. */
  async #apart<T>(id: string, task: () => Promise<T>): Promise<T> {
    for (let opening = this.#folder.open.get(id); opening; opening = this.#folder.open.get(id)) {
      const open = await opening.catch(() => undefined);
      await open?.close().catch(() => undefined);
    }
    return this.#folder.apart(id, task);
  }

  async #stored<T>(entry: IndexEntry, task: (stored: StoredSheet) => Promise<T>): Promise<T> {
    const found = await StoredSheet.open(this.#folder.place(entry.id), entry);
    if (found === undefined) throw new Error(`Nothing of the sheet '${entry.name}' can be read.`);
    try {
      return await task(found.stored);
    } finally {
      await found.stored.close();
    }
  }

  async #paste(data: SheetData, lines: readonly string[], name: string): Promise<Sheet> {
    const about = await this.#newAbout(name);
    await StoredSheet.paste(this.#folder.place(about.id), { ...data, ...about }, lines);
    await this.#enter(about);
    return this.open(about.id);
  }

  async #newAbout(name: string | undefined): Promise<Pick<SheetData, "id" | "name" | "key" | "user" | "created">> {
    if (this.#closed) throw new Error("These sheets are closed: open them again with graph.sheets().");
    const taken = new Set((await this.#folder.entries()).filter((one) => this.#owns(one)).map((one) => one.name));
    let number = 1;
    while (taken.has(`Sheet ${number}`)) number++;
    const id = randomBytes(16).toString("hex");
    return { id, name: name?.trim() || `Sheet ${number}`, ...this.#whose, created: this.#folder.now() };
  }

  async #enter(about: Pick<SheetData, "id" | "name" | "key" | "user" | "created">): Promise<void> {
    const entry: IndexEntry = { ...about, updated: about.created, blobs: 0 };
    await this.#folder.edit((all) => [...all.filter((one) => one.id !== about.id), entry]);
  }

  async #shown(entry: IndexEntry): Promise<SheetEntry> {
    const { folder } = this.#folder.place(entry.id);
    const files = await Promise.all(
      ["sheet.json", "runs.jsonl"].map((name) => this.#folder.disk.look(join(folder, name)).catch(() => undefined)),
    );
    const size = files.reduce((sum, file) => sum + (file?.size ?? 0), entry.blobs);
    const updated = Math.max(entry.updated, files[1]?.modified ?? 0);
    return { id: entry.id, name: entry.name, updated: new Date(updated), size };
  }

  async #close(): Promise<void> {
    const failures: unknown[] = [];
    for (const open of this.#mine)
      await (await open.catch(() => undefined))?.close().catch((error: unknown) => failures.push(error));
    await this.#folder.close();
    if (failures.length > 0) throw failures[0];
  }
}
