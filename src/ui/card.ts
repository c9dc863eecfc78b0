/**
 * `<mr-card>`: one card: header, status line, a row for each port, the log. Its name, state and kind are on the host,
 * set by the canvas. It flashes (`data-flash`) when a run of its node begins, so one sees what recomputes.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { PortView } from "../protocol/port.ts";
import type { CardView } from "../protocol.ts";
import type { Desk } from "./desk.ts";
import { field, preview } from "./fields/pick.ts";
import { hasFoot } from "./foot.ts";
import { halfSaid } from "./half-said.ts";
import { type IconName, icon } from "./icons.ts";
import { type Measure, portKey } from "./layout.ts";
import { type Connected, type Row, rows } from "./rows.ts";
import "./answer.ts";
import "./items.ts";
import "./run-button.ts";
import "./status-line.ts";
import { cardStyles } from "./card-styles.ts";
import { base, folds } from "./styles.ts";
import { accordion, variantStyles } from "./variants.ts";
import { duration, underWay } from "./words.ts";

/** How long a card says that it began to run. */
const flashTime = 1100;

const glyphs: { readonly [K in CardView["kind"]]: string | { readonly icon: IconName } } = {
  fn: "ƒ",
  gradio: { icon: "space" },
  inference: { icon: "model" },
  input: "in",
  choice: "or",
  interaction: { icon: "person" },
  graph: { icon: "tidy" },
};

