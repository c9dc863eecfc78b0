import { connect, type Socket } from "node:net";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { applyChanges, type Change, diff } from "../../src/protocol/patch.ts";
import type { Json, View } from "../../src/protocol.ts";
import { Revisions } from "../../src/server/revisions.ts";
import { FakeClock } from "./fake-clock.ts";
import { type House, openHouse, type Watcher, watch } from "./house.ts";
import { echo, held, sums } from "./small-graphs.ts";

const opened: { close(): Promise<void> | void }[] = [];

async function house(...about: Parameters<typeof openHouse>): Promise<House> {
  const made = await openHouse(...about);
  opened.push(made);
  return made;
}

afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

const setFirst = (value: number) =>
  ({ kind: "set", card: "Double", port: "a", value: { kind: "json", value } }) as const;

/** What a client knows once it stands where the server stands. */
async function caughtUp({ room }: House, watcher: Watcher): Promise<View> {
  await watcher.until(({ at }) => at?.revision === room.revisions.revision);
  return watcher.at?.view as View;
}

describe("a stream", () => {
  it("begins with a snapshot and goes on with patches, each numbered from its epoch", async () => {
    const here = await house(sums().graph);
    const watcher = await here.watch();
    await watcher.until(({ at }) => at !== undefined);
    await here.command(setFirst(4));
    expect(await caughtUp(here, watcher)).toEqual(JSON.parse(JSON.stringify(here.room.live.view())));
    expect(watcher.headers["content-type"]).toBe("text/event-stream");
    expect(watcher.headers["cache-control"]).toBe("no-cache, no-transform");
    expect(watcher.headers["x-accel-buffering"]).toBe("no");
    const named = watcher.events.filter(({ event }) => event !== "ping");
    expect(named.map(({ event, id }) => [event, id])).toEqual([
      ["snapshot", "e1.0"],
      ["patch", "e1.1"],
    ]);
    expect(watcher.at?.view.cards.Add?.outputs[0]?.value).toEqual({ kind: "json", value: 18 });
  });

  it("[P3] an edit that changes one port sends under 1 KB", async () => {
    const here = await house(sums().graph);
    const watcher = await here.watch();
    await watcher.until(({ at }) => at !== undefined);
    const before = watcher.events.length;
    await here.command({ kind: "set", card: "Add", port: "b", value: { kind: "json", value: 11 } });
    await caughtUp(here, watcher);
    const sent = watcher.events.slice(before);
    expect(sent).toHaveLength(1);
    expect(Buffer.byteLength(JSON.stringify(sent[0]))).toBeLessThan(1024);
  });

  it("[P3] many events of one turn become one revision, of which the latest signals are shown", async () => {
    const { graph, double } = sums();
    const here = await house(graph);
    const watcher = await here.watch();
    await watcher.until(({ at }) => at !== undefined);
    for (let value = 2; value < 500; value++) here.sheet.set(double.inputs.a, value);
    const view = await caughtUp(here, watcher);
    expect(watcher.at?.revision).toBe(1);
    expect(view.cards.Add?.outputs[0]?.value).toEqual({ kind: "json", value: 499 * 2 + 10 });
  });

  it("says ping every 15 s, and at once to whom it tells nothing else", async () => {
    const clock = new FakeClock();
    const here = await house(sums().graph, { clock });
    const watcher = await here.watch();
    const pings = () => watcher.events.filter(({ event }) => event === "ping").length;
    await watcher.until(() => pings() === 1);
    clock.pass(15_000);
    await watcher.until(() => pings() === 2);
    clock.pass(14_999);
    expect(pings()).toBe(2);
    clock.pass(1);
    await watcher.until(() => pings() === 3);
    expect(watcher.events.every(({ event, id }) => (event === "ping") === (id === undefined))).toBe(true);
  });

  it("is ended after ten minutes, so that the page stays small", async () => {
    const clock = new FakeClock();
    const here = await house(sums().graph, { clock });
    const watcher = await here.watch();
    await watcher.until(({ at }) => at !== undefined);
    clock.pass(10 * 60_000);
    await watcher.until(({ ended }) => ended);
    expect(here.streams.size).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  it("is ended after 8 MiB, and its client goes on where it stood", async () => {
    const { graph, node } = echo();
    const here = await house(graph, { kept: { patches: 3000, bytes: 64 * 1024 * 1024 } });
    const watcher = await here.watch();
    await watcher.until(({ at }) => at !== undefined);
    let sent = 0;
    for (; !watcher.ended; sent++) {
      here.sheet.set(node.inputs.text, `${sent} ${"x".repeat(15_000)}`);
      const { revision } = here.room.revisions;
      await watcher.until(({ at, ended }) => ended || (at?.revision ?? 0) >= revision);
    }
    const bytes = watcher.events.reduce((sum, { data }) => sum + data.length, 0);
    expect(bytes).toBeGreaterThan(8 * 1024 * 1024);
    expect(bytes).toBeLessThan(9 * 1024 * 1024);
    const again = await watch(
      here.port,
      { host: here.host, cookie: here.cookie, "last-event-id": watcher.lastId ?? "" },
      watcher.at,
    );
    opened.push({ close: () => again.cut() });
    expect(await caughtUp(here, again)).toEqual(JSON.parse(JSON.stringify(here.room.live.view())));
    expect(again.events.some(({ event }) => event === "snapshot")).toBe(false);
  });

  it("answers HEAD and ends", async () => {
    const here = await house(sums().graph);
    const answer = await here.ask({ method: "HEAD", path: "/api/sheets/one/stream" });
    expect(answer.status).toBe(200);
    expect(here.streams.size).toBe(0);
  });
});

describe("resuming", () => {
  it("[P2] a client cut at any event and resumed converges, in and out of the kept window", {
    timeout: 60_000,
  }, async () => {
    const edits = fc.array(fc.record({ value: fc.integer({ min: 0, max: 20 }), cut: fc.boolean() }), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(edits, fc.integer({ min: 1, max: 4 }), async (steps, patches) => {
        const { graph, double } = sums();
        const here = await openHouse(graph, { kept: { patches, bytes: 1e6 } });
        let watcher = await here.watch();
        await watcher.until(({ at }) => at !== undefined);
        let connected = true;
        for (const { value, cut } of steps) {
          if (cut && connected) watcher.cut();
          if (!cut && !connected) watcher = await resumed(here, watcher);
          connected = !cut;
          here.sheet.set(double.inputs.a, value);
          expect(here.room.revisions.revision).toBeGreaterThanOrEqual(0);
        }
        if (!connected) watcher = await resumed(here, watcher);
        const view = await caughtUp(here, watcher);
        expect(view).toEqual(JSON.parse(JSON.stringify(here.room.live.view())));
        watcher.cut();
        await here.close();
      }),
      { numRuns: 40 },
    );
  });

  it("[P2] inside the window a client is told what it missed, outside it is given a snapshot", async () => {
    const { graph, double } = sums();
    const here = await house(graph, { kept: { patches: 3, bytes: 1e6 } });
    const first = await here.watch();
    await first.until(({ at }) => at !== undefined);
    first.cut();
    for (const value of [2, 3]) {
      here.sheet.set(double.inputs.a, value);
      expect(here.room.revisions.revision).toBe(value - 1);
    }
    const near = await resumed(here, first);
    await caughtUp(here, near);
    expect(near.events.filter(({ event }) => event !== "ping").map(({ event, id }) => [event, id])).toEqual([
      ["patch", "e1.2"],
    ]);
    near.cut();
    for (const value of [4, 5, 6, 7]) {
      here.sheet.set(double.inputs.a, value);
      expect(here.room.revisions.revision).toBe(value - 1);
    }
    const far = await resumed(here, near);
    await caughtUp(here, far);
    expect(far.events.filter(({ event }) => event !== "ping").map(({ event }) => event)).toEqual(["snapshot"]);
    far.cut();
  });

  it("[P2] a revision of another life, of the future or of nonsense is answered with a snapshot", async () => {
    const here = await house(sums().graph);
    for (const id of ["e0.0", "e1.7", "e1.-1", "e1", "", "e1.0x", "…"]) {
      const watcher = await here.watch(encodeURI(id));
      await watcher.until(({ at }) => at !== undefined);
      expect(watcher.events.find(({ event }) => event !== "ping")?.event).toBe("snapshot");
      watcher.cut();
    }
  });

  it("a client that stands where the server stands hears that it is connected, and nothing twice", async () => {
    const here = await house(sums().graph);
    const watcher = await here.watch("e1.0");
    await watcher.until(({ events }) => events.length > 0);
    expect(watcher.events.map(({ event }) => event)).toEqual(["ping"]);
    watcher.cut();
  });

  it("a run goes on while nobody looks, and its result is there when somebody comes back", async () => {
    const { graph, runs } = held();
    const here = await house(graph);
    const watcher = await here.watch();
    await watcher.until(({ at }) => at !== undefined);
    expect((await here.command({ kind: "run", card: "Below" })).status).toBe(200);
    await runs.runs(1);
    await watcher.until(({ at }) => at?.view.cards.Held?.state === "pending");
    watcher.cut();
    runs.begun[0]?.end("done");
    await here.sheet.settled();
    const back = await resumed(here, watcher);
    const view = await caughtUp(here, back);
    expect(view.cards.Below?.outputs[0]?.value).toEqual({ kind: "json", value: "done!" });
    expect(view.cards.Held?.log).toEqual(["working on a"]);
    back.cut();
  });
});

function resumed(here: House, { at, lastId }: Watcher): Promise<Watcher> {
  return watch(here.port, { host: here.host, cookie: here.cookie, "last-event-id": lastId ?? "" }, at);
}

describe("a slow client", () => {
  it("[P3] that never reads costs at most 1 MiB, and gets a snapshot when it reads again", async () => {
    const { graph, node } = echo();
    const here = await house(graph);
    const ours = new Promise<Socket>((resolve) => here.server.once("connection", resolve));
    const paused = connect(here.port, "127.0.0.1");
    opened.push({ close: () => void paused.destroy() });
    paused.pause();
    paused.write(`GET /api/sheets/one/stream HTTP/1.1\r\nHost: ${here.host}\r\nCookie: ${here.cookie}\r\n\r\n`);
    const socket = await ours;
    let most = 0;
    // 32 MB of news in 16 kB pieces: far more than kernels keep for a connection.
    for (let i = 0; i < 2000; i++) {
      here.sheet.set(node.inputs.text, `${i} ${String.fromCharCode(97 + (i % 26)).repeat(8000)}`);
      await new Promise(setImmediate);
      most = Math.max(most, socket.writableLength);
    }
    expect(socket.writableLength).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(1024 * 1024);

    let text = "";
    paused.setEncoding("utf8");
    const end = new Promise<void>((resolve) => {
      paused.on("data", (part: string) => {
        text += part;
        if (text.includes(`id: e1.${here.room.revisions.revision}\n`)) resolve();
      });
    });
    paused.resume();
    await end;
    const events = [...text.matchAll(/id: e1\.(\d+)\r?\nevent: (\w+)/g)].map(([, id, event]) => ({
      id: Number(id),
      event,
    }));
    expect(events.at(-1)?.id).toBe(here.room.revisions.revision);
    expect(events.at(-1)?.event).toBe("snapshot");
    expect(events.length).toBeLessThan(1500);
  });

  it("[P2] that reads late converges all the same", async () => {
    const { graph, node } = echo();
    const here = await house(graph);
    const watcher = await here.watch();
    await watcher.until(({ at }) => at !== undefined);
    for (let i = 0; i < 300; i++) here.sheet.set(node.inputs.text, `${i} ${"y".repeat(12_000)}`);
    await new Promise(setImmediate);
    for (let i = 0; i < 300; i++) {
      here.sheet.set(node.inputs.text, `${i} ${"z".repeat(12_000)}`);
      if (i % 3 === 0) await new Promise(setImmediate);
    }
    expect(await caughtUp(here, watcher)).toEqual(JSON.parse(JSON.stringify(here.room.live.view())));
  });
});

describe("revisions", () => {
  const views = fc.array(fc.dictionary(fc.constantFrom("a", "b", "c", "__proto__"), fc.integer({ min: 0, max: 3 })), {
    minLength: 2,
    maxLength: 10,
  });

  it("[P1] what changed since any kept revision leads to the present view", () => {
    fc.assert(
      fc.property(views, fc.integer({ min: 1, max: 5 }), (all, patches) => {
        let now: Json = all[0] as Json;
        const revisions = new Revisions(() => now as unknown as View, "e", { patches, bytes: 1e6 });
        const seen: Json[] = [now];
        for (const next of all.slice(1)) {
          const changes = diff(now, next as Json);
          now = next as Json;
          revisions.push(changes);
          if (changes.length > 0) seen.push(now);
        }
        for (const [revision, view] of seen.entries()) {
          const bytes = revisions.since(revision);
          const known = revision < revisions.revision && revision >= revisions.revision - patches;
          expect(bytes !== undefined).toBe(known);
          if (!bytes) continue;
          const data = Buffer.from(bytes).toString().split("data: ")[1] as string;
          const { from, to, changes } = JSON.parse(data) as { from: number; to: number; changes: Change[] };
          expect([from, to]).toEqual([revision, revisions.revision]);
          expect(JSON.stringify(sorted(applyChanges(view, changes)))).toBe(JSON.stringify(sorted(now)));
        }
      }),
    );
  });

  it("[P3] a patch and a snapshot are put into bytes once for everybody", () => {
    let shown = 0;
    const revisions = new Revisions(() => {
      shown++;
      return {} as View;
    }, "e");
    revisions.push([{ path: ["due"], value: ["a"] }]);
    expect(revisions.since(0)).toBe(revisions.since(0));
    expect(revisions.snapshot()).toBe(revisions.snapshot());
    expect(shown).toBe(1);
  });

  it("keeps no more bytes than it may", () => {
    const revisions = new Revisions(() => ({}) as View, "e", { patches: 1000, bytes: 1000 });
    for (let i = 0; i < 10; i++) revisions.push([{ path: ["due"], value: "x".repeat(250) }]);
    expect([...Array(10).keys()].filter((revision) => revisions.since(revision)).length).toBe(2);
  });
});

function sorted(json: Json): Json {
  return Object.entries(json as object).sort(([a], [b]) => (a < b ? -1 : 1)) as unknown as Json;
}
