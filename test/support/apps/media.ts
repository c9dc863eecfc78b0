/** Every component of files, tables, classes, conversations and pages: given, passed on by a function that changes nothing, and shown. */
import { FileRef, FnNode, Graph, InputNode, ui } from "millrace";
import { tone } from "../tone.ts";

/** Two frames of sixteen pixels, and one pixel. */
const moving =
  "GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQJChYECGFOAZ0CXFUmpZpoq17GDD0JARImIQGkAAAAAAABNgIFtV0GBbRZUrmubrpnXgQFzxYEBg4EBhoVWX1ZQ" +
  "OOCGsIEQuoEQH0O2ddPngQCjpoEAAIBwAQCdASoQABAAB0CWJaACdAFAAAD+338JcL84bm691wAAo6aBAGSAcAEAnQEqEAAQAAdAliWgAnQBQAAA/t9/CXC/OG5uvdcAAA==";
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const [sound, film, picture] = await Promise.all([
  FileRef.fromBytes(tone(1.2, 330), { name: "hum.wav" }),
  FileRef.fromBytes(Buffer.from(moving, "base64"), { name: "film.webm" }),
  FileRef.fromBytes(Buffer.from(pixel, "base64"), { name: "pixel.png" }),
]);
const paper = await FileRef.fromBytes(new TextEncoder().encode("Grist for the mill.\n"), { name: "grist.txt" });

const given = new InputNode({
  name: "Given",
  ports: {
    sound: ui.audio({ label: "Sound", value: sound }),
    film: ui.video({ label: "Film", value: film }),
    paper: ui.file({ label: "Paper", value: paper, accept: [".txt", ".pdf"] }),
    statue: ui.model3d({ label: "Statue" }),
  },
});
const laid = new InputNode({
  name: "Laid out",
  ports: {
    pictures: ui.gallery({ label: "Pictures", value: [{ file: picture, caption: "A pixel" }] }),
    people: ui.dataframe({
      label: "People",
      value: {
        headers: ["Name", "Age", "Here"],
        data: [
          ["Ada", 36, true],
          ["Bob", null, false],
          ["Cyd", 9, true],
        ],
      },
    }),
    talk: ui.chatbot({
      label: "Talk",
      value: [
        { role: "system", content: "You are a miller." },
        { role: "user", content: "What turns the **wheel**?" },
        { role: "assistant", content: "Water, through the *race*." },
      ],
    }),
    animal: ui.label({
      label: "Animal",
      value: {
        label: "cat",
        confidences: [
          { label: "cat", confidence: 0.84 },
          { label: "owl", confidence: 0.11 },
        ],
      },
    }),
    page: ui.html({ label: "Page", value: "<h2>Mill</h2><p>It <b>turns</b>.</p>" }),
  },
});

const media = new FnNode((inputs: { sound: FileRef; film: FileRef; paper: FileRef; statue: FileRef }) => inputs, {
  name: "Media",
  inputs: given.outputs,
  outputs: {
    sound: ui.audio({ label: "Sound" }),
    film: ui.video({ label: "Film" }),
    paper: ui.file({ label: "Paper" }),
    statue: ui.model3d({ label: "Statue" }),
  },
});
const sounds = new FnNode(({ sound, paper }: { sound: FileRef; paper: FileRef }) => ({ sound, paper }), {
  name: "Played",
  inputs: { sound: given.outputs.sound, paper: given.outputs.paper },
  outputs: { sound: ui.audio({ label: "Sound" }), paper: ui.file({ label: "Paper" }) },
});
const shown = new FnNode(({ pictures, people, talk, animal, page }) => ({ pictures, people, talk, animal, page }), {
  name: "Shown",
  inputs: laid.outputs,
  outputs: {
    pictures: ui.gallery({ label: "Pictures" }),
    people: ui.dataframe({ label: "People" }),
    talk: ui.chatbot({ label: "Talk" }),
    animal: ui.label({ label: "Animal", topClasses: 3 }),
    page: ui.html({ label: "Page" }),
  },
});
const clips = new FnNode(() => [220, 330, 440], { name: "Pitches", outputs: { list: null } });
const hums = new FnNode(({ pitch }: { pitch: number }) => tone(0.4 + pitch / 400, pitch), {
  name: "Hums",
  inputs: { pitch: clips.outputs.list.each() },
  outputs: { sound: ui.audio({ label: "Sound" }) },
});
const rows = new FnNode(
  () => ({ headers: ["n", "square"], data: Array.from({ length: 5000 }, (_, i) => [i, i * i]) }),
  {
    name: "Squares",
    outputs: { table: ui.dataframe({ label: "Table" }) },
  },
);

export const graph = new Graph({ name: "Media", nodes: [media, sounds, shown, hums, rows] });
