/**
 * What a data folder may take. When it takes more, things go in this order, and no more of them than has to: stored files that
 * nothing leads to; old runs of closed sheets, those of the sheet that was used longest ago first; old runs of open sheets, the
 * oldest first. What a sheet shows, or a person pinned or typed, never goes: if all else is not enough, people are told.
 */
import { join } from "node:path";
import type { DataFolder } from "./data-folder.ts";
import type { IndexEntry } from "./schema.ts";
import { StoredSheet } from "./stored-sheet.ts";

/** Bytes, when nobody says otherwise. */
const usual = 20e9;
const units: Readonly<Record<string, number>> = { "": 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 };
/** Milliseconds after which a stored file is surely named by whoever wrote it. */
const settled = 600_000;

/** `MILLRACE_STORAGE`, e.g. `500MB` or `20GB`. @throws RangeError for anything else */
export function budgetOf(env: Readonly<Record<string, string | undefined>> = process.env): number {
  const text = env.MILLRACE_STORAGE?.trim();
  if (!text) return usual;
  const found = /^(\d+(?:\.\d+)?)\s*([KMGT]?)B?$/i.exec(text);
  if (found) return Number(found[1]) * (units[(found[2] ?? "").toUpperCase()] ?? 1);
  throw new RangeError(`MILLRACE_STORAGE is a size, e.g. 500MB or 20GB, and it was '${text}'.`);
}

/** Brings a folder within its budget, as far as that can be done. Gives the bytes that it takes then. */
export async function fit(folder: DataFolder, budget: number): Promise<number> {
  let size = await sizeOf(folder);
  if (size <= budget) return size;
  await folder.collect(settled);
  size = await sizeOf(folder);
  const closed = (await folder.entries()).filter(({ id }) => !folder.open.has(id));
  for (const entry of [...closed].sort((a, b) => a.updated - b.updated)) {
    if (size <= budget) return size;
    if (folder.open.has(entry.id)) continue;
    await folder.apart(entry.id, () => thin(folder, entry));
    await folder.collect(settled);
    size = await sizeOf(folder);
  }
  for (const opening of [...folder.open.values()]) {
    if (size <= budget) return size;
    await (await opening.catch(() => undefined))?.forgetOld();
    await folder.collect(settled);
    size = await sizeOf(folder);
  }
  if (size > budget) {
    const message = `The data folder takes ${inWords(size)}, more than the ${inWords(budget)} that it may (MILLRACE_STORAGE): what sheets show is all that is left. Delete sheets that you do not need.`;
    folder.notify({ kind: "full", file: folder.path, message });
  }
  return size;
}

async function thin(folder: DataFolder, entry: IndexEntry): Promise<void> {
  const found = await StoredSheet.open(folder.place(entry.id), entry);
  await found?.stored.thin();
  await found?.stored.close();
}

/** Bytes of sheets and stored files. */
async function sizeOf(folder: DataFolder): Promise<number> {
  let bytes = 0;
  for (const part of ["sheets", "blobs"]) {
    for (const name of await folder.disk.list(join(folder.path, part))) {
      const inner = join(folder.path, part, name);
      for (const file of await folder.disk.list(inner)) bytes += (await folder.disk.look(join(inner, file)))?.size ?? 0;
    }
  }
  return bytes;
}

function inWords(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
