/**
 * What all fields are: a label, a control or a display, and a message when the sheet refused the content. A port that
 * is not editable is displayed; one that is shows the person's draft, never what arrives over it (see `draft.ts`).
 *
 * Properties: `port`, `card` (its id), `desk`. Parts of a subclass: `read` and `given` say how a value of the wire is
 * held while it is edited, `control` and `display` paint it.
 */
import { type CSSResultGroup, css, html, LitElement, nothing, type TemplateResult } from "lit";
import type { GivenValue } from "../../protocol/command.ts";
import type { ComponentView, Json, PortView } from "../../protocol.ts";
import type { Desk } from "../desk.ts";
import { Draft } from "../draft.ts";
import { base, buttons } from "../styles.ts";
import { bytes } from "../words.ts";

export type Painted = TemplateResult | string | typeof nothing;

export abstract class Field<T> extends LitElement {
  static override properties = { port: { attribute: false }, card: { attribute: false }, desk: { attribute: false } };
  declare port: PortView;
  declare card: string;
  declare desk: Desk;

  /** Fields one types into keep still while they have the focus. */
  protected readonly typed: boolean = false;

  protected readonly draft = new Draft<T>({
    send: (value) => this.desk.ask({ kind: "set", card: this.card, port: this.port.name, value: this.given(value) }),
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
    return this.port.editable && this.port.from === undefined;
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
    else if (this.#whole?.url !== value.url && this.editable) void this.fetchWhole();
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
        ${this.editable ? html`<label for="field">${label}</label>` : html`<span class="label">${label}</span>`}
        <span class="aside mono">${this.#word() ?? this.aside(shown)}</span>
      </div>
      ${this.editable ? html`<div @focusin=${this.#entered} @focusout=${this.#left}>${this.control(shown)}</div>` : this.#shown(shown)}
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

  #entered = (): void => {
    if (this.typed) this.draft.hold();
  };
  #left = (): void => {
    this.draft.release();
  };

  #enlist(): void {
    if (this.#desk === this.desk) return;
    this.#desk?.drop(this.draft);
    this.#desk = this.desk;
    this.desk.keep(this.draft);
  }

  static override styles: CSSResultGroup = [
    base,
    buttons,
    css`
      :host { display: block; }
      .top { display: flex; align-items: baseline; gap: 8px; min-height: 20px; line-height: 20px; }
      label, .label { font-size: 11.5px; font-weight: 500; color: var(--mr-ink-2); flex: none; max-width: 75%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .aside { margin-left: auto; color: var(--mr-quiet); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
      .info { margin: 4px 0 0; font-size: 11px; color: var(--mr-quiet); }
      .refusal { margin: 6px 0 0; font-size: 11.5px; color: var(--mr-failed-ink); overflow-wrap: anywhere; }
      .refusal:empty { display: none; }
      .box {
        display: block; width: 100%; margin: 2px 0 0; padding: 6px 10px; border: 1px solid var(--mr-line); border-radius: 8px;
        background: var(--mr-field); color: var(--mr-ink); font: 400 13px / 1.45 var(--mr-sans); transition: border-color 120ms;
      }
      .box:hover { border-color: var(--mr-ink-3); }
      .box:focus-visible { border-color: var(--mr-accent); outline: 2px solid var(--mr-accent); outline-offset: -1px; }
      .box[aria-invalid="true"] { border-color: var(--mr-failed); }
      .box::placeholder { color: var(--mr-quiet); opacity: 1; }
      .text { font-size: 13px; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 240px; overflow: auto; }
      .none { font-size: 12px; color: var(--mr-quiet); }
      .button.small { height: 24px; padding: 0 8px; font-size: 11.5px; border-radius: 6px; margin-top: 6px; }
      :host([data-pale]) .text { color: var(--mr-quiet); }
      .tools { position: absolute; top: 6px; right: 6px; display: flex; gap: 4px; opacity: 0; transition: opacity 120ms; }
      .framed { position: relative; }
      .framed:hover .tools, .framed:focus-within .tools { opacity: 1; }
      @media (hover: none) { .tools { opacity: 1; } }
      .tool {
        display: grid; place-items: center; width: 24px; height: 24px; padding: 0; border: 0; border-radius: 6px;
        background: rgb(10 18 24 / 68%); color: #fff; text-decoration: none;
      }
      .tool:hover { background: rgb(10 18 24 / 86%); }
      .tool:focus-visible { outline-color: #fff; outline-offset: -3px; }
    `,
  ];
}

/** Attributes that tie a control to its message. */
export function invalid(field: { readonly refusal: string | null }): "true" | "false" {
  return field.refusal === null ? "false" : "true";
}
