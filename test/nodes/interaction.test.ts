/** A person's step as it is wired: its ports, which answers it takes, and what becomes of them. */
import { describe, expect, test } from "vitest";
import { type Answer, type BaseNode, baseOf } from "../../src/engine/base-node.ts";
import {
  Approve,
  ChooseOne,
  FailureError,
  FileRef,
  FnNode,
  Graph,
  ImageInput,
  type Node,
  TextInput,
  ui,
} from "../../src/index.ts";
import { plainFn, thrownBy } from "./plain.ts";
import { png } from "./png.ts";

const shown = ui.textbox({ label: "Draft" });
const draft = new FnNode(() => "words", { name: "draft", outputs: { text: shown } });
const drafts = new FnNode(() => ["a", "b"], { name: "drafts", outputs: { list: ui.json<string[]>() } });
const answerOf = (node: unknown) => (node as BaseNode).answer as Answer;
const portsOf = (node: unknown) => {
  const { inputs, outputs, depth } = baseOf(node as Node);
  return { inputs: Object.keys(inputs), outputs: Object.keys(outputs), depth };
};

describe("a person's step", () => {
  test("has a name, a kind, and the ports that it is about", () => {
    const [approve, pick] = [new Approve(draft.outputs.text), new ChooseOne(drafts.outputs.list, { name: "Best" })];
    const [text, image] = [new TextInput({ label: "Title" }), new ImageInput({ name: "photo", label: "Photo" })];
    expect([approve, pick, text, image].map(({ name }) => name)).toEqual(["Approve", "Best", "Title", "photo"]);
    expect(new Set([approve, pick, text, image].map(({ kind }) => kind))).toEqual(new Set(["interaction"]));
    expect(portsOf(approve)).toEqual({ inputs: ["input"], outputs: ["output"], depth: 0 });
    expect(portsOf(pick)).toEqual({ inputs: ["options"], outputs: ["selected"], depth: 0 });
    expect(portsOf(text)).toEqual({ inputs: [], outputs: ["text"], depth: 0 });
    expect(portsOf(image)).toEqual({ inputs: [], outputs: ["image"], depth: 0 });
  });

  test("shows what it is about as the output above does, and what it asks for as a component", () => {
    expect(new Approve(draft.outputs.text).outputs.output.component).toBe(shown);
    expect(new TextInput({ label: "Title" }).outputs.text.component).toMatchObject({ kind: "textbox", label: "Title" });
    expect(new ImageInput().outputs.image.component).toMatchObject({ kind: "image" });
  });

  test("brings along what it asks about, and passes on like any node", () => {
    const approved = new Approve(draft.outputs.text, { name: "Publish?" });
    const print = new FnNode(({ text }: { text: string }) => text, {
      name: "print",
      inputs: { text: approved.outputs.output },
      outputs: { out: null },
    });
    const graph = new Graph({ name: "Press", nodes: [print] });
    expect(graph.nodes.map(({ name }) => name)).toEqual(["draft", "Publish?", "print"]);
  });
});

describe("an answer", () => {
  test("of yes lets the value through, and a no is a failure", () => {
    const { refuses, take } = answerOf(new Approve(draft.outputs.text, { name: "Publish?" }));
    expect(take(true, { input: "words" })).toBe("words");
    const no = thrownBy(() => take(false, { input: "words" }));
    expect(no).toBeInstanceOf(FailureError);
    expect((no as FailureError).failure).toMatchObject({ reason: "declined", message: "Publish? was declined." });
    expect([true, false].map((answer) => refuses(answer, {}))).toEqual([undefined, undefined]);
    for (const answer of ["yes", 1, null, undefined]) expect(refuses(answer, {})).toBe("true (yes) or false (no)");
  });

  test("to a list is the index of an item", () => {
    const { refuses, take } = answerOf(new ChooseOne(drafts.outputs.list));
    const options = { options: ["a", "b"] };
    expect(take(1, options)).toBe("b");
    expect([0, 1].map((answer) => refuses(answer, options))).toEqual([undefined, undefined]);
    for (const answer of [2, -1, 0.5, Number.NaN, "0", "a", null]) {
      expect(refuses(answer, options)).toBe("the index of an item, 0 to 1");
    }
  });

  test("to nothing is not waited for: a list without items, or no list, is said to be lacking", () => {
    const { lacks, refuses } = answerOf(new ChooseOne(drafts.outputs.list));
    expect(lacks?.({ options: ["a"] })).toBeUndefined();
    for (const options of [[], "ab", null, { length: 2 }]) {
      expect(lacks?.({ options })).toMatchObject({ reason: "bad-input", port: "options" });
      expect(refuses(0, { options })).toBeDefined();
    }
  });

  test("in words or as an image is what its component takes", async () => {
    const [text, image] = [answerOf(new TextInput()), answerOf(new ImageInput())];
    expect([text.refuses("", {}), text.refuses(5, {}), text.take("words", {})]).toEqual([undefined, "text", "words"]);
    const file = await FileRef.fromBytes(png());
    expect([image.refuses(file, {}), image.take(file, {})]).toEqual([undefined, file]);
    expect(image.refuses("photo.jpg", {})).toBe("an image file (a FileRef)");
  });
});

describe("what is refused", () => {
  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["a constant", "words"],
    ["a component", ui.textbox()],
    ["a node", draft],
    ["an input", new FnNode(({ x }: { x: string }) => x, { inputs: { x: "" }, outputs: { o: null } }).inputs.x],
  ])("is a step about %s", (_, given) => {
    expect(thrownBy(() => new Approve(given as never))).toMatchObject({ code: "unknown-port" });
    expect(thrownBy(() => new ChooseOne(given as never))).toMatchObject({ code: "unknown-port" });
  });

  test("is a step about something scattered", () => {
    const each = (drafts.outputs.list as unknown as { each(): unknown }).each();
    const say = plainFn((_: object) => 0, { name: "say", inputs: { each }, outputs: { out: null } });
    const error = thrownBy(() => new Approve(say.outputs.out as never));
    expect(error).toMatchObject({ code: "wrong-type", node: "say", port: "out" });
    expect((error as Error).message).toContain(".all()");
  });
});
