/** Scatter and gather are in the types: how deep a node is follows from what it is given. */
import {
  type DepthOf,
  type FileRef,
  FnNode,
  Graph,
  type Input,
  type InputPort,
  type InputValue,
  type NestedPort,
  type OutputPort,
  type Port,
  type PortAt,
  type ScatteredPort,
  type Signal,
  ui,
} from "millrace";
import { same } from "./same.ts";

interface Line {
  speaker: "Host" | "Guest";
  text: string;
}
const script = new FnNode((): Line[] => [], { name: "Script", outputs: { lines: ui.json<Line[]>() } });
const { lines } = script.outputs;

// ── taking a list apart
const each = lines.each();
same<typeof each, ScatteredPort<Line>>(true);
const texts = lines.each("text");
same<typeof texts, ScatteredPort<string>>(true);
const speakers = lines.each("speaker");
same<typeof speakers, ScatteredPort<"Host" | "Guest">>(true);
// @ts-expect-error: items have no such field
lines.each("txt");
const count = new FnNode(({ all }: { all: Line[] }) => all.length, { inputs: { all: lines }, outputs: { n: null } });
// @ts-expect-error: a number is no list
count.outputs.n.each();
// @ts-expect-error: there is nothing to gather
lines.all();
// @ts-expect-error: an input cannot be scattered
count.inputs.all.each();

// ── a node given items is scattered, and so are its outputs
const say = new FnNode(({ text, speed }) => new Uint8Array([text.length, speed]), {
  inputs: { text: texts, speed: ui.slider({ minimum: 1, maximum: 3 }) },
  outputs: { audio: ui.image() },
});
same<typeof say.outputs.audio, ScatteredPort<FileRef>>(true);
same<typeof say.inputs.text, InputPort<string>>(true);
const zipped = new FnNode(({ text, who }: { text: string; who: string }) => ({ text, who: who.length }), {
  inputs: { text: texts, who: speakers },
  outputs: { text: null, who: null },
});
same<typeof zipped.outputs.text, ScatteredPort<string>>(true);
same<typeof zipped.outputs.who, ScatteredPort<number>>(true);
const chained = new FnNode(async ({ who, n }: { who: number; n: number }) => who * n, {
  inputs: { who: zipped.outputs.who, n: count.outputs.n },
  outputs: { out: ui.number() },
});
same<typeof chained.outputs.out, ScatteredPort<number>>(true);
new FnNode(({ text }: { text: number }) => text, {
  // @ts-expect-error: an item is a text
  inputs: { text: texts },
  outputs: { out: null },
});
new FnNode(({ all }: { all: Line[] }) => all.length, {
  // @ts-expect-error: an item is no list of them
  inputs: { all: each },
  outputs: { out: null },
});

// ── and put together again
const gathered = say.outputs.audio.all();
same<typeof gathered, Port<FileRef[]>>(true);
const join = new FnNode(
  async ({ clips, pause = 1 }: { clips: FileRef[]; pause?: number }) => clips[pause] ?? "none.png",
  {
    inputs: { clips: gathered },
    outputs: { audio: ui.image() },
  },
);
same<typeof join.outputs.audio, Port<FileRef>>(true);
new FnNode(({ clips }: { clips: FileRef[] }) => clips.length, {
  // @ts-expect-error: gather first
  inputs: { clips: say.outputs.audio },
  outputs: { n: null },
});

// ── lists of lists
const books = new FnNode((): { pages: string[][] }[] => [], { outputs: { books: null } });
const pages = books.outputs.books.each("pages");
same<typeof pages, ScatteredPort<string[][]>>(true);
const paragraphs = pages.each();
same<typeof paragraphs, NestedPort<string[], 2>>(true);
const words = paragraphs.each();
same<typeof words, NestedPort<string, 3>>(true);
// @ts-expect-error: three times is the deepest
words.each();
const lengths = new FnNode(({ word, all }: { word: string; all: Line[] }) => word.length + all.length, {
  inputs: { word: words, all: lines },
  outputs: { n: ui.number() },
});
same<typeof lengths.outputs.n, NestedPort<number, 3>>(true);
const twice = lengths.outputs.n.all();
same<typeof twice, NestedPort<number[], 2>>(true);
const once = twice.all();
same<typeof once, ScatteredPort<number[][]>>(true);
const none = once.all();
same<typeof none, Port<number[][][]>>(true);

