/**
 * Serves a stored file by its id. Content never changes under an id, so browsers may keep it for ever; what could act as a
 * page is only ever downloaded, and whatever is opened is opened without any rights. Ranges, so that sound and film can be
 * searched.
 */
import type { Request, Response } from "express";
import { Refused } from "./refusal.ts";
import type { Stored } from "./value.ts";

/** Types that a browser only shows. Everything else is downloaded. */
const harmless = /^(image\/(?!svg)|audio\/|video\/|text\/plain$|application\/json$)/;

export async function answerFile(req: Request, res: Response, file: Stored): Promise<void> {
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(file.type) ? file.type.toLowerCase() : "application/octet-stream";
  const inline = harmless.test(type) && req.query.download === undefined;
  const tag = `"${file.id}"`;
  res.set({
    "content-type": type.startsWith("text/") || type === "application/json" ? `${type}; charset=utf-8` : type,
    "content-disposition": `${inline ? "inline" : "attachment"}; filename*=UTF-8''${encodedName(file.name)}`,
    "content-security-policy":
      "sandbox; default-src 'none'; img-src data:; media-src 'self'; style-src 'unsafe-inline'",
    "cache-control": "private, max-age=31536000, immutable",
    "accept-ranges": "bytes",
    etag: tag,
  });
  if (req.headers["if-none-match"]?.includes(tag)) {
    res.status(304).end();
    return;
  }
  const bytes = await file.bytes();
  const trusted = req.headers["if-range"] === undefined || req.headers["if-range"] === tag;
  const range = trusted ? rangeOf(req.headers.range, bytes.length) : undefined;
  if (range === "outside") {
    res.removeHeader("content-disposition");
    res.set("content-range", `bytes */${bytes.length}`);
    throw new Refused(416, "outside", `This file has ${bytes.length} bytes; the range lies outside.`);
  }
  if (range) res.status(206).set("content-range", `bytes ${range.first}-${range.last}/${bytes.length}`);
  const part = range ? bytes.subarray(range.first, range.last + 1) : bytes;
  res.set("content-length", String(part.length));
  if (req.method === "HEAD") res.end();
  else res.end(part);
}

/** One range of bytes; several, or what cannot be read, means the whole file. */
export function rangeOf(
  header: string | undefined,
  size: number,
): { readonly first: number; readonly last: number } | "outside" | undefined {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "") ?? [];
  if (from === undefined || to === undefined || (from === "" && to === "")) return undefined;
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== "" && to !== "" && Number(to) < first) return undefined;
  return first <= last && first < size ? { first, last } : "outside";
}

/** A name as RFC 8187 writes it: a header holds no other letters. */
export function encodedName(name: string): string {
  const whole = [...name]
    .slice(0, 200)
    .join("")
    .replace(/\p{Cs}/gu, "_");
  return encodeURIComponent(whole).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
