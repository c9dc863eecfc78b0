/** The components: what they begin with, what they refuse and in which words, and which options cannot be. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shapeOf } from "../../src/engine/component.ts";
import { type Component, FileRef, GraphError, ui } from "../../src/index.ts";
import { thrownBy } from "./plain.ts";
import { png } from "./png.ts";

type Loose = Readonly<Record<keyof typeof ui, (options?: unknown) => Component<unknown>>>;
const loose = ui as unknown as Loose;
const pairs = loose.dropdown({ choices: ["fast", ["Very careful", "slow"], ["Three", 3]] });

describe("without a value", () => {
  test.each<[string, Component<unknown>, unknown]>([
    ["a textbox", ui.textbox(), undefined],
    ["a number", ui.number(), undefined],
    ["a dropdown", pairs, undefined],
    ["a colour", ui.colorPicker(), undefined],
    ["an image", ui.image(), undefined],
    ["JSON", ui.json(), undefined],
    ["Markdown", ui.markdown(), undefined],
    ["a tick box", ui.checkbox(), false],
    ["a slider", ui.slider({ minimum: 2, maximum: 4 }), 2],
    ["a slider given none", loose.slider({ minimum: 2, maximum: 4, value: undefined }), 2],
    ["a tick box given none", loose.checkbox({ value: undefined }), false],
  ])("%s begins with what it must", (_, component, initial) => {
    expect(shapeOf(component).initial).toBe(initial);
  });
});

describe("a value is refused in words, or taken", () => {
  const within = ui.number({ minimum: 0, maximum: 1 });
  const cases: [Component<unknown>, unknown, string | undefined][] = [
    [ui.textbox(), "", undefined],
    [ui.textbox(), 5, "text"],
    [ui.textbox({ maxLength: 2 }), "ab", undefined],
    [ui.textbox({ maxLength: 2 }), "abc", "text of at most 2 characters"],
    [ui.number(), -1e300, undefined],
    [ui.number(), "1", "a number"],
    [ui.number(), Number.NaN, "a number"],
    [ui.number(), Number.POSITIVE_INFINITY, "a number"],
    [ui.number(), Object(1), "a number"],
    [within, 1, undefined],
    [within, 1.01, "a number from 0 to 1"],
    [ui.number({ minimum: 0 }), -0.1, "a number from 0"],
    [ui.number({ maximum: 9 }), 10, "a number up to 9"],
    [ui.slider({ minimum: 1, maximum: 3 }), 0, "a number from 1 to 3"],
    [ui.checkbox(), true, undefined],
    [ui.checkbox(), "true", "true or false"],
    [pairs, "slow", undefined],
    [pairs, 3, undefined],
    [pairs, "3", 'one of "fast", "slow", 3'],
    [pairs, "Very careful", 'one of "fast", "slow", 3'],
    [pairs, ["Very careful", "slow"], 'one of "fast", "slow", 3'],
    [ui.colorPicker(), "#0B7a75", undefined],
    [ui.colorPicker(), "#fff", 'a colour like "#0b7a75"'],
    [ui.colorPicker(), "#0b7a75\n", 'a colour like "#0b7a75"'],
    [ui.colorPicker(), "red", 'a colour like "#0b7a75"'],
    [ui.json(), null, undefined],
    [ui.json(), undefined, "a value"],
    [ui.markdown(), "# a", undefined],
    [ui.markdown(), null, "text"],
    [ui.image(), "photo.jpg", "an image file (a FileRef)"],
    [ui.image(), { id: "a", name: "a.png", type: "image/png", size: 1 }, "an image file (a FileRef)"],
  ];
  test.each(cases.map(([component, value, words]) => [component.kind, value, words, component] as const))(
    "%s of %o: %s",
    (_, value, words, component) => {
      expect(shapeOf(component).refuses(value)).toBe(words);
    },
  );

  const stepped: readonly [unknown, number, string | undefined][] = [
    [ui.slider({ minimum: 1, maximum: 9 }), 4, undefined],
    [ui.slider({ minimum: 1, maximum: 9 }), 4.5, undefined],
    [ui.slider({ minimum: 1, maximum: 9 }), 0, "a number from 1 to 9"],
    [ui.slider({ minimum: 0, maximum: 1, step: 0.1 }), 0.1 + 0.2, undefined],
    [
      ui.slider({ minimum: 0, maximum: 1, step: 0.1 }),
      0.35,
      "a number from 0 to 1 in steps of 0.1: the nearest are 0.3 and 0.4",
    ],
    [ui.slider({ minimum: 0, maximum: 10, step: 3 }), 9, undefined],
    [ui.slider({ minimum: 0, maximum: 10, step: 3 }), 10, "a number from 0 to 10 in steps of 3: the nearest is 9"],
    [
      ui.slider({ minimum: 0.05, maximum: 1, step: 0.1 }),
      0.1,
      "a number from 0.05 to 1 in steps of 0.1: the nearest are 0.05 and 0.15",
    ],
    [ui.number({ step: 5 }), -15, undefined],
    [ui.number({ step: 5 }), 7, "a number in steps of 5: the nearest are 5 and 10"],
    [ui.number({ maximum: -1, step: 5 }), -2, "a number up to -1 in steps of 5: the nearest is -5"],
    [ui.number({ step: 0.01 }), 1e12 + 0.25, undefined],
    [ui.number({ step: 1e-300 }), 1e300, undefined],
    [ui.number(), 0.123, undefined],
  ];
  test.each(stepped)("that is set keeps to the steps: %o, set to %d", (component, value, words) => {
    expect(shapeOf(component as ReturnType<typeof ui.number>).refusesSet(value)).toBe(words);
  });

  test("that is set may lie on any step, and nowhere between", () => {
    const places = fc.record({
      minimum: fc.integer({ min: -1e6, max: 1e6 }),
      step: fc.constantFrom(0.01, 0.1, 0.25, 1, 3, 7e3),
    });
    fc.assert(
      fc.property(
        places,
        fc.nat({ max: 1e6 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        ({ minimum, step }, n, part) => {
          const { refusesSet } = shapeOf(ui.number({ minimum, step }));
          expect(refusesSet(minimum + n * step)).toBeUndefined();
          expect(refusesSet(Number((minimum + n * step).toFixed(2)))).toBeUndefined();
          expect(refusesSet(minimum + (n + part) * step)).toContain(`in steps of ${step}: the nearest are`);
        },
      ),
    );
  });

  test("that a function works out need not keep to the steps", () => {
    const { refuses } = shapeOf(ui.slider({ minimum: 0, maximum: 1 }));
    expect(refuses(0.73)).toBeUndefined();
    expect(refuses(2)).toBe("a number from 0 to 1");
  });

  test("image takes pictures, of a size", async () => {
    const picture = await FileRef.fromBytes(png());
    const words = await FileRef.fromBytes(new TextEncoder().encode("words"), { name: "picture.txt" });
    expect(shapeOf(ui.image()).refuses(picture)).toBeUndefined();
    expect(shapeOf(ui.image()).refuses(words)).toBe("an image file");
    expect(shapeOf(ui.image({ maxSize: 10 })).refuses(picture)).toBe("an image file of at most 10 bytes");
  });
});

describe("options that cannot be", () => {
  test.each<[keyof typeof ui, unknown]>([
    ["slider", undefined],
    ["slider", {}],
    ["slider", { minimum: 1 }],
    ["slider", { minimum: 3, maximum: 3 }],
    ["slider", { minimum: 3, maximum: 1 }],
    ["slider", { minimum: 0, maximum: 1, value: 2 }],
    ["number", { step: 5, value: 7 }],
    ["slider", { minimum: 0, maximum: 1, step: 0 }],
    ["slider", { minimum: 0, maximum: Number.POSITIVE_INFINITY }],
    ["slider", { minimum: "0", maximum: "9" }],
    ["number", { minimum: 2, maximum: 1 }],
    ["number", { minimum: Number.NaN }],
    ["number", { step: -1 }],
    ["number", { value: "7" }],
    ["textbox", { value: 7 }],
    ["textbox", { value: null }],
    ["textbox", { value: "abc", maxLength: 2 }],
    ["checkbox", { value: "yes" }],
    ["colorPicker", { value: "red" }],
    ["image", { value: "photo.jpg" }],
    ["dropdown", undefined],
    ["dropdown", {}],
    ["dropdown", { choices: [] }],
    ["dropdown", { choices: "abc" }],
    ["dropdown", { choices: ["a"], value: "b" }],
    ["dropdown", { choices: [["A", "a"]], value: "A" }],
    ["dropdown", { choices: [["only a label"]] }],
    ["dropdown", { choices: [null] }],
    ["dropdown", { choices: [{ label: "A", value: "a" }] }],
  ])("ui.%s(%o) is a bad component, said where it is written", (kind, options) => {
    const error = thrownBy(() => loose[kind](options)) as GraphError;
    expect(error).toBeInstanceOf(GraphError);
    expect(error.code).toBe("bad-component");
    expect(error.message).toContain(`ui.${kind}`);
  });
});

describe("what the screen is told", () => {
  test("is plain JSON, and only what was said", () => {
    const { options, label, info, visible, interactive } = shapeOf(
      ui.textbox({ label: "Prompt", lines: 3, value: "a" }),
    );
    expect({ options, label, info, visible, interactive }).toEqual({
      options: { lines: 3 },
      label: "Prompt",
      info: undefined,
      visible: true,
      interactive: true,
    });
    expect(shapeOf(ui.slider({ minimum: 0, maximum: 9 })).options).toEqual({ minimum: 0, maximum: 9, step: 1 });
    expect(shapeOf(ui.number({ visible: false, interactive: false }))).toMatchObject({
      visible: false,
      interactive: false,
    });
    expect(shapeOf(pairs).options).toEqual({ choices: ["fast", ["Very careful", "slow"], ["Three", 3]] });
  });
});
