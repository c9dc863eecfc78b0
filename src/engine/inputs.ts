/**
 * Putting together the object of inputs that a function gets. Objects built in a loop are slow to make and to read, so for
 * each set of names one literal is compiled; where a page forbids that (a strict CSP), a loop does it.
 */
import type { RunContext } from "./run.ts";
import type { AnySignal, Ready } from "./signal.ts";

type Inputs = Record<string, unknown>;
type Assemble = (ins: readonly Holder[], constants: Readonly<Inputs>) => Inputs;
type Call = (start: Start, ins: readonly Holder[], constants: Readonly<Inputs>) => unknown;
type Start = (inputs: Inputs, context: RunContext) => unknown;

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
  /** Calls a function that needs no context with that object. Compiled as one, so that nodes with the same names share what the JavaScript engine learns of their functions. */
  readonly call: Call;
}

const known = new Map<string, Assembly>();

export function assemblyOf(keys: readonly string[], constants: readonly string[]): Assembly {
  const id = JSON.stringify([keys, constants]);
  const present = known.get(id);
  if (present) return present;
  const made = { keys, ...(compiled(keys, constants) ?? looped(keys)) };
  known.set(id, made);
  return made;
}

function compiled(keys: readonly string[], constants: readonly string[]): Omit<Assembly, "keys"> | undefined {
  // `{ "__proto__": x }` would set the prototype; such a name goes through the loop.
  if (keys.includes("__proto__") || constants.includes("__proto__")) return undefined;
  const fields = [
    ...constants.map((name) => `${JSON.stringify(name)}: constants[${JSON.stringify(name)}]`),
    ...keys.map((name, i) => `${JSON.stringify(name)}: ins[${i}].now.value`),
  ];
  try {
    const literal = `{ ${fields.join(", ")} }`;
    return {
      assemble: new Function("ins", "constants", `return ${literal};`) as Assemble,
      call: new Function("context", `return (start, ins, constants) => start(${literal}, context);`)(noContext) as Call,
    };
  } catch {
    return undefined;
  }
}

function looped(keys: readonly string[]): Omit<Assembly, "keys"> {
  const assemble: Assemble = (ins, constants) => {
    const inputs: Inputs = { ...constants };
    for (let i = 0; i < keys.length; i++) {
      const value = ((ins[i] as Holder).now as Ready).value;
      Object.defineProperty(inputs, keys[i] as string, { value, enumerable: true, writable: true, configurable: true });
    }
    return inputs;
  };
  return { assemble, call: (start, ins, constants) => start(assemble(ins, constants), noContext) };
}

/** For functions that have no use for one. */
export const noContext = Object.freeze({}) as RunContext;
