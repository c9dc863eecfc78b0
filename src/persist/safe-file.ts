/**
 * One JSON file for lowdb, written so that nothing can hurt it: a temporary file of its own, synced, renamed over the old one,
 * the folder synced (D1); the old one stays as `.bak`. Read with its checksum; what fails it is put aside byte for byte and
 * reported, and the `.bak` is read instead (D3). A newer version is refused untouched, an older one is migrated with a backup.
 */
import { createHash, randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";
import type { Adapter } from "lowdb";
import { codeOf, type Disk, writeWhole } from "./disk.ts";
import { NewerFileError, type Notify } from "./notice.ts";

/** How data of an older version becomes that of the next, by the version that it is of. */
export type Migrations<T> = Readonly<Record<number, (data: unknown) => T | unknown>>;

export interface SafeFileAbout<T> {
  readonly version: number;
  readonly migrations?: Migrations<T>;
  /** False for data that is not what it should be, though its checksum fits. */
  readonly fits: (data: unknown) => data is T;
  readonly notify: Notify;
  readonly sheet?: string;
}

type Found<T> = { readonly data: T; readonly text?: undefined } | "absent" | "damaged";

export class SafeFile<T> implements Adapter<T> {
  readonly #disk: Disk;
  readonly #path: string;
  readonly #about: SafeFileAbout<T>;
  /** True when what was read last is of an older version. */
  migrated = false;

  constructor(disk: Disk, path: string, about: SafeFileAbout<T>) {
    this.#disk = disk;
    this.#path = path;
    this.#about = about;
  }

  /** `null` when there is nothing that can be read. */
  async read(): Promise<T | null> {
    const found = await this.#readOne(this.#path);
    if (typeof found === "object") return found.data;
    const aside = found === "damaged" ? await this.#setAside(this.#path) : undefined;
    const backup = await this.#readOne(this.#backup);
    if (backup === "damaged") await this.#setAside(this.#backup);
    const restored = typeof backup === "object" ? backup.data : null;
    if (aside !== undefined) this.#report(aside, restored !== null);
    return restored;
  }

  async write(data: T): Promise<void> {
    const folder = dirname(this.#path);
    const temporary = join(folder, `.${basename(this.#path)}.${randomBytes(6).toString("hex")}.tmp`);
    const file = await this.#disk.open(temporary, "new");
    try {
      try {
        await file.append(Buffer.from(sealed(data, this.#about.version)));
        await file.sync();
      } finally {
        await file.close();
      }
      // Between the two renames the backup is the file: whoever reads then reads that.
      if (await this.#disk.look(this.#path)) await this.#disk.rename(this.#path, this.#backup);
      await this.#disk.rename(temporary, this.#path);
    } catch (error) {
      await this.#disk.remove(temporary).catch(() => undefined);
      throw error;
    }
    await this.#disk.syncFolder(folder);
  }

  get #backup(): string {
    return `${this.#path}.bak`;
  }

  async #readOne(path: string): Promise<Found<T>> {
    let bytes: Uint8Array | undefined;
    try {
      bytes = await this.#disk.read(path);
    } catch (error) {
      if (codeOf(error) === "EISDIR") return "damaged";
      throw error;
    }
    if (bytes === undefined) return "absent";
    const opened = unsealed(new TextDecoder().decode(bytes));
    if (opened === undefined) return "damaged";
    const { version, migrations = {}, fits } = this.#about;
    if (opened.version > version) throw new NewerFileError(path, opened.version, version);
    const migrated = migratedFrom(opened, version, migrations);
    if (migrated === undefined || !fits(migrated)) return "damaged";
    this.migrated = opened.version < version;
    if (this.migrated) await this.#keepOld(path, bytes, opened.version);
    return { data: migrated };
  }

  /** Before anything of the new version is written, the old one gets a name that nothing replaces. */
  async #keepOld(path: string, bytes: Uint8Array, version: number): Promise<void> {
    const kept = `${path}.v${version}`;
    if ((await this.#disk.look(kept)) !== undefined) return;
    await writeWhole(this.#disk, `${kept}.${randomBytes(6).toString("hex")}.tmp`, kept, bytes);
    await this.#disk.syncFolder(dirname(kept));
    this.#about.notify({
      kind: "migrated",
      ...(this.#about.sheet !== undefined && { sheet: this.#about.sheet }),
      file: path,
      aside: kept,
      message: `${basename(path)} was written by an older Millrace and is brought up to date; the old file is kept as ${basename(kept)}.`,
    });
  }

  async #setAside(path: string): Promise<string> {
    const aside = `${path}.damaged-${randomBytes(4).toString("hex")}`;
    await this.#disk.rename(path, aside);
    await this.#disk.syncFolder(dirname(path));
    return aside;
  }

  #report(aside: string, restored: boolean): void {
    const name = basename(this.#path);
    const rest = restored ? "The version before it is used instead." : "There is no earlier version of it.";
    this.#about.notify({
      kind: restored ? "restored" : "damaged",
      ...(this.#about.sheet !== undefined && { sheet: this.#about.sheet }),
      file: this.#path,
      aside,
      message: `${name} is damaged. It was put aside unchanged, as ${basename(aside)}. ${rest}`,
    });
  }
}

const head = /^\{"version":(\d{1,9}),"sha256":"([0-9a-f]{64})","data":/;

export function sealed(data: unknown, version: number): string {
  const text = JSON.stringify(data);
  return `{"version":${version},"sha256":"${digestOf(text)}","data":${text}}\n`;
}

/** `undefined` for text that is not what was written. */
export function unsealed(text: string): { readonly version: number; readonly data: unknown } | undefined {
  const found = head.exec(text);
  if (found === null || !text.endsWith("}\n")) return undefined;
  const inner = text.slice(found[0].length, -2);
  if (digestOf(inner) !== found[2]) return undefined;
  try {
    return { version: Number(found[1]), data: JSON.parse(inner) };
  } catch {
    return undefined;
  }
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function migratedFrom<T>(
  opened: { readonly version: number; readonly data: unknown },
  to: number,
  migrations: Migrations<T>,
): unknown {
  let { data } = opened;
  for (let version = opened.version; version < to; version++) {
    const migrate = migrations[version];
    if (migrate === undefined) return undefined;
    try {
      data = migrate(data);
    } catch {
      return undefined;
    }
  }
  return data;
}
