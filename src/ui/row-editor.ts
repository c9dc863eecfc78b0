/** The rows of an `itemList`: each in a line, one of them with its fields to edit. What is edited goes to the list as that one field of that one row. */
import { css, html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Command } from "../protocol/command.ts";
import type { ItemView, PortView } from "../protocol.ts";
import type { Desk } from "./desk.ts";
import { rowFields, valueIn } from "./fields/options.ts";
import { field, preview } from "./fields/pick.ts";
import { icon } from "./icons.ts";

export interface RowList {
  readonly port: PortView;
  readonly card: string;
  readonly desk: Desk;
}

/** True where a person may edit the rows: those of an input of their own, and those that a node gave, by pinning over them. */
export function editable({ port }: RowList): boolean {
  return port.editable || port.pinnable === true;
}

/** A row in one line: what its fields hold. */
export function rowLine({ port }: RowList, item: ItemView): TemplateResult {
  return html`${rowFields(port.component).map(({ name }, i, all) => html`<span class="cell ${i === 0 && all.length > 1 ? "lead" : ""}">${preview({ value: valueIn(item.value, name), shows: item.shows })}</span>`)}`;
}

/** A row with its fields to edit. */
export function rowFieldsEditor(list: RowList, row: number, item: ItemView): TemplateResult {
  const { port, card, desk } = list;
  const mayEdit = editable(list);
  return html`${repeat(
    rowFields(port.component),
    ({ name }) => `${row} ${name}`,
    ({ name, label, component }) => {
      const value = valueIn(item.value, name);
      const shown: PortView = {
        name,
        label,
        component,
        state: item.state,
        value,
        shows: item.shows,
        editable: mayEdit,
      };
      return field(shown, card, desk, (given) =>
        desk.ask({ kind: "editRow", card, port: port.name, row, field: name, value: given }),
      );
    },
  )}
  ${mayEdit ? html`<button class="button small" @click=${() => say(list, { kind: "removeRow", card, port: port.name, row })}>Remove row ${row + 1}</button>` : nothing}`;
}

/** What stands under the rows. */
export function addButton(list: RowList): TemplateResult | typeof nothing {
  const { port, card } = list;
  if (!editable(list)) return nothing;
  return html`<button class="add" aria-label="Add row to ${port.label}" @click=${() => say(list, { kind: "addRow", card, port: port.name })}>${icon("plus", 12)}Add row</button>`;
}

/** Says that a person's list stands over what the node gave, and lifts it. */
export function pinBadge(list: RowList): TemplateResult | typeof nothing {
  const { port, card } = list;
  if (!port.pinned) return nothing;
  return html`<span class="badge">pinned</span><button class="small-tool" aria-label="Lift the pin of ${port.label}" title="Shows again what the step itself gave" @click=${() => say(list, { kind: "unpin", card, port: port.name })}>Lift</button>`;
}

function say({ desk }: RowList, command: Command): void {
  void desk.press(command);
}

export const rowStyles = css`
  .cell { flex: 1 1 0; min-width: 0; display: flex; align-items: center; overflow: hidden; }
  .cell.lead { flex: 0 1 auto; max-width: 34%; color: var(--mr-quiet); }
  .whole > * + * { margin-top: 6px; }
  .add { display: flex; align-items: center; gap: 5px; margin: 2px 0 -4px; padding: 4px 6px 4px 0; border: 0; border-radius: 6px; background: none; color: var(--mr-ink-2); font-size: 12px; }
  .add:hover { color: var(--mr-accent); }
`;
