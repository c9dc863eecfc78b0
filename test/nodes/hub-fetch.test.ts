/** The one way to the Hub and to its router: where it leads, what goes along, and what is met. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { FailureError } from "../../src/index.ts";
import { modelFacts } from "../../src/nodes/hub.ts";
import { type Around, hubFetch, type Met, routerAddress } from "../../src/nodes/hub-fetch.ts";
import { HubStandIn } from "../support/hub/stand-in.ts";

let hub: HubStandIn;
beforeAll(async () => {
  hub = await HubStandIn.open();
});
afterAll(() => hub.close());
afterEach(() => {
  hub.heard.length = 0;
  hub.answers.clear();
});

const signedIn = { headers: { authorization: "Bearer hf_mine" } };
const around = (env: Around["env"] = hub.environment): Around => ({
  env,
  fetch: globalThis.fetch,
  now: () => 1_000_000,
});

/** A way on which nobody answers; it tells what would have been asked. */
function asked(env: Around["env"]) {
  const requests: { readonly url: string; readonly authorization: string | null }[] = [];
  const fetch = async (input: unknown, init?: RequestInit) => {
    requests.push({ url: String(input), authorization: new Headers(init?.headers).get("authorization") });
    return new Response("{}", { headers: { "content-type": "application/json" } });
  };
  return { requests, fetch: hubFetch({ env, fetch: fetch as typeof globalThis.fetch, now: Date.now }) };
}

async function failure(asking: Promise<unknown>) {
  const error = await asking.catch((thrown: unknown) => thrown);
  if (error instanceof FailureError) return error.failure;
  throw new Error(`It was no failure: ${String(error)}`);
}

describe("where it leads", () => {
  it("to the Hub and to its router as they are, unless the environment says otherwise", async () => {
    const { requests, fetch } = asked({});
    await fetch("https://huggingface.co/api/models/a/b?expand=sha", signedIn);
    await fetch("https://router.huggingface.co/v1/chat/completions", { ...signedIn, method: "POST" });
    expect(requests).toEqual([
      { url: "https://huggingface.co/api/models/a/b?expand=sha", authorization: "Bearer hf_mine" },
      { url: "https://router.huggingface.co/v1/chat/completions", authorization: "Bearer hf_mine" },
    ]);
  });

  it("to what stands in for them, below a path too", async () => {
    const env = { HF_ENDPOINT: "https://mirror.example.org/hub/", HF_INFERENCE_ENDPOINT: "https://gate.example.org" };
    const { requests, fetch } = asked(env);
    await fetch("https://huggingface.co/api/models/a/b", signedIn);
    await fetch("https://router.huggingface.co/fal-ai/x", signedIn);
    expect(requests.map(({ url }) => url)).toEqual([
      "https://mirror.example.org/hub/api/models/a/b",
      "https://gate.example.org/fal-ai/x",
    ]);
    expect(routerAddress({})).toBe("https://router.huggingface.co");
  });

  it("not with the token where anybody on the way could read it", async () => {
    const { requests, fetch } = asked({ HF_ENDPOINT: "http://mirror.example.org" });
    await fetch("https://huggingface.co/api/models/a/b", signedIn);
    expect(requests).toEqual([{ url: "http://mirror.example.org/api/models/a/b", authorization: null }]);
  });

  it("nowhere else with anything that is sent", async () => {
    const { requests, fetch } = asked({});
    const sent = fetch("https://example.org/collect", { method: "POST", body: "{}", ...signedIn });
    expect(await failure(sent)).toMatchObject({ reason: "remote-refused", message: "Nothing is sent to example.org." });
    expect(requests).toEqual([]);
  });

  it("nowhere for what holds all of itself", async () => {
    const answer = await hubFetch(around())("data:text/plain,mill");
    expect(await answer.text()).toBe("mill");
    expect(hub.heard).toEqual([]);
  });
});

describe("a redirect", () => {
  it("within the Hub is followed as whoever is signed in: a model may have been renamed", async () => {
    hub.models.set("new/name", { task: "text-to-image", sha: "d".repeat(40) });
    hub.moved.set("/api/models/old/name/revision/HEAD", "/api/models/new/name/revision/HEAD");
    expect(await modelFacts("old/name", around())).toMatchObject({ id: "new/name", sha: "d".repeat(40) });
    expect(hub.heard.map(({ headers }) => headers.authorization)).toEqual(["Bearer hf_standin", "Bearer hf_standin"]);
  });

  it("that goes round and round ends", async () => {
    hub.moved.set("/api/models/round/about/revision/HEAD", "/api/models/round/about/revision/HEAD");
    expect(await failure(modelFacts("round/about", around()))).toMatchObject({
      reason: "remote-refused",
      message: expect.stringContaining("redirects for ever"),
    });
    expect(hub.heard).toHaveLength(6);
  });

  it("sends again what was sent only where that is meant", async () => {
    for (const [status, method, body] of [
      [307, "POST", "{}"],
      [303, "GET", ""],
    ] as const) {
      hub.heard.length = 0;
      hub.answers.set("/from", (_, answer) => void answer.writeHead(status, { location: "/to" }).end());
      hub.gives("/to", { ok: true });
      const answer = await hubFetch(around())(`${hub.router}/from`, { method: "POST", body: "{}" });
      expect(await answer.json()).toEqual({ ok: true });
      expect(hub.heard.at(-1)).toMatchObject({ path: "/to", method });
      expect(String(hub.heard.at(-1)?.body)).toBe(body);
    }
  });
});

it("what was met is written down: where, with which answer, and when to come back", async () => {
  hub.refuses("/busy", 429, { error: "Busy" }, { "retry-after": "3" });
  const met: Met = {};
  const answer = await hubFetch(around(), met)("https://router.huggingface.co/busy?key=secret");
  expect(answer.status).toBe(429);
  expect(met).toEqual({ url: `${hub.router}/busy`, status: 429, retryAfter: 3000 });
});

it("what was stopped is stopped as it was stopped", async () => {
  const stop = new AbortController();
  const reason = new Error("Enough");
  hub.answers.set("/slow", () => stop.abort(reason));
  await expect(hubFetch(around())(`${hub.router}/slow`, { signal: stop.signal })).rejects.toBe(reason);
});

it("the Hub is asked about a model once, and again when it could not say", async () => {
  expect(await failure(modelFacts("late/comer", around()))).toMatchObject({ status: 404 });
  hub.models.set("late/comer", { task: "text-to-image" });
  await modelFacts("late/comer", around());
  await modelFacts("late/comer", around());
  expect(hub.heard).toHaveLength(2);
  await modelFacts("late/comer", { ...around(), now: () => 1_000_000 + 600_001 });
  expect(hub.heard).toHaveLength(3);
});
