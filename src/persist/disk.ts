/**
 * What storage asks of a file system, and nothing else: small enough that a simulated one can stand in, and be cut off at
 * any moment. Nothing counts as written before its `sync`, no rename or new name before `syncFolder` of its folder (D1).
 */
import * as fs from "node:fs/promises";
import { dirname } from "node:path";

export interface DiskFile {
  /** Writes at the end. */
  append(bytes: Uint8Array): Promise<void>;
  truncate(size: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface Entry {
  readonly size: number;
  /** Epoch milliseconds. */
  readonly modified: number;
  readonly folder: boolean;
}

export interface Disk {
  /** The whole file; `undefined` when there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** `new` fails when there is something of that name (`EEXIST`); `append` makes what is missing. */
  open(path: string, how: "new" | "append"): Promise<DiskFile>;
  rename(from: string, to: string): Promise<void>;
  /** A second name for a file; fails when the name is taken (`EEXIST`). */
  link(from: string, to: string): Promise<void>;
  /** A file or a folder with all in it; what is not there is gone already. */
  remove(path: string): Promise<void>;
  /** With all above it. */
  makeFolder(path: string): Promise<void>;
  syncFolder(path: string): Promise<void>;
  /** Names in a folder; none when there is no such folder. */
  list(path: string): Promise<readonly string[]>;
  look(path: string): Promise<Entry | undefined>;
  touch(path: string): Promise<void>;
}

const privately = 0o600;
const privateFolder = 0o700;

/** The file system of this machine. What it makes, only its owner may read. */
export const realDisk: Disk = {
  read: (path) => unlessAbsent(fs.readFile(path), undefined),
  async open(path, how) {
    const file = await fs.open(path, how === "new" ? "wx" : "a", privately);
    return {
      append: (bytes) => file.appendFile(bytes),
      truncate: (size) => file.truncate(size),
      sync: () => file.datasync(),
      close: () => file.close(),
    };
  },
  rename: (from, to) => fs.rename(from, to),
  link: (from, to) => fs.link(from, to),
  remove: (path) => fs.rm(path, { recursive: true, force: true }),
  makeFolder: async (path) => void (await fs.mkdir(path, { recursive: true, mode: privateFolder })),
  async syncFolder(path) {
    const folder = await fs.open(path, "r").catch(noFolders);
    try {
      await folder?.sync().catch(noFolders);
    } finally {
      await folder?.close();
    }
  },
  list: (path) => unlessAbsent(fs.readdir(path), []),
  async look(path) {
    const found = await unlessAbsent(fs.stat(path), undefined);
    return found && { size: found.size, modified: found.mtimeMs, folder: found.isDirectory() };
  },
  async touch(path) {
    const now = new Date();
    await fs.utimes(path, now, now);
  },
};

async function unlessAbsent<T, O>(asked: Promise<T>, otherwise: O): Promise<T | O> {
  try {
    return await asked;
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return otherwise;
    throw error;
  }
}

/** Windows opens no folders, and has nothing to be synced there. */
function noFolders(error: unknown): undefined {
  if (["EISDIR", "EPERM", "EINVAL", "ENOTSUP"].includes(codeOf(error)) && process.platform === "win32")
    return undefined;
  throw error;
}

/** The system's word for what went wrong; "" for anything else. */
export function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : "";
}

/** Puts bytes under a name, so that at any moment either nothing of them is there or all. The folder is synced by whoever knows when it is enough. */
export async function writeWhole(disk: Disk, temporary: string, path: string, bytes: Uint8Array): Promise<void> {
  const file = await disk.open(temporary, "new");
  try {
    try {
      await file.append(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await disk.rename(temporary, path);
  } catch (error) {
    await disk.remove(temporary).catch(() => undefined);
    throw error;
  }
}

/** A folder that will still be there after a power cut, with the names above it. */
export async function makeFolderSafely(disk: Disk, path: string): Promise<void> {
  const missing: string[] = [];
  for (let at = path; (await disk.look(at)) === undefined && dirname(at) !== at; at = dirname(at)) missing.push(at);
  if (missing.length === 0) return;
  await disk.makeFolder(path);
  for (const one of missing) await disk.syncFolder(dirname(one));
}
