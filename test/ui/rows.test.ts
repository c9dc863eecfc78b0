import { describe, expect, test } from "vitest";
import { rows } from "../../src/ui/rows.ts";
import { card, port } from "./card-view.ts";

const brief = (found: ReturnType<typeof rows>) =>
  found.map(({ port: { name }, into, out, as }) => `${into ? "o" : ""}${name}:${as}${out ? "o" : ""}`);

describe("the rows of a card", () => {
  test("are its inputs, then its outputs, each with its dot", () => {
    const shown = card("A", {
      inputs: [port("a", { from: "B.x" }), port("b", { editable: true })],
      outputs: [port("c")],
    });
    expect(brief(rows(shown, new Set(["in a", "out c"])))).toEqual(["oa:preview", "ob:field", "c:fieldo"]);
  });
  test("leave out constants and hidden outputs nobody is connected to", () => {
    const shown = card("A", {
      inputs: [port("constant", { component: null })],
      outputs: [port("hidden", { component: null })],
    });
    expect(rows(shown, new Set())).toEqual([]);
  });
  test("name a hidden output that feeds something", () => {
    const shown = card("A", { outputs: [port("hidden", { component: null })] });
    expect(brief(rows(shown, new Set(["out hidden"])))).toEqual(["hidden:nameo"]);
  });
  test("of an input card are each an input and an output at once", () => {
    const shown = card("A", { kind: "input", inputs: [port("a", { editable: true })], outputs: [port("a")] });
    expect(brief(rows(shown, new Set(["out a"])))).toEqual(["a:fieldo"]);
  });
  test("of an input card may be given as outputs alone, or as inputs that feed", () => {
    expect(brief(rows(card("A", { kind: "input", outputs: [port("a", { editable: true })] }), new Set()))).toEqual([
      "a:fieldo",
    ]);
    expect(
      brief(rows(card("A", { kind: "input", inputs: [port("a", { editable: true })] }), new Set(["out a"]))),
    ).toEqual(["a:fieldo"]);
  });
  test("keep what a person wrote above the answer that somebody else gave", () => {
    const given = [port("text")];
    const asked = card("A", { kind: "interaction", outputs: given, ask: { asks: "text", question: 1 } });
    expect(brief(rows(asked, new Set(), true))).toEqual(["text:answero"]);
    const answered = card("A", { kind: "interaction", outputs: given });
    expect(brief(rows(answered, new Set(), true))).toEqual(["text:answer", "text:fieldo"]);
    expect(brief(rows(answered, new Set()))).toEqual(["text:fieldo"]);
  });
});
