import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FailureError, FnNode, Graph, InputNode, type Run, ui } from "../../src/index.ts";
import type { CardView, Json, View } from "../../src/protocol.ts";
import { CardRuns } from "../../src/server/card-runs.ts";
import { edgeState } from "../../src/server/edge-view.ts";
import { Files } from "../../src/server/files.ts";
import { LiveView } from "../../src/server/live-view.ts";
import { failureView } from "../../src/server/words.ts";
import { live, overTheWire } from "./live.ts";
import { held, shared, sums } from "./small-graphs.ts";

const valueIn = (card: CardView, port: string) =>
  [...card.inputs, ...card.outputs].find(({ name }) => name === port)?.value;

describe("cards", () => {
  it("stand in order, each after those it depends on, one a node", () => {
    const { look } = live(sums().graph);
    expect(look().order).toEqual(["Double", "Add"]);
    expect(look().edges).toEqual({
      "Double.out -> Add.doubled": {
        from: "Double.out",
        to: "Add.doubled",
        fromCard: "Double",
        fromPort: "out",
        toCard: "Add",
        toPort: "doubled",
        kind: "plain",
        state: "fresh",
      },
    });
  });

  it("show a component shared by several inputs once, and edges to all that use it", () => {
    const { graph, left } = shared();
    const here = live(graph);
    expect(here.look().order).toEqual(["Settings", "component:Shared text", "Left", "Right"]);
    const card = here.card("component:Shared text");
    expect(card).toMatchObject({ name: "Shared text", kind: "input", runnable: false, inputs: [], state: "ready" });
    expect(card.outputs).toMatchObject([{ name: "text", label: "Shared text", info: "Feeds both.", editable: true }]);
    expect(Object.keys(here.look().edges)).toEqual([
      "Settings.times -> Left.times",
      "component:Shared text.text -> Left.text",
      "component:Shared text.text -> Right.words",
    ]);
    expect(here.card("Right").inputs[0]).toMatchObject({ name: "words", from: "Shared text.text", editable: false });
    here.sheet.set(left.inputs.text, "y");
    expect(valueIn(here.card("component:Shared text"), "text")).toEqual({ kind: "json", value: "y" });
    expect(valueIn(here.card("Right"), "words")).toEqual({ kind: "json", value: "y" });
  });

  it("an InputNode is a card whose ports are edited where the edges leave", () => {
    const here = live(shared().graph);
    expect(here.card("Settings")).toMatchObject({
      kind: "input",
      about: "inputs",
      runnable: false,
      outputs: [{ name: "times", editable: true, value: { kind: "json", value: 2 } }],
    });
  });

  it("a constant and a hidden output send no value, and a hidden component none", () => {
    const node = new FnNode(({ key, more }: { key: string; more: string }) => key + more, {
      name: "Spy",
      inputs: { key: "s3cret", more: ui.textbox({ value: "s3cret too", visible: false }) },
      outputs: { out: null },
    });
    const here = live(new Graph({ name: "Spy", nodes: [node] }));
    expect(JSON.stringify(here.look())).not.toContain("s3cret");
    expect(here.card("Spy").inputs.map(({ component, editable }) => [component, editable])).toEqual([
      [null, false],
      [null, false],
    ]);
    expect(here.card("Spy").outputs).toMatchObject([{ component: null, value: null, shows: "none", state: "ready" }]);
  });

  it("any name makes a card of its own", () => {
    const names = ["__proto__", "component:Text", "constructor", "日本", ""];
    const text = ui.textbox({ label: "Text", value: "a" });
    const nodes = names
      .filter(Boolean)
      .map(
        (name) =>
          new FnNode(({ t }: { t: string }) => t, { name, inputs: { t: text }, outputs: { out: ui.textbox() } }),
      );
    const here = live(new Graph({ name: "Names", nodes }));
    expect(here.look().order).toEqual(["component:Text 2", "__proto__", "component:Text", "constructor", "日本"]);
    expect(Object.keys(here.look().cards).sort()).toEqual([...here.look().order].sort());
    here.sheet.set(nodes[0]?.inputs.t as never, "b" as never);
    expect(here.card("__proto__").outputs[0]?.value).toEqual({ kind: "json", value: "b" });
  });

  it("an empty input makes its card and those below empty, without a word", () => {
    const inputs = new InputNode({ name: "In", ports: { a: ui.textbox() } });
    const node = new FnNode(({ a }: { a: string }) => a, {
      name: "Use",
      inputs: { a: inputs.outputs.a },
      outputs: { o: ui.textbox() },
    });
    const here = live(new Graph({ name: "Empty", nodes: [node] }));
    expect(here.card("In").state).toBe("empty");
    expect(here.card("Use")).toMatchObject({ state: "empty", status: null, plan: [] });
    expect(here.look().due).toEqual([]);
    here.sheet.set(inputs.inputs.a, "x");
    expect(here.card("Use")).toMatchObject({ state: "ready", runs: 1 });
  });

  it("a node without outputs says how it is by its runs", async () => {
    let fails = false;
    const node = new FnNode(
      async ({ a }: { a: number }) => {
        if (fails) throw new Error("No disk.");
        return a;
      },
      { name: "Sink", inputs: { a: ui.number({ value: 1 }) }, outputs: {} },
    );
    const here = live(new Graph({ name: "Sink", nodes: [node] }));
    await here.sheet.settled();
    expect(here.card("Sink").state).toBe("ready");
    fails = true;
    here.sheet.set(node.inputs.a, 2);
    expect(here.card("Sink")).toMatchObject({ state: "pending", status: { kind: "running" } });
    await here.sheet.settled();
    expect(here.card("Sink")).toMatchObject({
      state: "failed",
      status: { kind: "failed", failure: { message: "No disk." } },
    });
  });
});

