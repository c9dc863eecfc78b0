/** One run of a node that calls an app: the app is looked at, the call checked, the job done, and what it gives made ours, the latest of it while it goes on. */
import { FailureError } from "../../engine/failure.ts";
import { GraphError } from "../../engine/graph-error.ts";
import { backstageOf, type RunContext } from "../../engine/run.ts";
import type { FileRef } from "../file-ref.ts";
import { download } from "../remote-download.ts";
import { refused } from "../remote-failure.ts";
import type { Endpoint } from "./api.ts";
import { App } from "./app.ts";
import type { Called } from "./call.ts";
import { checkInputs, endpointIn } from "./check.ts";
import type { Connection, Login } from "./connection.ts";
import { jobDone } from "./job.ts";
import type { JobClient } from "./job-client.ts";
import { latest } from "./latest.ts";
import { type RemoteFile, returned } from "./returned.ts";
import { sent } from "./sent.ts";

type Values = Readonly<Record<string, unknown>>;

/** What the node makes of what goes in and of what comes out; `wanted` values are made ours. */
export interface Made {
  readonly before: (values: Values) => Promise<Values>;
  readonly after: (returned: readonly unknown[]) => Promise<unknown>;
  readonly wanted: number;
}

/** What the app gives on the way, and returns its result. @throws FailureError */
export async function* callApp(
  called: Called,
  inputs: Values,
  made: Made,
  context: RunContext,
): AsyncGenerator<unknown, unknown> {
  const { signal } = context;
  const stage = backstageOf(context);
  const values = await made.before(inputs);
  signal.throwIfAborted();
  const app = App.of(called.source, loginOf(called));
  try {
    const tell = (message: string) => stage.show({ message });
    const connection = await app.connection({ env: process.env, signal, tell });
    if (connection.api.revision !== undefined) stage.answeredBy(connection.api.revision);
    const endpoint = await checked(called, values, connection, app);
    const session = called.session === "sheet" && endpoint.stateful ? `sheet-${stage.sheet}` : undefined;
    const over = session === undefined ? undefined : await app.turn(session, signal);
    try {
      signal.throwIfAborted();
      const last = yield* calls(connection, endpoint, values, session, made, context);
      app.heard();
      return last;
    } finally {
      over?.();
    }
  } catch (error) {
    // It may have been restarted, moved or changed: the next call looks at it anew.
    if (error instanceof FailureError && error.failure.reason === "remote-unreachable") app.forget();
    throw error;
  }
}

/** One job, in a client of its own. However this is left, the job has ended by then, here and over there. */
async function* calls(
  connection: Connection,
  endpoint: Endpoint,
  values: Values,
  session: string | undefined,
  made: Made,
  context: RunContext,
): AsyncGenerator<unknown, unknown> {
  const { signal, log } = context;
  const client = connection.client.fork(session);
  const parts = latest<readonly unknown[]>();
  const listener = { partial: parts.put, show: backstageOf(context).show, log };
  const done = uploading(client, signal, () => sent(values, endpoint, client)).then((data) =>
    jobDone(client, endpoint, data, listener, signal),
  );
  const ours = taking(connection, endpoint, made, signal);
  try {
    for await (const part of parts.until(done)) yield await ours(part);
    return await ours(await done);
  } finally {
    client.breakOff(new Error("Nobody waits for this job any more"));
    await done.catch(() => undefined);
  }
}

/** What is stopped while files are on their way stops them too. */
async function uploading<T>(client: JobClient, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const stop = () => client.close();
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await work();
  } catch (error) {
    client.close();
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

async function checked(called: Called, values: Values, connection: Connection, app: App): Promise<Endpoint> {
  try {
    const endpoint = endpointIn(connection.api, called);
    if (called.validate) checkInputs(endpoint, Object.keys(values), called, app.earlier(called.apiName));
    return endpoint;
  } catch (error) {
    if (error instanceof GraphError) throw asFailure(error, called);
    throw error;
  } finally {
    await app.keep(connection);
  }
}

/** A mistake of wiring that only the app could show. */
function asFailure(error: GraphError, { source, node }: Called): FailureError {
  const advice = `Change '${node}' in the code that makes the graph.`;
  if (error.port === undefined) return refused(source, undefined, error.message, advice);
  const expected = error.code === "missing-input" ? "given" : "a parameter that the endpoint has";
  return new FailureError({ reason: "bad-input", port: error.port, expected, message: error.message, advice });
}

/** Makes an app's values ours; a file that comes again is fetched once. */
function taking(connection: Connection, endpoint: Endpoint, made: Made, signal: AbortSignal) {
  const { client, config, dwelling } = connection;
  const fetched = new Map<string, Promise<FileRef>>();
  const fetch = (file: RemoteFile): Promise<FileRef> => {
    const at = file.url ?? `${config.root}${client.api_prefix}/file=${file.path}`;
    const url = URL.canParse(at, `${config.root}/`) ? new URL(at, `${config.root}/`).href : at;
    const known = fetched.get(url);
    if (known) return known;
    const { authored, token } = dwelling;
    const name = file.orig_name ?? undefined;
    const type = file.mime_type ?? undefined;
    const coming = download(url, { signal, authored, token, headers: client.cookieHeader, name, type });
    coming.catch(() => undefined);
    fetched.set(url, coming);
    return coming;
  };
  return async (values: readonly unknown[]): Promise<unknown> => {
    const taken = values.slice(0, made.wanted).map((value, i) => returned(value, endpoint.gives[i] ?? "", fetch));
    return made.after(await Promise.all(taken));
  };
}

function loginOf({ auth }: Called): Login | undefined {
  return typeof auth === "function" ? auth() : auth;
}
