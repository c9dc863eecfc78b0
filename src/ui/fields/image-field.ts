/**
 * `<mr-image>`: a picture. Edited, it takes one by choosing, dropping or pasting; displayed, it opens at full size and
 * can be downloaded. While it uploads, the picture from the person's own disk stands in.
 */
import { type CSSResultGroup, css, html, nothing, type TemplateResult } from "lit";
import type { GivenValue } from "../../protocol/command.ts";
import type { FileView, Json } from "../../protocol.ts";
import { icon } from "../icons.ts";
import { bytes } from "../words.ts";
import { Field, type Painted } from "./field.ts";

export class ImageField extends Field<FileView> {
  static override properties = {
    ...Field.properties,
    uploading: { state: true },
    over: { state: true },
    size: { state: true },
  };
  declare uploading: { readonly url: string; readonly name: string } | null;
  declare over: boolean;
  declare size: { readonly url: string; readonly width: number; readonly height: number } | null;

  constructor() {
    super();
    this.uploading = null;
    this.over = false;
    this.size = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("paste", this.#pasted);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("paste", this.#pasted);
  }

  protected override read(_json: Json): FileView | undefined {
    return undefined;
  }
  protected override arrived(): FileView | undefined {
    return this.port.value?.kind === "file" ? this.port.value.file : undefined;
  }
  protected override given(value: FileView): GivenValue {
    return { kind: "file", id: value.id };
  }
  protected override same(a: FileView, b: FileView): boolean {
    return a.id === b.id;
  }
  protected override aside(shown: FileView | undefined): Painted {
    if (!shown) return nothing;
    const format = shown.type.replace(/^image\//, "").replace(/\+.*/, "");
    return this.size?.url === shown.url ? `${this.size.width} × ${this.size.height} ${format}` : format;
  }

  protected override control(shown: FileView | undefined): TemplateResult {
    const picture = this.uploading ?? shown;
    return html`<div class="framed ${this.over ? "over" : ""}" @dragover=${this.#dragged} @dragleave=${this.#dragEnded} @drop=${this.#dropped}>
      <input id="field" class="unseen" type="file" accept="image/*" aria-describedby="refusal" @change=${this.#chosen} />
      ${
        picture
          ? html`<div class="frame" @click=${this.#ask}>${this.#picture(picture)}</div>
            <div class="tools">${shown ? this.#larger(shown) : nothing}
              <button class="tool" aria-label="Replace ${this.port.label}" title="Replace: choose, drop or paste" @click=${this.#ask}>${icon("upload", 13)}</button></div>`
          : html`<div class="frame drop" @click=${this.#ask}>${icon("picture", 22)}<span>Choose, drop or paste a picture</span></div>`
      }
      ${this.uploading ? html`<div class="veil" role="status">Uploading ${this.uploading.name}…</div>` : nothing}
    </div>${this.#dialog(shown)}`;
  }

  protected override display(shown: FileView | undefined): TemplateResult {
    if (!shown) return html`<div class="frame empty">${icon("picture", 22)}<span>No picture yet</span></div>`;
    return html`<div class="framed"><div class="frame checked">${this.#picture(shown)}</div>
      <div class="tools">${this.#larger(shown)}
        <a class="tool" href=${shown.url} download=${shown.name} aria-label="Download ${this.port.label}" title="Download, ${bytes(shown.size)}">${icon("download", 13)}</a>
      </div></div>${this.#dialog(shown)}`;
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
  #ask = (): void => this.renderRoot.querySelector<HTMLInputElement>("input[type=file]")?.click();

  #chosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    input.value = "";
    if (file) void this.#take(file);
  };
  #dragged = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.over = true;
  };
  #dragEnded = (): void => {
    this.over = false;
  };
  #dropped = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    const file = event.dataTransfer?.files[0];
    if (file) void this.#take(file);
  };
  #pasted = (event: ClipboardEvent): void => {
    if (!this.editable || !this.matches(":hover, :focus-within")) return;
    const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith("image/"));
    if (file) void this.#take(file);
  };

  async #take(file: File): Promise<void> {
    const url = URL.createObjectURL(file);
    this.uploading = { url, name: file.name };
    this.complaint = null;
    const answer = await this.desk.upload(file);
    if (answer.ok) this.choose(answer.file);
    else this.complaint = answer.failure.message;
    if (this.uploading?.url === url) this.uploading = null;
    this.requestUpdate();
    URL.revokeObjectURL(url);
  }

  static override styles: CSSResultGroup = [
    Field.styles,
    css`
      .frame { position: relative; display: grid; place-items: center; margin-top: 2px; border: 1px solid var(--mr-line); border-radius: 8px; background: var(--mr-field); overflow: hidden; min-height: 32px; }
      .frame img { display: block; max-width: 100%; max-height: 340px; }
      .checked img { background: repeating-conic-gradient(var(--mr-check) 0 25%, var(--mr-check-2) 0 50%) 0 0 / 16px 16px; }
      .empty, .drop { aspect-ratio: 3 / 2; align-content: center; gap: 8px; color: var(--mr-quiet); font-size: 12px; }
      .drop { border-style: dashed; border-color: var(--mr-ink-3); cursor: pointer; aspect-ratio: 2 / 1; }
      .drop:hover, .over .frame { border-color: var(--mr-accent); background: var(--mr-accent-on); color: var(--mr-ink); }
      .framed:has(:focus-visible#field) .frame { outline: 2px solid var(--mr-accent); outline-offset: 2px; }
      .framed .frame:not(.checked) { cursor: pointer; }
      :host([data-pale]) .frame img { opacity: 0.42; filter: saturate(0.7); }
      .veil { position: absolute; inset: auto 0 0; padding: 6px 10px; border-radius: 0 0 8px 8px; background: rgb(10 18 24 / 72%); color: #fff; font-size: 11.5px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      dialog { max-width: 96vw; max-height: 96vh; padding: 0; border: 0; border-radius: 10px; background: var(--mr-card); overflow: hidden; cursor: zoom-out; }
      dialog::backdrop { background: rgb(6 12 16 / 78%); }
      dialog img { display: block; max-width: 96vw; max-height: 96vh; }
      dialog .tool { position: absolute; top: 10px; right: 10px; width: 32px; height: 32px; }
    `,
  ];
}
customElements.define("mr-image", ImageField);
