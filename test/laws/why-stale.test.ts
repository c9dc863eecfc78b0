/** R3 and R8 on small drawn graphs: where a failure stays, and what a stale port says. */
import { afterEach, describe, expect, test } from "vitest";
import { FnNode, Graph, InputNode, type Sheet, ui } from "../../src/index.ts";

let sheet: Sheet;
afterEach(() => sheet.close());

type N = { n: number };
const one = () => ui.number({ value: 1 });

describe("a failure", () => {
  // x -> bad -> below -> last ; x -> good -> last2
  test("[R3] stays in its branch: everything below names its root and is not run, everything else finishes", () => {
    const ran: string[] = [];
    const does =
      (name: string) =>
      ({ n }: N) => {
        ran.push(name);
        return n;
      };
    const x = one();
    const fail = (_: N): number => {
      throw new Error("no");
    };
    const bad = new FnNode(fail, { name: "bad", inputs: { n: x }, outputs: { out: ui.number() } });
    const below = new FnNode(does("below"), {
      name: "below",
      inputs: { n: bad.outputs.out },
      outputs: { out: ui.number() },
    });
    const last = new FnNode(does("last"), {
      name: "last",
      inputs: { n: below.outputs.out },
      outputs: { out: ui.number() },
    });
    const good = new FnNode(does("good"), { name: "good", inputs: { n: x }, outputs: { out: ui.number() } });
    const apart = new FnNode(does("apart"), {
      name: "apart",
      inputs: { n: good.outputs.out },
      outputs: { out: ui.number() },
    });
    sheet = new Graph({ name: "Branches", nodes: [last, apart] }).sheet();
    expect(ran).toEqual(["good", "apart"]);
    expect(sheet.signal(bad.outputs.out)).toMatchObject({ kind: "failed", failure: { reason: "threw" } });
    for (const port of [below.outputs.out, last.outputs.out]) {
      expect(sheet.signal(port)).toMatchObject({ kind: "failed", failure: { reason: "upstream", root: "bad" } });
    }
    expect(sheet.value(apart.outputs.out)).toBe(1);
  });

  test("[R3] keeps the last good values in sight, and mended it is forgotten", () => {
    const work = ({ n }: N) => {
      if (n === 2) throw new Error("two");
      return n;
    };
    const f = new FnNode(work, { name: "f", inputs: { n: one() }, outputs: { out: ui.number() } });
    const g = new FnNode(({ n }: N) => n, { name: "g", inputs: { n: f.outputs.out }, outputs: { out: ui.number() } });
    sheet = new Graph({ name: "Mended", nodes: [g] }).sheet();
    const before = sheet.signal(g.outputs.out);
    sheet.set(f.inputs.n, 2);
    expect(sheet.signal(f.outputs.out)).toMatchObject({ kind: "failed", last: 1 });
    expect(sheet.signal(g.outputs.out)).toMatchObject({ kind: "failed", last: 1 });
    sheet.set(f.inputs.n, 1);
    expect(sheet.signal(g.outputs.out)).toBe(before);
  });
});

describe("a stale signal", () => {
  // x, y -> f* -> g* -> h*
  const three = () => {
    const sum = ({ x, y }: { x: number; y: number }) => x + y;
    const f = new FnNode(sum, { name: "f", inputs: { x: one(), y: one() }, outputs: { out: ui.number() } });
    const g = new FnNode(({ n }: N) => n, { name: "g", inputs: { n: f.outputs.out }, outputs: { out: ui.number() } });
    const h = new FnNode(({ n }: N) => n, { name: "h", inputs: { n: g.outputs.out }, outputs: { out: ui.number() } });
    sheet = new Graph({ name: "Because", nodes: [h], trigger: "manual" }).sheet();
    return { f, g, h };
  };

  test("[R8] names the port that changed first, all the way down, and goes on naming it", async () => {
    const { f, h } = three();
    await sheet.run(h);
    sheet.set(f.inputs.y, 2);
    sheet.set(f.inputs.x, 2);
    for (const port of [f.outputs.out, h.outputs.out]) {
      expect(sheet.signal(port)).toMatchObject({ kind: "stale", because: { change: "set" } });
      expect(sheet.signal(port)).toHaveProperty("because.port", f.inputs.y);
    }
    await sheet.run(f);
    expect(sheet.signal(h.outputs.out)).toHaveProperty("because.port", f.inputs.y);
  });

  test("[R8] of a node that never ran names the definition", () => {
    const { f, h } = three();
    for (const port of [f.outputs.out, h.outputs.out]) {
      expect(sheet.signal(port)).toEqual({ kind: "stale", because: { change: "definition" } });
    }
  });

  test("[R8] names the port of an InputNode, or the one among those that share a component through which it was set", async () => {
    const p = new InputNode({ name: "p", ports: { width: one() } });
    const shared = one();
    const sum = ({ n, m }: { n: number; m: number }) => n + m;
    const f = new FnNode(sum, { name: "f", inputs: { n: p.outputs.width, m: shared }, outputs: { out: ui.number() } });
    const g = new FnNode(sum, { name: "g", inputs: { n: f.outputs.out, m: shared }, outputs: { out: ui.number() } });
    sheet = new Graph({ name: "Ports", nodes: [g], trigger: "manual" }).sheet();
    await sheet.run(g);
    sheet.set(p.inputs.width, 2);
    expect(sheet.signal(g.outputs.out)).toHaveProperty("because.port", p.inputs.width);
    await sheet.run(g);
    sheet.set(g.inputs.m, 2);
    for (const port of [f.outputs.out, g.outputs.out])
      expect(sheet.signal(port)).toHaveProperty("because.port", g.inputs.m);
  });
});