describe("the status line", () => {
  it("[R8] says since what a card is stale", () => {
    const { graph, first } = held();
    const here = live(graph);
    expect(here.card("First").status).toMatchObject({ kind: "stale", because: "it has not run yet" });
    here.clock.pass(5000);
    void here.sheet.run(first);
    expect(here.card("First")).toMatchObject({ state: "ready", status: null });
    here.sheet.set(first.inputs.text, "b");
    expect(here.card("First").status).toEqual({
      kind: "stale",
      because: "Text changed",
      since: here.clock.time,
      cause: { card: "First", port: "text" },
    });
    expect(here.card("First").outputs[0]).toMatchObject({ value: { kind: "json", value: "a" }, shows: "last" });
  });

  it("says how far a run is, and for whom those below wait", async () => {
    const { graph, below, runs } = held();
    const here = live(graph);
    const end = here.sheet.run(below);
    await runs.runs(1);
    expect(here.card("Held")).toMatchObject({
      state: "pending",
      status: { kind: "running", fraction: 0.5, message: "half of a" },
      log: ["working on a"],
      runs: 1,
    });
    expect(here.card("Below")).toMatchObject({ state: "stale", status: { kind: "waiting", for: ["Held"] } });
    expect(here.look().edges["First.out -> Held.text"]?.state).toBe("flowing");
    expect(here.look().edges["Held.out -> Below.text"]?.state).toBe("flowing");
    runs.begun[0]?.end("x");
    await end;
    expect(here.card("Held")).toMatchObject({ state: "ready", status: null, duration: expect.any(Number) });
    expect(here.look().edges["Held.out -> Below.text"]?.state).toBe("fresh");
  });

  it("[R3] says what went wrong, whose fault it is below, and keeps the last good value in sight", async () => {
    const { graph, below, first, runs } = held();
    const here = live(graph);
    const good = here.sheet.run(below);
    await runs.runs(1);
    runs.begun[0]?.end("good");
    await good;
    here.sheet.set(first.inputs.text, "b");
    const bad = here.sheet.run(below);
    await runs.runs(2);
    runs.begun[1]?.fail(
      new FailureError({ reason: "quota", service: "Hub", message: "The quota is used up.", advice: "Wait a day." }),
    );
    await bad;
    const failure = { reason: "quota", message: "The quota is used up.", advice: "Wait a day." };
    expect(here.card("Held")).toMatchObject({ state: "failed", status: { kind: "failed", failure } });
    expect(here.card("Below").status).toMatchObject({ failure: { reason: "upstream", root: "Held" } });
    expect(here.card("Below").outputs[0]).toMatchObject({ shows: "last", value: { kind: "json", value: "good!" } });
    expect(here.look().edges["Held.out -> Below.text"]?.state).toBe("failed");
  });

  it("[R10] shows what a run gives on the way as partial", async () => {
    let go: () => void = () => undefined;
    const node = new FnNode(
      async function* ({ a }: { a: string }) {
        yield `${a}.`;
        await new Promise<void>((resolve) => {
          go = resolve;
        });
        yield `${a}..`;
      },
      { name: "Stream", inputs: { a: ui.textbox({ value: "x" }) }, outputs: { out: ui.textbox() } },
    );
    const here = live(new Graph({ name: "Stream", nodes: [node] }));
    await new Promise(setImmediate);
    expect(here.card("Stream").outputs[0]).toMatchObject({
      state: "pending",
      shows: "partial",
      value: { kind: "json", value: "x." },
    });
    go();
    await here.sheet.settled();
    expect(here.card("Stream").outputs[0]).toMatchObject({
      state: "ready",
      shows: "current",
      value: { kind: "json", value: "x.." },
    });
  });

  it("says so when a synchronous function blocked everybody, and not of an asynchronous one", () => {
    const run = { id: "1", node: "N", startedAt: new Date(0), log: [], inputs: {}, upstream: {} } as never;
    const runs = new CardRuns();
    runs.started(run);
    runs.ended({ ...(run as object), outcome: "ready", duration: 1234 } as never, true);
    expect(runs.note).toMatch(/blocked the whole process for 1\.2 s.*async.*worker/);
    runs.started(run);
    expect(runs.note).toBeUndefined();
    runs.ended({ ...(run as object), outcome: "ready", duration: 1234 } as never, false);
    expect(runs.note).toBeUndefined();
    runs.ended({ ...(run as object), outcome: "ready", duration: 150 } as never, true);
    expect(runs.note).toBeUndefined();
  });

  it("of a real blocking function is on its card", () => {
    const node = new FnNode(
      ({ ms }: { ms: number }) => {
        const end = performance.now() + ms;
        while (performance.now() < end);
        return ms;
      },
      { name: "Block", inputs: { ms: ui.number({ value: 0 }) }, outputs: { out: ui.number() } },
    );
    const here = live(new Graph({ name: "Block", nodes: [node] }));
    here.sheet.set(node.inputs.ms, 210);
    expect(here.card("Block").status).toMatchObject({
      kind: "note",
      text: expect.stringContaining("blocked the whole process"),
    });
    here.sheet.set(node.inputs.ms, 1);
    expect(here.card("Block").status).toBeNull();
  });

  it("names no folder of this machine and shows no stack", () => {
    const message =
      "ENOENT: no such file, open '/home/me/app/cat.png'\n    at open (/home/me/app/x.ts:1:2)\nsee https://example.org/a/b and file:///srv/data/dog.png or C:\\Users\\me\\bird.png, 1/2/3";
    const view = failureView({ reason: "threw", error: new Error(message), message, advice: "Run it again." });
    expect(view.message).toBe(
      "ENOENT: no such file, open '…/cat.png'\nsee https://example.org/a/b and …/dog.png or …/bird.png, 1/2/3",
    );
  });

  it.each([
    ["ready", "ready", false, "fresh"],
    ["ready", "pending", false, "flowing"],
    ["ready", "stale", false, "stale"],
    ["ready", "stale", true, "fresh"],
    ["ready", "failed", false, "empty"],
    ["ready", "failed", true, "fresh"],
    ["ready", "empty", false, "empty"],
    ["pending", "stale", true, "flowing"],
    ["stale", "stale", false, "stale"],
    ["failed", "failed", true, "failed"],
    ["empty", "empty", false, "empty"],
  ] as const)("an edge from %s to %s, used: %s, is %s", (upper, lower, used, state) => {
    expect(edgeState({ state: upper, asks: false }, { state: lower, asks: false }, used)).toBe(state);
  });
});

