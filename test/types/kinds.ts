/** Every kind of node beside functions: choices, a person's steps, graphs as nodes; and the options and methods that all have. */
import {
  Approve,
  ChoiceNode,
  ChooseOne,
  type FileRef,
  FnNode,
  Graph,
  GraphNode,
  ImageInput,
  InputNode,
  type InputPort,
  type InteractionNode,
  Lane,
  type Node,
  type OutputPort,
  type Port,
  type ScatteredPort,
  TextInput,
  ui,
} from "millrace";
import { same } from "./same.ts";

const draft = new FnNode(() => "words", { name: "Draft", outputs: { text: ui.textbox() } });
const list = new FnNode(() => ["a", "b"], { name: "List", outputs: { items: ui.json<string[]>() } });

// ── choice
const quick = new FnNode(({ text }: { text: string }) => ({ audio: new Uint8Array(1), length: text.length }), {
  name: "Quick",
  inputs: { text: draft.outputs.text },
  outputs: { audio: ui.image(), length: ui.number() },
});
const careful = new FnNode(() => ({ audio: "careful.png", words: 3 }), {
  name: "Careful",
  outputs: { audio: ui.image(), words: ui.number() },
});
const worded = new FnNode(() => "three", { name: "Worded", outputs: { length: ui.textbox() } });
const voice = new ChoiceNode([quick, careful], { name: "Voice" });
same<typeof voice, ChoiceNode<{ audio: Port<FileRef> }>>(true);
const either = quick.or(worded);
same<typeof either.outputs.length, Port<string | number>>(true);
const three = quick.or(careful).or(quick, { name: "Three" });
same<typeof three.outputs.audio, Port<FileRef>>(true);
same<typeof voice.inputs, {}>(true);
// @ts-expect-error: only one of them has it
void voice.outputs.length;
// @ts-expect-error: a choice of one is none
new ChoiceNode([quick]);
// @ts-expect-error: variants are nodes
new ChoiceNode([quick, "careful"]);
// @ts-expect-error: a node is wanted
quick.or("careful");
const perLine = new FnNode(({ text }: { text: string }) => text, {
  inputs: { text: list.outputs.items.each() },
  outputs: { out: ui.textbox() },
});
const perLineToo = new FnNode(({ text }: { text: string }) => text.length, {
  inputs: { text: list.outputs.items.each() },
  outputs: { out: ui.number() },
});
const eachWay = perLine.or(perLineToo);
same<typeof eachWay.outputs.out, ScatteredPort<string | number>>(true);
// @ts-expect-error: a scattered and a plain one have no port in common
void perLine.or(worded).outputs.out;

// ── a person's steps
const approved = new Approve(draft.outputs.text, { name: "Publish?" });
same<typeof approved, Approve<string>>(true);
same<typeof approved.outputs.output, Port<string>>(true);
same<typeof approved.inputs.input, InputPort<string>>(true);
const best = new ChooseOne(list.outputs.items);
same<typeof best.outputs.selected, Port<string>>(true);
const title = new TextInput({ label: "Title" });
same<typeof title.outputs.text, Port<string>>(true);
const photo = new ImageInput();
same<typeof photo.outputs.image, Port<FileRef>>(true);
// @ts-expect-error: about a port, not a value
new Approve("words");
// @ts-expect-error: gather first
new Approve(perLine.outputs.out);
// @ts-expect-error: one of a list
new ChooseOne(draft.outputs.text);

// ── graph
const shorten = new FnNode(({ text, max = 100 }) => text.slice(0, max), {
  name: "Shorten",
  inputs: { text: ui.textbox(), max: ui.slider({ minimum: 1, maximum: 500, value: 100 }) },
  outputs: { short: ui.textbox() },
});
const shortener = new Graph({
  name: "Shortener",
  nodes: [shorten],
  inputs: { text: shorten.inputs.text, most: shorten.inputs.max },
  outputs: { short: shorten.outputs.short },
});
same<typeof shortener, Graph<{ text: string; most: number }, { short: string }>>(true);
same<typeof shortener.inputs.most, InputPort<number>>(true);
same<typeof shortener.outputs.short, OutputPort<string>>(true);
same<Graph<{}, {}>, Graph>(true);
const unnamed: Graph = shortener;
void unnamed;
// @ts-expect-error: a graph shows inputs as inputs
new Graph({ name: "Wrong", nodes: [], inputs: { text: shorten.outputs.short } });
// @ts-expect-error: and outputs as outputs
new Graph({ name: "Wrong", nodes: [], outputs: { text: shorten.inputs.text } });
// @ts-expect-error: a name for files, or false
new Graph({ name: "Wrong", nodes: [], persistKey: true });

