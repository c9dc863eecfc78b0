/** What has to be said of stored data: it stays until somebody has read it. */
import { html, nothing, type TemplateResult } from "lit";
import type { View } from "../protocol.ts";
import { icon } from "./icons.ts";

export function noticesOf(
  { notices }: View,
  dismissed: readonly string[],
  dismiss: (notices: readonly string[]) => void,
): TemplateResult | typeof nothing {
  const unread = notices.filter((notice) => !dismissed.includes(notice));
  if (unread.length === 0) return nothing;
  return html`<div class="notices" role="status">${unread.map((notice) => html`<p>${notice}</p>`)}<button aria-label="Dismiss the notice" title="Dismiss" @click=${() => dismiss(unread)}>${icon("close", 14)}</button></div>`;
}
