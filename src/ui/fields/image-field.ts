/** `<mr-image>`: a picture. Displayed, it opens at full size and can be downloaded. */
import { type CSSResultGroup, css, html, nothing, type TemplateResult } from "lit";
import type { FileView } from "../../protocol/port.ts";
import { icon } from "../icons.ts";
import type { Painted } from "./field.ts";
import { UploadField } from "./upload-field.ts";

export class ImageField extends UploadField {
  static override properties = { ...UploadField.properties, size: { state: true } };
  declare size: { readonly url: string; readonly width: number; readonly height: number } | null;

  constructor() {
    super();
    this.size = null;
  }

  protected override get wanted(): string {
    return "image/*";
  }
  protected override aside(shown: FileView | undefined): Painted {
    if (!shown) return nothing;
    const format = shown.type.replace(/^image\//, "").replace(/\+.*/, "");
    return this.size?.url === shown.url ? `${this.size.width} × ${this.size.height} ${format}` : format;
  }

  protected override control(shown: FileView | undefined): TemplateResult {
    const picture = this.uploading ?? shown;
    if (!picture) return this.dropped(this.offer("picture", "Choose, drop or paste a picture"));
    return html`${this.dropped(html`<div class="frame" @click=${this.ask}>${this.#picture(picture)}</div>
      <div class="tools">${shown ? this.#larger(shown) : nothing}${this.replaceTool()}</div>`)}${this.#dialog(shown)}`;
  }

  protected override display(shown: FileView | undefined): TemplateResult {
    if (!shown) return html`<div class="frame empty">${icon("picture", 22)}<span>No picture yet</span></div>`;
    return html`<div class="framed"><div class="frame checked">${this.#picture(shown)}</div>
      <div class="tools">${this.#larger(shown)}${this.downloadTool(shown)}</div></div>${this.#dialog(shown)}`;
  }

  #picture({ url, name }: { readonly url: string; readonly name: string }): TemplateResult {
    return html`<img src=${url} alt="${this.port.label}: ${name}" draggable="false" @load=${this.#loaded} />`;
  }
  #larger(shown: FileView): TemplateResult {
    return html`<button class="tool" aria-label="Show ${this.port.label} large" title="Full screen, ${shown.name}" @click=${this.#open}>${icon("large", 13)}</button>`;
  }
  #dialog(shown: FileView | undefined): Painted {
    if (!shown) return nothing;
    return html`<dialog aria-label="${this.port.label}: ${shown.name}" @click=${this.#shut}>
      <img src=${shown.url} alt=${shown.name} loading="lazy" /><button class="tool" aria-label="Close" title="Close">${icon("close", 16)}</button></dialog>`;
  }

  #loaded = (event: Event): void => {
    const img = event.target as HTMLImageElement;
    this.size = { url: img.getAttribute("src") ?? "", width: img.naturalWidth, height: img.naturalHeight };
  };
  #open = (): void => this.renderRoot.querySelector("dialog")?.showModal();
  #shut = (): void => this.renderRoot.querySelector("dialog")?.close();

  static override styles: CSSResultGroup = [
    UploadField.styles,
    css`
      .frame img { display: block; max-width: 100%; max-height: 340px; }
      .checked img { background: repeating-conic-gradient(var(--mr-check) 0 25%, var(--mr-check-2) 0 50%) 0 0 / 16px 16px; }
      .framed .frame:not(.checked) { cursor: pointer; }
      :host([data-pale]) .frame img { opacity: 0.42; filter: saturate(0.7); }
      dialog { max-width: 96vw; max-height: 96vh; padding: 0; border: 0; border-radius: 10px; background: var(--mr-card); overflow: hidden; cursor: zoom-out; }
      dialog::backdrop { background: rgb(6 12 16 / 78%); }
      dialog img { display: block; max-width: 96vw; max-height: 96vh; }
      dialog .tool { position: absolute; top: 10px; right: 10px; width: 32px; height: 32px; }
    `,
  ];
}
customElements.define("mr-image", ImageField);
