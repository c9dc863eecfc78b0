/**
 * What all fields are: a label, a control or a display, and a message when the sheet refused the content. A port that
 * is not editable is displayed; one that is shows the person's draft, never what arrives over it (see `draft.ts`). An
 * output that may be pinned is displayed until a person asks to edit it; what they write then is pinned over it.
 *
 * Properties: `port`, `card` (its id), `desk`, and `sink` to have what is given elsewhere. Parts of a subclass: `read` and `given` say how a value of the wire is
 * held while it is edited, `control` and `display` paint it.
 */
import { type CSSResultGroup, html, LitElement, noChange, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Answer, GivenValue } from "../../protocol/command.ts";
import type { ComponentView, PortView } from "../../protocol/port.ts";
import type { Json } from "../../protocol.ts";
import type { Desk } from "../desk.ts";
import { Draft } from "../draft.ts";
import { icon } from "../icons.ts";
import { base, buttons, smallTools } from "../styles.ts";
import { bytes } from "../words.ts";
import { fieldStyles } from "./field-styles.ts";

export type Painted = TemplateResult | string | typeof nothing;

export abstract class Field<T> extends LitElement {
  static override properties = {
    port: { attribute: false },
    card: { attribute: false },
    desk: { attribute: false },
    sink: { attribute: false },
    pinning: { state: true },
  };
  declare port: PortView;
  declare card: string;
  declare desk: Desk;
  /** Where what a person gives goes, when it is neither set nor pinned. */
  declare sink: ((value: GivenValue) => Promise<Answer>) | undefined;
  /** True while a person writes over an output. */
  declare pinning: boolean;

  constructor() {
    super();
    this.pinning = false;
  }

  /** Fields one types into keep still while they have the focus. */
  protected readonly typed: boolean = false;
  /** Fields of several controls, each with a name of its own: the label names none of them. */
  protected readonly several: boolean = false;
  /** Fields whose value says nothing by its beginning fetch it whole, though it was too large for the stream. */
  protected readonly whole: boolean = false;

  protected readonly draft = new Draft<T>({
    send: (value) => this.send(this.given(value)),
    equal: (a, b) => this.same(a, b),
    later: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    changed: () => this.requestUpdate(),
  });

  /** What went wrong before there was anything to send. */
  protected complaint: string | null = null;
  #whole: { readonly url: string; readonly json?: Json } | null = null;
  #desk: Desk | undefined;

  protected abstract read(json: Json): T | undefined;
  protected abstract given(value: T): GivenValue;
  protected abstract control(shown: T | undefined): TemplateResult;
  protected abstract display(shown: T | undefined): TemplateResult;

  protected same(a: T, b: T): boolean {
    return a === b;
  }
  /** Why this content cannot be sent, in a sentence. */
  protected problem(_value: T): string | null {
    return null;
  }
  /** What stands at the right of the label. */
  protected aside(_shown: T | undefined): Painted {
    return nothing;
  }

  protected get component(): ComponentView {
    return this.port.component ?? { kind: "json", options: {} };
  }
  protected get editable(): boolean {
    return this.pinning || (this.port.editable && this.port.from === undefined);
  }

  /**
   * The text of a control that holds more than its value does while it is typed into: "0." is the beginning of a number, and
   * not yet another one. `place` is the control's `data-place`.
   */
  protected standing(place: string, text: string) {
    const typedInto = (this.shadowRoot?.activeElement as HTMLElement | null)?.dataset.place === place;
    return typedInto ? noChange : live(text);
  }

  /** What becomes of what a person gives. */
  protected send(value: GivenValue): Promise<Answer> {
    const { card, port } = this;
    if (this.sink) return this.sink(value);
    return this.desk.ask({ kind: port.editable ? "set" : "pin", card, port: port.name, value });
  }

