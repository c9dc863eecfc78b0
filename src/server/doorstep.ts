/** What a browser sees before it is let in: the way on, or a closed door with plain words on it. */
import type { Request, Response } from "express";
import { answerRefusal, Refused } from "./refusal.ts";

/** Sends a browser that was let in to the page, without its token in the address. */
export function passOn(req: Request, res: Response): void {
  res.setHeader("cache-control", "no-store");
  const site = req.headers["sec-fetch-site"];
  if (site === undefined || site === "none" || site === "same-origin") {
    res.redirect(303, "/");
    return;
  }
  // A strict cookie is not sent along a redirect that another site began; a page of ours has to take the last step.
  res
    .type("html")
    .send(page("Opening …", '<p><a href="/">Open the canvas</a></p>', '<meta http-equiv="refresh" content="0;url=/">'));
}

/** 401: a page for people, JSON for programs. */
export function closedDoor(req: Request, res: Response): void {
  res.setHeader("cache-control", "no-store");
  if (req.path === "/" && req.method === "GET") {
    res.status(401).type("html").send(page("This link has been used", closedWords));
    return;
  }
  answerRefusal(res, new Refused(401, "no-session", "Open the link that the server printed; it lets this browser in."));
}

const closedWords = `
  <p>A canvas opens only for the browser that followed a link from its own terminal, and every link works once.</p>
  <p>Go to the terminal where Millrace runs, press Enter for a fresh link, and open that.</p>
  <p>If this browser was let in before, <a href="/">try again</a>.</p>`;

function page(title: string, body: string, head = ""): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${head}
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem}</style>
</head><body><h1>${title}</h1>${body}</body></html>`;
}
