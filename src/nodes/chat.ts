/** A conversation: messages of text or files, each said by somebody. */
import type { Component } from "../engine/component.ts";
import { isA } from "../engine/is-a.ts";
import { type ComponentOptions, made } from "./component-options.ts";
import { FileRef } from "./file-ref.ts";

/** One message of `ui.chatbot`. */
export interface ChatMessage {
  role: "system" | "user" | "assistant";
  content: string | FileRef;
}

const roles: ReadonlySet<unknown> = new Set(["system", "user", "assistant"]);

/** A conversation with a model. @example ui.chatbot({ value: [{ role: "system", content: "You answer in rhymes." }] }) */
export function chatbot(options: ComponentOptions<ChatMessage[]> = {}): Component<ChatMessage[]> {
  return made("chatbot", options, {
    example: () => [{ role: "user", content: "Hello" }],
    refuses: (value) => {
      if (!Array.isArray(value)) return "a list of { role, content }";
      const wrong = value.findIndex((message) => !isMessage(message));
      if (wrong < 0) return undefined;
      return `a list of { role, content } with a role of system, user or assistant, and a text or a file as content (not so at ${wrong + 1})`;
    },
  });
}

function isMessage(message: unknown): boolean {
  if (typeof message !== "object" || message === null) return false;
  const { role, content } = message as Readonly<Record<string, unknown>>;
  return roles.has(role) && (typeof content === "string" || isA(content, FileRef));
}
