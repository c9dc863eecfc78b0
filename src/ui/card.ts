/**
 * `<mr-card>`: one card: header, status line, a row for each port, the log. Its name, state and kind are on the host,
 * set by the canvas. It flashes (`data-flash`) when a run of its node begins, so one sees what recomputes.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { CardView, PortView } from "../protocol.ts";
import type { Desk } from "./desk.ts";
import { field, preview } from "./fields/pick.ts";
import { hasFoot } from "./foot.ts";
import { type IconName, icon } from "./icons.ts";
import { type Measure, portKey } from "./layout.ts";
import { type Connected, type Row, rows } from "./rows.ts";
import "./run-button.ts";
import "./status-line.ts";
import { cardStyles } from "./card-styles.ts";
import { base } from "./styles.ts";
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
  };
  declare view: CardView;
  declare desk: Desk;
  /** Ports of this card that edges touch. */
  declare connected: Connected;
  /** The port that is pointed out as what changed first. */
  declare cause: string | null;
  #flash: ReturnType<typeof setTimeout> | undefined;

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

  override render(): TemplateResult {
    const { view } = this;
    return html`
      ${this.#head()}
      <mr-status .view=${view} .desk=${this.desk}></mr-status>
      ${repeat(
        rows(view, this.connected),
        ({ port, out, as }) => `${as} ${out === port} ${port.name}`,
        (row) => this.#row(row),
      )}
      ${
        view.log.length > 0
          ? html`<details class="log"><summary>Log<span class="quiet">${view.log.length} ${view.log.length === 1 ? "line" : "lines"}</span></summary>
            <pre tabindex="0" role="group" aria-label="Log of ${view.name}">${view.log.join("\n")}</pre></details>`
          : nothing
      }
      ${hasFoot(view) ? html`<mr-foot .view=${view} .desk=${this.desk}></mr-foot>` : nothing}
    `;
  }

  #head(): TemplateResult {
    const { view } = this;
    const glyph = glyphs[view.kind] ?? "?";
    return html`<header class="head">
      <button class="glyph kind-${view.kind}" data-glyph=${typeof glyph === "string" ? glyph : nothing} aria-label="Move ${view.name}" title="Drag the header, or use the arrow keys, to move this card">
        ${typeof glyph === "string" ? nothing : icon(glyph.icon, 15)}</button>
      <div class="titles">
        <h2 class="ellipsis" title=${view.name}>${view.href ? html`<a href=${view.href} target="_blank" rel="noopener noreferrer">${view.name}${icon("leave", 12)}</a>` : view.name}</h2>
        <div class="quiet ellipsis" title=${view.about}>${view.about}</div>
      </div>
      ${view.duration !== undefined && !underWay(view) ? html`<span class="mono took" title="What the last run took">${duration(view.duration)}</span>` : nothing}
      ${view.runnable ? html`<mr-run .view=${view} .desk=${this.desk}></mr-run>` : nothing}
    </header>`;
  }

  #row(row: Row): TemplateResult {
    const { port, into, out, as } = row;
    return html`<div class="row ${as} ${port.name === this.cause ? "cause" : ""}" data-port=${port.name}>
      ${into ? this.#dot("in", into) : nothing}
      ${
        as === "field"
          ? field(port, this.view.id, this.desk)
          : html`<div class="brief"><span class="name" title=${port.from ? `from ${port.from}` : nothing}>${port.label}</span>${as === "preview" ? preview(port) : nothing}</div>`
      }
      ${out ? this.#dot("out", out) : nothing}
    </div>`;
  }

  #dot(side: "in" | "out", port: PortView): TemplateResult {
    const key = portKey(side, port.name);
    const used = this.connected.has(key);
    return html`<span class="dot ${side} ${port.state} ${used ? "" : "loose"}" data-key=${key} title="${port.label}: ${port.state}"></span>`;
  }

  static override styles = [base, cardStyles];
}
customElements.define("mr-card", Card);
