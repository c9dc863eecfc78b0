/** Uploads: one file in the field `file`, held in memory, kept by content. Its type is read from its bytes, then from its name; what the browser claims is not believed. */
import type { Request, RequestHandler, Response } from "express";
import multer from "multer";
import { FileRef } from "../nodes/file-ref.ts";
import type { FileView } from "../protocol/port.ts";
import type { Files } from "./files.ts";
import { Refused } from "./refusal.ts";
import { fileView } from "./value.ts";

/** Bytes of the largest file. */
const largest = 64 * 1024 * 1024;

export function uploads(files: Files): readonly RequestHandler[] {
  // Without `defParamCharset` names outside ASCII arrive garbled.
  const take = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: largest, files: 1, fields: 10 },
    defParamCharset: "utf8",
  } as multer.Options).single("file");
  return [
    refuseOthers,
    (req, res, next) => take(req, res, (error?: unknown) => next(error && wordOf(error))),
    (req, res) => keep(files, req, res),
  ];
}

function refuseOthers(req: Request, _res: Response, next: () => void): void {
  if (!req.is("multipart/form-data"))
    throw new Refused(415, "unsupported-type", "Files are sent as multipart/form-data.");
  next();
}

/** Its parser throws bare errors at what it cannot parse; only those with a code say more. */
function wordOf(error: unknown): unknown {
  if (error instanceof multer.MulterError) return error;
  return new Refused(400, "bad-upload", "This upload cannot be read; it may have been cut short.");
}

async function keep(files: Files, req: Request, res: Response): Promise<void> {
  if (!req.file) throw new Refused(400, "bad-upload", "Send one file in the field 'file'.");
  const file = await FileRef.fromBytes(req.file.buffer, { name: plainName(req.file.originalname) });
  files.add(file);
  const answer: { ok: true; file: FileView } = { ok: true, file: fileView(file) };
  res.json(answer);
}

/** The last part of a name, without what no name should hold. */
function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  // Control characters and marks that turn the writing direction can make `exe.png` of `gnp.exe`.
  const plain = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "").trim();
  return plain.replace(/^\.+/, "").slice(-150) || "file";
}
