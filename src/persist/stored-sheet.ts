/**
 * One sheet on disk: `sheet.json`, which says how everything stood at some save, and `runs.jsonl`, a line for every save
 * since, with all runs. A save is one line, so it costs what changed; now and then everything is written to `sheet.json`, and
 * lines of what is forgotten are left out of the log. After a stop at any moment the two together say what they said before
 * it or what they were about to say, and nothing else (D2).
 */
import { basename, join } from "node:path";
import { Low } from "lowdb";
import type { Change, Fact, Kept } from "../engine/kept.ts";
import { makeFolderSafely } from "./disk.ts";
import { Log, type LogRead } from "./log.ts";
import type { SheetPlace } from "./place.ts";
import { Collected, type Line, lineOf, type Notes, pruned } from "./records.ts";
import { SafeFile } from "./safe-file.ts";
import { type SheetData, sheetFits, sheetMigrations, sheetVersion } from "./schema.ts";
import { type Save, Standing } from "./standing.ts";

export class StoredSheet {
  readonly #place: SheetPlace;
  readonly #low: Low<SheetData | null>;
  readonly #file: SafeFile<SheetData | null>;
  readonly #log: Log;
  readonly #standing = new Standing();
  #about: Pick<SheetData, "id" | "name" | "key" | "user" | "created">;
  /** The last save that was put into words, and the last one on disk. */
  #saves = 0;
  #written = 0;
  /** The last save before it was reset. */
  #since = 0;
  /** The save that `sheet.json` says. */
  #checkpoint = 0;
  /** Bytes of the log after it was written anew. */
  #compacted = 0;

