/**
 * A picture from words, without its background, on a colour of your own: one Space paints, another cuts out, and the last step is
 * done here. `millrace examples/03-transparent-background/app.ts` opens it; a Hugging Face token pays (HF_TOKEN, or `hf auth login`).
 *
 *     Painting -> Cutout -> Card
 */
import { FnNode, GradioNode, Graph, ui } from "millrace";
import sharp from "sharp";

const painting = new GradioNode("hf-applications/Z-Image-Turbo", {
  name: "Painting",
  apiName: "/generate_image",
  inputs: {
    prompt: ui.textbox({ label: "Prompt", value: "A cheetah in the grassy savanna", lines: 3 }),
    height: 1024, // a constant: not on the canvas
    width: 1024,
    seed: () => Math.floor(Math.random() * 2 ** 31), // called once per run
  },
  outputs: { image: ui.image({ label: "Image" }) },
});

const cutout = new GradioNode("hf-applications/background-removal", {
  name: "Cutout",
  apiName: "/image",
  inputs: { image: painting.outputs.image },
  postprocess: (_original, final) => final as never, // the Space gives both; only the second is wanted
  outputs: { image: ui.image({ label: "Final image" }) },
});

const card = new FnNode(
  async ({ image, colour }) =>
    sharp(await image.bytes())
      .flatten({ background: colour })
      .png()
      .toBuffer(),
  {
    name: "Card",
    inputs: { image: cutout.outputs.image, colour: ui.colorPicker({ label: "Colour", value: "#0b7a75" }) },
    outputs: { image: ui.image({ label: "On a colour" }) },
  },
);

export const graph = new Graph({ name: "Transparent background", nodes: [card] });
