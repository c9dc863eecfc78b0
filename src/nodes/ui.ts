/** The components. Each function returns a `Component` typed by its value; options that cannot be true throw where they are written. */
import type { Component, ComponentKind } from "../engine/component.ts";
import { isA } from "../engine/is-a.ts";
import {
  badComponent,
  type ChoiceOptions,
  type ComponentOptions,
  type MediaOptions,
  made,
  type NumberOptions,
  type TextOptions,
} from "./component-options.ts";
import { FileRef } from "./file-ref.ts";
import { itemList, optional } from "./item-list.ts";
import { checkRange, numberOnStep, numbers } from "./numbers.ts";

/** A line or a few lines of text. @example ui.textbox({ label: "Prompt", lines: 3 }) */
function textbox(options: TextOptions & { type?: "text" | "password" | "email" | "url" } = {}): Component<string> {
  const { maxLength, type = "text" } = options;
  return made("textbox", options, {
    shown: ["placeholder", "lines", "maxLength", "type"],
    example: () => exampleTexts[type].slice(0, maxLength),
    refuses: (value) => {
      if (typeof value !== "string") return "text";
      return maxLength !== undefined && value.length > maxLength
        ? `text of at most ${maxLength} characters`
        : undefined;
    },
  });
}

const exampleTexts = {
  text: "Some text",
  password: "a secret",
  email: "somebody@example.org",
  url: "https://example.org",
} as const;

/** A number field. @example ui.number({ label: "Seed", value: 7 }) */
function number(options: NumberOptions = {}): Component<number> {
  checkRange("number", options);
  return made("number", options, numbers(options));
}

/** A slider; `step` defaults to 1. @throws GraphError `bad-component` when `minimum >= maximum` */
function slider(options: NumberOptions & { minimum: number; maximum: number }): Component<number> {
  checkRange("slider", options ?? {});
  if (!(options?.minimum < options?.maximum)) {
    throw badComponent(`ui.slider needs minimum < maximum, and got ${options?.minimum} and ${options?.maximum}.`);
  }
  const complete = { ...options, step: options.step ?? 1, value: options.value ?? options.minimum };
  // Its handle moves in steps of 1 unless the author says otherwise; only steps that an author asked for are demanded of a value.
  return made("slider", complete, { ...numbers(complete), refusesSet: numberOnStep(options) });
}

/** A tick box. Default value `false`. */
function checkbox(options: ComponentOptions<boolean> = {}): Component<boolean> {
  return made(
    "checkbox",
    { ...options, value: options.value ?? false },
    { example: () => true, refuses: (value) => (typeof value === "boolean" ? undefined : "true or false") },
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
  return made("dropdown", options, {
    shown: ["choices"],
    example: () => values[0],
    refuses: (value) => (values.includes(value) ? undefined : expected),
  });
}

/** A colour: `"#rrggbb"`. */
function colorPicker(options: ComponentOptions<string> = {}): Component<string> {
  return made("colorPicker", options, {
    example: () => "#0b7a75",
    refuses: (value) =>
      typeof value === "string" && /^#[0-9a-f]{6}$/i.test(value) ? undefined : 'a colour like "#0b7a75"',
  });
}

/** An image: upload, paste or webcam. @example ui.image({ label: "Photo", value: await FileRef.fromPath("photo.jpg") }) */
function image(
  options: MediaOptions<FileRef> & { sources?: readonly ("upload" | "webcam" | "clipboard")[] } = {},
): Component<FileRef> {
  const { maxSize } = options;
  return made("image", options, {
    shown: ["maxSize", "sources"],
    example: () => FileRef.fromBytes(onePixel(), { name: "example.png" }),
    refuses: (value) => {
      if (!isA(value, FileRef)) return "an image file (a FileRef)";
      if (!value.type.startsWith("image/")) return "an image file";
      return maxSize !== undefined && value.size > maxSize ? `an image of at most ${maxSize} bytes` : undefined;
    },
  });
}

/** Any JSON. As output of an `FnNode` the port takes the type that `fn` returns; elsewhere say it: `ui.json<Line[]>()`. */
function json<T = unknown>(options: ComponentOptions<T> = {}): Component<T> {
  return made("json", options, {
    example: () => ({}),
    refuses: (value) => (value === undefined ? "a value" : undefined),
  });
}

/** Markdown, shown sanitised. */
function markdown(options: ComponentOptions<string> = {}): Component<string> {
  return made("markdown", options, {
    example: () => "Some **text**",
    refuses: (value) => (typeof value === "string" ? undefined : "text"),
  });
}

/** The components, by what they show. */
export const ui = {
  textbox,
  number,
  slider,
  checkbox,
  dropdown,
  colorPicker,
  image,
  json,
  markdown,
  itemList,
  optional,
} as const;

/** Kinds of component whose value is a file. */
export const fileKinds: ReadonlySet<ComponentKind> = new Set(["image"]);

function isChoice(choice: unknown): boolean {
  const plain = (value: unknown) => typeof value === "string" || typeof value === "number";
  return (
    plain(choice) || (Array.isArray(choice) && choice.length === 2 && typeof choice[0] === "string" && plain(choice[1]))
  );
}

/** The smallest picture there is, as a PNG. */
function onePixel(): Uint8Array {
  const bytes = atob(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  );
  return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
}
