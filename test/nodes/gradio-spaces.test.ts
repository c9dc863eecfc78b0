/** Spaces by their ids: where they live, what keeps them from answering, and who sees the token. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Graph } from "../../src/index.ts";
import { called, gradioNode, picture, ran } from "../support/gradio/called.ts";
import { faked, fakedHub, refusing } from "../support/gradio/faked.ts";
import type { FakeHub } from "../support/gradio/hub.ts";

const failing = refusing;

describe("a Space", () => {
  let hub: FakeHub;
  beforeEach(async () => {
    hub = await fakedHub();
    vi.stubEnv("HF_ENDPOINT", hub.url);
    vi.stubEnv("MILLRACE_SPACE_TIMEOUT", "0");
  });
  let number = 0;
  const unheardOf = () => `owner/space-${++number}`;

  test.each<[string, object | number, object, string, string]>([
    ["is asleep", { runtime: { stage: "SLEEPING" } }, { reason: "sleeping" }, "is asleep", "a minute or two"],
    [
      "is being built",
      { runtime: { stage: "BUILDING" } },
      { reason: "sleeping" },
      "is being built",
      "says that it is running",
    ],
    ["is starting", { runtime: { stage: "APP_STARTING" } }, { reason: "sleeping" }, "is starting", "in a minute"],
    [
      "is paused",
      { runtime: { stage: "PAUSED" } },
      { reason: "remote-refused" },
      "was paused by its owner",
      "duplicate it",
    ],
    ["has failed", { runtime: { stage: "RUNTIME_ERROR" } }, { reason: "remote-refused" }, "RUNTIME_ERROR", "logs"],
    [
      "is a mere page",
      { sdk: "static", runtime: { stage: "RUNNING" } },
      { reason: "remote-refused" },
      "a page without an app",
      "choose another Space",
    ],
    ["is not there, or private", 404, { reason: "remote-refused", status: 404 }, "or it is private", "HF_TOKEN"],
    ["may not be used", 401, { reason: "remote-refused", status: 401 }, "or it is private", "hf auth login"],
    ["is asked about too often", 429, { reason: "quota" }, "asked too often", "log in"],
    ["is unknown to a Hub that has fallen ill", 500, { reason: "remote-unreachable" }, "answered 500", "run it again"],
  ])("that %s", async (_, facts, failure, message, advice) => {
    const space = unheardOf();
    hub.spaces.set(space, facts);
    const found = await failing(space);
    expect(found).toMatchObject(failure);
    expect(found?.message).toContain(message);
    expect(found?.advice).toContain(advice);
    if (failure && "reason" in failure && failure.reason === "sleeping") expect(found).toMatchObject({ space });
  });

  test("that is not there for somebody who is logged in: the token may not be the right one", async () => {
    vi.stubEnv("HF_TOKEN", "hf_canary");
    const found = await failing("owner/nowhere");
    expect(found?.message).toContain("your token may not use it");
    expect(hub.asked[0]?.authorization).toBe("Bearer hf_canary");
  });

  test("that wakes is waited for, which is told", async () => {
    vi.stubEnv("MILLRACE_SPACE_TIMEOUT", "20");
    const space = unheardOf();
    const at = await faked();
    hub.spaces.set(space, { sha: "abc123", host: at.url, runtime: { stage: "SLEEPING" } });
    const node = gradioNode(space, { apiName: "/text", inputs: { text: "x" }, outputs: { out: null } });
    const running = ran(node);
    await vi.waitFor(() => expect(at.paths()).toContain("/"));
    hub.spaces.set(space, { sha: "abc123", host: at.url, runtime: { stage: "RUNNING" } });
    const { outputs, progress } = await running;
    expect(outputs).toEqual({ out: "x" });
    expect(progress[0]?.message).toContain("is being woken");
  });

  test("that runs is called where the Hub says, and the run knows its revision", async () => {
    const [space, at] = [unheardOf(), await faked()];
    hub.spaces.set(space, { sha: "c0ffee", hostOnly: at.url, runtime: { stage: "RUNNING" } });
    const { end } = await called(space, "/text", { text: "x" });
    expect(end).toMatchObject({ kind: "ready", run: { revision: "c0ffee" } });
  });

  test("lives where the environment says, and then nobody asks the Hub", async () => {
    const at = await faked();
    vi.stubEnv("MILLRACE_SPACE_HF_APPLICATIONS_Z_IMAGE_TURBO", at.url);
    expect((await called("hf-applications/Z-Image-Turbo", "/text", { text: "x" })).outputs).toEqual({ out: "x" });
    expect(hub.asked).toEqual([]);
  });
});

describe("the token", () => {
  test("trap 17: of whoever runs the process is seen by no app elsewhere, and stands in nothing that is told", async () => {
    const canary = "hf_canaryCanaryCanary";
    vi.stubEnv("HF_TOKEN", canary);
    const hub = await fakedHub();
    vi.stubEnv("HF_ENDPOINT", hub.url);
    const at = await faked({
      fault: (asked, answer) => asked.path.includes("queue/data") && !!answer.writeHead(500).end("no"),
    });
    hub.spaces.set("owner/canary", { host: at.url, runtime: { stage: "RUNNING" } });
    const node = gradioNode("owner/canary", {
      apiName: "/text",
      inputs: { text: await picture() },
      outputs: { out: null },
      retries: 0,
    });
    const sheet = new Graph({ name: "Canary", nodes: [node] }).sheet();
    const told: unknown[] = [];
    sheet.events$.subscribe((event) => told.push("run" in event ? event.run : event));
    const end = await sheet.run(node);
    sheet.close();
    expect(end.kind).toBe("failed");
    expect(at.asked.length).toBeGreaterThan(3);
    expect(JSON.stringify(at.asked)).not.toContain(canary);
    expect(JSON.stringify([told.map((one) => String(JSON.stringify(one, leaveNodes))), end])).not.toContain(canary);
  });
});

function leaveNodes(key: string, value: unknown): unknown {
  return key === "port" || key === "node" ? undefined : value;
}
