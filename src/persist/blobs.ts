/**
 * Files and large values by content: `blobs/ab/<sha256>`. The same bytes are stored once, whoever uses them. What is read is
 * checked against its name; what nothing leads to any more goes once it is old enough that nobody can just be about to name it.
 */
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { type Disk, makeFolderSafely, writeWhole } from "./disk.ts";
import type { Notify } from "./notice.ts";
import { blobsIn, largeIn } from "./values.ts";

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
  /** Asked for while a collection is under way: those stay. */
  #wanted: Set<string> | undefined;
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
    this.#wanted?.add(blob.id);
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
    const bytes = await blob.bytes();
    if (there) await this.#disk.rename(path, `${path}.damaged-${randomBytes(4).toString("hex")}`);
    await makeFolderSafely(this.#disk, folder);
    await writeWhole(this.#disk, `${path}.${randomBytes(6).toString("hex")}.tmp`, path, bytes);
    await this.#disk.syncFolder(folder);
    this.#known.add(blob.id);
    return bytes.length;
  }

  /** `undefined` when it is missing, or is not what its name says: then it is put aside. */
  async get(id: string): Promise<Uint8Array | undefined> {
    const path = join(this.#folderOf(id), id);
    const bytes = await this.#disk.read(path).catch(() => undefined);
    if (bytes !== undefined && createHash("sha256").update(bytes).digest("hex") === id) return bytes;
    this.#known.delete(id);
    if ((await this.#disk.look(path).catch(() => undefined)) === undefined) {
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
    const waiting = [...new Set(texts.flatMap(largeIn))];
    const take = async () => {
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        const bytes = await this.get(id);
        if (bytes === undefined) continue;
        found.set(id, bytes);
        waiting.push(...largeIn(Buffer.from(bytes).toString("latin1")).filter((one) => !found.has(one)));
      }
    };
    await Promise.all(Array.from({ length: 16 }, take));
    return found;
  }

  /** The blobs that a large value names in turn; none for a file, which no JSON of ours begins. */
  async namedIn(id: string): Promise<readonly string[]> {
    const bytes = await this.#disk.read(join(this.#folderOf(id), id)).catch(() => undefined);
    return bytes?.[0] === openingBracket ? blobsIn(Buffer.from(bytes).toString("latin1")) : [];
  }

  async size(id: string): Promise<number> {
    return (await this.#disk.look(join(this.#folderOf(id), id)))?.size ?? 0;
  }

  /** Removes what nothing leads to: `reachable` is asked after the list was made. Gives what went. */
  async collect(
    reachable: () => Promise<ReadonlySet<string>>,
    age = youth,
  ): Promise<{ readonly files: number; readonly bytes: number }> {
    const wanted = new Set<string>();
    this.#wanted = wanted;
    let [files, bytes] = [0, 0];
    try {
      const there: { readonly id: string; readonly path: string }[] = [];
      for (const part of await this.#disk.list(this.#folder)) {
        for (const id of await this.#disk.list(join(this.#folder, part)))
          there.push({ id, path: join(this.#folder, part, id) });
      }
      const kept = await reachable();
      for (const { id, path } of there) {
        // What was put aside is never wiped; only whole blobs and what a stop left half written may go.
        if (id.includes(".damaged-") || kept.has(id) || wanted.has(id)) continue;
        const found = await this.#disk.look(path);
        if (found === undefined || found.modified > this.#now() - age || wanted.has(id)) continue;
        this.#known.delete(id);
        const leaving = this.#disk.remove(path).finally(() => this.#leaving.delete(id));
        this.#leaving.set(id, leaving);
        await leaving;
        files++;
        bytes += found.size;
      }
    } finally {
      this.#wanted = undefined;
    }
    return { files, bytes };
  }

  #folderOf(id: string): string {
    return join(this.#folder, id.slice(0, 2));
  }
}
