/**
 * The way to the Hub and to the router of its providers: `fetch`, but for where it leads and what it takes along. `HF_ENDPOINT`
 * and `HF_INFERENCE_ENDPOINT` stand in for the two; the token goes nowhere else; what lies elsewhere (a provider's result) is
 * fetched like any file of a stranger: over https, from a public address, with a limit.
 */
import { download, downloadLimit } from "./remote-download.ts";
import { causeOf, refused, retryAfter, shownUrl, unreachable } from "./remote-failure.ts";
import { type Environment, hubAddress, mayHaveToken } from "./remote-token.ts";

export type Fetch = typeof globalThis.fetch;

/** What was met on the way: the last answer that was no success. */
export interface Met {
  url?: string;
  status?: number;
  /** Milliseconds. */
  retryAfter?: number | undefined;
}

/** What a way needs from the world around it. */
export interface Around {
  readonly env: Environment;
  readonly fetch: Fetch;
  readonly now: () => number;
}

const hub = "https://huggingface.co";
const router = "https://router.huggingface.co";

/** The address of the router: `HF_INFERENCE_ENDPOINT`, or else the public one. Without a slash at its end. */
export function routerAddress(env: Environment): string {
  return (env.HF_INFERENCE_ENDPOINT?.trim() || router).replace(/\/+$/, "");
}

/** A `fetch` of that kind, which writes down what it meets. */
export function hubFetch({ env, fetch, now }: Around, met: Met = {}): Fetch {
  const places: Readonly<Record<string, string>> = { [hub]: hubAddress(env), [router]: routerAddress(env) };
  const ours = new Set(Object.values(places).map((place) => new URL(place).origin));
  const authored = new Set([env.HF_ENDPOINT, env.HF_INFERENCE_ENDPOINT].flatMap((place) => originOf(place)));

  const go = async (asked: URL, init: RequestInit, hops: number): Promise<Response> => {
    const place = places[asked.origin];
    const url = place === undefined ? asked : new URL(`${place}${asked.pathname}${asked.search}`);
    const signal = init.signal ?? undefined;
    signal?.throwIfAborted();
    met.url = shownUrl(url);
    if (!ours.has(url.origin)) return elsewhere(url, init, authored);
    const headers = new Headers(init.headers);
    if (!mayHaveToken(url, env)) headers.delete("authorization");
    const answer = await fetch(url, { ...init, headers, redirect: "manual" }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw unreachable(url, `${url.host} did not answer: ${causeOf(error)}`);
    });
    const next = redirectIn(answer, url);
    if (next === undefined) {
      if (!answer.ok) Object.assign(met, { status: answer.status, retryAfter: waitIn(answer, now()) });
      return limited(answer, downloadLimit(env), url);
    }
    await answer.body?.cancel();
    if (hops === 0) throw refused(url, answer.status, `${shownUrl(url)} redirects for ever`, "Try again later.");
    return go(next, answer.status === 307 || answer.status === 308 ? init : asGet(init), hops - 1);
  };

  return async (input, init = {}) => {
    const asked = new URL(input instanceof Request ? input.url : input);
    return asked.protocol === "data:" ? fetch(input, init) : go(asked, init, furthest);
  };
}

/** How often somebody may be sent on; each time it is looked at anew where that leads, and what goes along. */
const furthest = 5;

function redirectIn({ status, headers }: Response, from: URL): URL | undefined {
  const location = headers.get("location");
  return status >= 300 && status < 400 && location && URL.canParse(location, from.href)
    ? new URL(location, from)
    : undefined;
}

/** A page that is elsewhere is read there; what was sent is not sent twice. */
function asGet({ body: _, method, ...init }: RequestInit): RequestInit {
  return { ...init, method: method === "HEAD" ? "HEAD" : "GET" };
}

/** The same answer, which breaks off when it is larger than anybody wants. */
function limited(answer: Response, limit: number, url: URL): Response {
  const said = answer.headers.get("content-length");
  const bounded = said !== null && Number(said) <= limit && !answer.headers.has("content-encoding");
  if (answer.body === null || bounded) return answer;
  let size = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(part, onward) {
      size += part.byteLength;
      if (size <= limit) return onward.enqueue(part);
      const advice = "Set MILLRACE_DOWNLOAD_LIMIT to more megabytes if you want answers of that size.";
      onward.error(refused(url, 413, `The answer of ${url.host} is larger than ${limit} bytes`, advice));
    },
  });
  const { status, statusText, headers } = answer;
  return new Response(answer.body.pipeThrough(counting), { status, statusText, headers });
}

/** A result that a provider keeps on a host of its own. */
async function elsewhere(url: URL, { method = "GET", signal }: RequestInit, authored: ReadonlySet<string>) {
  if (method !== "GET") {
    throw refused(url, undefined, `Nothing is sent to ${url.host}`, "Ask for the model through the Hub's router.");
  }
  const file = await download(url, { authored, ...(signal && { signal }) });
  return new Response(await file.blob(), { headers: { "content-type": file.type } });
}

function waitIn({ headers }: Response, now: number): number | undefined {
  return retryAfter(headers.get("retry-after"), now);
}

function originOf(place: string | undefined): string[] {
  const written = place?.trim();
  return written && URL.canParse(written) ? [new URL(written).origin] : [];
}
