/** What a component takes and what its schema says of the value that travels are one: drawn at random, and by hand where they part. */
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Component, shapeOf } from "../../src/engine/component.ts";
import { FileRef, ui } from "../../src/index.ts";
import type { Json } from "../../src/protocol.ts";
import { valueSchema } from "../../src/server/component-schema.ts";
import { inWhole } from "../../src/server/value.ts";
import { values } from "../../src/testing/values.ts";

const ajv = new Ajv2020({ strict: false, allErrors: false });
const sequences = Number(process.env.MILLRACE_SEQUENCES ?? 200);

function validates(component: Component<unknown>, value: unknown, side: "in" | "out" = "in"): boolean {
  return ajv.compile(valueSchema(shapeOf(component), side))(sent(value));
}

/** As it arrives at whoever reads it. */
function sent(value: unknown): Json {
  return JSON.parse(JSON.stringify(inWhole(value)?.json)) as Json;
}

const whole = fc.integer({ min: -20, max: 20 });
const numberOptions = fc.record({ minimum: whole, step: fc.constantFrom(1, 2, 5, 0.5, 0.05) }, { requiredKeys: [] });
const plain: readonly fc.Arbitrary<Component<unknown>>[] = [
  fc.record({ maxLength: fc.nat({ max: 30 }) }, { requiredKeys: [] }).map((options) => ui.textbox(options)),
  fc.constantFrom("text", "password", "email", "url").map((type) => ui.textbox({ type, maxLength: 12 })),
  numberOptions.map((options) => ui.number({ ...options })),
  fc
    .tuple(numberOptions, fc.integer({ min: 21, max: 60 }))
    .map(([{ minimum = 0, ...rest }, maximum]) => ui.slider({ minimum, maximum, ...rest })),
  fc.constant(ui.checkbox()),
  fc
    .uniqueArray(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 4 })
    .map((choices) => ui.dropdown({ choices })),
  fc.constant(ui.dropdown({ choices: [["Fast", 1], ["Slow", 2], 3] })),
  fc.constant(ui.colorPicker()),
  fc.constantFrom(ui.image(), ui.image({ maxSize: 100 }), ui.audio(), ui.video(), ui.model3d(), ui.gallery()),
  fc.constantFrom(ui.file(), ui.file({ accept: [".PDF", ".csv"] }), ui.file({ accept: ["image/*", "text/csv"] })),
  fc.constantFrom(
    ui.json(),
    ui.markdown(),
    ui.html(),
    ui.label(),
    ui.dataframe(),
    ui.dataframe({ headers: ["a", "b"] }),
    ui.chatbot(),
  ),
];
const flat = fc.oneof(...plain);
const components: fc.Arbitrary<Component<unknown>> = fc.oneof(
  { weight: 6, arbitrary: flat },
  { weight: 1, arbitrary: flat.map((component) => ui.optional(component)) },
  {
    weight: 1,
    arbitrary: fc
      .dictionary(fc.constantFrom("a", "b", "__proto__x"), flat, { minKeys: 1 })
      .map((fields) => ui.itemList(fields)),
  },
);

describe("a component's schema", () => {
  it("is valid JSON Schema of 2020-12", () => {
    fc.assert(
      fc.property(components, fc.constantFrom("in" as const, "out" as const), (component, side) => {
        expect(ajv.validateSchema(valueSchema(shapeOf(component), side)), ajv.errorsText()).toBe(true);
      }),
      { numRuns: sequences },
    );
  });

  it("takes whatever the component takes, as it travels", () => {
    const drawn = components.chain((component) => values(component).map((value) => ({ component, value })));
    fc.assert(
      fc.property(drawn, ({ component, value }) => {
        expect(validates(component, value), ajv.errorsText()).toBe(true);
        expect(validates(component, value, "out"), ajv.errorsText()).toBe(true);
      }),
      { numRuns: 2 * sequences },
    );
  });

  it("refuses what the component refuses, and the other way round, of what was drawn for another", () => {
    const drawn = fc
      .tuple(components, components)
      .chain(([component, other]) => values(other).map((value) => ({ component, value })));
    let refused = 0;
    fc.assert(
      fc.property(drawn, ({ component, value }) => {
        if (unsayable(component, value)) return;
        for (const [side, expected] of [
          ["in", shapeOf(component).refusesSet(value)],
          ["out", shapeOf(component).refuses(value)],
        ] as const) {
          if (expected !== undefined) refused++;
          expect(validates(component, value, side), `${side}: ${expected} ${JSON.stringify(sent(value))}`).toBe(
            expected === undefined,
          );
        }
      }),
      { numRuns: 2 * sequences },
    );
    expect(refused).toBeGreaterThan(sequences / 2);
  });
});

/** Where a component asks for more than a schema can say, or overlooks what a schema cannot. */
function unsayable(component: Component<unknown>, value: unknown): boolean {
  const { kind, options, fields = {} } = shapeOf(component);
  if (kind === "number" || kind === "slider") return typeof value === "number" && offStep(options, value);
  if (kind === "textbox") return typeof value === "string" && [...value].length !== value.length;
  if (kind !== "itemList" || !Array.isArray(value)) return false;
  return value.some((row) => Object.entries(fields).some(([name, field]) => unsayable(field, Object(row)[name])));
}

function offStep({ minimum = 0, step = 1 }: { minimum?: number; step?: number }, value: number): boolean {
  const away = Math.abs(value - Math.round(value));
  return step % 1 !== 0 || minimum % step !== 0 || (away > 0 && away < step * 1e-5);
}

describe("where the two part", () => {
  it.each<[string, Component<unknown>, unknown, { readonly taken: boolean; readonly valid: boolean }]>([
    [
      "letters that are two characters count once in a schema",
      ui.textbox({ maxLength: 2 }),
      "🌊🌊",
      { taken: false, valid: true },
    ],
    ["steps that are no whole numbers are left unsaid", ui.number({ step: 0.05 }), 0.07, { taken: false, valid: true }],
    [
      "a slider without steps of the author's takes any number",
      ui.slider({ minimum: 0, maximum: 0.3 }),
      0.1,
      { taken: true, valid: true },
    ],
    [
      "a slider with steps of the author's keeps to them",
      ui.slider({ minimum: 0, maximum: 9, step: 3 }),
      4,
      { taken: false, valid: false },
    ],
    [
      "rows of another width than their headers",
      ui.dataframe(),
      { headers: ["a"], data: [[1, 2]] },
      { taken: false, valid: true },
    ],
    [
      "a field that holds undefined is not there",
      ui.label(),
      { label: "cat", confidences: undefined },
      { taken: true, valid: true },
    ],
  ])("%s", (_, component, value, { taken, valid }) => {
    expect(shapeOf(component).refusesSet(value) === undefined).toBe(taken);
    expect(validates(component, value)).toBe(valid);
  });

  it("a file's reference of which only the id is told is looked at when it is there", async () => {
    const text = await FileRef.fromBytes(new TextEncoder().encode("a"), { name: "a.txt" });
    const { id, url } = sent(text) as { id: string; url: string };
    const check = ajv.compile(valueSchema(shapeOf(ui.image()), "in"));
    expect([check({ id, url }), check(sent(text)), check({ id, url: "/etc/passwd" }), check(id)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it("a function's steps are its own affair", () => {
    const slider = ui.slider({ minimum: 0, maximum: 9, step: 3 });
    expect([validates(slider, 4, "in"), validates(slider, 4, "out")]).toEqual([false, true]);
  });
});
