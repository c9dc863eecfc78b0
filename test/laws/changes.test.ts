/** W3, W5, W6 and W7 on small drawn graphs: a change is two waves, reaches its cone and no further, and stops where nothing differs. */
import { afterEach, describe, expect, test } from "vitest";
import { FnNode, Graph, type Sheet, type SheetEvent, type Signal, ui } from "../../src/index.ts";
import { held } from "../support/held.ts";
import { ledger } from "../support/ledger.ts";
import { turn } from "../support/turn.ts";

let sheet: Sheet;
afterEach(() => sheet.close());

type N = { n: number };

describe("a diamond: x -> a, b -> j", () => {
  const diamond = () => {
    const a = held<N, string>();
    const b = held<N, string>();
    const seen: string[] = [];
    const x = ui.number({ value: 0 });
    const left = new FnNode(a.fn, { name: "a", inputs: { n: x }, outputs: { out: ui.textbox() } });
    const right = new FnNode(b.fn, { name: "b", inputs: { n: x }, outputs: { out: ui.textbox() } });
    const join = new FnNode(
      ({ a, b }: { a: string; b: string }) => {
        seen.push(a + b);
        return a + b;
      },
      {
        name: "j",
        inputs: { a: left.outputs.out, b: right.outputs.out },
        outputs: { out: ui.textbox() },
      },
    );
    sheet = new Graph({ name: "Diamond", nodes: [join] }).sheet();
    return { a, b, left, right, join, seen, x: left.inputs.n };
  };

  test("[W3] its join never sees one old and one new side, whichever arrives first", async () => {
    for (const first of ["a", "b"] as const) {
      const { a, b, x, join, seen } = diamond();
      (await a.started()).finish("a0");
      (await b.started()).finish("b0");
      await turn();
      sheet.set(x, 1);
      const runs = { a: await a.started(), b: await b.started() };
      runs[first].finish(`${first}1`);
      await turn();
      expect(sheet.signal(join.outputs.out)).toMatchObject({ kind: "stale", last: "a0b0" });
      const other = first === "a" ? "b" : "a";
      runs[other].finish(`${other}1`);
      await turn();
      expect(seen).toEqual(["a0b0", "a1b1"]);
      sheet.close();
    }
  });

  test("[W3] a result that arrives while inputs are stale is not published", async () => {
    // x -> a -> j -> k, x -> b -> j: j is under way when x changes, and arrives before a and b do
    const x = ui.number({ value: 0 });
    const a = held<N, number>();
    const j = held<N, number>();
    const k = new FnNode(({ n }: N) => n, { name: "k", inputs: { n: ui.number() }, outputs: { out: ui.number() } });
    const left = new FnNode(a.fn, { name: "a", inputs: { n: x }, outputs: { out: ui.number() } });
    const join = new FnNode(j.fn, { name: "j", inputs: { n: left.outputs.out }, outputs: { out: ui.number() } });
    const graph = new Graph({ name: "Late", nodes: [join, k] }).connect(join.outputs.out, k.inputs.n);
    sheet = graph.sheet();
    (await a.started()).finish(10);
    const run = await j.started();
    sheet.set(left.inputs.n, 1);
    const heard: Signal<number>[] = [];
    sheet.signal$(join.outputs.out).subscribe((signal) => heard.push(signal));
    run.finish(100);
    await turn();
    expect(heard.map((signal) => signal.kind)).not.toContain("ready");
    expect(sheet.signal(k.outputs.out).kind).toBe("stale");
    (await a.started()).finish(10);
    await sheet.settled();
    expect(sheet.value(k.outputs.out)).toBe(100);
    expect(j.count).toBe(1);
  });
});

