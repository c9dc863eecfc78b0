/** Which inputs a node may declare for its task, checked while wiring: a name that the task has not, or one that it cannot do without. */
import { GraphError } from "../../engine/graph-error.ts";
import { conversation, conversationInputs, conversationParameters } from "./conversation.ts";
import { type Task, type TaskInput, tasks } from "./tasks.ts";

/** Further parameters that only some providers know, as an object: sent along as they are. */
export const extra = "extra_body";

/** Other names that tasks go by, on the Hub and in its clients. */
const also: Readonly<Record<string, string>> = {
  conversational: conversation,
  "image-text-to-text": conversation,
  "any-to-any": conversation,
  "audio-text-to-text": conversation,
  "text2text-generation": "text-generation",
  "sentiment-analysis": "text-classification",
  ner: "token-classification",
  "zero-shot": "zero-shot-classification",
};

/** A task by any of its names: as the Hub writes it, or as the clients call it (`text_to_image`, `textToImage`). */
export function taskNamed(name: string): string | undefined {
  const written = name
    .trim()
    .replace(/([a-z\d])([A-Z])/g, "$1-$2")
    .replace(/_/g, "-")
    .toLowerCase();
  const known = also[written] ?? written;
  return known === conversation || Object.hasOwn(tasks, known) ? known : undefined;
}

/** @throws GraphError for a task that there is not */
export function checkedTask(name: unknown, node: string): string {
  const task = typeof name === "string" ? taskNamed(name) : undefined;
  if (task !== undefined) return task;
  const known = [conversation, ...Object.keys(tasks)].toSorted();
  const said = typeof name === "string" ? { meant: name } : {};
  throw new GraphError("unknown-endpoint", `'${node}' asks for the task '${String(name)}', which is none.`, {
    node,
    known,
    ...said,
  });
}

/** @throws GraphError for an input that the task does not take, or lacks */
export function checkInputs(task: string, given: readonly string[], about: { node: string; model: string }): void {
  const { node, model } = about;
  const known = inputsOf(task);
  const unknown = given.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const what = `'${node}' is given the input '${unknown}', which ${task} with ${model} does not take. What one provider alone knows goes into '${extra}'.`;
    throw new GraphError("unknown-input", what, { node, port: unknown, known, meant: unknown });
  }
  const lacking = needsOf(task).find(({ names }) => !names.some((name) => given.includes(name)));
  if (lacking !== undefined) {
    const [name] = lacking.names;
    const what = `${task} with ${model} needs '${name}', and '${node}' gives no input of that name.`;
    throw new GraphError("missing-input", what, { node, port: name, known });
  }
  const twice = needsOf(task).find(({ names }) => names.filter((name) => given.includes(name)).length > 1);
  if (twice !== undefined && task !== conversation) {
    const [one, other] = twice.names.filter((name) => given.includes(name));
    const what = `'${node}' gives '${one}' and '${other}', which are two names of one input of ${task}; leave one of them out.`;
    throw new GraphError("unknown-input", what, { node, port: String(other) });
  }
}

/** Every name that an input of this task may have. */
export function inputsOf(task: string): readonly string[] {
  if (task === conversation) return [...conversationInputs, ...conversationParameters, extra];
  const { inputs, parameters } = tasks[task] as Task;
  return [...new Set([...inputs.flatMap(({ names }) => names), ...parameters, extra])];
}

function needsOf(task: string): readonly Pick<TaskInput, "names">[] {
  if (task === conversation) return [{ names: ["prompt", "messages"] }];
  const { inputs, required = [] } = tasks[task] as Task;
  return [...inputs.filter(({ optional }) => !optional), ...required.map((name) => ({ names: [name] as const }))];
}
