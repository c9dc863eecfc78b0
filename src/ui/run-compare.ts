/** Two runs side by side: what is the same is said so, texts by the words that differ, pictures under one slider, the rest one above the other. */
import { css, html, type TemplateResult } from "lit";
import type { FileView, ValueView } from "../protocol/port.ts";
import type { NamedValue, RunView } from "../protocol/runs.ts";
import type { CardView } from "../protocol.ts";
import type { Desk } from "./desk.ts";
import { equalJson } from "./fields/options.ts";
import { type Side, takes, valueField } from "./run-details.ts";
import { textDiff } from "./text-diff.ts";
import { duration } from "./words.ts";

export interface Compared {
  readonly first: RunView;
  readonly second: RunView;
  readonly card: CardView;
  readonly desk: Desk;
  /** How runs are counted. */
  readonly numbers: ReadonlyMap<string, number>;
}

export function compared({ first, second, card, desk, numbers }: Compared): TemplateResult {
  const [one, other] = [`run ${numbers.get(first.id)}`, `run ${numbers.get(second.id)}`];
  const side = (heading: string, ports: Side["ports"], mine: readonly NamedValue[], theirs: readonly NamedValue[]) => {
    const names = [...new Set([...mine, ...theirs].map(({ name }) => name))];
    const rows = names.map((name) =>
      row(
        mine.find((value) => value.name === name),
        theirs.find((value) => value.name === name),
        { card, ports, desk },
      ),
    );
    return html`<h3>${heading}</h3>${rows}`;
  };
  const took = ({ duration: ms }: RunView) => (ms === undefined ? "–" : duration(ms));
  return html`<p class="legend quiet"><del>${one}</del> against <ins>${other}</ins> · ${took(first)} against ${took(second)}</p>
    ${side("Inputs", takes(card), first.inputs, second.inputs)}${side("Outputs", card.outputs, first.outputs, second.outputs)}`;
}

function row(mine: NamedValue | undefined, theirs: NamedValue | undefined, where: Side): TemplateResult {
  const label = (mine ?? theirs)?.label ?? "";
  if (mine && theirs && same(mine.value, theirs.value))
    return html`<div class="value"><span class="label">${label}</span> <span class="quiet">the same</span></div>`;
  const texts = mine && theirs && textsOf(mine.value, theirs.value);
  if (texts)
    return html`<div class="value"><span class="label">${label}</span><div class="diff">${textDiff(...texts).map(({ text, in: side }) => (side === "both" ? text : side === "first" ? html`<del>${text}</del>` : html`<ins>${text}</ins>`))}</div></div>`;
  const pictures = mine && theirs && picturesOf(mine.value, theirs.value);
  if (pictures) return html`<div class="value"><span class="label">${label}</span>${slider(...pictures, label)}</div>`;
  const one = (value: NamedValue | undefined, which: string) =>
    html`<div class="one ${which}">${value ? valueField(value, where) : html`<span class="quiet">${label}: nothing</span>`}</div>`;
  return html`<div class="value pair">${one(mine, "first")}${one(theirs, "second")}</div>`;
}

function slider(first: FileView, second: FileView, label: string): TemplateResult {
  const move = (event: Event) => {
    const input = event.target as HTMLInputElement;
    (input.parentElement as HTMLElement).style.setProperty("--at", `${input.value}%`);
  };
  return html`<div class="under" style="--at:50%"><img src=${second.url} alt="${label}, the second" /><img class="over" src=${first.url} alt="${label}, the first" />
    <input type="range" min="0" max="100" value="50" aria-label="How much of the first ${label} is seen" @input=${move} /></div>`;
}

function same(a: ValueView, b: ValueView): boolean {
  if (a.kind === "json" && b.kind === "json") return equalJson(a.value, b.value);
  if (a.kind === "file" && b.kind === "file") return a.file.id === b.file.id;
  return a.kind === "large" && b.kind === "large" && a.url === b.url;
}

function textsOf(a: ValueView, b: ValueView): [string, string] | undefined {
  if (a.kind !== "json" || b.kind !== "json") return undefined;
  return typeof a.value === "string" && typeof b.value === "string" ? [a.value, b.value] : undefined;
}

function picturesOf(a: ValueView, b: ValueView): [FileView, FileView] | undefined {
  if (a.kind !== "file" || b.kind !== "file") return undefined;
  return a.file.type.startsWith("image/") && b.file.type.startsWith("image/") ? [a.file, b.file] : undefined;
}

export const compareStyles = css`
  .legend { margin: 8px 0 0; }
  .label { font-size: 11.5px; font-weight: 500; color: var(--mr-ink-2); }
  .diff { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 260px; overflow: auto; }
  del { background: var(--mr-failed-on); color: var(--mr-failed-ink); text-decoration: line-through; border-radius: 3px; padding: 0 1px; }
  ins { background: var(--mr-accent-on); color: var(--mr-accent); text-decoration: none; border-radius: 3px; padding: 0 1px; }
  .one { padding-left: 8px; border-left: 3px solid var(--mr-failed); }
  .one.second { border-color: var(--mr-accent); }
  .one + .one { margin-top: 8px; }
  .under { position: relative; margin-top: 4px; border: 1px solid var(--mr-line); border-radius: 8px; overflow: hidden; background: var(--mr-field); }
  .under img { display: block; width: 100%; }
  .under .over { position: absolute; inset: 0; height: 100%; object-fit: cover; clip-path: inset(0 calc(100% - var(--at)) 0 0); }
  .under::after { content: ""; position: absolute; top: 0; bottom: 0; left: var(--at); width: 2px; background: var(--mr-accent); pointer-events: none; }
  .under input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: ew-resize; }
  .under:has(:focus-visible) { outline: 2px solid var(--mr-accent); outline-offset: 2px; }
`;
