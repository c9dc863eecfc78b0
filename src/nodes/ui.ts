/** The components. Each function returns a `Component` typed by its value; options that cannot be true throw where they are written. */
import { type Component, type ComponentKind, Shape } from "../engine/component.ts";
import { GraphError } from "../engine/graph-error.ts";
import { FileRef } from "./file-ref.ts";

/** Options that every component takes. */
export interface ComponentOptions<T> {
  /** Heading on the card. Default: the port's name in words. */
  label?: string;
  /** One line of help under the label. */
  info?: string;
  /** Initial value. Without one the port is `empty` and its node waits. */
  value?: T;
  /** `false` hides it; the port stays connectable. Default `true`. */
  visible?: boolean;
  /** `false` makes an input read-only. Default `true` for inputs, `false` for outputs. */
  interactive?: boolean;
}
/** `ComponentOptions` for what one types into. */
export interface TextOptions extends ComponentOptions<string> {
  /** Grey text while empty. */
  placeholder?: string;
  /** Visible lines. Default 1. */
  lines?: number;
  /** Longest text in characters. */
  maxLength?: number;
}
/** `ComponentOptions` for number fields. */
export interface NumberOptions extends ComponentOptions<number> {
  minimum?: number;
  maximum?: number;
  /** Distance between allowed values. Default: any number. */
  step?: number;
}
/** `ComponentOptions` for a choice among `choices`; a pair is `[label, value]`. */
export interface ChoiceOptions<V, T = V> extends ComponentOptions<T> {
  choices: readonly (V | readonly [label: string, value: V])[];
}
/** `ComponentOptions` for files. */
export interface MediaOptions<T> extends ComponentOptions<T> {
  /** Largest upload in bytes. Default: the server's limit. */
  maxSize?: number;
}

type Refuses = (value: unknown) => string | undefined;

/** A line or a few lines of text. @example ui.textbox({ label: "Prompt", lines: 3 }) */
function textbox(options: TextOptions & { type?: "text" | "password" | "email" | "url" } = {}): Component<string> {
  const { maxLength } = options;
  return made("textbox", options, ["placeholder", "lines", "maxLength", "type"], (value) => {
    if (typeof value !== "string") return "text";
    return maxLength !== undefined && value.length > maxLength ? `text of at most ${maxLength} characters` : undefined;
  });
}

/** A number field. @example ui.number({ label: "Seed", value: 7 }) */
function number(options: NumberOptions = {}): Component<number> {
  checkRange("number", options);
  return made("number", options, ["minimum", "maximum", "step"], numberWithin(options), numberOnStep(options));
}

/** A slider; `step` defaults to 1. @throws GraphError `bad-component` when `minimum >= maximum` */
function slider(options: NumberOptions & { minimum: number; maximum: number }): Component<number> {
  checkRange("slider", options ?? {});
  if (!(options?.minimum < options?.maximum)) {
    throw badComponent(`ui.slider needs minimum < maximum, and got ${options?.minimum} and ${options?.maximum}.`);
  }
  const complete = { ...options, step: options.step ?? 1, value: options.value ?? options.minimum };
  return made("slider", complete, ["minimum", "maximum", "step"], numberWithin(options), numberOnStep(complete));
}

/** A tick box. Default value `false`. */
function checkbox(options: ComponentOptions<boolean> = {}): Component<boolean> {
  return made("checkbox", { ...options, value: options.value ?? false }, [], (value) =>
    typeof value === "boolean" ? undefined : "true or false",
  );
}

/** One of many. @example ui.dropdown({ choices: ["fast", ["Very careful", "slow"]], value: "fast" }) */
function dropdown<const V extends string | number>(options: ChoiceOptions<V, NoInfer<V>>): Component<V> {
  if (!Array.isArray(options?.choices) || options.choices.length === 0) {
    throw badComponent('ui.dropdown needs choices: ui.dropdown({ choices: ["a", "b"] }).');
  }
  if (!options.choices.every(isChoice)) {
    throw badComponent("ui.dropdown: a choice is a text, a number, or a pair [label, value] of them.");
  }
  const values = options.choices.map((choice) => (Array.isArray(choice) ? choice[1] : choice) as unknown);
  const expected = `one of ${values.map((value) => JSON.stringify(value)).join(", ")}`;
  return made("dropdown", options, ["choices"], (value) => (values.includes(value) ? undefined : expected));
}

/** A colour: `"#rrggbb"`. */
function colorPicker(options: ComponentOptions<string> = {}): Component<string> {
  return made("colorPicker", options, [], (value) =>
    typeof value === "string" && /^#[0-9a-f]{6}$/i.test(value) ? undefined : 'a colour like "#0b7a75"',
  );
}

