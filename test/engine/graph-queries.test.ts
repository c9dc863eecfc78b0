/** What a graph answers: order, entries, exits, edges, parts; and who runs by itself. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FnNode, Graph, type GraphError, type Node, ui } from "../../src/index.ts";
import { plainFn, thrownBy } from "../nodes/plain.ts";

type N = { n: number };
const named = (nodes: readonly Node[]) => nodes.map((node) => node.name);

/** A node that reads these, its ports named after them. */
function reader(name: string, above: readonly Node[]): Node {
  const inputs = Object.fromEntries(above.map((node) => [`from_${node.name}`, node.outputs.out]));
  return plainFn((_: object) => 0, { name, inputs, outputs: { out: null } });
}

//  a -> c -> d     e -> f     g
//  b ---^
function three() {
  const [a, b, e, g] = ["a", "b", "e", "g"].map((name) => reader(name, [])) as [Node, Node, Node, Node];
  const c = reader("c", [a, b]);
  const d = reader("d", [c]);
  const f = reader("f", [e]);
  return new Graph({ name: "Three parts", nodes: [d, f, g] });
}

describe("a graph tells", () => {
  test("its nodes, each after what it depends on, first declared first", () => {
    expect(named(three().nodes)).toEqual(["a", "b", "c", "d", "e", "f", "g"]);
  });

  test("where it begins and where it ends", () => {
    expect(named(three().entries)).toEqual(["a", "b", "e", "g"]);
    expect(named(three().exits)).toEqual(["d", "f", "g"]);
  });

  test("its edges, each with both ends", () => {
    const said = three().edges.map(({ from, to, kind }) => `${from.node.name} ${kind} ${to.node.name}.${to.name}`);
    expect(said).toEqual(["a plain c.from_a", "b plain c.from_b", "c plain d.from_c", "e plain f.from_e"]);
  });

  test("its parts, each in order", () => {
    expect(three().parts.map(named)).toEqual([["a", "b", "c", "d"], ["e", "f"], ["g"]]);
  });

  test("one edge for each input, though both read one output", () => {
    const a = reader("a", []);
    const f = plainFn(({ p, q }: { p: unknown; q: unknown }) => [p, q], {
      name: "f",
      inputs: { p: a.outputs.out, q: a.outputs.out },
      outputs: { out: null },
    });
    const graph = new Graph({ name: "Two ways", nodes: [f] });
    expect(graph.edges).toHaveLength(2);
    expect(named(graph.nodes)).toEqual(["a", "f"]);
  });

  test("an order that keeps every edge, whatever the graph and whichever nodes it was made of", () => {
    const plan = fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(plan, fc.infiniteStream(fc.nat()), (above, picks) => {
        const nodes: Node[] = [];
        for (const [i, list] of above.entries()) {
          const ups = i === 0 ? [] : [...new Set(list.map((n) => n % i))];
          nodes.push(
            reader(
              `n${i}`,
              ups.map((n) => nodes[n] as Node),
            ),
          );
        }
        const shuffled = nodes.map((node) => [picks.next().value, node] as const).sort((p, q) => p[0] - q[0]);
        const graph = new Graph({ name: "Any", nodes: shuffled.map(([, node]) => node) });
        const place = new Map(graph.nodes.map((node, i) => [node, i]));
        expect(place.size).toBe(nodes.length);
        for (const { from, to } of graph.edges) expect(place.get(from.node)).toBeLessThan(place.get(to.node) as number);
        expect(graph.parts.flat()).toHaveLength(nodes.length);
      }),
      { numRuns: 100 },
    );
  });
});

describe("who runs by itself", () => {
  const ran = (own: "auto" | "manual" | undefined, all: "auto" | "manual" | undefined) => {
    const f = new FnNode(({ n }: N) => n, {
      name: "f",
      ...(own !== undefined && { trigger: own }),
      inputs: { n: ui.number({ value: 1 }) },
      outputs: { out: ui.number() },
    });
    const sheet = new Graph({ name: "Triggers", nodes: [f], ...(all !== undefined && { trigger: all }) }).sheet();
    const kind = sheet.signal(f.outputs.out).kind;
    sheet.close();
    return kind === "ready";
  };

  test("is said by the node, else by its graph, else it is a function's default", () => {
    expect(ran(undefined, undefined)).toBe(true);
    expect(ran(undefined, "manual")).toBe(false);
    expect(ran("auto", "manual")).toBe(true);
    expect(ran("manual", "auto")).toBe(false);
    expect(ran("manual", undefined)).toBe(false);
  });

  test.each<[unknown, string | undefined]>([
    ["automatic", "auto"],
    ["Manual", "manual"],
    ["never", undefined],
    [null, undefined],
    [true, undefined],
  ])("cannot be said as %o: neither of a node nor of a graph", (word, meant) => {
    for (const wrong of [() => ran(word as "auto", undefined), () => ran(undefined, word as "auto")]) {
      const error = thrownBy(wrong) as GraphError;
      expect(error).toMatchObject({ name: "GraphError", code: "wrong-type", known: ["auto", "manual"] });
      expect(error.suggestion).toBe(meant);
    }
  });
});
