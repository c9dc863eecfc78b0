/**
 * What a component takes, as JSON Schema (2020-12) of the value that travels; a file is what an upload answered. Whatever a
 * component takes is valid here, but for what it forgives in rounding. Where a schema cannot say all that a component asks
 * (as wide as the headers, in steps of a tenth) it says less. A setter asks for more than a function does: hence two sides.
 */
import type { ComponentKind, Shape } from "../engine/component.ts";
import { shapeOf } from "../engine/component.ts";
import type { Json } from "../protocol.ts";
import { fileOf, fileSchema, pictureSchema } from "./file-schema.ts";
import { anyOf, record, type Schema, text } from "./json-schema.ts";

export type Side = "in" | "out";

/** The schema of a value; what is shown by no component may be anything. */
export function valueSchema(shape: Shape | null, side: Side): Schema {
  if (shape === null) return {};
  if (shape.alternatives) return anyOf(shape.alternatives.map((one) => valueSchema(one && shapeOf(one), side)));
  const schema = byKind[shape.kind](shape, side);
  return shape.options.optional ? anyOf([schema, { type: "null" }]) : schema;
}

type Draw = (shape: Shape, side: Side) => Schema;

const byKind: Readonly<Record<ComponentKind, Draw>> = {
  textbox: ({ options: { maxLength } }) => ({
    type: "string",
    ...(maxLength !== undefined && { maxLength: maxLength as number }),
  }),
  number: (shape, side) => numbers(shape, side),
  slider: (shape, side) => numbers(shape, side),
  checkbox: () => ({ type: "boolean" }),
  dropdown: ({ options }) => choices(options.choices as readonly unknown[]),
  colorPicker: () => ({ type: "string", pattern: "^#[0-9a-fA-F]{6}$" }),
  image: fileOf,
  audio: fileOf,
  video: fileOf,
  model3d: fileOf,
  file: fileOf,
  gallery: () => list(record({ file: pictureSchema, caption: text }, ["file"])),
  json: () => ({}),
  markdown: () => ({ type: "string", contentMediaType: "text/markdown" }),
  html: () => ({ type: "string", contentMediaType: "text/html" }),
  label: () =>
    record(
      {
        label: text,
        confidences: list(record({ label: text, confidence: { type: "number", minimum: 0, maximum: 1 } })),
      },
      ["label"],
    ),
  dataframe: () => record({ headers: list(text), data: list(list({ type: ["string", "number", "boolean", "null"] })) }),
  chatbot: () =>
    list(record({ role: { enum: ["system", "user", "assistant"] }, content: anyOf([text, fileSchema()]) })),
  itemList: ({ fields = {} }, side) => list({ ...record(rowOf(fields, side)), additionalProperties: false }),
};

function list(items: Schema): Schema {
  return { type: "array", items };
}

function rowOf(fields: NonNullable<Shape["fields"]>, side: Side): { readonly [name: string]: Schema } {
  const drawn = Object.entries(fields).map(([name, field]) => [
    name,
    annotated(shapeOf(field), valueSchema(shapeOf(field), side)),
  ]);
  return Object.fromEntries(drawn) as { readonly [name: string]: Schema };
}

/** With what its author says of it. */
export function annotated({ label, info }: Pick<Shape, "label" | "info">, schema: Schema): Schema {
  const description = [info, schema.description].filter((words) => words !== undefined).join(" ");
  return { ...(label !== undefined && { title: label }), ...schema, ...(description !== "" && { description }) };
}

// ── numbers

/** Steps of whole numbers are said as such, others in words: decimals do not add up exactly, and each program would round them in its own way. */
function numbers(shape: Shape, side: Side): Schema {
  const { minimum, maximum, step } = shape.options as { minimum?: number; maximum?: number; step?: number };
  const ends = { ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) };
  if (side === "out" || step === undefined || !keepsSteps(shape)) return { type: "number", ...ends };
  const type = Number.isSafeInteger(step) && Number.isSafeInteger(minimum ?? 0) ? "integer" : "number";
  if (step === 1 && type === "integer") return { type, ...ends };
  if (type === "integer" && (minimum ?? 0) % step === 0) return { type, multipleOf: step, ...ends };
  return { type, ...ends, description: `In steps of ${step} from ${minimum ?? 0}.` };
}

/** A slider moves in steps; whether it asks them of a value too, it knows itself. */
function keepsSteps({ options, refusesSet }: Shape): boolean {
  const {
    minimum = 0,
    maximum = minimum + Infinity,
    step = 1,
  } = options as { minimum?: number; maximum?: number; step?: number };
  return refusesSet(minimum + Math.min(step, maximum - minimum) * 0.37) !== undefined;
}

// ── choices

/** What has a label of its own has it beside its value. */
function choices(given: readonly unknown[]): Schema {
  const pairs = given.map((one) => (Array.isArray(one) ? one : [undefined, one]) as [string | undefined, Json]);
  const labels = new Map(pairs.map(([label, value]) => [value, label]));
  const sayable = [...labels].filter(([value]) => typeof value !== "number" || Number.isFinite(value));
  const values = { enum: sayable.map(([value]) => value) };
  if (sayable.every(([, label]) => label === undefined)) return values;
  return { ...values, oneOf: sayable.map(([value, label = String(value)]) => ({ const: value, title: label })) };
}
