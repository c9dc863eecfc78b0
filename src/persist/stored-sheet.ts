/**
 * One sheet on disk: `sheet.json`, which says how everything stood at some save, and `runs.jsonl`, a line for every save
 * since, with all runs. A save is one line, so it costs what changed; now and then everything is written to `sheet.json`, and
 * lines of what is forgotten are left out of the log. After a stop at any moment the two together say what they said before
 * it or what they were about to say, and nothing else (D2).
 */
import { basename, join } from "node:path";
import { Low } from "lowdb";
import type { Change, Fact, Kept } from "../engine/kept.ts";
import type { Blobs } from "./blobs.ts";
import { type Disk, makeFolderSafely } from "./disk.ts";
import { Log, type LogRead } from "./log.ts";
import type { Notify } from "./notice.ts";
import { Collected, type Line, lineOf, type Notes, pruned, type SignalText } from "./records.ts";
import { SafeFile } from "./safe-file.ts";
import { type SheetData, sheetFits, sheetMigrations, sheetVersion } from "./schema.ts";
import { blobsIn, largeIn } from "./values.ts";

/** How a sheet is opened from its folder. */
export interface SheetPlace {
  readonly disk: Disk;
  readonly folder: string;
  readonly blobs: Blobs;
  readonly notify: Notify;
  readonly tidy: Tidy;
}

/** When files are put in order. */
export interface Tidy {
  /** Bytes of a log from which it may be worth leaving lines out. */
  readonly bytes: number;
  /** Saves after which everything is written to `sheet.json`, so that a log is never read for long. */
  readonly saves: number;
}

export const usualTidy: Tidy = { bytes: 256 * 1024, saves: 2_000 };

export class StoredSheet {
  readonly #place: SheetPlace;
  readonly #low: Low<SheetData | null>;
  readonly #log: Log;
  readonly #facts = new Map<string, Fact>();
  readonly #notes = new Map<string, unknown>();
  /** The texts of the signals that inputs and pins hold: they are in `sheet.json` too, should the log be lost. */
  readonly #held = new Map<number, string>();
  readonly #blobs = new Set<string>();
  #about: Pick<SheetData, "id" | "name" | "key" | "user" | "created">;
  /** The last save that was put into words, and the last one on disk. */
  #saves = 0;
  #written = 0;
  #runsBegun = 0;
  /** The last save before it was reset. */
  #since = 0;
  /** The save that `sheet.json` says. */
  #checkpoint = 0;
  /** Bytes of the log after it was written anew. */
  #compacted = 0;

  private constructor(place: SheetPlace, about: StoredSheet["about"]) {
    this.#place = place;
    this.#about = about;
    const file = new SafeFile<SheetData | null>(place.disk, join(place.folder, "sheet.json"), {
      version: sheetVersion,
      migrations: sheetMigrations,
      fits: sheetFits,
      notify: place.notify,
      sheet: about.id,
    });
    this.#low = new Low<SheetData | null>(file, null);
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
    return this.#notes;
  }

