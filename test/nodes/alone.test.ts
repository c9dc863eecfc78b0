/** `node.test()`: a node alone, with what it is given, else with what its inputs show. */
import { describe, expect, test } from "vitest";
import {
  Approve,
  ChooseOne,
  type Failure,
  FailureError,
  FileRef,
  FnNode,
  Graph,
  GraphError,
  GraphNode,
  ImageInput,
  InputNode,
  TextInput,
  ui,
} from "../../src/index.ts";
import { plainFn } from "./plain.ts";

const rejection = (tried: Promise<unknown>) =>
  tried.then(
    () => new Error("It was fulfilled."),
    (error: unknown) => error,
  );
const failureIn = async (tried: Promise<unknown>): Promise<Failure> =>
  ((await rejection(tried)) as FailureError).failure;

const shorten = new FnNode(({ text, max = 100 }) => text.split(/\s+/).slice(0, max).join(" "), {
  name: "Shorten",
  inputs: { text: ui.textbox({ value: "one two three" }), max: ui.slider({ minimum: 1, maximum: 5, value: 2 }) },
  outputs: { summary: ui.textbox() },
});

describe("a function's node", () => {
  test("takes what it is given, and else what its components hold", async () => {
    expect(await shorten.test()).toEqual({ summary: "one two" });
    expect(await shorten.test({ text: "a b c d", max: 3 })).toEqual({ summary: "a b c" });
    expect(await shorten.test({ max: 1 })).toEqual({ summary: "one" });
  });

  test("takes examples where its components hold nothing", async () => {
    const node = new FnNode((inputs: { text: string; n: number; image: FileRef }) => inputs, {
      inputs: { text: ui.textbox(), n: ui.number({ minimum: 7 }), image: ui.image() },
      outputs: { text: null, n: null, image: null },
    });
    const { text, n, image } = await node.test();
    expect([typeof text, n]).toEqual(["string", 7]);
    expect(image).toMatchObject({ type: "image/png" });
  });

  test("keeps its constants and calls its callables once", async () => {
    let calls = 0;
    const node = new FnNode((inputs: { k: string; c: number; p: number }) => inputs, {
      inputs: { k: "kept", c: () => ++calls, p: async () => 5 },
      outputs: { k: null, c: null, p: null },
    });
    expect(await node.test()).toEqual({ k: "kept", c: 1, p: 5 });
    expect(await node.test({ c: 9 })).toEqual({ k: "kept", c: 9, p: 5 });
    expect(calls).toBe(1);
  });

  test("fed by an edge takes an example of what feeds it, and runs nothing above", async () => {
    let above = 0;
    const source = new FnNode(() => `${++above}`, { name: "source", outputs: { text: ui.textbox() } });
    const below = new FnNode(({ text }: { text: string }) => text.length, {
      name: "below",
      inputs: { text: source.outputs.text },
      outputs: { length: null },
    });
    expect(await below.test()).toEqual({ length: "Some text".length });
    expect(above).toBe(0);
  });

  test("fed by a hidden output wants a value, and says so", async () => {
    const source = new FnNode(() => 5, { name: "source", outputs: { hidden: null } });
    const below = new FnNode(({ n }: { n: number }) => n * 2, {
      name: "below",
      inputs: { n: source.outputs.hidden },
      outputs: { twice: null },
    });
    const error = await rejection(below.test());
    expect(error).toMatchObject({ code: "missing-input", node: "below", port: "n" });
    expect((error as Error).message).toContain("test({ n: ... })");
    expect(await below.test({ n: 4 })).toEqual({ twice: 8 });
  });

  test("scattered runs on one item", async () => {
    let runs = 0;
    const script = new FnNode((): never => [] as never, {
      name: "script",
      outputs: { lines: ui.itemList({ speaker: ui.dropdown({ choices: ["Host", "Guest"] }), text: ui.textbox() }) },
    });
    const say = new FnNode(
      ({ who, text }: { who: string; text: string }) => {
        runs++;
        return `${who}: ${text}`;
      },
      {
        name: "say",
        inputs: { who: script.outputs.lines.each("speaker"), text: script.outputs.lines.each("text") },
        outputs: { said: ui.textbox() },
      },
    );
    const join = new FnNode(({ all }: { all: string[] }) => all.join(), {
      name: "join",
      inputs: { all: say.outputs.said.all() },
      outputs: { text: ui.textbox() },
    });
    expect(await say.test()).toEqual({ said: "Host: Some text" });
    expect(await say.test({ who: "Guest" })).toEqual({ said: "Guest: Some text" });
    expect(await join.test()).toEqual({ text: "Some text" });
    expect(runs).toBe(2);
  });

  test("hands a function a value that would pass for a callable or a component", async () => {
    const node = plainFn(({ f }: { f: unknown }) => [f], { inputs: { f: ui.json() }, outputs: { out: null } });
    const callable = () => 5;
    const component = ui.textbox();
    expect(await node.test({ f: callable })).toEqual({ out: [callable] });
    expect(await node.test({ f: component })).toEqual({ out: [component] });
  });

  test("makes files of what is returned, and checks it", async () => {
    const draw = new FnNode(() => new Uint8Array([1, 2, 3]), { name: "draw", outputs: { file: ui.image() } });
    expect(await failureIn(draw.test())).toMatchObject({ reason: "bad-output", port: "file" });
  });

  test("that is manual or slow is run and awaited, once", async () => {
    let runs = 0;
    const work = async ({ n }: { n: number }) => {
      runs++;
      await Promise.resolve();
      return n;
    };
    const node = new FnNode(work, { trigger: "manual", inputs: { n: ui.number({ value: 3 }) }, outputs: { n: null } });
    expect(await node.test()).toEqual({ n: 3 });
    expect(runs).toBe(1);
  });

  test("leaves its graph and its sheets alone", async () => {
    const graph = new Graph({ name: "Alone", nodes: [shorten] });
    const sheet = graph.sheet();
    await shorten.test({ text: "other words here" });
    expect(sheet.value(shorten.outputs.summary)).toBe("one two");
    expect([shorten.name, graph.nodes]).toEqual(["Shorten", [shorten]]);
    sheet.close();
  });
});

