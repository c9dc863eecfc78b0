/** A sheet and the mistakes one can make with it: each a typed error in clear words, and the sheet unharmed. */
import { afterEach, describe, expect, test } from "vitest";
import { FnNode, Graph, type GraphError, InputNode, type InputPort, type Sheet, ui } from "../../src/index.ts";
import { thrownBy } from "../nodes/plain.ts";

let sheet: Sheet;
afterEach(() => sheet.close());

type S = { text: string; n: number; mood: string; k: number; c: number };

/** scene.text -> shorten <- n, mood, a constant, a callable */
function mill() {
  const scene = new InputNode({ name: "Scene", ports: { text: ui.textbox({ value: "one two", maxLength: 20 }) } });
  const shorten = new FnNode((inputs: S) => inputs.text.split(" ").slice(0, inputs.n).join(" "), {
    name: "Shorten",
    inputs: {
      text: scene.outputs.text,
      n: ui.slider({ minimum: 1, maximum: 9, step: 1, value: 1 }),
      mood: ui.dropdown({ choices: ["calm", ["Very wild", "wild"]], value: "calm" }),
      k: 5,
      c: () => 1,
    },
    outputs: { out: ui.textbox() },
  });
  sheet = new Graph({ name: "Mill", nodes: [shorten] }).sheet();
  return { scene, shorten };
}
const stranger = () => new FnNode(() => 1, { name: "Stranger", outputs: { out: ui.number() } });

describe("a port", () => {
  test("of another graph is unknown, to whatever asks, and what exists is said", () => {
    mill();
    const port = stranger().outputs.out;
    for (const ask of [
      () => sheet.signal(port),
      () => sheet.value(port),
      () => sheet.signal$(port),
      () => sheet.value$(port),
      () => sheet.set(port as never, 1 as never),
    ]) {
      const error = thrownBy(ask) as GraphError;
      expect(error.code).toBe("unknown-port");
      expect(error.message).toContain("Stranger.out");
      expect(error.known).toEqual(expect.arrayContaining(["Scene.text", "Shorten.n", "Shorten.out"]));
    }
  });

  test.each([undefined, null, 5, "Shorten.n", {}, []])("is not %o", (thing) => {
    mill();
    expect(thrownBy(() => sheet.set(thing as never, 1 as never))).toMatchObject({ code: "unknown-port" });
    expect(thrownBy(() => sheet.signal(thing as never))).toMatchObject({ code: "unknown-port" });
  });

  test("with steps takes a value on one, and is told the nearest", () => {
    const { shorten } = mill();
    const error = thrownBy(() => sheet.set(shorten.inputs.n, 4.5)) as GraphError;
    expect(error.code).toBe("wrong-type");
    expect(error.message).toBe(
      "Shorten.n takes a number from 1 to 9 in steps of 1: the nearest are 4 and 5, and this is 4.5.",
    );
    expect(sheet.value(shorten.inputs.n)).toBe(1);
    sheet.set(shorten.inputs.n, 4);
    expect(sheet.value(shorten.inputs.n)).toBe(4);
  });

  test("that is an output cannot be set, and is named in the answer", () => {
    const { shorten, scene } = mill();
    for (const port of [shorten.outputs.out, scene.outputs.text]) {
      const error = thrownBy(() => sheet.set(port as never, "x" as never)) as GraphError;
      expect(error.code).toBe("unknown-port");
      expect(error.message).toContain("is an output");
      expect(error.message).not.toContain("[object");
    }
  });

  test("that is fed by an edge names what feeds it", () => {
    const { shorten } = mill();
    const error = thrownBy(() => sheet.set(shorten.inputs.text, "x")) as GraphError;
    expect(error).toMatchObject({ code: "fed-by-edge", node: "Shorten", port: "text" });
    expect(error.message).toContain("Scene.text");
  });

  test.each([
    ["k", "constant"],
    ["c", "callable"],
  ] as const)("that is hidden (%s: a %s) cannot be set, and shows what it holds", (name, kind) => {
    const { shorten } = mill();
    const error = thrownBy(() => sheet.set(shorten.inputs[name], 1)) as GraphError;
    expect(error).toMatchObject({ code: "unknown-input", node: "Shorten", port: name });
    expect(error.message).toContain(kind);
    expect(sheet.value(shorten.inputs[name])).toBe(name === "k" ? 5 : 1);
  });
});

describe("a wrong value", () => {
  test.each<["n" | "mood", unknown, string]>([
    ["n", "3", 'Shorten.n takes a number from 1 to 9, and this is the text "3".'],
    ["n", 10, "Shorten.n takes a number from 1 to 9, and this is 10."],
    ["n", Number.NaN, "Shorten.n takes a number from 1 to 9, and this is NaN."],
    ["n", undefined, "Shorten.n takes a number from 1 to 9, and this is undefined."],
    ["n", [], "Shorten.n takes a number from 1 to 9, and this is a list of 0."],
    ["mood", "Very wild", 'Shorten.mood takes one of "calm", "wild", and this is the text "Very wild".'],
  ])("for %s: %o is refused in words, and nothing changes", (name, value, words) => {
    const { shorten } = mill();
    const port: InputPort<unknown> = shorten.inputs[name];
    const before = sheet.signal(port);
    const error = thrownBy(() => sheet.set(port, value)) as GraphError;
    expect(error).toMatchObject({ code: "wrong-type", node: "Shorten", port: name, message: words });
    expect(sheet.signal(port)).toBe(before);
  });

  test("may be a thing that will not be looked at", () => {
    const { shorten } = mill();
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(thrownBy(() => sheet.set(shorten.inputs.n, proxy as never))).toMatchObject({ code: "wrong-type" });
    sheet.set(shorten.inputs.n, 2);
    expect(sheet.value(shorten.outputs.out)).toBe("one two");
  });

  test("through an InputNode is refused like any other", () => {
    const { scene } = mill();
    expect(thrownBy(() => sheet.set(scene.inputs.text, "x".repeat(21)))).toMatchObject({
      message: `Scene.text takes text of at most 20 characters, and this is the text "${"x".repeat(21)}".`,
    });
  });
});

describe("a node", () => {
  test("of another graph is unknown, at once and by name", () => {
    mill();
    const node = stranger();
    for (const ask of [() => sheet.run(node), () => sheet.plan(node as never), () => sheet.cancel(node as never)]) {
      expect(thrownBy(ask)).toMatchObject({ code: "unknown-node", known: ["Scene", "Shorten"] });
    }
  });

  test("whose name is slightly wrong brings a suggestion; a thing without a name does not", () => {
    mill();
    expect(thrownBy(() => sheet.run({ name: "Shroten" } as never))).toMatchObject({ suggestion: "Shorten" });
    expect(thrownBy(() => sheet.run(undefined as never))).toMatchObject({ code: "unknown-node" });
    expect(thrownBy(() => sheet.run("Shorten" as never))).toMatchObject({ code: "unknown-node" });
  });
});
