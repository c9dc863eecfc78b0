/** Q1-Q6, what was asked about demands and settled, on small drawn graphs with runs in the test's hand. */
import { afterEach, describe, expect, test } from "vitest";
import { FnNode, Graph, GraphNode, InputNode, type Port, type Sheet, ui } from "../../src/index.ts";
import { held, ledger } from "../../src/testing.ts";
import { turn } from "../support/turn.ts";

let sheet: Sheet;
afterEach(() => sheet.close());

type N = { n: number };
const one = () => ui.number({ value: 1 });

/** `x -> f -> g`: f held and manual unless said otherwise, g synchronous. */
function pair(trigger: "auto" | "manual" = "manual") {
  const f = held<N, number>();
  const F = new FnNode(f.fn, { name: "f", trigger, inputs: { n: one() }, outputs: { out: ui.number() } });
  const G = new FnNode(({ n }: N) => n * 10, {
    name: "g",
    trigger,
    inputs: { n: F.outputs.out },
    outputs: { out: ui.number() },
  });
  sheet = new Graph({ name: "Pair", nodes: [G] }).sheet();
  return { f, F, G, x: F.inputs.n };
}

describe("a demand and its run", () => {
  test("[Q1] when an edit supersedes the run, the demand goes on to the new one and ends with it", async () => {
    const { f, F, x } = pair();
    let ended = false;
    const end = sheet.run(F).then((outcome) => {
      ended = true;
      return outcome;
    });
    const first = await f.started();
    sheet.set(x, 2);
    first.finish(-1);
    await turn();
    expect(ended).toBe(false);
    (await f.started()).finish(2);
    expect(await end).toMatchObject({ kind: "ready", outputs: { out: 2 }, run: { inputs: { n: 2 } } });
  });

  test("[Q1] the demand to here goes on too, when an edit far above supersedes what it waits for", async () => {
    const { f, G, x } = pair();
    const end = sheet.run(G);
    await f.started();
    sheet.set(x, 2);
    (await f.started()).finish(2);
    expect(await end).toMatchObject({ kind: "ready", outputs: { out: 20 } });
  });

  test("[Q1] a demand for this step alone goes on too, once its run has begun", async () => {
    // x -> a (held) -> b* (held)
    const a = held<N, number>();
    const b = held<N, number>();
    const A = new FnNode(a.fn, { name: "a", inputs: { n: one() }, outputs: { out: ui.number() } });
    const B = new FnNode(b.fn, {
      name: "b",
      trigger: "manual",
      inputs: { n: A.outputs.out },
      outputs: { out: ui.number() },
    });
    sheet = new Graph({ name: "Alone", nodes: [B] }).sheet();
    (await a.started()).finish(1);
    await sheet.settled();
    const end = sheet.run(B, { only: true });
    const first = await b.started();
    sheet.set(A.inputs.n, 2);
    (await a.started()).finish(2);
    const second = await b.started();
    expect(first.context.signal.aborted).toBe(true);
    second.finish(20);
    expect(await end).toMatchObject({ kind: "ready", outputs: { out: 20 } });
  });

  test("[Q2] cancel ends it as cancelled; the node is stale with its last value and rests", async () => {
    const { f, F, x } = pair("auto");
    (await f.started()).finish(7);
    await sheet.settled();
    sheet.set(x, 2);
    const end = sheet.run(F);
    await f.started();
    sheet.cancel(F);
    expect(await end).toEqual({ kind: "cancelled" });
    expect(sheet.signal(F.outputs.out)).toMatchObject({ kind: "stale", last: 7 });
    expect(sheet.signal(F.outputs.out)).toHaveProperty("because.port", x);
    await sheet.settled();
    expect(f.count).toBe(2);
  });

  test("[Q2] it rests until its inputs change", async () => {
    const { f, F, x } = pair("auto");
    await f.started();
    sheet.cancel(F);
    sheet.set(x, 1);
    expect(f.count).toBe(1);
    sheet.set(x, 2);
    expect(f.count).toBe(2);
  });

  test("[Q2] or until it is asked, itself or on the way", async () => {
    const { f, F, G } = pair("auto");
    await f.started();
    sheet.cancel(F);
    void sheet.run(G);
    expect(f.count).toBe(2);
    sheet.cancel(F);
    void sheet.run(F);
    expect(f.count).toBe(3);
  });

  test("[Q2] cancel of everything stops every run, of items and inside graphs too, and ends every demand", async () => {
    const work = held<N, number>();
    const step = (name: string, n: unknown) =>
      new FnNode(work.fn, { name, inputs: { n: n as number }, outputs: { n: ui.number() } });
    const list = new InputNode({ name: "list", ports: { n: ui.json<number[]>({ value: [1, 2] }) } });
    const deep = step("deep", one());
    const inner = new Graph({ name: "Inner", nodes: [deep], outputs: { n: deep.outputs.n } });
    const inside = new GraphNode(inner, { name: "inside" });
    const nodes = [step("first", one()), step("second", one()), step("each", list.outputs.n.each()), inside];
    sheet = new Graph({ name: "All", nodes }).sheet();
    const ends = sheet.runAll();
    const runs = [];
    for (let i = 0; i < 5; i++) runs.push(await work.started());
    sheet.cancel();
    expect(runs.map(({ context }) => context.signal.aborted)).toEqual([true, true, true, true, true]);
    expect(nodes.map((node) => sheet.signal(node.outputs.n as Port<number>).kind)).toEqual(Array(4).fill("stale"));
    expect((await ends).filter(({ kind }) => kind === "cancelled")).toHaveLength(4);
  });

  test("[Q3] a demand that waits for a cancelled ancestor ends cancelled", async () => {
    const { f, F, G } = pair();
    const end = sheet.run(G);
    await f.started();
    sheet.cancel(F);
    expect(await end).toEqual({ kind: "cancelled" });
    expect(sheet.signal(G.outputs.out).kind).toBe("stale");
  });

  test("[Q3] a demand that waits for a failed ancestor ends failed, and names the root", async () => {
    const { f, G } = pair();
    const end = sheet.run(G);
    (await f.started()).fail(new Error("no"));
    expect(await end).toMatchObject({ kind: "failed", failure: { reason: "upstream", root: "f" } });
  });

  test("[Q3] it ends at once, though another ancestor is still under way", async () => {
    // a*, b* (both held) -> j*
    const a = held<N, number>();
    const b = held<N, number>();
    const A = new FnNode(a.fn, { name: "a", inputs: { n: one() }, outputs: { out: ui.number() } });
    const B = new FnNode(b.fn, { name: "b", inputs: { n: one() }, outputs: { out: ui.number() } });
    const J = new FnNode(({ a, b }: { a: number; b: number }) => a + b, {
      name: "j",
      inputs: { a: A.outputs.out, b: B.outputs.out },
      outputs: { out: ui.number() },
    });
    sheet = new Graph({ name: "Join", nodes: [J], trigger: "manual" }).sheet();
    const end = sheet.run(J);
    await a.started();
    (await b.started()).fail(new Error("no"));
    expect(await end).toMatchObject({ kind: "failed", failure: { root: "b" } });
    expect(sheet.signal(A.outputs.out).kind).toBe("pending");
  });
});

