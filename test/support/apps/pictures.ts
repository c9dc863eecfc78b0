/** A function that gives a picture: one of each colour that it is given. */
import { FileRef, FnNode, Graph, ui } from "millrace";
import sharp from "sharp";

const dye = new FnNode(
  async ({ colour }: { colour: string }) => {
    const png = await sharp({ create: { width: 96, height: 64, channels: 3, background: colour } })
      .png()
      .toBuffer();
    return FileRef.fromBytes(png, { name: "cloth.png" });
  },
  {
    name: "Dye",
    inputs: { colour: ui.colorPicker({ label: "Colour", value: "#aa3322" }) },
    outputs: { cloth: ui.image({ label: "Cloth" }) },
  },
);

export default new Graph({ name: "Pictures", nodes: [dye] });
