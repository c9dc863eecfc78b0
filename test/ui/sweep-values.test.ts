/** Values worth trying, and those that a person wrote. */
import { describe, expect, it } from "vitest";
import type { ComponentView, PortView } from "../../src/protocol/port.ts";
import type { Json } from "../../src/protocol.ts";
import { read, type Source, worthTrying } from "../../src/ui/sweep-values.ts";

function source(kind: string, options: ComponentView["options"] = {}, value: Json = null): Source {
  const port: PortView = {
    name: "in",
    label: "In",
    state: "ready",
    component: { kind, options },
    editable: true,
    value: { kind: "json", value },
    shows: "current",
  };
  return { card: "Card", name: "Card", port };
}

describe("worth trying", () => {
  it.each([
    ["five over a range", source("slider", { minimum: 0, maximum: 1, step: 0.05 }), ["0", "0.25", "0.5", "0.75", "1"]],
    ["none between the steps", source("slider", { minimum: 1, maximum: 3, step: 1 }), ["1", "2", "3"]],
    ["every choice", source("dropdown", { choices: [["Calm", 1], "Wild"] }), ["Calm", "Wild"]],
    ["both of a yes or no", source("checkbox", {}, true), ["yes", "no"]],
    ["what is there", source("textbox", {}, "rye"), ["rye"]],
  ] as const)("is %s", (_, one, expected) => {
    expect(worthTrying(one)).toEqual(expected);
  });
});

describe("what was written", () => {
  it("is a value for each line that is not empty", () => {
    expect(read(source("number"), "1\n\n 2.5 \n")).toEqual([
      { words: "1", value: 1 },
      { words: "2.5", value: 2.5 },
    ]);
    expect(read(source("dropdown", { choices: [["Calm", 1], "Wild"] }), "Calm\nWild")).toEqual([
      { words: "Calm", value: 1 },
      { words: "Wild", value: "Wild" },
    ]);
    expect(read(source("checkbox"), "yes\nno")).toMatchObject([{ value: true }, { value: false }]);
  });

  it.each([
    ["", source("textbox"), "Write one value on each line."],
    ["1\nmany", source("slider"), "'many' is not a number."],
    ["perhaps", source("checkbox"), "'perhaps' is not yes or no."],
    ["Loud", source("dropdown", { choices: ["Calm", "Wild"] }), "'Loud' is not one of Calm, Wild."],
    ["x\n".repeat(65), source("textbox"), "At most 64 values are tried at once."],
  ])("%j is refused with the reason", (text, one, problem) => {
    expect(read(one, text)).toBe(problem);
  });
});
