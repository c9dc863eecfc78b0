/**
 * The accordion of a choice: its variants as one group of radio buttons, each with its own inputs beneath. The selected one
 * is unfolded, the others when a person wishes; an edge into a folded variant ends at its line.
 */
import { css, html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { PortView } from "../protocol/port.ts";
import type { CardView, VariantView } from "../protocol.ts";
import { icon } from "./icons.ts";
import { type Connected, type Row, rows } from "./rows.ts";

export interface Accordion {
  readonly view: CardView;
  readonly connected: Connected;
  /** What a person folded or unfolded, by variant. */
  readonly unfolded: ReadonlyMap<string, boolean>;
  choose(variant: number): void;
  unfold(variant: string, unfolded: boolean): void;
  row(row: Row): TemplateResult;
  dot(port: PortView): TemplateResult;
}

export function accordion({ view, ...about }: Accordion): TemplateResult | typeof nothing {
  if (!view.variants) return nothing;
  return html`<div class="variants" role="radiogroup" aria-label="Variant of ${view.name}">${view.variants.map((variant, i) => one(view, variant, i, { view, ...about }))}</div>`;
}

function one(view: CardView, variant: VariantView, i: number, { connected, ...about }: Accordion): TemplateResult {
  const shown = rows({ ...view, kind: variant.kind, inputs: variant.inputs, outputs: [] }, connected);
  const unfolded = shown.length > 0 && (about.unfolded.get(variant.name) ?? variant.chosen);
  const own = connected.has(`in ${variant.name}`) ? [end(variant)] : [];
  const ends = unfolded ? own : [...shown.flatMap(({ into }) => (into ? [into] : [])), ...own];
  return html`<div class="variant ${variant.chosen ? "chosen" : ""}">
    <div class="pick">${ends.map((port) => about.dot(port))}
      <label><input type="radio" name="variant" .checked=${live(variant.chosen)} @change=${() => about.choose(i)} /><span class="ellipsis">${variant.name}</span></label>
      <span class="quiet ellipsis" title=${variant.about}>${variant.card === undefined ? variant.about : "its own card"}</span>
      ${shown.length > 0 ? html`<button class="unfold ${unfolded ? "up" : ""}" aria-expanded=${unfolded} aria-label="Inputs of ${variant.name}" title=${unfolded ? "Fold" : "Unfold"} @click=${() => about.unfold(variant.name, !unfolded)}>${icon("down", 12)}</button>` : nothing}
    </div>
    ${unfolded ? shown.map((row) => about.row(row)) : nothing}
  </div>`;
}

/** Where the edge from a variant's own card ends. */
function end({ name, state }: VariantView): PortView {
  return { name, label: name, state, component: null, editable: false, value: null, shows: "none" };
}

export const variantStyles = css`
  .variants { border-top: 1px solid var(--mr-inner); border-bottom: 1px solid var(--mr-inner); }
  .variant + .variant { border-top: 1px solid var(--mr-inner); }
  .pick { position: relative; display: flex; align-items: center; gap: 8px; min-height: 36px; padding: 0 8px 0 12px; }
  .variant.chosen .pick { background: var(--mr-accent-on); }
  .pick label { flex: 1; display: flex; align-items: center; gap: 8px; min-width: 0; height: 36px; font-weight: 500; cursor: pointer; }
  .pick .quiet { flex: 0 1 auto; max-width: 55%; }
  .variant.chosen .quiet { color: var(--mr-ink-2); }
  .pick input {
    flex: none; appearance: none; display: grid; place-items: center; width: 14px; height: 14px; margin: 0; border: 1.5px solid var(--mr-ink-3); border-radius: 50%;
    background: var(--mr-card); cursor: pointer;
  }
  .pick input:checked { border-color: var(--mr-accent); background: radial-gradient(circle, var(--mr-card) 0 2.4px, var(--mr-accent) 3px); }
  .pick label:hover input { border-color: var(--mr-accent); }
  .pick .dot { top: 13px; }
  .unfold { flex: none; display: grid; place-items: center; width: 24px; height: 24px; padding: 0; border: 0; border-radius: 6px; background: none; color: var(--mr-ink-2); transition: rotate 140ms; }
  .unfold.up { rotate: 180deg; }
  .unfold:hover { background: color-mix(in srgb, var(--mr-accent) 14%, transparent); }
  .variant .row { padding-left: 34px; }
  .variant .pick + .row { border-top: 1px solid var(--mr-inner); }
  @media (prefers-reduced-motion: reduce) { .unfold { transition: none; } }
`;
