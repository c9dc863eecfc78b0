/**
 * The server as the page knows it: streams through sse.js, commands and uploads through fetch. Nothing here throws or
 * rejects on a bad network; it is said in the answer.
 */
import { SSE } from "sse.js";
import type { Answer, Command, Refusal } from "../protocol/command.ts";
import type { FileView } from "../protocol/port.ts";
import type { SweepAsked, SweepEnd } from "../protocol/sweep.ts";
import type { Swept } from "./archive.ts";
import { unreachable } from "./draft.ts";
import type { FollowWorld } from "./follow.ts";
import type { Answered, SheetLine } from "./office.ts";

const marks = { "x-millrace": "1" };

/** Opens a stream. sse.js's own reconnecting is not used: it has no back-off and loops on a 401. */
export const openStream: FollowWorld["open"] = (url, lastId, events) => {
  const headers = { accept: "text/event-stream", ...(lastId === null ? {} : { "last-event-id": lastId }) };
  const stream = new SSE(url, { headers, start: false, autoReconnect: false, useLastEventId: false });
  let status = 0;
  let failed = false;
  let over = false;
  for (const name of ["snapshot", "patch", "ping"] as const) {
    stream.addEventListener(name, (event: { data: string; id: string | null }) => {
      if (!over) events.message(name, event.data, event.id);
    });
  }
  stream.addEventListener("open", (event: { responseCode: number }) => {
    status = event.responseCode;
    if (status === 200) events.opened();
  });
  const fail = () => {
    failed = true;
  };
  stream.addEventListener("error", fail);
  stream.addEventListener("abort", fail);
  stream.addEventListener("readystatechange", (event: { readyState: number }) => {
    if (event.readyState !== 2 || over) return;
    over = true;
    events.closed({ failed, status });
  });
  stream.stream();
  return () => stream.close();
};

/** The sheets the server has; `clock` hears by how many milliseconds the server's clock is ahead of ours. */
export async function fetchSheets(clock: (ahead: number) => void): ReturnType<FollowWorld["sheets"]> {
  const response = await fetch("api/sheets", { headers: { accept: "application/json" } });
  if (response.status === 401 || response.status === 403) return "over";
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const ahead = Date.parse(response.headers.get("date") ?? "") - Date.now();
  // The header counts whole seconds: a smaller difference is none.
  clock(Math.abs(ahead) > 3000 ? ahead : 0);
  return linesIn(await response.json());
}

function linesIn(answer: unknown): readonly SheetLine[] {
  const { sheets } = answer as { sheets: { id: string; name: string; updated: string; size: number }[] };
  return sheets.map(({ updated, ...line }) => ({ ...line, updated: Date.parse(updated) }));
}

/** What the server answers as JSON; `null` when it does not. */
export async function getJson(path: string): Promise<unknown> {
  const answer = await fetch(path, { headers: { accept: "application/json" } }).catch(() => undefined);
  return answer?.ok ? answer.json() : null;
}

/** The sheets as a menu shows them; none while the server cannot be reached. */
export async function listSheets(): Promise<readonly SheetLine[]> {
  const answer = await fetch("api/sheets", { headers: { accept: "application/json" } }).catch(() => undefined);
  return answer?.ok ? linesIn(await answer.json()) : [];
}

/** Posts what is asked about sheets: JSON, or a file in the field `file`. */
export async function postOffice(path: string, body: object | File): Promise<Answered> {
  if (body instanceof File) {
    const form = new FormData();
    form.append("file", body);
    return answerOf<{ sheet: { id: string } }>(fetch(path, { method: "POST", headers: marks, body: form }));
  }
  return answerOf<{ sheet: { id: string } }>(postJson(path, body));
}

function postJson(path: string, body: object, how: RequestInit = {}): Promise<Response> {
  const headers = { ...marks, "content-type": "application/json" };
  return fetch(path, { method: "POST", headers, body: JSON.stringify(body), ...how });
}

/** Posts a command; `leaving` lets it outlive the page. */
export async function postCommand(
  sheet: string,
  command: Command,
  leaving: boolean,
): Promise<Answer & { status: number }> {
  const how = { keepalive: leaving, signal: AbortSignal.timeout(20_000) };
  return answerOf(postJson(`api/sheets/${encodeURIComponent(sheet)}/commands`, command, how));
}

/** Tries a card with several values; it takes as long as the runs do. */
export function postSweep(path: string, asked: SweepAsked, signal: AbortSignal): Promise<Swept> {
  return answerOf<{ ends: readonly SweepEnd[] }>(postJson(path, asked, { signal }));
}

/** Uploads a file; the server's refusal, or its word for the file. */
export async function postFile(file: File): Promise<{ ok: true; file: FileView } | { ok: false; failure: Refusal }> {
  const body = new FormData();
  body.append("file", file);
  return answerOf<{ file: FileView }>(fetch("api/uploads", { method: "POST", headers: marks, body }));
}

async function answerOf<T>(
  request: Promise<Response>,
): Promise<(({ ok: true } & T) | { ok: false; failure: Refusal }) & { status: number }> {
  let response: Response;
  try {
    response = await request;
  } catch {
    return {
      ok: false,
      status: 0,
      failure: { reason: unreachable, message: "The server cannot be reached right now." },
    };
  }
  const body = (await response.json().catch(() => null)) as ({ ok: true } & T) | { ok: false; failure: Refusal } | null;
  if (body && typeof body.ok === "boolean") return { ...body, status: response.status };
  const message = `The server answered ${response.status} and said nothing more.`;
  return { ok: false, status: response.status, failure: { reason: "unreadable", message } };
}
