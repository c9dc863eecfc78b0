/** Programs that must compile, and lines that must not: checked by `types.test.ts`, never run. */
import {
  FileRef,
  FnNode,
  Graph,
  InputNode,
  type InputPort,
  type Outcome,
  type Port,
  type RunContext,
  type Signal,
  ui,
} from "millrace";
import { of } from "rxjs";
import { same } from "./same.ts";

// ── components carry the type of their value
same<ReturnType<typeof ui.textbox>["label"], string | undefined>(true);
const tone = ui.dropdown({ choices: ["calm", ["Very bright", "bright"]], value: "calm" });
const size = ui.dropdown({ choices: [1, 2, 3] });
// @ts-expect-error: a value that is not among the choices
ui.dropdown({ choices: ["a", "b"], value: "c" });
// @ts-expect-error: a slider has two ends
ui.slider({ minimum: 0 });
// @ts-expect-error: a checkbox holds true or false
ui.checkbox({ value: "yes" });
// @ts-expect-error: a string is never a file
ui.image({ value: "photo.jpg" });

// ── FnNode infers its parameters from its inputs, and its outputs from components or from what it returns
const shorten = new FnNode(({ text, max = 100 }) => text.split(/\s+/).slice(0, max).join(" "), {
  name: "Shorten",
  inputs: { text: ui.textbox(), max: ui.slider({ minimum: 1, maximum: 500, value: 100 }) },
  outputs: { summary: ui.textbox() },
});
same<typeof shorten.inputs.text, InputPort<string>>(true);
same<typeof shorten.inputs.max, InputPort<number>>(true);
same<typeof shorten.outputs.summary, Port<string>>(true);

const counted = new FnNode(({ text }: { text: string }) => ({ words: text.split(" "), length: text.length }), {
  inputs: { text: shorten.outputs.summary },
  outputs: { words: ui.json(), length: null },
});
same<typeof counted.outputs.words, Port<string[]>>(true);
same<typeof counted.outputs.length, Port<number>>(true);

const later = new FnNode(async ({ n }: { n: number }) => n * 2, {
  inputs: { n: counted.outputs.length },
  outputs: { twice: null },
});
same<typeof later.outputs.twice, Port<number>>(true);
const many = new FnNode(({ n }: { n: number }) => of(`${n}`), { inputs: { n: 1 }, outputs: { text: null } });
same<typeof many.outputs.text, Port<string>>(true);
const streamed = new FnNode(
  async function* ({ n }: { n: number }) {
    yield n;
  },
  { inputs: { n: () => Math.random() }, outputs: { n: ui.number() } },
);
same<typeof streamed.outputs.n, Port<number>>(true);
const sourceless = new FnNode(() => "hello", { outputs: { text: ui.textbox() } });
same<typeof sourceless.outputs.text, Port<string>>(true);
const picture = new FnNode(() => new Uint8Array(3), { outputs: { image: ui.image() } });
same<typeof picture.outputs.image, Port<FileRef>>(true);
new FnNode(({ mood }) => (mood === "calm" ? "still" : "wild"), {
  inputs: { mood: tone },
  outputs: { word: ui.dropdown({ choices: ["still", "wild"] }) },
});
new FnNode(
  ({ n }, { signal, progress, log }) => {
    progress(0.5, "half");
    log("so far");
    return signal.aborted ? 0 : n;
  },
  { inputs: { n: size }, outputs: { n: ui.number() } },
);

new FnNode(({ text }: { text: string }) => text, {
  // @ts-expect-error: a wrong type on an edge
  inputs: { text: counted.outputs.length },
  outputs: { t: ui.textbox() },
});
new FnNode(({ text, mode }: { text: string; mode: "fast" | "slow" }) => text + mode, {
  // @ts-expect-error: a missing required parameter
  inputs: { text: "a" },
  outputs: { t: null },
});
new FnNode(({ text }: { text: string }) => text, {
  // @ts-expect-error: an input that the function does not take
  inputs: { text: "a", mode: "b" },
  outputs: { t: null },
});
// @ts-expect-error: no inputs at all
new FnNode(({ text }: { text: string }) => text, { outputs: { t: null } });
// @ts-expect-error: an output that does not exist
void shorten.outputs.sumary;
// @ts-expect-error: an input that does not exist
void shorten.inputs.txt;
// @ts-expect-error: returns a number where text is shown
new FnNode(({ text }: { text: string }) => text.length, { inputs: { text: "a" }, outputs: { t: ui.textbox() } });
// @ts-expect-error: an output is missing in what is returned
new FnNode(({ n }: { n: number }) => ({ a: n }), { inputs: { n: 1 }, outputs: { a: ui.number(), b: ui.number() } });
// @ts-expect-error: outputs are not optional
new FnNode(() => 1, {});