// ── what a sheet holds is the whole list; one run has one item
const sheet = new Graph({ name: "Scatter", nodes: [join] }).sheet();
const held = sheet.signal(chained.outputs.out);
same<typeof held, Signal<number[]>>(true);
const deep = sheet.value(lengths.outputs.n);
same<typeof deep, number[][][] | undefined>(true);
sheet.items$(chained.outputs.out).subscribe((items) => same<typeof items, readonly Signal<number>[]>(true));
// @ts-expect-error: only scattered ports have items
sheet.items$(lines);
sheet.pin(chained.outputs.out, [1, 2]);
// @ts-expect-error: a pin holds the whole list
sheet.pin(chained.outputs.out, 1);
for (const run of sheet.history(chained)) {
  same<typeof run.inputs.who, number>(true);
  if (run.outcome === "ready") same<typeof run.outputs.out, number>(true);
}
export async function ends(): Promise<void> {
  const end = await sheet.run(chained, { items: "failed" });
  if (end.kind === "ready") same<typeof end.outputs.out, number[]>(true);
  await sheet.run(chained, { items: [0, 3] });
  // @ts-expect-error: items are numbers, or the failed ones
  await sheet.run(chained, { items: "all" });
  const one = await chained.test({ who: 3 });
  same<typeof one, { out: number }>(true);
}

// ── rows
const rows = ui.itemList({
  speaker: ui.dropdown({ choices: ["Host", "Guest"] }),
  text: ui.textbox(),
  face: ui.image(),
});
type Row = { speaker: "Host" | "Guest"; text: string; face: FileRef };
same<InputValue<typeof rows>, Row[]>(true);
const drafted = new FnNode(() => [{ speaker: "Host" as const, text: "Hello", face: "host.png" }], {
  outputs: { rows },
});
same<typeof drafted.outputs.rows, Port<Row[]>>(true);
const faces = drafted.outputs.rows.each("face");
same<typeof faces, ScatteredPort<FileRef>>(true);
ui.itemList({ text: ui.textbox(), n: ui.optional(ui.number()) }, { value: [{ text: "a", n: null }] });
// @ts-expect-error: a row lacks a field
ui.itemList({ text: ui.textbox(), n: ui.number() }, { value: [{ text: "a" }] });
// @ts-expect-error: fields are components
ui.itemList({ text: "text" });
new FnNode(
  // @ts-expect-error: nobody is called Dog
  () => [{ speaker: "Dog", text: "Wau", face: "dog.png" }],
  { outputs: { rows } },
);
const blank = new FnNode(({ title }) => title ?? "Untitled", {
  inputs: { title: ui.optional(ui.textbox()) },
  outputs: { title: ui.textbox() },
});
same<typeof blank.inputs.title, InputPort<string | null>>(true);

// ── the types with names
same<DepthOf<{ a: Port<1>; b: ScatteredPort<2>; c: "constant" }>, 0 | 1>(true);
same<PortAt<string, DepthOf<{ a: Port<1>; b: ScatteredPort<2> }>>, ScatteredPort<string>>(true);
same<PortAt<string, DepthOf<{ a: NestedPort<1, 3>; b: ScatteredPort<2> }>>, NestedPort<string, 3>>(true);
same<PortAt<string, DepthOf<{}>>, Port<string>>(true);
same<InputValue<ScatteredPort<string>>, string>(true);
same<InputValue<NestedPort<string, 2>>, string>(true);
const given: Input<string>[] = ["a", ui.textbox(), texts, words, () => "b", async () => "c", blank.outputs.title];
void given;
const outputs: OutputPort<unknown>[] = [lines, texts, paragraphs, words];
void outputs;
