/** A choice as it is wired: what it shows of its variants, how it comes along into a graph, and what is refused. */
import { describe, expect, test } from "vitest";
import type { BaseNode } from "../../src/engine/base-node.ts";
import { ChoiceNode, FnNode, Graph, type Node, type OutputPort, ui } from "../../src/index.ts";
import { plainFn, thrownBy } from "./plain.ts";

const voice = (name: string, outputs: object = { audio: ui.textbox() }, inputs: object = {}) =>
  plainFn((_: object) => "", { name, inputs, outputs });
const names = (nodes: readonly Node[]) => nodes.map((node) => node.name);
const choose = (...variants: unknown[]) => new ChoiceNode(variants as never);

describe("a choice", () => {
  test("has the outputs that all its variants have, as the first one shows them", () => {
    const shown = ui.textbox({ label: "First" });
    const a = voice("a", { audio: shown, length: null, extra: null });
    const b = voice("b", { length: ui.number(), audio: ui.textbox() });
    const choice = new ChoiceNode([a, b], { name: "Voice" });
    expect(choice).toMatchObject({ kind: "choice", name: "Voice" });
    expect(Object.keys(choice.outputs)).toEqual(["audio", "length"]);
    expect((choice.outputs as Node["outputs"]).audio?.component).toBe(shown);
    expect((choice.outputs as Node["outputs"]).length?.component).toBeNull();
    expect(choice.variants).toEqual([a, b]);
  });

  test("is made by or, and of three it is one, not one within one", () => {
    const [a, b, c] = [voice("a"), voice("b"), voice("c")];
    const pair = a.or(b);
    const three = pair.or(c, { name: "Voice" });
    expect([pair.name, names(pair.variants)]).toEqual(["a or b", ["a", "b"]]);
    expect([three.name, names(three.variants)]).toEqual(["Voice", ["a", "b", "c"]]);
    expect(a.or(b, { name: "Kept" }).or(c).name).toBe("Kept");
    expect(a.or(b).or(c).name).toBe("a, b or c");
  });

  test("may have a choice among its variants", () => {
    const inner = voice("b").or(voice("c"), { name: "inner" });
    expect(names(voice("a").or(inner).variants)).toEqual(["a", "inner"]);
  });

  test("of scattered variants is scattered as often", () => {
    const list = plainFn(() => [], { name: "list", outputs: { items: ui.json() } });
    const each = (list.outputs.items as unknown as { each(): unknown }).each();
    const choice = choose(voice("a", undefined, { x: each }), voice("b", undefined, { x: each }));
    expect((choice as unknown as BaseNode).depth).toBe(1);
    expect((choice.outputs as Node["outputs"]).audio?.depth).toBe(1);
  });
});

