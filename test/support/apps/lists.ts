/**
 * A list whose items come, go and move: read one by one, and each in a graph of its own.
 *
 *   Words -> Split -> each -> Read      Split -> each -> Bind (a graph of Cover -> Spine)
 */
import { FnNode, Graph, GraphNode, InputNode, ui } from "millrace";

const words = new InputNode({
  name: "Words",
  ports: { words: ui.textbox({ label: "Words", value: "one two three" }) },
});
const split = new FnNode(({ words }) => words.split(" "), {
  name: "Split",
  inputs: { words: words.outputs.words },
  outputs: { list: null },
});

/** How often each word was read. */
const times = new Map<string, number>();
const read = new FnNode(
  ({ word }) => {
    times.set(word, (times.get(word) ?? 0) + 1);
    return `${word}, read ${times.get(word)}`;
  },
  {
    name: "Read",
    remember: false,
    inputs: { word: split.outputs.list.each() },
    outputs: { said: ui.textbox({ label: "Said" }) },
  },
);

const cover = new FnNode(({ word }) => `[${word}]`, {
  name: "Cover",
  inputs: { word: ui.textbox({ label: "Word" }) },
  outputs: { cover: ui.textbox({ label: "Cover" }) },
});
const spine = new FnNode(({ cover, title }) => `${title}: ${cover}`, {
  name: "Spine",
  inputs: { cover: cover.outputs.cover, title: ui.textbox({ label: "Title", value: "Book" }) },
  outputs: { book: ui.textbox({ label: "Book" }) },
});
const book = new Graph({
  name: "Binding",
  nodes: [spine],
  inputs: { word: cover.inputs.word },
  outputs: { book: spine.outputs.book },
});
const bind = new GraphNode(book, { name: "Bind", inputs: { word: split.outputs.list.each() } });

export const graph = new Graph({ name: "Lists", nodes: [read, bind] });
