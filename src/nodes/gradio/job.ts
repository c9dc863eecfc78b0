/**
 * One job of an app, from the call to its real end: what it gives on the way is told, what it says of its progress and its place in
 * line too, and when it is stopped it is cancelled over there before this is over. Whatever happens, it ends.
 */
import type { Progress } from "../../engine/signal.ts";
import { unreachable } from "../remote-failure.ts";
import type { Endpoint } from "./api.ts";
import { faultOf } from "./fault.ts";
import type { JobClient } from "./job-client.ts";
import type { Config, Job, JobEvent, ProgressUnit } from "./library.ts";

export interface JobListener {
  /** What a generator has given so far. */
  partial(values: readonly unknown[]): void;
  show(progress: Progress): void;
  log(line: string): void;
}

/** Milliseconds that the app has to say that it has heard a cancel. */
const cancelWithin = 3000;

/** The values that it gives. @throws FailureError, or the reason why it was stopped */
export async function jobDone(
  client: JobClient,
  endpoint: Endpoint,
  values: readonly unknown[],
  listener: JobListener,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  signal.throwIfAborted();
  // The library changes the list that it is given.
  const job = client.submit(endpoint.name ?? endpoint.index, [...values]);
  const stop = () => client.breakOff(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  let over = false;
  try {
    const given = await followed(job, client, listener);
    over = true;
    return given;
  } finally {
    signal.removeEventListener("abort", stop);
    if (over) client.finish();
    else {
      await cancel(job, client, endpoint);
      client.close();
    }
    void job.return();
  }
}

async function followed(job: Job, client: JobClient, listener: JobListener): Promise<readonly unknown[]> {
  const warnings: string[] = [];
  let given: readonly unknown[] | undefined;
  let stage = "pending";
  // A generator's last value comes twice, the second time with the end right behind it: a result is no partial value.
  let soon: NodeJS.Immediate | undefined;
  for (;;) {
    const { done, value: event } = await Promise.race([job.next(), client.broken]);
    // The library ends without a word where it has met something that it does not know.
    if (done) throw unreachable(client.url, "The app ended the job without a result");
    switch (event.type) {
      case "data":
        given = [...event.data];
        clearImmediate(soon);
        if (stage === "generating" || stage === "streaming") soon = setImmediate(listener.partial, given);
        break;
      case "log":
        listener.log(lineOf(event));
        if (event.level === "warning") warnings.push(event.log);
        break;
      case "status":
        stage = event.stage;
        if (stage === "complete" || stage === "error") clearImmediate(soon);
        if (stage === "error") throw faultOf(event, client, warnings);
        if (stage === "complete") {
          if (given) return given;
          throw unreachable(client.url, "The app said that it was done and gave nothing");
        }
        tell(event, listener);
        break;
      case "render":
        break;
      default:
        event satisfies never;
    }
  }
}

function lineOf({ log, level, title }: Extract<JobEvent, { type: "log" }>): string {
  const kind = title || `${level.slice(0, 1).toUpperCase()}${level.slice(1)}`;
  return `${kind}: ${log}`;
}

/** Seconds over there are milliseconds here, and the first in line is 0 there and 1 here. */
function tell(event: Extract<JobEvent, { type: "status" }>, listener: JobListener): void {
  const { position, eta, progress_data: units, original_msg } = event;
  if (units && units.length > 0) return listener.show(progressOf(units));
  if (original_msg === "process_starts") return listener.show({ message: "Running" });
  if (position === undefined || position === null) return;
  const known = typeof eta === "number" ? { eta: Math.max(0, Math.round(eta * 1000)) } : {};
  listener.show({ queue: { position: position + 1, ...known } });
}

/** Levels lie within one another: each says how far it is within one step of the level before. */
function progressOf(units: readonly ProgressUnit[]): Progress {
  const share = ({ progress, index, length }: ProgressUnit) => progress ?? (length ? (index ?? 0) / length : undefined);
  let fraction: number | undefined;
  let step = 1;
  for (const unit of units) {
    const part = share(unit);
    if (part === undefined) break;
    fraction = (fraction ?? 0) + part * step;
    step *= unit.length ? 1 / unit.length : 0;
  }
  const message = units.flatMap(({ desc }) => (desc ? [desc] : [])).join(", ");
  const steps = units[0]?.length ? `${units[0].index ?? 0} of ${units[0].length}` : "";
  const words = [message, steps].filter((part) => part !== "").join(" ");
  return {
    ...(fraction !== undefined && { fraction: Math.min(1, fraction) }),
    ...(words !== "" && { message: words }),
  };
}

/** Cancels this job and no other: it is alone in its session. Of what stands in no line the connection is closed, which ends it too. */
async function cancel(job: Job, client: JobClient, { index, queued }: Endpoint): Promise<void> {
  if (!queued) return;
  const late = AbortSignal.timeout(cancelWithin);
  const id = await Promise.race([job.wait_for_id().catch(() => null), gone(late)]);
  if (!id) return;
  const { root } = client.config as Config;
  const headers = {
    "content-type": "application/json",
    ...(client.token && { authorization: `Bearer ${client.token}` }),
  };
  const body = JSON.stringify({ event_id: id, session_hash: client.session_hash, fn_index: index });
  const told = client.fetch(`${root}${client.api_prefix}/cancel`, { method: "POST", headers, body, signal: late });
  await told.then((answer) => answer.body?.cancel()).catch(() => undefined);
}

function gone(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(null), { once: true }));
}
