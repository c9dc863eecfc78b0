/** Components of what is computed: tables, classes with confidences, conversations, HTML: what they take, and the words in which they refuse. */
import { describe, expect, test } from "vitest";
import { shapeOf } from "../../src/engine/component.ts";
import { type Component, FileRef, GraphError, ui } from "../../src/index.ts";
import { thrownBy } from "./plain.ts";

const table = "a table { headers, data } with a list of";
const people = (...data: unknown[]) => ({ headers: ["Name", "Age"], data });

describe("a value is refused in words, or taken", () => {
  const cases: [Component<unknown>, unknown, string | undefined][] = [
    [ui.dataframe(), people(), undefined],
    [ui.dataframe(), people(["Ada", 36], ["Bob", null], [true, -0.5]), undefined],
    [ui.dataframe(), { headers: [], data: [] }, undefined],
    [ui.dataframe(), [], `${table} texts as headers`],
    [ui.dataframe(), { data: [] }, `${table} texts as headers`],
    [ui.dataframe(), { headers: [1], data: [] }, `${table} texts as headers`],
    [ui.dataframe(), { headers: ["a"] }, `${table} rows as data`],
    [ui.dataframe(), people({ Name: "Ada" }), "a table of rows (row 1 must be a list, and is an object)"],
    [ui.dataframe(), people(["Ada", 1], ["Bob"]), "a table of rows as long as its headers (row 2 has 1, not 2)"],
    [
      ui.dataframe(),
      people(["Ada", []]),
      "a table of texts, finite numbers, true, false and null (cell 2 of row 1 is a list of 0)",
    ],
    [ui.label(), { label: "cat" }, undefined],
    [ui.label(), { label: "cat", confidences: [{ label: "cat", confidence: 1 }] }, undefined],
    [ui.label(), "cat", "{ label, confidences } with a text as label"],
    [ui.label(), { label: "cat", confidences: {} }, "{ label, confidences } with a list of confidences"],
    [
      ui.label(),
      { label: "cat", confidences: [{ label: "cat", confidence: 1.01 }] },
      "{ label, confidences }, each { label, confidence } from 0 to 1 (not so at 1)",
    ],
    [ui.html(), "<b>a</b>", undefined],
    [ui.html(), null, "text"],
    [ui.chatbot(), [], undefined],
    [ui.chatbot(), [{ role: "user", content: "Hi" }], undefined],
    [ui.chatbot(), "Hi", "a list of { role, content }"],
  ];
  test.each(cases.map(([component, value, words]) => [component.kind, value, words, component] as const))(
    "%s of %o: %s",
    (_, value, words, component) => {
      expect(shapeOf(component).refuses(value)).toBe(words);
    },
  );

  test("cells that are no numbers cannot be told to a screen, and are refused", () => {
    for (const cell of [Number.NaN, Number.POSITIVE_INFINITY, undefined, new Date(0)]) {
      expect(shapeOf(ui.dataframe()).refuses(people(["Ada", cell]))).toContain("cell 2 of row 1 is");
    }
  });

  test("a message is said by somebody, in text or by a file", async () => {
    const { refuses } = shapeOf(ui.chatbot());
    const file = await FileRef.fromBytes(new Uint8Array(3), { name: "a.bin" });
    expect(refuses([{ role: "assistant", content: file }])).toBeUndefined();
    for (const odd of [
      null,
      "Hi",
      {},
      { role: "model", content: "Hi" },
      { role: "user", content: 5 },
      { role: "user" },
    ]) {
      expect(refuses([{ role: "user", content: "Hi" }, odd])).toContain("(not so at 2)");
    }
  });
});

test.each<[string, Component<unknown>]>([
  ["dataframe", ui.dataframe()],
  ["a dataframe with headers", ui.dataframe({ headers: ["A", "B"] })],
  ["label", ui.label()],
  ["chatbot", ui.chatbot()],
  ["html", ui.html()],
])("what %s is tried with will do", async (_, component) => {
  const { example, refuses } = shapeOf(component);
  expect(refuses(await example())).toBeUndefined();
});

test.each<[string, () => unknown]>([
  ["headers are no list", () => ui.dataframe({ headers: "Name" as never })],
  ["headers are no texts", () => ui.dataframe({ headers: [5] as never })],
  ["a row is too short", () => ui.dataframe({ value: { headers: ["a", "b"], data: [["x"]] } })],
  ["no class is shown", () => ui.label({ topClasses: 0 })],
  ["nobody speaks", () => ui.chatbot({ value: [{ role: "nobody", content: "Hi" }] as never })],
])("options that cannot be: %s", (_, make) => {
  const error = thrownBy(make) as GraphError;
  expect(error).toBeInstanceOf(GraphError);
  expect(error.code).toBe("bad-component");
});
