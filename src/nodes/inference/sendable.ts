/** Values as they can be sent: files as their bytes, or as data in the middle of JSON; a table by its columns. */
import { badInput, FailureError } from "../../engine/failure.ts";
import { type FileRef, isFile } from "../file-ref.ts";

/** A file's bytes, under a type that the world knows. @throws FailureError `bad-input` for what is no file */
export async function bytesGiven(port: string, expected: string, given: unknown): Promise<Blob> {
  if (isFile(given)) {
    const blob = await given.blob();
    return new Blob([blob], { type: knownAs[given.type] ?? given.type });
  }
  if (given instanceof Blob) return given;
  if (given instanceof Uint8Array) return new Blob([given as Uint8Array<ArrayBuffer>]);
  throw new FailureError(badInput(port, expected, given));
}

/** Types under which nobody else knows a file. */
const knownAs: Readonly<Record<string, string>> = { "audio/vnd.wave": "audio/wav", "audio/x-wav": "audio/wav" };

/** A file as an address that holds all of it. */
export async function dataUrl(file: FileRef): Promise<string> {
  return `data:${file.type};base64,${await base64(await file.blob())}`;
}

export async function base64(blob: Blob): Promise<string> {
  return Buffer.from(await blob.arrayBuffer()).toString("base64");
}

/** The same value with every file in it as data. */
export async function withoutFiles(value: unknown): Promise<unknown> {
  if (isFile(value)) return dataUrl(value);
  if (Array.isArray(value)) return Promise.all(value.map(withoutFiles));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value).map(async ([key, inner]) => [key, await withoutFiles(inner)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** A table by its columns, each a list of texts: of `{ headers, data }`, of a list of rows by name, or of columns as they are. */
export function columnsOf(port: string, given: unknown): Readonly<Record<string, readonly string[]>> {
  const columns = headed(given) ?? rowed(given) ?? columned(given);
  if (columns === undefined) throw new FailureError(badInput(port, 'a table: { headers: ["a"], data: [[1]] }', given));
  return columns;
}

type Columns = Record<string, readonly string[]>;

function headed(given: unknown): Columns | undefined {
  const { headers, data } = Object(given) as { headers?: unknown; data?: unknown };
  if (!Array.isArray(headers) || !Array.isArray(data)) return undefined;
  return Object.fromEntries(headers.map((name, i) => [name, data.map((row: readonly unknown[]) => cell(row[i]))]));
}

function rowed(given: unknown): Columns | undefined {
  if (!Array.isArray(given) || given.some((row) => typeof row !== "object" || row === null)) return undefined;
  const names = [...new Set(given.flatMap((row: object) => Object.keys(row)))];
  return Object.fromEntries(names.map((name) => [name, given.map((row) => cell(row[name]))]));
}

function columned(given: unknown): Columns | undefined {
  if (typeof given !== "object" || given === null || !Object.values(given).every(Array.isArray)) return undefined;
  return Object.fromEntries(Object.entries(given).map(([name, cells]) => [name, (cells as unknown[]).map(cell)]));
}

function cell(value: unknown): string {
  return value === null || value === undefined ? "" : String(value);
}
