/**
 * A data folder: who holds it, which sheets there are, and the files that they share. Opened once per process, whoever asks;
 * what it costs does not depend on how many sheets there are, until somebody lists them. `index.json` is what the menu says
 * of each; should it be lost, it is made again from the sheets themselves (D3).
 */
import { realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Low } from "lowdb";
import { type Observable, ReplaySubject } from "rxjs";
import { Blobs } from "./blobs.ts";
import { budgetOf, fit } from "./budget.ts";
import { type Disk, makeFolderSafely, realDisk } from "./disk.ts";
import { entryFrom } from "./found-entry.ts";
import { type Lock, lockFolder } from "./lock.ts";
import type { Notice } from "./notice.ts";
import type { OpenSheet } from "./open-sheet.ts";
import { type SheetPlace, type Tidy, usualTidy } from "./place.ts";
import { gone, ledToFrom } from "./reach.ts";
import { SafeFile } from "./safe-file.ts";
import { type IndexData, type IndexEntry, indexFits, indexMigrations, indexVersion, isId } from "./schema.ts";

/** What a folder takes from the world. */
export interface FolderAbout {
  readonly disk?: Disk;
  readonly now?: () => number;
  /** False where no other process can be: on a simulated disk. */
  readonly lock?: boolean;
  readonly tidy?: Tidy;
  /** Bytes that it may take. */
  readonly budget?: number;
}

const noticesKept = 100;
const openFolders = new Map<string, Promise<DataFolder>>();

/** The folder of that name, opened for one more who uses it. @throws FolderInUseError, NewerFileError, or what the system says */
export async function openFolder(path: string, about: FolderAbout = {}): Promise<DataFolder> {
  if (about.disk) return DataFolder.open(path, about);
  await makeFolderSafely(realDisk, resolve(path));
  const real = await realpath(path);
  const known = openFolders.get(real)?.catch(() => undefined);
  const folder = await known;
  if (folder?.use()) return folder;
  const opening = DataFolder.open(real, about, () => openFolders.delete(real));
  openFolders.set(real, opening);
  try {
    return await opening;
  } catch (error) {
    if (openFolders.get(real) === opening) openFolders.delete(real);
    throw error;
  }
}

export class DataFolder {
  readonly path: string;
  readonly disk: Disk;
  readonly blobs: Blobs;
  readonly now: () => number;
  /** What there is to say of damaged or migrated files, those of before too. */
  readonly notices$: Observable<Notice>;
  /** The sheets that are open, by id. */
  readonly open = new Map<string, Promise<OpenSheet>>();
  /** Those whose files somebody is at without opening them: when the last of these is done. */
  readonly #apart = new Map<string, Promise<void>>();
  readonly #notices = new ReplaySubject<Notice>(noticesKept);
  readonly #low: Low<IndexData | null>;
  readonly #tidy: Tidy;
  readonly #budget: number;
  #wrote = 0;
  #fitting: Promise<number> | undefined;
  #collecting: Promise<unknown> = Promise.resolve();
  #lock: Lock | undefined;
  #users = 1;
  /** True when the index was damaged: it may be an old one now. */
  #hurt = false;
  #closing: Promise<void> | undefined;
  readonly #closed: () => void;
  #listed: Promise<void> | undefined;
  /** Edits of the index, one after the other. */
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(path: string, about: FolderAbout, closed: () => void) {
    this.path = path;
    this.disk = about.disk ?? realDisk;
    this.now = about.now ?? Date.now;
    this.#tidy = about.tidy ?? usualTidy;
    this.#budget = about.budget ?? budgetOf();
    this.notices$ = this.#notices.asObservable();
    this.#closed = closed;
    this.blobs = new Blobs(this.disk, join(path, "blobs"), this.notify, this.now);
    const index = { version: indexVersion, migrations: indexMigrations, fits: indexFits, notify: this.#indexHurt };
    this.#low = new Low<IndexData | null>(
      new SafeFile<IndexData | null>(this.disk, join(path, "index.json"), index),
      null,
    );
  }

  static async open(path: string, about: FolderAbout, closed: () => void = () => undefined): Promise<DataFolder> {
    const folder = new DataFolder(path, about, closed);
    await makeFolderSafely(folder.disk, path);
    if (about.lock !== false) folder.#lock = await lockFolder(folder.disk, path);
    return folder;
  }

