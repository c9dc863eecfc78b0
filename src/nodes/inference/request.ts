/**
 * What is asked of a model: the inputs under the names that its task sends them by, and every parameter that was declared. A
 * value left blank is left out, so that the model's own default holds.
 */
import { badInput, FailureError } from "../../engine/failure.ts";
import { isA } from "../../engine/is-a.ts";
import { conversationParameters, messagesOf } from "./conversation.ts";
import { extra } from "./declared.ts";
import { base64, bytesGiven, columnsOf, withoutFiles } from "./sendable.ts";
import type { Task, TaskInput } from "./tasks.ts";

type Values = Readonly<Record<string, unknown>>;

/** What the client is called with, but for the model and its provider. */
export async function requestFor(task: Task, values: Values, provider: string): Promise<Values> {
  const inputs = await inputsFor(task, values);
  const parameters = await parametersFor(task.parameters, values);
  const any = Object.keys(parameters).length > 0;
  if (task.flat) return { inputs, ...parameters };
  // The client would send the file's bytes alone and drop the parameters without a word.
  if (task.bytes && any && provider === "hf-inference") return { data: await asJson(inputs as Blob, parameters) };
  return { inputs, ...(any && { parameters }) };
}

/** What a conversation is asked for. */
export async function conversationFor(values: Values): Promise<Values> {
  const parameters = await parametersFor(conversationParameters, values);
  return { messages: await messagesOf(values), ...parameters };
}

async function asJson(bytes: Blob, parameters: Values): Promise<Blob> {
  return new Blob([JSON.stringify({ inputs: await base64(bytes), parameters })], { type: "application/json" });
}

async function inputsFor({ inputs }: Task, values: Values): Promise<unknown> {
  const made = await Promise.all(
    inputs.map(async (input) => {
      const name = input.names.find((one) => values[one] !== undefined && values[one] !== null);
      if (name === undefined && input.optional) return [input.field, undefined] as const;
      return [input.field, await inputFor(input, name ?? input.names[0], name && values[name])] as const;
    }),
  );
  const [only] = made;
  return only !== undefined && only[0] === undefined ? only[1] : Object.fromEntries(made);
}

async function inputFor({ kind }: TaskInput, name: string, given: unknown): Promise<unknown> {
  switch (kind) {
    case "text":
      if (typeof given === "string") return given;
      throw new FailureError(badInput(name, "text", given));
    case "image":
      return bytesGiven(name, "an image file", given);
    case "audio":
      return bytesGiven(name, "an audio file", given);
    case "table":
      return columnsOf(name, given);
    case "json":
      if (given !== undefined) return given;
      throw new FailureError(badInput(name, "a value", given));
    default:
      return kind satisfies never;
  }
}

async function parametersFor(names: readonly string[], values: Values): Promise<Values> {
  const declared = names.map((name) => [name, name === "candidate_labels" ? listed(values[name]) : values[name]]);
  const further = values[extra] ?? {};
  if (typeof further !== "object" || isA(further, Array)) {
    throw new FailureError(badInput(extra, "an object of parameters", further));
  }
  const kept = [...declared, ...Object.entries(further)].filter(([, value]) => value !== undefined && value !== null);
  return (await withoutFiles(Object.fromEntries(kept))) as Values;
}

/** Labels may be typed into one line. */
function listed(labels: unknown): unknown {
  if (typeof labels !== "string") return labels;
  return labels
    .split(",")
    .map((label) => label.trim())
    .filter((label) => label !== "");
}
