/**
 * Putting together the object of inputs that a function gets. Objects built in a loop are slow to make and to read, so for
 * each set of names one literal is compiled; where a page forbids that (a strict CSP), a loop does it.
 */
import type { RunContext } from "./run.ts";
import type { AnySignal, Ready } from "./signal.ts";

type Inputs = Record<string, unknown>;
type Assemble = (signals: readonly Ready[], constants: Readonly<Inputs>, called?: Readonly<Inputs>) => Inputs;
type Call = (start: Start, ins: readonly Holder[], constants: Readonly<Inputs>) => unknown;
type Start = (inputs: Inputs, context: RunContext) => unknown;

/** What holds a signal: a slot. */
interface Holder {
  readonly now: AnySignal;
}

/** How a step's inputs are put together, shared by all steps whose inputs have the same names. */
export interface Assembly {
  /** The input that each slot feeds. */
  readonly keys: readonly string[];
  /** Makes the inputs' object, in the order in which the inputs were written: from signals in the order of `keys`, constants, and what callables gave. */
  readonly assemble: Assemble;
  /** Calls a function that needs no context with that object, made from what slots hold now. Compiled as one, so that nodes with the same names share what the JavaScript engine learns of their functions. */
  readonly call: Call;
}

/** Where an input's value comes from. */
export type Fed = "slot" | "constant" | "callable";

const known = new Map<string, Assembly>();

export function assemblyOf(inputs: readonly (readonly [name: string, fed: Fed])[]): Assembly {
  const id = JSON.stringify(inputs);
  const present = known.get(id);
  if (present) return present;
  const keys = inputs.flatMap(([name, fed]) => (fed === "slot" ? [name] : []));
  const made = { keys, ...(compiled(inputs) ?? looped(inputs)) };
  known.set(id, made);
  return made;
}

type Inner = Omit<Assembly, "keys">;

function compiled(inputs: readonly (readonly [string, Fed])[]): Inner | undefined {
  // `{ "__proto__": x }` would set the prototype; such a name goes through the loop.
  if (inputs.some(([name]) => name === "__proto__")) return undefined;
  const literal = (slot: (at: number) => string) => {
    let at = 0;
    const fields = inputs.map(([name, fed]) => {
      const key = JSON.stringify(name);
      if (fed === "slot") return `${key}: ${slot(at++)}.value`;
      return fed === "constant" ? `${key}: constants[${key}]` : `${key}: called[${key}]`;
    });
    return `{ ${fields.join(", ")} }`;
  };
  const assemble = `return ${literal((at) => `signals[${at}]`)};`;
  const call = `return (start, ins, constants) => start(${literal((at) => `ins[${at}].now`)}, context);`;
  try {
    return {
      assemble: new Function("signals", "constants", "called", assemble) as Assemble,
      call: new Function("context", call)(noContext) as Call,
    };
  } catch {
    return undefined;
  }
}

function looped(order: readonly (readonly [string, Fed])[]): Inner {
  const assemble: Assemble = (signals, constants, called) => {
    const inputs: Inputs = {};
    let at = 0;
    for (const [name, fed] of order) {
      const from = fed === "constant" ? constants : called;
      const value = fed === "slot" ? signals[at++]?.value : from?.[name];
      Object.defineProperty(inputs, name, { value, enumerable: true, writable: true, configurable: true });
    }
    return inputs;
  };
  const held = (ins: readonly Holder[]) => ins.map(({ now }) => now as Ready);
  return { assemble, call: (start, ins, constants) => start(assemble(held(ins), constants), noContext) };
}

/** For functions that have no use for one. */
export const noContext = Object.freeze({}) as RunContext;
