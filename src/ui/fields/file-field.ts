/** `<mr-file>`: any file: its name and size, to be downloaded or replaced. */
import { type CSSResultGroup, css, html, type TemplateResult } from "lit";
import type { FileView } from "../../protocol/port.ts";
import { UploadField } from "./upload-field.ts";

export class FileField extends UploadField {
  protected override get wanted(): string {
    const { accept } = this.component.options;
    return Array.isArray(accept) ? accept.join(",") : "";
  }
  protected override control(shown: FileView | undefined): TemplateResult {
    if (!shown)
      return this.dropped(this.offer("upload", `Choose, drop or paste a file${this.wanted && `: ${this.wanted}`}`));
    return this.dropped(this.strip(shown, html`${this.downloadTool(shown)}${this.replaceTool()}`));
  }
  protected override display(shown: FileView | undefined): TemplateResult {
    return shown ? this.strip(shown, this.downloadTool(shown)) : html`<div class="none">No file yet</div>`;
  }

  static override styles: CSSResultGroup = [
    UploadField.styles,
    css`.drop { aspect-ratio: auto; height: 88px; padding: 0 12px; }`,
  ];
}
customElements.define("mr-file", FileField);
