/** A graph inside a graph: typed ports outside, a life of its own inside; and a graph called as a function. */
import { describe, expect, test } from "vitest";
import { FailureError, FnNode, Graph, GraphNode, ui } from "../../src/index.ts";
import { differences } from "../../src/testing.ts";

type N = { n: number };

function shortener() {
  const ran: string[] = [];
  const clean = new FnNode(
    ({ text }: { text: string }) => {
      ran.push(`clean ${text}`);
      if (text === "bad") throw new Error("bad text");
      return text.trim();
    },
    { name: "Clean", inputs: { text: ui.textbox() }, outputs: { text: ui.textbox() } },
  );
  const cut = new FnNode(
    ({ text, max }: { text: string; max: number }) => {
      ran.push(`cut ${text}`);
      return text.slice(0, max);
    },
    {
      name: "Cut",
      inputs: { text: clean.outputs.text, max: ui.number({ value: 3 }) },
      outputs: { short: ui.textbox() },
    },
  );
  const graph = new Graph({
    name: "Shorten",
    nodes: [cut],
    inputs: { text: clean.inputs.text, max: cut.inputs.max },
    outputs: { short: cut.outputs.short },
  });
  return { graph, clean, cut, ran };
}

describe("a graph as a node", () => {
  test("runs its inside with what it is given, and shows the named outputs", () => {
    const { graph, ran } = shortener();
    const title = new FnNode(({ t }: { t: string }) => `${t} water`, {
      name: "Title",
      inputs: { t: ui.textbox({ value: " the" }) },
      outputs: { t: ui.textbox() },
    });
    const node = new GraphNode(graph, { name: "Short title", inputs: { text: title.outputs.t } });
    const shout = new FnNode(({ s }: { s: string }) => s.toUpperCase(), {
      name: "Shout",
      inputs: { s: node.outputs.short },
      outputs: { s: ui.textbox() },
    });
    const sheet = new Graph({ name: "Outer", nodes: [shout] }).sheet();
    expect(sheet.value(shout.outputs.s)).toBe("THE");
    sheet.set(node.inputs.max, 5);
    expect(sheet.value(shout.outputs.s)).toBe("THE W");
    expect(ran).toEqual(["clean  the water", "cut the water", "cut the water"]);
  });

  test("used twice it lives twice: nothing is shared but the definition", () => {
    const { graph } = shortener();
    const one = new GraphNode(graph, { name: "One", inputs: { text: "river" } });
    const two = new GraphNode(graph, { name: "Two", inputs: { text: "brook" } });
    const sheet = new Graph({ name: "Outer", nodes: [one, two] }).sheet();
    sheet.set(two.inputs.max, 1);
    expect([sheet.value(one.outputs.short), sheet.value(two.outputs.short)]).toEqual(["riv", "b"]);
  });

  test("one component inside is one source: what is given to one of its inputs goes to all that it feeds, as in a call", async () => {
    const n = ui.number();
    const twice = new FnNode(({ n }: N) => 2 * n, { name: "Twice", inputs: { n }, outputs: { n: ui.number() } });
    const more = new FnNode(({ n, m }: N & { m: number }) => 100 * n + m, {
      name: "More",
      inputs: { n, m: twice.outputs.n },
      outputs: { n: ui.number() },
    });
    const inputs = { first: twice.inputs.n, second: more.inputs.n };
    const about = { name: "Both", nodes: [more], outputs: { n: more.outputs.n } };
    const graphs = [new Graph({ ...about, inputs: { first: inputs.first } }), new Graph({ ...about, inputs })];
    for (const graph of graphs) {
      expect(await graph.call({ first: 3 })).toEqual({ n: 306 });
      const [given, kept] = [
        new GraphNode(graph, { name: "Given", inputs: { first: 3 } }),
        new GraphNode(graph, { name: "Kept" }),
      ];
      const outer = new Graph({ name: "Outer", nodes: [given, kept], outputs: { n: given.outputs.n } });
      const sheet = outer.sheet();
      sheet.set(kept.inputs.first, 4);
      expect([sheet.value(given.outputs.n), sheet.value(kept.outputs.n)]).toEqual([306, 408]);
      expect(() => sheet.inside(kept)?.set(more.inputs.n, 1)).toThrow("fed from outside");
      expect(await differences(sheet)).toEqual([]);
      expect([await outer.call(), await given.test()]).toEqual([{ n: 306 }, { n: 306 }]);
    }
  });

  test("a failure inside carries the inner node's name", () => {
    const { graph } = shortener();
    const node = new GraphNode(graph, { name: "Short", inputs: { text: "bad" } });
    const after = new FnNode(({ s }: { s: string }) => s, {
      name: "After",
      inputs: { s: node.outputs.short },
      outputs: { s: ui.textbox() },
    });
    const sheet = new Graph({ name: "Outer", nodes: [after] }).sheet();
    expect(sheet.signal(after.outputs.s)).toMatchObject({
      kind: "failed",
      failure: { reason: "upstream", root: "Clean" },
    });
  });

  test("its runs, and those of its inside, are history", async () => {
    const { graph } = shortener();
    const node = new GraphNode(graph, { name: "Short", inputs: { text: "river" } });
    const sheet = new Graph({ name: "Outer", nodes: [node] }).sheet();
    expect(sheet.history(node).map((run) => run.node)).toEqual(["Clean", "Cut"]);
    expect(await sheet.run(node, { again: true })).toMatchObject({ kind: "ready", outputs: { short: "riv" } });
    expect(sheet.history(node)).toHaveLength(4);
  });

  test("manual, it waits to be asked, whatever its inside says", async () => {
    const { graph, ran } = shortener();
    const node = new GraphNode(graph, { name: "Short", trigger: "manual", inputs: { text: "river" } });
    const sheet = new Graph({ name: "Outer", nodes: [node] }).sheet();
    expect([ran.length, sheet.signal(node.outputs.short).kind]).toEqual([0, "stale"]);
    expect((await sheet.run(node)).kind).toBe("ready");
    expect(ran).toHaveLength(2);
  });

  test("a callable that it is given is called once per run of what it feeds", async () => {
    const { graph } = shortener();
    let calls = 0;
    const node = new GraphNode(graph, { name: "Short", inputs: { text: () => `text ${++calls}`, max: 10 } });
    const sheet = new Graph({ name: "Outer", nodes: [node] }).sheet();
    expect([sheet.value(node.outputs.short), calls]).toEqual(["text 1", 1]);
    await sheet.run(node, { again: true });
    expect([sheet.value(node.outputs.short), calls]).toEqual(["text 2", 2]);
  });

  test("[S1] scattered, it runs once per item", () => {
    const { graph, ran } = shortener();
    const words = new FnNode(({ list }: { list: string[] }) => list, {
      name: "Words",
      inputs: { list: ui.json<string[]>({ value: ["river", "brook"] }) },
      outputs: { list: ui.json<string[]>() },
    });
    const node = new GraphNode(graph, { name: "Short", inputs: { text: words.outputs.list.each() } });
    const sheet = new Graph({ name: "Outer", nodes: [node] }).sheet();
    expect(sheet.value(node.outputs.short)).toEqual(["riv", "bro"]);
    ran.length = 0;
    sheet.set(words.inputs.list, ["brook", "lake", "river"]);
    expect(sheet.value(node.outputs.short)).toEqual(["bro", "lak", "riv"]);
    expect(ran).toEqual(["clean lake", "cut lake"]);
    sheet.set(node.inputs.max, 2);
    expect(sheet.value(node.outputs.short)).toEqual(["br", "la", "ri"]);
  });

  test("graphs nest as deep as one likes", () => {
    const { graph } = shortener();
    const inner = new GraphNode(graph, { name: "Inner" });
    const middle = new Graph({
      name: "Middle",
      nodes: [inner],
      inputs: { text: inner.inputs.text },
      outputs: { s: inner.outputs.short },
    });
    const outer = new GraphNode(middle, { name: "Outermost", inputs: { text: "  stream" } });
    const sheet = new Graph({ name: "Outer", nodes: [outer] }).sheet();
    expect(sheet.value(outer.outputs.s)).toBe("str");
  });
});

