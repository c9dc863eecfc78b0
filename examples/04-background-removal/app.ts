/**
 * A photograph and a size of your own on one card, which feed a Space and a step here. `millrace examples/04-background-removal/app.ts`
 * opens it.
 *
 *     Photo and size -> Cutout -> Sticker
 */
import { fileURLToPath } from "node:url";
import { FileRef, FnNode, GradioNode, Graph, InputNode, ui } from "millrace";
import sharp from "sharp";

const mill = await FileRef.fromPath(fileURLToPath(new URL("../01-quickstart/photo.jpg", import.meta.url)));

const given = new InputNode({
  name: "Photo and size",
  ports: {
    photo: ui.image({ label: "Photo", value: mill }),
    size: ui.slider({ label: "Size", minimum: 32, maximum: 512, step: 32, value: 256 }),
  },
});

const cutout = new GradioNode("hf-applications/background-removal", {
  name: "Cutout",
  apiName: "/image",
  inputs: { image: given.outputs.photo },
  outputs: { original: null, final: ui.image({ label: "Without background" }) }, // hidden, and there all the same
});

const sticker = new FnNode(
  async ({ image, size }) =>
    sharp(await image.bytes())
      .resize({ width: size, height: size, fit: "contain", background: "#00000000" })
      .png()
      .toBuffer(),
  {
    name: "Sticker",
    inputs: { image: cutout.outputs.final, size: given.outputs.size },
    outputs: { sticker: ui.image({ label: "Sticker" }) },
  },
);

export const graph = new Graph({ name: "Background removal", nodes: [sticker] });
