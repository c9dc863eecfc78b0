/** The rows of the table of tasks in docs/INFERENCE.md, from what is so. */
import { conversation, conversationInputs, conversationParameters } from "../../../src/nodes/inference/conversation.ts";
import { type Gives, tasks } from "../../../src/nodes/inference/tasks.ts";
import { plainTasks, queuedTasks } from "./tasks.ts";

const first: Readonly<Record<Gives, string>> = {
  text: "text",
  transcript: "text; then the pieces with their times",
  labels: "scores by name, or a `ui.label`; then a list",
  answer: "text; then all that was told",
  entities: "list",
  masks: "list, each with a file",
  json: "as it comes",
  image: "image file",
  video: "video file",
  audio: "audio file",
  sounds: "audio file; then all of them",
};

export function taskRows(): readonly string[] {
  const checked = new Map([...plainTasks, ...queuedTasks].map((wire) => [wire.task, wire]));
  const rows = Object.entries(tasks).map(([task, { inputs, parameters, gives }]) => {
    const wire = checked.get(task);
    const all = wire && Object.keys(wire.parameters).length === parameters.length;
    const names = inputs.map(({ names: [name], optional }) => `\`${name}\`${optional ? " (may be left out)" : ""}`);
    return [task, names.join(", "), listed(parameters), first[gives], `${all ? "all" : "no"}, ${wire?.provider}`];
  });
  const inputs = listed(conversationInputs);
  const talk = [
    conversation,
    inputs,
    listed(conversationParameters),
    "text, word by word; then the conversation, then calls of tools",
    "all, the router and groq",
  ];
  return [talk, ...rows].map(([task, ...cells]) => `| \`${task}\` | ${cells.join(" | ")} |`);
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `\`${name}\``).join(" ");
}
