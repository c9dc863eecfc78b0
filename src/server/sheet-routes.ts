/** Sheets over HTTP: listed, made, named, copied, reset, deleted, taken elsewhere. Reading changes nothing; every change is on disk when it is answered. */
import express, { type Request, type Response } from "express";
import multer from "multer";
import type { Sheets } from "../persist/sheets.ts";
import { onlyJson } from "./asked.ts";
import { bad, bodyOf, text } from "./body.ts";
import { encodedName } from "./file-answer.ts";
import { Refused } from "./refusal.ts";
import type { Rooms } from "./rooms.ts";

/** One line of the table of routes. */
export interface SheetRoute {
  readonly method: "get" | "post";
  readonly path: string;
  readonly answers: readonly unknown[];
}

/** Characters of a sheet's name, and bytes of the largest sheet that is brought along. */
const longestName = 200;
const largest = 512 * 1024 * 1024;

export function sheetRoutes(rooms: Rooms): readonly SheetRoute[] {
  const { sheets } = rooms;
  const json = [onlyJson(), express.json({ limit: "16kb" })];
  const take = multer({ storage: multer.memoryStorage(), limits: { fileSize: largest, files: 1, fields: 1 } }).single(
    "file",
  );
  const post = (path: string, ...answers: readonly unknown[]): SheetRoute => ({ method: "post", path, answers });
  return [
    {
      method: "get",
      path: "/api/sheets",
      answers: [async (_req: Request, res: Response) => res.json({ sheets: await rooms.list() })],
    },
    post("/api/sheets", ...json, async (req: Request, res: Response) => {
      const name = nameIn(req);
      answer(res, await sheets.create(name === undefined ? {} : { name }));
    }),
    post("/api/sheets/import", take, async (req: Request, res: Response) => {
      if (!req.file) throw new Refused(400, "bad-upload", "Send one exported sheet in the field 'file'.");
      answer(res, await asked(sheets.import(new Blob([new Uint8Array(req.file.buffer)]))));
    }),
    post("/api/sheets/:id/rename", ...json, async (req: Request, res: Response) => {
      const name = nameIn(req);
      if (name === undefined) throw bad("A sheet needs a name.");
      await known(rooms, req);
      await sheets.rename(idOf(req), name);
      res.json({ ok: true });
    }),
    post("/api/sheets/:id/duplicate", ...json, async (req: Request, res: Response) => {
      await known(rooms, req);
      const name = nameIn(req);
      answer(res, await sheets.duplicate(idOf(req), name === undefined ? {} : { name }));
    }),
    post("/api/sheets/:id/reset", ...json, async (req: Request, res: Response) => done(rooms, sheets.reset, req, res)),
    post("/api/sheets/:id/delete", ...json, async (req: Request, res: Response) =>
      done(rooms, sheets.delete, req, res),
    ),
    {
      method: "get",
      path: "/api/sheets/:id/export",
      answers: [
        async (req: Request, res: Response) => {
          const name = await known(rooms, req);
          const file = await sheets.export(idOf(req));
          res.set({
            "content-type": "application/octet-stream",
            "content-disposition": `attachment; filename*=UTF-8''${encodedName(`${name}.millrace`)}`,
            "cache-control": "no-store",
          });
          res.end(Buffer.from(await file.arrayBuffer()));
        },
      ],
    },
  ];
}

function answer(res: Response, sheet: Awaited<ReturnType<Sheets["create"]>>): void {
  res.json({ ok: true, sheet: { id: sheet.id } });
}

async function done(rooms: Rooms, what: (id: string) => Promise<void>, req: Request, res: Response): Promise<void> {
  await known(rooms, req);
  await what(idOf(req));
  res.json({ ok: true });
}

/** The name of the sheet that is meant. @throws Refused when there is none */
async function known(rooms: Rooms, req: Request): Promise<string> {
  const entries = await rooms.list();
  const found = entries.find(({ id }) => id === idOf(req));
  if (found) return found.name;
  throw new Refused(404, "unknown-sheet", "There is no such sheet.", { known: entries.map(({ id }) => id) });
}

function idOf(req: Request): string {
  return String(req.params.id);
}

function nameIn(req: Request): string | undefined {
  const body = bodyOf(req.body ?? {});
  if (body.name === undefined) return undefined;
  const name = text(body, "name").trim();
  if (name === "") throw bad("A sheet needs a name.");
  if (name.length > longestName) throw bad(`A sheet's name has at most ${longestName} characters.`);
  return name;
}

/** What is wrong with a file that was brought along is the person's to know. */
function asked<T>(importing: Promise<T>): Promise<T> {
  return importing.catch((error: unknown) => {
    throw new Refused(400, "bad-upload", error instanceof Error ? error.message : "This file cannot be read.");
  });
}
