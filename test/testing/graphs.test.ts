/** Random graphs: all that they promise to contain is there, they shrink, and each function gives the same twice. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { baseOf } from "../../src/engine/base-node.ts";
import type { InPort } from "../../src/engine/port.ts";
import type { Node, Sheet } from "../../src/index.ts";
import { evaluate, graphs, type RandomGraph } from "../../src/testing.ts";

type AnyGraph = Sheet["graph"];
const drawn = (options?: Parameters<typeof graphs>[0], numRuns = 300) =>
  fc.sample(graphs(options), { numRuns, seed: 1 });
const many = drawn();

/** The longest way through a graph, in nodes. */
function depth(graph: AnyGraph): number {
  const depths = new Map<Node, number>();
  for (const node of graph.nodes) {
    const above = graph.edges.filter(({ to }) => to.node === node).map(({ from }) => depths.get(from.node) ?? 0);
    depths.set(node, 1 + Math.max(0, ...above));
  }
  return Math.max(...depths.values());
}
const feeds = (node: Node) => Object.values(node.inputs).filter((port) => port.component === null).length;
const readers = (graph: AnyGraph, node: Node) =>
  new Set(graph.edges.filter(({ from }) => from.node === node).map(({ to }) => to.node)).size;
/** A node that reads another on two ways. */
function diamond(graph: AnyGraph): boolean {
  return graph.nodes.some((node) => {
    const direct = graph.edges.filter(({ to }) => to.node === node).map(({ from }) => from.node);
    return (
      new Set(direct).size > 1 &&
      direct.some((one) =>
        direct.some(
          (other) => other !== one && graph.edges.some(({ from, to }) => from.node === one && to.node === other),
        ),
      )
    );
  });
}
const shared = ({ graph, inputs }: RandomGraph) =>
  inputs.some(
    (input) =>
      graph.nodes.filter((node) => Object.values(node.inputs).some((port) => port.component === input.component))
        .length > 1,
  );

const scattered = (graph: AnyGraph, node: Node) =>
  graph.edges.filter(({ from, to }) => to.node === node && from.depth > 0).length;
const fedBy = (graph: AnyGraph, kind: string) =>
  graph.nodes.some((node) => Object.values(baseOf(node).inputs).some((port) => graph.sourceOf(port).kind === kind));
const gathers = (graph: AnyGraph, port: InPort) => {
  const source = graph.sourceOf(port);
  return source.kind === "edge" && source.from.origin?.kind === "all";
};
const sharing = (all: readonly unknown[]) => new Set(all).size < all.length;

test.each<[string, (random: RandomGraph) => boolean]>([
  ["diamonds", ({ graph }) => diamond(graph)],
  ["deep chains", ({ graph }) => depth(graph) >= 10],
  ["wide joins", ({ graph }) => graph.nodes.some((node) => feeds(node) >= 8)],
  ["wide forks", ({ graph }) => graph.nodes.some((node) => readers(graph, node) >= 4)],
  [
    "several outputs",
    ({ graph }) => graph.nodes.some((node) => node.kind === "fn" && Object.keys(node.outputs).length > 1),
  ],
  ["shared components", shared],
  ["input nodes", ({ graph }) => graph.nodes.some((node) => node.kind === "input")],
  ["scattered nodes", ({ graph }) => graph.nodes.some((node) => baseOf(node).depth > 0)],
  ["lists of lists, scattered twice", ({ graph }) => graph.nodes.some((node) => baseOf(node).depth > 1)],
  ["two scattered inputs that zip", ({ graph }) => graph.nodes.some((node) => scattered(graph, node) > 1)],
  [
    "lists that are gathered",
    ({ graph }) => graph.nodes.some((node) => Object.values(baseOf(node).inputs).some((port) => gathers(graph, port))),
  ],
  [
    "items that may fail and are left out",
    ({ graph }) => graph.nodes.some((node) => baseOf(node).onItemError === "skip"),
  ],
  ["choices", ({ graph }) => graph.nodes.some((node) => node.kind === "choice")],
  ["graphs inside", ({ graph }) => graph.nodes.some((node) => baseOf(node).graph)],
  ["scattered graphs inside", ({ graph }) => graph.nodes.some((node) => baseOf(node).graph && baseOf(node).depth > 0)],
  ["steps for a person", ({ graph }) => graph.nodes.some((node) => node.kind === "interaction")],
  ["constants", ({ graph }) => fedBy(graph, "constant")],
  ["callables", ({ graph }) => fedBy(graph, "callable")],
  ["lanes of their own", ({ graph }) => graph.nodes.some((node) => baseOf(node).lane)],
  ["a lane that nodes share", ({ graph }) => sharing(graph.nodes.flatMap((node) => baseOf(node).lane ?? []))],
  ["retries", ({ graph }) => graph.nodes.some((node) => baseOf(node).retries !== undefined)],
  ["timeouts", ({ graph }) => graph.nodes.some((node) => baseOf(node).timeout !== undefined)],
  ["fallbacks", ({ graph }) => graph.nodes.some((node) => baseOf(node).fallback !== undefined)],
  ["functions that never answer from memory", ({ graph }) => graph.nodes.some((node) => !baseOf(node).remember)],
  ["several parts", ({ graph }) => graph.parts.length > 1],
  ["one node alone", ({ graph }) => graph.nodes.length === 1],
])("some are with %s", (_what, has) => {
  expect(many.filter(has).length).toBeGreaterThan(5);
});

