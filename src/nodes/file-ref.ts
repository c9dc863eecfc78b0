/** A file by content; the only thing that is ever a file: a string never is. Equal bytes give equal ids, and files are compared by id alone. */
import { contentId } from "../engine/equal.ts";
import { hexOf } from "../engine/sha256.ts";
import { endingOfType, sniffed, typeOfName } from "./file-type.ts";
import { onNode } from "./on-node.ts";

const bytesOf = new WeakMap<FileRef, () => Promise<Uint8Array>>();

/**
 * A file by content.
 *
 * @example
 * const photo = await FileRef.fromPath("photo.jpg"); // { id: "9f86d0…", name: "photo.jpg", type: "image/jpeg", size: 81234 }
 * sheet.set(resize.inputs.photo, photo);
 */
export class FileRef {
  /** sha256 of the bytes, hexadecimal. */
  readonly id: string;
  /** File name without folders. */
  readonly name: string;
  /** Media type, from the bytes before the name. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;

  private constructor(
    about: { id: string; name: string; type: string; size: number },
    bytes: () => Promise<Uint8Array>,
  ) {
    this.id = about.id;
    this.name = about.name;
    this.type = about.type;
    this.size = about.size;
    bytesOf.set(this, bytes);
    Object.freeze(this);
  }

  /** Reads and digests a local file. Node only. @throws when it cannot be read */
  static async fromPath(path: string): Promise<FileRef> {
    const bytes = await onNode("node:fs", noPaths).promises.readFile(path);
    return FileRef.fromBytes(bytes, { name: onNode("node:path", noPaths).basename(path) });
  }

  /** From bytes in memory; `type` is detected when left out. */
  static async fromBytes(bytes: Blob | Uint8Array, about: { name?: string; type?: string } = {}): Promise<FileRef> {
    if (!(bytes instanceof Blob || bytes instanceof Uint8Array)) {
      throw new TypeError(
        "FileRef.fromBytes takes a Blob or a Uint8Array; of an ArrayBuffer make one: new Uint8Array(buffer).",
      );
    }
    // A copy: the caller may go on writing into its buffer, and a file never changes.
    const copy = bytes instanceof Blob ? new Uint8Array(await bytes.arrayBuffer()) : Uint8Array.from(bytes);
    const name = lastPart(about.name ?? (bytes instanceof Blob && "name" in bytes ? String(bytes.name) : "")) || "file";
    const type = about.type ?? (await sniffed(copy)) ?? typeOfName(name) ?? "application/octet-stream";
    const facts = { id: await sha256(copy), name: withEnding(name, type), type, size: copy.byteLength };
    return new FileRef(facts, () => Promise.resolve(copy));
  }

  /** A file that is kept elsewhere, by someone who vouches for its id; read when its bytes are asked for. @internal */
  static stored(
    about: { readonly id: string; readonly name: string; readonly type: string; readonly size: number },
    bytes: () => Promise<Uint8Array>,
  ): FileRef {
    return new FileRef(about, bytes);
  }

  /** The content, shared: read it, never write into it. */
  bytes(): Promise<Uint8Array> {
    return (bytesOf.get(this) as () => Promise<Uint8Array>)();
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  async blob(): Promise<Blob> {
    return new Blob([(await this.bytes()) as Uint8Array<ArrayBuffer>], { type: this.type });
  }

  /** A local path to read (never write), for tools such as ffmpeg. Node only. */
  async path(): Promise<string> {
    const { promises: fs } = onNode("node:fs", noPaths);
    const { join } = onNode("node:path", noPaths);
    // A folder of this process, that nobody else could have made or written to.
    folder ??= fs.mkdtemp(join(onNode("node:os", noPaths).tmpdir(), "millrace-"));
    const path = join(await folder, `${this.id}${endingOf(this)}`);
    // What is there is believed for its content alone: another program may have written to it.
    const present = await fs.readFile(path).catch(() => undefined);
    if (present && (await sha256(present)) === this.id) return path;
    const unfinished = `${path}.${Math.random().toString(36).slice(2)}`;
    await fs.writeFile(unfinished, await this.bytes(), { mode: 0o600 });
    await fs.rename(unfinished, path);
    return path;
  }

  get [contentId](): string {
    return this.id;
  }
}

/** What a file is called where one is asked for. Whoever writes JSON has none, and is told what to send instead. */
export const fileInCode = "a FileRef";

/** True for a file that was made here: not for what merely has its prototype, nor for a Proxy of one. */
export function isFile(value: unknown): value is FileRef {
  return bytesOf.has(value as FileRef);
}

let folder: Promise<string> | undefined;
/** A visitor chose the name: only a plain ending of it may reach a path, which functions hand to other programs. */
function endingOf(file: FileRef): string {
  const given = /\.[a-z0-9]{1,12}$/i.exec(file.name)?.[0];
  const known = endingOfType(file.type);
  return given ?? (known ? `.${known}` : "");
}

/** What a function may return on a port whose component is a file: a reference, a path, bytes or a blob. */
export type FileLike = FileRef | string | Uint8Array | Blob;

/** The file that a function means by what it returned. */
export async function fileOf(given: FileLike, name: string): Promise<FileRef> {
  if (given instanceof FileRef) return given;
  if (typeof given === "string") return FileRef.fromPath(given);
  return FileRef.fromBytes(given, given instanceof Blob && "name" in given ? {} : { name });
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return hexOf(new Uint8Array(digest));
}

function withEnding(name: string, type: string): string {
  const ending = endingOfType(type);
  return name.includes(".") || !ending ? name : `${name}.${ending}`;
}

function lastPart(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  return last === "." || last === ".." ? "" : last;
}

function noPaths(): Error {
  return new Error("A path means something in Node only; in a browser use FileRef.fromBytes(blob).");
}