describe("a change", () => {
  // x -> parity -> p -> q ; x -> other
  const parity = () => {
    const x = ui.number({ value: 0 });
    const even = new FnNode(({ n }: N) => n % 2, { name: "parity", inputs: { n: x }, outputs: { out: ui.number() } });
    const p = new FnNode(({ n }: N) => n + 1, {
      name: "p",
      inputs: { n: even.outputs.out },
      outputs: { out: ui.number() },
    });
    const q = new FnNode(({ n }: N) => ({ n }), {
      name: "q",
      inputs: { n: p.outputs.out },
      outputs: { out: ui.json() },
    });
    const other = new FnNode(({ n }: N) => n, {
      name: "other",
      inputs: { n: ui.number({ value: 0 }) },
      outputs: { out: ui.number() },
    });
    sheet = new Graph({ name: "Parity", nodes: [q, other] }).sheet();
    return { even, p, q, other, x: even.inputs.n };
  };

  test("[W5] runs each node of its cone once, and no other", () => {
    const { x } = parity();
    const ran = ledger(sheet);
    sheet.set(x, 1);
    expect(ran.take()).toEqual(["parity", "p", "q"]);
  });

  test("[W6] with an equal output runs nothing below, and the same signals are back", () => {
    const { x, even, p, q } = parity();
    const before = [even, p, q].map((node) => sheet.signal<unknown>(node.outputs.out));
    const ran = ledger(sheet);
    sheet.set(x, 2);
    expect(ran.take()).toEqual(["parity"]);
    const after = [even, p, q].map((node) => sheet.signal<unknown>(node.outputs.out));
    for (const [i, signal] of after.entries()) expect(signal).toBe(before[i]);
  });

  test("[W6] with an equal asynchronous output makes everything below ready again without a run", async () => {
    const x = ui.number({ value: 0 });
    const a = held<N, { even: boolean }>();
    const even = new FnNode(a.fn, { name: "even", inputs: { n: x }, outputs: { out: ui.json() } });
    const below = new FnNode(({ is }: { is: unknown }) => JSON.stringify(is), {
      name: "below",
      inputs: { is: even.outputs.out },
      outputs: { out: ui.textbox() },
    });
    sheet = new Graph({ name: "Even", nodes: [below] }).sheet();
    (await a.started()).finish({ even: true });
    await sheet.settled();
    const before = sheet.signal(below.outputs.out);
    const ran = ledger(sheet);
    sheet.set(even.inputs.n, 2);
    expect(sheet.signal(below.outputs.out).kind).toBe("stale");
    (await a.started()).finish({ even: true });
    await sheet.settled();
    expect(ran.take()).toEqual(["even"]);
    expect(sheet.signal(below.outputs.out)).toBe(before);
  });

  test("[W6] of one output leaves what hangs on the others alone", () => {
    const ran: string[] = [];
    const f = new FnNode(({ n }: N) => ({ low: n % 2, high: Math.floor(n / 2) }), {
      name: "f",
      inputs: { n: ui.number({ value: 0 }) },
      outputs: { low: ui.number(), high: ui.number() },
    });
    const low = new FnNode(
      ({ n }: N) => {
        ran.push("low");
        return n;
      },
      { name: "low", inputs: { n: f.outputs.low }, outputs: { out: null } },
    );
    const high = new FnNode(
      ({ n }: N) => {
        ran.push("high");
        return n;
      },
      { name: "high", inputs: { n: f.outputs.high }, outputs: { out: null } },
    );
    sheet = new Graph({ name: "Two", nodes: [low, high] }).sheet();
    ran.length = 0;
    sheet.set(f.inputs.n, 1);
    sheet.set(f.inputs.n, 3);
    expect(ran).toEqual(["low", "high"]);
  });

  test("[W7] to an equal value is nothing: nobody runs, nobody hears", () => {
    const f = new FnNode(({ v }: { v: unknown }) => v, {
      name: "f",
      inputs: { v: ui.json({ value: { a: [1, 2] } }) },
      outputs: { out: ui.json() },
    });
    sheet = new Graph({ name: "Equal", nodes: [f] }).sheet();
    const events: SheetEvent[] = [];
    sheet.events$.subscribe((event) => events.push(event));
    const signals: unknown[] = [];
    sheet.signal$(f.inputs.v).subscribe((signal) => signals.push(signal));
    sheet.set(f.inputs.v, { a: [1, 2] });
    expect(events).toEqual([]);
    expect(signals).toHaveLength(1);
  });

  test("[W7] is one for a whole batch, and each port speaks once", () => {
    const f = new FnNode(({ a, b }: { a: number; b: number }) => a + b, {
      name: "f",
      inputs: { a: ui.number({ value: 1 }), b: ui.number({ value: 1 }) },
      outputs: { out: ui.number() },
    });
    sheet = new Graph({ name: "Batch", nodes: [f] }).sheet();
    const ran = ledger(sheet);
    const heard: number[] = [];
    sheet.value$(f.outputs.out).subscribe((n) => heard.push(n));
    const given = sheet.batch(() => {
      sheet.set(f.inputs.a, 5);
      expect(sheet.value(f.outputs.out)).toBe(2);
      sheet.set(f.inputs.b, 6);
      sheet.set(f.inputs.a, 7);
      return "done";
    });
    expect(given).toBe("done");
    expect(ran.take()).toEqual(["f"]);
    expect(heard).toEqual([2, 13]);
  });

  test("[W7] that a batch takes back is nothing", () => {
    const { x, even } = parity();
    const ran = ledger(sheet);
    const heard: unknown[] = [];
    sheet.signal$(x).subscribe((signal) => heard.push(signal));
    sheet.value$(x).subscribe((value) => heard.push(value));
    const before = sheet.signal(even.outputs.out);
    sheet.batch(() => {
      sheet.set(x, 1);
      sheet.set(x, 0);
    });
    expect(ran.take()).toEqual([]);
    expect(heard).toHaveLength(2);
    expect(sheet.signal(even.outputs.out)).toBe(before);
  });
});
