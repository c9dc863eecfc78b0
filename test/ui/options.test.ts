import { describe, expect, test } from "vitest";
import { choices, colour, equalJson, number, palette, pretty, summary, text } from "../../src/ui/fields/options.ts";

describe("options of a component", () => {
  const component = {
    kind: "dropdown",
    options: { minimum: "3", maximum: 5, placeholder: 1, choices: ["Host", ["The guest", "guest"], 3] },
  };
  test("of the wrong type count as not given", () => {
    expect([number(component, "minimum"), number(component, "maximum"), text(component, "placeholder")]).toEqual([
      undefined,
      5,
      undefined,
    ]);
  });
  test("choices are values or pairs of label and value", () => {
    expect(choices(component)).toEqual([
      { label: "Host", value: "Host" },
      { label: "The guest", value: "guest" },
      { label: "3", value: 3 },
    ]);
    expect(choices({ kind: "dropdown", options: {} })).toEqual([]);
  });
});

test("values are compared by content", () => {
  expect(equalJson({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toBe(true);
  expect([
    equalJson([1], { 0: 1 }),
    equalJson({ a: 1 }, { b: 1 }),
    equalJson(undefined, null),
    equalJson("1", 1),
  ]).toEqual([false, false, false, false]);
});

test("a value is summed up in one line", () => {
  const json = (value: Parameters<typeof equalJson>[0] & {}) => summary({ kind: "json", value });
  expect(json("two\n  lines")).toBe("two lines");
  expect(json("x".repeat(300))).toHaveLength(120);
  expect([json(true), json([1, "a"]), json([{}, {}]), json({ a: 1 })]).toEqual(["yes", "1, a", "2 items", '{"a":1}']);
  expect(
    summary({ kind: "file", file: { id: "i", name: "a.png", type: "image/png", size: 2000, url: "files/i" } }),
  ).toBe("a.png · 2 KB");
  expect(summary(null)).toBe("");
});

test("JSON is indented for reading and stays the same JSON", () => {
  const value = { size: 3, at: [1, 2.5], nested: { empty: [], none: {} }, rows: [{ a: 1 }] };
  expect(JSON.parse(pretty(value))).toEqual(value);
  expect(pretty(value)).toContain('"at": [1, 2.5]');
});

test("colours are known by their form", () => {
  expect([colour("#0b7a75"), colour("#fff"), colour("teal"), colour(7)]).toEqual(["#0b7a75", "#fff", null, null]);
  expect(palette(["#fff", "#000000"])).toEqual(["#fff", "#000000"]);
  expect([palette(["#fff", "no"]), palette([]), palette("#fff")]).toEqual([null, null, null]);
});
