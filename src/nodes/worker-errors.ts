/** Errors on their way out of a thread. A clone would lose a class, a failure and what was thrown that cannot be cloned; so the words are sent, and on this side they are an error again. */
import { described, type Failure, FailureError } from "../engine/failure.ts";

/** What was thrown, as plain data. */
export type PackedError =
  | { readonly kind: "failure"; readonly failure: Failure }
  | {
      readonly kind: "error";
      readonly name: string;
      readonly message: string;
      readonly stack: string;
      /** Own fields that can be copied: `code`, ... */
      readonly fields: Readonly<Record<string, unknown>>;
      readonly cause: PackedError | undefined;
    }
  | { readonly kind: "value"; readonly value: unknown };

/** How far a chain of causes is followed; one may be its own cause. */
const deepest = 8;

/** Never throws, whatever was thrown. */
export function packedError(thrown: unknown, depth = 0): PackedError {
  try {
    if (thrown instanceof FailureError) return { kind: "failure", failure: structuredClone(thrown.failure) };
    if (!(thrown instanceof Error)) return { kind: "value", value: structuredClone(thrown) };
    const { cause } = thrown;
    return {
      kind: "error",
      name: String(thrown.name),
      message: String(thrown.message),
      stack: String(thrown.stack),
      fields: copied(Object.entries(thrown)),
      cause: cause === undefined || depth === deepest ? undefined : packedError(cause, depth + 1),
    };
  } catch {
    return { kind: "value", value: `It threw ${described(thrown)}` };
  }
}

export function unpackedError(packed: PackedError): unknown {
  if (packed.kind === "failure") return new FailureError(packed.failure);
  if (packed.kind === "value") return packed.value;
  const { name, message, stack, fields, cause } = packed;
  const error = new Error(message, cause && { cause: unpackedError(cause) });
  for (const [key, value] of Object.entries({ ...fields, name, stack })) {
    Object.defineProperty(error, key, { value, enumerable: key in fields, writable: true, configurable: true });
  }
  return error;
}

function copied(fields: readonly [string, unknown][]): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap(([key, value]) => {
      try {
        return key === "cause" ? [] : [[key, structuredClone(value)]];
      } catch {
        return [];
      }
    }),
  );
}
