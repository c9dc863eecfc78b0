/** `<mr-markdown>`: Markdown, set; edited as its source. What it holds is foreign: it is sanitised, its links open apart. */

import DOMPurify from "dompurify";
import { type CSSResultGroup, css, html, type TemplateResult } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { marked } from "marked";
import { TextField } from "./text-field.ts";

const purify = DOMPurify(window);
purify.addHook("afterSanitizeAttributes", (node) => {
  if (node.tagName === "A") {
    node.setAttribute("target", "_blank");
    node.setAttribute("rel", "noopener noreferrer nofollow");
  }
});
const forbidden = {
  USE_PROFILES: { html: true },
  FORBID_TAGS: ["style", "form", "input", "button", "textarea", "select", "dialog"],
  FORBID_ATTR: ["style", "class", "id", "name"],
};

export class MarkdownField extends TextField {
  #source: string | undefined;
  #set = "";

  protected override display(shown: string | undefined): TemplateResult {
    if (shown === undefined) return html`<div class="none">Nothing yet</div>`;
    if (shown !== this.#source) {
      this.#source = shown;
      this.#set = purify.sanitize(marked.parse(shown, { async: false, gfm: true }), forbidden);
    }
    return html`<div class="text prose" tabindex="0" role="group" aria-label=${this.port.label}>${unsafeHTML(this.#set)}</div>`;
  }

  static override styles: CSSResultGroup = [
    TextField.styles,
    css`
      .prose { white-space: normal; max-height: 320px; }
      .prose :is(h1, h2, h3, h4) { margin: 10px 0 4px; font-size: 14px; line-height: 1.35; }
      .prose h1 { font-size: 16px; }
      .prose :is(p, ul, ol, pre, blockquote, table) { margin: 6px 0; }
      .prose :is(ul, ol) { padding-left: 20px; }
      .prose > :first-child { margin-top: 0; }
      .prose > :last-child { margin-bottom: 0; }
      .prose a { color: var(--mr-accent); }
      .prose img { max-width: 100%; border-radius: 8px; }
      .prose code { color: var(--mr-ink-2); font: 400 12px var(--mr-mono); background: var(--mr-inner); border-radius: 4px; padding: 1px 4px; }
      .prose pre { background: var(--mr-field); border: 1px solid var(--mr-line); border-radius: 8px; padding: 8px 10px; overflow: auto; }
      .prose pre code { background: none; padding: 0; }
      .prose blockquote { margin-left: 0; padding-left: 10px; border-left: 3px solid var(--mr-line); color: var(--mr-ink-2); }
      .prose table { border-collapse: collapse; } .prose :is(td, th) { border: 1px solid var(--mr-line); padding: 2px 6px; }
    `,
  ];
}
customElements.define("mr-markdown", MarkdownField);
