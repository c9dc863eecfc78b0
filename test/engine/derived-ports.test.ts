/** Ports derived by `each` and `all`: how deep they are, that the same is the same, and what is refused with which words. */
import { describe, expect, test } from "vitest";
import type { BaseNode } from "../../src/engine/base-node.ts";
import type { OutPort } from "../../src/engine/port.ts";
import { FnNode, Graph, type Node, ui } from "../../src/index.ts";
import { plainFn, thrownBy } from "../nodes/plain.ts";

type Line = { speaker: string; text: string };
const lines = () => new FnNode((): Line[] => [], { name: "script", outputs: { lines: ui.json<Line[]>() } });
const behind = (port: unknown) => port as OutPort;
const depthOf = (node: Node) => (node as unknown as BaseNode).depth;

describe("a derived port", () => {
  test("is one level deeper or higher, and says what it is derived from", () => {
    const port = behind(lines().outputs.lines);
    const each = port.each("text");
    expect(port).toMatchObject({ depth: 0, origin: undefined });
    expect(each).toMatchObject({ depth: 1, name: "lines", origin: { kind: "each", field: "text" } });
    expect(each.origin?.of).toBe(port);
    expect(each.all()).toMatchObject({ depth: 0, origin: { kind: "all" } });
    expect(each.all().origin?.of).toBe(each);
    expect([port, each, each.all().each()].map((one) => one.root)).toEqual([port, port, port]);
  });

  test("asked for twice is the very same, and of another field another", () => {
    const port = behind(lines().outputs.lines);
    expect(port.each()).toBe(port.each());
    expect(port.each("text")).toBe(port.each("text"));
    expect(port.each("text").all()).toBe(port.each("text").all());
    expect(new Set([port.each(), port.each("text"), port.each("speaker"), port.each("all")]).size).toBe(4);
  });

  test("may take a field by its number", () => {
    expect(behind(lines().outputs.lines).each(0)).toMatchObject({ depth: 1, origin: { field: "0" } });
  });
});

describe("what is refused", () => {
  test("is to gather what was never scattered", () => {
    const error = thrownBy(() => behind(lines().outputs.lines).all());
    expect(error).toMatchObject({ code: "wrong-type", node: "script", port: "lines" });
    expect((error as Error).message).toContain("give the port itself, without .all()");
  });

  test("is to scatter what its component says is no list, scattered already or not", () => {
    const count = new FnNode(() => 3, { name: "count", outputs: { n: ui.number() } });
    const each = plainFn((_: object) => 0, {
      inputs: { x: lines().outputs.lines.each() },
      outputs: { n: ui.number() },
    });
    for (const { outputs } of [count, each]) {
      const error = thrownBy(() => behind(outputs.n).each());
      expect(error).toMatchObject({ code: "wrong-type", port: "n" });
      expect((error as Error).message).toContain("takes a number and no list");
    }
  });

  test("is a field that rows do not have", () => {
    const items = ui.itemList({ speaker: ui.textbox(), text: ui.textbox() });
    const script = new FnNode((): Line[] => [], { name: "script", outputs: { items } });
    expect(behind(script.outputs.items).each("text")).toMatchObject({ depth: 1 });
    const error = thrownBy(() => behind(script.outputs.items).each("txt"));
    expect(error).toMatchObject({
      code: "unknown-port",
      port: "items",
      known: ["speaker", "text"],
      suggestion: "text",
    });
  });

  test("is to scatter a fourth time", () => {
    const error = thrownBy(() => behind(lines().outputs.lines).each().each().each().each());
    expect(error).toMatchObject({ code: "wrong-type", port: "lines" });
    expect((error as Error).message).toContain("lines.all().each()");
  });

  test.each([[{}], [null], [() => "text"], [Symbol("text")]])("is a field that is no name: %o", (field) => {
    const error = thrownBy(() => behind(lines().outputs.lines).each(field as never));
    expect(error).toMatchObject({ code: "wrong-type" });
    expect((error as Error).message).toContain('.each("text")');
  });
});

describe("a node", () => {
  test("is as deep as its deepest edge, and so are its outputs", () => {
    const script = lines();
    const node = plainFn((_: object) => 0, {
      inputs: { all: script.outputs.lines, one: script.outputs.lines.each(), k: 1, shown: ui.number() },
      outputs: { out: null },
    });
    const below = plainFn((_: object) => 0, { inputs: { x: node.outputs.out }, outputs: { out: null } });
    const gathered = plainFn((_: object) => 0, {
      inputs: { x: behind(node.outputs.out).all() },
      outputs: { out: null },
    });
    const nested = plainFn((_: object) => 0, {
      inputs: { x: behind(node.outputs.out).each() },
      outputs: { out: null },
    });
    expect([script, node, below, gathered, nested].map(depthOf)).toEqual([0, 1, 1, 0, 2]);
    expect([node, below, gathered, nested].map(({ outputs }) => outputs.out?.depth)).toEqual([1, 1, 0, 2]);
  });

  test("that runs once per item needs an output", () => {
    const inputs = { line: lines().outputs.lines.each() };
    const error = thrownBy(() => plainFn((_: object) => 0, { name: "say", inputs, outputs: {} }));
    expect(error).toMatchObject({ code: "unknown-port", node: "say" });
    expect((error as Error).message).toContain("outputs: { done: null }");
  });
});

describe("an edge", () => {
  test("tells the output that it leaves, and whether lists are taken apart or put together", () => {
    const script = lines();
    const say = new FnNode(({ text }: { text: string }) => text, {
      name: "say",
      inputs: { text: script.outputs.lines.each("text") },
      outputs: { audio: null },
    });
    const louder = new FnNode(({ a, line }: { a: string; line: Line }) => a + line.text, {
      name: "louder",
      inputs: { a: say.outputs.audio, line: script.outputs.lines.each() },
      outputs: { audio: null },
    });
    const join = new FnNode(({ clips }: { clips: string[] }) => clips.join(), {
      name: "join",
      inputs: { clips: louder.outputs.audio.all() },
      outputs: { all: null },
    });
    const graph = new Graph({ name: "Podcast", nodes: [join] });
    expect(graph.edges).toEqual([
      { from: script.outputs.lines, to: say.inputs.text, kind: "scatter", field: "text" },
      { from: say.outputs.audio, to: louder.inputs.a, kind: "plain" },
      { from: script.outputs.lines, to: louder.inputs.line, kind: "scatter" },
      { from: louder.outputs.audio, to: join.inputs.clips, kind: "gather" },
    ]);
    expect(graph.nodes.map(({ name }) => name)).toEqual(["script", "say", "louder", "join"]);
    expect(graph.parts).toHaveLength(1);
  });
});