const summary = new GraphNode(shortener, { name: "Summary", inputs: { text: draft.outputs.text } });
same<typeof summary, GraphNode<{ text: string; most: number }, { short: Port<string> }>>(true);
const summaries = new GraphNode(shortener, { inputs: { text: list.outputs.items.each(), most: 5 } });
same<typeof summaries.outputs.short, ScatteredPort<string>>(true);
const bare = new GraphNode(shortener);
same<typeof bare.inputs.most, InputPort<number>>(true);
// @ts-expect-error: the graph names no such input
new GraphNode(shortener, { inputs: { txt: "a" } });
// @ts-expect-error: a text is wanted
new GraphNode(shortener, { inputs: { text: 5 } });
// @ts-expect-error: a graph's node has no lane
new GraphNode(shortener, { lane: 3 });
const gathering = new Graph({ name: "All", nodes: [perLine], outputs: { all: perLine.outputs.out } });
same<typeof gathering, Graph<{}, { all: string[] }>>(true);

// ── options of every node
const gpu = new Lane(1, "gpu");
new FnNode(({ n }: { n: number }) => n, {
  inputs: { n: 1 },
  outputs: { n: ui.number() },
  lane: gpu,
  retries: { times: 3, delay: 100, when: (failure) => failure.reason === "remote-unreachable" },
  remember: false,
  onItemError: "skip",
  timeout: 1_000,
  trigger: "manual",
  fallback: 0,
});
new FnNode(() => ({ a: 1, b: "x" }), { outputs: { a: ui.number(), b: ui.textbox() }, fallback: { a: 0, b: "" } });
// @ts-expect-error: a fallback is what the function would return
new FnNode(() => 1, { outputs: { n: ui.number() }, fallback: "none" });
// @ts-expect-error: of several outputs, all of them
new FnNode(() => ({ a: 1, b: 2 }), { outputs: { a: ui.number(), b: ui.number() }, fallback: { a: 0 } });
new FnNode(() => 1, {
  outputs: { n: ui.number() },
  // @ts-expect-error: there is no such reason
  retries: { times: 1, when: (failure) => failure.reason === "tired" },
});
// @ts-expect-error: a lane, or how many
new FnNode(() => 1, { outputs: { n: ui.number() }, lane: "gpu" });
// @ts-expect-error: failed items fail the gather or are skipped
new FnNode(() => 1, { outputs: { n: ui.number() }, onItemError: "ignore" });
// @ts-expect-error: a limit is a number
new Lane("gpu");

// ── any of them is a Node
const scene = new InputNode({ name: "Scene", ports: { prompt: ui.textbox() } });
const nodes: Node[] = [draft, quick, voice, approved, best, title, photo, summary, summaries, scene];
const graph = new Graph({ name: "Kinds", nodes });

// ── on a sheet
const sheet = graph.sheet();
sheet.choose(voice, careful);
sheet.choose(voice, 1);
// @ts-expect-error: only a choice is chosen of
sheet.choose(quick, 1);
sheet.answer(approved, true);
sheet.answer(best, 2);
sheet.answer(title, "Water");
// @ts-expect-error: a yes or a no
sheet.answer(approved, "yes");
// @ts-expect-error: the index of an item
sheet.answer(best, "a");
// @ts-expect-error: a file
sheet.answer(photo, "photo.jpg");
// @ts-expect-error: nobody waits for an answer here
sheet.answer(draft, "words");
const step: InteractionNode<boolean, { input: string }, { output: Port<string> }> = approved;
void step;
sheet.set(summary.inputs.most, 5);
// @ts-expect-error: a number is no text
sheet.set(summary.inputs.text, 5);

// ── alone
export async function alone(): Promise<void> {
  const shortened = await shorten.test({ text: "a" });
  same<typeof shortened, { short: string }>(true);
  const picked = await best.test({ options: ["a"] });
  same<typeof picked, { selected: string }>(true);
  const said = await voice.test();
  same<typeof said, { audio: FileRef }>(true);
  const each = await summaries.test({ most: 1 });
  same<typeof each, { short: string }>(true);
  const called = await shortener.call({ text: "a" });
  same<typeof called, { short: string }>(true);
  // @ts-expect-error: no such input
  await shorten.test({ txt: "a" });
  // @ts-expect-error: a number is wanted
  await shorten.test({ max: "a" });
  // @ts-expect-error: the graph names no such input
  await shortener.call({ txt: "a" });
}
