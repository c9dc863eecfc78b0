/**
 * Our values as an app takes them: files are brought there first and named by where they lie, in lists and objects too, and what
 * some components want in a shape of their own gets that shape. The values given are never changed.
 */
import { FailureError } from "../../engine/failure.ts";
import { isA } from "../../engine/is-a.ts";
import { FileRef, fileInCode, isFile } from "../file-ref.ts";
import { refused, sentence, shownUrl, unreachable } from "../remote-failure.ts";
import { type Endpoint, expectedOf, type Parameter } from "./api.ts";
import type { JobClient } from "./job-client.ts";
import type { Config } from "./library.ts";

type Values = Readonly<Record<string, unknown>>;

/** The values in the order of the endpoint's parameters. @throws FailureError `bad-input` for what it will not take */
export async function sent(values: Values, endpoint: Endpoint, client: JobClient): Promise<unknown[]> {
  const uploads = new Map<string, Promise<unknown>>();
  const given = endpoint.parameters
    ? endpoint.parameters.map((parameter, i) => {
        const { name, otherwise } = parameter;
        if (values[name] === undefined) return { name, value: otherwise?.value };
        const expected = expectedIn(endpoint.takes[i] ?? "", parameter, values[name]);
        if (expected !== undefined) throw wrong(name, expected);
        return { name, value: values[name] };
      })
    : Object.entries(values).map(([name, value]) => ({ name, value }));
  return Promise.all(
    given.map(({ name, value }, i) => {
      const upload = (file: FileRef) => {
        const known = uploads.get(file.id) ?? uploaded(file, name, client);
        uploads.set(file.id, known);
        return known;
      };
      return shaped(value, endpoint.takes[i] ?? "", client.config?.version ?? "", upload);
    }),
  );
}

/** Components that take files: a text is none, wherever it leads. */
const takesFiles: ReadonlySet<string> = new Set(["image", "audio", "video", "file", "model3d", "uploadbutton"]);

function expectedIn(kind: string, parameter: Parameter, value: unknown): string | undefined {
  if (isFile(value) || isBytes(value)) return undefined;
  if (takesFiles.has(kind) && typeof value === "string") return `a file (${fileInCode})`;
  return expectedOf(parameter, value);
}

type Upload = (file: FileRef) => Promise<unknown>;

/** A value in the shape that a component of this kind takes. */
async function shaped(value: unknown, kind: string, version: string, upload: Upload): Promise<unknown> {
  if (kind === "gallery" && Array.isArray(value)) return Promise.all(value.map((item) => picture(item, upload)));
  if (kind === "chatbot" && Array.isArray(value)) {
    // From Gradio 6 on a message is a list of parts.
    const parts = Number.parseInt(version, 10) >= 6;
    return Promise.all(value.map((message) => spoken(message, parts, upload)));
  }
  if (kind === "imageeditor" && isFile(value)) return { background: await upload(value), layers: [], composite: null };
  if (kind === "multimodaltextbox" && typeof value === "string") return { text: value, files: [] };
  if (kind === "file" && isFile(value)) return upload(value);
  return withFiles(value, upload);
}

/** The same value with its files brought over. */
async function withFiles(value: unknown, upload: Upload): Promise<unknown> {
  if (isFile(value)) return upload(value);
  // Bytes would be sent as an object of numbers.
  if (isBytes(value)) return upload(await FileRef.fromBytes(value));
  if (Array.isArray(value)) return Promise.all(value.map((item) => withFiles(item, upload)));
  if (typeof value !== "object" || value === null || !plain(value)) return value;
  const entries = Object.entries(value).map(async ([key, item]) => [key, await withFiles(item, upload)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function picture(item: unknown, upload: Upload): Promise<unknown> {
  const { file, caption } = isFile(item) ? { file: item, caption: undefined } : (Object(item) as Values);
  if (!isFile(file)) return withFiles(item, upload);
  const kind = file.type.startsWith("video/") ? "video" : "image";
  return { [kind]: await upload(file), caption: caption ?? null };
}

async function spoken(message: unknown, parts: boolean, upload: Upload): Promise<unknown> {
  const { role, content } = Object(message) as Values;
  if (isFile(content)) {
    const file = await upload(content);
    return { role, content: parts ? [{ type: "file", file }] : { file, alt_text: null } };
  }
  return { role, content: parts && typeof content === "string" ? [{ type: "text", text: content }] : content };
}

async function uploaded(file: FileRef, port: string, client: JobClient): Promise<unknown> {
  const limit = (client.config as Config).max_file_size ?? Number.POSITIVE_INFINITY;
  if (file.size > limit) throw wrong(port, `a file of at most ${limit} bytes, which is what the app takes`);
  const bytes = await file.bytes().catch((error: unknown) => {
    throw wrong(port, `a file that can still be read (${error instanceof Error ? error.message : error})`);
  });
  // A File, and nothing else: of anything else the library loses name and type.
  const carried = new File([bytes as Uint8Array<ArrayBuffer>], file.name, { type: file.type });
  const { files, error } = await client
    .upload_files((client.config as Config).root, [carried])
    .catch((cause: unknown) => {
      throw unreachable(client.url, `'${file.name}' could not be brought to the app: ${said(cause)}`);
    });
  const path = files?.[0];
  if (typeof path !== "string") throw notTaken(file, error, client);
  const meta = { _type: "gradio.FileData" };
  return { path, orig_name: file.name, size: file.size, mime_type: file.type, meta };
}

function notTaken(file: FileRef, error: string | undefined, { url, answered }: JobClient): FailureError {
  const { status } = answered;
  const what = `${shownUrl(url)} did not take the file '${file.name}'${error ? `: ${error.slice(0, 200)}` : ""}`;
  if (status >= 500) return unreachable(url, what);
  const advice =
    status === 413
      ? "It is too large for this app: send a smaller one."
      : "See whether the app takes files of this type.";
  return refused(url, status || undefined, what, advice);
}

function wrong(port: string, expected: string): FailureError {
  const message = sentence(`The app takes ${expected} as '${port}'`);
  return new FailureError({ reason: "bad-input", port, expected, message, advice: `Look at what feeds '${port}'.` });
}

function isBytes(value: unknown): value is Uint8Array | Blob {
  return isA(value, Uint8Array) || isA(value, Blob);
}

function plain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === null;
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
