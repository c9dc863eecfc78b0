/** Components made of others: a list edited row by row, and a component that may be left blank. */
import { type Component, Shape, shapeOf } from "../engine/component.ts";
import { described } from "../engine/failure.ts";
import { type InputValue, inWords } from "../engine/port.ts";
import { badComponent, type ComponentOptions, made } from "./component-options.ts";

type Fields = Readonly<Record<string, Component<unknown>>>;
type Shapes = ReadonlyMap<string, Shape>;
type Refuses = Shape["refuses"];
type Row<F extends Fields> = { -readonly [K in keyof F]: InputValue<F[K]> };

/**
 * A list edited row by row, one component a field; an edited row re-runs only its own item.
 *
 * @example
 * ui.itemList({ speaker: ui.dropdown({ choices: ["Host", "Guest"] }), text: ui.textbox() })
 * @throws GraphError `bad-component` for a field that is not a component
 */
export function itemList<F extends Fields>(
  fields: F,
  options: ComponentOptions<readonly NoInfer<Row<F>>[]> = {},
): Component<Row<F>[]> {
  const shapes = checked(fields);
  const about = [...shapes].map(([name, shape]) => ({ name, ...drawn(name, shape) }));
  return made<Row<F>[]>(
    "itemList",
    { ...options, fields: about },
    {
      shown: ["fields"],
      fields,
      example: async () => [await exampleRow(shapes)],
      refuses: (value) => wrongIn(value, shapes, "refuses"),
      refusesSet: (value) => wrongIn(value, shapes, "refusesSet"),
    },
  );
}

/**
 * The same component, where leaving it blank is allowed: blank is `null` and counts as ready.
 *
 * @example
 * ui.optional(ui.textbox({ label: "Subtitle" }))
 */
export function optional<T>(component: Component<T>): Component<T | null> {
  if (!((component as unknown) instanceof Shape)) {
    throw badComponent("ui.optional takes a component: ui.optional(ui.textbox()).");
  }
  const shape = shapeOf(component);
  const maybe = new Shape({
    ...shape,
    initial: shape.initial ?? null,
    options: { ...shape.options, optional: true },
    refuses: orNull(shape.refuses),
    refusesSet: orNull(shape.refusesSet),
  });
  return maybe as unknown as Component<T | null>;
}

function orNull(refuses: Refuses): Refuses {
  return (value) => {
    const expected = value === null ? undefined : refuses(value);
    return expected === undefined ? undefined : `${expected}, or null for nothing`;
  };
}

function checked(fields: Fields): Shapes {
  const given = typeof fields === "object" && fields !== null ? Object.entries(fields) : [];
  if (given.length === 0) throw badComponent("ui.itemList needs fields: ui.itemList({ text: ui.textbox() }).");
  for (const [name, field] of given) {
    if ((field as unknown) instanceof Shape) continue;
    throw badComponent(`The field '${name}' of this ui.itemList must be a component: { ${name}: ui.textbox() }.`);
  }
  return new Map(given.map(([name, field]) => [name, shapeOf(field)]));
}

/** What the screen needs of a field: plain JSON. */
function drawn(name: string, { kind, label = inWords(name), info, options }: Shape): object {
  return { kind, label, ...(info !== undefined && { info }), options };
}

async function exampleRow(shapes: Shapes): Promise<Record<string, unknown>> {
  const row: Record<string, unknown> = {};
  for (const [name, { initial, example }] of shapes) row[name] = initial ?? (await example());
  return row;
}

/** What is wrong with a list, in words; rows are counted from 1, as a person does. */
function wrongIn(list: unknown, shapes: Shapes, by: "refuses" | "refusesSet"): string | undefined {
  if (!Array.isArray(list)) return "a list of rows";
  for (const [i, row] of list.entries()) {
    const wrong = wrongInRow(row, i + 1, shapes, by);
    if (wrong !== undefined) return `a list of rows (${wrong})`;
  }
  return undefined;
}

function wrongInRow(row: unknown, number: number, shapes: Shapes, by: "refuses" | "refusesSet"): string | undefined {
  if (typeof row !== "object" || row === null || Array.isArray(row)) {
    return `row ${number} must be an object with ${listed(shapes)}, and is ${described(row)}`;
  }
  const extra = Object.keys(row).find((name) => !shapes.has(name));
  if (extra !== undefined) return `row ${number} has '${extra}', and a row has only ${listed(shapes)}`;
  for (const [name, shape] of shapes) {
    if (!Object.hasOwn(row, name)) return `row ${number} lacks '${name}'`;
    const value = (row as Readonly<Record<string, unknown>>)[name];
    const expected = shape[by](value);
    if (expected !== undefined) return `'${name}' of row ${number} must be ${expected}, and is ${described(value)}`;
  }
  return undefined;
}

function listed(shapes: Shapes): string {
  const quoted = [...shapes.keys()].map((name) => `'${name}'`);
  return quoted.length === 1 ? `${quoted[0]}` : `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1)}`;
}
