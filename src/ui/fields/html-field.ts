/** `<mr-html>`: HTML from elsewhere, in a frame that has no rights: no script, no cookies, not our origin. It is sanitised all the same. Edited as its source. */
import { type CSSResultGroup, css, html, type TemplateResult } from "lit";
import { icon } from "../icons.ts";
import { framed } from "./prose.ts";
import { TextField } from "./text-field.ts";

/** How a frame looks that says nothing of it: like the page, in the theme that the person chose. */
function page(body: string, { dark }: { readonly dark: boolean }): string {
  const [ink, ground] = dark ? ["#e6edf1", "#151d22"] : ["#14212b", "#ffffff"];
  return `<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="${dark ? "dark" : "light"}"><style>body{margin:8px;font:13px/1.45 system-ui,sans-serif;color:${ink};background:${ground};overflow-wrap:anywhere}img{max-width:100%}</style>${body}`;
}

export class HtmlField extends TextField {
  protected override readonly whole = true;

  protected override display(shown: string | undefined): TemplateResult {
    if (shown === undefined) return html`<div class="none">Nothing yet</div>`;
    if (shown === "") return html`<div class="none">Empty page</div>`;
    return html`<div class="framed">${this.#frame(shown)}
      <div class="tools"><button class="tool" aria-label="Show ${this.port.label} large" title="Full screen" @click=${this.#open}>${icon("large", 13)}</button></div></div>
      <dialog aria-label=${this.port.label}>${this.#frame(shown)}<button class="tool" aria-label="Close" title="Close" @click=${this.#shut}>${icon("close", 16)}</button></dialog>`;
  }

  #frame(shown: string): TemplateResult {
    const dark = document.documentElement.dataset.theme === "dark";
    return html`<iframe title=${this.port.label} sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" loading="lazy" .srcdoc=${page(framed(shown), { dark })}></iframe>`;
  }
  #open = (): void => this.renderRoot.querySelector("dialog")?.showModal();
  #shut = (): void => this.renderRoot.querySelector("dialog")?.close();

  static override styles: CSSResultGroup = [
    TextField.styles,
    css`
      iframe { display: block; width: 100%; height: 180px; margin-top: 2px; border: 1px solid var(--mr-line); border-radius: 8px; background: var(--mr-card); }
      .tools { top: 6px; right: 6px; }
      dialog { width: 94vw; height: 92vh; padding: 0; border: 0; border-radius: 10px; background: var(--mr-card); overflow: hidden; }
      dialog::backdrop { background: rgb(6 12 16 / 78%); }
      dialog iframe { height: 100%; margin: 0; border: 0; border-radius: 0; }
      dialog .tool { position: absolute; top: 10px; right: 10px; width: 32px; height: 32px; }
      :host([data-pale]) iframe { opacity: 0.45; }
    `,
  ];
}
customElements.define("mr-html", HtmlField);