describe("what goes wrong", () => {
  test("in the function comes as a FailureError", async () => {
    let runs = 0;
    const node = new FnNode(
      () => {
        runs++;
        throw new Error("No water");
      },
      { name: "dry", outputs: { out: ui.textbox() } },
    );
    const error = await rejection(node.test());
    expect(error).toBeInstanceOf(FailureError);
    expect((error as FailureError).failure).toMatchObject({ reason: "threw", message: "No water." });
    expect(runs).toBe(1);
  });

  test("in what was given comes as a GraphError", async () => {
    const unknown = await rejection(shorten.test({ txt: "a" } as never));
    expect(unknown).toBeInstanceOf(GraphError);
    expect(unknown).toMatchObject({ code: "unknown-input", suggestion: "text" });
    const wrong = await rejection(shorten.test({ max: 9 }));
    expect(wrong).toMatchObject({ code: "wrong-type", node: "Shorten", port: "max" });
    expect((wrong as Error).message).toContain("a number from 1 to 5");
  });
});

describe("the other kinds", () => {
  test("an InputNode gives what it holds", async () => {
    const scene = new InputNode({ name: "Scene", ports: { prompt: ui.textbox({ value: "mill" }), n: ui.number() } });
    expect(await scene.test({ n: 4 })).toEqual({ prompt: "mill", n: 4 });
    expect(await rejection(scene.test({ n: "4" as never }))).toMatchObject({ code: "wrong-type" });
  });

  test("a choice tries the variant that is selected at first", async () => {
    const a = new FnNode(() => ({ text: "a", more: 1 }), { name: "a", outputs: { text: ui.textbox(), more: null } });
    const b = new FnNode(() => "b", { name: "b", outputs: { text: ui.textbox() } });
    expect(await a.or(b).test()).toEqual({ text: "a" });
    expect(await b.or(a).test()).toEqual({ text: "b" });
    expect(await rejection(a.or(b).test({ text: "c" } as never))).toMatchObject({ code: "unknown-input" });
  });

  test("a graph's node runs its graph, with what is kept inside where nothing is given", async () => {
    const inner = new Graph({
      name: "Shorter",
      nodes: [shorten],
      inputs: { words: shorten.inputs.text, most: shorten.inputs.max },
      outputs: { short: shorten.outputs.summary },
    });
    const list = new FnNode(() => ["x y z"], { name: "list", outputs: { items: ui.json<string[]>() } });
    expect(await new GraphNode(inner).test()).toEqual({ short: "one two" });
    expect(await new GraphNode(inner, { inputs: { most: 1 } }).test({ words: "a b" })).toEqual({ short: "a" });
    const each = new GraphNode(inner, { inputs: { words: list.outputs.items.each() } });
    expect(await each.test({ words: "c d e" })).toEqual({ short: "c d" });
    const wrong = await rejection(new GraphNode(inner).test({ word: "a" } as never));
    expect(wrong).toMatchObject({ code: "unknown-input", suggestion: "words" });
  });

  test("a person's step is answered at once: yes, the first, an example", async () => {
    const draft = new FnNode(() => "a", { name: "draft", outputs: { text: ui.textbox() } });
    const drafts = new FnNode(() => ["a"], { name: "drafts", outputs: { list: ui.json<string[]>() } });
    const one = () => new ChooseOne(drafts.outputs.list);
    expect(await new Approve(draft.outputs.text).test({ input: "mine" })).toEqual({ output: "mine" });
    expect(await one().test({ options: ["x", "y"] })).toEqual({ selected: "x" });
    expect(await failureIn(one().test({ options: [] }))).toMatchObject({ reason: "bad-input", port: "options" });
    expect(await new TextInput({ label: "Title" }).test()).toEqual({ text: "Some text" });
    expect((await new ImageInput().test()).image).toBeInstanceOf(FileRef);
  });
});
