/**
 * Files and large values by content: `blobs/ab/<sha256>`. The same bytes are stored once, whoever uses them. What is read is
 * checked against its name; what nothing leads to any more goes once it is old enough that nobody can just be about to name it.
 */
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { codeOf, type Disk, makeFolderSafely, writeWhole } from "./disk.ts";
import type { Notify } from "./notice.ts";
import { Names } from "./values.ts";

const openingBracket = 91;

/** Bytes to be stored, with what they are called. */
export interface Blobbed {
  readonly id: string;
  readonly size: number;
  bytes(): Promise<Uint8Array> | Uint8Array;
}

/** Milliseconds that a blob is left alone, whatever leads to it. */
const youth = 3_600_000;

export class Blobs {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #notify: Notify;
  readonly #now: () => number;
  /** Stored or seen in this life: not looked for again. */
  readonly #known = new Set<string>();
  /** When each was to be stored last: it may be that nobody has written down yet what it is for. */
  readonly #asked = new Map<string, number>();
  /** What large values name. They never change. */
  readonly #names = new Map<string, Names>();
  /** On their way out. */
  readonly #leaving = new Map<string, Promise<void>>();

  constructor(disk: Disk, folder: string, notify: Notify, now: () => number) {
    this.#disk = disk;
    this.#folder = folder;
    this.#notify = notify;
    this.#now = now;
  }

  /** On disk when it resolves (D1). Gives the bytes written: 0 for what is there already. */
  async put(blob: Blobbed): Promise<number> {
    this.#asked.set(blob.id, this.#now());
    await this.#leaving.get(blob.id);
    if (this.#known.has(blob.id)) return 0;
    const folder = this.#folderOf(blob.id);
    const path = join(folder, blob.id);
    const there = await this.#disk.look(path);
    if (there?.size === blob.size && !there.folder) {
      await this.#disk.touch(path).catch(() => undefined);
      this.#known.add(blob.id);
      return 0;
    }
    const bytes = await unlessLost(blob);
    if (bytes === undefined) return 0;
    if (there) await this.#disk.rename(path, `${path}.damaged-${randomBytes(4).toString("hex")}`);
    await makeFolderSafely(this.#disk, folder);
    await writeWhole(this.#disk, `${path}.${randomBytes(6).toString("hex")}.tmp`, path, bytes);
    await this.#disk.syncFolder(folder);
    this.#known.add(blob.id);
    return bytes.length;
  }

  /** `undefined` when it is missing, or is not what its name says: then it is put aside. @throws when it cannot be read just now */
  async get(id: string): Promise<Uint8Array | undefined> {
    const path = join(this.#folderOf(id), id);
    const bytes = await this.#disk.read(path).catch((error: unknown) => {
      if (codeOf(error) === "EISDIR") return new Uint8Array();
      throw error;
    });
    if (bytes !== undefined && createHash("sha256").update(bytes).digest("hex") === id) return bytes;
    this.#known.delete(id);
    if (bytes === undefined) {
      this.#notify({ kind: "damaged", file: path, message: `A stored file is missing: ${id.slice(0, 12)}…` });
      return undefined;
    }
    const aside = `${path}.damaged-${randomBytes(4).toString("hex")}`;
    await this.#disk.rename(path, aside).catch(() => undefined);
    const message = `A stored file is damaged (${id.slice(0, 12)}…). It was put aside unchanged.`;
    this.#notify({ kind: "damaged", file: path, aside, message });
    return undefined;
  }

  /** The large values that texts name, and those that these name in turn: needed at once, so they are read side by side. */
  async large(texts: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>();
    const names = Names.in(texts);
    const met = new Set<string>();
    for (let waiting = [...names.large]; waiting.length > 0; waiting = [...names.large].filter((id) => !met.has(id))) {
      const take = async () => {
        for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
          met.add(id);
          const bytes = await this.get(id);
          if (bytes === undefined) continue;
          found.set(id, bytes);
          for (const text of textOf(bytes)) names.add(text);
        }
      };
      await Promise.all(Array.from({ length: Math.min(16, waiting.length) }, take));
    }
    return found;
  }

  /** Adds what a large value names in turn: nothing where its bytes are no JSON of ours. */
  async nameIn(id: string, names: Names): Promise<void> {
    const known = this.#names.get(id) ?? (await this.#namesOf(id));
    this.#names.set(id, known);
    for (const one of known.all) names.all.add(one);
    for (const one of known.large) names.large.add(one);
  }

  async #namesOf(id: string): Promise<Names> {
    const bytes = await this.#disk.read(join(this.#folderOf(id), id));
    return Names.in(bytes ? textOf(bytes) : []);
  }

  async size(id: string): Promise<number> {
    return (await this.#disk.look(join(this.#folderOf(id), id)))?.size ?? 0;
  }

  /**
   * Removes what nothing leads to and nobody asked to be stored lately: `reachable` is asked after the list was made. Gives what
   * went. `stopped`: true when it is to come to an end.
   */
  async collect(
    reachable: () => Promise<ReadonlySet<string>>,
    {
      age = youth,
      stopped = () => false,
    }: { readonly age?: number | undefined; readonly stopped?: () => boolean } = {},
  ): Promise<{ readonly files: number; readonly bytes: number }> {
    let [files, bytes] = [0, 0];
    const there: { readonly id: string; readonly path: string }[] = [];
    for (const part of await this.#disk.list(this.#folder)) {
      for (const id of await this.#disk.list(join(this.#folder, part)))
        there.push({ id, path: join(this.#folder, part, id) });
    }
    const kept = await reachable();
    const young = this.#now() - age;
    const stays = (id: string) => kept.has(id) || (this.#asked.get(id) ?? 0) > young;
    for (const { id, path } of there) {
      if (stopped()) break;
      // What was put aside is never wiped; only whole blobs and what a stop left half written may go.
      if (id.includes(".damaged-") || stays(id)) continue;
      const found = await this.#disk.look(path);
      if (found === undefined || found.modified > young || stays(id)) continue;
      for (const forgetting of [this.#known, this.#asked, this.#names]) forgetting.delete(id);
      const leaving = this.#disk.remove(path).finally(() => this.#leaving.delete(id));
      this.#leaving.set(id, leaving);
      await leaving;
      files++;
      bytes += found.size;
    }
    return { files, bytes };
  }

  #folderOf(id: string): string {
    return join(this.#folder, id.slice(0, 2));
  }
}

/** The text of a large value, if that is what it is: no JSON of ours begins otherwise. */
function textOf(bytes: Uint8Array): readonly string[] {
  return bytes[0] === openingBracket ? [Buffer.from(bytes).toString("latin1")] : [];
}

/** The bytes of a file that was stored once and is missing now are nowhere: that was said when they were looked for, and the sheet that names it is saved all the same. */
async function unlessLost(blob: Blobbed): Promise<Uint8Array | undefined> {
  try {
    return await blob.bytes();
  } catch (error) {
    if (codeOf(error) !== "") throw error;
    return undefined;
  }
}
