/**
 * What the server answers when it will not: a status, a word for programs and a sentence for people. The only shape an
 * error ever leaves the server in, so that no stack and no path of this machine can travel with it.
 */
import type { NextFunction, Request, Response } from "express";
import { GraphError } from "../engine/graph-error.ts";
import { fileInCode } from "../nodes/file-ref.ts";
import type { Answer, Refusal } from "../protocol/command.ts";

export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;
  readonly refusal: Refusal;

  constructor(status: number, reason: string, message: string, more: Pick<Refusal, "known" | "suggestion"> = {}) {
    super(message);
    this.status = status;
    this.refusal = { reason, message, ...more };
  }
}

/** How a file is given by whoever writes JSON. */
const fileInJson = 'in JSON the "file" that POST /api/uploads answered, { "id": "...", "url": "files/..." }';

/** A wiring mistake as an answer; `undefined` for any other error. */
export function refusedBy(error: unknown): Refused | undefined {
  if (error instanceof Refused) return error;
  if (!(error instanceof GraphError)) return undefined;
  const message = error.code === "wrong-type" ? error.message.replace(fileInCode, fileInJson) : error.message;
  return new Refused(error.code === "not-waiting" ? 409 : 400, error.code, message, {
    ...(error.known && { known: error.known }),
    ...(error.suggestion !== undefined && { suggestion: error.suggestion }),
  });
}

export function answerRefusal(res: Response, refused: Refused): void {
  const answer: Answer = { ok: false, failure: refused.refusal };
  res.status(refused.status).json(answer);
}

/** The last middleware: makes an answer of whatever was thrown. `report` hears of what was not foreseen. */
export function answerErrors(report: (error: unknown) => void) {
  // Express knows an error middleware by its four parameters.
  return (error: unknown, req: Request, res: Response, _next: NextFunction): void => {
    const refused = refusedBy(error) ?? foreseen(error);
    if (!refused) report(error);
    if (res.headersSent || req.socket.destroyed) {
      req.socket.destroy();
      return;
    }
    answerRefusal(
      res,
      refused ?? new Refused(500, "internal", "Something went wrong in the server; its terminal says more."),
    );
  };
}

/** Errors of the body parsers and of the router, known by the names they carry. */
function foreseen(error: unknown): Refused | undefined {
  const { type, code, status } = Object(error) as { type?: unknown; code?: unknown; status?: unknown };
  if (type === "entity.too.large")
    return new Refused(413, "too-large", "The body is larger than 1 MiB; send large values as files.");
  if (code === "LIMIT_FILE_SIZE") return new Refused(413, "too-large", "The file is larger than this server takes.");
  if (type === "entity.parse.failed") return new Refused(400, "malformed-json", "The body is not JSON.");
  if (typeof code === "string" && code.startsWith("LIMIT_"))
    return new Refused(400, "bad-upload", "Send one file in the field 'file'.");
  if (status === 415)
    return new Refused(415, "unsupported-type", "The body has an encoding that this server does not read.");
  if (typeof status === "number" && status >= 400 && status < 500)
    return new Refused(status, "bad-request", "The request cannot be read.");
  return undefined;
}
