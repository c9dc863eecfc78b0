/** What the function of a random node computes: a pure function of its inputs, of any form, given at once, later or bit by bit. */
import { concat, defer, of } from "rxjs";
import type { RunContext } from "../engine/run.ts";
import type { FnPlan, OutPlan } from "./graph-plan.ts";
import { told } from "./told.ts";

/** Lets time pass: how much, and for whom. */
export type Wait = (count: number, name: string) => Promise<void>;
export type Inputs = Readonly<Record<string, unknown>>;
export type Work = (inputs: Inputs, run: RunContext) => unknown;
/** Puts another function around what a node does: to hear of its starts, or to say when it ends. */
export type Around = (name: string, work: Work, plan: FnPlan) => Work;

/** The function of a plan; it prints as what is peculiar about it. */
export function functionOf(name: string, plan: FnPlan, wait: Wait): Work {
  return told(work(name, plan, wait), () => peculiarities(plan));
}

function work(name: string, plan: FnPlan, wait: Wait): Work {
  const again = plan.mends === "again";
  const hangs = hanging(plan);
  const give = (inputs: Inputs, { attempt, signal }: Partial<RunContext> & { attempt: number }) => {
    const sum = Math.round(fold(inputs));
    const fails = plan.fails !== null && Math.abs(sum) % 5 === plan.fails;
    if (fails && !(again && attempt > 0)) {
      if (hangs && signal) return untilStopped(signal);
      throw new Error(`${name} cannot do ${sum}`);
    }
    return shaped(plan.outs.map((out, k) => formed(out, out.keep === 0 ? (sum * 3 + k) % 1000 : (sum + k) % out.keep)));
  };
  const partial = constantOf(plan, -1);
  const awhile = (inputs: Inputs) => wait(Math.abs(Math.round(fold(inputs))) % 7, name);
  switch (plan.manner) {
    case "now":
      // A function that takes no context is called in another way.
      return again ? (inputs, run) => give(inputs, run) : (inputs) => give(inputs, { attempt: 0 });
    case "later":
      return async (inputs, run) => {
        run.progress(0.5);
        await awhile(inputs);
        return give(inputs, run);
      };
    case "stream":
      return async function* (inputs, run) {
        yield partial;
        await awhile(inputs);
        // It stops when it is told to; the others go on, and nobody listens.
        if (!run.signal.aborted) yield give(inputs, run);
      };
    case "flow":
      return (inputs, run) => {
        const last = () => awhile(inputs).then(() => give(inputs, run));
        return concat(of(partial), defer(last));
      };
    default:
      return plan.manner satisfies never;
  }
}

/** Whether it fails by never ending. */
export function hanging({ hangs, manner, fails }: FnPlan): boolean {
  return hangs && manner !== "now" && fails !== null;
}

function untilStopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, stop) => {
    if (signal.aborted) stop(signal.reason);
    signal.addEventListener("abort", () => stop(signal.reason));
  });
}

/** The same for all inputs. */
export function constantOf({ outs }: FnPlan, n: number): unknown {
  return shaped(outs.map((out) => formed(out, n)));
}

function peculiarities(plan: FnPlan): string {
  const { manner, fails, mends, outs } = plan;
  const given = outs.map(({ keep, form }) => `${form === "number" ? "" : form}${keep === 0 ? "" : `%${keep}`}`);
  const words = [
    given.join(",").replace(/^,*$/, ""),
    manner === "now" ? "" : manner,
    fails === null ? "" : `${hanging(plan) ? "hangs" : "fails"} at ${fails}`,
    fails === null || mends === "nothing" ? "" : `mends by ${mends}`,
  ];
  return words.filter((word) => word !== "").join(" ");
}

/** A number that everything in a value has a part in. */
function fold(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value !== "object" || value === null) return String(value).length;
  const parts = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return parts.reduce((sum, [, part], i) => sum + (i + 1) * fold(part), 1);
}

/** Lists are mostly equally long, so that they zip, and mostly share items with the last one. */
function formed({ form }: Pick<OutPlan, "form">, n: number): unknown {
  if (form === "number") return n;
  if (form === "lists") return [formed({ form: "list" }, n), formed({ form: "list" }, n % 5)];
  const length = [2, 2, 2, 3, 0, 1][Math.abs(n) % 11] ?? 2;
  const items = Array.from({ length }, (_, i) => (i === 0 ? n : (i * 7 + (n > 500 ? 1 : 0)) % 10));
  return form === "list" ? items : items.map((item, i) => ({ n: item, at: i }));
}

/** One output: the value; several: an object by port. */
function shaped(values: readonly unknown[]): unknown {
  return values.length === 1 ? values[0] : Object.fromEntries(values.map((value, i) => ["abc".charAt(i), value]));
}
