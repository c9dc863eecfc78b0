/** Where outputs are files, a function may return a path, bytes or a blob, and the port gets a reference: alone, or in a field of a list's rows. */
import { type Component, shapeOf } from "../engine/component.ts";
import { badOutput, FailureError } from "../engine/failure.ts";
import { isA } from "../engine/is-a.ts";
import type { Outputs } from "../engine/port.ts";
import { type FileLike, FileRef, fileOf } from "./file-ref.ts";
import { filesIn } from "./files.ts";

/** Makes of what a function returned for a port what the port takes. */
type Make = (given: unknown) => unknown;

/**
 * Makes the references in what a function with these outputs returned; `undefined` when none of them is a file. Without `paths`
 * a text is no file: what somebody far away says must not choose what is read here.
 */
export function fileMaker(outputs: Outputs, paths = true): Make | undefined {
  const makers = Object.entries(outputs).flatMap(([port, component]): [string, Make][] => {
    const make = component ? makerFor(port, component, paths) : undefined;
    return make ? [[port, make]] : [];
  });
  const [only] = makers;
  if (only === undefined) return undefined;
  return Object.keys(outputs).length === 1 ? only[1] : (given) => madeIn(given, makers);
}

function makerFor(port: string, component: Component<unknown>, paths: boolean): Make | undefined {
  const { kind, fields } = shapeOf(component);
  const where = filesIn[kind];
  if (where === "value") return (given) => referred(given, port, "a file that can be read", paths);
  const ofRows = Object.entries(fields ?? {}).flatMap(([field, { kind }]) =>
    filesIn[kind] === "value" ? [field] : [],
  );
  const files = where ?? ofRows;
  if (files.length === 0) return undefined;
  return (given) => {
    if (!Array.isArray(given)) return given;
    const rows = given.map((row: unknown, i) => {
      const readable = (field: string) => `a list in which '${field}' of row ${i + 1} is a file that can be read`;
      return madeIn(
        row,
        files.map((field) => [field, (value) => referred(value, port, readable(field), paths)]),
      );
    });
    return Promise.all(rows);
  };
}

/** The same object with what is made of some of its values. */
async function madeIn(given: unknown, makers: readonly [string, Make][]): Promise<unknown> {
  if (typeof given !== "object" || given === null) return given;
  const values = given as Readonly<Record<string, unknown>>;
  const made = await Promise.all(makers.map(async ([name, make]) => [name, await make(values[name])] as const));
  return { ...values, ...Object.fromEntries(made.filter(([name]) => name in values)) };
}

function referred(given: unknown, port: string, expected: string, paths: boolean): unknown {
  const isFile = (paths && typeof given === "string") || isA(given, Uint8Array) || isA(given, Blob);
  if (!isFile || isA(given, FileRef)) return given;
  return fileOf(given as FileLike, port).catch(() => {
    throw new FailureError(badOutput(port, expected, given));
  });
}
