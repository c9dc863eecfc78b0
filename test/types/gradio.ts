/** Endpoints of Gradio apps as nodes: what their ports hold, and what may be given. */
import { type FileRef, FnNode, GradioNode, Graph, type Port, type ScatteredPort, ui } from "millrace";
import { same } from "./same.ts";

const painting = new GradioNode("hf-applications/Z-Image-Turbo", {
  apiName: "/generate_image",
  inputs: { prompt: ui.textbox(), height: 1024, seed: () => Math.random() },
  outputs: { image: ui.image(), seed: null },
});
same<
  typeof painting,
  GradioNode<{ prompt: string; height: number; seed: number }, { image: Port<FileRef>; seed: Port<unknown> }>
>(true);
same<typeof painting.kind, "gradio">(true);

// ── edges and scatter
const cutout = new GradioNode("hf-applications/background-removal", {
  apiName: 3,
  inputs: { image: painting.outputs.image },
  postprocess: (_original: FileRef, final: FileRef) => final,
  outputs: { image: ui.image() },
});
same<typeof cutout.outputs.image, Port<FileRef>>(true);
const prompts = new FnNode(() => ["a", "b"], { name: "Prompts", outputs: { all: ui.json<string[]>() } });
const many = new GradioNode("http://localhost:7860", {
  inputs: { prompt: prompts.outputs.all.each() },
  outputs: { image: ui.image() },
  auth: () => [process.env.USER ?? "", "secret"],
  session: "sheet",
});
same<typeof many.outputs.image, ScatteredPort<FileRef>>(true);
same<(typeof many.inputs)["prompt"] extends { readonly side: "in" } ? true : false, true>(true);

// ── sheets and trying alone
const sheet = new Graph({ name: "Painting", nodes: [cutout] }).sheet();
same<ReturnType<typeof sheet.value<FileRef>>, FileRef | undefined>(true);
sheet.set(painting.inputs.prompt, "a lion");
// @ts-expect-error: the prompt is text
sheet.set(painting.inputs.prompt, 3);
const tried = painting.test({ prompt: "x" });
same<Awaited<typeof tried>, { image: FileRef; seed: unknown }>(true);

// ── mistakes
// @ts-expect-error: there is no such output
void painting.outputs.img;
// @ts-expect-error: a source is an id or a URL, as text
new GradioNode(7860, { inputs: {}, outputs: {} });
// @ts-expect-error: outputs are components or null
new GradioNode("a/b", { inputs: {}, outputs: { image: "image" } });
// @ts-expect-error: a node is no value that can be sent
new GradioNode("a/b", { inputs: { image: painting }, outputs: {} });
// @ts-expect-error: nor is an input of one
new GradioNode("a/b", { inputs: { prompt: painting.inputs.prompt }, outputs: {} });
// @ts-expect-error: a session is of a run or of a sheet
new GradioNode("a/b", { inputs: {}, outputs: {}, session: "person" });
// @ts-expect-error: a login is two texts
new GradioNode("a/b", { inputs: {}, outputs: {}, auth: ["user"] });
// @ts-expect-error: what postprocess gives is what the port takes
new GradioNode("a/b", { inputs: {}, outputs: { n: ui.number() }, postprocess: () => "three" });
// @ts-expect-error: nor may a fallback be something else
new GradioNode("a/b", { inputs: {}, outputs: { n: ui.number() }, fallback: "three" });
