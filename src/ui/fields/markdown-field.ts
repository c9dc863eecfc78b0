/** `<mr-markdown>`: Markdown, set; edited as its source. What it holds is foreign: it is sanitised, its links open apart. */
import { type CSSResultGroup, css, html, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { prose, proseStyles } from "./prose.ts";
import { TextField } from "./text-field.ts";

export class MarkdownField extends TextField {
  #source: string | undefined;
  #set = "";

  protected override display(shown: string | undefined): TemplateResult {
    if (shown === undefined) return html`<div class="none">Nothing yet</div>`;
    if (shown !== this.#source) {
      this.#source = shown;
      this.#set = prose(shown);
    }
    return html`<div class="text prose" tabindex="0" role="group" aria-label=${this.port.label}>${unsafeHTML(this.#set)}</div>`;
  }

  static override styles: CSSResultGroup = [TextField.styles, proseStyles, css`.prose { max-height: 320px; }`];
}
customElements.define("mr-markdown", MarkdownField);
