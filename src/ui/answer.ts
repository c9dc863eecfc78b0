/**
 * `<mr-answer>`: what a person is asked at a card, and how they answer: yes or no, one of a list, a text, a picture. An answer
 * names the question that it is for. What is written stays until it is sent, also when the sheet goes on meanwhile and when
 * somebody else answers first: then it says so, and offers to ask again. Says `mr-said` when nothing is left of it.
 *
 * Properties: `view`, `desk`.
 */
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { Answer, GivenValue } from "../protocol/command.ts";
import type { PortView } from "../protocol/port.ts";
import type { AskView, CardView, Json } from "../protocol.ts";
import type { Desk } from "./desk.ts";
import { preview } from "./fields/pick.ts";
import { halfSaid, keepHalfSaid } from "./half-said.ts";
import { icon } from "./icons.ts";
import { base, buttons } from "./styles.ts";

export class AnswerBox extends LitElement {
  static override properties = {
    view: { attribute: false },
    desk: { attribute: false },
    fetched: { state: true },
    sending: { state: true },
  };
  declare view: CardView;
  declare desk: Desk;
  /** A list that was too large for the stream. */
  declare fetched: { readonly url: string; readonly list: readonly Json[] } | null;
  declare sending: boolean;

  constructor() {
    super();
    this.fetched = null;
    this.sending = false;
  }

  override willUpdate(): void {
    const value = this.view.inputs[0]?.value;
    if (this.view.ask?.asks === "pick" && value?.kind === "large" && this.fetched?.url !== value.url) {
      this.fetched = { url: value.url, list: [] };
      void this.#fetch(value.url);
    }
  }

  override render(): TemplateResult | typeof nothing {
    const { ask, name } = this.view;
    // Written in while it is asked for and after: the same field, with the caret where it was.
    const writes = !ask || ask.asks === "text";
    return html`<div class="box" role="group" aria-label="Answer ${name}">${writes ? this.#text(ask !== undefined || this.sending) : this.#way(ask.asks)}</div>`;
  }

