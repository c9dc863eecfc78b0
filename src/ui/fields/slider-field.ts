/** `<mr-slider>`: a number between two ends. Sent while it moves, at the pace of the draft; what arrives meanwhile does not move it. */
import { type CSSResultGroup, css, html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { styleMap } from "lit/directives/style-map.js";
import type { GivenValue } from "../../protocol/command.ts";
import type { Json } from "../../protocol.ts";
import { plain } from "../words.ts";
import { Field, invalid, type Painted } from "./field.ts";
import { number } from "./options.ts";

export class SliderField extends Field<number> {
  protected override read(json: Json): number | undefined {
    return typeof json === "number" ? json : undefined;
  }
  protected override given(value: number): GivenValue {
    return { kind: "json", value };
  }
  protected override aside(shown: number | undefined): Painted {
    return shown === undefined ? "not set" : plain(shown);
  }

  protected override control(shown: number | undefined): TemplateResult {
    const { least, greatest } = this.#ends();
    return html`<input id="field" class="slider" type="range" min=${least} max=${greatest} step=${number(this.component, "step") ?? "any"}
      aria-invalid=${invalid(this.draft)} aria-describedby="refusal" style=${styleMap({ "--part": this.#part(shown) })}
      .value=${live(String(shown ?? least))} @input=${this.#moved} @change=${() => this.draft.flush()}
      @pointerdown=${() => this.draft.hold()} @lostpointercapture=${() => this.draft.release()} @pointerup=${() => this.draft.release()} @pointercancel=${() => this.draft.release()} @keydown=${this.#pressed} />`;
  }

  protected override display(shown: number | undefined): TemplateResult {
    return html`<div class="slider still" style=${styleMap({ "--part": this.#part(shown) })}></div>`;
  }

  #ends(): { readonly least: number; readonly greatest: number } {
    const least = number(this.component, "minimum") ?? 0;
    return { least, greatest: number(this.component, "maximum") ?? Math.max(least + 1, 100) };
  }

  #part(shown: number | undefined): string {
    const { least, greatest } = this.#ends();
    return shown === undefined || greatest === least ? "0" : String((shown - least) / (greatest - least));
  }

  #moved = (event: Event): void => {
    this.edit(Number((event.target as HTMLInputElement).value));
  };

  // A slider without steps moves by a hundredth of its length; the browser's own step would be 1.
  #pressed = (event: KeyboardEvent): void => {
    if (number(this.component, "step") !== undefined) return;
    const way = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
    if (way === undefined) return;
    event.preventDefault();
    const { least, greatest } = this.#ends();
    const next = (this.draft.shown ?? least) + (way * (greatest - least)) / 100;
    this.edit(Number(Math.min(Math.max(next, least), greatest).toPrecision(6)));
  };

  static override styles: CSSResultGroup = [
    Field.styles,
    css`
      .slider {
        --length: calc(7px + var(--part) * (100% - 14px));
        display: block; width: 100%; height: 20px; margin: 2px 0 0; appearance: none; background: none; cursor: pointer; border-radius: 6px;
      }
      .slider::-webkit-slider-runnable-track {
        height: 4px; border-radius: 2px; background: linear-gradient(to right, var(--mr-accent) var(--length), var(--mr-line) var(--length));
      }
      .slider::-moz-range-track {
        height: 4px; border-radius: 2px; background: linear-gradient(to right, var(--mr-accent) var(--length), var(--mr-line) var(--length));
      }
      .slider::-webkit-slider-thumb {
        appearance: none; width: 14px; height: 14px; margin-top: -5px; border: 2px solid var(--mr-accent); border-radius: 50%;
        background: var(--mr-card); transition: box-shadow 120ms;
      }
      .slider::-moz-range-thumb { width: 10px; height: 10px; border: 2px solid var(--mr-accent); border-radius: 50%; background: var(--mr-card); }
      .slider:hover::-webkit-slider-thumb { box-shadow: 0 0 0 4px color-mix(in srgb, var(--mr-accent) 18%, transparent); }
      .slider:active::-webkit-slider-thumb { background: var(--mr-accent); }
      .still { height: 4px; margin: 8px 0; cursor: default; border-radius: 2px; background: linear-gradient(to right, var(--mr-ink-3) calc(var(--part) * 100%), var(--mr-line) 0); }
    `,
  ];
}
customElements.define("mr-slider", SliderField);
