/** An app's values as ours: what it names as a file is fetched and becomes a `FileRef`, in lists and objects too, and what some components give in a shape of their own gets ours. A text is never a file. */
import type { FileRef } from "../file-ref.ts";

type Values = Readonly<Record<string, unknown>>;

/** Where an app says that a file lies. */
export interface RemoteFile {
  readonly path?: string | null;
  readonly url?: string | null;
  readonly orig_name?: string | null;
  readonly mime_type?: string | null;
}

export type Fetch = (file: RemoteFile) => Promise<FileRef>;

/** A value that a component of this kind gave. */
export async function returned(value: unknown, kind: string, fetch: Fetch): Promise<unknown> {
  const plain = updated(value);
  if (plain === null || plain === undefined) return plain ?? null;
  switch (kind) {
    case "gallery":
      return Array.isArray(plain) ? Promise.all(plain.map((item) => pictureOf(item, fetch))) : withFiles(plain, fetch);
    case "chatbot":
      return Array.isArray(plain) ? (await Promise.all(plain.map((item) => messagesOf(item, fetch)))).flat() : plain;
    case "dataframe":
      return tableOf(plain) ?? plain;
    case "video":
      return withFiles((Object(plain) as Values).video ?? plain, fetch);
    default:
      return withFiles(plain, fetch);
  }
}

/** What `gr.update(value=...)` and components as return values come as. */
function updated(value: unknown): unknown {
  const { __type__: type, value: inner } = Object(value) as Values;
  return type === "update" ? (inner ?? null) : value;
}

function isRemoteFile(value: object): value is RemoteFile {
  const { meta, path, url } = value as Values;
  if ((Object(meta) as Values)._type === "gradio.FileData") return true;
  // As apps before Gradio 4.30 write them.
  return typeof path === "string" && "orig_name" in value && (typeof url === "string" || url === null);
}

async function withFiles(value: unknown, fetch: Fetch): Promise<unknown> {
  if (typeof value !== "object" || value === null) return value;
  if (isRemoteFile(value)) return fetch(value);
  if (Array.isArray(value)) return Promise.all(value.map((item) => withFiles(item, fetch)));
  const entries = Object.entries(value).map(async ([key, item]) => [key, await withFiles(item, fetch)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function pictureOf(item: unknown, fetch: Fetch): Promise<unknown> {
  const { image, video, caption } = Object(item) as Values;
  const file = await withFiles(image ?? video ?? item, fetch);
  return typeof caption === "string" ? { file, caption } : { file };
}

/** One message of theirs may have several parts; each is a message of ours. Older apps give pairs of what was said and answered. */
async function messagesOf(item: unknown, fetch: Fetch): Promise<unknown[]> {
  if (Array.isArray(item)) {
    const said = await Promise.all(item.map((part) => contentOf(part, fetch)));
    return said.flatMap((content, i) => (content === null ? [] : [{ role: i === 0 ? "user" : "assistant", content }]));
  }
  const { role, content } = Object(item) as Values;
  const parts = Array.isArray(content) ? content : [content];
  const ours = await Promise.all(parts.map((part) => contentOf(part, fetch)));
  const texts = ours.every((part) => typeof part === "string");
  return texts ? [{ role, content: ours.join("\n") }] : ours.map((part) => ({ role, content: part }));
}

async function contentOf(part: unknown, fetch: Fetch): Promise<unknown> {
  if (typeof part !== "object" || part === null) return part ?? null;
  const { text, file, component, value } = part as Values;
  if (typeof text === "string") return text;
  if (component !== undefined) return contentOf(value, fetch);
  return withFiles(file ?? part, fetch);
}

function tableOf(value: unknown): unknown {
  const { headers, data } = Object(value) as Values;
  return Array.isArray(headers) && Array.isArray(data) ? { headers, data } : undefined;
}
