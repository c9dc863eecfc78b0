/** Random values: every component accepts what is drawn for it, and what is drawn varies. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { shapeOf } from "../../src/engine/component.ts";
import { type Component, FileRef, ui } from "../../src/index.ts";
import { files } from "../../src/testing/files.ts";
import { values } from "../../src/testing.ts";
import { components } from "./components.ts";

test("a component accepts every value that is drawn for it, whatever its options", () => {
  const pairs = components.chain((component) =>
    values(component).map((value) => ({ expected: shapeOf(component).refuses(value), value })),
  );
  fc.assert(
    fc.property(pairs, ({ expected }) => expected === undefined),
    { numRuns: 3_000 },
  );
});

/** One of every kind that there is. */
const plain: Readonly<Record<keyof typeof ui, Component<unknown>>> = {
  textbox: ui.textbox(),
  number: ui.number(),
  slider: ui.slider({ minimum: 0, maximum: 9 }),
  checkbox: ui.checkbox(),
  dropdown: ui.dropdown<string | number>({ choices: ["a", ["B", "b"], 3] }),
  colorPicker: ui.colorPicker(),
  image: ui.image(),
  gallery: ui.gallery(),
  audio: ui.audio(),
  video: ui.video(),
  file: ui.file(),
  model3d: ui.model3d(),
  html: ui.html(),
  label: ui.label(),
  dataframe: ui.dataframe(),
  chatbot: ui.chatbot(),
  json: ui.json(),
  markdown: ui.markdown(),
  itemList: ui.itemList({ speaker: ui.dropdown({ choices: ["Host", "Guest"] }), text: ui.textbox() }),
  optional: ui.optional(ui.number()),
};

test.each(Object.entries(plain))("values for ui.%s vary", (_kind, component) => {
  const drawn = fc.sample(values(component), { numRuns: 60, seed: 1 });
  expect(new Set(drawn.map((value) => JSON.stringify(value))).size).toBeGreaterThan(1);
});

test("numbers lie on the steps of a slider, and reach both its ends", () => {
  const drawn = fc.sample(values(ui.slider({ minimum: 0.1, maximum: 0.7, step: 0.1 })), { numRuns: 300, seed: 1 });
  expect([...new Set(drawn)].sort()).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
});

test("a dropdown's values are those of its choices, not their labels", () => {
  const drawn = fc.sample(values(ui.dropdown<string | number>({ choices: ["a", ["Bee", "b"], 3] })), {
    numRuns: 100,
    seed: 1,
  });
  expect(new Set(drawn)).toEqual(new Set(["a", "b", 3]));
});

test("JSON with a value is drawn in that value's form", () => {
  const rows = ui.json({ value: [{ stone: "upper", turns: 3, worn: true }] });
  fc.assert(
    fc.property(values(rows), (list) => {
      for (const row of list) {
        expect(Object.keys(row).sort()).toEqual(["stone", "turns", "worn"]);
        expect([typeof row.stone, typeof row.turns, typeof row.worn]).toEqual(["string", "number", "boolean"]);
      }
    }),
  );
});

test("files are small, and are what their names say", async () => {
  for (const file of files) {
    expect(file.size).toBeLessThan(400);
    const sniffed = await FileRef.fromBytes(await file.bytes());
    if (sniffed.type !== "application/octet-stream") expect(sniffed.type).toBe(file.type);
  }
  expect(new Set(files.map((file) => file.type)).size).toBeGreaterThan(12);
});

test("a component that no small file fits says so where the values are asked for", () => {
  expect(() => values(ui.image({ maxSize: 3 }))).toThrow(/no file for this ui.image, which takes an image/);
});

test("values shrink to the plainest that the component accepts", () => {
  const { counterexample } = fc.check(
    fc.property(values(ui.slider({ minimum: 3, maximum: 90 })), (n) => n < 10),
    { seed: 1 },
  );
  expect(counterexample).toEqual([10]);
});
