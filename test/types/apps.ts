/** Small apps as people write them, to see that types flow through a whole one. Checked, never run. */
import {
  Approve,
  ChoiceNode,
  ChooseOne,
  type FileRef,
  FnNode,
  Graph,
  GraphNode,
  InputNode,
  type InputPort,
  Lane,
  type Node,
  type OutputPort,
  type RunContext,
  TextInput,
  ui,
} from "millrace";
import { from, interval, map, take } from "rxjs";
import { same } from "./same.ts";

/** A podcast: a script of lines that a person may edit, a voice per speaker, one file in the end. */
export function podcast() {
  const brief = new InputNode({
    name: "Brief",
    ports: { topic: ui.textbox({ lines: 3 }), minutes: ui.slider({ minimum: 1, maximum: 20, value: 5 }) },
  });
  const script = new FnNode(
    async ({ topic, minutes }, { signal, progress }) => {
      progress(0.5, "Writing");
      signal.throwIfAborted();
      const speakers = ["Host", "Guest"] as const;
      return Array.from({ length: minutes }, (_, i) => ({ speaker: speakers[i % 2] ?? "Host", text: `${topic} ${i}` }));
    },
    {
      name: "Script",
      inputs: { topic: brief.outputs.topic, minutes: brief.outputs.minutes },
      outputs: {
        lines: ui.itemList({ speaker: ui.dropdown({ choices: ["Host", "Guest"] }), text: ui.textbox({ lines: 2 }) }),
      },
    },
  );
  const voices = new Lane(4, "voices");
  const spoken = async ({ text, who }: { text: string; who: "Host" | "Guest" }) => new TextEncoder().encode(who + text);
  const tts = (name: string) =>
    new FnNode(spoken, {
      name,
      inputs: { text: script.outputs.lines.each("text"), who: script.outputs.lines.each("speaker") },
      outputs: { audio: ui.image() },
      lane: voices,
      retries: { times: 2, delay: 500 },
      onItemError: "skip",
    });
  const voice = new ChoiceNode([tts("Quick voice"), tts("Careful voice")], { name: "Voice" });
  const episode = new FnNode(async ({ clips, title }) => ({ audio: clips[0] ?? "silence.png", title: `${title}!` }), {
    name: "Episode",
    inputs: { clips: voice.outputs.audio.all(), title: brief.outputs.topic },
    outputs: { audio: ui.image(), title: ui.textbox() },
    timeout: 60_000,
  });
  same<typeof episode.inputs.clips, InputPort<FileRef[]>>(true);
  return new Graph({
    name: "Podcast",
    nodes: [episode],
    inputs: { topic: brief.inputs.topic },
    outputs: { audio: episode.outputs.audio },
  });
}

/** A letter that a person must agree to, with variants to pick from. */
export async function letter() {
  const facts = new FnNode(({ name, age }) => `${name}, ${age}`, {
    name: "Facts",
    inputs: { name: ui.textbox({ value: "Ada" }), age: ui.number({ value: 36, minimum: 0, step: 1 }) },
    outputs: { text: ui.textbox({ visible: false }) },
  });
  const drafts = new FnNode(
    ({ facts }: { facts: string }) => ["Dear", "Hello", "Hi"].map((word) => `${word} ${facts}`),
    {
      inputs: { facts: facts.outputs.text },
      outputs: { drafts: ui.json() },
    },
  );
  const best = new ChooseOne(drafts.outputs.drafts, { name: "The best draft" });
  const ending = new TextInput({ label: "Last words" });
  const whole = new FnNode(({ body, end }: { body: string; end: string }) => `${body}\n${end}`, {
    inputs: { body: best.outputs.selected, end: ending.outputs.text },
    outputs: { letter: ui.markdown() },
  });
  const approved = new Approve(whole.outputs.letter, { name: "Send it?" });
  const sent = new FnNode(async ({ letter }: { letter: string }) => ({ at: new Date(), size: letter.length }), {
    inputs: { letter: approved.outputs.output },
    outputs: { at: null, size: null },
    trigger: "manual",
    remember: false,
  });
  const sheet = new Graph({ name: "Letter", nodes: [sent] }).sheet();
  sheet.answer(best, 1);
  sheet.answer(ending, "Yours");
  sheet.answer(approved, true);
  const end = await sheet.run(sent);
  return end.kind === "ready" ? end.outputs.at.getTime() + end.outputs.size : end.kind;
}

