/**
 * `<mr-canvas>`: the cards and edges of a view on a ground that pans and zooms. It measures what it painted, has it
 * arranged, and paints again; the arranger, the panning and the curves know nothing of each other.
 *
 * Properties: `view`, `desk`. A region named "Canvas": arrows pan, `+`, `-` and `0` zoom.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { styleMap } from "lit/directives/style-map.js";
import type { CauseView, View } from "../protocol.ts";
import { Arranger } from "./arranger.ts";
import { canvasStyles } from "./canvas-styles.ts";
import type { Card } from "./card.ts";
import "./card.ts";
import { type DragWorld, startDrag, stepCard } from "./card-drag.ts";
import type { Cone } from "./cone.ts";
import "./corner.ts";
import type { Desk } from "./desk.ts";
import { edgeStyles, edgesSvg } from "./edges.ts";
import { elkLayouter } from "./elk.ts";
import type { Point } from "./geometry.ts";
import type { Measure } from "./layout.ts";
import "./minimap.ts";
import { Outlook } from "./outlook.ts";
import { Connections } from "./rows.ts";
import { Sight } from "./sight.ts";
import { Sizes } from "./sizes.ts";
import { Spotlight, type Why } from "./spotlight.ts";
import { type Course, steer, steerByKey } from "./steering.ts";
import { base } from "./styles.ts";

export class Canvas extends LitElement {
  static override properties = {
    view: { attribute: false },
    desk: { attribute: false },
    planned: { attribute: false },
    selected: { attribute: false },
    pointed: { state: true },
    dragged: { state: true },
  };
  declare view: View;
  declare desk: Desk;
  /** Names of nodes to highlight: what a button that is pointed at would run. */
  declare planned: readonly string[];
  /** The card whose runs are looked at. */
  declare selected: string | null;
  declare pointed: readonly string[];
  declare dragged: string | null;

  #outlook: Outlook | undefined;
  readonly #sight = new Sight({ cards: () => this.#cards(), pan: () => this.#outlook?.pan });
  readonly #spotlight = new Spotlight(() => this.requestUpdate());
  readonly #connections = new Connections();
  readonly #sizes = new Sizes(() => this.#measure());
  readonly #arranger = new Arranger(elkLayouter(), {
    painted: () => this.requestUpdate(),
    laidOut: () => this.#outlook?.laidOut(this.view.viewport, () => [...this.#arranger.boxes().values()]),
  });
  readonly #drag: DragWorld = {
    at: (card) => this.#arranger.at(card),
    zoom: () => this.#outlook?.pan.view.k ?? 1,
    held: (card, at) => {
      this.dragged = card;
      this.#arranger.drag(card, at);
    },
    pressed: (card) => this.#select(card),
    dropped: (card) => {
      this.dragged = null;
      const at = this.#arranger.drop(card);
      if (at) void this.desk.press({ kind: "place", card, x: at.x, y: at.y });
    },
  };

  /** A move of the view is sent like a draft. */
  readonly #view = { flush: () => {}, leave: () => this.#outlook?.pan.restNow() };

  constructor() {
    super();
    this.planned = [];
    this.selected = null;
    this.pointed = [];
    this.dragged = null;
  }

  protected override firstUpdated(): void {
    const moved = () => {
      for (const part of this.renderRoot.querySelectorAll<LitElement>("mr-corner, mr-minimap")) part.requestUpdate();
    };
    this.#outlook = new Outlook(this.#screen, this.renderRoot.querySelector<HTMLElement>(".world")!, {
      moved,
      rested: (at) => void this.desk.ask({ kind: "viewport", ...at }),
    });
    this.desk.keep(this.#view);
    this.requestUpdate();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("view")) this.#arranger.show(this.view);
  }

  /** Brings a card into sight, with the focus in it, as soon as it has its place. */
  goTo(card: string): void {
    this.#sight.goal = card;
    this.requestUpdate();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.#arranger.ready) this.#sight.arrive();
    if (changed.has("selected") && this.selected !== null) this.#sight.keep(this.selected);
    if (!changed.has("view")) return;
    const cards = this.#cards();
    this.#sizes.watch(cards);
    // Heights of rows may change although the card's does not.
    void Promise.all(cards.map((card) => card.updateComplete)).then(() => this.#measure());
  }

  #measure(): void {
    const k = this.#outlook?.pan.view.k ?? 1;
    const sizes = new Map<string, Measure>();
    for (const card of this.#cards()) sizes.set(card.id, card.measure(k));
    this.#arranger.measured(sizes, this.#outlook?.settles ?? true);
  }

  override render(): TemplateResult {
    const { view } = this;
    const planned = new Set(this.pointed.length > 0 ? this.pointed : this.planned);
    const lit = this.#spotlight.lit(view);
    const outlook = this.#outlook;
    return html`
      <section class="screen" role="region" aria-label="Canvas" tabindex="0" @keydown=${this.#pressed} @pointerdown=${this.#grabbed}
        @mr-why=${this.#asked} @mr-show=${this.#show} @focusin=${this.#focused} @scroll=${() => this.#outlook?.pan.takeScroll()} @mr-plan=${(
          event: CustomEvent<readonly string[]>,
        ) => {
          this.pointed = event.detail;
        }}>
        <div class="ground"><div class="world ${this.#arranger.ready ? "" : "unready"}">
          ${edgesSvg({ edges: view.edges, boxes: this.#arranger.paintedBoxes(), measures: this.#arranger.measures, lit: lit?.edges ?? null })}
          ${repeat(
            view.order,
            (id) => id,
            (id) => this.#card(id, planned, lit),
          )}
        </div></div>
      </section>
      ${view.order.length === 0 ? html`<p class="nothing">This graph has no nodes yet.</p>` : nothing}
      ${
        outlook
          ? html`<mr-corner .zoom=${() => outlook.pan.view.k} @mr-steer=${this.#steered}></mr-corner>
        <mr-minimap .view=${view} .boxes=${this.#arranger.boxes()} .look=${() => outlook.pan.view} .screen=${() => outlook.size} @mr-look=${(event: CustomEvent<Point>) => outlook.look(event.detail)}></mr-minimap>`
          : nothing
      }
    `;
  }

  #card(id: string, planned: ReadonlySet<string>, lit: Cone | null): TemplateResult | typeof nothing {
    const card = this.view.cards[id];
    if (!card) return nothing;
    const at = this.#arranger.at(id);
    const dim = lit !== null && !lit.cards.has(id);
    return html`<mr-card id=${id} role="group" aria-label=${card.name} data-state=${card.state} data-kind=${card.kind}
      ?data-planned=${planned.has(card.name) && card.runnable} ?data-dim=${dim && this.dragged === null} ?data-dragged=${this.dragged === id} ?data-selected=${this.selected === id}
      style=${styleMap(at ? { transform: `translate(${at.x}px, ${at.y}px)` } : { visibility: "hidden" })}
      .view=${card} .desk=${this.desk} .connected=${this.#connections.of(id, this.view.edges)} .cause=${this.#spotlight.causeAt(id)}
      @pointerenter=${(event: PointerEvent) => {
        if (event.pointerType === "mouse") this.#spotlight.hover(id);
      }}
      @pointerleave=${() => this.#spotlight.hover(null)}></mr-card>`;
  }

  // From the first touch on nothing moves unasked.
  #grabbed = (event: PointerEvent): void => {
    if (this.#outlook) this.#outlook.pan.touched = true;
    startDrag(event, this.#drag);
  };

  #pressed = (event: KeyboardEvent): void => {
    const outlook = this.#outlook;
    if (!outlook) return;
    outlook.pan.touched = true;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (stepCard(event, this.#drag)) return event.preventDefault();
    if (event.composedPath()[0] !== this.#screen) return;
    if (steerByKey(outlook.pan, event.key, outlook.size)) event.preventDefault();
  };

  #steered = ({ detail }: CustomEvent<Course | "tidy">): void => {
    const outlook = this.#outlook;
    if (detail === "tidy") {
      this.#arranger.tidy();
      void this.desk.press({ kind: "tidy" });
    } else if (outlook) steer(outlook.pan, detail, outlook.size, this.#arranger.extent(), outlook.corner);
  };

  #select(card: string): void {
    this.dispatchEvent(new CustomEvent("mr-select", { detail: card, bubbles: true, composed: true }));
  }

  #asked = ({ detail }: CustomEvent<Why | null>): void => this.#spotlight.ask(detail);
  #show = ({ detail }: CustomEvent<CauseView>): void => this.#sight.show(detail);

  // What gets the focus by the keyboard comes into sight.
  #focused = (event: FocusEvent): void => {
    const target = event.composedPath()[0];
    if (target instanceof HTMLElement && target !== this.#screen) this.#sight.follow(target);
  };

  #cards = (): Card[] => [...this.renderRoot.querySelectorAll<Card>("mr-card")];
  get #screen(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>(".screen")!;
  }

  static override styles = [base, edgeStyles, canvasStyles];
}
customElements.define("mr-canvas", Canvas);
