/**
 * What a card can be tried with: the inputs that lead to it, values worth trying for each, and those that a person wrote, one
 * a line. Pure.
 */

import type { ComponentView, PortView } from "../protocol/port.ts";
import { mostValues } from "../protocol/sweep.ts";
import type { Json, View } from "../protocol.ts";
import { coneAbove } from "./cone.ts";
import { choices, number } from "./fields/options.ts";

/** An input of a card, here or above, whose values can be written in a line. */
export interface Source {
  readonly card: string;
  readonly name: string;
  readonly port: PortView;
}

/** A value as it is written and as it is sent. */
export interface Tried {
  readonly words: string;
  readonly value: Json;
}

const writable = new Set(["textbox", "number", "slider", "checkbox", "dropdown", "radio", "colorPicker"]);

/** Whether they are others: they are looked for anew with every view. */
export function otherSources(now: readonly Source[], before: readonly Source[] | undefined): boolean {
  return (
    now.length !== before?.length ||
    now.some(({ card, port }, i) => card !== before[i]?.card || port !== before[i]?.port)
  );
}

/** The inputs that lead to a card, its own first. A card of inputs leads there by those that an edge goes out from. */
export function sourcesOf({ cards, edges }: Pick<View, "cards" | "edges">, card: string): readonly Source[] {
  const above = coneAbove(card, edges);
  const leads = (id: string, { name }: PortView) =>
    Object.values(edges).some((edge) => edge.fromCard === id && edge.fromPort === name && above.includes(edge.toCard));
  return above.flatMap((id) => {
    const found = cards[id];
    if (!found) return [];
    const { name, kind, inputs, outputs, variants = [] } = found;
    return [...inputs, ...outputs, ...variants.flatMap((variant) => variant.inputs)]
      .filter(({ editable, component }) => editable && writable.has(component?.kind ?? ""))
      .filter((port) => kind !== "input" || leads(id, port))
      .map((port) => ({ card: id, name, port }));
  });
}

/** Values worth trying: five over a range, every choice, both of a yes or no; else what it holds. */
export function worthTrying({ port }: Source): readonly string[] {
  const component = port.component as ComponentView;
  const [low, high] = [number(component, "minimum"), number(component, "maximum")];
  if (component.kind === "checkbox") return ["yes", "no"];
  const named = choices(component).map(({ label }) => label);
  if (named.length > 0) return named.slice(0, mostValues);
  if (low !== undefined && high !== undefined) return over(low, high, number(component, "step"));
  const held = port.value?.kind === "json" ? port.value.value : null;
  return held === null || String(held).includes("\n") ? [] : [String(held)];
}

function over(low: number, high: number, step: number | undefined): readonly string[] {
  const grain = step ?? (high - low) / 4;
  const on = (n: number) => (grain > 0 ? low + Math.round((n - low) / grain) * grain : n);
  const spread = [0, 1, 2, 3, 4].map((i) => Number(Math.min(high, on(low + (i * (high - low)) / 4)).toPrecision(12)));
  return [...new Set(spread)].map(String);
}

/** What a person wrote, or what is wrong with it. */
export function read({ port }: Source, text: string): readonly Tried[] | string {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (lines.length === 0) return "Write one value on each line.";
  if (lines.length > mostValues) return `At most ${mostValues} values are tried at once.`;
  const tried = lines.map((words) => ({ words, value: meant(port.component as ComponentView, words) }));
  const strange = tried.find(({ value }) => value === undefined);
  if (strange) return `'${strange.words}' is not ${wanted(port.component as ComponentView)}.`;
  return tried as readonly Tried[];
}

function meant(component: ComponentView, words: string): Json | undefined {
  const { kind } = component;
  if (kind === "number" || kind === "slider") return Number.isFinite(Number(words)) ? Number(words) : undefined;
  if (kind === "checkbox") return words === "yes" ? true : words === "no" ? false : undefined;
  const named = choices(component);
  if (named.length === 0) return words;
  return named.find(({ label }) => label === words)?.value;
}

function wanted(component: ComponentView): string {
  if (component.kind === "number" || component.kind === "slider") return "a number";
  if (component.kind === "checkbox") return "yes or no";
  return `one of ${choices(component)
    .map(({ label }) => label)
    .join(", ")}`;
}
