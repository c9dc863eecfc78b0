/** Where an app lives: a URL as it is, a Space where the environment or the Hub says. What keeps a Space from answering is told apart, each with its own advice. */
import { setTimeout as later } from "node:timers/promises";
import { asleep, overQuota, refused, retryAfter, unreachable } from "../remote-failure.ts";
import { type Environment, hubAddress, mayHaveToken, savedToken, tokenHeader } from "../remote-token.ts";
import { capped } from "./limits.ts";
import { isSpace, placeOf } from "./source.ts";

/** Where an app lives. */
export interface Dwelling {
  /** Without a slash at its end. */
  readonly url: string;
  /** Only where it may go. */
  readonly token?: string;
  /** Its origin, when the author or the operator wrote it: only then may it be private. */
  readonly authored: ReadonlySet<string>;
  /** The Space's id, where the Hub said where it lives. */
  readonly space?: string;
  readonly revision?: string;
}

export interface Looking {
  readonly env: Environment;
  readonly signal: AbortSignal;
  /** Says what is waited for. */
  readonly tell: (message: string) => void;
}

/** @throws FailureError for a Space that is not there, may not be used, or does not wake in time */
export async function dwellingOf(source: string, looking: Looking): Promise<Dwelling> {
  const { env } = looking;
  const place = placeOf(source, env);
  if (!isSpace(place)) return dwellingAt(place, env);
  const about = await awake(source, looking);
  const url = about.host ?? (about.subdomain ? `https://${about.subdomain}.hf.space` : await hostOf(source, looking));
  checkHost(url, source, env);
  return {
    ...dwellingAt(url, env),
    ...(env.HF_ENDPOINT ? {} : { authored: new Set<string>() }),
    space: source,
    ...(about.sha !== undefined && { revision: about.sha }),
  };
}

function dwellingAt(url: string, env: Environment): Dwelling {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw refused(
      url,
      undefined,
      `"${url}" is no address of an app`,
      "Write a Space id (owner/name) or an http(s) URL.",
    );
  }
  const { origin, pathname } = new URL(url);
  const token = mayHaveToken(url, env) ? savedToken(env) : undefined;
  const at = `${origin}${pathname.replace(/\/+$/, "")}`;
  return { url: at, authored: new Set([origin]), ...(token !== undefined && { token }) };
}

interface SpaceFacts {
  readonly sha?: string;
  readonly sdk?: string;
  readonly host?: string;
  readonly subdomain?: string;
  readonly runtime?: { readonly stage?: string };
}

const pollEvery = 2000;

/** A Space that runs; one that sleeps is woken and waited for, up to `MILLRACE_SPACE_TIMEOUT` seconds (120). */
async function awake(space: string, looking: Looking): Promise<SpaceFacts> {
  const seconds = Number(looking.env.MILLRACE_SPACE_TIMEOUT);
  const until = Date.now() + (looking.env.MILLRACE_SPACE_TIMEOUT !== undefined && seconds >= 0 ? seconds : 120) * 1000;
  for (let woken = false; ; ) {
    const about = await factsOf(space, looking);
    const { stage = "RUNNING" } = about.runtime ?? {};
    const words = notYet[stage];
    if (words === undefined) {
      checkStage(space, stage, about);
      return about;
    }
    if (!woken) await wake(about, looking);
    woken = true;
    if (Date.now() + pollEvery > until) throw asleep(space, `The Space '${space}' ${words.is}`, words.advice(space));
    looking.tell(`${space} ${words.is}`);
    await later(pollEvery, undefined, { signal: looking.signal });
  }
}

interface Words {
  readonly is: string;
  readonly advice: (space: string) => string;
}
const sleeping: Words = {
  is: "is asleep, and is being woken",
  advice: () => "It takes a minute or two to wake: run it again then.",
};
const building: Words = {
  is: "is being built",
  advice: (space) => `Run it again when https://huggingface.co/spaces/${space} says that it is running.`,
};
const starting: Words = { is: "is starting", advice: () => "Run it again in a minute." };
const notYet: Readonly<Record<string, Words>> = {
  SLEEPING: sleeping,
  STOPPED: sleeping,
  BUILDING: building,
  APP_STARTING: starting,
  RUNNING_APP_STARTING: starting,
};

