/**
 * Postcard studio: a photograph goes in, a postcard comes out, and nothing leaves your computer.
 * `npm start` opens it. Drag Strength, and only Duotone and Postcard run;
 * change the caption, and only Lettering and Postcard do.
 */
import { fileURLToPath } from "node:url";
import { FileRef, FnNode, Graph, InputNode, ui } from "millrace";
import { duotone, mount, shrink } from "./darkroom.ts";
import { letter } from "./lettering.ts";
import { dominant, swatches } from "./palette.ts";

const mill = await FileRef.fromPath(fileURLToPath(new URL("photo.jpg", import.meta.url)));

// A card of inputs: edited there, used by any step.
const photo = new InputNode({ name: "Photo", ports: { photo: ui.image({ label: "Photograph", value: mill }) } });

// A step is a function. Each input is a port of another node (an edge) or a component (a field on its card).
const resize = new FnNode(async ({ photo, width }) => shrink(await photo.bytes(), width), {
  name: "Resize",
  inputs: {
    photo: photo.outputs.photo,
    width: ui.slider({ label: "Width", minimum: 300, maximum: 900, step: 20, value: 900 }),
  },
  outputs: { picture: ui.image({ label: "Picture" }) },
});

// Several outputs: one key per port. The second argument is the run: its progress, and a signal to stop by.
const palette = new FnNode(
  async ({ photo }, run) => {
    const colours = await dominant(await photo.bytes(), 5, run);
    return { strip: await swatches(colours), colours };
  },
  {
    name: "Palette",
    inputs: { photo: photo.outputs.photo },
    outputs: { strip: ui.image({ label: "Swatches" }), colours: ui.json({ label: "Colours" }) },
  },
);

const print = new FnNode(
  async ({ picture, colours, strength }, run) => duotone(await picture.bytes(), colours, strength, run),
  {
    name: "Duotone",
    inputs: {
      picture: resize.outputs.picture,
      colours: palette.outputs.colours,
      strength: ui.slider({ label: "Strength", minimum: 0, maximum: 1, step: 0.05, value: 0.8 }),
    },
    outputs: { print: ui.image({ label: "Print" }) },
  },
);

// This one needs nothing from the others, so it runs beside them.
const lettering = new FnNode(({ caption }) => letter(caption), {
  name: "Lettering",
  inputs: { caption: ui.textbox({ label: "Caption", value: "Greetings from the old mill", maxLength: 80 }) },
  outputs: { letters: ui.image({ label: "Letters" }) },
});

const postcard = new FnNode(
  async ({ print, letters, strip }) => mount(await print.bytes(), await letters.bytes(), await strip.bytes()),
  {
    name: "Postcard",
    inputs: { print: print.outputs.print, letters: lettering.outputs.letters, strip: palette.outputs.strip },
    outputs: { postcard: ui.image({ label: "Postcard" }) },
  },
);

// Upstream nodes come along.
export const graph = new Graph({ name: "Postcard studio", nodes: [postcard] });
