/** A sheet's line of the menu, made again from its own files. */
import { join } from "node:path";
import type { Disk } from "./disk.ts";
import { unsealed } from "./safe-file.ts";
import { type IndexEntry, sheetFits } from "./schema.ts";

/** `undefined` when neither file says what it is. */
export async function entryFrom(disk: Disk, folder: string, id: string): Promise<IndexEntry | undefined> {
  for (const name of ["sheet.json", "sheet.json.bak"]) {
    const bytes = await disk.read(join(folder, name)).catch(() => undefined);
    const data = bytes && unsealed(new TextDecoder().decode(bytes))?.data;
    if (!sheetFits(data)) continue;
    const { key, user, created } = data;
    const updated = (await disk.look(join(folder, "runs.jsonl")))?.modified ?? created;
    return { id, name: data.name, key, user, created, updated, blobs: 0 };
  }
  return undefined;
}
