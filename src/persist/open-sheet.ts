/**
 * A sheet that is kept and open: the living one, its files, and what saves the one to the others. What the server needs of
 * it: `sheet`, `saving$` (the canvas's `saving` and `saved`), `notes` and `note` (where cards lie, zoom and pan), `close`.
 */
import type { Observable } from "rxjs";
import type { Graph } from "../engine/graph.ts";
import type { Kept } from "../engine/kept.ts";
import { type KeptSheet, openKept } from "../engine/open-kept.ts";
import type { Sheet } from "../engine/sheet.ts";
import { realTime } from "../engine/time.ts";
import type { DataFolder } from "./data-folder.ts";
import { Saver, type Saving } from "./saver.ts";
import type { StoredSheet } from "./stored-sheet.ts";

export class OpenSheet {
  readonly sheet: Sheet;
  /** How far saving is; the present state first. */
  readonly saving$: Observable<Saving>;
  readonly #folder: DataFolder;
  readonly #stored: StoredSheet;
  readonly #living: KeptSheet;
  readonly #saver: Saver;
  #begun = false;
  #closing: Promise<void> | undefined;

  constructor(graph: Graph, folder: DataFolder, stored: StoredSheet, kept: Kept | undefined) {
    this.#folder = folder;
    this.#stored = stored;
    const { id, name } = stored.about;
    this.#living = openKept(graph, {
      id,
      name,
      ...(kept && { kept }),
      saved: () => this.#saver.flush(),
      closing: () => {
        if (!this.closing) void this.close().catch(() => undefined);
      },
    });
    this.sheet = this.#living.sheet;
    this.#saver = new Saver(this.#living, stored, realTime);
    this.#saver.onWritten = (bytes) => folder.wrote(bytes);
    this.saving$ = this.#saver.saving$;
  }

  get name(): string {
    return this.#stored.about.name;
  }

  get saving(): Saving {
    return this.#saver.now;
  }

  /** Bytes written since it was opened. */
  get written(): number {
    return this.#saver.bytes;
  }

  /** True from the moment it begins to close. */
  get closing(): boolean {
    return this.#begun;
  }

  /** What is kept beside the sheet, by name. */
  get notes(): ReadonlyMap<string, unknown> {
    return this.#stored.notes;
  }

  get leadsTo(): ReadonlySet<string> {
    return this.#stored.leadsTo;
  }

  /** True when closing it would lose nothing: all of it is on disk, and none of it lives in this process alone. */
  get allOnDisk(): boolean {
    if (this.saving.kind !== "saved") return false;
    const { lost } = this.#stored;
    const alive = lost.size > 0 ? this.#living.keeper.alive().signals : none;
    return ![...lost].some((id) => alive.has(id));
  }

  /** Keeps plain JSON beside the sheet; `null` takes it away. */
  note(name: string, value: unknown): void {
    this.#saver.note(name, value);
  }

  /** Resolves when all so far is on disk. @throws Error when it cannot be written now */
  saved(): Promise<void> {
    return this.#saver.flush();
  }

  /** Does something with its files while nothing is written to them. */
  alone<T>(task: (stored: StoredSheet) => Promise<T>): Promise<T> {
    return this.#saver.alone(() => task(this.#stored));
  }

  /** Forgets the older half of the runs that nothing shows, here and on disk. */
  async forgetOld(): Promise<void> {
    await this.alone(async (stored) => {
      this.#living.forgetOld();
      await stored.compact(this.#living.keeper.alive());
    });
  }

  /** Saves and closes it. Runs under way come back as `interrupted`. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#begun = true;
    const { id } = this.sheet;
    // What is to be saved is taken at once: closing stops the runs, and that is not how they are kept.
    const ended = this.#saver.end();
    this.sheet.close();
    try {
      await ended;
      const blobs = await this.#bytesLedTo();
      const updated = this.#folder.now();
      if (this.#saver.bytes > 0)
        await this.#folder.edit((all) => all.map((one) => (one.id === id ? { ...one, updated, blobs } : one)));
    } finally {
      this.#folder.open.delete(id);
    }
  }

  async #bytesLedTo(): Promise<number> {
    let bytes = 0;
    for (const id of this.leadsTo) bytes += await this.#folder.blobs.size(id);
    return bytes;
  }
}

const none: ReadonlySet<number> = new Set();
