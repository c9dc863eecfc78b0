/** The failures of what is far away, each with its own sentence of advice. An address is shown without what may be secret in it. */
import { FailureError } from "../engine/failure.ts";

/** Nothing answered, or what answered broke off. */
export function unreachable(url: string | URL, what: string, advice?: string): FailureError {
  const shown = shownUrl(url);
  return new FailureError({
    reason: "remote-unreachable",
    url: shown,
    message: sentence(what),
    advice: advice ?? `See whether ${hostOf(shown)} is up and can be reached from here, then run it again.`,
  });
}

/** It answered, and said no. */
export function refused(url: string | URL, status: number | undefined, what: string, advice: string): FailureError {
  return new FailureError({
    reason: "remote-refused",
    url: shownUrl(url),
    ...(status !== undefined && { status }),
    message: sentence(what),
    advice,
  });
}

/** It would, were there not too much asked of it; `retryAfter` in milliseconds. */
export function overQuota(service: string, what: string, advice: string, retryAfter?: number): FailureError {
  return new FailureError({
    reason: "quota",
    service,
    ...(retryAfter !== undefined && { retryAfter }),
    message: sentence(what),
    advice,
  });
}

/** It is there and not awake yet. */
export function asleep(space: string, what: string, advice: string): FailureError {
  return new FailureError({ reason: "sleeping", space, message: sentence(what), advice });
}

/** An address as it may be shown: signatures, keys and passwords stand in its query and before its host. */
export function shownUrl(url: string | URL): string {
  if (!URL.canParse(String(url))) return String(url).slice(0, 200);
  const { origin, pathname, href } = new URL(url);
  return origin === "null" ? href.slice(0, 40) : `${origin}${pathname === "/" ? "" : pathname}`;
}

/** Milliseconds that a `Retry-After` header asks to wait: seconds, or a date. */
export function retryAfter(header: string | null | undefined, now: number): number | undefined {
  if (header === null || header === undefined || header.trim() === "") return undefined;
  const wait = /^\d+(\.\d+)?$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.max(0, Math.round(wait)) : undefined;
}

function hostOf(url: string): string {
  return URL.canParse(String(url)) ? new URL(url).host || url : url;
}

/** What a stranger sent may be long, or may not end like a sentence. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const short = trimmed.length > 2000 ? `${trimmed.slice(0, 2000)}…` : trimmed;
  return /[.!?…]$/.test(short) ? short : `${short}.`;
}

/** Why nothing answered: Node says `fetch failed`, and why underneath. */
export function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return cause.message || ("code" in cause ? String(cause.code) : cause.name);
}