  readonly #indexHurt = (notice: Notice): void => {
    this.#hurt = true;
    this.notify(notice);
  };

  readonly notify = (notice: Notice): void => this.#notices.next(notice);

  /** One more uses it; false when it is about to close. */
  use(): boolean {
    if (this.#closing) return false;
    this.#users++;
    return true;
  }

  /** One fewer uses it; the last one saves and closes every sheet and lets the folder go. */
  async close(): Promise<void> {
    if (--this.#users > 0) return;
    this.#closing ??= this.#close();
    await this.#closing;
  }

  /** So many bytes were added. Now and then it is looked whether all is within the budget. */
  wrote(bytes: number): void {
    this.#wrote += bytes;
    if (this.#wrote >= this.#budget / 50) void this.fit();
  }

  /** Brings it within its budget, as far as that can be done. */
  async fit(): Promise<void> {
    if (this.#closing) return;
    this.#wrote = 0;
    this.#fitting ??= fit(this, this.#budget)
      .catch(() => 0)
      .finally(() => {
        this.#fitting = undefined;
      });
    await this.#fitting;
  }

  /** When those are done who are at a sheet's files without opening it; `undefined` when nobody is. */
  busy(id: string): Promise<void> | undefined {
    return this.#apart.get(id);
  }

  /** Does something with the files of a sheet that is not open: nobody opens it meanwhile, and who comes next waits. */
  apart<T>(id: string, task: () => Promise<T>): Promise<T> {
    const done = (this.busy(id) ?? Promise.resolve()).then(task);
    const over = done
      .then(
        () => undefined,
        () => undefined,
      )
      .then(() => {
        if (this.#apart.get(id) === over) this.#apart.delete(id);
      });
    this.#apart.set(id, over);
    return done;
  }

  place(id: string): SheetPlace {
    return {
      disk: this.disk,
      folder: join(this.path, "sheets", id),
      blobs: this.blobs,
      notify: this.notify,
      tidy: this.#tidy,
    };
  }

  // ── which sheets there are

  async entries(): Promise<readonly IndexEntry[]> {
    this.#listed ??= this.#list();
    await this.#listed;
    return this.#low.data?.sheets ?? [];
  }

  /** Changes the list; on disk when it resolves. */
  async edit(change: (sheets: readonly IndexEntry[]) => readonly IndexEntry[]): Promise<void> {
    await this.entries();
    const edited = this.#queue.then(async () => {
      const before = this.#low.data;
      this.#low.data = { sheets: change(before?.sheets ?? []) };
      try {
        await this.#low.write();
      } catch (error) {
        this.#low.data = before;
        throw error;
      }
    });
    this.#queue = edited.catch(() => undefined);
    return edited;
  }

  /** Removes stored files that no sheet leads to any more and that are old enough; one collection at a time. */
  collect(age?: number): Promise<{ readonly files: number; readonly bytes: number }> {
    const collected = this.#collecting.then(() =>
      this.blobs.collect(() => ledToFrom(this), { age, stopped: () => this.#closing !== undefined }),
    );
    this.#collecting = collected.catch(() => undefined);
    return collected;
  }

  /** Takes a sheet's files away, once the list does not name it any more. */
  async discard(id: string): Promise<void> {
    const { folder } = this.place(id);
    if ((await this.disk.look(folder)) === undefined) return;
    await this.disk.rename(folder, `${folder}${gone}`);
    await this.disk.syncFolder(join(this.path, "sheets"));
    await this.disk.remove(`${folder}${gone}`);
  }

  async #list(): Promise<void> {
    await this.#low.read();
    const known = this.#low.data;
    // After an orderly stop the list is what it says; otherwise the folders are asked.
    if (known !== null && this.#lock?.stale === false && !this.#hurt) return;
    const entries = new Map((known?.sheets ?? []).map((entry) => [entry.id, entry]));
    for (const name of await this.disk.list(join(this.path, "sheets"))) {
      if (name.endsWith(gone)) await this.disk.remove(join(this.path, "sheets", name));
      else if (isId(name) && !entries.has(name)) {
        const found = await entryFrom(this.disk, this.place(name).folder, name);
        if (found) entries.set(name, found);
      }
    }
    this.#low.data = { sheets: [...entries.values()] };
    if (entries.size !== known?.sheets.length) await this.#low.write().catch(() => undefined);
  }

  async #close(): Promise<void> {
    try {
      await this.#fitting;
      await this.#collecting;
      await Promise.all(this.#apart.values());
      for (const open of this.open.values()) await (await open.catch(() => undefined))?.close();
      await this.#queue;
    } finally {
      this.#closed();
      await this.#lock?.release();
      this.#notices.complete();
    }
  }
}