  /** The blobs that it leads to, and some that it led to. */
  get leadsTo(): ReadonlySet<string> {
    return this.#blobs;
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
  async append(
    saves: readonly { readonly line: Line; readonly change: Change | undefined; readonly notes: Notes }[],
  ): Promise<number> {
    let bytes = 0;
    for (const { line } of saves) for (const blob of line.blobs) bytes += await this.#place.blobs.put(blob);
    bytes += await this.#log.append(saves.map(({ line }) => line.text));
    for (const save of saves) this.#note(save);
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
    this.#blobs.clear();
    for (const [i, text] of lines.entries()) {
      const rest = pruned(text, alive);
      if (rest !== undefined) {
        kept.push(rest);
        for (const id of blobsIn(rest)) this.#blobs.add(id);
      }
      // Other work of the process goes on meanwhile.
      if (i % 500 === 499) await new Promise((resolve) => setImmediate(resolve));
    }
    for (const text of this.#held.values()) for (const id of blobsIn(text)) this.#blobs.add(id);
    await this.#log.rewrite(kept);
    this.#compacted = this.#log.size;
  }

  /** Back to how the graph is by itself, without runs; their numbers are not given again. */
  async reset(): Promise<void> {
    for (const forgotten of [this.#facts, this.#notes, this.#held, this.#blobs]) forgotten.clear();
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
    for (const [key, fact] of this.#facts) all.facts.set(key, fact);
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
    const large = await this.#large(texts);
    for (const text of texts) for (const id of blobsIn(text)) this.#blobs.add(id);
    const kept = all.kept({
      large: (id) => large.get(id),
      file: async (id) => {
        const bytes = await this.#place.blobs.get(id);
        if (bytes === undefined) throw new Error(`The stored file ${id.slice(0, 12)}… is missing or damaged.`);
        return bytes;
      },
    });
    this.#runsBegun = kept.runsBegun;
    for (const [key, fact] of all.facts) this.#facts.set(key, fact);
    for (const [name, note] of all.notes) this.#notes.set(name, note);
    this.#hold(all.signals);
    return kept;
  }

  /** What is damaged or missing is said, and what is there of it is kept as it is under another name; what is good goes on (D3). */
  async #mend(data: SheetData | null, { lines, damaged, size }: LogRead, all: Collected): Promise<void> {
    const { missing } = all;
    if (damaged === 0 && missing === 0 && data !== null) return;
    const hurt = damaged > 0 || missing > 0;
    const aside = hurt && (size > 0 || damaged > 0) ? await this.#log.setAside() : undefined;
    if (damaged > 0) await this.#log.rewrite(lines);
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

  /** Large values are needed at once: they are read side by side. */
  async #large(texts: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>();
    const waiting = [...new Set(texts.flatMap(largeIn))];
    const take = async () => {
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        const bytes = await this.#place.blobs.get(id);
        if (bytes === undefined) continue;
        found.set(id, bytes);
        waiting.push(...largeIn(Buffer.from(bytes).toString("latin1")).filter((one) => !found.has(one)));
      }
    };
    await Promise.all(Array.from({ length: 16 }, take));
    return found;
  }

  // ── what there is to say

  #data(): SheetData {
    return {
      ...this.#about,
      saves: this.#written,
      since: this.#since,
      runsBegun: this.#runsBegun,
      facts: Object.fromEntries(this.#facts),
      notes: Object.fromEntries(this.#notes),
      signals: [...this.#held.values()].map((text) => JSON.parse(text) as SignalText),
    };
  }

  #note({
    line,
    change,
    notes,
  }: {
    readonly line: Line;
    readonly change: Change | undefined;
    readonly notes: Notes;
  }): void {
    this.#written = line.number;
    this.#runsBegun = Math.max(this.#runsBegun, change?.runsBegun ?? 0);
    for (const id of blobsIn(line.text)) this.#blobs.add(id);
    for (const [key, fact] of change?.facts ?? []) {
      this.#letGo(this.#facts.get(key));
      if (fact) this.#facts.set(key, fact);
      else this.#facts.delete(key);
      const id = heldBy(fact);
      const text = id === undefined ? undefined : line.signals.get(id);
      if (id !== undefined && text !== undefined) this.#held.set(id, text);
    }
    for (const [name, note] of notes) {
      if (note === null || note === undefined) this.#notes.delete(name);
      else this.#notes.set(name, note);
    }
  }

  #letGo(fact: Fact | undefined): void {
    const id = heldBy(fact);
    if (id !== undefined) this.#held.delete(id);
  }

  #hold(signals: ReadonlyMap<number, SignalText>): void {
    for (const fact of this.#facts.values()) {
      const id = heldBy(fact);
      const signal = id === undefined ? undefined : signals.get(id);
      if (signal) this.#held.set(signal[0], JSON.stringify(signal));
    }
  }
}

/** The signal that a person gave. */
function heldBy(fact: Fact | undefined): number | undefined {
  if (fact?.kind === "source") return fact.signal;
  return fact?.kind === "slot" ? fact.pin : undefined;
}
