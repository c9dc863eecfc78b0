/**
 * From a photograph to a thing in space: the background is taken away by a Space, the picture made small here, drawn anew by a model
 * as a clean render, and given a third dimension by another Space. `millrace examples/09-image-to-3d/app.ts` opens it; a Hugging
 * Face token pays (HF_TOKEN, or `hf auth login`).
 *
 *     Photo -> Cutout -> Small -> Render -> Model
 */
import { fileURLToPath } from "node:url";
import { FileRef, FnNode, GradioNode, Graph, InferenceNode, ui } from "millrace";
import sharp from "sharp";

const mill = await FileRef.fromPath(fileURLToPath(new URL("../01-quickstart/photo.jpg", import.meta.url)));

const cutout = new GradioNode("hf-applications/background-removal", {
  name: "Cutout",
  apiName: "/image",
  inputs: { image: ui.image({ label: "Photo", value: mill }) },
  postprocess: (_original, final) => final as FileRef,
  outputs: { image: ui.image({ label: "Without background" }) },
});

// A step of one's own between those of others: nobody wants to send, or to pay for, more dots than are needed.
const small = new FnNode(
  async ({ image, width }) =>
    sharp(await image.bytes())
      .resize({ width, withoutEnlargement: true })
      .png()
      .toBuffer(),
  {
    name: "Small",
    inputs: {
      image: cutout.outputs.image,
      width: ui.slider({ label: "Width", minimum: 256, maximum: 1024, step: 64, value: 512 }),
    },
    outputs: { image: ui.image({ label: "Small" }) },
  },
);

const render = new InferenceNode("black-forest-labs/FLUX.2-klein-4B:fal-ai", {
  name: "Render",
  inputs: {
    image: small.outputs.image,
    prompt: ui.textbox({ label: "Prompt", value: "Transform this into a clean 3D asset render", lines: 3 }),
  },
  outputs: { image: ui.image({ label: "Render" }) },
});

const model = new GradioNode("microsoft/TRELLIS.2", {
  name: "Model",
  apiName: "/image_to_3d",
  inputs: { image: render.outputs.image, ss_guidance_strength: 7.5, ss_sampling_steps: 12 },
  outputs: { preview: ui.html({ label: "3D asset" }) },
});

export const graph = new Graph({ name: "Image to 3D", nodes: [model] });
