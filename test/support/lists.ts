/** Small graphs of lists, and parts of such: what is taken apart, and put together as one text. */
import { FnNode, Graph, InputNode, type NodeOptions, type Port, type ScatteredPort, ui } from "../../src/index.ts";

/** A list of words, made of a text. */
export function wordsOf(text: string) {
  return new FnNode(({ text }: { text: string }) => text.split(" "), {
    name: "Words",
    inputs: { text: ui.textbox({ value: text }) },
    outputs: { list: ui.json<string[]>() },
  });
}

/** Items put together as one text: `1-2`. */
export function joinedFrom(items: ScatteredPort<number>) {
  return new FnNode(({ all }: { all: number[] }) => all.join("-"), {
    name: "Joined",
    inputs: { all: items.all() },
    outputs: { text: ui.textbox() },
  });
}

/** `Given -> Each (each) -> Joined`: a list of numbers that a person gives. */
export function givenNumbers(list: readonly number[], work: (n: number) => number, options: NodeOptions = {}) {
  const given = new InputNode({ name: "Given", ports: { list: ui.json<number[]>({ value: [...list] }) } });
  const each = new FnNode(({ n }: { n: number }) => work(n), {
    name: "Each",
    ...options,
    inputs: { n: (given.outputs.list as Port<number[]>).each() },
    outputs: { n: ui.number() },
  });
  const joined = joinedFrom(each.outputs.n);
  return { given, each, joined, graph: new Graph({ name: "Given", nodes: [joined] }) };
}
