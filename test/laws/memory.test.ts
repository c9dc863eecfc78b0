/** R1, R6, R7: runs are remembered, answer for later ones with equal inputs, can be shown again, and are forgotten in good order. */
import { describe, expect, test } from "vitest";
import { FnNode, Graph, InputNode, type Run, ui } from "../../src/index.ts";

/** `x -> Double -> Add (with y)`; every start is written down. */
function arithmetic(options: { readonly trigger?: "auto" | "manual"; readonly remember?: boolean } = {}) {
  const ran: string[] = [];
  const double = new FnNode(
    async ({ x }: { x: number }) => {
      ran.push(`double ${x}`);
      return x * 2;
    },
    { name: "Double", inputs: { x: ui.number({ value: 1 }) }, outputs: { d: ui.number() }, ...options },
  );
  const add = new FnNode(
    ({ d, y }: { d: number; y: number }) => {
      ran.push(`add ${d} ${y}`);
      return d + y;
    },
    { name: "Add", inputs: { d: double.outputs.d, y: ui.number({ value: 10 }) }, outputs: { sum: ui.number() } },
  );
  const sheet = new Graph({ name: "Arithmetic", nodes: [add] }).sheet();
  const took = () => ran.splice(0);
  const shows = () => [sheet.value(double.outputs.d), sheet.value(add.outputs.sum)];
  return { double, add, sheet, took, shows };
}

describe("answers", () => {
  test("[R1] going back to inputs that were known runs nothing and shows what came of them", async () => {
    const { double, sheet, took, shows } = arithmetic();
    await sheet.settled();
    sheet.set(double.inputs.x, 2);
    await sheet.settled();
    took();
    sheet.set(double.inputs.x, 1);
    expect(shows()).toEqual([2, 12]);
    sheet.set(double.inputs.x, 2);
    expect(shows()).toEqual([4, 14]);
    expect(took()).toEqual([]);
  });

  test("[R1] a manual node with known inputs is ready without being asked", async () => {
    const { double, sheet, took, shows } = arithmetic({ trigger: "manual" });
    await sheet.run(double);
    sheet.set(double.inputs.x, 2);
    await sheet.run(double);
    took();
    sheet.set(double.inputs.x, 1);
    expect(shows()).toEqual([2, 12]);
    expect(took()).toEqual([]);
  });

  test("[R1] run again makes a new run on purpose, and later its answer is the one that is shown", async () => {
    let time = 0;
    const clock = new FnNode(({ x }: { x: number }) => `${x} at ${++time}`, {
      name: "Clock",
      inputs: { x: ui.number({ value: 1 }) },
      outputs: { text: ui.textbox() },
    });
    const sheet = new Graph({ name: "Clock", nodes: [clock] }).sheet();
    await sheet.run(clock, { again: true });
    sheet.set(clock.inputs.x, 5);
    sheet.set(clock.inputs.x, 1);
    expect(sheet.value(clock.outputs.text)).toBe("1 at 2");
    expect(sheet.history(clock)).toHaveLength(3);
  });

  test("[R1] of many runs, each asked again, the latest of each answers, and every one is found by its id", async () => {
    let time = 0;
    const clock = new FnNode(({ x }: { x: number }) => `${x} at ${++time}`, {
      name: "Clock",
      inputs: { x: ui.number({ value: 0 }) },
      outputs: { text: ui.textbox() },
    });
    const sheet = new Graph({ name: "Clock", nodes: [clock] }).sheet();
    const many = Array.from({ length: 100 }, (_, x) => x);
    const latest: unknown[] = [];
    for (const x of many) {
      sheet.set(clock.inputs.x, x);
      await sheet.run(clock, { again: true });
      latest.push(sheet.value(clock.outputs.text));
    }
    const ran = time;
    for (const x of many) {
      sheet.set(clock.inputs.x, x);
      expect(sheet.value(clock.outputs.text)).toBe(latest[x]);
    }
    expect(time).toBe(ran);
    for (const { id, inputs } of sheet.history(clock)) {
      await sheet.select(id);
      expect(sheet.value(clock.inputs.x)).toBe(inputs.x);
    }
  });

  test("[R1] what only looks the same at a glance is another input", () => {
    const deep = (n: number) => [[[{ n }]]];
    const read = new FnNode(({ value }: { value: ReturnType<typeof deep> }) => value[0]?.[0]?.[0]?.n ?? 0, {
      name: "Read",
      inputs: { value: ui.json({ value: deep(1) }) },
      outputs: { n: ui.number() },
    });
    const sheet = new Graph({ name: "Deep", nodes: [read] }).sheet();
    const shown = [1, 2, 1, 2].map((n) => {
      sheet.set(read.inputs.value, deep(n));
      return sheet.value(read.outputs.n);
    });
    expect(shown).toEqual([1, 2, 1, 2]);
    expect(sheet.history(read)).toHaveLength(2);
  });

  test("[R1] a node that does not remember is asked every time", () => {
    let time = 0;
    const clock = new FnNode(({ x }: { x: number }) => `${x} at ${++time}`, {
      name: "Clock",
      inputs: { x: ui.number({ value: 1 }) },
      outputs: { text: ui.textbox() },
      remember: false,
    });
    const sheet = new Graph({ name: "Clock", nodes: [clock] }).sheet();
    sheet.set(clock.inputs.x, 5);
    sheet.set(clock.inputs.x, 1);
    expect(sheet.value(clock.outputs.text)).toBe("1 at 3");
    expect(sheet.history(clock)).toHaveLength(3);
  });

  test("[R6] a callable is called once per run, its value is in the record, and no record answers for another call", async () => {
    let seed = 0;
    const draw = new FnNode(({ seed, text }: { seed: number; text: string }) => `${text} ${seed}`, {
      name: "Draw",
      inputs: { seed: () => ++seed, text: ui.textbox({ value: "a" }) },
      outputs: { picture: ui.textbox() },
    });
    const sheet = new Graph({ name: "Drawing", nodes: [draw] }).sheet();
    sheet.set(draw.inputs.text, "b");
    sheet.set(draw.inputs.text, "a");
    await sheet.run(draw);
    expect(sheet.history(draw).map(({ inputs }) => inputs)).toEqual([
      { seed: 1, text: "a" },
      { seed: 2, text: "b" },
      { seed: 3, text: "a" },
      { seed: 4, text: "a" },
    ]);
    expect(seed).toBe(4);
  });
});