  #way(asks: Exclude<AskView["asks"], "text">): TemplateResult {
    switch (asks) {
      case "approval":
        return html`<div class="pair"><button class="button primary" ?disabled=${this.sending} @click=${() => this.#give(true)}>${icon("check")}Yes</button>
          <button class="button" ?disabled=${this.sending} @click=${() => this.#give(false)}>${icon("cross")}No</button></div>`;
      case "pick":
        return this.#list();
      case "image":
        return html`<mr-image .port=${{ ...this.#port, editable: true, pinnable: false, value: null }} .card=${this.view.id} .desk=${this.desk} .sink=${this.#send}></mr-image>`;
    }
  }

  #text(asked: boolean): TemplateResult {
    const elsewhere = this.view.state === "ready" ? "Answered elsewhere." : "Nobody is asked now.";
    return html`<label for="text">${this.#port?.label}</label>
      <div class="pair"><input id="text" class="text" dir="auto" autocomplete="off" .value=${live(this.#words)} @input=${this.#typed} @keydown=${this.#pressed} />
      ${asked ? html`<button class="button primary" ?disabled=${this.sending} @click=${this.#giveText}>Answer</button>` : nothing}</div>
      <p class="quiet note" role="status">${asked ? nothing : `${elsewhere} What you wrote is still here.`}</p>
      ${asked ? nothing : html`<div class="pair"><button class="button small" title="Asks this question once more, and your words are its answer when you press Answer" @click=${this.#again}>Ask again</button><button class="button small" @click=${this.#drop}>Discard</button></div>`}`;
  }

  get #words(): string {
    return halfSaid(this.desk.placeOf(this.view.id));
  }
  #write(words: string): void {
    keepHalfSaid(this.desk.placeOf(this.view.id), words);
  }
  #typed = (event: Event): void => this.#write((event.target as HTMLInputElement).value);

  #again = (): void => {
    this.renderRoot.querySelector<HTMLElement>("#text")?.focus();
    void this.desk.press({ kind: "run", card: this.view.id, again: true });
  };
  #drop = (): void => {
    this.#write("");
    this.dispatchEvent(new CustomEvent("mr-said"));
  };

  #list(): TemplateResult {
    const options = this.#options();
    return html`<div class="options">${repeat(
      options,
      (_, i) => i,
      (option, i) =>
        html`<button class="option" ?disabled=${this.sending} @click=${() => this.#give(i)}><span class="mono n" aria-hidden="true">${i + 1}</span>${preview({ value: { kind: "json", value: option }, shows: "current" })}</button>`,
    )}${options.length === 0 ? html`<p class="quiet none">There is nothing to choose from.</p>` : nothing}</div>`;
  }

  #options(): readonly Json[] {
    const value = this.view.inputs[0]?.value;
    if (value?.kind === "json" && Array.isArray(value.value)) return value.value as readonly Json[];
    return value?.kind === "large" && this.fetched?.url === value.url ? this.fetched.list : [];
  }

  async #fetch(url: string): Promise<void> {
    const json: unknown = await fetch(url)
      .then((response) => (response.ok ? response.json() : []))
      .catch(() => []);
    if (this.fetched?.url === url) this.fetched = { url, list: Array.isArray(json) ? (json as readonly Json[]) : [] };
  }

  get #port(): PortView | undefined {
    return this.view.outputs[0];
  }

  #pressed = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.isComposing && this.view.ask) this.#giveText();
  };
  #giveText = async (): Promise<void> => {
    const words = this.#words;
    const { ok } = await this.#send({ kind: "json", value: words });
    // What was written since is not part of it.
    if (ok && this.#words === words) this.#drop();
  };

  #give(value: Json): void {
    void this.#send({ kind: "json", value });
  }
  #send = async (value: GivenValue): Promise<Answer> => {
    const { ask, id } = this.view;
    this.sending = true;
    const answer = await this.desk.press({ kind: "answer", card: id, question: ask?.question ?? 0, value });
    this.sending = false;
    return answer;
  };

  static override styles = [
    base,
    buttons,
    css`
      :host { display: block; }
      .pair { display: flex; gap: 8px; }
      .pair .button { flex: 1; }
      .text + .button { flex: none; }
      label { display: block; font-size: 11.5px; font-weight: 500; line-height: 20px; color: var(--mr-ink-2); overflow-wrap: anywhere; }
      .text { flex: 1; min-width: 0; padding: 5px 10px; border: 1px solid var(--mr-line); border-radius: 8px; background: var(--mr-field); color: var(--mr-ink); font: inherit; }
      .text:hover { border-color: var(--mr-ink-3); }
      .text:focus-visible { border-color: var(--mr-accent); outline-offset: -1px; }
      .options { display: flex; flex-direction: column; max-height: 264px; overflow: auto; border: 1px solid var(--mr-line); border-radius: 8px; }
      .option { flex: none; display: flex; align-items: center; gap: 8px; min-height: 33px; padding: 5px 10px; border: 0; background: none; text-align: left; }
      .option + .option { border-top: 1px solid var(--mr-inner); }
      .option:hover:not(:disabled) { background: var(--mr-accent-on); }
      .option:active:not(:disabled) { filter: brightness(0.95); }
      .option:focus-visible { outline-offset: -2px; border-radius: 7px; }
      .option .n { flex: none; color: var(--mr-quiet); }
      .option .ellipsis { flex: 1; }
      .thumb { max-height: 40px; max-width: 120px; border-radius: 4px; }
      .chip { width: 14px; height: 14px; border-radius: 4px; }
      .none { margin: 0; padding: 8px 10px; }
      .note { margin: 0; }
      .note:not(:empty) { margin-top: 4px; }
      .note + .pair { margin-top: 8px; }
      .note + .pair .button { flex: none; }
    `,
  ];
}
customElements.define("mr-answer", AnswerBox);
