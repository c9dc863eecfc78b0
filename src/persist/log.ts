/**
 * A file that only grows: one JSON text a line, each behind its checksum. A line is all there or not at all: what a stop in
 * the middle of writing left of the last one is ignored and cut off before the next is written (D2). It is written anew, with
 * fewer lines, beside itself, and takes its own place in one step.
 */
import { randomBytes } from "node:crypto";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import { codeOf, type Disk, type DiskFile, makeFolderSafely, writeWhole } from "./disk.ts";

export interface LogRead {
  /** The texts of the lines whose checksum fits. */
  readonly lines: readonly string[];
  /** How many do not fit though others come after them, or though they ended: no stop in the middle leaves that. */
  readonly damaged: number;
  readonly size: number;
  /** The end of what is good, when nothing is damaged. */
  readonly end: number;
}

export class Log {
  readonly path: string;
  readonly #disk: Disk;
  #file: DiskFile | undefined;
  /** The end of what was written and synced; -1 when that is not known. */
  #end = -1;
  /** False while its name may not outlive a power cut: nothing is written to it then. */
  #named = true;
  /** True when there may be something after the end. */
  #loose = true;

  constructor(disk: Disk, path: string) {
    this.#disk = disk;
    this.path = path;
  }

  /** Bytes that it takes. */
  get size(): number {
    return Math.max(this.#end, 0);
  }

  async read(): Promise<LogRead> {
    const bytes = await this.#bytes();
    if (bytes === undefined) return { lines: [], damaged: 1, size: 0, end: 0 };
    const found = linesIn(bytes);
    this.#end = found.end;
    this.#loose = found.end < found.size;
    return found;
  }

  /** On disk when it resolves (D1). Gives the bytes written. */
  async append(texts: readonly string[]): Promise<number> {
    const bytes = Buffer.from(texts.map(lineOf).join(""));
    const file = await this.#open();
    try {
      if (!this.#named) await this.#keepName();
      if (this.#loose) await file.truncate(this.#end);
      this.#loose = true;
      await file.append(bytes);
      await file.sync();
    } catch (error) {
      await this.close();
      throw error;
    }
    this.#loose = false;
    this.#end += bytes.length;
    return bytes.length;
  }

  /** Puts other lines in the place of all: afterwards, and after a stop at any moment, it is the old file or the new one. */
  async rewrite(texts: readonly string[]): Promise<void> {
    const bytes = Buffer.from(texts.map(lineOf).join(""));
    await this.close();
    this.#named = false;
    await writeWhole(this.#disk, `${this.path}.${randomBytes(6).toString("hex")}.tmp`, this.path, bytes);
    this.#end = bytes.length;
    this.#loose = false;
    await this.#keepName();
  }

  /** A copy of the file as it is, byte for byte; the path of the copy. */
  async setAside(): Promise<string> {
    const aside = `${this.path}.damaged-${randomBytes(4).toString("hex")}`;
    const bytes = await this.#bytes();
    if (bytes === undefined) await this.#disk.rename(this.path, aside);
    else await writeWhole(this.#disk, `${aside}.tmp`, aside, bytes);
    await this.#disk.syncFolder(dirname(this.path));
    return aside;
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close().catch(() => undefined);
  }

  /** `undefined` for something that is no file. */
  async #bytes(): Promise<Uint8Array | undefined> {
    try {
      return (await this.#disk.read(this.path)) ?? new Uint8Array();
    } catch (error) {
      if (codeOf(error) === "EISDIR") return undefined;
      throw error;
    }
  }

  async #open(): Promise<DiskFile> {
    if (this.#end < 0) await this.read();
    if (this.#file) return this.#file;
    const there = (await this.#disk.look(this.path)) !== undefined;
    if (!there) await makeFolderSafely(this.#disk, dirname(this.path));
    if (!there) this.#named = false;
    this.#file = await this.#disk.open(this.path, "append");
    return this.#file;
  }

  /** Lines that are written belong to the file of this name: they are safe only once the name is. */
  async #keepName(): Promise<void> {
    await this.#disk.syncFolder(dirname(this.path));
    this.#named = true;
  }
}

const newline = 10;

function linesIn(bytes: Uint8Array): LogRead {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lines: string[] = [];
  let damaged = 0;
  let start = 0;
  for (let at = buffer.indexOf(newline); at >= 0; at = buffer.indexOf(newline, start)) {
    const text = textIn(buffer.subarray(start, at));
    if (text === undefined) damaged++;
    else lines.push(text);
    start = at + 1;
  }
  const rest = buffer.subarray(start);
  const whole = rest.length > 0 ? textIn(rest.subarray(0, -1)) : undefined;
  if (whole !== undefined) lines.push(whole);
  if (whole !== undefined || !beginsLine(rest)) damaged++;
  return { lines, damaged, size: buffer.length, end: start };
}

/** True for what a stop in the middle of writing leaves: the beginning of a line. Anything else at the end is damage. */
function beginsLine(rest: Buffer): boolean {
  return /^[0-9a-f]{0,8}$|^[0-9a-f]{8} (?:\{[^\0]*)?$/.test(rest.toString("latin1"));
}

function lineOf(text: string): string {
  return `${crc32(text).toString(16).padStart(8, "0")} ${text}\n`;
}

function textIn(line: Buffer): string | undefined {
  if (line.length < 10 || line[8] !== 32) return undefined;
  const text = line.subarray(9);
  return Number.parseInt(line.toString("latin1", 0, 8), 16) === crc32(text) ? text.toString() : undefined;
}