describe("history", () => {
  test("[R7] a record says what went in, what came out, which runs it used, and what became of it", async () => {
    const { double, add, sheet } = arithmetic();
    await sheet.settled();
    const [first] = sheet.history(double);
    const [sum] = sheet.history(add);
    expect(first).toMatchObject({
      node: "Double",
      inputs: { x: 1 },
      outputs: { d: 2 },
      outcome: "ready",
      upstream: {},
    });
    expect(sum).toMatchObject({
      node: "Add",
      inputs: { d: 2, y: 10 },
      outputs: { sum: 12 },
      upstream: { d: [first?.id] },
    });
    expect(first?.fingerprint).not.toBe(sum?.fingerprint);
  });

  test("[R7] runs with equal inputs have one fingerprint, and every other run has another", async () => {
    const { double, sheet } = arithmetic();
    await sheet.run(double, { again: true });
    sheet.set(double.inputs.x, 2);
    await sheet.settled();
    const prints = sheet.history(double).map(({ fingerprint }) => fingerprint);
    expect(prints[0]).toBe(prints.at(-2));
    expect(prints[0]).not.toBe(prints.at(-1));
  });

  test("[R7] failures and cancelled runs are history too, and runs that an edit overtook are not", async () => {
    const never = new FnNode(
      ({ x }: { x: number }) =>
        x < 0 ? Promise.reject<number>(new Error("below")) : new Promise<number>(() => undefined),
      {
        name: "Never",
        inputs: { x: ui.number({ value: 1 }) },
        outputs: { y: ui.number() },
      },
    );
    const sheet = new Graph({ name: "Never", nodes: [never] }).sheet();
    sheet.set(never.inputs.x, 2);
    sheet.cancel(never);
    sheet.set(never.inputs.x, -1);
    await sheet.settled();
    expect(sheet.history(never).map(({ outcome, inputs }) => [outcome, inputs])).toEqual([
      ["cancelled", { x: 2 }],
      ["failed", { x: -1 }],
    ]);
  });
});

