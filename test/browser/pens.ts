/** Everything that is typed into on the canvas of `test/support/apps/pens.ts`, one line each. */
import type { Locator } from "playwright-core";
import type { Command } from "../../src/protocol/command.ts";
import type { Json, View } from "../../src/protocol.ts";
import type { Canvas } from "./canvas.ts";

/** Something that is typed into: where it is, what is typed, and what somebody else makes of the same value meanwhile. */
export interface Pen {
  readonly name: string;
  /** Where it is; what has to be opened first is opened. */
  find(canvas: Canvas): Promise<Locator> | Locator;
  /** Typed a letter at a time. */
  readonly types: string;
  /** What stands before, when the typing begins not at its end but so many letters from its beginning. */
  readonly at?: number;
  readonly reads: string;
  /** What another browser does to the same value in the middle of it, when the first half has arrived there. */
  readonly other?: Command | ((view: View) => Command);
  /** What stood there is written over. */
  readonly over?: true;
  /** Half of it means nothing, and is not sent. */
  readonly whole?: true;
  /** Where what was typed has to arrive, and as what. */
  held(view: View): unknown;
  readonly means: unknown;
}

const json = (value: Json) => ({ kind: "json", value }) as const;
export const set = (port: string, value: Json): Command => ({ kind: "set", card: "Desk", port, value: json(value) });

export function value(view: View, card: string, side: "inputs" | "outputs", port: string): Json | undefined {
  const found = view.cards[card]?.[side].find(({ name }) => name === port)?.value;
  return found?.kind === "json" ? found.value : undefined;
}
export const input = (view: View, port: string) => value(view, "Desk", "inputs", port);
export const within = (view: View, port: string, ...path: readonly (string | number)[]) =>
  path.reduce<unknown>((holder, key) => Object(holder)[key], input(view, port));

const desk = (label: string) => (canvas: Canvas) => canvas.field("Desk", label);

export const pens: readonly Pen[] = [
  {
    name: "a line",
    find: desk("Line"),
    at: 3,
    types: " very very",
    reads: "old very very mill",
    other: set("line", "new"),
    held: (view) => input(view, "line"),
    means: "old very very mill",
  },
  {
    name: "several lines",
    find: desk("Lines"),
    at: 3,
    types: " grey",
    reads: "old grey\nmill",
    other: set("lines", "new"),
    held: (view) => input(view, "lines"),
    means: "old grey\nmill",
  },
  {
    name: "Markdown",
    find: desk("Prose"),
    at: 0,
    types: "the ",
    reads: "the old mill",
    other: set("prose", "new"),
    held: (view) => input(view, "prose"),
    means: "the old mill",
  },
  {
    name: "a number",
    find: desk("Size"),
    types: "25",
    reads: "1.525",
    other: set("size", 9),
    held: (view) => input(view, "size"),
    means: 1.525,
  },
  {
    name: "a colour",
    find: desk("Ink"),
    over: true,
    types: "#aabbcc",
    reads: "#aabbcc",
    other: set("ink", "#123456"),
    held: (view) => input(view, "ink"),
    means: "#aabbcc",
  },
  {
    name: "JSON",
    find: desk("Facts"),
    at: 1,
    types: ' "a": [1],',
    reads: '{ "a": [1],\n  "old": "mill"\n}',
    other: set("facts", { new: 1 }),
    whole: true,
    held: (view) => input(view, "facts"),
    means: { a: [1], old: "mill" },
  },
  {
    name: "a cell of words",
    find: desk("Name, row 2"),
    at: 3,
    types: " Byron",
    reads: "Ada Byron 2",
    other: set("people", {
      headers: ["Name", "Age"],
      data: [
        ["Bob", 1],
        ["Cyd", 2],
      ],
    }),
    held: (view) => within(view, "people", "data", 1, 0),
    means: "Ada Byron 2",
  },
  {
    name: "a cell of numbers",
    find: desk("Age, row 3"),
    types: ".050",
    reads: "38.050",
    held: (view) => within(view, "people", "data", 2, 1),
    means: 38.05,
  },
  {
    name: "a message",
    find: desk("Message 1"),
    at: 3,
    types: " grey",
    reads: "old grey mill",
    other: set("talk", [{ role: "assistant", content: "new" }]),
    held: (view) => within(view, "talk", 0, "content"),
    means: "old grey mill",
  },
  {
    name: "a class",
    find: desk("Animal"),
    types: "kin",
    reads: "catkin",
    other: set("animal", { label: "owl" }),
    held: (view) => within(view, "animal", "label"),
    means: "catkin",
  },
  {
    name: "the name of a confidence",
    find: desk("Class 1"),
    at: 0,
    types: "old ",
    reads: "old cat",
    other: set("animal", { label: "owl" }),
    held: (view) => within(view, "animal", "confidences", 0, "label"),
    means: "old cat",
  },
  {
    name: "a confidence",
    find: desk("Confidence of cat"),
    types: "050",
    reads: "0.8050",
    held: (view) => within(view, "animal", "confidences", 0, "confidence"),
    means: 0.805,
  },
  {
    name: "a caption",
    find: desk("Caption of pixel.png"),
    at: 3,
    types: " grey",
    reads: "old grey mill",
    other: set("pictures", []),
    held: (view) => within(view, "pictures", 0, "caption"),
    means: "old grey mill",
  },
  {
    name: "a field of a row",
    find: async (canvas) => {
      await canvas.press("Edit row 2 of Notes");
      return canvas.field("Notes", "Text");
    },
    at: 3,
    types: " grey",
    reads: "old grey mill 2",
    other: (view) => {
      const row = rows(view)[1]?.id ?? -1;
      return { kind: "editRow", card: "Notes", port: "notes", row, field: "text", value: json("new") };
    },
    held: (view) => Object(listed(view)[1]).text,
    means: "old grey mill 2",
  },
  {
    name: "what is written over an output",
    find: async (canvas) => {
      await canvas.row("Press", "printed").hover();
      await canvas.press("Edit Printed");
      return canvas.field("Press", "Printed");
    },
    at: 0,
    types: "the ",
    reads: "the page 1",
    other: { kind: "set", card: "Press", port: "page", value: json(2) },
    held: (view) => value(view, "Press", "outputs", "printed"),
    means: "the page 1",
  },
];

const rows = (view: View) => view.cards.Notes?.outputs[0]?.items?.chunks["0"] ?? [];
const listed = (view: View) => rows(view).map(({ value }) => (value?.kind === "json" ? value.value : null));
