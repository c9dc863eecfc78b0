/** What the function of a random node computes: a pure function of its inputs, of any form, given at once, later or bit by bit. */
import { concat, defer, of } from "rxjs";
import type { RunContext } from "../engine/run.ts";
import type { FnPlan } from "./graph-plan.ts";

/** Lets time pass: how much, and for whom. */
export type Wait = (count: number, name: string) => Promise<void>;
type Inputs = Readonly<Record<string, unknown>>;

export function functionOf(name: string, plan: FnPlan, wait: Wait): (inputs: Inputs, run: RunContext) => unknown {
  const give = (inputs: Inputs) => {
    const sum = Math.round(fold(inputs));
    if (plan.fails !== null && Math.abs(sum) % 5 === plan.fails) throw new Error(`${name} cannot do ${sum}`);
    return shaped(plan.outs.map((keep, k) => (keep === 0 ? (sum * 3 + k) % 1000 : (sum + k) % keep)));
  };
  const partial = shaped(plan.outs.map(() => -1));
  const awhile = (inputs: Inputs) => wait(Math.abs(Math.round(fold(inputs))) % 7, name);
  switch (plan.manner) {
    case "now":
      return (inputs) => give(inputs);
    case "later":
      return async (inputs, run) => {
        run.progress(0.5);
        await awhile(inputs);
        return give(inputs);
      };
    case "stream":
      return async function* (inputs, run) {
        yield partial;
        await awhile(inputs);
        // It stops when it is told to; the others go on, and nobody listens.
        if (!run.signal.aborted) yield give(inputs);
      };
    case "flow":
      return (inputs) =>
        concat(
          of(partial),
          defer(() => awhile(inputs).then(() => give(inputs))),
        );
    default:
      return plan.manner satisfies never;
  }
}

/** A number that everything in a value has a part in. */
function fold(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value !== "object" || value === null) return String(value).length;
  const parts = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return parts.reduce((sum, [, part], i) => sum + (i + 1) * fold(part), 1);
}

/** One output: the value; several: an object by port. */
function shaped(values: readonly number[]): unknown {
  return values.length === 1 ? values[0] : Object.fromEntries(values.map((value, i) => ["abc".charAt(i), value]));
}