  private constructor(place: SheetPlace, about: StoredSheet["about"]) {
    this.#place = place;
    this.#about = about;
    this.#file = new SafeFile<SheetData | null>(place.disk, join(place.folder, "sheet.json"), {
      version: sheetVersion,
      migrations: sheetMigrations,
      fits: sheetFits,
      notify: place.notify,
      sheet: about.id,
    });
    this.#low = new Low<SheetData | null>(this.#file, null);
    this.#log = new Log(place.disk, join(place.folder, "runs.jsonl"));
  }

  /** A new sheet; on disk when it resolves. */
  static async create(place: SheetPlace, about: StoredSheet["about"]): Promise<StoredSheet> {
    const stored = new StoredSheet(place, about);
    await makeFolderSafely(place.disk, place.folder);
    await stored.checkpoint();
    return stored;
  }

  /** A sheet made of a copy of another. */
  static async paste(place: SheetPlace, data: SheetData, lines: readonly string[]): Promise<void> {
    const stored = new StoredSheet(place, data);
    await makeFolderSafely(place.disk, place.folder);
    // The log first: without `sheet.json` it is no sheet yet.
    await stored.#log.rewrite(lines);
    stored.#low.data = data;
    await stored.#low.write();
  }

  /** A sheet that is there, with all that it was; `undefined` when nothing of it can be read. */
  static async open(
    place: SheetPlace,
    about: StoredSheet["about"],
  ): Promise<{ readonly stored: StoredSheet; readonly kept: Kept } | undefined> {
    const stored = new StoredSheet(place, about);
    const kept = await stored.#load();
    return kept && { stored, kept };
  }

  get about(): Pick<SheetData, "id" | "name" | "key" | "user" | "created"> {
    return this.#about;
  }

  /** The last save that is on disk. */
  get written(): number {
    return this.#written;
  }

  get notes(): Notes {
    return this.#standing.notes;
  }

  /** The blobs that it leads to, and some that it led to. */
  get leadsTo(): ReadonlySet<string> {
    return this.#standing.blobs;
  }

  /** The signals whose values are on no disk. */
  get lost(): ReadonlySet<number> {
    return this.#standing.lost;
  }

  /** True when lines that say nothing any more are worth leaving out. */
  get stretched(): boolean {
    return this.#log.size > this.#place.tidy.bytes && this.#log.size > 2 * this.#compacted;
  }

  /** True when opening would read for long. */
  get behind(): boolean {
    return this.#written - this.#checkpoint >= this.#place.tidy.saves;
  }

  /** Puts a change into words, at once. */
  line(change: Change | undefined, notes: Notes): Line {
    return lineOf(++this.#saves, change, notes);
  }

  /** Writes saves; on disk when it resolves (D1). Gives the bytes written. */
  async append(saves: readonly Save[]): Promise<number> {
    let bytes = 0;
    for (const { line } of saves) for (const blob of line.blobs) bytes += await this.#place.blobs.put(blob);
    bytes += await this.#log.append(saves.map(({ line }) => line.text));
    for (const save of saves) this.#standing.add(save);
    this.#written = saves.at(-1)?.line.number ?? this.#written;
    return bytes;
  }

  rename(name: string): void {
    this.#about = { ...this.#about, name };
  }

  /** Writes how everything stands to `sheet.json`. */
  async checkpoint(): Promise<void> {
    this.#low.data = this.#data();
    await this.#low.write();
    this.#checkpoint = this.#low.data.saves;
  }

  /** Leaves out of the log what is not alive. Both versions of `sheet.json` know all facts of it by then. */
  async compact(alive: { readonly runs: ReadonlySet<number>; readonly signals: ReadonlySet<number> }): Promise<void> {
    const { lines } = await this.#log.read();
    await this.checkpoint();
    await this.checkpoint();
    const kept: string[] = [];
    this.#standing.leadAnew();
    for (const [i, text] of lines.entries()) {
      const rest = pruned(text, alive);
      if (rest !== undefined) {
        kept.push(rest);
        this.#standing.lead(rest);
      }
      // Other work of the process goes on meanwhile.
      if (i % 500 === 499) await new Promise((resolve) => setImmediate(resolve));
    }
    await this.#log.rewrite(kept);
    this.#compacted = this.#log.size;
  }

  /** Back to how the graph is by itself, without runs; their numbers are not given again. */
  async reset(): Promise<void> {
    this.#standing.clear();
    this.#since = ++this.#saves;
    this.#written = this.#since;
    await this.checkpoint();
    await this.#log.rewrite([]);
  }

  /** The lines of its log, and what else there is to say, for a copy of it. */
  async copy(): Promise<{ readonly data: SheetData; readonly lines: readonly string[] }> {
    const { lines } = await this.#log.read();
    return { data: this.#data(), lines };
  }

  /** Leaves out all runs that nothing shows. */
  async thin(): Promise<void> {
    const { lines } = await this.#log.read();
    const all = new Collected();
    for (const [key, fact] of this.#standing.facts) all.facts.set(key, fact);
    for (const text of lines) all.add(text, Number.POSITIVE_INFINITY, this.#since);
    await this.compact(all.shown());
  }

  async close(): Promise<void> {
    await this.#log.close();
  }

  // ── reading

  async #load(): Promise<Kept | undefined> {
    await this.#low.read();
    const data = this.#low.data;
    const found = await this.#log.read();
    if (data === null && found.lines.length === 0 && found.damaged === 0) return undefined;
    const all = new Collected();
    for (const [key, fact] of Object.entries(data?.facts ?? {})) all.facts.set(key, fact as Fact);
    for (const [name, note] of Object.entries(data?.notes ?? {})) all.notes.set(name, note);
    for (const signal of data?.signals ?? []) all.signals.set(signal[0], signal);
    const good = found.lines.filter((text) => all.add(text, data?.saves ?? 0, data?.since));
    await this.#mend(data, { ...found, lines: good, damaged: found.damaged + found.lines.length - good.length }, all);
    if (data)
      this.#about = { id: this.#about.id, name: data.name, key: data.key, user: data.user, created: data.created };
    this.#saves = Math.max(all.saves, data?.saves ?? 0);
    this.#written = this.#saves;
    all.runsBegun = Math.max(all.runsBegun, data?.runsBegun ?? 0);
    this.#checkpoint = data?.saves ?? 0;
    this.#since = data?.since ?? 0;
    this.#compacted = this.#log.size / 2;
    const texts = [...good, JSON.stringify(data?.signals ?? [])];
    const large = await this.#place.blobs.large(texts);
    for (const text of texts) this.#standing.lead(text);
    const kept = all.kept({
      large: (id) => large.get(id),
      file: async (id) => {
        const bytes = await this.#place.blobs.get(id);
        if (bytes === undefined) throw new Error(`The stored file ${id.slice(0, 12)}… is missing or damaged.`);
        return bytes;
      },
    });
    this.#standing.runsBegun = kept.runsBegun;
    this.#standing.take(all);
    // An older version must refuse the sheet before it meets a line that it does not understand.
    if (this.#file.migrated) await this.checkpoint();
    return kept;
  }

  /** What is damaged or missing is said, and what is there of it is kept as it is under another name; what is good goes on (D3). */
  async #mend(data: SheetData | null, { lines, damaged, size }: LogRead, all: Collected): Promise<void> {
    const { missing } = all;
    if (damaged === 0 && missing === 0 && data !== null) return;
    const hurt = damaged > 0 || missing > 0;
    const aside = hurt && (size > 0 || damaged > 0) ? await this.#log.setAside() : undefined;
    if (damaged > 0) await this.#log.rewrite(lines);
    all.dropMissing();
    const what = [
      ...(data === null ? ["What it says of the sheet as a whole is missing."] : []),
      ...(damaged > 0 ? [`${damaged} of its ${damaged + lines.length} saves are damaged and were left out.`] : []),
      ...(missing > 0 ? [`${missing} of its values and runs are missing.`] : []),
      ...(aside ? [`The file was put aside unchanged, as ${basename(aside)}.`] : []),
    ];
    this.#place.notify({
      kind: "damaged",
      sheet: this.#about.id,
      file: this.#log.path,
      ...(aside !== undefined && { aside }),
      message: `A sheet is damaged. ${what.join(" ")}`,
    });
  }

  #data(): SheetData {
    return { ...this.#about, saves: this.#written, since: this.#since, ...this.#standing.data };
  }
}