export class Card extends LitElement {
  static override properties = {
    view: { attribute: false },
    desk: { attribute: false },
    connected: { attribute: false },
    cause: { attribute: false },
    unfolded: { state: true },
  };
  declare view: CardView;
  declare desk: Desk;
  /** Ports of this card that edges touch. */
  declare connected: Connected;
  /** The port that is pointed out as what changed first. */
  declare cause: string | null;
  /** Which of its variants a person folded or unfolded. */
  declare unfolded: ReadonlyMap<string, boolean>;
  #flash: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.unfolded = new Map();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("view");
    if (before && before.id === this.view.id && this.view.runs > before.runs) this.#begin();
  }

  #begin(): void {
    clearTimeout(this.#flash);
    this.removeAttribute("data-flash");
    // Read between removing and setting, else the browser sees no change and the animation does not start anew.
    void this.offsetWidth;
    this.setAttribute("data-flash", String(this.view.runs));
    this.#flash = setTimeout(() => this.removeAttribute("data-flash"), flashTime);
  }

  /** The card's size and the heights of its dots, in world pixels; `k` is the canvas's zoom. */
  measure(k: number): Measure {
    const card = this.getBoundingClientRect();
    const ports = new Map<string, number>();
    for (const dot of this.renderRoot.querySelectorAll<HTMLElement>(".dot")) {
      const at = dot.getBoundingClientRect();
      ports.set(dot.dataset.key!, (at.top + at.height / 2 - card.top) / k);
    }
    return { width: this.offsetWidth, height: this.offsetHeight, ports };
  }

  /** The row of a port, with the focus in it where there is something to edit. */
  reach(port: string): HTMLElement | undefined {
    const row = [...this.renderRoot.querySelectorAll<HTMLElement>(".row")].find(({ dataset }) => dataset.port === port);
    const field = [...(row?.children ?? [])].find(({ shadowRoot }) => shadowRoot);
    field?.shadowRoot?.querySelector<HTMLElement>("#field")?.focus({ preventScroll: true });
    return row;
  }

  /** Puts the focus where one goes on who comes here: at the answer that is waited for, at the way inside, else at the header. */
  arrive(): void {
    const find = (what: string, root: ParentNode | null | undefined = this.renderRoot) =>
      root?.querySelector<HTMLElement>(what);
    const asked = find("mr-answer")?.shadowRoot;
    const place =
      find(".text, .button, .option, mr-image", asked) ??
      find(".way") ??
      find(".list", find("mr-items")?.shadowRoot) ??
      find(".glyph");
    place?.focus({ preventScroll: true });
  }

  override render(): TemplateResult {
    const { view } = this;
    const all = rows(view, this.connected, view.kind === "interaction" && halfSaid(this.desk.placeOf(view.id)) !== "");
    const [above, below] = [all.filter(({ into }) => into), all.filter(({ into }) => !into)];
    return html`
      ${this.#head()}
      <mr-status .view=${view} .desk=${this.desk}></mr-status>
      ${repeat(above, keyOf, this.#row)}${this.#accordion()}${repeat(below, keyOf, this.#row)}
      ${
        view.log.length > 0
          ? html`<details class="log"><summary>${icon("right", 12)}Log<span class="quiet">${view.log.length} ${view.log.length === 1 ? "line" : "lines"}</span></summary>
            <pre tabindex="0" role="group" aria-label="Log of ${view.name}">${view.log.join("\n")}</pre></details>`
          : nothing
      }
      ${this.#way(view)}${hasFoot(view) ? html`<mr-foot .view=${view} .desk=${this.desk}></mr-foot>` : nothing}
    `;
  }

  /** The way into a graph's inside; that of a scattered one is at its items. */
  #way({ inside, name, outputs }: CardView): TemplateResult | typeof nothing {
    if (inside === undefined || outputs.some(({ items }) => items && !items.rows)) return nothing;
    return html`<button class="way" aria-label="Open ${name}: ${inside} ${inside === 1 ? "step" : "steps"} inside" title="Shows what is inside" @click=${this.#open}>${inside} ${inside === 1 ? "step" : "steps"} inside${icon("right", 13)}</button>`;
  }
  #open = (): void => {
    this.dispatchEvent(new CustomEvent("mr-open", { detail: { card: this.view.id }, bubbles: true, composed: true }));
  };

  #head(): TemplateResult {
    const { view } = this;
    const glyph = glyphs[view.kind] ?? "?";
    return html`<header class="head">
      <button class="glyph kind-${view.kind}" data-glyph=${typeof glyph === "string" ? glyph : nothing} aria-label="Move ${view.name}" title="Drag the header, or use the arrow keys, to move this card; press it to see its runs">
        ${typeof glyph === "string" ? nothing : icon(glyph.icon, 15)}</button>
      <div class="titles">
        <h2 class="ellipsis" dir="auto" title=${view.name}>${view.href ? html`<a href=${view.href} target="_blank" rel="noopener noreferrer">${view.name}${icon("leave", 12)}</a>` : view.name}</h2>
        <div class="quiet about" title=${view.about}>${view.about}</div>
      </div>
      ${view.duration !== undefined && !underWay(view) ? html`<span class="mono took" title="What the last run took">${duration(view.duration)}</span>` : nothing}
      ${view.runnable && !view.ask ? html`<mr-run .view=${view} .desk=${this.desk}></mr-run>` : nothing}
    </header>`;
  }

  #accordion(): TemplateResult | typeof nothing {
    const { view, connected, unfolded } = this;
    return accordion({
      view,
      connected,
      unfolded,
      choose: (variant) => void this.desk.press({ kind: "choose", card: view.id, variant }),
      unfold: (variant, open) => {
        this.unfolded = new Map(unfolded).set(variant, open);
      },
      row: this.#row,
      dot: (port) => this.#dot("in", port),
    });
  }

  #row = (row: Row): TemplateResult => {
    const { port, into, out, as } = row;
    return html`<div class="row ${as} ${port.name === this.cause ? "cause" : ""}" data-port=${port.name}>
      ${into ? this.#dot("in", into) : nothing}${this.#content(row)}${out ? this.#dot("out", out) : nothing}
    </div>`;
  };

  #content({ port, as }: Row): TemplateResult {
    const { view, desk } = this;
    switch (as) {
      case "field":
        return field(port, view.id, desk);
      case "items":
        return html`<mr-items .port=${port} .card=${view.id} .name=${view.name} .desk=${desk} .replays=${port.name === view.outputs[0]?.name} .inside=${view.inside !== undefined}></mr-items>`;
      case "answer":
        return html`<mr-answer .view=${view} .desk=${desk} @mr-said=${this.#said}></mr-answer>`;
      case "preview":
      case "name":
        return html`<div class="brief"><span class="name" title=${port.from ? `from ${port.from}` : nothing}>${port.label}</span>${as === "preview" ? preview(port) : nothing}</div>`;
    }
  }

  /** What was written is sent, or thrown away. */
  #said = (): void => {
    this.requestUpdate();
  };

  #dot(side: "in" | "out", port: PortView): TemplateResult {
    const key = portKey(side, port.name);
    const used = this.connected.has(key);
    return html`<span class="dot ${side} ${port.state} ${used || port.from !== undefined ? "" : "loose"}" data-key=${key} title="${port.label}: ${port.state}"></span>`;
  }

  static override styles = [base, folds, cardStyles, variantStyles];
}
/** What a person writes in stays the same element when its question goes. */
const keyOf = ({ port, out, as }: Row): string => `${as} ${as !== "answer" && out === port} ${port.name}`;
customElements.define("mr-card", Card);