function checkStage(space: string, stage: string, { sdk }: SpaceFacts): void {
  const page = `https://huggingface.co/spaces/${space}`;
  if (stage === "PAUSED") {
    const advice = `Ask its owner to restart it, or duplicate it under your own name at ${page}.`;
    throw refused(page, undefined, `The Space '${space}' was paused by its owner`, advice);
  }
  if (!stage.startsWith("RUNNING")) {
    const advice = `See its logs at ${page}, or use another Space until its owner has mended it.`;
    throw refused(page, undefined, `The Space '${space}' does not run (${stage})`, advice);
  }
  if (sdk === "static") {
    const advice = "Only Gradio apps have endpoints that can be called: choose another Space.";
    throw refused(page, undefined, `The Space '${space}' is a page without an app behind it`, advice);
  }
}

async function factsOf(space: string, looking: Looking): Promise<SpaceFacts> {
  const answer = await ask(`${hubAddress(looking.env)}/api/spaces/${space}`, looking);
  if (answer.ok) return (await answer.json().catch(() => ({}))) as SpaceFacts;
  await answer.body?.cancel();
  throw refusal(space, answer, savedToken(looking.env) !== undefined);
}

async function hostOf(space: string, looking: Looking): Promise<string> {
  const answer = await ask(`${hubAddress(looking.env)}/api/spaces/${space}/host`, looking);
  const found = answer.ok ? ((await answer.json().catch(() => ({}))) as { readonly host?: unknown }) : {};
  if (typeof found.host === "string") return found.host;
  throw unreachable(hubAddress(looking.env), `The Hub does not say where the Space '${space}' lives`);
}

function refusal(space: string, answer: Response, known: boolean) {
  const page = `https://huggingface.co/spaces/${space}`;
  const { status } = answer;
  if (status === 429) {
    const wait = retryAfter(answer.headers.get("retry-after"), Date.now());
    return overQuota(
      "huggingface.co",
      "The Hub has been asked too often",
      "Wait a little, or log in: who is known may ask more often.",
      wait,
    );
  }
  if (status === 401 || status === 403 || status === 404) {
    return known
      ? refused(
          page,
          status,
          `There is no Space '${space}', or your token may not use it`,
          "Look at how its name is written (owner/name); if it is private, its owner has to let you in.",
        )
      : refused(
          page,
          status,
          `There is no Space '${space}', or it is private`,
          "Look at how its name is written (owner/name); if it is private, log in with `hf auth login` or set HF_TOKEN.",
        );
  }
  if (status >= 500) return unreachable(page, `The Hub answered ${status} when it was asked about '${space}'`);
  return refused(
    page,
    status,
    `The Hub answered ${status} when it was asked about '${space}'`,
    "Look at how its name is written (owner/name).",
  );
}

/** Whoever visits a Space wakes it. */
async function wake({ host, subdomain }: SpaceFacts, looking: Looking): Promise<void> {
  const url = host ?? (subdomain ? `https://${subdomain}.hf.space` : undefined);
  if (url === undefined || !URL.canParse(url)) return;
  const visit = await ask(url, looking).catch(() => undefined);
  await visit?.body?.cancel();
}

async function ask(url: string, { env, signal }: Looking): Promise<Response> {
  const late = AbortSignal.timeout(20_000);
  const headers = { accept: "application/json", ...tokenHeader(url, savedToken(env), env) };
  try {
    return capped(
      await fetch(url, { headers, redirect: "manual", signal: AbortSignal.any([signal, late]) }),
      20_000_000,
    );
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const cause = error instanceof Error ? (error.cause instanceof Error ? error.cause : error).message : String(error);
    throw unreachable(
      url,
      `The Hub could not be reached: ${cause}`,
      "See whether huggingface.co can be reached from here, then run it again.",
    );
  }
}

/** The Hub of Hugging Face knows Spaces at *.hf.space; another that the operator named may know others. */
function checkHost(url: string, space: string, env: Environment): void {
  const known = URL.canParse(url) ? new URL(url) : undefined;
  if (known && (env.HF_ENDPOINT || (known.protocol === "https:" && known.hostname.endsWith(".hf.space")))) return;
  throw refused(
    url,
    undefined,
    `The Hub says that '${space}' lives at ${url}`,
    "A Space lives at an address like https://owner-name.hf.space; look at the Space's page.",
  );
}
