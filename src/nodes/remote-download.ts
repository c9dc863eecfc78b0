/**
 * Downloads of what a remote node names: capped, with a deadline, redirects followed by hand and each looked at as if it were the
 * first. Nothing private is asked for unless the author wrote that very origin, and the token goes only where it may.
 */
import { FailureError } from "../engine/failure.ts";
import { FileRef } from "./file-ref.ts";
import { causeOf, refused, shownUrl, unreachable } from "./remote-failure.ts";
import { type Answer, PrivateAddress, type Send, sender } from "./remote-send.ts";
import { type Environment, tokenHeader } from "./remote-token.ts";

export interface DownloadOptions {
  /** Stops it; what is thrown then is the signal's reason. */
  readonly signal?: AbortSignal;
  /** Added only where the token may go. */
  readonly token?: string | undefined;
  /** Headers (a login's cookies, say) for the first origin alone. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Origins that the author wrote: http and private addresses are theirs to ask for. */
  readonly authored?: ReadonlySet<string>;
  /** What the file is called and what it is, where that is known better than from the answer. */
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  /** Bytes. Default: `downloadLimit`. */
  readonly limit?: number;
  /** Milliseconds for all of it, and in which nothing may come. */
  readonly deadline?: number;
  readonly idle?: number;
  readonly send?: Send;
  readonly env?: Environment;
}

/** Fetches a file. @throws FailureError `remote-unreachable` or `remote-refused` */
export async function download(url: string | URL, options: DownloadOptions = {}): Promise<FileRef> {
  const { answer, from, stop } = await fetched(url, options);
  try {
    const bytes = await read(answer, from, options.limit ?? downloadLimit(options.env ?? process.env));
    const type = options.type ?? typeIn(answer);
    return await FileRef.fromBytes(bytes, {
      name: options.name ?? nameIn(answer, from),
      ...(type !== undefined && { type }),
    });
  } catch (error) {
    throw told(error, from, options);
  } finally {
    stop();
    answer.discard();
  }
}

const furthest = 5;

/** Follows redirects to an answer that has a body. */
async function fetched(url: string | URL, options: DownloadOptions) {
  const { deadline = 300_000, idle = 30_000, send = sender(), authored = new Set<string>(), token } = options;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error(`It took longer than ${deadline} ms`)), deadline);
  timer.unref?.();
  const signal = options.signal ? AbortSignal.any([options.signal, late.signal]) : late.signal;
  const stop = () => clearTimeout(timer);
  let here = allowed(url, authored);
  const { origin: first } = here;
  try {
    for (let hop = 0; hop <= furthest; hop++) {
      const own = here.origin === first ? options.headers : undefined;
      const headers = { "accept-encoding": "identity", ...own, ...tokenHeader(here, token, options.env) };
      const answer = await send(here, { headers, signal, idle, anywhere: authored.has(here.origin) });
      const next = redirectIn(answer, here);
      if (next === undefined) return { answer: accepted(answer, here), from: here, stop };
      answer.discard();
      here = allowed(next, authored);
    }
    throw refused(here, undefined, `${shownUrl(url)} redirects for ever`, "Look at what gives that address.");
  } catch (error) {
    stop();
    throw told(error, here, options);
  }
}

/** @throws FailureError for an address that nobody may send us to */
function allowed(url: string | URL, authored: ReadonlySet<string>): URL {
  const advice = "Only https addresses of the public internet are fetched, and those whose origin you wrote yourself.";
  if (!URL.canParse(String(url))) throw refused(url, undefined, `"${shownUrl(url)}" is no address`, advice);
  const target = new URL(url);
  const secure = target.protocol === "https:" || (target.protocol === "http:" && authored.has(target.origin));
  if (!secure || target.username !== "" || target.password !== "") {
    throw refused(target, undefined, `${shownUrl(target)} is no address to fetch a file from`, advice);
  }
  return target;
}

function redirectIn({ status, headers }: Answer, from: URL): URL | undefined {
  const { location } = headers;
  if (status < 300 || status > 399 || typeof location !== "string") return undefined;
  if (URL.canParse(location, from.href)) return new URL(location, from);
  throw refused(from, status, `${shownUrl(from)} redirects to no address`, "Look at what gives that address.");
}

function accepted(answer: Answer, from: URL): Answer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  answer.discard();
  const gone = answer.status === 404 || answer.status === 410;
  const advice = gone
    ? "It may have been kept for a while only: run the node that made it again."
    : "See whether you may read it, then run it again.";
  if (answer.status >= 500) throw unreachable(from, `${shownUrl(from)} answered ${answer.status}`);
  throw refused(from, answer.status, `${shownUrl(from)} answered ${answer.status}`, advice);
}

async function read({ headers, body }: Answer, from: URL, limit: number): Promise<Blob> {
  const tooLarge = () =>
    refused(
      from,
      413,
      `The file at ${shownUrl(from)} is larger than ${limit} bytes`,
      "Set MILLRACE_DOWNLOAD_LIMIT to more megabytes if you want files of that size.",
    );
  const said = Number(headers["content-length"]);
  if (said > limit) throw tooLarge();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > limit) throw tooLarge();
    parts.push(part);
  }
  if (Number.isFinite(said) && size < said) {
    throw unreachable(from, `${shownUrl(from)} broke off after ${size} of ${said} bytes`);
  }
  return new Blob(parts as Uint8Array<ArrayBuffer>[]);
}

/** What went wrong on the way, as a failure; what the caller stopped is thrown as it stopped it. */
function told(error: unknown, url: URL, { signal }: DownloadOptions): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof FailureError) return error;
  const shown = shownUrl(url);
  if (error instanceof PrivateAddress) {
    const advice =
      "What is far away may not name addresses of your network; write the address yourself if you mean it.";
    return refused(url, undefined, `${shown} was not fetched: ${error.message}`, advice);
  }
  return unreachable(url, `The file at ${shown} could not be fetched: ${causeOf(error)}`);
}

function typeIn({ headers }: Answer): string | undefined {
  const type = String(headers["content-type"] ?? "")
    .split(";")[0]
    ?.trim()
    .toLowerCase();
  // Said of anything: the bytes themselves tell more.
  return type === "" || type === "application/octet-stream" || type === "binary/octet-stream" ? undefined : type;
}

function nameIn({ headers }: Answer, from: URL): string {
  const said = /filename\*=UTF-8''([^;]+)|filename="?([^";]+)/i.exec(String(headers["content-disposition"] ?? ""));
  const written = said?.[1] ?? said?.[2] ?? from.pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

/** Bytes: `MILLRACE_DOWNLOAD_LIMIT` megabytes, else 500. */
export function downloadLimit(env: Environment): number {
  const megabytes = Number(env.MILLRACE_DOWNLOAD_LIMIT);
  return megabytes > 0 ? megabytes * 1_000_000 : 500_000_000;
}
