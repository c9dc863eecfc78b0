/** What a card says of its past: which run is shown, what was remembered, what a person put over an output. */
import { describe, expect, it } from "vitest";
import { FnNode, Graph, ui } from "../../src/index.ts";
import { live } from "./live.ts";
import { held, sums } from "./small-graphs.ts";

/** Fails for a negative number. */
function root() {
  const node = new FnNode(
    ({ a }: { a: number }) => {
      if (a < 0) throw new Error("There is no root of that.");
      return Math.sqrt(a);
    },
    { name: "Root", inputs: { a: ui.number({ label: "Number", value: 4 }) }, outputs: { out: ui.number() } },
  );
  return { graph: new Graph({ name: "Root", nodes: [node] }), node };
}

describe("history", () => {
  it("is not spoken of before there are two runs", () => {
    const { graph, node } = root();
    const here = live(graph);
    expect(here.card("Root").history).toBeUndefined();
    here.sheet.set(node.inputs.a, 9);
    expect(here.card("Root").history).toMatchObject({ at: 2, of: 2, failed: false });
  });

  it("[R7] is walked by the ids beside the shown run, and its inputs come back", () => {
    const { graph, node } = root();
    const here = live(graph);
    here.sheet.set(node.inputs.a, 9);
    here.sheet.set(node.inputs.a, 16);
    const last = here.card("Root").history;
    expect(last).toMatchObject({ at: 3, of: 3 });
    expect(last?.next).toBeUndefined();
    here.sheet.select(last?.previous as never);
    here.view.lookAgain();
    expect(here.card("Root")).toMatchObject({
      history: { at: 2, of: 3 },
      chips: ["remembered"],
      inputs: [{ value: { kind: "json", value: 9 } }],
      outputs: [{ value: { kind: "json", value: 3 } }],
    });
    here.sheet.select(here.card("Root").history?.next as never);
    here.view.lookAgain();
    expect(here.card("Root").history).toEqual(last);
  });

  it("says of two runs with the same value which is shown", async () => {
    const { graph, node } = root();
    const here = live(graph);
    await here.sheet.run(node, { again: true });
    expect(here.card("Root")).toMatchObject({ history: { at: 2, of: 2 }, chips: [] });
    here.sheet.select(here.card("Root").history?.previous as never);
    here.view.lookAgain();
    expect(here.card("Root")).toMatchObject({ history: { at: 1, of: 2 }, chips: ["remembered"] });
  });

  it("counts a failed run, which is seen as such when it is shown", () => {
    const { graph, node } = root();
    const here = live(graph);
    here.sheet.set(node.inputs.a, -1);
    expect(here.card("Root")).toMatchObject({ state: "failed", history: { at: 2, of: 2, failed: true } });
    here.sheet.select(here.card("Root").history?.previous as never);
    here.view.lookAgain();
    expect(here.card("Root")).toMatchObject({ state: "ready", history: { at: 1, of: 2, failed: false } });
    here.sheet.select(here.card("Root").history?.next as never);
    here.view.lookAgain();
    expect(here.card("Root")).toMatchObject({ state: "failed", history: { at: 2, of: 2, failed: true } });
  });

  it("passes over runs that were stopped", async () => {
    const { graph, middle, runs } = held();
    const here = live(graph);
    for (const [i, value] of ["a", "b", "c"].entries()) {
      const end = here.sheet.run(middle, { again: true });
      await runs.runs(i + 1);
      if (value === "b") here.sheet.cancel(middle);
      else runs.begun[i]?.end(value);
      await end;
    }
    expect(here.sheet.history(middle)).toHaveLength(3);
    expect(here.card("Held").history).toMatchObject({ at: 2, of: 2 });
  });
});

