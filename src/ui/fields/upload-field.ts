/**
 * What fields of a file have in common: one is chosen, dropped or pasted, uploaded, and given by its id. While it uploads,
 * the file from the person's own disk stands in.
 *
 * Parts of a subclass: `wanted` says which files it takes, as an `accept` attribute does; `offer` paints the frame in which
 * one is asked for.
 */
import { type CSSResultGroup, css, html, nothing, type TemplateResult } from "lit";
import type { GivenValue } from "../../protocol/command.ts";
import type { FileView } from "../../protocol/port.ts";
import type { Json } from "../../protocol.ts";
import { type IconName, icon } from "../icons.ts";
import { bytes } from "../words.ts";
import { Field, type Painted } from "./field.ts";

/** A file on its way to the server. */
export interface Uploading {
  readonly url: string;
  readonly name: string;
}

export abstract class UploadField extends Field<FileView> {
  static override properties = { ...Field.properties, uploading: { state: true }, over: { state: true } };
  declare uploading: Uploading | null;
  declare over: boolean;

  constructor() {
    super();
    this.uploading = null;
    this.over = false;
  }

  protected abstract get wanted(): string;

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

  /** Where a file is chosen, dropped or pasted, around what is there. */
  protected dropped(inner: TemplateResult): TemplateResult {
    return html`<div class="framed ${this.over ? "over" : ""}" @dragover=${this.#dragged} @dragleave=${this.#dragEnded} @drop=${this.#taken}>
      <input id="field" class="unseen" type="file" accept=${this.wanted || nothing} aria-describedby="refusal" @change=${this.#chosen} />
      ${inner}
      ${this.uploading ? html`<div class="veil" role="status">Uploading ${this.uploading.name}…</div>` : nothing}
    </div>`;
  }

  /** The empty frame. */
  protected offer(sign: IconName, words: string): TemplateResult {
    return html`<div class="frame drop" @click=${this.ask}>${icon(sign, 22)}<span>${words}</span></div>`;
  }
  protected replaceTool(): TemplateResult {
    return html`<button class="tool" aria-label="Replace ${this.port.label}" title="Replace: choose, drop or paste" @click=${this.ask}>${icon("upload", 13)}</button>`;
  }
  protected downloadTool({ url, name, size }: FileView): TemplateResult {
    return html`<a class="tool" href=${url} download=${name} aria-label="Download ${this.port.label}" title="Download, ${bytes(size)}">${icon("download", 13)}</a>`;
  }
  /** The file in one line: what it is called and how large it is, with its tools. */
  protected strip(file: FileView, tools: Painted): TemplateResult {
    return html`<div class="strip">${icon("file", 16)}<span class="ellipsis" title=${file.name}>${file.name}</span><span class="mono size">${bytes(file.size)}</span>${tools}</div>`;
  }

  protected readonly ask = (): void => this.renderRoot.querySelector<HTMLInputElement>("input[type=file]")?.click();

  /** Uploads one of these files, if it is one that is wanted. */
  protected take(files: Iterable<File>): void {
    const [file] = files;
    if (file) void this.#upload(file);
  }

  #chosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    input.value = "";
    this.take(files);
  };
  #dragged = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.over = true;
  };
  #dragEnded = (): void => {
    this.over = false;
  };
  #taken = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    this.take(event.dataTransfer?.files ?? []);
  };
  #pasted = (event: ClipboardEvent): void => {
    if (!this.editable || !this.matches(":hover, :focus-within")) return;
    const family = this.wanted.endsWith("/*") ? this.wanted.slice(0, -1) : "";
    this.take([...(event.clipboardData?.files ?? [])].filter(({ type }) => type.startsWith(family)));
  };

  async #upload(file: File): Promise<void> {
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
      .empty, .drop { aspect-ratio: 3 / 2; align-content: center; gap: 8px; color: var(--mr-quiet); font-size: 12px; text-align: center; }
      .drop { border-style: dashed; border-color: var(--mr-ink-3); cursor: pointer; aspect-ratio: 2 / 1; }
      .drop:hover, .over .frame { border-color: var(--mr-accent); background: var(--mr-accent-on); color: var(--mr-ink); }
      .framed:has(:focus-visible#field) :is(.frame, .strip) { outline: 2px solid var(--mr-accent); outline-offset: 2px; }
      .veil { position: absolute; inset: auto 0 0; padding: 6px 10px; border-radius: 0 0 8px 8px; background: rgb(10 18 24 / 72%); color: #fff; font-size: 11.5px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .strip { display: flex; align-items: center; gap: 8px; min-height: 34px; margin-top: 2px; padding: 4px 6px 4px 10px; border: 1px solid var(--mr-line); border-radius: 8px; background: var(--mr-field); }
      .strip > .icon { color: var(--mr-ink-2); }
      .strip .ellipsis { flex: 1; }
      .strip .size { color: var(--mr-quiet); flex: none; }
      .strip .tool { flex: none; background: none; color: var(--mr-ink-2); }
      .strip .tool:hover { background: var(--mr-accent-on); color: var(--mr-accent); }
      .strip .tool:focus-visible { outline-color: var(--mr-accent); }
      :host([data-pale]) :is(.strip .ellipsis, .strip .size) { color: var(--mr-quiet); }
    `,
  ];
}
