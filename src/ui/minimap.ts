/** `<mr-minimap>`: all cards in the colour of their state, and what of them is on screen. Says `mr-look` with a point. */
import { css, html, LitElement, nothing, svg, type TemplateResult } from "lit";
import type { View } from "../protocol.ts";
import { around, type Box, type Point, type Size, seen, type Transform } from "./geometry.ts";

export class Minimap extends LitElement {
  static override properties = {
    view: { attribute: false },
    boxes: { attribute: false },
    look: { attribute: false },
    screen: { attribute: false },
  };
  declare view: View;
  declare boxes: ReadonlyMap<string, Box>;
  declare look: () => Transform;
  declare screen: () => Size;

  override render(): TemplateResult | typeof nothing {
    const sight = seen(this.look(), this.screen());
    const all = around([...this.boxes.values()]);
    if (!all) return nothing;
    const whole = around([all, sight])!;
    const margin = Math.max(whole.width, whole.height) * 0.03;
    const frame = `${whole.x - margin} ${whole.y - margin} ${whole.width + 2 * margin} ${whole.height + 2 * margin}`;
    return html`<svg viewBox=${frame} preserveAspectRatio="xMidYMid meet" aria-hidden="true" @pointerdown=${this.#pressed} @pointermove=${this.#pressed}>
      ${[...this.boxes].map(([id, box]) => svg`<rect class="card ${this.view.cards[id]?.state ?? ""} ${this.view.cards[id]?.kind ?? ""}" x=${box.x} y=${box.y} width=${box.width} height=${box.height} rx="14"></rect>`)}
      <rect class="sight" x=${sight.x} y=${sight.y} width=${sight.width} height=${sight.height} rx="12"></rect></svg>`;
  }

  #pressed = (event: PointerEvent): void => {
    if (event.buttons !== 1) return;
    const svgElement = event.currentTarget as SVGSVGElement;
    const matrix = svgElement.getScreenCTM();
    if (!matrix) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    this.dispatchEvent(new CustomEvent<Point>("mr-look", { detail: { x, y } }));
  };

  static override styles = css`
    :host { width: 176px; height: 112px; padding: 6px; border: 1px solid var(--mr-line); border-radius: 10px; background: var(--mr-card); box-shadow: var(--mr-shadow); box-sizing: border-box; }
    svg { display: block; width: 100%; height: 100%; cursor: pointer; touch-action: none; }
    .card { fill: color-mix(in srgb, var(--mr-ink-3) 26%, var(--mr-card)); transition: fill 200ms; }
    .ready { fill: color-mix(in srgb, var(--mr-accent) 44%, var(--mr-card)); }
    .ready.input { fill: color-mix(in srgb, var(--mr-ink-3) 26%, var(--mr-card)); }
    .stale { fill: color-mix(in srgb, var(--mr-stale) 55%, var(--mr-card)); }
    .pending { fill: color-mix(in srgb, var(--mr-running) 55%, var(--mr-card)); }
    .failed { fill: color-mix(in srgb, var(--mr-failed) 50%, var(--mr-card)); }
    .sight { fill: none; stroke: var(--mr-accent); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
  `;
}
customElements.define("mr-minimap", Minimap);
