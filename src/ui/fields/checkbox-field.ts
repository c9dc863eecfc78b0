/** `<mr-checkbox>`: yes or no. */
import { type CSSResultGroup, css, html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { GivenValue } from "../../protocol/command.ts";
import type { Json } from "../../protocol.ts";
import { Field, type Painted } from "./field.ts";

export class CheckboxField extends Field<boolean> {
  protected override read(json: Json): boolean | undefined {
    return typeof json === "boolean" ? json : undefined;
  }
  protected override given(value: boolean): GivenValue {
    return { kind: "json", value };
  }
  protected override aside(shown: boolean | undefined): Painted {
    return shown === undefined ? "not set" : shown ? "yes" : "no";
  }
  protected override control(shown: boolean | undefined): TemplateResult {
    return html`<input id="field" class="switch" type="checkbox" role="checkbox" aria-describedby="refusal" .checked=${live(shown ?? false)}
      @change=${(event: Event) => this.choose((event.target as HTMLInputElement).checked)} />`;
  }
  protected override display(): TemplateResult {
    return html``;
  }

  static override styles: CSSResultGroup = [
    Field.styles,
    css`
      :host { position: relative; }
      .top:has(label) { padding-right: 38px; }
      .switch {
        position: absolute; top: 1px; right: 0; appearance: none; width: 30px; height: 18px; margin: 0; border-radius: 9px; cursor: pointer;
        background: var(--mr-ink-3); transition: background 140ms;
      }
      .switch::after {
        content: ""; position: absolute; top: 2px; left: 2px; width: 14px; height: 14px; border-radius: 50%; background: #fff; transition: transform 140ms;
      }
      .switch:checked { background: var(--mr-accent); }
      .switch:checked::after { transform: translateX(12px); }
      .switch:hover { filter: brightness(1.08); }
      @media (prefers-reduced-motion: reduce) { .switch, .switch::after { transition: none; } }
    `,
  ];
}
customElements.define("mr-checkbox", CheckboxField);
