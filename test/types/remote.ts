/** Types of nodes that call out: what goes in may be anything that can be sent, what comes out is what its components say. */
import {
  type FileRef,
  FnNode,
  GradioNode,
  Graph,
  InferenceNode,
  InputNode,
  type InputPort,
  type Port,
  type ScatteredPort,
  ui,
} from "millrace";
import { same } from "./same.ts";

const script = new FnNode(() => [{ speaker: "Host", text: "Hello" }], {
  outputs: { lines: ui.itemList({ speaker: ui.textbox(), text: ui.textbox() }) },
});

// ── a model
const painter = new InferenceNode("black-forest-labs/FLUX.1-schnell:fal-ai", {
  task: "text-to-image",
  billTo: "the-mill",
  inputs: { prompt: ui.textbox(), width: 1024, seed: () => Math.random() },
  outputs: { image: ui.image(), also: null },
});
same<typeof painter.kind, "inference">(true);
same<typeof painter.model, string>(true);
same<typeof painter.inputs.prompt, InputPort<string>>(true);
same<typeof painter.inputs.seed, InputPort<number>>(true);
same<typeof painter.outputs.image, Port<FileRef>>(true);
same<typeof painter.outputs.also, Port<unknown>>(true);
same<
  typeof painter,
  InferenceNode<{ prompt: string; width: number; seed: number }, { image: Port<FileRef>; also: Port<unknown> }>
>(true);

// ── once per item
const speech = new InferenceNode("hexgrad/Kokoro-82M", {
  inputs: { text: script.outputs.lines.each("text"), voice: "af_heart" },
  outputs: { clip: ui.audio() },
});
same<typeof speech.outputs.clip, ScatteredPort<FileRef>>(true);
same<typeof speech.inputs.text, InputPort<string>>(true);

// ── an app
const cutout = new GradioNode("hf-applications/background-removal", {
  apiName: "/image",
  inputs: { image: painter.outputs.image },
  preprocess: ({ image }) => {
    same<typeof image, FileRef>(true);
    return { image };
  },
  postprocess: (_original: unknown, final: FileRef) => final,
  outputs: { image: ui.image() },
});
same<typeof cutout.outputs.image, Port<FileRef>>(true);
same<typeof cutout.source, string>(true);
new GradioNode("http://localhost:7860", {
  apiName: 2,
  validate: false,
  session: "sheet",
  auth: () => ["miller", "grist"],
  inputs: {},
  outputs: { done: null },
});

// ── together, and as alternatives
const either = speech.or(
  new InferenceNode("canopylabs/orpheus-3b-0.1-ft", {
    inputs: { text: script.outputs.lines.each("text") },
    outputs: { clip: ui.audio() },
  }),
);
same<typeof either.outputs.clip, ScatteredPort<FileRef>>(true);
new Graph({ name: "All", nodes: [cutout, either] });

// ── what comes out is what the components say
new InferenceNode("owner/reader", {
  inputs: { prompt: "Read it" },
  postprocess: () => ({ name: "Johanna", guests: 5 }),
  outputs: { name: ui.textbox(), guests: ui.number() },
});
new InferenceNode("owner/reader", {
  inputs: { prompt: "Read it" },
  // @ts-expect-error: a number is wanted
  postprocess: () => ({ name: "Johanna", guests: "five" }),
  outputs: { name: ui.textbox(), guests: ui.number() },
});
new InferenceNode("owner/reader", {
  inputs: { prompt: "Read it" },
  outputs: { text: ui.textbox() },
  fallback: "Nothing",
});
// @ts-expect-error: a fallback is what the ports would get
new InferenceNode("owner/reader", { inputs: { prompt: "Read it" }, outputs: { text: ui.textbox() }, fallback: 5 });

// ── what cannot be sent
// @ts-expect-error: a node is none of its outputs
new InferenceNode("owner/reader", { inputs: { image: painter }, outputs: { text: null } });
// @ts-expect-error: nor is one of its inputs
new InferenceNode("owner/reader", { inputs: { prompt: painter.inputs.prompt }, outputs: { text: null } });
// @ts-expect-error: a map is nothing that can be sent
new InferenceNode("owner/reader", { inputs: { prompt: new Map() }, outputs: { text: null } });
// @ts-expect-error: inputs and outputs are not left out
new InferenceNode("owner/reader", { inputs: { prompt: "a" } });
// @ts-expect-error: a task is named by a text
new InferenceNode("owner/reader", { task: 5, inputs: { prompt: "a" }, outputs: { text: null } });
// @ts-expect-error: there is no such session
new GradioNode("owner/app", { session: "always", inputs: {}, outputs: { out: null } });
// @ts-expect-error: a lane, or how many
new GradioNode("owner/app", { lane: "gpu", inputs: {}, outputs: { out: null } });

// ── on a sheet
const input = new InputNode({ name: "Topic", ports: { topic: ui.textbox() } });
const talk = new InferenceNode("owner/talker", {
  task: "chat-completion",
  inputs: { prompt: input.outputs.topic },
  outputs: { text: ui.textbox() },
});
const sheet = new Graph({ name: "Talk", nodes: [talk] }).sheet();
const end = await sheet.run(talk);
if (end.kind === "ready") same<typeof end.outputs.text, string>(true);
same<Awaited<ReturnType<typeof talk.test>>, { text: string }>(true);
