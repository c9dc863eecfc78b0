/** What lies upstream may change without a word: it is remembered, compared, and never taken over silently. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Graph, InferenceNode, type Node } from "../../src/index.ts";
import { duplicateSpace } from "../../src/nodes/hub-duplicate.ts";
import { revisionFile } from "../../src/nodes/hub-revision-file.ts";
import { type Comparing, compareRevisions, type Revisions, type Upstream } from "../../src/nodes/hub-revisions.ts";
import { lookUpstream } from "../../src/nodes/hub-upstream.ts";
import { launch, launched } from "../../src/server/launch.ts";
import { HubStandIn } from "../support/hub/stand-in.ts";

const old = "a".repeat(40);
const later = "b".repeat(40);
const space: Upstream = { kind: "space", id: "owner/cutter", nodes: ["Cutter"] };
const model: Upstream = { kind: "model", id: "owner/painter", nodes: ["Painter", "Other painter"] };

/** A comparison in which everything is now at `later`. */
function comparing(kept: Revisions, about: Partial<Comparing> = {}) {
  const told: string[] = [];
  const written: Revisions[] = [];
  const store = { read: async () => kept, write: async (all: Revisions) => void written.push(all) };
  const duplicate = vi.fn(async () => "me/cutter-aaaaaaa");
  const revisionOf = async () => later;
  const all: Comparing = { store, revisionOf, wish: undefined, say: (line) => told.push(line), duplicate, ...about };
  return { told, written, duplicate, done: compareRevisions([space, model], all) };
}
const before = { "spaces/owner/cutter": old, "models/owner/painter": old };

describe("revisions", () => {
  it("are remembered the first time, without a word", async () => {
    const { told, written, done } = comparing({});
    await done;
    expect(told).toEqual([]);
    expect(written).toEqual([{ "spaces/owner/cutter": later, "models/owner/painter": later }]);
  });

  it("that are what they were are nothing to speak of", async () => {
    const { told, written, done } = comparing({ "spaces/owner/cutter": later, "models/owner/painter": later });
    await done;
    expect([told, written]).toEqual([[], []]);
  });

  it("that nobody can say are left as they are remembered", async () => {
    const { told, written, done } = comparing(before, { revisionOf: async () => undefined });
    await done;
    expect([told, written]).toEqual([[], []]);
  });

  it("that changed are told with whose they are, where nobody sits, and stay remembered as they were", async () => {
    const { told, written, done } = comparing(before);
    await done;
    expect(told[0]).toBe(
      "Upstream has changed: the Space owner/cutter (Cutter) was aaaaaaa and is bbbbbbb; the model owner/painter (Painter, Other painter) was aaaaaaa and is bbbbbbb.",
    );
    expect(told[1]).toContain("MILLRACE_DEPENDENCY_CHECK=update");
    expect(written).toEqual([]);
  });

  it("that are new beside changed ones are remembered all the same", async () => {
    const { written, done } = comparing({ "spaces/owner/cutter": old });
    await done;
    expect(written).toEqual([{ "spaces/owner/cutter": old, "models/owner/painter": later }]);
  });

  it("MILLRACE_DEPENDENCY_CHECK=update takes them over, and says so", async () => {
    const { told, written, done } = comparing(before, { wish: "update" });
    await done;
    expect(told[1]).toBe("Remembered as they are now: owner/cutter, owner/painter.");
    expect(written).toEqual([{ "spaces/owner/cutter": later, "models/owner/painter": later }]);
  });

  it("MILLRACE_DEPENDENCY_CHECK=error stops there", async () => {
    const { written, done } = comparing(before, { wish: "error" });
    await expect(done).rejects.toThrow("MILLRACE_DEPENDENCY_CHECK=error stops the launch here.");
    expect(written).toEqual([]);
  });

  it("MILLRACE_DEPENDENCY_CHECK=skip asks nobody", async () => {
    const revisionOf = vi.fn(async () => later);
    const { told, written, done } = comparing(before, { wish: "skip", revisionOf });
    await done;
    expect([told, written, revisionOf.mock.calls]).toEqual([[], [], []]);
  });

  it("a wish that is none is said, and is no leave to take over", async () => {
    const { told, written, done } = comparing(before, { wish: "yes" });
    await done;
    expect(told[0]).toContain('MILLRACE_DEPENDENCY_CHECK is "yes"');
    expect(written).toEqual([]);
  });
});

