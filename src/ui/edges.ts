/** The edges as SVG: one group for each, named by the ports it joins, in the colour and motion of its state. */
import { css, html, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { EdgeView } from "../protocol.ts";
import { strands } from "./curve.ts";
import type { Box, Point } from "./geometry.ts";
import { type Measure, portKey } from "./layout.ts";

export interface Drawing {
  readonly edges: { readonly [id: string]: EdgeView };
  readonly boxes: ReadonlyMap<string, Box>;
  readonly measures: ReadonlyMap<string, Measure>;
  /** Edges that stay bright; `null` when all do. */
  readonly lit: ReadonlySet<string> | null;
}

export function edgesSvg(drawing: Drawing): TemplateResult {
  const drawn = Object.entries(drawing.edges);
  return html`<svg class="edges" aria-hidden="true">${repeat(
    drawn,
    ([id]) => id,
    ([id, edge], i) => group(id, edge, i, drawing),
  )}</svg>`;
}

function group(
  id: string,
  edge: EdgeView,
  lane: number,
  { boxes, measures, lit }: Drawing,
): SVGTemplateResult | typeof nothing {
  const from = end(boxes, measures, edge.fromCard, portKey("out", edge.fromPort));
  const to = end(boxes, measures, edge.toCard, portKey("in", edge.toPort));
  if (!from || !to) return nothing;
  const others = [...boxes].filter(([card]) => card !== edge.fromCard && card !== edge.toCard).map(([, box]) => box);
  const mood = lit === null ? "" : lit.has(id) ? "lit" : "dim";
  return svg`<g class="edge ${mood}" data-from=${edge.from} data-to=${edge.to} data-state=${edge.state}>${strands(edge.kind, from, to, others, lane).map((d) => svg`<path d=${d}></path>`)}</g>`;
}

function end(boxes: Drawing["boxes"], measures: Drawing["measures"], card: string, key: string): Point | undefined {
  const box = boxes.get(card);
  const height = measures.get(card)?.ports.get(key);
  if (!box || height === undefined) return undefined;
  return { x: key.startsWith("out") ? box.x + box.width : box.x, y: box.y + height };
}

export const edgeStyles = css`
  .edges { position: absolute; top: 0; left: 0; width: 1px; height: 1px; overflow: visible; pointer-events: none; }
  .edge path { fill: none; stroke: var(--mr-ink-3); stroke-width: 1.8; stroke-linecap: round; transition: stroke 200ms; }
  .edge { transition: opacity 160ms; }
  .edge.dim { opacity: 0.3; transition-delay: 120ms; }
  .edge.lit path { stroke-width: 2.6; }
  .edge[data-state="fresh"] path { stroke: var(--mr-accent); }
  .edge[data-state="stale"] path { stroke: var(--mr-stale); stroke-dasharray: 0.1 5.4; stroke-width: 2.2; }
  .edge[data-state="failed"] path { stroke: var(--mr-failed); stroke-dasharray: 0.1 5.4; stroke-width: 2.2; }
  .edge[data-state="empty"] path { stroke: var(--mr-ink-3); opacity: 0.6; stroke-width: 1.4; }
  .edge[data-state="flowing"] path { stroke: var(--mr-running); stroke-width: 2.2; stroke-dasharray: 9 7; animation: flow 0.7s linear infinite; }
  @keyframes flow { to { stroke-dashoffset: -16; } }
  @media (prefers-reduced-motion: reduce) {
    .edge[data-state="flowing"] path { animation: none; }
    .edge, .edge path { transition: none; }
  }
`;
