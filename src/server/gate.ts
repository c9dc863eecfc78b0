/**
 * The gate: the one middleware before everything, the page, its assets and streams included. It asks, in this order:
 * is this request for us (`Host`), from our own page (`Origin`, `Sec-Fetch-Site`), from somebody who was let in (cookie or
 * launch token), and, for a write, one that no form of another site can send (JSON and a header of ours)? Nothing passes
 * that it was not asked; there are no CORS headers anywhere.
 */
import type { NextFunction, Request, RequestHandler, Response } from "express";
import helmet from "helmet";
import { closedDoor, passOn } from "./doorstep.ts";
import { answerRefusal, Refused } from "./refusal.ts";
import type { Sessions, Tokens } from "./session.ts";

const policy = {
  "default-src": ["'self'"],
  "img-src": ["'self'", "blob:", "data:"],
  "media-src": ["'self'", "blob:"],
  "style-src": ["'self'", "'unsafe-inline'"],
  "worker-src": ["'self'", "blob:"],
  "object-src": ["'none'"],
  "base-uri": ["'none'"],
  "frame-ancestors": ["'none'"],
  "form-action": ["'self'"],
};

export class Gate {
  readonly #sessions: Sessions;
  readonly #tokens: Tokens;
  /** The values of `Host` that mean us. Empty until bound: then nothing is let in. */
  #hosts: ReadonlySet<string> = new Set();
  #cookie = "millrace";

  constructor(sessions: Sessions, tokens: Tokens) {
    this.#sessions = sessions;
    this.#tokens = tokens;
  }

  /** Says where the server listens. The cookie's name carries the port, for cookies ignore ports and two servers must not share one. */
  bind(hosts: ReadonlySet<string>, port: number): void {
    this.#hosts = hosts;
    this.#cookie = `millrace-${port}`;
  }

  readonly middleware: readonly RequestHandler[] = [
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: policy },
      // A promise of https would lock people out of a server that speaks http.
      strictTransportSecurity: false,
      xFrameOptions: { action: "deny" },
      referrerPolicy: { policy: "no-referrer" },
    }),
    (req, res, next) => this.#ask(req, res, next),
  ];

  #ask(req: Request, res: Response, next: NextFunction): void {
    const stranger = this.#strange(req);
    if (stranger) return answerRefusal(res, stranger);
    const session = this.#sessionOf(req);
    if (req.method === "GET" && req.path === "/" && typeof req.query.token === "string") {
      return this.#admit(req, res, req.query.token, session);
    }
    if (session === undefined) return closedDoor(req, res);
    const write = this.#unsafeWrite(req);
    if (write) return answerRefusal(res, write);
    if (req.path === "/" && this.#sessions.ageing(session)) this.#hand(res);
    next();
  }

  /** Requests that were not meant for us or do not come from our page. */
  #strange(req: Request): Refused | undefined {
    const host = req.headers.host?.toLowerCase() ?? "";
    if (!this.#hosts.has(host) || !req.url.startsWith("/")) {
      return new Refused(
        403,
        "wrong-host",
        "This server does not answer to that name; open it by the address it printed.",
      );
    }
    const origin = req.headers.origin;
    if (origin !== undefined && origin !== `http://${host}`) {
      return new Refused(403, "wrong-origin", "This request comes from another site.");
    }
    const site = req.headers["sec-fetch-site"];
    if (site !== undefined && site !== "same-origin" && site !== "none" && !followsLink(req)) {
      return new Refused(403, "wrong-origin", "This request comes from another site.");
    }
    return undefined;
  }

  #sessionOf(req: Request): string | undefined {
    const prefix = `${this.#cookie}=`;
    return (req.headers.cookie ?? "")
      .split(";")
      .map((pair) => pair.trim())
      .filter((pair) => pair.startsWith(prefix))
      .map((pair) => pair.slice(prefix.length))
      .find((session) => this.#sessions.valid(session));
  }

  #admit(req: Request, res: Response, token: string, session: string | undefined): void {
    const fresh = this.#tokens.spend(token);
    if (!fresh && session === undefined) return closedDoor(req, res);
    if (fresh) this.#hand(res);
    passOn(req, res);
  }

  #hand(res: Response): void {
    const { maxAge } = this.#sessions;
    res.setHeader(
      "set-cookie",
      `${this.#cookie}=${this.#sessions.issue()}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAge}`,
    );
  }

  /** Writes that a form or an image of another site could send. */
  #unsafeWrite(req: Request): Refused | undefined {
    if (req.method === "GET" || req.method === "HEAD") return undefined;
    if (req.method !== "POST") return new Refused(405, "wrong-method", "This server takes GET and POST.");
    if (req.headers["x-millrace"] !== "1") {
      return new Refused(403, "missing-header", "A write needs the header 'x-millrace: 1'.");
    }
    if (!req.is(["application/json", "multipart/form-data"])) {
      return new Refused(
        415,
        "unsupported-type",
        "Commands are sent as application/json, files as multipart/form-data.",
      );
    }
    return undefined;
  }
}

/** The one thing another site may do: lead a person here by a link, in a tab of their own. */
function followsLink(req: Request): boolean {
  const { "sec-fetch-mode": mode, "sec-fetch-dest": dest } = req.headers;
  return req.method === "GET" && req.path === "/" && mode === "navigate" && dest === "document";
}
