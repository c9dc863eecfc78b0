/** The components. Each function returns a `Component` typed by its value; options that cannot be true throw where they are written. */
import type { Component } from "../engine/component.ts";
import { chatbot } from "./chat.ts";
import {
  badComponent,
  type ChoiceOptions,
  type ComponentOptions,
  made,
  type NumberOptions,
  type TextOptions,
} from "./component-options.ts";
import { dataframe, label } from "./data-components.ts";
import { audio, file, gallery, image, model3d, video } from "./files.ts";
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

/** HTML, shown sanitised in a sandboxed frame. @example ui.html({ label: "Report" }) */
function html(options: ComponentOptions<string> = {}): Component<string> {
  return made("html", options, {
    example: () => "<p>Some <b>text</b></p>",
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
  gallery,
  audio,
  video,
  file,
  model3d,
  json,
  markdown,
  html,
  label,
  dataframe,
  chatbot,
  itemList,
  optional,
} as const;

function isChoice(choice: unknown): boolean {
  const plain = (value: unknown) => typeof value === "string" || typeof value === "number";
  return (
    plain(choice) || (Array.isArray(choice) && choice.length === 2 && typeof choice[0] === "string" && plain(choice[1]))
  );
}
