/** What a graph shows outside: its named inputs and outputs, and where its sheets are kept. */
import { describe, expect, test } from "vitest";
import { FnNode, Graph, ui } from "../../src/index.ts";
import { plainFn, thrownBy } from "../nodes/plain.ts";

type T = { text: string };
const step = (name: string, text: unknown = ui.textbox()) =>
  new FnNode(({ text }: T) => text, { name, inputs: { text: text as string }, outputs: { out: ui.textbox() } });

describe("a graph", () => {
  test("shows the ports that it names, and none when it names none", () => {
    const a = step("a");
    const b = step("b", a.outputs.out);
    const graph = new Graph({
      name: "Named",
      nodes: [b],
      inputs: { words: a.inputs.text },
      outputs: { half: a.outputs.out, all: b.outputs.out },
    });
    expect(graph.inputs).toEqual({ words: a.inputs.text });
    expect(Object.keys(graph.outputs)).toEqual(["half", "all"]);
    expect(graph.outputs.all).toBe(b.outputs.out);
    expect(new Graph({ name: "Quiet", nodes: [b] })).toMatchObject({ inputs: {}, outputs: {} });
  });

  test("names no port of a node that it has not", () => {
    const [a, b] = [step("a"), step("b")];
    const error = thrownBy(() => new Graph({ name: "G", nodes: [a], outputs: { out: b.outputs.out } }));
    expect(error).toMatchObject({ code: "unknown-port", node: "b", port: "out", known: ["a"] });
    expect((error as Error).message).toContain("'b' is not one of its nodes");
  });

  test("names no input that an edge feeds, nor lets one be drawn to it later", () => {
    const a = step("a");
    const b = step("b", a.outputs.out);
    const error = thrownBy(() => new Graph({ name: "G", nodes: [b], inputs: { text: b.inputs.text } }));
    expect(error).toMatchObject({ code: "fed-by-edge", node: "b", port: "text" });
    expect((error as Error).message).toContain("a.out");
    const graph = new Graph({ name: "G", nodes: [a], inputs: { words: a.inputs.text } });
    const later = thrownBy(() => graph.connect(step("c").outputs.out, a.inputs.text));
    expect(later).toMatchObject({ code: "second-edge", node: "a" });
    expect((later as Error).message).toContain("'words'");
    expect(graph.nodes).toHaveLength(1);
  });

  test.each<[string, object]>([
    ["an output as an input", { inputs: { x: step("x").outputs.out } }],
    ["an input as an output", { outputs: { x: step("x").inputs.text } }],
    ["a component as an input", { inputs: { x: ui.textbox() } }],
    ["a node as an output", { outputs: { x: step("x") } }],
    ["a port that does not exist", { outputs: { x: undefined } }],
    ["no names at all", { outputs: "out" }],
  ])("takes %s for a mistake", (_, named) => {
    const error = thrownBy(() => new Graph({ name: "G", nodes: [], ...named } as never));
    expect(error).toMatchObject({ code: "unknown-port" });
    expect((error as Error).message).toContain("e.g.");
  });
});

describe("where sheets are saved", () => {
  const keyOf = (name: string, persistKey?: unknown) =>
    new Graph({ name, nodes: [], ...(persistKey === undefined ? {} : { persistKey: persistKey as string }) })
      .persistKey;

  test.each([
    ["Postcard", "postcard"],
    ["My  Graph / v2!", "my-graph-v2"],
    ["../../etc", "etc"],
    ["水車", "水車"],
    ["???", "graph"],
    ["Ångström", "ångström"],
  ])("is a slug of %o", (name, slug) => {
    expect(keyOf(name)).toBe(slug);
  });

  test("is the author's word, or nowhere", () => {
    expect(keyOf("A", "my-key_2.1")).toBe("my-key_2.1");
    expect(keyOf("A", false)).toBe(false);
  });

  test.each([[""], ["../up"], ["a/b"], [".hidden"], ["a\\b"], ["a\0"], [true], [5]])("is never %o", (key) => {
    expect(thrownBy(() => keyOf("A", key))).toMatchObject({ code: "wrong-type" });
  });
});

describe("an edge drawn afterwards", () => {
  test("is plain: a scattered output is given where the node is made", () => {
    const list = plainFn(() => ["a"], { name: "list", outputs: { items: ui.json() } });
    const items = list.outputs.items as unknown as { each(): never };
    const b = step("b");
    const error = thrownBy(() => new Graph({ name: "G", nodes: [] }).connect(items.each(), b.inputs.text));
    expect(error).toMatchObject({ code: "wrong-type", node: "b", port: "text" });
    expect((error as Error).message).toContain(".all()");
  });
});
