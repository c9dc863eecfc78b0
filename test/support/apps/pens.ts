/**
 * One card with everything that is typed into, and beside it a list, a person's step and what a step gave, which are typed
 * into too. Everything runs at once, so that another browser's edit is seen on the cards of everybody.
 *
 *   Desk      Notes      Signature?      Press
 */
import { FileRef, FnNode, Graph, TextInput, ui } from "millrace";

const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const picture = await FileRef.fromBytes(Buffer.from(pixel, "base64"), { name: "pixel.png" });

const desk = new FnNode((written: { readonly beat: number; readonly [name: string]: unknown }) => written.beat, {
  name: "Desk",
  inputs: {
    beat: ui.number({ label: "Beat", value: 0 }),
    line: ui.textbox({ label: "Line", value: "old mill" }),
    lines: ui.textbox({ label: "Lines", lines: 3, value: "old\nmill" }),
    prose: ui.markdown({ label: "Prose", value: "old mill" }),
    size: ui.number({ label: "Size", value: 1.5 }),
    share: ui.slider({ label: "Share", minimum: 0, maximum: 100, step: 1, value: 10 }),
    ink: ui.colorPicker({ label: "Ink", value: "#000000" }),
    facts: ui.json({ label: "Facts", value: { old: "mill" } }),
    people: ui.dataframe({
      label: "People",
      value: { headers: ["Name", "Age"], data: Array.from({ length: 60 }, (_, i) => [`Ada ${i + 1}`, 36 + i]) },
    }),
    talk: ui.chatbot({ label: "Talk", value: [{ role: "user", content: "old mill" }] }),
    animal: ui.label({
      label: "Animal",
      value: { label: "cat", confidences: [{ label: "cat", confidence: 0.8 }] },
    }),
    pictures: ui.gallery({ label: "Pictures", value: [{ file: picture, caption: "old mill" }] }),
  },
  outputs: { heard: ui.number({ label: "Heard" }) },
});

const notes = new FnNode(
  ({ count }) => Array.from({ length: count }, (_, i) => ({ text: `old mill ${i + 1}`, weight: i })),
  {
    name: "Notes",
    inputs: { count: ui.number({ label: "Count", value: 3 }) },
    outputs: {
      notes: ui.itemList(
        { text: ui.textbox({ label: "Text" }), weight: ui.number({ label: "Weight" }) },
        { label: "Notes" },
      ),
    },
  },
);

const signature = new TextInput({ name: "Signature", label: "Signature" });

const press = new FnNode(({ page }) => `page ${page}`, {
  name: "Press",
  inputs: { page: ui.number({ label: "Page", value: 1 }) },
  outputs: { printed: ui.textbox({ label: "Printed" }) },
});

export const graph = new Graph({ name: "Pens", nodes: [desk, notes, signature, press] });
