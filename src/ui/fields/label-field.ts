/** `<mr-label>`: a class with confidences: the class in large, a bar for each of the surest. Edited, classes and confidences are written. */
import { type CSSResultGroup, css, html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { styleMap } from "lit/directives/style-map.js";
import type { GivenValue } from "../../protocol/command.ts";
import type { Json } from "../../protocol.ts";
import { icon } from "../icons.ts";
import { Field, invalid } from "./field.ts";
import { equalJson, number } from "./options.ts";

interface Confidence {
  readonly label: string;
  readonly confidence: number;
}
interface Label {
  readonly label: string;
  readonly confidences?: readonly Confidence[];
}

/** Bars that are shown unless the component says otherwise. */
const usual = 5;

export class LabelField extends Field<Label> {
  protected override readonly typed = true;
  protected override readonly whole = true;

  protected override read(json: Json): Label | undefined {
    const { label, confidences } = Object(json) as { readonly [key: string]: Json | undefined };
    if (typeof label !== "string") return undefined;
    if (!Array.isArray(confidences)) return { label };
    return { label, confidences: (confidences as readonly Json[]).flatMap(confidenceOf) };
  }
  protected override given(value: Label): GivenValue {
    return { kind: "json", value: value as unknown as Json };
  }
  protected override same(a: Label, b: Label): boolean {
    return equalJson(a as unknown as Json, b as unknown as Json);
  }
  protected override problem({ confidences = [] }: Label): string | null {
    return confidences.every(({ confidence }) => confidence >= 0 && confidence <= 1)
      ? null
      : "A confidence is a number from 0 to 1.";
  }

  protected override control(shown: Label | undefined): TemplateResult {
    const value = shown ?? { label: "" };
    const all = value.confidences ?? [];
    const put = (confidences: readonly Confidence[]) =>
      this.edit(confidences.length > 0 ? { label: value.label, confidences } : { label: value.label });
    return html`<input id="field" class="box" placeholder="Class" autocomplete="off" aria-invalid=${invalid(this.draft)} aria-describedby="refusal" .value=${live(value.label)} @input=${(event: Event) => this.edit({ ...value, label: textOf(event) })} />
      ${all.map(
        (
          one,
          i,
        ) => html`<div class="pair"><input class="box" aria-label="Class ${i + 1}" .value=${live(one.label)} @input=${(event: Event) => put(all.with(i, { ...one, label: textOf(event) }))} />
          <input class="box share" type="number" min="0" max="1" step="any" aria-label="Confidence of ${one.label || `class ${i + 1}`}" data-place=${i} .value=${this.standing(String(i), written(one.confidence))} @input=${(event: Event) => put(all.with(i, { ...one, confidence: numberOf(event) }))} />
          <button class="small-tool" aria-label="Remove ${one.label || `class ${i + 1}`}" title="Remove" @click=${() => put(all.toSpliced(i, 1))}>${icon("close", 12)}</button></div>`,
      )}
      <button class="button small" @click=${() => put([...all, { label: "", confidence: 0 }])}>${icon("plus", 12)}Add confidence</button>`;
  }

  protected override display(shown: Label | undefined): TemplateResult {
    if (!shown) return html`<div class="none">Nothing yet</div>`;
    const most = number(this.component, "topClasses") ?? usual;
    const surest = [...(shown.confidences ?? [])].sort((a, b) => b.confidence - a.confidence).slice(0, most);
    return html`<div class="text class" dir="auto">${shown.label}</div>
      ${surest.length > 0 ? html`<ul>${surest.map(({ label, confidence }) => html`<li><span class="bar" style=${styleMap({ "--part": String(confidence) })}></span><span class="ellipsis" title=${label}>${label}</span><span class="mono">${percent(confidence)}</span></li>`)}</ul>` : nothing}`;
  }

  static override styles: CSSResultGroup = [
    Field.styles,
    css`
      .class { font-size: 17px; font-weight: 600; line-height: 1.35; }
      ul { display: grid; gap: 6px; margin: 6px 0 0; padding: 0; list-style: none; font-size: 12px; }
      li { display: grid; grid-template-columns: 1fr auto; gap: 0 8px; }
      .bar { grid-column: 1 / -1; order: 1; height: 4px; border-radius: 2px; background: linear-gradient(to right, var(--mr-accent) calc(var(--part) * 100%), var(--mr-line) 0); }
      li .mono { color: var(--mr-quiet); }
      .pair { display: flex; align-items: center; gap: 6px; }
      .pair .share { flex: 0 0 76px; }
      :host([data-pale]) :is(.bar) { opacity: 0.45; }
      :host([data-pale]) li { color: var(--mr-quiet); }
    `,
  ];
}

function confidenceOf(entry: Json): readonly Confidence[] {
  const { label, confidence } = Object(entry) as { readonly [key: string]: Json | undefined };
  return typeof label === "string" && typeof confidence === "number" ? [{ label, confidence }] : [];
}
function textOf(event: Event): string {
  return (event.target as HTMLInputElement).value;
}
/** Nothing, or half a number, is no number yet. */
function numberOf(event: Event): number {
  return (event.target as HTMLInputElement).valueAsNumber;
}
function written(confidence: number): string {
  return Number.isNaN(confidence) ? "" : String(confidence);
}
function percent(part: number): string {
  return `${part > 0 && part < 0.1 ? (part * 100).toFixed(1) : Math.round(part * 100)} %`;
}
customElements.define("mr-label", LabelField);
