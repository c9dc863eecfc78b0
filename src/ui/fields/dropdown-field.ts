/** `<mr-dropdown>`: one of some values, each with its label. */
import { type CSSResultGroup, css, html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { GivenValue } from "../../protocol/command.ts";
import type { Json } from "../../protocol.ts";
import { icon } from "../icons.ts";
import { Field, invalid } from "./field.ts";
import { choices, equalJson, summary } from "./options.ts";

export class DropdownField extends Field<Json> {
  protected override read(json: Json): Json {
    return json;
  }
  protected override given(value: Json): GivenValue {
    return { kind: "json", value };
  }
  protected override same(a: Json, b: Json): boolean {
    return equalJson(a, b);
  }

  protected override control(shown: Json | undefined): TemplateResult {
    const all = choices(this.component);
    const chosen = all.findIndex((choice) => equalJson(choice.value, shown));
    return html`<div class="frame">
      <select id="field" class="box" aria-invalid=${invalid(this.draft)} aria-describedby="refusal" .value=${live(String(chosen))}
        @change=${(event: Event) => this.#chosen(Number((event.target as HTMLSelectElement).value))}>
        ${chosen < 0 ? html`<option value="-1" selected>${shown === undefined ? "Choose…" : this.#named(shown)}</option>` : ""}
        ${all.map((choice, i) => html`<option value=${i} ?selected=${i === chosen}>${choice.label}</option>`)}
      </select>${icon("down")}</div>`;
  }

  protected override display(shown: Json | undefined): TemplateResult {
    return shown === undefined
      ? html`<div class="none">Nothing yet</div>`
      : html`<div class="text">${this.#named(shown)}</div>`;
  }

  #named(value: Json): string {
    const choice = choices(this.component).find((candidate) => equalJson(candidate.value, value));
    return choice?.label ?? summary({ kind: "json", value });
  }

  #chosen(index: number): void {
    const choice = choices(this.component)[index];
    if (choice) this.choose(choice.value);
  }

  static override styles: CSSResultGroup = [
    Field.styles,
    css`
      .frame { position: relative; }
      select.box { appearance: none; padding-right: 28px; cursor: pointer; text-overflow: ellipsis; }
      .icon { position: absolute; right: 10px; top: 50%; translate: 0 -50%; pointer-events: none; color: var(--mr-ink-2); }
    `,
  ];
}
customElements.define("mr-dropdown", DropdownField);
