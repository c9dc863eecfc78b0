/** Q11-Q13, what was asked about running once more and settled, on small drawn graphs with runs in the test's hand. */
import { afterEach, describe, expect, test } from "vitest";
import { FnNode, Graph, type Sheet, ui } from "../../src/index.ts";
import { held, ledger } from "../../src/testing.ts";

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

describe("asked once more", () => {
  test("[Q11] a demand while a run is under way joins it", async () => {
    const { f, F } = pair();
    const ends = [sheet.run(F), sheet.run(F)];
    (await f.started()).finish(1);
    const [first, second] = await Promise.all(ends);
    expect(first).toMatchObject({ kind: "ready" });
    expect(second).toEqual(first);
    expect(f.count).toBe(1);
  });

  test("[Q11] again, during a run, starts a new one, and both demands end with it", async () => {
    const { f, F } = pair();
    const end = sheet.run(F);
    const first = await f.started();
    const again = sheet.run(F, { again: true });
    expect(first.context.signal.aborted).toBe(true);
    (await f.started()).finish(2);
    expect(await end).toMatchObject({ outputs: { out: 2 } });
    expect(await again).toMatchObject({ outputs: { out: 2 } });
    expect(f.count).toBe(2);
  });

  test("[Q11] again on a ready node runs it once more, and what is below only when the output differs", async () => {
    let give = 1;
    const f = new FnNode((_: N) => give, { name: "f", inputs: { n: one() }, outputs: { out: ui.number() } });
    const g = new FnNode(({ n }: N) => n, { name: "g", inputs: { n: f.outputs.out }, outputs: { out: ui.number() } });
    sheet = new Graph({ name: "Again", nodes: [g] }).sheet();
    const ran = ledger(sheet);
    await sheet.run(f, { again: true });
    expect(ran.take()).toEqual(["f"]);
    give = 2;
    await sheet.run(f, { again: true });
    expect(ran.take()).toEqual(["f", "g"]);
  });

  test("[Q12] a remembered failure is no answer: the same inputs are tried anew", async () => {
    let calls = 0;
    const work = ({ n }: N) => {
      calls++;
      if (n === 2) throw new Error("two");
      return n;
    };
    const f = new FnNode(work, { name: "f", inputs: { n: one() }, outputs: { out: ui.number() } });
    sheet = new Graph({ name: "Failure", nodes: [f] }).sheet();
    sheet.set(f.inputs.n, 2);
    sheet.set(f.inputs.n, 1);
    expect(calls).toBe(2);
    sheet.set(f.inputs.n, 2);
    expect(calls).toBe(3);
  });
});

describe("a node with a callable", () => {
  // seed() -> dice -> twice ; x -> dice
  const dice = () => {
    let seed = 0;
    const rolls = new FnNode(({ n, seed }: { n: number; seed: number }) => n * 100 + seed, {
      name: "dice",
      inputs: { n: one(), seed: () => ++seed },
      outputs: { out: ui.number() },
    });
    const twice = new FnNode(({ n }: N) => n * 2, {
      name: "twice",
      inputs: { n: rolls.outputs.out },
      outputs: { out: ui.number() },
    });
    sheet = new Graph({ name: "Dice", nodes: [twice] }).sheet();
    return { rolls, twice, called: () => seed };
  };

  test("[Q13] runs anew whenever it is itself asked, ready or not", async () => {
    const { rolls, called } = dice();
    expect(await sheet.run(rolls)).toMatchObject({ kind: "ready", outputs: { out: 102 } });
    expect(await sheet.run(rolls)).toMatchObject({ outputs: { out: 103 }, run: { inputs: { n: 1, seed: 3 } } });
    expect(called()).toBe(3);
  });

  test("[Q13] does not run anew when a node below is asked, nor because the callable might differ", async () => {
    const { rolls, twice, called } = dice();
    await sheet.run(twice);
    await sheet.run(twice, { again: true });
    sheet.set(rolls.inputs.n, 1);
    expect(called()).toBe(1);
    sheet.set(rolls.inputs.n, 2);
    expect(called()).toBe(2);
    expect(sheet.value(twice.outputs.out)).toBe(404);
  });

  test("[Q13] joins its run under way when it is asked meanwhile", async () => {
    const work = held<{ seed: number }, number>();
    let seed = 0;
    const f = new FnNode(work.fn, {
      name: "f",
      trigger: "manual",
      inputs: { seed: () => ++seed },
      outputs: { out: ui.number() },
    });
    sheet = new Graph({ name: "Join", nodes: [f] }).sheet();
    const ends = [sheet.run(f), sheet.run(f)];
    (await work.started()).finish(1);
    await Promise.all(ends);
    expect(seed).toBe(1);
  });
});

test("[Q12] inputs that failed are tried anew after others were answered at once, on a sheet that remembers nothing", () => {
  let calls = 0;
  const odd = ({ n }: { n: number }) => {
    calls++;
    if (n === 2) throw new Error("even");
    return n;
  };
  const f = new FnNode(odd, { name: "f", inputs: { n: ui.number({ value: 1 }) }, outputs: { out: ui.number() } });
  sheet = new Graph({ name: "Anew", nodes: [f] }).sheet({ memory: { runs: 0 } });
  for (const n of [2, 3, 2]) sheet.set(f.inputs.n, n);
  expect([calls, sheet.signal(f.outputs.out).kind]).toEqual([4, "failed"]);
});
