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
import { lookAt, middle, open, type Size } from "./geometry.ts";
import type { Measure } from "./layout.ts";
import "./minimap.ts";
import { PanZoom } from "./pan-zoom.ts";
import { type Connected, connections } from "./rows.ts";
import { Sizes } from "./sizes.ts";
import { Spotlight, type Why } from "./spotlight.ts";
import { type Course, steer, steerByKey } from "./steering.ts";
import { base } from "./styles.ts";

/** How long after the first layout pictures may still arrive and have everything laid out again. */
const settling = 2500;

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

  #pan: PanZoom | undefined;
  readonly #spotlight = new Spotlight(() => this.requestUpdate());
  #connected: { readonly edges: View["edges"]; readonly cards: Map<string, Connected> } | null = null;
  #shownAt = 0;
  readonly #sizes = new Sizes(() => this.#measure());
  readonly #arranger = new Arranger(elkLayouter(), {
    painted: () => this.requestUpdate(),
    laidOut: (first) => this.#laidOut(first),
  });
  readonly #drag: DragWorld = {
    at: (card) => this.#arranger.at(card),
    zoom: () => this.#pan?.view.k ?? 1,
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
  readonly #view = { flush: () => {}, leave: () => this.#pan?.restNow() };

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
    this.#pan = new PanZoom(this.#screen, this.#world, { moved, rested: () => this.#rested() });
    this.desk.keep(this.#view);
    this.requestUpdate();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("view")) this.#arranger.show(this.view);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("selected") && this.selected !== null) this.#bringIntoSight(this.selected);
    if (!changed.has("view")) return;
    const cards = this.#cards();
    this.#sizes.watch(cards);
    // Heights of rows may change although the card's does not.
    void Promise.all(cards.map((card) => card.updateComplete)).then(() => this.#measure());
  }

  /** What opens beside the canvas leaves it less room: the card that it is about stays in sight. */
  #bringIntoSight(id: string): void {
    requestAnimationFrame(() => {
      const head = this.#cards()
        .find((card) => card.id === id)
        ?.renderRoot.querySelector<HTMLElement>(".head");
      if (head) this.#pan?.bringIntoSight(head);
    });
  }

  #measure(): void {
    const k = this.#pan?.view.k ?? 1;
    const sizes = new Map<string, Measure>();
    for (const card of this.#cards()) sizes.set(card.id, card.measure(k));
    const shown = this.#arranger.ready ? performance.now() - this.#shownAt : 0;
    const settlingIn = !this.#pan?.touched && shown < settling;
    this.#arranger.measured(sizes, settlingIn);
  }

  #laidOut(first: boolean): void {
    if (first) this.#shownAt = performance.now();
    else if (this.#pan?.touched || performance.now() - this.#shownAt > settling + 500) return;
    const { viewport } = this.view;
    const extent = this.#arranger.extent();
    const [head] = [...this.#arranger.boxes().values()].sort((a, b) => a.x - b.x || a.y - b.y);
    // What somebody looked at on a desk is no view for a phone, and the other way round.
    if (viewport && !this.#narrow) this.#pan?.jump(lookAt(viewport, this.#size));
    else if (extent && head) this.#pan?.jump(open(extent, this.#size, head, this.#corner));
  }

  #rested(): void {
    if (this.#pan && !this.#narrow) void this.desk.ask({ kind: "viewport", ...middle(this.#pan.view, this.#size) });
  }

  override render(): TemplateResult {
    const { view } = this;
    const planned = new Set(this.pointed.length > 0 ? this.pointed : this.planned);
    const lit = this.#spotlight.lit(view);
    const corner = this.#pan;
    return html`
      <section class="screen" role="region" aria-label="Canvas" tabindex="0" @keydown=${this.#pressed} @pointerdown=${this.#grabbed}
        @mr-why=${this.#asked} @mr-show=${this.#show} @focusin=${this.#focused} @scroll=${() => this.#pan?.takeScroll()} @mr-plan=${(
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
        corner
          ? html`<mr-corner .zoom=${() => corner.view.k} @mr-steer=${this.#steered}></mr-corner>
        <mr-minimap .view=${view} .boxes=${this.#arranger.boxes()} .look=${() => corner.view} .screen=${() => this.#size} @mr-look=${this.#looked}></mr-minimap>`
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
      .view=${card} .desk=${this.desk} .connected=${this.#connectedPorts(id)} .cause=${this.#spotlight.causeAt(id)}
      @pointerenter=${(event: PointerEvent) => {
        if (event.pointerType === "mouse") this.#spotlight.hover(id);
      }}
      @pointerleave=${() => this.#spotlight.hover(null)}></mr-card>`;
  }

  #connectedPorts(id: string): Connected {
    if (this.#connected?.edges !== this.view.edges) this.#connected = { edges: this.view.edges, cards: new Map() };
    const known = this.#connected.cards.get(id);
    const found = known ?? connections(id, this.view.edges);
    this.#connected.cards.set(id, found);
    return found;
  }

  // From the first touch on nothing moves unasked.
  #grabbed = (event: PointerEvent): void => {
    if (this.#pan) this.#pan.touched = true;
    startDrag(event, this.#drag);
  };

  #pressed = (event: KeyboardEvent): void => {
    if (this.#pan) this.#pan.touched = true;
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#pan) return;
    if (stepCard(event, this.#drag)) return event.preventDefault();
    if (event.composedPath()[0] !== this.#screen) return;
    if (steerByKey(this.#pan, event.key, this.#size)) event.preventDefault();
  };

  #steered = ({ detail }: CustomEvent<Course | "tidy">): void => {
    if (detail === "tidy") {
      this.#arranger.tidy();
      void this.desk.press({ kind: "tidy" });
    } else if (this.#pan) steer(this.#pan, detail, this.#size, this.#arranger.extent(), this.#corner);
  };

  #select(card: string): void {
    this.dispatchEvent(new CustomEvent("mr-select", { detail: card, bubbles: true, composed: true }));
  }

  #asked = ({ detail }: CustomEvent<Why | null>): void => this.#spotlight.ask(detail);
  #show = ({ detail: { card, port } }: CustomEvent<CauseView>): void => {
    const row = this.#cards()
      .find(({ id }) => id === card)
      ?.reach(port);
    if (row) this.#pan?.bringIntoSight(row);
  };

  #looked = (event: CustomEvent<{ x: number; y: number }>): void => {
    const pan = this.#pan;
    if (pan) pan.jump(lookAt({ ...event.detail, zoom: pan.view.k }, this.#size));
  };

  // What gets the focus by the keyboard comes into sight.
  #focused = (event: FocusEvent): void => {
    const target = event.composedPath()[0];
    if (target instanceof HTMLElement && target !== this.#screen && target.matches(":focus-visible")) {
      this.#pan?.bringIntoSight(target);
    }
  };

  #cards = (): Card[] => [...this.renderRoot.querySelectorAll<Card>("mr-card")];
  get #screen(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>(".screen")!;
  }
  get #world(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>(".world")!;
  }
  get #narrow(): boolean {
    return this.#size.width <= 640;
  }
  /** What the minimap covers. */
  get #corner(): Size {
    return !this.#narrow ? { width: 208, height: 144 } : { width: 0, height: 0 };
  }
  get #size(): Size {
    return { width: this.#screen.clientWidth, height: this.#screen.clientHeight };
  }

  static override styles = [base, edgeStyles, canvasStyles];
}
customElements.define("mr-canvas", Canvas);
