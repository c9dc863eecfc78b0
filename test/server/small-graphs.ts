/** The graphs that the server's tests serve. */
import {
  Approve,
  ChoiceNode,
  ChooseOne,
  FnNode,
  Graph,
  ImageInput,
  InputNode,
  TextInput,
  ui,
} from "../../src/index.ts";

/** number a -> Double -> Add (with b) */
export function sums() {
  const double = new FnNode(({ a }: { a: number }) => a * 2, {
    name: "Double",
    inputs: { a: ui.number({ label: "First", value: 1, minimum: -1e9, maximum: 1e9 }) },
    outputs: { out: ui.number() },
  });
  const add = new FnNode(({ doubled, b }: { doubled: number; b: number }) => doubled + b, {
    name: "Add",
    inputs: { doubled: double.outputs.out, b: ui.number({ label: "Second", value: 10 }) },
    outputs: { sum: ui.number({ label: "Sum" }) },
  });
  return { graph: new Graph({ name: "Sums", nodes: [add] }), double, add };
}

/** A text that is whatever it is told to be. */
export function echo(value = "") {
  const node = new FnNode(({ text }: { text: string }) => text, {
    name: "Echo",
    inputs: { text: ui.textbox({ value }) },
    outputs: { said: ui.textbox() },
  });
  return { graph: new Graph({ name: "Echo", nodes: [node] }), node };
}

/** A run in the test's hand: it says when it began, and ends when it is told. */
export class HeldRuns {
  readonly begun: { readonly signal: AbortSignal; end(value: string): void; fail(error: Error): void }[] = [];
  #waiting: (() => void)[] = [];

  readonly run = (signal: AbortSignal): Promise<string> =>
    new Promise((end, fail) => {
      this.begun.push({ signal, end, fail });
      signal.addEventListener("abort", () => fail(signal.reason));
      for (const resolve of this.#waiting.splice(0)) resolve();
    });

  async runs(count: number): Promise<void> {
    while (this.begun.length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

/** Source* -> Held* -> Below, where Held waits for the test. */
export function held() {
  const runs = new HeldRuns();
  const first = new FnNode(({ text }: { text: string }) => text, {
    name: "First",
    trigger: "manual",
    inputs: { text: ui.textbox({ label: "Text", value: "a" }) },
    outputs: { out: ui.textbox() },
  });
  const middle = new FnNode(
    async ({ text }: { text: string }, { signal, progress, log }) => {
      progress(0.5, `half of ${text}`);
      log(`working on ${text}`);
      return runs.run(signal);
    },
    { name: "Held", trigger: "manual", inputs: { text: first.outputs.out }, outputs: { out: ui.textbox() } },
  );
  const below = new FnNode(({ text }: { text: string }) => `${text}!`, {
    name: "Below",
    inputs: { text: middle.outputs.out },
    outputs: { out: ui.textbox() },
  });
  return { graph: new Graph({ name: "Held", nodes: [below] }), first, middle, below, runs };
}

/** One text shared by two nodes, and an InputNode. */
export function shared() {
  const text = ui.textbox({ label: "Shared text", value: "x", info: "Feeds both." });
  const settings = new InputNode({
    name: "Settings",
    ports: { times: ui.slider({ minimum: 1, maximum: 9, value: 2 }) },
  });
  const left = new FnNode(({ text, times }: { text: string; times: number }) => text.repeat(times), {
    name: "Left",
    inputs: { text, times: settings.outputs.times },
    outputs: { out: ui.textbox() },
  });
  const right = new FnNode(({ words, secret }: { words: string; secret: string }) => words + secret.length, {
    name: "Right",
    inputs: { words: text, secret: "a constant that stays here" },
    outputs: { out: null },
  });
  return { graph: new Graph({ name: "Shared", nodes: [left, right] }), left, right, settings };
}

/** Draft -> Quick | Careful = Voice -> Below */
export function voices() {
  const text = new FnNode(({ a }: { a: string }) => a, {
    name: "Draft",
    inputs: { a: ui.textbox({ label: "Text", value: "hello" }) },
    outputs: { text: ui.textbox() },
  });
  const quick = new FnNode(({ text, speed }: { text: string; speed: number }) => `${text} quickly ${speed}`, {
    name: "Quick",
    inputs: { text: text.outputs.text, speed: ui.number({ label: "Speed", value: 2 }) },
    outputs: { said: ui.textbox({ label: "Said" }) },
  });
  const careful = new FnNode(({ text, tone }: { text: string; tone: string }) => `${text} with ${tone}`, {
    name: "Careful",
    inputs: { text: text.outputs.text, tone: ui.textbox({ label: "Tone", value: "care" }) },
    outputs: { said: ui.markdown({ label: "Said slowly" }) },
  });
  const voice = new ChoiceNode([quick, careful], { name: "Voice" });
  const below = new FnNode(({ said }: { said: string }) => said.length, {
    name: "Below",
    inputs: { said: voice.outputs.said },
    outputs: { length: ui.number() },
  });
  return { graph: new Graph({ name: "Voices", nodes: [below] }), quick, careful, voice };
}

/** A draft and a list, and all that a person can be asked about them. */
export function asking() {
  const draft = new FnNode(({ a }: { a: string }) => ({ text: a, list: [a, `${a}!`] }), {
    name: "Draft",
    inputs: { a: ui.textbox({ label: "Text", value: "hello" }) },
    outputs: { text: ui.textbox(), list: ui.json<string[]>() },
  });
  const approve = new Approve(draft.outputs.text, { name: "Publish?" });
  const best = new ChooseOne(draft.outputs.list, { name: "The best" });
  const title = new TextInput({ label: "Title" });
  const photo = new ImageInput({ label: "Photo" });
  const below = new FnNode(({ text, one }: { text: string; one: string }) => text + one, {
    name: "Below",
    inputs: { text: approve.outputs.output, one: best.outputs.selected },
    outputs: { out: ui.textbox() },
  });
  return { graph: new Graph({ name: "Asking", nodes: [below, title, photo] }), draft, approve, best, title };
}

/** Count -> Each item, doubled (an odd one fails when it is told to) -> Sum */
export function doubling(size: number) {
  const broken = new Set<number>();
  const ran: number[] = [];
  const count = new FnNode(({ list }: { list: number[] }) => list, {
    name: "Count",
    inputs: { list: ui.json<number[]>({ value: Array.from({ length: size }, (_, i) => i) }) },
    outputs: { numbers: ui.json<number[]>() },
  });
  const double = new FnNode(
    ({ n }: { n: number }) => {
      ran.push(n);
      if (broken.has(n)) throw new Error(`${n} will not be doubled.`);
      return n * 2;
    },
    {
      name: "Double",
      remember: false,
      inputs: { n: count.outputs.numbers.each() },
      outputs: { twice: ui.number({ label: "Twice" }) },
    },
  );
  const sum = new FnNode(({ all }: { all: number[] }) => all.reduce((a, b) => a + b, 0), {
    name: "Sum",
    inputs: { all: double.outputs.twice.all() },
    outputs: { total: ui.number() },
  });
  return { graph: new Graph({ name: "Doubling", nodes: [sum] }), count, double, broken, ran };
}