describe("selecting", () => {
  test("[R7] selecting a run gives its inputs back, all the way up, and shows what came of them below", async () => {
    const { double, add, sheet, took, shows } = arithmetic();
    await sheet.settled();
    sheet.batch(() => {
      sheet.set(double.inputs.x, 3);
      sheet.set(add.inputs.y, 30);
    });
    await sheet.settled();
    took();
    sheet.select(sheet.history(add)[0] as Run);
    expect(shows()).toEqual([2, 12]);
    expect([sheet.value(double.inputs.x), sheet.value(add.inputs.y)]).toEqual([1, 10]);
    sheet.select(sheet.history(add)[1] as Run);
    expect(shows()).toEqual([6, 36]);
    expect(took()).toEqual([]);
  });

  test("[R7] what a selected run was made from comes back, though an output above it had stayed equal since an older run", () => {
    const x = ui.number({ value: 0 });
    const half = new FnNode(({ x }: { x: number }) => x % 2, {
      name: "Half",
      inputs: { x },
      outputs: { h: ui.number() },
    });
    const sum = new FnNode(({ h, x }: { h: number; x: number }) => h + x, {
      name: "Sum",
      inputs: { h: half.outputs.h, x },
      outputs: { s: ui.number() },
    });
    const sheet = new Graph({ name: "Cut off", nodes: [sum] }).sheet();
    for (const value of [2, 4]) sheet.set(sum.inputs.x, value);
    const [, second] = sheet.history(sum);
    expect(second?.upstream).toEqual({ h: [sheet.history(half)[1]?.id] });
    sheet.select(second as Run);
    expect([sheet.value(sum.inputs.x), sheet.value(sum.outputs.s)]).toEqual([2, 2]);
  });

  test("[R6, R7] selecting a run shows what its callable gave then, and inputs keep the order in which they were written", () => {
    let seed = 0;
    const draw = new FnNode(
      (inputs: { text: string; seed: number; size: number }) => Object.entries(inputs).join(" "),
      {
        name: "Draw",
        inputs: { text: ui.textbox({ value: "a" }), seed: () => ++seed, size: 3 },
        outputs: { picture: ui.textbox() },
      },
    );
    const sheet = new Graph({ name: "Drawing", nodes: [draw] }).sheet();
    sheet.set(draw.inputs.text, "b");
    sheet.select(sheet.history(draw)[0] as Run);
    expect([sheet.value(draw.inputs.seed), sheet.value(draw.outputs.picture)]).toEqual([1, "text,a seed,1 size,3"]);
  });

  test("[R7] below a selected run what has no matching run is stale, says why, and does not run by itself", async () => {
    const { double, add, sheet, took } = arithmetic();
    await sheet.settled();
    sheet.set(double.inputs.x, 3);
    await sheet.settled();
    sheet.set(add.inputs.y, 30);
    took();
    sheet.select(sheet.history(double)[0] as Run);
    expect(sheet.value(double.outputs.d)).toBe(2);
    expect(sheet.signal(add.outputs.sum)).toMatchObject({
      kind: "stale",
      last: 36,
      because: { change: "select", port: double.inputs.x },
    });
    expect(took()).toEqual([]);
    expect((await sheet.run(add)).kind).toBe("ready");
    expect(took()).toEqual(["add 2 30"]);
  });

  test("[R7] of several runs with the same inputs the very one that was chosen is shown, by its id too", async () => {
    let time = 0;
    const clock = new FnNode(({ x }: { x: number }) => `${x} at ${++time}`, {
      name: "Clock",
      inputs: { x: ui.number({ value: 1 }) },
      outputs: { text: ui.textbox() },
      remember: false,
    });
    const sheet = new Graph({ name: "Clock", nodes: [clock] }).sheet();
    await sheet.run(clock, { again: true });
    await sheet.run(clock, { again: true });
    for (const [at, run] of sheet.history(clock).entries()) {
      sheet.select(run.id);
      expect(sheet.value(clock.outputs.text)).toBe(`1 at ${at + 1}`);
    }
    expect(time).toBe(3);
  });

  test("[R7] a failed run can be shown again, and nothing is tried because of it", async () => {
    let tries = 0;
    const half = new FnNode(
      ({ x }: { x: number }) => {
        tries++;
        if (x % 2 === 1) throw new Error("odd");
        return x / 2;
      },
      { name: "Half", inputs: { x: ui.number({ value: 1 }) }, outputs: { y: ui.number() } },
    );
    const sheet = new Graph({ name: "Half", nodes: [half] }).sheet();
    sheet.set(half.inputs.x, 2);
    sheet.select(sheet.history(half)[0] as Run);
    expect(sheet.signal(half.outputs.y)).toMatchObject({ kind: "failed", failure: { reason: "threw" }, last: 1 });
    expect(sheet.value(half.inputs.x)).toBe(1);
    expect(tries).toBe(2);
  });

  test("a run that is not remembered is refused in words", () => {
    const { sheet } = arithmetic();
    expect(() => sheet.select(`${sheet.id}-999` as never)).toThrow(/remembers no run '.*-999': take one of/);
    expect(() => sheet.select("elsewhere-1" as never)).toThrow(/'elsewhere-1' is none of this sheet's/);
  });
});

describe("pins", () => {
  test("[W4] a pinned value feeds what lies below, marked, and lifted it is gone", async () => {
    const { double, add, sheet, took, shows } = arithmetic();
    await sheet.settled();
    took();
    sheet.pin(double.outputs.d, 100);
    expect(shows()).toEqual([100, 110]);
    expect(sheet.signal(double.outputs.d)).toMatchObject({ kind: "ready", pinned: true });
    sheet.unpin(double.outputs.d);
    expect(shows()).toEqual([2, 12]);
    expect(took()).toEqual(["add 100 10"]);
    expect(sheet.history(add)).toHaveLength(2);
  });

  test("[W4] a pin never keeps its node from running, and what it gave is there when the pin is lifted", async () => {
    const { double, sheet, took, shows } = arithmetic();
    sheet.pin(double.outputs.d, 100);
    sheet.set(double.inputs.x, 7);
    await sheet.settled();
    expect(shows()).toEqual([100, 110]);
    expect(took()).toContain("double 7");
    sheet.unpin(double.outputs.d);
    expect(shows()).toEqual([14, 24]);
  });

  test("[R7] selecting a run that used a pinned value pins it again, and one that did not lifts it", async () => {
    const { double, add, sheet, shows } = arithmetic();
    await sheet.settled();
    sheet.pin(double.outputs.d, 100);
    sheet.select(sheet.history(add)[0] as Run);
    expect(shows()).toEqual([2, 12]);
    expect(sheet.signal(double.outputs.d)).toMatchObject({ pinned: false });
    sheet.select(sheet.history(add)[1] as Run);
    expect(shows()).toEqual([100, 110]);
    expect(sheet.signal(double.outputs.d)).toMatchObject({ pinned: true });
  });

  test("[R8] what a pin made stale says so", () => {
    const source = new FnNode(() => 1, { name: "One", outputs: { n: ui.number() } });
    const slow = new FnNode(({ n }: { n: number }) => n, {
      name: "Slow",
      inputs: { n: source.outputs.n },
      outputs: { n: ui.number() },
      trigger: "manual",
    });
    const sheet = new Graph({ name: "Pinned", nodes: [slow] }).sheet();
    void sheet.run(slow);
    sheet.pin(source.outputs.n, 2);
    expect(sheet.signal(slow.outputs.n)).toMatchObject({
      kind: "stale",
      because: { change: "pin", port: source.outputs.n },
    });
  });

  test("a wrong value, an input and a port of an InputNode are refused", () => {
    const settings = new InputNode({ name: "Settings", ports: { n: ui.number({ value: 1 }) } });
    const one = new FnNode(({ n }: { n: number }) => n, {
      name: "One",
      inputs: { n: settings.outputs.n },
      outputs: { n: ui.number() },
    });
    const sheet = new Graph({ name: "Refusing", nodes: [one] }).sheet();
    expect(() => sheet.pin(one.outputs.n, "x" as never)).toThrow(/One.n takes/);
    expect(() => sheet.pin(one.inputs.n as never, 1 as never)).toThrow(/set it with sheet.set/);
    expect(() => sheet.pin(settings.outputs.n, 1)).toThrow(/set it with sheet.set/);
  });
});

describe("bounds", () => {
  test("[R1] the least recently used runs are forgotten first, and never one that is shown", () => {
    const { ran, sheet, x, still } = bounded({ runs: 3 });
    for (const value of [1, 2, 3, 4, 5]) sheet.set(x, value);
    ran.length = 0;
    for (const value of [5, 4, 1]) sheet.set(x, value);
    expect(ran).toEqual([1]);
    expect(sheet.value(still.outputs.n)).toBe(1);
    expect(sheet.history(still)).toHaveLength(1);
  });

  test("[R1] bytes are bounded too", () => {
    const text = new FnNode(({ n }: { n: number }) => "x".repeat(1000 * n), {
      name: "Text",
      inputs: { n: ui.number({ value: 1 }) },
      outputs: { text: ui.textbox() },
    });
    const sheet = new Graph({ name: "Bytes", nodes: [text] }).sheet({ memory: { bytes: 50_000 } });
    for (let n = 2; n < 40; n++) sheet.set(text.inputs.n, n);
    const kept = sheet.history(text).map(({ inputs }) => (inputs as { n: number }).n);
    expect(kept.at(-1)).toBe(39);
    expect(kept.length).toBeLessThan(3);
  });

  test("[R1] a failure that is shown is not forgotten either", () => {
    const fails = (name: string) =>
      new FnNode(
        ({ n }: { n: number }) => {
          if (n < 3) throw new Error(`no ${n}`);
          return n;
        },
        { name, inputs: { n: ui.number({ value: 1 }) }, outputs: { n: ui.number() } },
      );
    const [one, two] = [fails("One"), fails("Two")];
    const sheet = new Graph({ name: "Failures", nodes: [one, two] }).sheet({ memory: { runs: 1 } });
    const outcomes = (node: typeof one) => sheet.history(node).map(({ outcome, inputs }) => `${outcome} ${inputs.n}`);
    expect([outcomes(one), outcomes(two)]).toEqual([["failed 1"], ["failed 1"]]);
    sheet.set(two.inputs.n, 2);
    expect([outcomes(one), outcomes(two)]).toEqual([["failed 1"], ["failed 1", "failed 2"]]);
    for (const n of [3, 4]) sheet.set(one.inputs.n, n);
    expect([outcomes(one), outcomes(two)]).toEqual([["ready 3", "ready 4"], ["failed 2"]]);
  });

  test("[R1] bytes are counted of what a run was given and told too: of a text that was set, a log, a failure", () => {
    const size = new FnNode(({ text }: { text: string }) => text.length, {
      name: "Size",
      inputs: { text: ui.textbox({ value: "" }) },
      outputs: { n: ui.number() },
    });
    const twice = new FnNode(({ n, text }: { n: number; text: string }) => n + text.length, {
      name: "Twice",
      inputs: { n: size.outputs.n, text: size.inputs.text.component as unknown as string },
      outputs: { n: ui.number() },
    });
    const fail = new FnNode(
      (_: { n: number }, { log }) => {
        for (let i = 0; i < 5; i++) log("y".repeat(1000));
        throw new Error("z".repeat(1000));
      },
      { name: "Fail", inputs: { n: twice.outputs.n }, outputs: { n: ui.number() } },
    );
    const open = (bytes: number) => new Graph({ name: "Given", nodes: [fail] }).sheet({ memory: { bytes } });
    const sheet = open(200_000);
    for (let k = 1; k < 40; k++) sheet.set(size.inputs.text, "x".repeat(1000 * k));
    const kept = [sheet.history(size), sheet.history(twice), sheet.history(fail)].map((runs) => runs.length);
    // Of the texts, 76 kB and less, and of the failures, 12 kB each, two steps and a half fit beside what is shown.
    for (const many of kept) expect([2, 3, 4]).toContain(many);
    // What is shown would be there anyway, however many runs hold it.
    const small = open(20_000);
    small.set(size.inputs.text, "x".repeat(100_000));
    expect(small.history(size).length).toBe(2);
  });

  test("with no memory every change runs, and nothing is history", () => {
    const { ran, sheet, x, still } = bounded({ runs: 0 });
    for (const value of [1, 2, 1]) sheet.set(x, value);
    expect(ran).toEqual([0, 1, 2, 1]);
    expect(sheet.history(still)).toEqual([]);
  });

  test("bounds that are no numbers are refused", () => {
    expect(() => bounded({ runs: -1 })).toThrow(RangeError);
  });

  function bounded(memory: { runs: number }) {
    const ran: number[] = [];
    const still = new FnNode(() => 1, { name: "Still", outputs: { n: ui.number() } });
    const echo = new FnNode(
      ({ x }: { x: number }) => {
        ran.push(x);
        return x;
      },
      { name: "Echo", inputs: { x: ui.number({ value: 0 }) }, outputs: { n: ui.number() } },
    );
    const sheet = new Graph({ name: "Bounded", nodes: [still, echo] }).sheet({ memory });
    return { ran, sheet, still, x: echo.inputs.x };
  }
});
