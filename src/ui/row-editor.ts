/** The rows of an `itemList`: each in a line, one of them with its fields to edit. What is edited goes to the list as that one field of that one row. */
import { css, html, nothing, type TemplateResult } from "lit";
import type { Command } from "../protocol/command.ts";
import type { ItemView, PortView } from "../protocol/port.ts";
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

/** Kinds whose values need little room in a line. */
const shortKinds: ReadonlySet<string> = new Set(["checkbox", "number", "slider", "colorPicker"]);

/** A row in one line: what its fields hold. */
export function rowLine({ port }: RowList, item: ItemView): TemplateResult {
  return html`${rowFields(port.component).map(({ name, label, component }, i, all) => {
    const value = valueIn(item.value, name);
    const short = shortKinds.has(component.kind) ? "short" : "";
    // What holds is named; among other values nobody knows what is meant by a yes or a no.
    const holds = component.kind === "checkbox" && value?.kind === "json" && typeof value.value === "boolean";
    const said = holds ? (value.value ? label : nothing) : preview({ value, shows: item.shows });
    return html`<span class="cell ${short} ${i === 0 && all.length > 1 ? "lead" : ""}">${said}</span>`;
  })}`;
}

/** A row with its fields to edit. `place`: where it stands in the list, and who is told that it was taken out, while it is there. */
export function rowFieldsEditor(
  list: RowList,
  item: ItemView,
  place: { readonly at: number; removed(): void } | undefined,
): TemplateResult {
  const { port, card, desk } = list;
  const mayEdit = editable(list);
  const remove = (at: number, removed: () => void) => {
    const row = { card, port: port.name, row: item.id };
    return html`<button class="button small" @click=${() => {
      removed();
      say(list, { kind: "removeRow", ...row });
    }}>Remove row ${at + 1}</button>`;
  };
  return html`${rowFields(port.component).map(({ name, label, component }) => {
    const { state, shows } = item;
    const shown = { name, label, component, state, shows, value: valueIn(item.value, name), editable: mayEdit };
    return field(shown, card, desk, (value) =>
      desk.ask({ kind: "editRow", card, port: port.name, row: item.id, field: name, value }),
    );
  })}${mayEdit && place ? remove(place.at, place.removed) : nothing}`;
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
  return html`<span class="badge">pinned</span><button class="small-tool" aria-label="Lift the pin of ${port.label}" title="Shows again what the step itself gave" @click=${(
    event: Event,
  ) => {
    // The button goes with the pin.
    refocus(event, ".list");
    say(list, { kind: "unpin", card, port: port.name });
  }}>Lift</button>`;
}

function refocus({ currentTarget }: Event, on: string): void {
  ((currentTarget as Element).getRootNode() as ShadowRoot).querySelector<HTMLElement>(on)?.focus();
}

function say({ desk }: RowList, command: Command): void {
  void desk.press(command);
}

export const rowStyles = css`
  .cell { flex: 1 1 0; min-width: 0; display: flex; align-items: center; overflow: hidden; }
  .cell.short { flex: none; max-width: 34%; }
  .cell.lead { flex: 0 1 auto; max-width: 50%; color: var(--mr-quiet); }
  .whole > * + * { margin-top: 6px; }
  .add { display: flex; align-items: center; gap: 5px; margin: 2px 0 -4px; padding: 4px 6px 4px 0; border: 0; border-radius: 6px; background: none; color: var(--mr-ink-2); font-size: 12px; }
  .add:hover { color: var(--mr-accent); }
`;
