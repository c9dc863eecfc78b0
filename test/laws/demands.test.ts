/** R4 and R5 on small drawn graphs: how a demand ends, and what it runs. */
import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { FnNode, Graph, type InputPort, type Sheet, ui } from "../../src/index.ts";
import { same } from "../../src/testing/same.ts";
import { held, ledger } from "../../src/testing.ts";
import { worlds } from "../support/stories.ts";
import { turn } from "../support/turn.ts";

let sheet: Sheet;
afterEach(() => sheet.close());

type N = { n: number };
const one = () => ui.number({ value: 1 });

/** `x -> f -> g`: f held, g synchronous. */
function pair() {
  const f = held<N, number>();
  const F = new FnNode(f.fn, { name: "f", inputs: { n: one() }, outputs: { out: ui.number() } });
  const G = new FnNode(({ n }: N) => n * 10, {
    name: "g",
    inputs: { n: F.outputs.out },
    outputs: { out: ui.number() },
  });
  sheet = new Graph({ name: "Pair", nodes: [G] }).sheet();
  return { f, F, G };
}

/** `x -> a* -> b* -> c*`: all manual, and which of them ran. */
function manual() {
  const add = ({ n }: N) => n + 1;
  const a = new FnNode(add, { name: "a", inputs: { n: one() }, outputs: { out: ui.number() } });
  const b = new FnNode(add, { name: "b", inputs: { n: a.outputs.out }, outputs: { out: ui.number() } });
  const c = new FnNode(add, { name: "c", inputs: { n: b.outputs.out }, outputs: { out: ui.number() } });
  sheet = new Graph({ name: "Manual", nodes: [c], trigger: "manual" }).sheet();
  return { a, b, c, ran: ledger(sheet) };
}

describe("a demand", () => {
  test("[R4] ends ready, failed, cancelled or refused, and never rejects", async () => {
    const work = held<N, number>();
    const f = new FnNode(work.fn, {
      name: "f",
      trigger: "manual",
      inputs: { n: ui.number() },
      outputs: { out: ui.number() },
    });
    sheet = new Graph({ name: "Ends", nodes: [f] }).sheet();
    expect(await sheet.run(f)).toMatchObject({ kind: "refused", why: expect.stringContaining("n") });
    sheet.set(f.inputs.n, 1);
    const ready = sheet.run(f);
    (await work.started()).finish(5);
    expect(await ready).toMatchObject({ kind: "ready", outputs: { out: 5 }, run: { node: "f", inputs: { n: 1 } } });
    const failed = sheet.run(f, { again: true });
    (await work.started()).fail(new Error("no"));
    expect(await failed).toMatchObject({ kind: "failed", failure: { reason: "threw" } });
    const cancelled = sheet.run(f);
    await work.started();
    sheet.cancel(f);
    expect(await cancelled).toEqual({ kind: "cancelled" });
  });

  test("[R4] ends cancelled when its sheet closes, and on a closed sheet at once", async () => {
    const { f, G } = pair();
    const end = sheet.run(G);
    const run = await f.started();
    sheet.close();
    expect(run.context.signal.aborted).toBe(true);
    expect(await end).toEqual({ kind: "cancelled" });
    expect(["cancelled", "refused"]).toContain((await sheet.run(G)).kind);
    run.finish(1);
    await turn();
  });

  test("[R4] for everything ends for every node", async () => {
    const { c, ran } = manual();
    const ends = await sheet.runAll();
    expect(ends.map((end) => end.kind)).toEqual(["ready", "ready", "ready"]);
    expect(ran.take()).toEqual(["a", "b", "c"]);
    expect(sheet.value(c.outputs.out)).toBe(4);
  });

  test("[R5] runs the stale ancestors first, manual ones too, and what it plans is what it runs", async () => {
    const { b, c, ran } = manual();
    expect(sheet.plan(b).map((node) => node.name)).toEqual(["a", "b"]);
    await sheet.run(b);
    expect(ran.take()).toEqual(["a", "b"]);
    expect(sheet.plan(c).map((node) => node.name)).toEqual(["c"]);
    await sheet.run(c);
    expect(ran.take()).toEqual(["c"]);
  });

  test("[R5] of this step alone is refused, with the reason, when an input is not ready", async () => {
    const { a, b, ran } = manual();
    const end = await sheet.run(b, { only: true });
    expect(end).toMatchObject({ kind: "refused", why: expect.stringMatching(/'n'.*a/s) });
    expect(ran.take()).toEqual([]);
    expect((await sheet.run(a, { only: true })).kind).toBe("ready");
    expect((await sheet.run(b, { only: true })).kind).toBe("ready");
    expect(ran.take()).toEqual(["a", "b"]);
  });

  test("[R5] nothing manual runs by itself: not when the sheet opens, not when its inputs change", async () => {
    const { a, b, c, ran } = manual();
    for (const node of [a, b, c]) expect(sheet.signal(node.outputs.out)).toMatchObject({ kind: "stale" });
    sheet.set(a.inputs.n, 2);
    await sheet.run(a);
    sheet.set(a.inputs.n, 3);
    await sheet.settled();
    expect(ran.take()).toEqual(["a"]);
    expect(sheet.signal(a.outputs.out)).toMatchObject({ kind: "stale", last: 3 });
  });

  test("[R5] a manual node asked for on the way does not run anew once nobody asks any more", async () => {
    // x -> a* (held) -> b*
    const work = held<N, number>();
    const a = new FnNode(work.fn, { name: "a", inputs: { n: one() }, outputs: { out: ui.number() } });
    const b = new FnNode(({ n }: N) => n, { name: "b", inputs: { n: a.outputs.out }, outputs: { out: ui.number() } });
    sheet = new Graph({ name: "On the way", nodes: [b], trigger: "manual" }).sheet();
    const end = sheet.run(b);
    const run = await work.started();
    sheet.cancel(b);
    expect((await end).kind).toBe("cancelled");
    sheet.set(a.inputs.n, 2);
    expect(run.context.signal.aborted).toBe(true);
    expect(work.count).toBe(1);
    expect(sheet.signal(a.outputs.out).kind).toBe("stale");
  });

  test("[R5] nor is its function called when its callable answers after everybody has left", async () => {
    // seed() (later) -> a* -> b*
    let calls = 0;
    let answer: (n: number) => void = () => undefined;
    const work = ({ n }: N) => {
      calls++;
      return n;
    };
    const later = () => new Promise<number>((resolve) => (answer = resolve));
    const a = new FnNode(work, { name: "a", inputs: { n: later }, outputs: { out: ui.number() } });
    const b = new FnNode(({ n }: N) => n, { name: "b", inputs: { n: a.outputs.out }, outputs: { out: ui.number() } });
    sheet = new Graph({ name: "Left", nodes: [b], trigger: "manual" }).sheet();
    const end = sheet.run(b);
    sheet.cancel(b);
    answer(1);
    expect((await end).kind).toBe("cancelled");
    await sheet.settled();
    expect(calls).toBe(0);
    expect(sheet.signal(a.outputs.out).kind).toBe("stale");
  });
});

