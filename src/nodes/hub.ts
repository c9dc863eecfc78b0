/** What the Hub knows of a model or a Space: asked for once and believed for ten minutes; a question that failed is asked again. */

import { hubFailure } from "./hub-failure.ts";
import { type Around, hubFetch, type Met } from "./hub-fetch.ts";
import { hubAddress, savedToken } from "./remote-token.ts";

export interface ModelFacts {
  /** As the Hub writes it. */
  readonly id: string;
  readonly task: string | undefined;
  readonly tags: readonly string[];
  /** The revision. */
  readonly sha: string | undefined;
  /** Who serves it, and for what; the first is the one that the Hub would choose. */
  readonly servedBy: readonly { readonly provider: string; readonly task: string; readonly live: boolean }[];
}

export interface SpaceFacts {
  readonly id: string;
  readonly sha: string | undefined;
}

/** Milliseconds for one question to the Hub: it answers at once, or something is wrong. */
const patience = 15_000;
const believed = 600_000;
const known = new Map<string, { readonly at: number; readonly facts: Promise<unknown> }>();

/** @throws FailureError when the Hub says no, or nothing */
export function modelFacts(id: string, around: Around): Promise<ModelFacts> {
  return once(`models/${id}`, around, async () => {
    const { modelInfo } = await import("@huggingface/hub");
    const found = await asked(id, "model", around, (access) =>
      modelInfo({ name: id, additionalFields: ["sha", "tags", "inferenceProviderMapping"], ...access }),
    );
    const { name, task, tags, sha, inferenceProviderMapping = [] } = found;
    const servedBy = inferenceProviderMapping.map(({ provider, task, status }) => ({
      provider: String(provider),
      task: String(task),
      live: status === "live",
    }));
    return { id: name, task, tags: tags ?? [], sha, servedBy };
  });
}

/** @throws FailureError when the Hub says no, or nothing */
export function spaceFacts(id: string, around: Around): Promise<SpaceFacts> {
  return once(`spaces/${id}`, around, async () => {
    const { spaceInfo } = await import("@huggingface/hub");
    const { name, sha } = await asked(id, "Space", around, (access) =>
      spaceInfo({ name: id, additionalFields: ["sha"], ...access }),
    );
    return { id: name, sha };
  });
}

/** What the Hub's client needs to ask anything. */
export interface Access {
  readonly hubUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly accessToken?: string;
}

export function accessTo(around: Around, met: Met = {}): Access {
  const token = savedToken(around.env);
  const accessToken = token?.startsWith("hf_") ? { accessToken: token } : {};
  return { hubUrl: hubAddress(around.env), fetch: hubFetch(around, met), ...accessToken };
}

async function asked<T>(
  id: string,
  kind: "model" | "Space",
  around: Around,
  ask: (access: Access) => Promise<T>,
): Promise<T> {
  const met: Met = {};
  const access = accessTo(around, met);
  const signal = AbortSignal.timeout(patience);
  try {
    return await ask({ ...access, fetch: (input, init) => access.fetch(input, { ...init, signal }) });
  } catch (error) {
    throw hubFailure(error, { id, kind, met, signedIn: access.accessToken !== undefined });
  }
}

function once<T>(key: string, { env, now }: Around, ask: () => Promise<T>): Promise<T> {
  const place = `${hubAddress(env)} ${key}`;
  const kept = known.get(place);
  if (kept !== undefined && now() - kept.at < believed) return kept.facts as Promise<T>;
  const facts = ask();
  known.set(place, { at: now(), facts });
  facts.catch(() => known.delete(place));
  return facts;
}
