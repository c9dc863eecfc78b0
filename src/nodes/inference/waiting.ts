/** What a provider with a queue says while one waits: the place in line, how far it is, or in a word what is going on. It is read beside the client, which keeps it to itself. */
import type { Progress } from "../../engine/signal.ts";
import type { Fetch } from "../hub-fetch.ts";

/** The same `fetch`; what is told in answers to questions is shown. */
export function listening(fetch: Fetch, show: (progress: Progress) => void): Fetch {
  return async (input, init) => {
    const answer = await fetch(input, init);
    const asks = (init?.method ?? "GET") === "GET" && answer.ok;
    if (!asks || !answer.headers.get("content-type")?.startsWith("application/json")) return answer;
    const text = await answer.text();
    const progress = progressIn(text);
    if (progress) show(progress);
    return new Response(text, { status: answer.status, headers: answer.headers });
  };
}

type Told = Readonly<Record<string, unknown>>;

function progressIn(text: string): Progress | undefined {
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch {
    return undefined;
  }
  const outer = Object(told) as Told;
  // Some say it of the answer, some of the task in it.
  const {
    queue_position: ahead,
    progress_percent: percent,
    status,
    task_status,
  } = {
    ...outer,
    ...(Object(outer.data) as Told),
    ...(Object(outer.task) as Told),
  } as Told;
  if (typeof ahead === "number" && ahead >= 0) return { queue: { position: ahead + 1 } };
  const word = [status, task_status].find((one) => typeof one === "string");
  if (typeof word !== "string" || word.length > 40) return undefined;
  const message = word.toLowerCase().replace(/_/g, " ");
  return typeof percent === "number" && percent > 0 ? { message, fraction: Math.min(1, percent / 100) } : { message };
}
