/** Which task a model is asked for, and by whom: what the author wrote first, and else what the Hub says. */
import { badInput, FailureError } from "../../engine/failure.ts";
import { type ModelFacts, modelFacts } from "../hub.ts";
import type { Around } from "../hub-fetch.ts";
import { refused } from "../remote-failure.ts";
import { conversation } from "./conversation.ts";
import { taskNamed } from "./declared.ts";
import { type ModelName, policies } from "./model.ts";

export interface Resolved {
  readonly task: string;
  /** Left out for conversations that the router finds somebody for. */
  readonly provider: string | undefined;
  /** The model's revision, where it was asked for. */
  readonly sha: string | undefined;
}

/** What the router decides by itself needs no look at the Hub. */
function resolvedAtOnce({ provider }: ModelName, task: string | undefined): Resolved | undefined {
  const routed = provider === undefined || isPolicy(provider);
  return task === conversation && routed ? { task, provider: undefined, sha: undefined } : undefined;
}

/** @throws FailureError when the Hub cannot be asked, or nobody serves the model for that task */
export async function resolved(model: ModelName, task: string | undefined, around: Around): Promise<Resolved> {
  const atOnce = resolvedAtOnce(model, task);
  if (atOnce) return atOnce;
  const facts = await modelFacts(model.id, around);
  const found = task ?? taskOf(facts, model);
  const { sha } = facts;
  if (found === conversation && (model.provider === undefined || isPolicy(model.provider))) {
    return { task: found, provider: undefined, sha };
  }
  return { task: found, provider: providerOf(facts, model, found), sha };
}

/** A language model is talked with, unless whoever serves it can only go on with a text. */
function taskOf(facts: ModelFacts, { id, provider }: ModelName): string {
  const served = facts.servedBy.filter((one) => one.live && (provider === undefined || one.provider === provider));
  const named = facts.task === undefined ? undefined : taskNamed(facts.task);
  if (named === "text-generation" || named === conversation) {
    const tasks = new Set(served.map(({ task }) => task));
    if (tasks.has("conversational") || facts.tags.includes("conversational")) return conversation;
    return tasks.size === 0 && named === conversation ? conversation : "text-generation";
  }
  const offered = served.map(({ task }) => taskNamed(task)).filter((task) => task !== undefined);
  // What it is offered for counts before what it was made for: a painter of pictures may be offered for changing them.
  const task = named !== undefined && fits(named, offered) ? named : (offered[0] ?? named);
  if (task !== undefined) return task;
  const what = facts.task === undefined ? "says no task" : `says it is for ${facts.task}, which no provider offers,`;
  throw refused(
    `https://huggingface.co/${id}`,
    undefined,
    `The Hub ${what} of ${id}`,
    'Name the task yourself, e.g. task: "text-to-image", or use a Space that runs the model.',
  );
}

/** The Hub's servers do either of two tasks with whatever can do the other. */
const either = ["feature-extraction", "sentence-similarity"];

function fits(task: string, offered: readonly string[]): boolean {
  const same = (one: string) => one === task || (either.includes(one) && either.includes(task));
  return offered.length === 0 || offered.some(same);
}

function providerOf({ servedBy }: ModelFacts, { id, provider }: ModelName, task: string): string {
  const live = servedBy.filter((one) => one.live);
  if (provider === undefined) {
    const fitting = live.find((one) => taskNamed(one.task) === task) ?? live[0];
    if (fitting) return fitting.provider;
    throw refused(
      `https://huggingface.co/${id}`,
      undefined,
      `No provider serves ${id}`,
      "Pick a model that one serves (https://huggingface.co/models?inference_provider=all), or a Space that runs it.",
    );
  }
  if (servedBy.some((one) => one.provider === provider)) return provider;
  const others = live.map((one) => one.provider).join(", ") || "nobody";
  throw refused(
    `https://huggingface.co/${id}`,
    undefined,
    `${provider} does not serve ${id}; it is served by ${others}`,
    live[0] ? `Write "${id}:${live[0].provider}", or leave the provider out.` : "Pick a model that a provider serves.",
  );
}

function isPolicy(provider: string): boolean {
  return (policies as readonly string[]).includes(provider);
}

/** A mistake that is found only once the task is known, as a failure of the run. */
export function wrongDeclaration(error: { readonly message: string; readonly port?: string }): FailureError {
  const failure = badInput(error.port ?? "inputs", "an input that the model's task takes", undefined);
  return new FailureError({ ...failure, message: error.message, advice: "Change the node's inputs." });
}
