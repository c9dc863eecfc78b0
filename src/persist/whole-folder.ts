/** What can be done with a data folder without any graph: see what is in it, take a sheet out, put one in, empty it. For the command line. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { bundled, unbundled } from "./bundle.ts";
import { type DataFolder, openFolder } from "./data-folder.ts";
import { type Disk, realDisk } from "./disk.ts";
import { unsealed } from "./safe-file.ts";
import { type IndexEntry, indexFits } from "./schema.ts";
import { StoredSheet } from "./stored-sheet.ts";

/** A sheet of any graph and user; `size` in bytes. */
export interface FolderLine {
  readonly id: string;
  readonly name: string;
  /** Of which graph: its `persistKey`. */
  readonly key: string;
  readonly user: string;
  readonly updated: Date;
  readonly size: number;
}

/** All sheets of a folder, the latest first. Nothing is locked or changed: a server may be at work there. */
export async function linesOf(path: string, disk: Disk = realDisk): Promise<readonly FolderLine[]> {
  const bytes = (await disk.read(join(path, "index.json"))) ?? (await disk.read(join(path, "index.json.bak")));
  const data = bytes && unsealed(new TextDecoder().decode(bytes))?.data;
  const sheets = indexFits(data) ? data.sheets : [];
  const lines = await Promise.all(sheets.map((entry) => lineOf(path, entry, disk)));
  return lines.sort((a, b) => b.updated.getTime() - a.updated.getTime());
}

/** One sheet in one file. @throws Error for an id that is not there */
export async function takeOut(path: string, id: string): Promise<Blob> {
  return withFolder(path, async (folder) => {
    const entry = (await folder.entries()).find((one) => one.id === id || (id.length >= 6 && one.id.startsWith(id)));
    if (entry === undefined)
      throw new Error(`There is no sheet '${id}' in ${path}: millrace sheets lists those that there are.`);
    const found = await StoredSheet.open(folder.place(entry.id), entry);
    if (found === undefined) throw new Error(`Nothing of the sheet '${entry.name}' can be read.`);
    const { data, lines } = await found.stored.copy();
    await found.stored.close();
    return bundled({ ...data, name: entry.name }, lines, folder.blobs);
  });
}

/** Puts an exported sheet into a folder, for the graph that it is of; its new id and its name. */
export async function putIn(path: string, file: Blob): Promise<{ readonly id: string; readonly name: string }> {
  return withFolder(path, async (folder) => {
    const { data, lines, blobs } = await unbundled(file);
    for (const blob of blobs) await folder.blobs.put(blob);
    const id = randomBytes(16).toString("hex");
    const now = folder.now();
    await StoredSheet.paste(folder.place(id), { ...data, id, created: now }, lines);
    const entry: IndexEntry = {
      id,
      name: data.name,
      key: data.key,
      user: data.user,
      created: now,
      updated: now,
      blobs: 0,
    };
    await folder.edit((all) => [...all, entry]);
    return { id, name: data.name };
  });
}

/** Deletes all sheets of a folder, or those of one graph, with every file that nothing else leads to. Gives how many went. */
export async function empty(path: string, key?: string): Promise<number> {
  return withFolder(path, async (folder) => {
    const gone = (await folder.entries()).filter((entry) => key === undefined || entry.key === key);
    for (const { id } of gone) {
      await folder.edit((all) => all.filter((one) => one.id !== id));
      await folder.discard(id);
    }
    if (key === undefined) for (const name of ["sheets", "blobs"]) await folder.disk.remove(join(path, name));
    else await folder.collect(0);
    return gone.length;
  });
}

async function withFolder<T>(path: string, task: (folder: DataFolder) => Promise<T>): Promise<T> {
  const folder = await openFolder(path);
  try {
    return await task(folder);
  } finally {
    await folder.close();
  }
}

async function lineOf(path: string, entry: IndexEntry, disk: Disk): Promise<FolderLine> {
  const { id, name, key, user } = entry;
  const files = await Promise.all(
    ["sheet.json", "runs.jsonl"].map((file) => disk.look(join(path, "sheets", id, file))),
  );
  const size = files.reduce((sum, file) => sum + (file?.size ?? 0), entry.blobs);
  const updated = new Date(Math.max(entry.updated, files[1]?.modified ?? 0));
  return { id, name, key, user, updated, size };
}