it("nothing flows into a person's step, nor out of it, while the person is asked", () => {
  const asked = { state: "pending", asks: true } as const;
  expect(edgeState({ state: "ready", asks: false }, asked, false)).toBe("fresh");
  expect(edgeState(asked, { state: "stale", asks: false }, false)).toBe("empty");
});

describe("plans", () => {
  it("name what running to here would run, and what the primary button would", async () => {
    const { graph, below, runs } = held();
    const here = live(graph);
    expect(here.card("Below").plan).toEqual(["First", "Held", "Below"]);
    expect(here.look().due).toEqual(["First", "Held", "Below"]);
    const end = here.sheet.run(below);
    await runs.runs(1);
    expect(here.card("Below").plan).toEqual(["Below"]);
    runs.begun[0]?.end("x");
    await end;
    expect(here.card("Below").plan).toEqual(["Below"]);
    expect(here.look().due).toEqual([]);
  });
});

describe("changes", () => {
  it("[P3] touch the cards that the edit's cone touches, and no other", () => {
    const wheels = Array.from({ length: 50 }, (_, i) => {
      const node = new FnNode(({ a }: { a: number }) => a + 1, {
        name: `Wheel ${i}`,
        inputs: { a: ui.number({ value: i }) },
        outputs: { out: ui.number() },
      });
      return node;
    });
    const here = live(new Graph({ name: "Mill", nodes: wheels }));
    here.look();
    here.sheet.set(wheels[7]?.inputs.a as never, 100 as never);
    const touched = new Set(here.view.changes().map(({ path }) => `${path[0]} ${path[1]}`));
    expect([...touched]).toEqual(["cards Wheel 7"]);
    expect(here.view.changes()).toEqual([]);
  });

  it("[P1] made one after the other they lead to the view that a newcomer is shown", async () => {
    const edit = fc.record({
      what: fc.constantFrom(
        "set a",
        "set b",
        "run",
        "run to here",
        "again",
        "cancel",
        "end",
        "fail",
        "select",
        "pin",
        "unpin",
        "place",
        "tidy",
        "zoom",
      ),
      value: fc.integer({ min: 0, max: 3 }),
      look: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 25 }), async (edits) => {
        const { graph, first, middle, below, runs } = held();
        const here = live(graph);
        let ended = 0;
        for (const { what, value, look } of edits) {
          if (what === "set a" || what === "set b") here.sheet.set(first.inputs.text, what + value);
          if (what === "run") void here.sheet.run(first);
          if (what === "run to here") void here.sheet.run(below);
          if (what === "again") void here.sheet.run(middle, { again: true });
          if (what === "cancel") here.sheet.cancel();
          if (what === "end") runs.begun[ended++]?.end(`end ${value}`);
          if (what === "fail") runs.begun[ended++]?.fail(new Error(`fail ${value}`));
          if (what === "select") {
            const runs = [...here.sheet.history(first), ...here.sheet.history(middle)];
            if (runs.length > 0) here.sheet.select((runs[value % runs.length] as Run).id);
            here.view.lookAgain();
          }
          if (what === "pin") here.sheet.pin(value < 2 ? first.outputs.out : middle.outputs.out, `pin ${value}`);
          if (what === "unpin") here.sheet.unpin(value < 2 ? first.outputs.out : middle.outputs.out);
          if (what === "place") here.view.arrangement.place("Held", { x: value, y: 0 });
          if (what === "tidy") here.view.arrangement.tidy();
          if (what === "zoom") here.view.arrangement.look({ x: 0, y: 0, zoom: value + 1 });
          await new Promise(setImmediate);
          if (look) here.look();
        }
        expect(here.look()).toEqual(overTheWire(here.view.view()));
        // And that is what the sheet itself says, looked at anew.
        const anew = new LiveView(here.sheet, { id: "one", name: "Sheet 1" }, new Files(), here.clock);
        expect(withoutMemory(here.look())).toEqual(withoutMemory(overTheWire(anew.view())));
        anew.close();
        here.sheet.close();
        here.view.close();
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

/** What a newcomer can know: not how often and how long things ran, nor what came from memory, nor where a person put them. */
function withoutMemory(view: View): Json {
  const cards = Object.values(view.cards).map(({ runs, duration, log, status, chips, ...card }) => ({
    ...card,
    // Of a ready card it says only what a run did, or does beneath a pin.
    status: card.state === "ready" ? null : status && { ...status, since: 0 },
  }));
  return overTheWire({ ...view, cards, places: {}, viewport: null }) as unknown as Json;
}

describe("files on cards", () => {
  it("are there to be fetched while a card shows them", () => {
    const node = new FnNode(({ n }: { n: number }) => "x".repeat(n), {
      name: "Long",
      inputs: { n: ui.number({ value: 20_000 }) },
      outputs: { out: ui.textbox() },
    });
    const here = live(new Graph({ name: "Long", nodes: [node] }));
    const view = valueIn(here.card("Long"), "out");
    if (view?.kind !== "large") throw new Error("It is inline.");
    expect(here.files.find(view.url.replace("files/", ""))).toMatchObject({ size: 20_002 });
  });
});
