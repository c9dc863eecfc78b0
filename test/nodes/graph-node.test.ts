/** A graph as a node of another, as it is wired: its ports are the graph's named ones, and what is not given is kept. */
import { describe, expect, test } from "vitest";
import type { BaseNode } from "../../src/engine/base-node.ts";
import { FnNode, Graph, GraphNode, type Node, ui } from "../../src/index.ts";
import { thrownBy } from "./plain.ts";

/** `text, loud, mark -> say`, where only `loud` holds a value. */
function inner(options: { trigger?: "manual" } = {}) {
  const shown = ui.textbox({ label: "Said" });
  const say = new FnNode(({ text, loud, mark }: { text: string; loud: boolean; mark: string }) => text + loud + mark, {
    name: "say",
    inputs: { text: ui.textbox(), loud: ui.checkbox({ value: true }), mark: "!" },
    outputs: { said: shown },
    ...options,
  });
  const { text, loud, mark } = say.inputs;
  const graph = new Graph({
    name: "Speaker",
    nodes: [say],
    inputs: { text, loud, mark },
    outputs: { said: say.outputs.said },
  });
  return { graph, say, shown };
}
const base = (node: unknown) => node as BaseNode;
const source = new FnNode(() => "words", { name: "source", outputs: { text: ui.textbox() } });

describe("a graph's node", () => {
  test("has the graph's name, its named outputs as they look inside, and the graph", () => {
    const { graph, shown } = inner();
    const node = new GraphNode(graph);
    expect(node).toMatchObject({ kind: "graph", name: "Speaker" });
    expect(node.graph).toBe(graph);
    expect(Object.keys(node.outputs)).toEqual(["said"]);
    expect(node.outputs.said.component).toBe(shown);
    expect(new GraphNode(graph, { name: "Host" }).name).toBe("Host");
  });

  test("is fed like any node", () => {
    const { graph } = inner();
    const node = new GraphNode(graph, { inputs: { text: source.outputs.text, loud: false } });
    expect(base(node).inputs.text?.source).toMatchObject({ kind: "edge", from: source.outputs.text });
    expect(base(node).inputs.loud?.source).toEqual({ kind: "constant", value: false });
    expect(new Graph({ name: "Outer", nodes: [node] }).nodes.map(({ name }) => name)).toEqual(["source", "Speaker"]);
  });

  test("keeps what is not given: constants, and components with their values", () => {
    const { graph, say } = inner();
    const { inputs } = base(new GraphNode(graph));
    expect(inputs.mark?.source).toEqual({ kind: "constant", value: "!" });
    expect(inputs.loud?.component).toMatchObject({ kind: "checkbox", initial: true });
    expect(inputs.loud?.component).not.toBe(say.inputs.loud.component);
  });

  test("shares no component with another node of the same graph, but within itself what is shared inside", () => {
    const both = ui.textbox();
    const join = new FnNode(({ a, b }: { a: string; b: string }) => a + b, {
      inputs: { a: both, b: both },
      outputs: { out: null },
    });
    const graph = new Graph({ name: "Join", nodes: [join], inputs: { a: join.inputs.a, b: join.inputs.b } });
    const [first, second] = [new GraphNode(graph), new GraphNode(graph)].map((node) => base(node).inputs);
    expect(first?.a?.component).toBe(first?.b?.component);
    expect(first?.a?.component).not.toBe(second?.a?.component);
  });

  test("given a scattered port is scattered", () => {
    const list = new FnNode(() => ["a"], { name: "list", outputs: { items: ui.json<string[]>() } });
    const node = new GraphNode(inner().graph, { inputs: { text: list.outputs.items.each() } });
    expect([base(node).depth, node.outputs.said.depth]).toEqual([1, 1]);
  });

  test("shows a list that is scattered inside as one value", () => {
    const list = new FnNode(() => ["a"], { name: "list", outputs: { items: ui.json<string[]>() } });
    const say = new FnNode(({ t }: { t: string }) => t, {
      name: "say",
      inputs: { t: list.outputs.items.each() },
      outputs: { said: ui.textbox() },
    });
    const graph = new Graph({ name: "All", nodes: [say], outputs: { said: say.outputs.said } });
    expect(new GraphNode(graph).outputs.said).toMatchObject({ depth: 0, component: null });
  });

  test("waits to be asked when anything inside does, unless it is told otherwise", () => {
    const triggers = (node: unknown) => [base(node).trigger, base(node).usualTrigger];
    expect(triggers(new GraphNode(inner().graph))).toEqual([undefined, "auto"]);
    expect(triggers(new GraphNode(inner({ trigger: "manual" }).graph))).toEqual([undefined, "manual"]);
    expect(triggers(new GraphNode(inner({ trigger: "manual" }).graph, { trigger: "auto" }))[0]).toBe("auto");
  });
});

describe("its definition", () => {
  const print = (work: (inputs: { n: number }) => number, k: number) => {
    const step = new FnNode(work, { name: "step", inputs: { n: k }, outputs: { n: ui.number() } });
    const graph = new Graph({ name: "Inner", nodes: [step], outputs: { n: step.outputs.n } });
    return base(new GraphNode(graph)).definition;
  };
  const twice = ({ n }: { n: number }) => n * 2;

  test("is what runs inside and what feeds it", () => {
    expect(print(twice, 1)).toBe(print(twice, 1));
    expect(print(twice, 1)).not.toBe(print(twice, 2));
    expect(print(twice, 1)).not.toBe(print(({ n }) => n * 3, 1));
  });

  test("tells apart how ports were derived", () => {
    const list = () => new FnNode(() => [{ a: "1", b: "2" }], { name: "list", outputs: { items: ui.json() } });
    const of = (field: "a" | "b") => {
      const say = new FnNode(({ t }: { t: string }) => t, {
        name: "say",
        inputs: { t: list().outputs.items.each(field) },
        outputs: { said: ui.textbox() },
      });
      return base(new GraphNode(new Graph({ name: "Inner", nodes: [say] }))).definition;
    };
    expect(of("a")).toBe(of("a"));
    expect(of("a")).not.toBe(of("b"));
  });
});

describe("what is refused", () => {
  test("is an input that the graph does not name", () => {
    const error = thrownBy(() => new GraphNode(inner().graph, { inputs: { txt: "a" } as never }));
    expect(error).toMatchObject({ code: "unknown-input", node: "Speaker", port: "txt", suggestion: "text" });
  });

  test("is what is no graph", () => {
    expect(thrownBy(() => new GraphNode({} as never))).toMatchObject({ code: "wrong-type" });
  });

  test("is a graph within itself, however deep", () => {
    const { graph } = inner();
    const node = (of: Graph, name: string) => new GraphNode(of as never, { name }) as unknown as Node;
    const middle = new Graph({ name: "Middle", nodes: [node(graph as never, "deep")] });
    const before = graph.nodes;
    for (const within of [graph as unknown as Graph, middle]) {
      expect(thrownBy(() => graph.add(node(within, "self")))).toMatchObject({ code: "cycle", node: "self" });
    }
    expect(graph.nodes).toEqual(before);
  });
});