describe("run", () => {
  test("[Q4] on a ready node runs nothing and ends ready", async () => {
    const { f, F } = pair("auto");
    (await f.started()).finish(7);
    await sheet.settled();
    const ran = ledger(sheet);
    expect(await sheet.run(F)).toMatchObject({
      kind: "ready",
      outputs: { out: 7 },
      run: { node: "f", outcome: "ready" },
    });
    expect(ran.take()).toEqual([]);
  });

  test("[Q5] retries the node's own failure and failed ancestors", async () => {
    const { f, F, G } = pair();
    const first = sheet.run(F);
    (await f.started()).fail(new Error("no"));
    await first;
    const second = sheet.run(G);
    (await f.started()).fail(new Error("no"));
    expect(await second).toMatchObject({ kind: "failed", failure: { reason: "upstream" } });
    const third = sheet.run(F);
    (await f.started()).finish(3);
    expect((await third).kind).toBe("ready");
    expect(await sheet.run(G)).toMatchObject({ kind: "ready", outputs: { out: 30 } });
  });

  test("[Q5] an auto node that failed rests until an input changes or it is asked", async () => {
    const { f, F, x } = pair("auto");
    (await f.started()).fail(new Error("no"));
    await sheet.settled();
    sheet.set(x, 1);
    expect(f.count).toBe(1);
    sheet.set(x, 2);
    (await f.started()).fail(new Error("no"));
    await sheet.settled();
    expect(f.count).toBe(2);
    const end = sheet.run(F);
    (await f.started()).finish(1);
    expect((await end).kind).toBe("ready");
  });

  test("[Q5] an auto node that failed rests when what is above it has run again and is the same", async () => {
    const ran: string[] = [];
    const a = new FnNode(({ n }: N) => n % 2, { name: "a", inputs: { n: one() }, outputs: { out: ui.number() } });
    const fail = (_: N): number => {
      ran.push("b");
      throw new Error("no");
    };
    const b = new FnNode(fail, { name: "b", inputs: { n: a.outputs.out }, outputs: { out: ui.number() } });
    sheet = new Graph({ name: "Rest", nodes: [b] }).sheet();
    sheet.set(a.inputs.n, 3);
    await sheet.run(a, { again: true });
    expect(ran).toEqual(["b"]);
    expect(sheet.signal(b.outputs.out)).toMatchObject({ kind: "failed", failure: { reason: "threw" } });
  });

  test("[Q6] with an empty input above is refused, and names the port", async () => {
    const f = new FnNode(({ text }: { text: string }) => text, {
      name: "f",
      inputs: { text: ui.textbox() },
      outputs: { out: ui.textbox() },
    });
    const g = new FnNode(({ t }: { t: string }) => t, {
      name: "g",
      inputs: { t: f.outputs.out },
      outputs: { out: ui.textbox() },
    });
    sheet = new Graph({ name: "Empty", nodes: [g] }).sheet();
    expect(sheet.signal(g.outputs.out)).toEqual({ kind: "empty" });
    for (const end of [sheet.run(f), sheet.run(g)]) {
      expect(await end).toMatchObject({ kind: "refused", why: expect.stringMatching(/f.*text|text.*f/is) });
    }
  });
});