describe("a graph called as a function", () => {
  test("takes its named inputs and gives its named outputs", async () => {
    const { graph } = shortener();
    expect(await graph.call({ text: " hello ", max: 2 })).toEqual({ short: "he" });
    expect(await graph.call({ text: "hello" })).toEqual({ short: "hel" });
  });

  test("fails with the failure of what went wrong", async () => {
    const { graph } = shortener();
    const failed = graph.call({ text: "bad" });
    await expect(failed).rejects.toBeInstanceOf(FailureError);
    await expect(failed).rejects.toMatchObject({ failure: { reason: "upstream", root: "Clean" } });
  });

  test("says what is missing, and what is not there", async () => {
    const { graph } = shortener();
    await expect(graph.call()).rejects.toThrow(/'text'.*empty/);
    await expect(graph.call({ txt: "x" } as never)).rejects.toThrow(/no input 'txt'.*Did you mean 'text'/);
    await expect(graph.call({ text: 5 } as never)).rejects.toThrow(/takes/);
  });

  test("stops when it is told to", async () => {
    let stopped: AbortSignal | undefined;
    const slow = new FnNode(
      (_: { n: number }, { signal }) => {
        stopped = signal;
        return new Promise<number>(() => undefined);
      },
      { name: "Slow", inputs: { n: ui.number({ value: 1 }) }, outputs: { n: ui.number() } },
    );
    const graph = new Graph({
      name: "Slow",
      nodes: [slow],
      inputs: { n: slow.inputs.n },
      outputs: { n: slow.outputs.n },
    });
    const controller = new AbortController();
    const end = graph.call({}, { signal: controller.signal });
    controller.abort();
    await expect(end).rejects.toMatchObject({ failure: { reason: "cancelled" } });
    expect(stopped?.aborted).toBe(true);
  });
});
