/** A look at an app: what it is, whether it lets us in, what it can do. Nothing of an answer is believed before it has been looked at. */
import { FailureError } from "../../engine/failure.ts";
import { overQuota, refused, shownUrl, unreachable } from "../remote-failure.ts";
import { type Api, apiOf, type Info } from "./api.ts";
import { JobClient, type Limits, usualLimits } from "./job-client.ts";
import type { Config } from "./library.ts";
import type { Dwelling } from "./space.ts";

/** An app that answered: forks of `client` do its jobs. */
export interface Connection {
  readonly client: JobClient;
  readonly config: Config;
  readonly api: Api;
  readonly dwelling: Dwelling;
}

export type Login = readonly [user: string, password: string];

/** Milliseconds for each question. */
const deadline = 30_000;

/** @throws FailureError that tells apart what keeps it from being used */
export async function connected(
  dwelling: Dwelling,
  login: Login | undefined,
  signal: AbortSignal,
  limits: Limits = usualLimits,
): Promise<Connection> {
  const client = new JobClient(dwelling.url, dwelling.token, limits);
  const look: Look = { client, dwelling, signal, login };
  if (login) await logIn(look, login);
  const answer = await ask(look, "/config");
  const config = usable(await jsonOf<Config>(look, answer, "/config"), dwelling);
  client.config = config;
  client.api_prefix = config.api_prefix ?? "";
  client.api_map = Object.fromEntries(
    config.dependencies.flatMap(({ api_name, id }) => (api_name ? [[api_name, id]] : [])),
  );
  const path = `${client.api_prefix}/info?all_endpoints=true`;
  const info = await jsonOf<Info & { readonly api?: Info }>(look, await ask(look, path), path);
  // The library only wants to know that there is one: names and defaults are seen to here.
  client.api_info = { named_endpoints: {}, unnamed_endpoints: {} };
  return { client, config, api: apiOf(config, info.api ?? info, dwelling.revision), dwelling };
}

interface Look {
  readonly client: JobClient;
  readonly dwelling: Dwelling;
  readonly signal: AbortSignal;
  readonly login: Login | undefined;
}

async function ask({ client, dwelling, signal }: Look, path: string, init: RequestInit = {}): Promise<Response> {
  const { token } = dwelling;
  const headers = { accept: "application/json", ...(token && { authorization: `Bearer ${token}` }) };
  const late = AbortSignal.timeout(deadline);
  try {
    return await client.fetch(`${dwelling.url}${path}`, { ...init, headers, signal: AbortSignal.any([signal, late]) });
  } catch (error) {
    throw fault(error, dwelling, signal, late);
  }
}

function fault(error: unknown, { url }: Dwelling, signal: AbortSignal, late?: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (late?.aborted) return unreachable(url, `${shownUrl(url)} did not answer within ${deadline / 1000} s`);
  if (error instanceof FailureError) return error;
  const cause = error instanceof Error ? (error.cause instanceof Error ? error.cause : error).message : String(error);
  return unreachable(url, `${shownUrl(url)} could not be reached: ${cause}`);
}

async function jsonOf<T>(look: Look, answer: Response, path: string): Promise<T> {
  const { dwelling, signal } = look;
  if (!answer.ok) throw await refusal(look, answer, path);
  try {
    return (await answer.json()) as T;
  } catch (error) {
    if (signal.aborted || !(error instanceof SyntaxError)) throw fault(error, dwelling, signal);
    throw noApp(dwelling, `${path.split("?")[0]} holds no JSON (${answer.headers.get("content-type") ?? "no type"})`);
  }
}

