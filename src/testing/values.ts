/** Random values for a component. Whatever it draws the component accepts: `refusesSet` is asked last, and seldom says no. */
import * as fc from "fast-check";
import { type Component, type ComponentKind, type Shape, shapeOf } from "../engine/component.ts";
import type { FileRef } from "../nodes/file-ref.ts";
import { files } from "./files.ts";
import { conversations, galleries, labels, tables } from "./laid-out-values.ts";
import { like } from "./like.ts";
import { numbers, texts, words } from "./plain-values.ts";

/**
 * Random values that a component accepts. Files are small and real; for `ui.json` with a value they have that value's form.
 *
 * @example
 * fc.assert(fc.property(values(ui.slider({ minimum: 0, maximum: 1, step: 0.1 })), (strength) => fade(strength) >= 0));
 * @throws Error for a file component that none of the small files fits
 */
export function values<T>(component: Component<T>): fc.Arbitrary<T> {
  const shape = shapeOf(component);
  const drawn = byKind[shape.kind](shape).filter((value) => shape.refusesSet(value) === undefined);
  return (shape.options.optional ? fc.option(drawn) : drawn) as fc.Arbitrary<T>;
}

type Draw = (shape: Shape) => fc.Arbitrary<unknown>;

const byKind: Readonly<Record<ComponentKind, Draw>> = {
  textbox: ({ options }) => texts(options),
  number: ({ options }) => numbers(options),
  slider: ({ options }) => numbers(options),
  checkbox: () => fc.boolean(),
  dropdown: (shape) => fc.constantFrom(...choicesOf(shape)),
  colorPicker: () => fc.integer({ max: 0xffffff, min: 0 }).map((n) => `#${n.toString(16).padStart(6, "0")}`),
  image: (shape) => fileFor(shape),
  audio: (shape) => fileFor(shape),
  video: (shape) => fileFor(shape),
  file: (shape) => fileFor(shape),
  model3d: (shape) => fileFor(shape),
  gallery: (shape) => galleries(shape),
  json: ({ initial }) => (initial === undefined ? fc.jsonValue({ maxDepth: 2 }) : like(initial)),
  itemList: ({ fields = {} }) =>
    fc.array(fc.record(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, values(field)]))), {
      maxLength: 5,
    }),
  html: () => fc.tuple(fc.constantFrom("p", "b", "h1"), words).map(([tag, text]) => `<${tag}>${text}</${tag}>`),
  label: () => labels,
  dataframe: ({ options }) => tables(options.headers as readonly string[] | undefined),
  chatbot: () => conversations,
  markdown: () => fc.tuple(fc.constantFrom("# ", "- ", "", "> "), words).map((parts) => parts.join("")),
};

function choicesOf({ options }: Shape): readonly unknown[] {
  return (options.choices as readonly unknown[]).map((choice) => (Array.isArray(choice) ? choice[1] : choice));
}

function fileFor(shape: Shape): fc.Arbitrary<FileRef> {
  const fitting = files.filter((file) => shape.refuses(file) === undefined);
  if (fitting.length > 0) return fc.constantFrom(...fitting);
  const lacking = shape.refuses(files[0]) ?? "another";
  throw new Error(
    `values() has no file for this ui.${shape.kind}, which takes ${lacking}: draw your own with fc.constantFrom(...).`,
  );
}
