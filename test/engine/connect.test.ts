/** Edges drawn afterwards: over a component, between graphs, and the ones that are refused. */
import { describe, expect, test } from "vitest";
import { FnNode, Graph, type GraphError, ui } from "../../src/index.ts";
import { thrownBy } from "../nodes/plain.ts";

type N = { n: number };
const copy = (name: string) =>
  new FnNode(({ n }: N) => n, { name, inputs: { n: ui.number({ value: 1 }) }, outputs: { out: ui.number() } });
const names = (graph: Graph) => graph.nodes.map((node) => node.name);

/** `a -> b -> c`, drawn by connect. */
function chain() {
  const [a, b, c] = [copy("a"), copy("b"), copy("c")];
  const graph = new Graph({ name: "Round", nodes: [] });
  graph.connect(a.outputs.out, b.inputs.n).connect(b.outputs.out, c.inputs.n);
  return { a, b, c, graph };
}

describe("an edge", () => {
  test("over a component takes its place", () => {
    const [a, b] = [copy("a"), copy("b")];
    const graph = new Graph({ name: "Over", nodes: [b] }).connect(a.outputs.out, b.inputs.n);
    expect(graph.edges).toMatchObject([{ from: a.outputs.out, to: b.inputs.n, kind: "plain" }]);
    const sheet = graph.sheet();
    sheet.set(a.inputs.n, 7);
    expect(sheet.value(b.outputs.out)).toBe(7);
    expect(sheet.value(b.inputs.n)).toBe(7);
    expect(thrownBy(() => sheet.set(b.inputs.n, 8))).toMatchObject({ code: "fed-by-edge", node: "b", port: "n" });
    sheet.close();
  });

  test("belongs to its graph: the same node is free in another", () => {
    const { a, b } = chain();
    const other = new Graph({ name: "Free", nodes: [b] });
    expect(names(other)).toEqual(["b"]);
    const sheet = other.sheet();
    sheet.set(b.inputs.n, 5);
    expect(sheet.value(b.outputs.out)).toBe(5);
    expect(thrownBy(() => sheet.value(a.outputs.out))).toMatchObject({ code: "unknown-port" });
    sheet.close();
  });

  test("may be drawn over a constant and over a callable", () => {
    const a = copy("a");
    const f = new FnNode(({ k, c }: { k: number; c: number }) => k + c, {
      name: "f",
      inputs: { k: 1, c: () => 1 },
      outputs: { out: ui.number() },
    });
    const graph = new Graph({ name: "Hidden", nodes: [f] });
    graph.connect(a.outputs.out, f.inputs.k).connect(a.outputs.out, f.inputs.c);
    const sheet = graph.sheet();
    sheet.set(a.inputs.n, 4);
    expect(sheet.value(f.outputs.out)).toBe(8);
    sheet.close();
  });
});

describe("an edge that is refused", () => {
  test("as a second one names the first", () => {
    const { a, c, graph } = chain();
    const error = thrownBy(() => graph.connect(a.outputs.out, c.inputs.n)) as GraphError;
    expect(error).toMatchObject({ code: "second-edge", node: "c", port: "n" });
    expect(error.message).toContain("b.out");
  });

  test("as a circle names its round, the way it would flow", () => {
    const [a, b, c] = [copy("a"), copy("b"), copy("c")];
    const graph = new Graph({ name: "Circle", nodes: [] });
    graph.connect(a.outputs.out, b.inputs.n).connect(b.outputs.out, c.inputs.n);
    const error = thrownBy(() => graph.connect(c.outputs.out, a.inputs.n)) as GraphError;
    expect(error.code).toBe("cycle");
    const said = /circle: (.*?)\./.exec(error.message)?.[1] ?? "";
    expect(["'a' -> 'b' -> 'c' -> 'a'", "'b' -> 'c' -> 'a' -> 'b'", "'c' -> 'a' -> 'b' -> 'c'"]).toContain(said);
  });

  test("as a circle of one is a circle too", () => {
    const a = copy("a");
    const error = thrownBy(() => new Graph({ name: "Self", nodes: [a] }).connect(a.outputs.out, a.inputs.n));
    expect(error).toMatchObject({ code: "cycle", node: "a" });
    expect((error as Error).message).toContain("'a' -> 'a'");
  });

  test("leaves the graph as it was, and alive", () => {
    const { a, b, c, graph } = chain();
    thrownBy(() => graph.connect(c.outputs.out, a.inputs.n));
    expect(graph.edges).toHaveLength(2);
    const sheet = graph.sheet();
    sheet.set(a.inputs.n, 3);
    expect([sheet.value(b.outputs.out), sheet.value(c.outputs.out)]).toEqual([3, 3]);
    sheet.close();
  });

  test("as a circle through a node that is not in the graph yet is found", () => {
    const a = copy("a");
    const below = new FnNode(({ n }: N) => n, { name: "below", inputs: { n: a.outputs.out }, outputs: { out: null } });
    const graph = new Graph({ name: "Outside", nodes: [a] });
    expect(thrownBy(() => graph.connect(below.outputs.out, a.inputs.n))).toMatchObject({ code: "cycle" });
    expect(names(graph)).toEqual(["a"]);
  });

  test("brings no nodes along", () => {
    const [a, b] = [copy("a"), copy("b")];
    const below = new FnNode(({ n }: N) => n, { name: "below", inputs: { n: b.outputs.out }, outputs: { out: null } });
    const graph = new Graph({ name: "Unharmed", nodes: [a] });
    thrownBy(() => graph.connect(below.outputs.out, b.inputs.n));
    expect(names(graph)).toEqual(["a"]);
    thrownBy(() => graph.connect(copy("a").outputs.out, b.inputs.n));
    expect(names(graph)).toEqual(["a"]);
  });

  test.each<[string, unknown, unknown]>([
    ["from an input", copy("x").inputs.n, copy("y").inputs.n],
    ["into an output", copy("x").outputs.out, copy("y").outputs.out],
    ["from nothing", undefined, copy("y").inputs.n],
    ["from a port that does not exist", (copy("x").outputs as Record<string, unknown>).oot, copy("y").inputs.n],
    ["into a node", copy("x").outputs.out, copy("y")],
  ])("%s is an unknown port", (_, from, to) => {
    const graph = new Graph({ name: "Odd", nodes: [] });
    expect(thrownBy(() => graph.connect(from as never, to as never))).toMatchObject({ code: "unknown-port" });
    expect(graph.nodes).toEqual([]);
  });
});