async function refusal(look: Look, answer: Response, path: string): Promise<FailureError> {
  const { dwelling, client, login } = look;
  const { url } = dwelling;
  const { status } = answer;
  const shown = shownUrl(url);
  const said = await saidIn(answer);
  if (status >= 300 && status < 400) {
    const to = answer.headers.get("location") ?? "nowhere";
    const advice = "Write the address that it redirects to, if you trust it.";
    return refused(url, status, `${shown} redirects to ${shownUrl(to)}`, advice);
  }
  if (status === 401 && said.login) return asksForLogin(url, login, said.text);
  if (status === 401 || status === 403) {
    const advice = dwelling.token
      ? "Your token may not use it: ask its owner to let you in, or use another token."
      : "It may be a private Space: log in with `hf auth login`, or set HF_TOKEN.";
    return refused(url, status, `${shown} answered ${status}, and lets nobody in`, advice);
  }
  if (status === 429) {
    const advice = "Wait a little before the next call, or duplicate the Space under your own name.";
    return overQuota(shown, `${shown} is asked too often`, advice, client.answered.retryAfter);
  }
  if (status >= 500) return unreachable(url, `${shown} answered ${status}; it may be starting, or have failed`);
  return noApp(dwelling, `${path.split("?")[0]} answered ${status}`);
}

function asksForLogin(url: string, login: Login | undefined, text: string): FailureError {
  const shown = shownUrl(url);
  if (login)
    return refused(
      url,
      401,
      `${shown} did not accept the login of '${login[0]}'`,
      "Look at the user and the password in the node's auth.",
    );
  const says = text ? `, and says: ${text}` : "";
  return refused(url, 401, `${shown} asks for a login${says}`, 'Give the node one: auth: ["user", "password"].');
}

async function saidIn(answer: Response): Promise<{ readonly login: boolean; readonly text: string }> {
  try {
    const { detail } = (await answer.json()) as { readonly detail?: unknown };
    if (typeof detail !== "object" || detail === null) return { login: detail === "Not authenticated", text: "" };
    const { auth_message } = detail as { readonly auth_message?: unknown };
    return { login: true, text: typeof auth_message === "string" ? auth_message.slice(0, 300) : "" };
  } catch {
    return { login: false, text: "" };
  }
}

async function logIn(look: Look, [username, password]: Login): Promise<void> {
  const { client, dwelling } = look;
  const answer = await ask(look, "/login", { method: "POST", body: new URLSearchParams({ username, password }) });
  const cookies = answer.headers.get("set-cookie");
  await answer.body?.cancel();
  if (answer.ok && cookies) return client.set_cookies(cookies);
  // Gradio says 400 to a wrong password, and 422 to a blank one.
  if ([400, 401, 403, 422].includes(answer.status)) throw asksForLogin(dwelling.url, [username, password], "");
  if (answer.ok || answer.status === 404 || answer.status === 405) {
    const advice = "Leave out the node's auth: this app knows no logins.";
    throw refused(dwelling.url, answer.status, `${shownUrl(dwelling.url)} has no login`, advice);
  }
  throw await refusal(look, answer, "/login");
}

/** What was answered, as a configuration of an app that can be called. @throws FailureError for anything else */
function usable(config: Config, dwelling: Dwelling): Config {
  const { components, dependencies } = config ?? {};
  if (!Array.isArray(components) || !Array.isArray(dependencies)) {
    throw noApp(dwelling, "/config is not the configuration of a Gradio app");
  }
  const { version = "of an unknown version", protocol } = config;
  if (protocol === undefined || !protocol.startsWith("sse")) {
    const advice = "Ask its owner to bring it to Gradio 4 or later: what is older speaks WebSockets only.";
    throw refused(
      dwelling.url,
      undefined,
      `${shownUrl(dwelling.url)} runs Gradio ${version}, which cannot be called`,
      advice,
    );
  }
  const numbered = dependencies.map((dependency, i) => ({ ...dependency, id: dependency.id ?? i }));
  return { ...config, dependencies: numbered, root: rootOf(config.root, dwelling.url) };
}

/** All later calls go where the app says that its root is: it may name a path there, and no other place. */
function rootOf(root: unknown, url: string): string {
  if (typeof root !== "string" || !URL.canParse(root, url)) return url;
  const named = new URL(root, `${url}/`);
  return named.origin === new URL(url).origin ? `${named.origin}${named.pathname.replace(/\/+$/, "")}` : url;
}

function noApp({ url }: Dwelling, why: string): FailureError {
  const advice = "Look at the address: opened in a browser it should show a Gradio app.";
  return refused(url, undefined, `${shownUrl(url)} is no Gradio app: ${why}`, advice);
}
