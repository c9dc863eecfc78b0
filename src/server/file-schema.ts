/** A file as it travels, as JSON Schema: what an upload answered, or a call gave. The server finds it by its id alone; what else is said of it tells whether a component takes it. */
import type { Shape } from "../engine/component.ts";
import { mediaTypes, modelEndings } from "../nodes/files.ts";
import { anyOf, record, type Schema, text } from "./json-schema.ts";

const hexadecimal = "[0-9a-f]{64}";

/** `kinds`: of these it has to be one. */
export function fileSchema(kinds: readonly Schema[] = [], largest?: number): Schema {
  const known = {
    id: { type: "string", pattern: `^${hexadecimal}$` },
    name: text,
    type: text,
    size: { type: "integer", minimum: 0, ...(largest !== undefined && { maximum: largest }) },
    url: { type: "string", pattern: `^files/${hexadecimal}$` },
  };
  return { ...record(known, ["id", "url"]), ...(kinds.length > 0 && { allOf: [anyOf(kinds)] }) };
}

/** What a component of files takes. */
export function fileOf({ kind, options }: Shape): Schema {
  const { accept = [], maxSize } = options as { accept?: readonly string[]; maxSize?: number };
  const kinds = kind in mediaTypes ? [typed(mediaTypes[kind as keyof typeof mediaTypes])] : accept.map(accepted);
  return fileSchema(kind === "model3d" ? [...kinds, ...modelEndings.map(ending)] : kinds, maxSize);
}

export const pictureSchema: Schema = fileSchema([typed(mediaTypes.image), typed(mediaTypes.video)]);

function typed({ source }: RegExp): Schema {
  return { properties: { type: { pattern: source.replaceAll("\\/", "/") } } };
}

/** An extension, in small letters or large. */
function ending(extension: string): Schema {
  const letters = [...extension].map((letter) => {
    const [small, large] = [letter.toLowerCase(), letter.toUpperCase()];
    return small === large ? literal(letter) : `[${small}${large}]`;
  });
  return { properties: { name: { pattern: `${letters.join("")}$` } } };
}

function accepted(entry: string): Schema {
  if (entry.startsWith(".")) return ending(entry);
  const type = entry.endsWith("/*") ? { pattern: `^${literal(entry.slice(0, -1))}` } : { const: entry };
  return { properties: { type } };
}

function literal(part: string): string {
  return part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