  protected edit(value: T): void {
    this.draft.edit(value, this.problem(value));
  }
  /** Like `edit`, and sent at once: for what is chosen, not typed. */
  protected choose(value: T): void {
    this.edit(value);
    this.draft.flush();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.desk) this.#enlist();
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.draft.flush();
    this.#desk?.drop(this.draft);
    this.#desk = undefined;
  }

  override willUpdate(): void {
    this.#enlist();
    this.toggleAttribute("data-pale", this.port.shows === "last" && !this.editable);
    const { value } = this.port;
    if (value?.kind !== "large") this.#whole = null;
    else if (this.#whole?.url !== value.url && (this.editable || this.whole)) void this.fetchWhole();
    if (this.#whole && !("json" in this.#whole)) return;
    this.draft.arrive(this.arrived());
  }

  /** The value of the wire as this field holds it. */
  protected arrived(): T | undefined {
    const { value } = this.port;
    if (value?.kind === "json") return this.read(value.value);
    return this.#whole && "json" in this.#whole ? this.read(this.#whole.json as Json) : undefined;
  }

  /** Fetches a value that was too large for the stream. */
  protected async fetchWhole(): Promise<void> {
    const { value } = this.port;
    if (value?.kind !== "large") return;
    this.#whole = { url: value.url };
    const json = await fetch(value.url)
      .then((response) => (response.ok ? (response.json() as Promise<Json>) : undefined))
      .catch(() => undefined);
    if (this.#whole?.url !== value.url) return;
    this.#whole = json === undefined ? null : { url: value.url, json };
    this.requestUpdate();
  }

  override render(): TemplateResult {
    const shown = this.draft.shown;
    const { label, info } = this.port;
    const refusal = this.complaint ?? this.draft.refusal;
    return html`
      <div class="top">
        ${this.editable && !this.several ? html`<label for="field">${label}</label>` : html`<span class="label">${label}</span>`}
        ${this.#pen()}<span class="aside mono">${this.#word() ?? this.aside(shown)}</span>${this.#pinned()}
      </div>
      ${this.editable ? html`<div @keydown=${this.#pressed} @focusin=${this.#entered} @focusout=${this.#left}>${this.control(shown)}</div>` : this.#shown(shown)}
      ${info ? html`<p class="info">${info}</p>` : nothing}
      <p class="refusal" id="refusal" role="alert">${refusal ?? nothing}</p>
    `;
  }

  #shown(shown: T | undefined): TemplateResult {
    const { value } = this.port;
    if (value?.kind !== "large" || shown !== undefined) return this.display(shown);
    return html`<div class="text">${value.preview}…</div>
      <button class="button small" @click=${() => this.fetchWhole()}>Show all ${bytes(value.size)}</button>`;
  }

  #word(): string | undefined {
    if (this.editable) return undefined;
    return this.port.shows === "last" ? "last good value" : this.port.shows === "partial" ? "partial" : undefined;
  }

  #pen(): Painted {
    const { pinnable, label } = this.port;
    if (this.pinning)
      return html`<button class="small-tool pen done" aria-label="Done editing ${label}" title="Done" @click=${this.#done}>${icon("check", 13)}</button>`;
    return pinnable
      ? html`<button class="small-tool pen" aria-label="Edit ${label}" title="Edit: what you write is pinned here" @click=${this.#pin}>${icon("pen", 12)}</button>`
      : nothing;
  }

  #pinned(): Painted {
    if (!this.port.pinned) return nothing;
    return html`<span class="badge">pinned</span><button class="small-tool" aria-label="Lift the pin of ${this.port.label}" title="Shows again what the step itself gave" @click=${this.#lift}>Lift</button>`;
  }

  #pin = (): void => {
    this.pinning = true;
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>("#field, .box, .cell, .button")?.focus(),
    );
  };
  #done = (): void => {
    this.draft.release();
    this.pinning = false;
  };
  #lift = (): void => {
    // The button goes with the pin.
    this.renderRoot.querySelector<HTMLElement>(".pen")?.focus();
    void this.desk.press({ kind: "unpin", card: this.card, port: this.port.name });
  };
  #pressed = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.pinning) return;
    event.preventDefault();
    this.#done();
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".pen")?.focus());
  };

  #entered = (): void => {
    if (this.typed) this.draft.hold();
  };
  #left = ({ relatedTarget }: FocusEvent): void => {
    this.draft.release();
    // A file's dialog takes the focus too, and gives it back.
    if (relatedTarget instanceof Node && !this.renderRoot.contains(relatedTarget)) this.pinning = false;
  };

  #enlist(): void {
    if (this.#desk === this.desk) return;
    this.#desk?.drop(this.draft);
    this.#desk = this.desk;
    this.desk.keep(this.draft);
  }

  static override styles: CSSResultGroup = [base, buttons, smallTools, fieldStyles];
}

/** Attributes that tie a control to its message. */
export function invalid(field: { readonly refusal: string | null }): "true" | "false" {
  return field.refusal === null ? "false" : "true";
}
