/** `<mr-gallery>`: pictures and videos with captions, in columns: one is pressed to be seen large. Edited, it takes more, loses some, and has its captions written. */
import { type CSSResultGroup, css, html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { styleMap } from "lit/directives/style-map.js";
import type { GivenValue } from "../../protocol/command.ts";
import type { FileView } from "../../protocol/port.ts";
import type { Json } from "../../protocol.ts";
import { icon } from "../icons.ts";
import { Field, type Painted } from "./field.ts";
import { equalJson, fileIn, number } from "./options.ts";

interface Picture {
  readonly file: FileView;
  readonly caption?: string;
}

export class GalleryField extends Field<readonly Picture[]> {
  static override properties = { ...Field.properties, large: { state: true }, uploading: { state: true } };
  protected override readonly typed = true;
  protected override readonly whole = true;
  /** The place of the picture that is seen large. */
  declare large: number | null;
  declare uploading: number;

  constructor() {
    super();
    this.large = null;
    this.uploading = 0;
  }

  protected override read(json: Json): readonly Picture[] | undefined {
    return Array.isArray(json) ? (json as readonly Json[]).flatMap(pictureOf) : undefined;
  }
  protected override given(pictures: readonly Picture[]): GivenValue {
    return { kind: "holding", value: pictures as unknown as Json };
  }
  protected override same(a: readonly Picture[], b: readonly Picture[]): boolean {
    return equalJson(a as unknown as Json, b as unknown as Json);
  }
  protected override aside(shown: readonly Picture[] | undefined): Painted {
    return shown && shown.length > 0 ? `${shown.length} ${shown.length === 1 ? "picture" : "pictures"}` : nothing;
  }

  protected override control(shown: readonly Picture[] | undefined): TemplateResult {
    const all = shown ?? [];
    return html`${this.#grid(all, true)}
      <div class="add" @dragover=${(event: Event) => event.preventDefault()} @drop=${this.#dropped}>
        <input id="field" class="unseen" type="file" multiple accept="image/*,video/*" aria-describedby="refusal" @change=${this.#chosen} />
        <button class="button small" @click=${this.#ask}>${icon("plus", 12)}Add pictures</button>
        <span class="quiet" role="status">${this.uploading > 0 ? `Uploading ${this.uploading}…` : nothing}</span>
      </div>${this.#dialog(all)}`;
  }
  protected override display(shown: readonly Picture[] | undefined): TemplateResult {
    if (!shown || shown.length === 0) return html`<div class="none">${shown ? "No pictures" : "Nothing yet"}</div>`;
    return html`${this.#grid(shown, false)}${this.#dialog(shown)}`;
  }

  #grid(all: readonly Picture[], edited: boolean): TemplateResult | typeof nothing {
    if (all.length === 0) return nothing;
    const columns = Math.min(number(this.component, "columns") ?? (all.length === 1 ? 1 : all.length < 5 ? 2 : 3), 6);
    return html`<ul class="grid" style=${styleMap({ "--columns": String(columns) })}>${all.map(
      (picture, i) => html`<li>
        <button class="cell" aria-label="Show ${picture.caption || picture.file.name} large" @click=${() => this.#enlarge(i)}>${thumb(picture)}</button>
        ${edited ? this.#edited(all, i) : picture.caption ? html`<span class="caption" dir="auto" title=${picture.caption}>${picture.caption}</span>` : nothing}</li>`,
    )}</ul>`;
  }

  #edited(all: readonly Picture[], i: number): TemplateResult {
    const { file, caption = "" } = all[i] as Picture;
    const write = (event: Event) => {
      const written = (event.target as HTMLInputElement).value;
      this.edit(all.with(i, written === "" ? { file } : { file, caption: written }));
    };
    return html`<input class="box small" dir="auto" placeholder="Caption" aria-label="Caption of ${file.name}" .value=${live(caption)} @input=${write} />
      <button class="tool remove" aria-label="Remove ${file.name}" title="Remove" @click=${() => this.choose(all.toSpliced(i, 1))}>${icon("close", 11)}</button>`;
  }

  #dialog(all: readonly Picture[]): TemplateResult {
    const picture = this.large === null ? undefined : all[this.large];
    return html`<dialog aria-label=${this.port.label} @close=${this.#shut} @click=${this.#pressed} @keydown=${this.#walked}>${
      picture
        ? html`<figure>${large(picture)}<figcaption>${picture.caption ?? picture.file.name}<span class="mono">${(this.large ?? 0) + 1} / ${all.length}</span></figcaption></figure>
          <div class="tools"><a class="tool" href=${picture.file.url} download=${picture.file.name} aria-label="Download ${picture.file.name}" title="Download">${icon("download", 15)}</a><button class="tool" aria-label="Close" title="Close" @click=${this.#close}>${icon("close", 16)}</button></div>`
        : nothing
    }</dialog>`;
  }

  #enlarge(i: number): void {
    this.large = i;
    void this.updateComplete.then(() => this.renderRoot.querySelector("dialog")?.showModal());
  }
  #close = (): void => this.renderRoot.querySelector("dialog")?.close();
  #shut = (): void => {
    this.large = null;
  };
  #pressed = (event: Event): void => {
    if (event.target instanceof HTMLDialogElement) this.#close();
  };
  #walked = (event: KeyboardEvent): void => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const count = this.draft.shown?.length ?? 0;
    if (way === undefined || this.large === null || count === 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.large = (this.large + way + count) % count;
  };

  #ask = (): void => this.renderRoot.querySelector<HTMLInputElement>("input[type=file]")?.click();
  #chosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    input.value = "";
    void this.#take(files);
  };
  #dropped = (event: DragEvent): void => {
    event.preventDefault();
    void this.#take([...(event.dataTransfer?.files ?? [])]);
  };

  async #take(files: readonly File[]): Promise<void> {
    this.complaint = null;
    this.uploading += files.length;
    const answers = await Promise.all(files.map((file) => this.desk.upload(file)));
    this.uploading -= files.length;
    const added = answers.flatMap((answer) => (answer.ok ? [{ file: answer.file }] : []));
    for (const answer of answers) if (!answer.ok) this.complaint = answer.failure.message;
    if (added.length > 0) this.choose([...(this.draft.shown ?? []), ...added]);
    this.requestUpdate();
  }

  static override styles: CSSResultGroup = [
    Field.styles,
    css`
      .grid { display: grid; grid-template-columns: repeat(var(--columns), minmax(0, 1fr)); gap: 6px; margin: 2px 0 0; padding: 0; list-style: none; max-height: 320px; overflow: auto; }
      li { position: relative; min-width: 0; }
      .cell { display: block; width: 100%; aspect-ratio: 1; padding: 0; border: 1px solid var(--mr-line); border-radius: 8px; background: var(--mr-field); overflow: hidden; cursor: zoom-in; }
      .cell:hover { border-color: var(--mr-ink-3); }
      .cell:focus-visible { outline-offset: -2px; }
      .cell :is(img, video) { display: block; width: 100%; height: 100%; object-fit: cover; }
      .caption { display: block; padding: 2px 2px 0; font-size: 11px; color: var(--mr-ink-2); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .box.small { padding: 2px 6px; font-size: 11px; border-radius: 6px; }
      .remove { position: absolute; top: 4px; right: 4px; width: 20px; height: 20px; }
      .add { display: flex; align-items: center; gap: 8px; }
      :host([data-pale]) .cell :is(img, video) { opacity: 0.42; filter: saturate(0.7); }
      dialog { max-width: 96vw; max-height: 96vh; padding: 0; border: 0; border-radius: 10px; background: var(--mr-card); color: var(--mr-ink); overflow: hidden; }
      dialog::backdrop { background: rgb(6 12 16 / 78%); }
      figure { margin: 0; }
      figure :is(img, video) { display: block; max-width: 96vw; max-height: calc(96vh - 40px); margin: 0 auto; }
      figcaption { display: flex; justify-content: space-between; gap: 16px; padding: 9px 14px; font: 400 13px / 1.45 var(--mr-sans); }
      dialog .tools { top: 10px; right: 10px; opacity: 1; }
      dialog .tool { width: 32px; height: 32px; }
    `,
  ];
}

function pictureOf(item: Json): readonly Picture[] {
  const { file, caption } = Object(item) as { readonly [key: string]: Json | undefined };
  const view = fileIn(file);
  return view ? [{ file: view, ...(typeof caption === "string" && { caption }) }] : [];
}

function thumb({ file, caption }: Picture): TemplateResult {
  return file.type.startsWith("video/")
    ? html`<video src=${file.url} muted preload="metadata"></video>`
    : html`<img src=${file.url} alt=${caption ?? file.name} loading="lazy" draggable="false" />`;
}

function large({ file, caption }: Picture): TemplateResult {
  return file.type.startsWith("video/")
    ? html`<video src=${file.url} controls aria-label=${caption ?? file.name}></video>`
    : html`<img src=${file.url} alt=${caption ?? file.name} />`;
}
customElements.define("mr-gallery", GalleryField);
