/**
 * A studio for postcards with everything on its canvas once: a list that is taken apart and put together, a choice of two
 * voices, persons who are asked, a lane, a fallback, a graph within the graph. Lines that begin with "hold" are read by the
 * test's hand; those that begin with "bad" cannot be read by Kokoro.
 *
 *   Scene -> Captions -> each -> Kokoro | Parler = Voice -> all -> Postcard
 *            Captions -> Texts -> The best line? -> Postcard     Scene -> Etch* -> Print it? -> Postcard
 *            Title? -> Postcard     Photo?     Scene -> Weather (falls back)     Scene -> Frame (a graph)
 */
import {
  Approve,
  ChoiceNode,
  ChooseOne,
  FnNode,
  Graph,
  GraphNode,
  ImageInput,
  InputNode,
  Lane,
  TextInput,
  ui,
} from "millrace";
import { told } from "./told.ts";

const scene = new InputNode({
  name: "Scene",
  ports: {
    prompt: ui.textbox({ label: "Prompt", lines: 2, value: "A cheetah in the savanna, low sun" }),
    mood: ui.dropdown({ label: "Mood", choices: ["Golden hour", "Blue hour", "Noon"], value: "Golden hour" }),
    lines: ui.textbox({
      label: "Lines",
      lines: 4,
      value: "Dust and honey light\nThe long grass listens\nbad weather is coming\nNothing runs but shadow",
    }),
  },
});

const captions = new FnNode(
  ({ lines, mood }) =>
    lines.split("\n").map((line, i) => ({ speaker: i % 2 ? "Guest" : "Host", text: `${line} (${mood})` }) as const),
  {
    name: "Captions",
    inputs: { lines: scene.outputs.lines, mood: scene.outputs.mood },
    outputs: {
      lines: ui.itemList(
        {
          speaker: ui.dropdown({ label: "Speaker", choices: ["Host", "Guest"], value: "Host" }),
          text: ui.textbox({ label: "Text", value: "" }),
        },
        { label: "Lines" },
      ),
    },
  },
);

const texts = new FnNode(({ lines }) => lines.map(({ text }) => text), {
  name: "Texts",
  inputs: { lines: captions.outputs.lines },
  outputs: { list: null },
});

const kokoro = new FnNode(
  async ({ text, speed }, run) => {
    if (text.startsWith("bad")) throw new Error("Kokoro's quota is used up.");
    if (text.startsWith("hold")) return told("Kokoro", { text }, run);
    return `♪ ${text} at ${speed}`;
  },
  {
    name: "Kokoro",
    inputs: {
      text: captions.outputs.lines.each("text"),
      speed: ui.slider({ label: "Speed", minimum: 1, maximum: 5, value: 2 }),
    },
    outputs: { sound: ui.textbox({ label: "Sound" }) },
  },
);
const parler = new FnNode(({ text, tone }) => `♫ ${text}, ${tone}`, {
  name: "Parler",
  inputs: {
    text: captions.outputs.lines.each("text"),
    tone: ui.dropdown({ label: "Tone", choices: ["calm", "bright"], value: "calm" }),
  },
  outputs: { sound: ui.textbox({ label: "Sound" }) },
});
const voice = new ChoiceNode([kokoro, parler], { name: "Voice" });

const etch = new FnNode(async ({ prompt }, run) => told("Etch", { prompt }, run), {
  name: "Etch",
  trigger: "manual",
  lane: new Lane(1, "press"),
  inputs: { prompt: scene.outputs.prompt },
  outputs: { plate: ui.textbox({ label: "Plate" }) },
});

const best = new ChooseOne(texts.outputs.list, { name: "The best line" });
const title = new TextInput({ name: "Title", label: "Title of the card" });
const photo = new ImageInput({ name: "Photo", label: "A photo for the back" });
const print = new Approve(etch.outputs.plate, { name: "Print it" });

const weather = new FnNode(
  ({ mood }) => {
    if (mood !== "Noon") throw new Error("The weather service does not answer.");
    return "bright";
  },
  {
    name: "Weather",
    fallback: "fair, probably",
    inputs: { mood: scene.outputs.mood },
    outputs: { weather: ui.textbox({ label: "Weather" }) },
  },
);

const shorten = new FnNode(({ text, max }) => text.slice(0, max), {
  name: "Shorten",
  inputs: { text: ui.textbox({ label: "Text" }), max: ui.number({ label: "Letters", value: 12 }) },
  outputs: { short: ui.textbox({ label: "Short" }) },
});
const border = new FnNode(({ short }) => `~ ${short} ~`, {
  name: "Border",
  inputs: { short: shorten.outputs.short },
  outputs: { framed: ui.textbox({ label: "Framed" }) },
});
const frame = new GraphNode(
  new Graph({
    name: "Frame",
    nodes: [border],
    inputs: { text: shorten.inputs.text, max: shorten.inputs.max },
    outputs: { framed: border.outputs.framed },
  }),
  { name: "Frame", inputs: { text: scene.outputs.prompt } },
);

const postcard = new FnNode(
  ({ clips, line, name, plate, weather, framed }) =>
    [`# ${name}`, `> ${line}`, plate, framed, `The weather: ${weather}.`, ...clips.map((clip) => `- ${clip}`)].join(
      "\n\n",
    ),
  {
    name: "Postcard",
    inputs: {
      clips: voice.outputs.sound.all(),
      line: best.outputs.selected,
      name: title.outputs.text,
      plate: print.outputs.output,
      weather: weather.outputs.weather,
      framed: frame.outputs.framed,
    },
    outputs: { postcard: ui.markdown({ label: "Postcard" }) },
  },
);

export const graph = new Graph({ name: "Postcard studio", nodes: [postcard, photo] });
