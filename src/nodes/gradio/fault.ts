/** What a job's bad end means: a failure of the closed union, with advice of its own. The app's own words are quoted, never believed. */
import type { FailureError } from "../../engine/failure.ts";
import { causeOf, overQuota, refused, sentence, shownUrl, unreachable } from "../remote-failure.ts";
import type { JobClient } from "./job-client.ts";
import type { JobEvent } from "./library.ts";

type Ended = Extract<JobEvent, { type: "status" }>;

/** The failure that a job ended with; `warnings` are what the app had said before. */
export function faultOf(event: Ended, client: JobClient, warnings: readonly string[]): FailureError {
  const { url, answered } = client;
  const shown = shownUrl(url);
  const text = textOf(event.message);
  if (event.code === "validation_error") return refusedValues(url, event.message);
  if (event.broken || answered.status === 0) {
    const cause = answered.error instanceof Error ? causeOf(answered.error) : "the connection broke";
    return unreachable(url, `${shown} could not be reached: ${cause}`);
  }
  if (answered.status === 429) {
    return overQuota(shown, `${shown} is asked too often`, "Wait a little before the next call.", answered.retryAfter);
  }
  if (answered.status === 503) {
    const advice = "Many others wait for it: run it again later, or duplicate the Space under your own name.";
    return overQuota(shown, `${shown} takes no more calls: its queue is full`, advice, answered.retryAfter);
  }
  if (answered.status === 401 || answered.status === 403) {
    const advice = "See whether it asks for a login (auth) or for a token (HF_TOKEN) that may use it.";
    return refused(url, answered.status, `${shown} does not let this call in`, advice);
  }
  if (text !== undefined && /quota/i.test(`${event.title ?? ""} ${text}`)) {
    const advice = "Log in with a token (HF_TOKEN) that has quota left, or wait until it is given anew.";
    return overQuota(shown, text, advice, waitIn(text));
  }
  const proxied =
    answered.status >= 500 && /^(Could not parse server response|Connection errored out)/.test(text ?? "");
  if (proxied || answered.status === 502 || answered.status === 504) {
    return unreachable(url, `${shown} answered ${answered.status}: ${text ?? "nothing that can be read"}`);
  }
  if (text !== undefined && /^Could not parse server response/.test(text)) {
    const advice = "Something between here and the app answers in its place; see whether the address is right.";
    return unreachable(url, `${shown} did not answer with JSON`, advice);
  }
  return fromWithin(event, url, text, warnings);
}

/** The app itself says no: `gr.Error`, or an exception in its function. */
function fromWithin(event: Ended, url: string, text: string | undefined, warnings: readonly string[]): FailureError {
  const before = warnings.length > 0 ? ` Before that it warned: ${warnings.map(sentence).join(" ")}` : "";
  const titled = event.title && event.title !== "Error" ? `${event.title}: ` : "";
  if (text === undefined || text === "An error occurred") {
    const what = `The app failed and does not say why.${before}`;
    return refused(url, undefined, what, "See the app's own log; started with show_error=True it says more.");
  }
  return refused(
    url,
    undefined,
    `${titled}${sentence(text)}${before}`,
    "This is what the app itself says: change what is sent to it, or ask its owner.",
  );
}

function refusedValues(url: string, detail: unknown): FailureError {
  const said = Array.isArray(detail)
    ? detail.flatMap((one) => (one?.is_valid === false && one.message ? [String(one.message)] : []))
    : [];
  const what = said.length > 0 ? said.join(" ") : "The app will not take these values";
  return refused(url, 422, what, "Change the values that it names.");
}

/** Milliseconds until there is quota again, where the text says so: `Try again in 0:12:34`. */
function waitIn(text: string): number | undefined {
  const [, hours, minutes, seconds] = /\b(?:(\d+):)?(\d{1,2}):(\d{2})\b/.exec(text) ?? [];
  if (seconds === undefined) return undefined;
  return ((Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

function textOf(message: unknown): string | undefined {
  if (typeof message === "string") return message.trim() === "" ? undefined : message;
  return message === undefined || message === null ? undefined : JSON.stringify(message).slice(0, 500);
}
