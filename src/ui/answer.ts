/**
 * `<mr-answer>`: what a person is asked at a card, and how they answer: yes or no, one of a list, a text, a picture. What is
 * written stays while it is not sent, also when the sheet goes on meanwhile; an answer names the question that it is for.
 *
 * Properties: `view`, `desk`.
 */
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Answer, GivenValue } from "../protocol/command.ts";
import type { AskView, CardView, Json, PortView } from "../protocol.ts";
import type { Desk } from "./desk.ts";
import { preview } from "./fields/pick.ts";
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
    return ask ? html`<div class="box" role="group" aria-label="Answer ${name}">${this.#way(ask)}</div>` : nothing;
  }

  #way({ asks }: AskView): TemplateResult {
    switch (asks) {
      case "approval":
        return html`<div class="pair"><button class="button primary" ?disabled=${this.sending} @click=${() => this.#give(true)}>${icon("check")}Yes</button>
          <button class="button" ?disabled=${this.sending} @click=${() => this.#give(false)}>${icon("cross")}No</button></div>`;
      case "pick":
        return this.#list();
      case "text":
        return html`<label for="text">${this.#port?.label}</label>
          <div class="pair"><input id="text" class="text" dir="auto" autocomplete="off" @keydown=${this.#pressed} />
          <button class="button primary" ?disabled=${this.sending} @click=${this.#giveText}>Answer</button></div>`;
      case "image":
        return html`<mr-image .port=${{ ...this.#port, editable: true, pinnable: false, value: null }} .card=${this.view.id} .desk=${this.desk} .sink=${this.#send}></mr-image>`;
    }
  }

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
    if (event.key === "Enter" && !event.isComposing) this.#giveText();
  };
  #giveText = (): void => this.#give(this.renderRoot.querySelector<HTMLInputElement>("#text")?.value ?? "");

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
    `,
  ];
}
customElements.define("mr-answer", AnswerBox);
