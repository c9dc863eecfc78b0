/** `<mr-number>`: a number that is typed. Half a number is kept and not sent. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { GivenValue } from "../../protocol/command.ts";
import type { Json } from "../../protocol.ts";
import { plain } from "../words.ts";
import { Field, invalid } from "./field.ts";
import { number } from "./options.ts";

/** `text` is what stands in the field; a browser reports half a number as no text and `bad`. */
interface Typed {
  readonly text: string;
  readonly bad: boolean;
}

export class NumberField extends Field<Typed> {
  protected override readonly typed = true;

  protected override read(json: Json): Typed | undefined {
    return typeof json === "number" ? { text: plain(json), bad: false } : undefined;
  }
  protected override given(value: Typed): GivenValue {
    return { kind: "json", value: Number(value.text) };
  }
  protected override same(a: Typed, b: Typed): boolean {
    return Number(a.text) === Number(b.text);
  }
  protected override problem(value: Typed): string | null {
    return value.bad || value.text.trim() === "" ? "A number belongs here." : null;
  }

  protected override control(shown: Typed | undefined): TemplateResult {
    const { component } = this;
    return html`<input id="field" class="box" type="number" inputmode="decimal" autocomplete="off"
      min=${number(component, "minimum") ?? nothing} max=${number(component, "maximum") ?? nothing} step=${number(component, "step") ?? "any"}
      aria-invalid=${invalid(this.draft)} aria-describedby="refusal" .value=${live(shown?.text ?? "")}
      @input=${this.#typed} @keydown=${(event: KeyboardEvent) => event.key === "Enter" && this.draft.flush()} />`;
  }

  protected override display(shown: Typed | undefined): TemplateResult {
    return shown ? html`<div class="text mono">${shown.text}</div>` : html`<div class="none">Nothing yet</div>`;
  }

  #typed = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    this.edit({ text: input.value, bad: input.validity.badInput });
  };
}
customElements.define("mr-number", NumberField);
