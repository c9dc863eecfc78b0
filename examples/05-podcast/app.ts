/**
 * A podcast: a model writes a dialogue, two voices speak it line by line, and the clips become one sound file. Edit a line, and that
 * line alone is spoken anew. `millrace examples/05-podcast/app.ts` opens it; a Hugging Face token pays (HF_TOKEN, or `hf auth login`).
 *
 *     Topic -> Script -each line-> Cast -> Kokoro or Orpheus -all clips-> Podcast
 */
import { ChoiceNode, FnNode, Graph, InferenceNode, ui } from "millrace";
import { joined } from "./wave.ts";

const speakers = ["Host", "Guest"] as const;

const line = {
  type: "object",
  properties: { speaker: { type: "string", enum: speakers }, text: { type: "string" } },
  required: ["speaker", "text"],
};
const script = new InferenceNode("openai/gpt-oss-20b", {
  name: "Script",
  task: "chat-completion",
  inputs: {
    prompt: ui.textbox({ label: "Topic", value: "Why old mills are being restored", lines: 2 }),
    system:
      "You write short podcast dialogues between a Host and a Guest, six lines at most, as JSON: " +
      '{ "lines": [{ "speaker": "Host", "text": "..." }] }.',
    temperature: 0.8,
    response_format: {
      type: "json_schema",
      json_schema: {
        name: "dialogue",
        schema: { type: "object", properties: { lines: { type: "array", items: line } }, required: ["lines"] },
      },
    },
  },
  postprocess: (text: unknown) => JSON.parse(String(text)).lines,
  outputs: {
    lines: ui.itemList({ speaker: ui.dropdown({ choices: speakers }), text: ui.textbox({ lines: 2 }) }),
  },
});

// Once per line: who speaks sounds like this with the one model, and like that with the other.
const cast = new FnNode(
  ({ speaker }) =>
    speaker === "Host" ? { kokoro: "am_michael", orpheus: "leo" } : { kokoro: "af_heart", orpheus: "tara" },
  {
    name: "Cast",
    inputs: { speaker: script.outputs.lines.each("speaker") },
    outputs: { kokoro: ui.textbox({ visible: false }), orpheus: ui.textbox({ visible: false }) },
  },
);

const kokoro = new InferenceNode("hexgrad/Kokoro-82M:fal-ai", {
  name: "Kokoro",
  task: "text-to-speech",
  lane: 3,
  inputs: { text: script.outputs.lines.each("text"), voice: cast.outputs.kokoro, speed: 1 },
  outputs: { clip: ui.audio({ label: "Clip" }) },
});
const orpheus = new InferenceNode("canopylabs/orpheus-3b-0.1-ft:together", {
  name: "Orpheus",
  task: "text-to-speech",
  lane: 3,
  inputs: {
    text: script.outputs.lines.each("text"),
    voice: cast.outputs.orpheus,
    // What one provider alone knows goes along as it is.
    extra_body: { response_format: "wav" },
  },
  outputs: { clip: ui.audio({ label: "Clip" }) },
});
const voices = new ChoiceNode([kokoro, orpheus], { name: "Voices" });

const podcast = new FnNode(
  async ({ clips, pause }) => joined(await Promise.all(clips.map((clip) => clip.bytes())), pause),
  {
    name: "Podcast",
    inputs: {
      clips: voices.outputs.clip.all(),
      pause: ui.slider({ label: "Pause between lines", minimum: 0, maximum: 2, step: 0.1, value: 0.4 }),
    },
    outputs: { podcast: ui.audio({ label: "Podcast" }) },
  },
);

export const graph = new Graph({ name: "Podcast", nodes: [podcast] });
