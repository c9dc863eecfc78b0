/** One run: when, how long, what went in and came out, what it said, and the runs that it came from as a small drawing. */
import { css, html, nothing, svg, type TemplateResult } from "lit";
import type { ComponentView, PortView, ValueView } from "../protocol/port.ts";
import type { NamedValue, RunView } from "../protocol/runs.ts";
import type { CardView, Json } from "../protocol.ts";
import type { Desk } from "./desk.ts";
import { pretty, rowFields } from "./fields/options.ts";
import { field } from "./fields/pick.ts";
import { icon } from "./icons.ts";
import { box, drawn } from "./provenance.ts";
import { duration } from "./words.ts";

export interface Looked {
  readonly run: RunView;
  readonly card: CardView;
  readonly desk: Desk;
  /** Shows the runs of another node. */
  open(node: string): void;
}

export function details({ run, card, desk, open }: Looked): TemplateResult {
  const { failure, log, inputs, outputs } = run;
  return html`<p class="about quiet">${new Date(run.at).toLocaleString()}${run.duration === undefined ? "" : ` · ${duration(run.duration)}`}${run.node === card.name ? "" : ` · ${run.node}`}</p>
    ${failure ? html`<p class="broken"><b>${failure.message}</b> ${failure.advice}</p>` : nothing}
    ${values("Inputs", inputs, { card, ports: takes(card), desk })}${values("Outputs", outputs, { card, ports: card.outputs, desk })}
    ${log.length > 0 ? html`<h3>Log</h3><pre tabindex="0" role="group" aria-label="Log of this run">${log.join("\n")}</pre>` : nothing}
    ${provenance(run, open)}
    ${outputs.length > 0 ? html`<details><summary>${icon("right", 12)}Raw value</summary><pre tabindex="0" role="group" aria-label="Raw value">${outputs.map(({ name, value }) => `${name}: ${value.kind === "json" ? pretty(value.value) : JSON.stringify(value, null, 2)}`).join("\n")}</pre></details>` : nothing}`;
}

/** Where values are shown: an input may be named as an output is. */
export interface Side {
  readonly card: CardView;
  readonly ports: readonly PortView[];
  readonly desk: Desk;
}

/** The ports that values go in by. */
export function takes({ inputs, variants = [] }: CardView): readonly PortView[] {
  return [...inputs, ...variants.flatMap((variant) => variant.inputs)];
}

function values(heading: string, all: readonly NamedValue[], side: Side): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  return html`<h3>${heading}</h3>${all.map((value) => html`<div class="value">${valueField(value, side)}</div>`)}`;
}

/** A value as its port shows it. */
export function valueField({ name, label, value }: NamedValue, { card, ports, desk }: Side): TemplateResult {
  const port = ports.find((one) => one.name === name || one.name.endsWith(`.${name}`));
  const rows = port?.component?.kind === "itemList" ? tableOfRows(port.component, value) : undefined;
  const fits = port?.component?.kind === "itemList" ? null : port?.component;
  const component = fits ?? (rows ? { kind: "dataframe", options: {} } : plainFor(value));
  const shown = {
    name,
    label,
    component,
    state: "ready",
    value: rows ?? value,
    shows: "current",
    editable: false,
  } as const;
  return field(shown, card.id, desk);
}

/** Rows as a table, where each of their fields is a word or a number. */
function tableOfRows(component: ComponentView, value: ValueView): ValueView | undefined {
  if (value.kind !== "json" || !Array.isArray(value.value)) return undefined;
  const fields = rowFields(component);
  const data = value.value.map((row) => fields.map(({ name }) => (Object(row)[name] ?? null) as Json));
  if (data.some((cells) => cells.some((cell) => typeof cell === "object" && cell !== null))) return undefined;
  return { kind: "json", value: { headers: fields.map(({ label }) => label), data } };
}

/** How a value is shown that its port does not show: text as text, the rest as JSON. */
function plainFor(value: ValueView): ComponentView {
  const kind =
    value.kind === "json" && typeof value.value === "string" ? "textbox" : value.kind === "file" ? "file" : "json";
  return { kind, options: {} };
}

function provenance({ origins }: RunView, open: (node: string) => void): TemplateResult | typeof nothing {
  if (origins.length < 2) return nothing;
  const { runs, lines, width, height } = drawn(origins);
  const [self] = origins;
  return html`<h3>Made from</h3><div class="origins" tabindex="0" role="group" aria-label="The runs that this one came from"><div style="position:relative;width:${width}px;height:${height}px">
    <svg width=${width} height=${height} aria-hidden="true">${lines.map(({ path }) => svg`<path d=${path} />`)}</svg>
    ${runs.map(({ origin, x, y }) => html`<button class="origin ${origin.outcome}" aria-current=${origin.id === self?.id} title="${origin.node}, ${origin.outcome}" style="left:${x}px;top:${y}px;width:${box.width}px;height:${box.height}px" @click=${() => open(origin.node)}><span class="ellipsis">${origin.node}</span></button>`)}</div></div>`;
}

export const detailStyles = css`
  h3 { margin: 14px 0 4px; font-size: 11.5px; font-weight: 600; color: var(--mr-ink-2); text-transform: none; }
  .about { margin: 8px 0 0; }
  .broken { margin: 8px 0 0; padding: 8px 10px; border-radius: 8px; background: var(--mr-failed-on); color: var(--mr-failed-ink); font-size: 12px; overflow-wrap: anywhere; }
  .value { padding: 6px 0; border-top: 1px solid var(--mr-inner); }
  h3 + .value { border-top: 0; }
  pre { margin: 4px 0 0; padding: 8px 10px; max-height: 220px; overflow: auto; border: 1px solid var(--mr-line); border-radius: 8px; background: var(--mr-field); font: 400 11px / 1.5 var(--mr-mono); white-space: pre-wrap; overflow-wrap: anywhere; }
  details { margin-top: 14px; } summary { font-size: 11.5px; font-weight: 600; color: var(--mr-ink-2); }
  .origins { overflow: auto; padding: 4px 2px 8px; }
  .origins svg { position: absolute; inset: 0; }
  .origins path { fill: none; stroke: var(--mr-ink-3); stroke-width: 1.5; }
  .origin { position: absolute; display: flex; align-items: center; padding: 0 8px; border: 1px solid var(--mr-line); border-radius: 8px; background: var(--mr-field); font-size: 11.5px; }
  .origin:hover { border-color: var(--mr-accent); }
  .origin[aria-current="true"] { border-color: var(--mr-accent); background: var(--mr-accent-on); }
  .origin.failed { border-color: var(--mr-failed); }
`;