describe("whoever sits there", () => {
  it("accepts one, keeps the other as it was in a copy of their own, and is told what to write", async () => {
    const answers = ["d", "a"];
    const { told, written, duplicate, done } = comparing(before, { ask: async () => answers.shift() ?? "" });
    await done;
    expect(duplicate).toHaveBeenCalledExactlyOnceWith({ ...space, was: old, now: later });
    expect(told).toContainEqual(expect.stringContaining('Write "me/cutter-aaaaaaa" in place of "owner/cutter"'));
    expect(written).toEqual([{ "spaces/owner/cutter": old, "models/owner/painter": later }]);
  });

  it.each(["s", "", "what?"])("answers %j, and nothing is launched nor taken over", async (answer) => {
    const { written, done } = comparing(before, { ask: async () => answer });
    await expect(done).rejects.toThrow("The launch was stopped there.");
    expect(written).toEqual([]);
  });

  it("is not offered the copy of a model", async () => {
    const questions: string[] = [];
    const ask = async (question: string) => {
      questions.push(question);
      return "a";
    };
    await comparing(before, { ask }).done;
    expect(questions[0]).toContain("duplicate");
    expect(questions[1]).not.toContain("duplicate");
  });
});

describe("the file of revisions", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "millrace-revisions-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("keeps each graph's own, for its owner's eyes", async () => {
    const path = join(folder, "new", "revisions.json");
    const say = () => undefined;
    await revisionFile(path, "One", say).write({ "models/a/b": old });
    await revisionFile(path, "Two", say).write({ "models/a/b": later });

    expect(await revisionFile(path, "One", say).read()).toEqual({ "models/a/b": old });
    expect(await revisionFile(path, "Two", say).read()).toEqual({ "models/a/b": later });
    expect(await revisionFile(path, "Three", say).read()).toEqual({});
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, "new"))).toEqual(["revisions.json"]);
  });

  it("is set aside when it is damaged, and that is said", async () => {
    const path = join(folder, "revisions.json");
    await writeFile(path, '{"One": {"models/a');
    const told: string[] = [];
    expect(await revisionFile(path, "One", (line) => told.push(line)).read()).toEqual({});

    const [aside = ""] = await readdir(folder);
    expect(aside).toMatch(/^revisions\.json\.damaged-/);
    expect(await readFile(join(folder, aside), "utf8")).toBe('{"One": {"models/a');
    expect(told[0]).toContain(aside);
  });
});