/** An image: upload, paste or webcam. @example ui.image({ label: "Photo", value: await FileRef.fromPath("photo.jpg") }) */
function image(
  options: MediaOptions<FileRef> & { sources?: readonly ("upload" | "webcam" | "clipboard")[] } = {},
): Component<FileRef> {
  const { maxSize } = options;
  return made("image", options, ["maxSize", "sources"], (value) => {
    if (!(value instanceof FileRef)) return "an image file (a FileRef)";
    if (!value.type.startsWith("image/")) return "an image file";
    return maxSize !== undefined && value.size > maxSize ? `an image of at most ${maxSize} bytes` : undefined;
  });
}

/** Any JSON. As output of an `FnNode` the port takes the type that `fn` returns; elsewhere say it: `ui.json<Line[]>()`. */
function json<T = unknown>(options: ComponentOptions<T> = {}): Component<T> {
  return made("json", options, [], (value) => (value === undefined ? "a value" : undefined));
}

/** Markdown, shown sanitised. */
function markdown(options: ComponentOptions<string> = {}): Component<string> {
  return made("markdown", options, [], (value) => (typeof value === "string" ? undefined : "text"));
}

/** The components, by what they show. */
export const ui = { textbox, number, slider, checkbox, dropdown, colorPicker, image, json, markdown } as const;

/** Kinds of component whose value is a file. */
export const fileKinds: ReadonlySet<ComponentKind> = new Set(["image"]);

function made<T>(
  kind: ComponentKind,
  options: object,
  shown: readonly string[],
  refuses: Refuses,
  refusesSet = refuses,
): Component<T> {
  const given = options as ComponentOptions<unknown> & Record<string, unknown>;
  const initial = given.value;
  const expected = initial === undefined ? undefined : refusesSet(initial);
  if (expected !== undefined) throw badComponent(`The value of this ui.${kind} must be ${expected}.`);
  const { label, info, visible, interactive } = given;
  const picked = Object.fromEntries(
    shown.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
  );
  const shape = new Shape({ kind, label, info, visible, interactive, initial, options: picked, refuses, refusesSet });
  return shape as unknown as Component<T>;
}

function isChoice(choice: unknown): boolean {
  const plain = (value: unknown) => typeof value === "string" || typeof value === "number";
  return (
    plain(choice) || (Array.isArray(choice) && choice.length === 2 && typeof choice[0] === "string" && plain(choice[1]))
  );
}

function numberWithin({ minimum, maximum }: NumberOptions): Refuses {
  const from = minimum === undefined ? "" : ` from ${minimum}`;
  const to = maximum === undefined ? "" : `${from ? " to" : " up to"} ${maximum}`;
  return (value) => {
    const fits =
      typeof value === "number" &&
      Number.isFinite(value) &&
      !(value < (minimum ?? value)) &&
      !(value > (maximum ?? value));
    return fits ? undefined : `a number${from}${to}`;
  };
}

/** Allowed are `minimum` and whole steps from there; without a minimum, whole steps from 0. */
function numberOnStep(options: NumberOptions): Refuses {
  const within = numberWithin(options);
  const { minimum, maximum, step } = options;
  if (step === undefined) return within;
  const base = minimum ?? 0;
  const allowed = (steps: number) => Number((base + steps * step).toPrecision(15));
  const fits = (n: number) => !(n < (minimum ?? n)) && !(n > (maximum ?? n));
  return (value) => {
    const expected = within(value);
    if (expected !== undefined || typeof value !== "number") return expected;
    const steps = (value - base) / step;
    // Decimals do not add up exactly: a millionth of a step, and a few of the last digits that a number has, are no distance.
    const slack = step * 1e-6 + Math.abs(value) * 2 ** -50;
    if (step < slack || Math.abs(base + Math.round(steps) * step - value) <= slack) return undefined;
    const nearest = [Math.floor(steps), Math.ceil(steps)].map(allowed).filter(fits);
    return `${within(undefined)} in steps of ${step}: the nearest ${nearest.length === 1 ? "is" : "are"} ${nearest.join(" and ")}`;
  };
}

function checkRange(kind: string, { minimum, maximum, step }: NumberOptions): void {
  for (const [name, value] of Object.entries({ minimum, maximum, step })) {
    if (value !== undefined && !Number.isFinite(value)) throw badComponent(`ui.${kind}: ${name} must be a number.`);
  }
  if (minimum !== undefined && maximum !== undefined && minimum > maximum)
    throw badComponent(`ui.${kind} needs minimum <= maximum.`);
  if (step !== undefined && step <= 0) throw badComponent(`ui.${kind}: step must be above 0.`);
}

function badComponent(message: string): GraphError {
  return new GraphError("bad-component", message);
}
