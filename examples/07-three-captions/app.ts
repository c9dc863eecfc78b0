/**
 * Three Spaces caption one photograph, all at once, and a step here puts what they say side by side. Each has a lane of its own, and
 * one that fails keeps nobody else from answering. `millrace examples/07-three-captions/app.ts` opens it.
 *
 *     Photo -> Florence
 *           -> Joy      -> Side by side
 *           -> Short
 */
import { fileURLToPath } from "node:url";
import { FileRef, FnNode, GradioNode, Graph, InputNode, ui } from "millrace";

const mill = await FileRef.fromPath(fileURLToPath(new URL("../01-quickstart/photo.jpg", import.meta.url)));
const given = new InputNode({ name: "Photo", ports: { photo: ui.image({ label: "Photo", value: mill }) } });
const { photo } = given.outputs;

const florence = new GradioNode("gokaygokay/Florence-2", {
  name: "Florence",
  apiName: "/process_image",
  inputs: { image: photo, task_prompt: "Detailed Caption", text_input: null, model_id: "microsoft/Florence-2-large" },
  postprocess: (text) => String(text).replace(/^\{'<\w+>': ['"]|['"]\}$/g, ""), // {'<DETAILED_CAPTION>': '...'}
  outputs: { caption: ui.textbox({ label: "Florence-2", lines: 3 }) },
});
const joy = new GradioNode("fancyfeast/joy-caption-pre-alpha", {
  name: "Joy",
  apiName: "/stream_chat",
  inputs: { input_image: photo },
  outputs: { caption: ui.textbox({ label: "JoyCaption", lines: 3 }) },
});
const short = new GradioNode("gokaygokay/Florence-2-SD3-Captioner", {
  name: "Short",
  apiName: "/run_example",
  inputs: { image: photo },
  outputs: { caption: ui.textbox({ label: "Florence-2 SD3", lines: 3 }) },
});

const sideBySide = new FnNode(
  ({ florence, joy, short }) => `- **Florence-2** ${florence}\n- **JoyCaption** ${joy}\n- **Florence-2 SD3** ${short}`,
  {
    name: "Side by side",
    inputs: { florence: florence.outputs.caption, joy: joy.outputs.caption, short: short.outputs.caption },
    outputs: { captions: ui.markdown({ label: "Captions" }) },
  },
);

export const graph = new Graph({ name: "Three captions", nodes: [sideBySide] });
