/** Writing a graph: what it takes, what it numbers, and what it refuses with which words. */
import { describe, expect, test } from "vitest";
import { FnNode, Graph, GraphError, InputNode, type Node, ui } from "../../src/index.ts";
import { plainFn, thrownBy } from "../nodes/plain.ts";

type N = { n: number };
const copy = (name: string) =>
  new FnNode(({ n }: N) => n, { name, inputs: { n: ui.number({ value: 1 }) }, outputs: { out: ui.number() } });
const names = (graph: Graph) => graph.nodes.map((node) => node.name);

describe("a graph", () => {
  test.each([undefined, "", "  ", 5])("has a name, and %o is none", (name) => {
    expect(thrownBy(() => new Graph({ name: name as string, nodes: [] }))).toBeInstanceOf(GraphError);
  });

  test("says what it lacks when it is made of nothing", () => {
    expect(thrownBy(() => new Graph(undefined as never))).toMatchObject({ code: "missing-input" });
  });

  test("says so when its nodes are left out", () => {
    expect(thrownBy(() => new Graph({ name: "No nodes" } as never))).toBeInstanceOf(GraphError);
  });

  test("may begin with no nodes, and open so", async () => {
    const sheet = new Graph({ name: "Empty", nodes: [] }).sheet();
    expect(await sheet.runAll()).toEqual([]);
    await sheet.settled();
    sheet.close();
  });

  test("takes what nodes depend on along, from however far", () => {
    const first = copy("first");
    const second = new FnNode(({ n }: N) => n, {
      name: "second",
      inputs: { n: first.outputs.out },
      outputs: { o: null },
    });
    const third = new FnNode(({ n }: N) => n, { name: "third", inputs: { n: second.outputs.o }, outputs: { o: null } });
    expect(names(new Graph({ name: "Chain", nodes: [third] }))).toEqual(["first", "second", "third"]);
  });

  test("goes on being written: add and connect give it back", () => {
    const [a, b] = [copy("a"), copy("b")];
    const graph = new Graph({ name: "Chained", nodes: [] });
    expect(graph.add(a).add(b).connect(a.outputs.out, b.inputs.n)).toBe(graph);
    expect(names(graph)).toEqual(["a", "b"]);
  });

  test("takes a node that it has for nothing new", () => {
    const a = copy("a");
    expect(names(new Graph({ name: "Twice", nodes: [a, a] }).add(a))).toEqual(["a"]);
  });

  test.each<[unknown]>([[undefined], [null], ["a"], [{}], [copy("a").outputs.out]])("is not made of %o", (thing) => {
    expect(thrownBy(() => new Graph({ name: "Odd", nodes: [thing as Node] }))).toMatchObject({ code: "unknown-node" });
  });

  test("does not change while a sheet is open, nor after", () => {
    const [a, b] = [copy("a"), copy("b")];
    const graph = new Graph({ name: "Alive", nodes: [a] });
    graph.sheet().close();
    expect(thrownBy(() => graph.add(b))).toMatchObject({ code: "sheet-open" });
    expect(thrownBy(() => graph.connect(b.outputs.out, a.inputs.n))).toMatchObject({ code: "sheet-open" });
    expect(names(graph)).toEqual(["a"]);
  });
});

describe("names", () => {
  test("are numbered where none was given, in the order of the flow", () => {
    const anonymous = () =>
      plainFn(
        (
          () => () =>
            1
        )(),
        { outputs: { out: null } },
      );
    const [a, b, c] = [anonymous(), anonymous(), anonymous()];
    const graph = new Graph({ name: "Numbered", nodes: [a, b, c] });
    expect(new Set(names(graph)).size).toBe(3);
    expect(names(graph)).toEqual(["Function", "Function 2", "Function 3"]);
  });

  test("come from the function, and are numbered when equal", () => {
    const double = ({ n }: N) => n * 2;
    const doubled = () => new FnNode(double, { inputs: { n: 1 }, outputs: { out: null } });
    expect(names(new Graph({ name: "Doubles", nodes: [doubled(), doubled()] }))).toEqual(["double", "double 2"]);
  });

  test("that were chosen are kept, and the numbered ones make way", () => {
    const double = ({ n }: N) => n * 2;
    const free = new FnNode(double, { inputs: { n: 1 }, outputs: { out: null } });
    new Graph({ name: "Mixed", nodes: [free, copy("double"), copy("double 2")] });
    expect(free.name).toBe("double 3");
  });

  test("that were chosen twice are refused, whoever brought them along", () => {
    const below = new FnNode(({ n }: N) => n, {
      name: "same",
      inputs: { n: copy("same").outputs.out },
      outputs: { o: null },
    });
    const error = thrownBy(() => new Graph({ name: "Twins", nodes: [below] }));
    expect(error).toMatchObject({ code: "duplicate-name", node: "same" });
    expect((error as Error).message).toContain("'same'");
  });

  test("refused leave the graph as it was", () => {
    const graph = new Graph({ name: "As it was", nodes: [copy("a")] });
    thrownBy(() => graph.add(copy("b"), copy("a")));
    expect(names(graph)).toEqual(["a"]);
  });

  test("may be in any script, and stay distinct", () => {
    const all = [
      "é",
      "e\u0301",
      "水車",
      "🎡",
      "🎡🎡",
      "שלום",
      "A b",
      "a-b",
      "a b",
      "__proto__",
      "constructor",
      "\u202eabc",
    ];
    const graph = new Graph({ name: "世界", nodes: all.map(copy) });
    expect(names(graph)).toEqual(all);
  });

  test("go with the node into a second graph", () => {
    const double = ({ n }: N) => n * 2;
    const [a, b] = [1, 2].map((n) => new FnNode(double, { inputs: { n }, outputs: { out: null } }));
    new Graph({ name: "First", nodes: [a!, b!] });
    expect(names(new Graph({ name: "Second", nodes: [b!] }))).toEqual(["double 2"]);
  });
});

describe("an InputNode in a graph", () => {
  test("comes along with who reads it", () => {
    const scene = new InputNode({ name: "Scene", ports: { n: ui.number({ value: 3 }) } });
    const f = new FnNode(({ n }: N) => n, { name: "f", inputs: { n: scene.outputs.n }, outputs: { out: null } });
    expect(names(new Graph({ name: "Scenes", nodes: [f] }))).toEqual(["Scene", "f"]);
  });
});
