/** The options that every node takes, checked where they are written: a wrong one would otherwise be found in the middle of a run. */
import type { Failure } from "./failure.ts";
import { described } from "./failure.ts";
import { GraphError } from "./graph-error.ts";
import { refuseUnknown } from "./known-options.ts";
import { Lane } from "./lane.ts";

/** Options that every node takes. */
export interface NodeOptions {
  /** Shown on the card; unique in the graph. Default: from the function. */
  name?: string;
  /** `auto` runs when its inputs are ready, `manual` waits to be asked. Default `auto` for FnNode. */
  trigger?: "auto" | "manual";
  /** Milliseconds one attempt may take. Default: none for FnNode. */
  timeout?: number;
  /** Attempts after the first, with back-off and jitter. Default 0. */
  retries?: number | Retries;
  /** `false` makes every run a new one. Default `true`: equal inputs, no run. */
  remember?: boolean;
  /** How many runs at once in the whole process: a shared `Lane`, or a number for a lane of its own. Default: no limit. */
  lane?: Lane | number;
  /** When scattered: a failed item fails the gather of this node (`fail`) or is left out of it (`skip`). What goes on item by item says so for itself. Default `fail`. */
  onItemError?: "fail" | "skip";
}

/** How a node that failed is tried again; times in milliseconds. */
export interface Retries {
  times: number;
  delay?: number;
  factor?: number;
  when?: (failure: Failure) => boolean;
}

/** The names of the options that every node takes. */
export const optionsOfAll = ["name", "trigger", "timeout", "retries", "remember", "lane", "onItemError"] as const;

/** What `options` come to for the node of this name. @throws GraphError `wrong-type`, or RangeError for a number out of range */
export function checkedOptions(options: NodeOptions, node: string) {
  const refuse = (option: string, expected: string) => {
    throw new GraphError("wrong-type", refusal(option, expected, options[option as keyof NodeOptions], node), { node });
  };
  const { trigger, timeout, retries, remember = true, lane, onItemError = "fail" } = options;
  checkTrigger(trigger, `'${node}'`, { node });
  if (typeof remember !== "boolean") refuse("remember", "true or false");
  if (onItemError !== "fail" && onItemError !== "skip") refuse("onItemError", '"fail" or "skip"');
  if (lane !== undefined && typeof lane !== "number" && !(lane instanceof Lane))
    refuse("lane", "a number or a Lane: new Lane(4)");
  if (timeout !== undefined && !(typeof timeout === "number" && timeout > 0)) {
    throw new RangeError(refusal("timeout", "a number of milliseconds above 0", timeout, node));
  }
  if (retries !== undefined) checkRetries(retries, node);
  return {
    trigger,
    timeout,
    retries,
    remember,
    onItemError,
    lane: typeof lane === "number" ? new Lane(lane, node) : lane,
  };
}

const triggers = ["auto", "manual"];

/** @throws GraphError `wrong-type` for a word that is no trigger */
export function checkTrigger(trigger: unknown, whose: string, about: { node?: string } = {}): void {
  if (trigger === undefined || triggers.includes(trigger as string)) return;
  const message = `The option 'trigger' of ${whose} must be "auto" or "manual", and it was ${described(trigger)}.`;
  throw new GraphError("wrong-type", message, {
    ...about,
    known: triggers,
    ...(typeof trigger === "string" && { meant: trigger }),
  });
}

function checkRetries(retries: number | Retries, node: string): void {
  const given = typeof retries === "object" && retries !== null && !Array.isArray(retries) ? retries : undefined;
  refuseUnknown(given, ["times", "delay", "factor", "when"], `The option 'retries' of '${node}'`, node);
  const { times, delay, factor, when } = given ?? { times: retries as number };
  const check = (option: string, value: unknown, fits: boolean, expected: string) => {
    if (!fits) throw new RangeError(refusal(option, expected, value, node));
  };
  const whole = Number.isInteger(times) && times >= 0;
  check("retries", given && "times" in given ? times : retries, whole, "a whole number from 0 on, or { times: 2 }");
  check(
    "retries.delay",
    delay,
    delay === undefined || (Number.isFinite(delay) && delay >= 0),
    "milliseconds from 0 on",
  );
  check(
    "retries.factor",
    factor,
    factor === undefined || (Number.isFinite(factor) && factor >= 1),
    "a number from 1 on",
  );
  if (when !== undefined && typeof when !== "function") {
    throw new GraphError("wrong-type", refusal("retries.when", "a function of a failure", when, node), { node });
  }
}

function refusal(option: string, expected: string, got: unknown, node: string): string {
  return `The option '${option}' of '${node}' must be ${expected}, and it was ${described(got)}.`;
}
