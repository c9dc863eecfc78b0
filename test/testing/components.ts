/** Random components of every kind, with random options. */
import * as fc from "fast-check";
import { type Component, ui } from "../../src/index.ts";

const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const ends = fc
  .tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 100 }))
  .map(([minimum, room]) => ({ minimum: minimum / 10, maximum: (minimum + room) / 10 }));
const step = fc.constantFrom(0.1, 0.25, 1, 3);
const choices = fc.uniqueArray(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 5 });
const labelled = choices.map((list) =>
  list.map((value, i) => (i % 2 === 0 ? value : ([`Choice ${i}`, value] as const))),
);
/** Options without those that were not drawn. */
const drawn = <T extends object>(options: T) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;

export const components: fc.Arbitrary<Component<unknown>> = fc.oneof<fc.Arbitrary<Component<unknown>>[]>(
  fc
    .record({
      maxLength: some(fc.nat({ max: 30 })),
      lines: some(fc.integer({ min: 1, max: 5 })),
      type: some(fc.constantFrom("text", "password", "email", "url")),
    })
    .map((options) => ui.textbox(drawn(options))),
  fc.record({ minimum: some(fc.integer()), step: some(step) }).map((options) => ui.number(drawn(options))),
  fc.record({ maximum: some(fc.integer()), step: some(step) }).map((options) => ui.number(drawn(options))),
  fc.tuple(ends, some(step)).map(([range, by]) => ui.number(drawn({ ...range, step: by }))),
  fc.tuple(ends, some(step)).map(([range, by]) => ui.slider(drawn({ ...range, step: by }))),
  fc.constant(ui.checkbox()),
  labelled.map((list) => ui.dropdown({ choices: list as never })),
  fc.constant(ui.colorPicker()),
  fc.constantFrom(ui.image(), ui.image({ maxSize: 100 })),
  fc.option(fc.jsonValue()).map((value) => ui.json(value === null ? {} : { value })),
  fc.constant(ui.markdown()),
  fc.constantFrom(ui.audio(), ui.video(), ui.model3d(), ui.file(), ui.file({ accept: [".pdf", "image/*"] })),
  fc.constantFrom(ui.gallery(), ui.html(), ui.chatbot(), ui.label({ topClasses: 2 })),
  fc.constantFrom(ui.dataframe(), ui.dataframe({ headers: ["Stone", "Turns"] })),
);