/** A book in lists of lists: chapters, paragraphs, words. */
export function book() {
  const chapters = new FnNode(
    ({ text }: { text: string }) => text.split("\f").map((all) => ({ paragraphs: all.split("\n\n") })),
    {
      inputs: { text: ui.textbox() },
      outputs: { chapters: ui.json() },
    },
  );
  const paragraph = chapters.outputs.chapters.each("paragraphs").each();
  const counted = new FnNode(
    ({ paragraph, unit }: { paragraph: string; unit: "words" | "letters" }) =>
      unit === "words" ? paragraph.split(" ").length : paragraph.length,
    {
      inputs: { paragraph, unit: ui.dropdown({ choices: ["words", "letters"], value: "words" }) },
      outputs: { n: ui.number() },
    },
  );
  const sums = new FnNode(({ ns }: { ns: number[] }) => ns.reduce((sum, n) => sum + n, 0), {
    inputs: { ns: counted.outputs.n.all() },
    outputs: { sum: ui.number() },
  });
  const longest = new FnNode(({ sums }: { sums: number[] }) => Math.max(...sums), {
    inputs: { sums: sums.outputs.sum.all() },
    outputs: { n: ui.number() },
  });
  return new Graph({ name: "Book", nodes: [longest], outputs: { longest: longest.outputs.n, sums: sums.outputs.sum } });
}

/** A graph used as a function, and as a node of another, once and per item. */
export async function library() {
  const counts = book();
  const { longest, sums } = await book().call();
  same<typeof sums, number[]>(true);
  const inner = new FnNode(({ text }) => text.trim(), {
    name: "Trim",
    inputs: { text: ui.textbox() },
    outputs: { text: ui.textbox() },
  });
  const trim = new Graph({
    name: "Trim",
    nodes: [inner],
    inputs: { text: inner.inputs.text },
    outputs: { text: inner.outputs.text },
  });
  const titles = new FnNode(() => ["a ", " b"], { outputs: { titles: null } });
  const each = new GraphNode(trim, { inputs: { text: titles.outputs.titles.each() }, onItemError: "skip" });
  const shelf = new FnNode(({ titles, most }: { titles: string[]; most: number }) => titles.slice(0, most), {
    inputs: { titles: each.outputs.text.all(), most: new GraphNode(counts).outputs.longest },
    outputs: { shelf: ui.json() },
  });
  const { shelf: shown } = await new Graph({
    name: "Library",
    nodes: [shelf],
    outputs: { shelf: shelf.outputs.shelf },
  }).call();
  return shown.length + longest;
}

/** Values that come many at a time: streams, async iterables, a clock. */
export function streams() {
  const ticks = new FnNode(
    ({ every }) =>
      interval(every).pipe(
        take(5),
        map((n) => ({ n, even: n % 2 === 0 })),
      ),
    {
      inputs: { every: ui.number({ value: 100 }) },
      outputs: { n: ui.number(), even: ui.checkbox() },
    },
  );
  const told = new FnNode(
    async function* ({ n }: { n: number }, { item }: RunContext) {
      for (let i = 0; i < n; i++) yield `${i} of ${n} at ${item.join()}`;
    },
    { inputs: { n: ticks.outputs.n }, outputs: { line: ui.textbox() } },
  );
  const lengths = new FnNode(({ line }: { line: string }) => from([line.length]), {
    inputs: { line: told.outputs.line },
    outputs: { n: ui.number() },
    fallback: 0,
  });
  const sheet = new Graph({ name: "Streams", nodes: [lengths] }).sheet();
  return sheet.value$(ticks.outputs.even).pipe(map((even) => (even ? "even" : "odd")));
}

/** A generic function of one's own over nodes and ports, as the exported types let one write it. */
export function labelled<T>(node: Node, port: OutputPort<T>): { readonly port: OutputPort<T>; readonly label: string } {
  return { port, label: `${node.name}.${port.name}` };
}

/** Wired afterwards, from a list of nodes that are alike. */
export function relay(steps: number) {
  const step = (name: string) =>
    new FnNode(({ n }: { n: number }) => n + 1, {
      name,
      inputs: { n: ui.number({ value: 0 }) },
      outputs: { n: ui.number() },
    });
  const nodes = Array.from({ length: steps }, (_, i) => step(`Step ${i + 1}`));
  const graph = new Graph({ name: "Relay", nodes, persistKey: false });
  nodes.forEach((node, i) => {
    const above = nodes[i - 1];
    if (above) graph.connect(above.outputs.n, node.inputs.n);
  });
  return { graph, labels: nodes.map((node) => labelled(node, node.outputs.n).label) };
}