describe("before a launch", () => {
  let hub: HubStandIn;
  beforeAll(async () => {
    hub = await HubStandIn.open();
    hub.models.set("owner/painter", {
      task: "text-to-image",
      sha: later,
      providers: { "hf-inference": { task: "text-to-image" } },
    });
    hub.spaces.set("owner/cutter", {
      sha: later,
      files: { [old]: { "app.py": "print('as it was')", "README.md": "# Cutter" }, [later]: { "app.py": "now" } },
    });
  });
  afterAll(() => hub.close());
  beforeEach(() => {
    hub.heard.length = 0;
  });

  const painter = (inputs: Readonly<Record<string, string>> = { prompt: "a mill" }) =>
    new InferenceNode("owner/painter", { inputs, outputs: { image: null } });
  function looking(node: Node, env: Readonly<Record<string, string>> = {}) {
    const told: string[] = [];
    const written: Revisions[] = [];
    const store = {
      read: async () => ({ "models/owner/painter": old }),
      write: async (all: Revisions) => void written.push(all),
    };
    const graph = new Graph({ name: "Looked at", nodes: [node], persistKey: false });
    const say = (line: string) => void told.push(line);
    return { told, written, done: lookUpstream(graph, { env: { ...hub.environment, ...env }, store, say }) };
  }

  it("the Hub is asked for the revision of each model, once, as whoever is signed in", async () => {
    const { told, done } = looking(painter());
    await done;
    expect(told[0]).toContain("the model owner/painter (painter) was aaaaaaa and is bbbbbbb");
    expect(hub.heard.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /api/models/owner/painter/revision/HEAD",
    ]);
    expect(hub.heard[0]?.query.getAll("expand")).toContain("sha");
    expect(hub.heard[0]?.headers.authorization).toBe("Bearer hf_standin");
  });

  it("an input that the model does not take stops it", async () => {
    await expect(looking(painter({ promt: "a mill" })).done).rejects.toMatchObject({
      code: "unknown-input",
      suggestion: "prompt",
    });
  });

  it("a model that there is not stops it", async () => {
    const node = new InferenceNode("owner/nobody", { inputs: { prompt: "a" }, outputs: { image: null } });
    await expect(looking(node).done).rejects.toMatchObject({ code: "unknown-model", node: "nobody" });
  });

  it("MILLRACE_DEPENDENCY_CHECK=skip asks the Hub nothing at all", async () => {
    const { told, done } = looking(painter({ promt: "a mill" }), { MILLRACE_DEPENDENCY_CHECK: "skip" });
    await done;
    expect([told, hub.heard]).toEqual([[], []]);
  });

  it("a Hub that is not there keeps nobody from launching, and that is said", async () => {
    const { told, written, done } = looking(painter(), { HF_ENDPOINT: "http://127.0.0.1:9" });
    await done;
    expect(told).toEqual([
      expect.stringContaining("Not looked at before the launch: owner/painter: 127.0.0.1:9 did not answer"),
    ]);
    expect(written).toEqual([]);
  });

  it("a launch that is to stop there leaves no port open, and one that may go on remembers", async () => {
    const folder = await mkdtemp(join(tmpdir(), "millrace-revisions-"));
    const said: string[] = [];
    const started = (wish: string) =>
      launch(
        new Graph({ name: "Launched", nodes: [painter()], persistKey: false }),
        { dataDir: folder, port: 0, open: false },
        { env: { ...hub.environment, MILLRACE_DEPENDENCY_CHECK: wish }, say: (line) => said.push(line) },
      );
    const path = join(folder, "revisions.json");
    await revisionFile(path, "Launched", () => undefined).write({ "models/owner/painter": old });

    await expect(started("error")).rejects.toThrow("was aaaaaaa and is bbbbbbb");
    expect(launched()).toBe(false);
    await (await started("update")).close();
    expect(await revisionFile(path, "Launched", () => undefined).read()).toEqual({ "models/owner/painter": later });
    await (await started("error")).close();
    await rm(folder, { recursive: true });
  });

  it("a Space is copied as it was: its files of then, under a name of one's own, private", async () => {
    const around = { env: hub.environment, fetch, now: Date.now };
    expect(await duplicateSpace({ id: "owner/cutter", was: old }, around)).toBe("miller/cutter-aaaaaaa");

    const created = hub.heard.find(({ path }) => path === "/api/repos/create");
    expect(created?.json).toMatchObject({
      name: "cutter-aaaaaaa",
      organization: "miller",
      type: "space",
      sdk: "gradio",
      visibility: "private",
    });
    const commit = hub.heard.find(({ path }) => path.includes("/commit/"));
    expect(commit?.path).toBe("/api/spaces/miller/cutter-aaaaaaa/commit/main");
    const lines = String(commit?.body)
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const files = lines.filter(({ key }) => key === "file").map(({ value }) => [value.path, decoded(value.content)]);
    expect(Object.fromEntries(files)).toEqual({ "app.py": "print('as it was')", "README.md": "# Cutter" });
    expect(lines[0].value.summary).toBe(`owner/cutter as it was at ${old}`);
  });

  it("nobody who is not signed in can copy one", async () => {
    const around = { env: { ...hub.environment, HF_TOKEN: "", HF_HOME: "/nowhere" }, fetch, now: Date.now };
    await expect(duplicateSpace({ id: "owner/cutter", was: old }, around)).rejects.toMatchObject({
      failure: { reason: "remote-refused", status: 401 },
    });
  });
});

function decoded(content: string): string {
  return Buffer.from(content, "base64").toString();
}