describe("in a graph", () => {
  //  source -> a -+
  //            b -+- Voice -> say
  const drawn = () => {
    const source = voice("source");
    const a = voice("a", undefined, { x: source.outputs.audio });
    const b = voice("b");
    const choice = a.or(b, { name: "Voice" });
    const say = voice("say", undefined, { x: (choice.outputs as Node["outputs"]).audio });
    return { a, b, source, say, graph: new Graph({ name: "Talk", nodes: [say] }) };
  };

  test("its variants and what they need come along, and stand before it", () => {
    expect(names(drawn().graph.nodes)).toEqual(["source", "a", "b", "Voice", "say"]);
  });

  test("its variants are no exits, it is no entry, and all are one part", () => {
    const { graph } = drawn();
    expect(names(graph.exits)).toEqual(["say"]);
    expect(names(graph.entries)).toEqual(["source", "b"]);
    expect(graph.parts.map(names)).toEqual([["source", "a", "b", "Voice", "say"]]);
  });

  test("a circle through a variant is a circle", () => {
    const a = new FnNode(({ x }: { x: string }) => x, {
      name: "a",
      inputs: { x: "" },
      outputs: { audio: ui.textbox() },
    });
    const b = new FnNode(() => "", { name: "b", outputs: { audio: ui.textbox() } });
    const choice = a.or(b, { name: "Voice" });
    const say = new FnNode(({ x }: { x: string }) => x, {
      name: "say",
      inputs: { x: choice.outputs.audio },
      outputs: { audio: ui.textbox() },
    });
    const graph = new Graph({ name: "Round", nodes: [say] });
    const error = thrownBy(() => graph.connect(say.outputs.audio, a.inputs.x));
    expect(error).toMatchObject({ code: "cycle" });
    expect((error as Error).message).toContain("'a' -> 'Voice' -> 'say' -> 'a'");
  });

  test("a circle is found though the variant's choice was drawn last", () => {
    const a = new FnNode(({ x }: { x: string }) => x, {
      name: "a",
      inputs: { x: "" },
      outputs: { audio: ui.textbox() },
    });
    const b = new FnNode(() => "", { name: "b", outputs: { audio: ui.textbox() } });
    const choice = a.or(b, { name: "Voice" });
    const graph = new Graph({ name: "Round", nodes: [a] });
    expect(thrownBy(() => graph.connect(choice.outputs.audio, a.inputs.x))).toMatchObject({ code: "cycle" });
    expect(names(graph.nodes)).toEqual(["a"]);
  });
});

describe("what is refused", () => {
  test("is a choice of nodes that have no output in common, and it says which each has", () => {
    const error = thrownBy(() =>
      choose(voice("a", { audio: null, x: null }), voice("b", { sound: null }), voice("c", {})),
    );
    expect(error).toMatchObject({ code: "no-common-output" });
    expect((error as Error).message).toContain("'a' has 'audio', 'x'; 'b' has 'sound'; 'c' has none");
  });

  test("is a choice between a scattered and a plain node", () => {
    const list = plainFn(() => [], { name: "list", outputs: { items: ui.json() } });
    const each = (list.outputs.items as unknown as { each(): unknown }).each();
    const error = thrownBy(() => choose(voice("a"), voice("b", undefined, { x: each })));
    expect(error).toMatchObject({ code: "wrong-type", port: "audio" });
    expect((error as Error).message).toContain("not scattered in 'a' and scattered once in 'b'");
  });

  test("is a choice of one, of none, and of the same twice", () => {
    const a = voice("a");
    expect(thrownBy(() => choose(a))).toMatchObject({ code: "missing-input" });
    expect(thrownBy(() => new ChoiceNode(undefined as never))).toMatchObject({ code: "missing-input" });
    expect(thrownBy(() => choose(a, voice("b"), a))).toMatchObject({ code: "duplicate-name", node: "a" });
  });

  test.each<[unknown]>([[undefined], ["b"], [{}], [voice("x").outputs.audio]])("is %o as a variant", (thing) => {
    expect(thrownBy(() => choose(voice("a"), thing))).toMatchObject({ code: "unknown-node" });
    expect(thrownBy(() => voice("a").or(thing as never))).toMatchObject({ code: "unknown-node" });
  });
});

describe("what a choice may hold", () => {
  const long = (name: string, maximum: number) => voice(name, { length: ui.slider({ minimum: 0, maximum }) });
  const choice = new ChoiceNode([long("short", 5), long("long", 90)] as never) as unknown as Node;
  const length = (choice.outputs as unknown as Record<"length", OutputPort<number>>).length;

  test("is what any of its variants may give", () => {
    const sheet = new Graph({ name: "Lengths", nodes: [choice] }).sheet();
    sheet.pin(length, 80);
    expect(sheet.value(length)).toBe(80);
  });

  test("and nothing else", () => {
    const sheet = new Graph({ name: "Lengths", nodes: [choice] }).sheet();
    expect(thrownBy(() => sheet.pin(length, 91))).toMatchObject({ code: "wrong-type" });
  });
});
