/**
 * Putting together the object of inputs that a function gets. Objects built in a loop are slow to make and to read, so for
 * each set of names one literal is compiled; where a page forbids that (a strict CSP), a loop does it.
 */
import type { AnySignal, Ready } from "./signal.ts";

type Inputs = Record<string, unknown>;
type Assemble = (ins: readonly Holder[], constants: Readonly<Inputs>) => Inputs;

/** What holds a signal: a slot. */
interface Holder {
  readonly now: AnySignal;
}

/** The names of a step's inputs, shared by all steps that have the same. */
export interface Assembly {
  /** The input that each slot feeds. */
  readonly keys: readonly string[];
  /** Makes the inputs' object from slots, in the order of `keys`, and constants. */
  readonly assemble: Assemble;
}

const known = new Map<string, Assembly>();

export function assemblyOf(keys: readonly string[], constants: readonly string[]): Assembly {
  const id = JSON.stringify([keys, constants]);
  const present = known.get(id);
  if (present) return present;
  const made = { keys, assemble: compiled(keys, constants) ?? looped(keys) };
  known.set(id, made);
  return made;
}

function compiled(keys: readonly string[], constants: readonly string[]): Assemble | undefined {
  // `{ "__proto__": x }` would set the prototype; such a name goes through the loop.
  if (keys.includes("__proto__") || constants.includes("__proto__")) return undefined;
  const fields = [
    ...constants.map((name) => `${JSON.stringify(name)}: constants[${JSON.stringify(name)}]`),
    ...keys.map((name, i) => `${JSON.stringify(name)}: ins[${i}].now.value`),
  ];
  try {
    return new Function("ins", "constants", `return { ${fields.join(", ")} };`) as Assemble;
  } catch {
    return undefined;
  }
}

function looped(keys: readonly string[]): Assemble {
  return (ins, constants) => {
    const inputs: Inputs = { ...constants };
    for (let i = 0; i < keys.length; i++) {
      const value = ((ins[i] as Holder).now as Ready).value;
      Object.defineProperty(inputs, keys[i] as string, { value, enumerable: true, writable: true, configurable: true });
    }
    return inputs;
  };
}