/** Whether a node has ever worked on the values that its inputs hold now. */
function hasRunWithWhatItHolds(sheet: Sheet, name: string): boolean {
  const node = sheet.graph.nodes.find((one) => one.name === name) as FnNode<Record<string, unknown>, unknown>;
  const ports = Object.entries(node.inputs as Readonly<Record<string, InputPort<unknown>>>);
  const holds = ports.map(([input, port]) => [input, sheet.value(port)] as const);
  return sheet.history(node).some(({ inputs }) => holds.every(([input, value]) => same(inputs[input], value)));
}

describe("a plan", () => {
  test("[R5] names what a demand will run, in the order of the graph", async () => {
    // Nothing is forgotten on the way: a cut-off makes less run than was planned.
    const drawn = worlds({
      manners: ["now"],
      failures: false,
      callables: false,
      empties: false,
      manual: "all",
      telling: true,
    });
    const asks = fc.array(fc.record({ source: fc.nat({ max: 39 }), node: fc.nat({ max: 39 }) }), { maxLength: 6 });
    const property = fc.asyncProperty(drawn, asks, async (world, moves) => {
      sheet = world.open();
      for (const [i, { source, node }] of moves.entries()) {
        // Never a value again: what comes back to where it was is restored, and less runs than was planned.
        const { ports } = world.wired.sources[source % Math.max(1, world.wired.sources.length)] ?? { ports: [] };
        if (ports[0]) sheet.set(ports[0] as unknown as InputPort<number>, 4 + i);
        const asked = world.nodes[node % world.nodes.length]!;
        const planned = sheet.plan(asked).map((one) => one.name);
        world.starts.length = 0;
        await sheet.run(asked);
        const ran = world.starts.map((start) => world.name(start.node));
        const skipped = planned.filter((name) => !ran.includes(name));
        expect(ran.filter((name, at) => !planned.includes(name) || ran.indexOf(name) < at)).toEqual([]);
        // Different inputs may give an equal sum, and what lies below of it has run with it before.
        for (const name of skipped) expect(hasRunWithWhatItHolds(sheet, name), `${name} was planned`).toBe(true);
        const order = sheet.graph.nodes.map((one) => one.name);
        expect(planned).toEqual(order.filter((name) => planned.includes(name)));
      }
      sheet.close();
    });
    await fc.assert(property, { numRuns: 200 });
  });
});