describe("the chip 'remembered'", () => {
  it("[R1] is there when a run answered that was made before, and goes with a new run", () => {
    const { graph, node } = root();
    const here = live(graph);
    const chips = (a: number) => {
      here.sheet.set(node.inputs.a, a);
      return here.card("Root").chips;
    };
    expect(chips(9)).toEqual([]);
    expect(chips(4)).toEqual(["remembered"]);
    expect(chips(9)).toEqual(["remembered"]);
    expect(chips(25)).toEqual([]);
  });

  it("is not there for what ran before anybody looked", () => {
    expect(live(root().graph).card("Root").chips).toEqual([]);
  });
});

describe("a pin", () => {
  it("is marked on the output and on the card until it is lifted, and what is below says why it ran", async () => {
    const { graph, first, middle, runs } = held();
    const here = live(graph);
    const end = here.sheet.run(middle);
    await runs.runs(1);
    runs.begun[0]?.end("x");
    await end;
    here.sheet.pin(first.outputs.out, "mine");
    expect(here.card("First")).toMatchObject({
      chips: ["pinned"],
      outputs: [{ pinned: true, pinnable: true, shows: "current", value: { value: "mine" } }],
    });
    expect(here.card("Held").status).toMatchObject({
      because: "Out was pinned",
      cause: { card: "First", port: "out" },
    });
    here.sheet.unpin(first.outputs.out);
    expect(here.card("First").chips).toEqual([]);
    expect(here.card("First").outputs[0]).not.toHaveProperty("pinned");
  });

  it("is offered where a component shows the output, and only to steps", () => {
    const node = new FnNode(({ a }: { a: number }) => ({ seen: a, hidden: a, fixed: a }), {
      name: "Three",
      inputs: { a: ui.number({ value: 1 }) },
      outputs: { seen: ui.number(), hidden: null, fixed: ui.number({ interactive: false }) },
    });
    const here = live(new Graph({ name: "Three", nodes: [node] }));
    const { inputs, outputs } = here.card("Three");
    expect([...inputs, ...outputs].map(({ pinnable }) => pinnable ?? false)).toEqual([false, true, false, false]);
  });
});

describe("edges", () => {
  it("to a stale card are fresh where it ran with exactly this value", () => {
    const { graph, double, add } = sums();
    const here = live(graph);
    const edge = () => here.look().edges["Double.out -> Add.doubled"]?.state;
    expect(edge()).toBe("fresh");
    here.sheet.pin(double.outputs.out, 7);
    expect(edge()).toBe("fresh");
    expect(here.sheet.value(add.outputs.sum)).toBe(17);
  });

  it("into a card that waits to be asked tell which input is new to it", async () => {
    const one = new FnNode(({ a }: { a: string }) => a, {
      name: "One",
      inputs: { a: ui.textbox({ label: "A", value: "a" }) },
      outputs: { out: ui.textbox() },
    });
    const two = new FnNode(({ b }: { b: string }) => b, {
      name: "Two",
      inputs: { b: ui.textbox({ label: "B", value: "b" }) },
      outputs: { out: ui.textbox() },
    });
    const join = new FnNode(({ x, y }: { x: string; y: string }) => x + y, {
      name: "Join",
      trigger: "manual",
      inputs: { x: one.outputs.out, y: two.outputs.out },
      outputs: { out: ui.textbox() },
    });
    const here = live(new Graph({ name: "Join", nodes: [join] }));
    const edges = () => {
      const { edges } = here.look();
      return [edges["One.out -> Join.x"]?.state, edges["Two.out -> Join.y"]?.state];
    };
    expect(edges()).toEqual(["stale", "stale"]);
    await here.sheet.run(join);
    expect(edges()).toEqual(["fresh", "fresh"]);
    here.sheet.set(two.inputs.b, "c");
    expect(edges()).toEqual(["fresh", "stale"]);
    expect(here.card("Join").status).toMatchObject({ because: "B changed", cause: { card: "Two", port: "b" } });
    here.sheet.set(two.inputs.b, "b");
    expect(edges()).toEqual(["fresh", "fresh"]);
  });
});