test("some nodes fail, some wait to be asked, some are asynchronous; and as options say, none fails or is", async () => {
  const kinds = async (options: Parameters<typeof graphs>[0]) => {
    const seen = new Set<string>();
    for (const { graph } of drawn(options, 100)) {
      const sheet = graph.sheet();
      const look = () => {
        for (const node of graph.nodes)
          for (const port of Object.values(node.outputs)) seen.add(sheet.signal(port).kind);
      };
      look();
      await sheet.settled();
      look();
    }
    return seen;
  };
  expect(await kinds({})).toEqual(new Set(["ready", "stale", "empty", "pending", "failed"]));
  const calm = { async: false, failures: false, scatter: false, people: false };
  expect(await kinds(calm)).toEqual(new Set(["ready", "stale", "empty"]));
});

test("none has more nodes than asked for, and some have as many", () => {
  expect(Math.max(...many.map(({ graph }) => graph.nodes.length))).toBe(20);
  expect(Math.max(...drawn({ maxNodes: 3 }).map(({ graph }) => graph.nodes.length))).toBe(3);
});

test("its inputs can be set, each component once; its outputs are those that none reads", () => {
  for (const { graph, inputs, outputs } of many) {
    const sheet = graph.sheet();
    for (const input of inputs) sheet.set(input, 7);
    expect(inputs.map((input) => sheet.value(input))).toEqual(inputs.map(() => 7));
    expect(new Set(inputs.map((input) => input.component)).size).toBe(inputs.length);
    expect(outputs.map((port) => port.node)).toEqual(
      graph.exits.flatMap((node) => Object.values(node.outputs).map(() => node)),
    );
    sheet.close();
  }
});

test("its functions give the same twice", async () => {
  for (const { graph } of many.slice(0, 100)) {
    const sheet = graph.sheet();
    await sheet.settled();
    const [first, second] = [await evaluate(sheet), await evaluate(sheet)];
    for (const node of graph.nodes)
      for (const port of Object.values(node.outputs)) expect(second.value(port)).toEqual(first.value(port));
  }
});

test("they shrink to few nodes that still fail", () => {
  const { counterexample } = fc.check(
    fc.property(graphs(), ({ graph }) => graph.edges.length < 3),
    { seed: 1 },
  );
  expect(counterexample?.[0].graph.nodes.length).toBeLessThanOrEqual(6);
});

test("they are printed node by node", () => {
  expect(fc.stringify(drawn({ maxNodes: 2 }, 20))).toMatch(/graph \{ n0\(.*\).*; n1\(n0\.[abc].*\).* \}/);
});
