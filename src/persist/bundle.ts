/**
 * A sheet in one file, to be taken elsewhere: a line that says what follows and how long each part is, then the parts. Every
 * part is checked when it is read; a file that is cut or changed is refused whole.
 */
import { createHash } from "node:crypto";
import type { Blobbed, Blobs } from "./blobs.ts";
import { type SheetData, sheetFits, sheetVersion } from "./schema.ts";
import { Names } from "./values.ts";

interface Head {
  readonly millrace: "sheet";
  readonly version: number;
  readonly parts: readonly { readonly id: string; readonly size: number }[];
}

export interface Unbundled {
  readonly data: SheetData;
  readonly lines: readonly string[];
  readonly blobs: readonly Blobbed[];
}

/** @throws Error when a stored file is missing */
export async function bundled(data: SheetData, lines: readonly string[], blobs: Blobs): Promise<Blob> {
  const own = Buffer.from(`${JSON.stringify({ data, lines })}\n`);
  const parts = [own];
  const names = Names.in([own.toString("latin1")]);
  for (const id of names.all) {
    const bytes = await blobs.get(id);
    // What is missing here is missing there too, and nothing else.
    if (bytes === undefined) continue;
    parts.push(Buffer.from(bytes));
    if (names.large.has(id)) await blobs.nameIn(id, names);
  }
  const head: Head = {
    millrace: "sheet",
    version: sheetVersion,
    parts: parts.map((part) => ({ id: digestOf(part), size: part.length })),
  };
  return new Blob([`${JSON.stringify(head)}\n`, ...(parts as Uint8Array<ArrayBuffer>[])], {
    type: "application/x-millrace-sheet",
  });
}

/** @throws Error for what is no such file, or not all of one */
export async function unbundled(file: Blob): Promise<Unbundled> {
  const bytes = Buffer.from(await file.arrayBuffer());
  const end = bytes.indexOf(10);
  const head = headOf(bytes.subarray(0, Math.max(end, 0)).toString());
  if (head.version > sheetVersion)
    throw new Error(
      `This sheet was exported by a newer Millrace (version ${head.version}): update Millrace to import it.`,
    );
  let at = end + 1;
  const parts = head.parts.map(({ id, size }) => {
    const part = bytes.subarray(at, at + size);
    at += size;
    if (part.length !== size || digestOf(part) !== id) throw damaged();
    return { id, part };
  });
  const [own, ...blobs] = parts;
  const { data, lines } = JSON.parse(own?.part.toString() ?? "{}") as { data?: unknown; lines?: unknown };
  if (!sheetFits(data) || !Array.isArray(lines) || !lines.every((line) => typeof line === "string")) throw damaged();
  return { data, lines, blobs: blobs.map(({ id, part }) => ({ id, size: part.length, bytes: () => part })) };
}

function headOf(text: string): Head {
  try {
    const head = JSON.parse(text) as Head;
    if (head.millrace === "sheet" && Number.isInteger(head.version) && Array.isArray(head.parts)) return head;
  } catch {
    // No JSON: said below.
  }
  throw new Error("This is no exported sheet: a file made by sheets.export() is needed.");
}

function damaged(): Error {
  return new Error("This exported sheet is damaged or not all there. Export it again.");
}

function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
