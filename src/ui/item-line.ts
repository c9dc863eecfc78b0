/** An item in one line: what it gave, what it is doing, or why it failed. */
import { html, type TemplateResult } from "lit";
import type { ItemView } from "../protocol/port.ts";
import { preview } from "./fields/pick.ts";
import { icon } from "./icons.ts";
import { queueWords } from "./words.ts";

/** A sound is heard in its line. */
export function heard({ state, value, shows }: ItemView, name: string): TemplateResult | undefined {
  const sound = value?.kind === "file" && value.file.type.startsWith("audio/") ? value.file : undefined;
  if (!sound || (state !== "ready" && state !== "stale")) return undefined;
  return html`<mr-sound class=${shows === "current" ? "" : "pale"} .src=${sound.url} .name=${name}></mr-sound>`;
}

/** What a line says of its item. */
export function what(item: ItemView): ReturnType<typeof preview> {
  const { state, failure, progress, value } = item;
  if (state === "failed")
    return html`${icon("cross", 11)}<span class="ellipsis" title=${failure?.message ?? ""}>${failure?.message ?? "failed"}</span>`;
  if (state === "pending") {
    const words = progress?.queue ? `queue ${queueWords(progress.queue)}` : (progress?.message ?? "running");
    return html`${icon("busy", 11)}${value ? preview(item) : html`<span class="ellipsis">${words}</span>`}`;
  }
  if (value) return preview(item);
  return html`<span class="ellipsis">${state === "ready" ? "ready, not shown" : state === "stale" ? "not made yet" : "empty"}</span>`;
}