// ── InputNode
const scene = new InputNode({
  name: "Scene",
  ports: { prompt: ui.textbox(), width: ui.slider({ minimum: 64, maximum: 2048 }), tone },
});
same<typeof scene.outputs.prompt, Port<string>>(true);
same<typeof scene.inputs.width, InputPort<number>>(true);
same<typeof scene.outputs.tone, Port<"calm" | "bright">>(true);
// @ts-expect-error: ports are components
new InputNode({ name: "Scene", ports: { prompt: "text" } });

// ── a function in a thread is typed as one in the loop
declare const grind: (
  inputs: { grain: string; rounds?: number },
  run: RunContext,
) => AsyncIterable<{ flour: string; bran: number }>;
const module = new URL("./grind.ts", "file:///mill/");
const grinding = FnNode.inWorker(grind, module, {
  inputs: { grain: scene.outputs.prompt, rounds: ui.slider({ minimum: 1, maximum: 9 }) },
  outputs: { flour: ui.textbox(), bran: null },
});
same<typeof grinding.inputs.rounds, InputPort<number>>(true);
same<typeof grinding.outputs.flour, Port<string>>(true);
same<typeof grinding.outputs.bran, Port<number>>(true);
// @ts-expect-error: a number is no grain
FnNode.inWorker(grind, module, { inputs: { grain: 5 }, outputs: { flour: null, bran: null } });
// @ts-expect-error: the function needs grain
FnNode.inWorker(grind, module, { outputs: { flour: null, bran: null } });
// @ts-expect-error: the function gives no number for the flour
FnNode.inWorker(grind, module, { inputs: { grain: "rye" }, outputs: { flour: ui.number(), bran: null } });
// @ts-expect-error: a module is a URL
FnNode.inWorker(grind, "./grind.ts", { inputs: { grain: "rye" }, outputs: { flour: null, bran: null } });

// ── graph and sheet
const graph = new Graph({ name: "Types", nodes: [later, many, streamed] });
graph.add(picture).connect(scene.outputs.prompt, shorten.inputs.text);
// @ts-expect-error: text does not flow into a number
graph.connect(scene.outputs.prompt, shorten.inputs.max);
// @ts-expect-error: an input is no output
graph.connect(shorten.inputs.text, shorten.inputs.text);
// @ts-expect-error: a name is needed
new Graph({ nodes: [later] });

const sheet = graph.sheet();
sheet.set(scene.inputs.prompt, "A lion");
sheet.set(scene.inputs.tone, "bright");
// @ts-expect-error: a number is no text
sheet.set(scene.inputs.prompt, 5);
// @ts-expect-error: not one of the choices
sheet.set(scene.inputs.tone, "loud");
// @ts-expect-error: an output cannot be set
sheet.set(shorten.outputs.summary, "x");
same<ReturnType<typeof sheet.plan>[number]["name"], string>(true);
const summary: Signal<string> = sheet.signal(shorten.outputs.summary);
if (summary.kind === "ready") same<typeof summary.value, string>(true);
// @ts-expect-error: only a ready signal has a value
void summary.value;
sheet.value$(later.outputs.twice).subscribe((value) => same<typeof value, number>(true));
same<ReturnType<typeof sheet.batch<number>>, number>(true);

export async function outcomes(): Promise<void> {
  const end = await sheet.run(counted);
  switch (end.kind) {
    case "ready":
      same<typeof end.outputs.words, string[]>(true);
      same<typeof end.run.inputs.text, string>(true);
      break;
    case "failed":
      if (end.failure.reason === "timed-out") same<typeof end.failure.after, number>(true);
      break;
    case "refused":
      same<typeof end.why, string>(true);
      break;
    case "cancelled":
      break;
    default:
      end satisfies never;
  }
  const all: readonly Outcome[] = await sheet.runAll({ again: true });
  void all;
  // @ts-expect-error: options are checked
  await sheet.run(counted, { agian: true });
  const file: FileRef = await FileRef.fromPath("photo.jpg");
  same<typeof file.id, string>(true);
  // @ts-expect-error: a file is made by its factories
  new FileRef();
}
