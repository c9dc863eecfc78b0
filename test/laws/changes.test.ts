/** W5, W6 and W7 on small drawn graphs: a change reaches its cone and no further, and stops where nothing differs. */
import { afterEach, describe, expect, test } from "vitest";
import { FnNode, Graph, type Sheet, type SheetEvent, ui } from "../../src/index.ts";
import { held, ledger } from "../../src/testing.ts";

let sheet: Sheet;
afterEach(() => sheet.close());

type N = { n: number };

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

  test("[W6] that came back while another input was on its way makes nothing run", async () => {
    // y -> slow (held) -> j, x -> quick -> j
    const slow = held<N, number>();
    let runs = 0;
    const s = new FnNode(slow.fn, {
      name: "slow",
      inputs: { n: ui.number({ value: 0 }) },
      outputs: { out: ui.number() },
    });
    const q = new FnNode(({ n }: N) => ({ n }), {
      name: "quick",
      inputs: { n: ui.number({ value: 0 }) },
      outputs: { out: ui.json() },
    });
    const sum = ({ a, b }: { a: number; b: N }) => {
      runs++;
      return a + b.n;
    };
    const j = new FnNode(sum, {
      name: "j",
      inputs: { a: s.outputs.out, b: q.outputs.out },
      outputs: { out: ui.number() },
    });
    sheet = new Graph({ name: "There and back", nodes: [j] }).sheet();
    (await slow.started()).finish(1);
    await sheet.settled();
    const before = sheet.signal(j.outputs.out);
    sheet.set(s.inputs.n, 1);
    for (const n of [1, 2, 0]) sheet.set(q.inputs.n, n);
    (await slow.started()).finish(1);
    await sheet.settled();
    expect(runs).toBe(1);
    expect(sheet.signal(j.outputs.out)).toBe(before);
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
