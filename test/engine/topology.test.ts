/** The order and the parts of very long graphs, and the naming of very many nodes: no recursion, no squares. */
import { describe, expect, test } from "vitest";
import { inOrder, partsOf } from "../../src/engine/topology.ts";
import { Graph, GraphError, type Node } from "../../src/index.ts";
import { plainFn, thrownBy } from "../nodes/plain.ts";

interface Bare {
  readonly name: string;
  readonly above: Bare[];
}
const long = 10_000;

/** `0 -> 1 -> 2 -> ...` */
function chain(length: number): Bare[] {
  const nodes: Bare[] = [];
  for (let i = 0; i < length; i++) nodes.push({ name: String(i), above: i === 0 ? [] : [nodes[i - 1] as Bare] });
  return nodes;
}

describe("the order", () => {
  test("of a chain of 10,000 is found from either end", () => {
    const nodes = chain(long);
    expect(inOrder(nodes, (node) => node.above)).toEqual(nodes);
    expect(inOrder([...nodes].reverse(), (node) => node.above)).toEqual(nodes);
  });

  test("of a ladder, where paths are many as stars, is found in one walk", () => {
    const nodes: Bare[] = [];
    for (let i = 0; i < 200; i++) nodes.push({ name: String(i), above: nodes.slice(-2) });
    let asked = 0;
    const ordered = inOrder(nodes.toReversed(), (node) => {
      asked++;
      return node.above;
    });
    expect(ordered).toEqual(nodes);
    expect(asked).toBe(200);
  });

  test("of a circle of 10,000 is none, and every node of it is named", () => {
    const nodes = chain(long);
    nodes[0]!.above.push(nodes[long - 1]!);
    const error = thrownBy(() => inOrder(nodes, (node) => node.above));
    expect(error).toBeInstanceOf(GraphError);
    expect((error as Error).message.split(" -> ")).toHaveLength(long + 1);
  });

  test("of a long tail into a circle names the circle alone", () => {
    const nodes = chain(100);
    nodes[90]!.above.push(nodes[95]!);
    const error = thrownBy(() => inOrder(nodes, (node) => node.above));
    expect((error as Error).message.split(" -> ")).toHaveLength(7);
  });
});

describe("the parts", () => {
  test("of a chain of 10,000 are one, of 10,000 lone nodes 10,000", () => {
    const nodes = chain(long);
    const edges = nodes.slice(1).map((node) => ({ from: { node: node.above[0]! }, to: { node } }));
    expect(partsOf(nodes, edges)).toEqual([nodes]);
    expect(partsOf(nodes, edges.toReversed())).toEqual([nodes]);
    expect(partsOf(nodes, [])).toHaveLength(long);
  });
});

describe("a graph of 10,000 nodes", () => {
  const one = () => 1;
  const made = () => plainFn(one, { outputs: { out: null } });

  test("numbers as many equal names, each once", () => {
    const nodes: Node[] = Array.from({ length: long }, made);
    const graph = new Graph({ name: "Crowd", nodes });
    expect(new Set(graph.nodes.map((node) => node.name)).size).toBe(long);
    expect(nodes.at(-1)?.name).toMatch(/^one( \d+)?$/);
    expect(graph.parts).toHaveLength(long);
  }, 5_000);

  test("may be listed at any length", () => {
    const list = Array<Node>(300_000).fill(made());
    expect(new Graph({ name: "Long list", nodes: list }).nodes).toHaveLength(1);
  });

  test("is drawn edge by edge", () => {
    const nodes = Array.from({ length: 2_000 }, (_, i) =>
      plainFn(({ n }: { n: number }) => n, { name: `n${i}`, inputs: { n: 0 }, outputs: { out: null } }),
    );
    const graph = new Graph({ name: "Drawn", nodes });
    nodes.slice(1).forEach((node, i) => {
      graph.connect(nodes[i]?.outputs.out as never, node.inputs.n as never);
    });
    expect(graph.edges).toHaveLength(1_999);
    expect(graph.nodes).toEqual(nodes);
  }, 10_000);
});
