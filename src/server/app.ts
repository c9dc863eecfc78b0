/** The server's routes, in one table, behind the gate. Every error is answered in one shape; nothing is served by path. */
import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import type { Graph } from "../engine/graph.ts";
import type { Answer } from "../protocol/command.ts";
import { onlyJson, untilGone } from "./asked.ts";
import { callRoutes } from "./calls.ts";
import { CanvasFiles } from "./canvas-files.ts";
import type { Card } from "./card.ts";
import { obey } from "./command.ts";
import { answerFile } from "./file-answer.ts";
import type { Files } from "./files.ts";
import type { Gate } from "./gate.ts";
import { cardOf, type Part, partAt } from "./part.ts";
import { answerErrors, Refused } from "./refusal.ts";
import type { Rooms } from "./rooms.ts";
import { runLines, runView } from "./run-view.ts";
import { sheetRoutes } from "./sheet-routes.ts";
import type { Streams } from "./stream.ts";
import { sweep } from "./sweep.ts";
import { uploads } from "./upload.ts";

export interface AppAbout {
  readonly gate: Gate;
  readonly rooms: Rooms;
  readonly files: Files;
  readonly streams: Streams;
  readonly canvas?: CanvasFiles;
  /** What programs may call, if they may. */
  readonly callable?: Graph;
  /** Hears of errors that nobody foresaw. */
  readonly report: (error: unknown) => void;
}

type Answering = (req: Request, res: Response) => void | Promise<void>;

/** One line of the table. */
export interface Route {
  readonly method: "get" | "post";
  readonly path: string;
  readonly answers: readonly (Answering | RequestHandler)[];
}

const largestCommand = 1024 * 1024;

export function routes(about: AppAbout): readonly Route[] {
  const { rooms, files, streams, canvas = new CanvasFiles() } = about;
  const roomOf = async (req: Request) => {
    const room = await rooms.find(String(req.params.id));
    if (room) return room;
    const known = (await rooms.list()).map(({ id }) => id);
    throw new Refused(404, "unknown-sheet", "There is no such sheet.", { known });
  };
  const get = (path: string, answer: Answering): Route => ({ method: "get", path, answers: [answer] });
  const post = (path: string, ...answers: Route["answers"]): Route => ({ method: "post", path, answers });
  return [
    get("/", (_req, res) => canvas.answerPage(res)),
    ...(sheetRoutes(rooms) as readonly Route[]),
    ...(about.callable ? callRoutes(about.callable, files) : []),
    get("/api/sheets/:id", async (req, res) => {
      const { revisions, live } = await roomOf(req);
      res.json({ revision: revisions.revision, view: live.view() });
    }),
    get("/api/sheets/:id/runs", async (req, res) => {
      const { sheet, card } = cardAsked(await roomOf(req), req);
      res.json({ runs: runLines(sheet, card) });
    }),
    get("/api/sheets/:id/runs/:run", async (req, res) => {
      const { sheet, card } = cardAsked(await roomOf(req), req);
      const run = runView(sheet, card, String(req.params.run), files);
      if (!run) throw new Refused(404, "unknown-run", "That run is not remembered any more.");
      res.json({ run });
    }),
    get("/api/sheets/:id/stream", async (req, res) => streams.answer(req, res, (await roomOf(req)).revisions)),
    post(
      "/api/sheets/:id/commands",
      onlyJson("Commands are"),
      express.json({ limit: largestCommand, strict: false }),
      async (req: Request, res: Response) => {
        await obey(await roomOf(req), req.body);
        const done: Answer = { ok: true };
        res.json(done);
      },
    ),
    post(
      "/api/sheets/:id/sweep",
      onlyJson("Commands are"),
      express.json({ limit: largestCommand }),
      async (req: Request, res: Response) => {
        const gone = untilGone(res);
        const ends = await sweep(await roomOf(req), req.body, gone);
        res.json({ ok: true, ends });
      },
    ),
    post("/api/uploads", ...uploads(files)),
    get("/files/:id", (req, res) => answerFile(req, res, fileOf(files, String(req.params.id)))),
    get("/assets/:name", (req, res) => canvas.answerAsset(req, res, `assets/${req.params.name}`)),
    get("/:name", (req, res) => canvas.answerAsset(req, res, String(req.params.name))),
  ];
}

export function appOf(about: AppAbout): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("query parser", "simple");
  app.use(...about.gate.middleware);
  app.use("/api", (_req, res, next) => {
    res.set("cache-control", "no-store");
    next();
  });
  for (const { method, path, answers } of routes(about)) app[method](path, ...(answers as RequestHandler[]));
  app.use(() => {
    throw new Refused(404, "not-found", "There is nothing at this address.");
  });
  app.use(answerErrors(about.report));
  return app;
}

/** The card that a page asks about, and the part of the sheet that it is in. */
function cardAsked(room: Part, { query }: Request): { readonly sheet: Part["sheet"]; readonly card: Card } {
  const inside = [query.inside ?? []].flat().map(String);
  const part = partAt(room, inside);
  return { sheet: part.sheet, card: cardOf(part, { card: query.card }) };
}

function fileOf(files: Files, id: string) {
  const file = /^[0-9a-f]{64}$/.test(id) ? files.find(id) : undefined;
  if (!file) throw new Refused(404, "unknown-file", "This server does not have that file.");
  return file;
}
