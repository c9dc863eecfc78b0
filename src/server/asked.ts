/** What several routes ask of a request: that its body is JSON, and whether somebody still waits for the answer. */
import type { Request, RequestHandler, Response } from "express";
import { Refused } from "./refusal.ts";

/** Lets JSON through; `what` is sent so, as in `Commands are`. */
export function onlyJson(what = "This is"): RequestHandler {
  return (req: Request, _res: Response, next: () => void): void => {
    if (!req.is("application/json")) throw new Refused(415, "unsupported-type", `${what} sent as application/json.`);
    next();
  };
}

/** Aborts when the one who asked goes away. */
export function untilGone(res: Response): AbortSignal {
  const gone = new AbortController();
  res.on("close", () => gone.abort());
  return gone.signal;
}
