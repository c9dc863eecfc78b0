/** `<mr-model>`: a 3D model: its name and size, to be downloaded or replaced. */
import { html, type TemplateResult } from "lit";
import type { FileView } from "../../protocol/port.ts";
import { FileField } from "./file-field.ts";

export class ModelField extends FileField {
  protected override get wanted(): string {
    return ".glb,.gltf,.obj,.stl,.ply,.splat";
  }
  protected override display(shown: FileView | undefined): TemplateResult {
    return shown ? super.display(shown) : html`<div class="none">No model yet</div>`;
  }
}
customElements.define("mr-model", ModelField);
