/** What an item of a scattered card gave, shown whole as its component shows it; what a person writes over it is pinned there. */
import { html, type TemplateResult } from "lit";
import { field } from "./fields/pick.ts";
import type { Opened } from "./opened.ts";
import type { RowList } from "./row-editor.ts";

export function itemValue({ port, card, desk }: RowList, { at, item }: Opened): TemplateResult {
  const { name, component, pinnable } = port;
  if (!component)
    return html`<p class="quiet">The app does not show what this output holds. It goes on to the steps that it is connected to.</p>`;
  const { id, state, value, shows } = item;
  const label = `Item ${at + 1}`;
  const shown = { name, component, state, value, shows, label, editable: false, ...(pinnable && { pinnable }) };
  return field(shown, card, desk, (given) => desk.ask({ kind: "pin", card, port: name, item: id, value: given }));
}
