/**
 * What the sheets of a folder lead to: read off all their files, be they whole, damaged or of before, so that nothing goes that
 * anything names. It may take long, and goes on in small pieces: edits are served meanwhile.
 */
import { join } from "node:path";
import type { DataFolder } from "./data-folder.ts";
import { codeOf } from "./disk.ts";
import { Names } from "./values.ts";

/** What the folder of a deleted sheet ends with until it is gone. */
export const gone = ".deleted";

/** Bytes that are looked through in one turn of the loop, and how far two pieces overlap: no name is cut in half. */
const piece = 512 * 1024;
const overlap = 128;

/** The stored files that a folder's sheets name, and those that these name in turn. @throws when a file cannot be read */
export async function ledToFrom({ disk, path, open, blobs }: DataFolder): Promise<ReadonlySet<string>> {
  const names = new Names();
  const sheets = join(path, "sheets");
  for (const id of await disk.list(sheets)) {
    if (id.endsWith(gone)) continue;
    for (const name of await disk.list(join(sheets, id))) {
      const bytes = await disk.read(join(sheets, id, name)).catch(unlessFolder);
      if (bytes) await lookThrough(bytes, names);
    }
  }
  for (const id of names.large) await blobs.nameIn(id, names);
  const found = new Set(names.all);
  for (const sheet of open.values())
    for (const id of (await sheet.catch(() => undefined))?.leadsTo ?? []) found.add(id);
  return found;
}

async function lookThrough(bytes: Uint8Array, names: Names): Promise<void> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < buffer.length; at += piece) {
    names.add(buffer.toString("latin1", at, Math.min(at + piece + overlap, buffer.length)));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Where a folder lies in the place of a file there is nothing to read; anything else may name what must not go. */
function unlessFolder(error: unknown): undefined {
  if (codeOf(error) === "EISDIR") return undefined;
  throw error;
}
