/** The conversation with a model: what it is told, made of a prompt, of earlier messages, or of both. Pictures go along as data, for no model can read a file of ours. */
import { badInput, FailureError } from "../../engine/failure.ts";
import { type FileRef, isFile } from "../file-ref.ts";
import { dataUrl } from "./sendable.ts";

/** The task's name here; the Hub calls it by others too. */
export const conversation = "chat-completion";

export const conversationInputs = ["prompt", "messages", "system", "image"] as const;

export const conversationParameters = [
  ...["frequency_penalty", "logit_bias", "logprobs", "max_tokens", "n", "presence_penalty", "reasoning_effort"],
  ...["response_format", "seed", "stop", "stream_options", "temperature", "tool_choice", "tool_prompt", "tools"],
  ...["top_logprobs", "top_p"],
] as const;

/** One message as it is sent. */
export interface SentMessage {
  readonly role: string;
  readonly content: string | readonly Part[];
}
type Part =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image_url"; readonly image_url: { readonly url: string } };

interface GivenMessage {
  readonly role: string;
  readonly content: string | FileRef;
}

type Values = Readonly<Record<string, unknown>>;

/** The messages that go to the model. @throws FailureError `bad-input` */
export async function messagesOf(values: Values): Promise<readonly SentMessage[]> {
  const { system, image } = values;
  const messages: SentMessage[] = [];
  if (blank(system) === false) messages.push({ role: "system", content: textOf("system", system) });
  for (const message of earlier(values)) {
    const { content } = message;
    messages.push({ ...message, content: isFile(content) ? [await pictured(content)] : content });
  }
  const said = blank(values.prompt) ? [] : [textOf("prompt", values.prompt)];
  const pictures = await Promise.all(picturesOf(image).map(pictured));
  if (pictures.length > 0) {
    messages.push({ role: "user", content: [...said.map((text): Part => ({ type: "text", text })), ...pictures] });
  } else {
    for (const content of said) messages.push({ role: "user", content });
  }
  if (!messages.some(({ role }) => role !== "system")) {
    throw new FailureError(badInput("prompt", "text, or messages that end with one", values.prompt));
  }
  return messages;
}

/** The conversation so far, as a component shows it. */
export function spokenSoFar(values: Values): readonly GivenMessage[] {
  const said = blank(values.prompt) ? [] : [{ role: "user", content: String(values.prompt) }];
  return [...earlier(values), ...said];
}

function earlier({ messages }: Values): readonly GivenMessage[] {
  if (messages === undefined || messages === null) return [];
  const fits = (message: unknown): message is GivenMessage =>
    typeof message === "object" && message !== null && "content" in message && "role" in message;
  if (Array.isArray(messages) && messages.every(fits)) return messages;
  throw new FailureError(badInput("messages", 'a list of messages: { role: "user", content: "Hello" }', messages));
}

async function pictured(picture: FileRef): Promise<Part> {
  return { type: "image_url", image_url: { url: await dataUrl(picture) } };
}

function picturesOf(image: unknown): readonly FileRef[] {
  const pictures = image === undefined || image === null ? [] : Array.isArray(image) ? image : [image];
  const wrong = pictures.find((picture) => !isFile(picture));
  if (wrong !== undefined) throw new FailureError(badInput("image", "an image file, or a list of them", wrong));
  return pictures;
}

function textOf(port: string, given: unknown): string {
  if (typeof given === "string") return given;
  throw new FailureError(badInput(port, "text", given));
}

function blank(given: unknown): boolean {
  return given === undefined || given === null || given === "";
}
