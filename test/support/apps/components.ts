/**
 * Every component, edited and shown. `name` is one component given to two steps, Sign shows what it was given, and Wish
 * waits for a value that nobody has given yet.
 *
 *   name -> Sign, Count      Wish      Many
 */
import { FnNode, Graph, ui } from "millrace";

const name = ui.textbox({ label: "Name", value: "Ada", info: "Used by two steps." });

const sign = new FnNode(
  ({ name, notes, size, loud, style, ink, facts, prose }) => ({
    given: { name, notes, size, loud, style, ink, facts },
    set: prose,
    tint: ink,
  }),
  {
    name: "Sign",
    inputs: {
      name,
      notes: ui.textbox({ label: "Notes", lines: 3, value: "one\ntwo" }),
      size: ui.number({ label: "Size", value: 12, step: 0.5 }),
      loud: ui.checkbox({ label: "Loud" }),
      style: ui.dropdown({ label: "Style", choices: ["plain", ["Very fancy", "fancy"]], value: "plain" }),
      ink: ui.colorPicker({ label: "Ink", value: "#0b7a75" }),
      facts: ui.json({ label: "Facts", value: { wheels: 2 } as unknown }),
      prose: ui.markdown({ label: "Prose", value: "A *mill*" }),
    },
    outputs: {
      given: ui.json({ label: "Given" }),
      set: ui.markdown({ label: "Set" }),
      tint: ui.colorPicker({ label: "Tint" }),
    },
  },
);

const count = new FnNode(({ name }) => name.length, {
  name: "Count",
  inputs: { name },
  outputs: { letters: ui.number({ label: "Letters" }) },
});

const wish = new FnNode(({ star }) => `${star}, come true`, {
  name: "Wish",
  inputs: { star: ui.textbox({ label: "Star", placeholder: "Name one" }) },
  outputs: { wish: ui.textbox({ label: "Heard" }) },
});

const many = new FnNode(({ lines }) => Array.from({ length: lines }, (_, i) => `line ${i + 1} of a long list`), {
  name: "Many",
  inputs: { lines: ui.number({ label: "Lines", value: 2000 }) },
  outputs: { list: ui.json({ label: "List" }) },
});

export const graph = new Graph({ name: "Components", nodes: [sign, count, wish, many] });
