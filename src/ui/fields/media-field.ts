/** `<mr-audio>` and `<mr-video>`: what is played: with a player, replaced by another file, downloaded. */
import { type CSSResultGroup, css, html, nothing, type TemplateResult } from "lit";
import type { FileView } from "../../protocol/port.ts";
import { icon } from "../icons.ts";
import type { Painted } from "./field.ts";
import "./sound.ts";
import { UploadField } from "./upload-field.ts";
import { clock } from "./wave.ts";

export class AudioField extends UploadField {
  protected override get wanted(): string {
    return "audio/*";
  }
  protected override aside(shown: FileView | undefined): Painted {
    return shown ? format(shown) : nothing;
  }
  protected override control(shown: FileView | undefined): TemplateResult {
    const sound = this.uploading ?? shown;
    if (!sound) return this.dropped(this.offer("sound", "Choose, drop or paste a sound"));
    return this.dropped(
      this.#player(sound.url, html`${shown ? this.downloadTool(shown) : nothing}${this.replaceTool()}`),
    );
  }
  protected override display(shown: FileView | undefined): TemplateResult {
    if (!shown) return html`<div class="none">No sound yet</div>`;
    return this.#player(shown.url, this.downloadTool(shown));
  }
  #player(url: string, tools: Painted): TemplateResult {
    return html`<div class="strip"><mr-sound .src=${url} .name=${this.port.label}></mr-sound>${tools}</div>`;
  }

  static override styles: CSSResultGroup = [
    UploadField.styles,
    css`
      .strip { padding-left: 6px; gap: 4px; }
      mr-sound { flex: 1; }
      .drop { aspect-ratio: auto; height: 88px; }
      :host([data-pale]) mr-sound { opacity: 0.5; }
    `,
  ];
}

export class VideoField extends UploadField {
  static override properties = { ...UploadField.properties, about: { state: true } };
  /** Of the film that is shown. */
  declare about: { readonly url: string; readonly words: string } | null;

  constructor() {
    super();
    this.about = null;
  }

  protected override get wanted(): string {
    return "video/*";
  }
  protected override aside(shown: FileView | undefined): Painted {
    if (!shown) return nothing;
    return this.about?.url === shown.url ? `${this.about.words} ${format(shown)}` : format(shown);
  }
  protected override control(shown: FileView | undefined): TemplateResult {
    const film = this.uploading ?? shown;
    if (!film) return this.dropped(this.offer("film", "Choose, drop or paste a video"));
    return this.dropped(html`${this.#player(film.url)}<div class="tools">${this.replaceTool()}</div>`);
  }
  protected override display(shown: FileView | undefined): TemplateResult {
    if (!shown) return html`<div class="frame empty">${icon("film", 22)}<span>No video yet</span></div>`;
    return html`<div class="framed">${this.#player(shown.url)}<div class="tools">${this.downloadTool(shown)}</div></div>`;
  }
  #player(url: string): TemplateResult {
    return html`<div class="frame film"><video src=${url} controls playsinline preload="metadata" aria-label=${this.port.label} @loadedmetadata=${this.#loaded}></video></div>`;
  }
  #loaded = (event: Event): void => {
    const film = event.target as HTMLVideoElement;
    const size = film.videoWidth > 0 ? `${film.videoWidth} × ${film.videoHeight}` : "";
    const length = Number.isFinite(film.duration) ? clock(film.duration) : "";
    this.about = {
      url: film.getAttribute("src") ?? "",
      words: [size, length].filter((word) => word !== "").join(" · "),
    };
  };

  static override styles: CSSResultGroup = [
    UploadField.styles,
    css`
      .film { background: #0b1216; }
      video { display: block; width: 100%; max-height: 300px; border-radius: 7px; }
      video:focus-visible { outline-offset: -2px; }
      :host([data-pale]) video { opacity: 0.42; }
    `,
  ];
}

/** `audio/x-wav` reads `wav`. */
function format({ type }: FileView): string {
  return type.replace(/^[^/]*\/(x-)?/, "").replace(/[+;].*/, "");
}

customElements.define("mr-audio", AudioField);
customElements.define("mr-video", VideoField);
