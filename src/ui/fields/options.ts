/**
 * A component's options as its element reads them, and values as people read them. The options come from the wire, so
 * nothing is believed: what has the wrong type counts as not given. Pure.
 */
import type { ComponentView, FileView, ValueView } from "../../protocol/port.ts";
import type { Json } from "../../protocol.ts";
import { bytes, plain } from "../words.ts";

export function text(component: ComponentView, option: string): string | undefined {
  const value = component.options[option];
  return typeof value === "string" ? value : undefined;
}

export function number(component: ComponentView, option: string): number | undefined {
  const value = component.options[option];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

export interface Choice {
  readonly label: string;
  readonly value: Json;
}

/** The choices of a dropdown: values, or `[label, value]` pairs. */
export function choices(component: ComponentView): readonly Choice[] {
  const given = component.options.choices;
  if (!Array.isArray(given)) return [];
  return (given as readonly Json[]).map((item) => {
    if (Array.isArray(item) && item.length === 2) return { label: String(item[0]), value: item[1] as Json };
    return { label: String(item), value: item };
  });
}

/** One field of the rows of an `itemList`. */
export interface RowField {
  readonly name: string;
  readonly label: string;
  readonly component: ComponentView;
}

export function rowFields(component: ComponentView | null): readonly RowField[] {
  const given = component?.options.fields;
  if (!Array.isArray(given)) return [];
  return (given as readonly Json[]).flatMap((field) => {
    const { name, label, kind, options } = Object(field) as { readonly [key: string]: Json | undefined };
    if (typeof name !== "string" || typeof kind !== "string") return [];
    const own = (typeof options === "object" && options !== null ? options : {}) as ComponentView["options"];
    return [{ name, label: typeof label === "string" ? label : name, component: { kind, options: own } }];
  });
}

/** What a row holds in a field, as if it had come alone. */
export function valueIn(row: ValueView | null, field: string): ValueView | null {
  const json = row?.kind === "json" ? row.value : undefined;
  if (typeof json !== "object" || json === null || Array.isArray(json) || !Object.hasOwn(json, field)) return null;
  const value = (json as { readonly [key: string]: Json })[field] as Json;
  const file = fileIn(value);
  return file ? { kind: "file", file } : { kind: "json", value };
}

/** Whether two values are the same JSON. */
export function equalJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [one, other] = [a, b] as [{ readonly [key: string]: Json }, { readonly [key: string]: Json }];
  const keys = Object.keys(one);
  if (Array.isArray(a) !== Array.isArray(b) || keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && equalJson(one[key], other[key]));
}

/** A value in one line. */
export function summary(value: ValueView | null): string {
  if (!value) return "";
  if (value.kind === "file") return `${value.file.name} · ${bytes(value.file.size)}`;
  if (value.kind === "large") return oneLine(value.preview);
  if (value.kind === "list") return value.of === 1 ? "1 item" : `${value.of} items`;
  return brief(value.value);
}

function brief(json: Json): string {
  if (typeof json === "string") return oneLine(json);
  if (typeof json === "number") return plain(json);
  if (typeof json === "boolean") return json ? "yes" : "no";
  if (json === null) return "nothing";
  const known = laidOut(json);
  if (known !== undefined) return known;
  if (Array.isArray(json) && json.some((item) => typeof item === "object")) {
    return json.length === 1 ? "1 item" : `${json.length} items`;
  }
  if (Array.isArray(json)) return oneLine(json.map((item) => brief(item as Json)).join(", "));
  return oneLine(JSON.stringify(json));
}

/** What holds several things in its own way: a table, a class, a conversation, pictures. */
function laidOut(json: Json): string | undefined {
  const { headers, data, label, confidences } = Object(json) as { readonly [key: string]: Json | undefined };
  if (Array.isArray(headers) && Array.isArray(data)) return `${data.length} × ${headers.length} table`;
  if (typeof label === "string" && (confidences === undefined || Array.isArray(confidences))) return oneLine(label);
  if (!Array.isArray(json) || json.length === 0) return undefined;
  const all = json as readonly Json[];
  if (picturesIn(json).length > 0) return all.length === 1 ? "1 picture" : `${all.length} pictures`;
  const last = all.at(-1) as Json;
  const { role, content } = Object(last) as { readonly [key: string]: Json | undefined };
  return typeof role === "string" && typeof content === "string" ? oneLine(`${role}: ${content}`) : undefined;
}

/** The pictures of a gallery. */
export function picturesIn(json: Json | undefined): readonly FileView[] {
  if (!Array.isArray(json)) return [];
  return (json as readonly Json[]).flatMap((item) => {
    const file = fileIn(Object(item).file as Json | undefined);
    return file?.type.startsWith("image/") ? [file] : [];
  });
}

function oneLine(words: string): string {
  const line = words.replace(/\s+/g, " ").trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

/** JSON for reading: short lists of plain values stay on one line, the rest is indented. */
export function pretty(json: Json, indent = ""): string {
  if (typeof json !== "object" || json === null) return JSON.stringify(json);
  const inner = `${indent}  `;
  if (Array.isArray(json)) {
    if (json.length === 0) return "[]";
    if (json.every((item) => typeof item !== "object" || item === null)) {
      const line = `[${json.map((item) => JSON.stringify(item)).join(", ")}]`;
      if (line.length + indent.length <= 36) return line;
    }
    return `[\n${json.map((item) => inner + pretty(item as Json, inner)).join(",\n")}\n${indent}]`;
  }
  const entries = Object.entries(json as { readonly [key: string]: Json });
  if (entries.length === 0) return "{}";
  return `{\n${entries.map(([key, value]) => `${inner}${JSON.stringify(key)}: ${pretty(value, inner)}`).join(",\n")}\n${indent}}`;
}

/** A file in a value that holds more than it, as it is written into JSON. */
export function fileIn(json: Json | undefined): FileView | null {
  const { id, url, name, type, size } = Object(json) as { readonly [key: string]: unknown };
  const fits = typeof id === "string" && url === `files/${id}` && typeof type === "string" && typeof size === "number";
  return fits ? { id, url, type, size, name: String(name) } : null;
}

/** The colour a value is, if it is one. */
export function colour(json: Json | undefined): string | null {
  return typeof json === "string" && /^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(json.trim()) ? json.trim() : null;
}

/** The colours of a list, if it is a list of nothing else. */
export function palette(json: Json | undefined): readonly string[] | null {
  if (!Array.isArray(json) || json.length === 0 || json.length > 64) return null;
  const found = (json as readonly Json[]).map((item) => colour(item));
  return found.every((item) => item !== null) ? (found as readonly string[]) : null;
}
