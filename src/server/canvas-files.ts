/**
 * The built canvas: its files are known by name before anybody asks, and a request can only choose among those names. So
 * there is no path to walk.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Request, Response } from "express";
import mime from "mime";
import { Refused } from "./refusal.ts";

interface Asset {
  readonly bytes: Buffer;
  readonly type: string;
}

export class CanvasFiles {
  readonly #folder: string | undefined;
  #assets: ReadonlyMap<string, Asset> = new Map();
  /** When the page was built that is being served. */
  #built: number | undefined;

  constructor(folder: string | undefined = builtCanvas()) {
    this.#folder = folder;
    this.#list();
  }

  answerPage(res: Response): void {
    // The page names its assets by content, so it may have been built anew since.
    this.#list();
    const page = this.#assets.get("index.html");
    res.set("cache-control", "no-cache");
    if (page) res.type("html").send(page.bytes);
    else
      res
        .status(503)
        .type("html")
        .send("<!doctype html><title>Millrace</title><p>The canvas is not built yet: run <code>npm run build</code>.");
  }

  answerAsset(req: Request, res: Response, name: string): void {
    const asset = this.#assets.get(name);
    if (!asset || name === "index.html") throw new Refused(404, "not-found", "There is nothing at this address.");
    const named = name.startsWith("assets/");
    res.set("cache-control", named ? "private, max-age=31536000, immutable" : "no-cache");
    res.set("content-type", asset.type);
    if (req.method === "HEAD") res.end();
    else res.end(asset.bytes);
  }

  #list(): void {
    const page = this.#folder && join(this.#folder, "index.html");
    const built = page && existsSync(page) ? statSync(page).mtimeMs : undefined;
    if (this.#folder === undefined || built === this.#built) return;
    this.#built = built;
    this.#assets = new Map(namesIn(this.#folder).map((name) => [name, assetOf(this.#folder as string, name)]));
  }
}

/** Every file of a folder, as `assets/main.js`. */
function namesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}

function assetOf(folder: string, name: string): Asset {
  return { bytes: readFileSync(join(folder, name)), type: typeOf(name) };
}

function typeOf(name: string): string {
  const type = mime.getType(name) ?? "application/octet-stream";
  return /^text\/|javascript|json|svg/.test(type) ? `${type}; charset=utf-8` : type;
}

/** `dist/ui`, seen from the compiled server and from its source. */
function builtCanvas(): string | undefined {
  return ["../ui/", "../../dist/ui/"]
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((folder) => existsSync(join(folder, "index.html")) && existsSync(join(folder, "assets")));
}
