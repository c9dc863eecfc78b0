/**
 * Mistakes made while a graph is written, as plain JavaScript makes them, and all that is said of each: what is wrong, what
 * exists, what to write instead. Whatever was refused has changed nothing.
 */

// biome-ignore-all format: a table is read line by line

import { describe, expect, test } from "vitest";
import { Approve, ChoiceNode, FnNode, Graph, GraphNode, InputNode, Lane, TextInput, ui } from "../../src/index.ts";
import { thrownBy } from "../nodes/plain.ts";
import { fn, type Loose, loose, made } from "../support/loose.ts";

type Row = readonly [mistake: string, make: () => unknown, said: string];

const step = (options: object = {}, work: unknown = ({ x }: { x: number }) => x) =>
  fn(work, { name: "Step", inputs: { x: 1 }, outputs: { y: null }, ...options });
const list = () => step({ name: "List", inputs: {}, outputs: { items: ui.json() } }, () => [1, 2]);
const field = (name = "Field") => step({ name, inputs: { x: ui.number() } });
const giving = (port: string, name = port.toUpperCase()) => step({ name, outputs: { [port]: null } });
const graphOf = (...nodes: unknown[]) => made(Graph, { name: "G", nodes });

const nodes: readonly Row[] = [
  [".all() on what was never scattered", () => list().outputs.items.all(), "List.items is not scattered, so there is nothing to gather: give the port itself, without .all()."],
  [".each() once more than it goes", () => list().outputs.items.each().each().each().each(), "List.items is scattered three times already, and deeper it does not go: gather first, e.g. items.all().each()."],
  [".each() with what is no field", () => list().outputs.items.each({}), 'each(field) takes the name of a field, e.g. items.each("text"), or nothing.'],
  ["an input that the function does not take", () => step({ inputs: { x: 1, z: 2 } }), "'Step' is given the input 'z', which its function does not take. There is: 'x'."],
  ["an input that the function lacks", () => step({ inputs: {} }), "The function of 'Step' takes 'x', and no input of that name is given: give it one, or a default in the function. There is none."],
  ["a node in the place of its output", () => step({ inputs: { x: list() } }), "The input 'x' of 'Step' is given the node 'List'; give it one of its outputs. There is: 'items'."],
  ["an input of a node in the place of an output", () => step({ inputs: { x: field().inputs.x } }), "The input 'x' of 'Step' is given the input 'x' of 'Field'; give it one of its outputs. There is: 'y'."],
  ["all outputs in the place of one", () => step({ inputs: { x: list().outputs } }), "The input 'x' of 'Step' is given all outputs of 'List': give it one of them. There is: 'items'."],
  ["a list of ports", () => step({ inputs: { x: [list().outputs.items, 5] } }), "The input 'x' of 'Step' is given a list of 2 with the port List.items in it: give each an input of its own."],
  ["an object with a component in it", () => step({ inputs: { x: { text: ui.textbox() } } }), "The input 'x' of 'Step' is given an object with a component in it: give each an input of its own."],
  ["inputs without names", () => step({ inputs: [ui.textbox()] }), "The inputs of the FnNode 'Step' are named, e.g. inputs: { text: ui.textbox() }, and this is a list of 1."],
  ["no function", () => made(FnNode, undefined, { outputs: {} }), "new FnNode(fn, options): fn must be a function."],
  ["no outputs", () => made(FnNode, () => 1), "An FnNode needs outputs: new FnNode(fn, { outputs: { text: ui.textbox() } })."],
  ["outputs without names", () => step({ outputs: [ui.number()] }), "An FnNode needs outputs: new FnNode(fn, { outputs: { text: ui.textbox() } })."],
  ["an output that is no component", () => step({ outputs: { y: "text" } }), "The output 'y' must be a component (ui.textbox(), ...) or null."],
  ["an option that is misspelt", () => step({ timeOut: 5 }), "The FnNode 'Step' has no option 'timeOut'. There is: 'inputs', 'outputs', 'fallback', 'name', 'trigger', 'timeout', 'retries', 'remember', 'lane', 'onItemError'. Did you mean 'timeout'?"],
  ["a name that is no text", () => step({ name: 5 }), 'The name of a node is a text, e.g. name: "work", and this is 5.'],
  ["a trigger that there is not", () => step({ trigger: "automatic" }), "The option 'trigger' of 'Step' must be \"auto\" or \"manual\", and it was the text \"automatic\". There is: 'auto', 'manual'. Did you mean 'auto'?"],
  ["remember that is neither true nor false", () => step({ remember: 0 }), "The option 'remember' of 'Step' must be true or false, and it was 0."],
  ["a way with items that there is not", () => step({ onItemError: "ignore" }), "The option 'onItemError' of 'Step' must be \"fail\" or \"skip\", and it was the text \"ignore\"."],
  ["no time", () => step({ timeout: 0 }), "The option 'timeout' of 'Step' must be a number of milliseconds above 0, and it was 0."],
  ["a time in words", () => step({ timeout: "5 s" }), "The option 'timeout' of 'Step' must be a number of milliseconds above 0, and it was the text \"5 s\"."],
  ["a lane for nobody", () => new Lane(0), "A lane's limit is a whole number from 1 on, e.g. new Lane(4), and this was 0."],
  ["a lane without end", () => step({ lane: Number.POSITIVE_INFINITY }), "A lane's limit is a whole number from 1 on, e.g. new Lane(4), and this was Infinity."],
  ["a lane in words", () => step({ lane: "4" }), "The option 'lane' of 'Step' must be a number or a Lane: new Lane(4), and it was the text \"4\"."],
  ["retries in words", () => step({ retries: "2" }), "The option 'retries' of 'Step' must be a whole number from 0 on, or { times: 2 }, and it was the text \"2\"."],
  ["fewer than no retries", () => step({ retries: { times: -1 } }), "The option 'retries' of 'Step' must be a whole number from 0 on, or { times: 2 }, and it was -1."],
  ["retries that do not say how many", () => step({ retries: { delay: 5 } }), "The option 'retries' of 'Step' must be a whole number from 0 on, or { times: 2 }, and it was an object."],
  ["a wait of less than nothing", () => step({ retries: { times: 1, delay: -1 } }), "The option 'retries.delay' of 'Step' must be milliseconds from 0 on, and it was -1."],
  ["waits that shrink", () => step({ retries: { times: 1, factor: 0.5 } }), "The option 'retries.factor' of 'Step' must be a number from 1 on, and it was 0.5."],
  ["a condition that is no function", () => step({ retries: { times: 1, when: true } }), "The option 'retries.when' of 'Step' must be a function of a failure, and it was true."],
  ["retries with a word that nobody reads", () => step({ retries: { times: 1, backoff: 2 } }), "The option 'retries' of 'Step' has no option 'backoff'. There is: 'times', 'delay', 'factor', 'when'."],
  ["a card of inputs without a name", () => made(InputNode, { ports: {} }), 'An InputNode needs a name: new InputNode({ name: "Scene", ports: { prompt: ui.textbox() } }).'],
  ["a card of inputs without ports", () => made(InputNode, { name: "Card" }), 'An InputNode needs ports: new InputNode({ name: "Scene", ports: { prompt: ui.textbox() } }).'],
  ["a port of inputs that is no component", () => made(InputNode, { name: "Card", ports: { x: 5 } }), "The port 'x' of an InputNode must be a component: ui.textbox(), ..."],
  ["a person's step about a node", () => made(Approve, list()), "A person's step is about an output of a node: new Approve(draft.outputs.text)."],
  ["a person's step about every item", () => made(Approve, list().outputs.items.each()), "'List.items' is scattered, and a person is asked once: gather it first, with .all()."],
  ["a person's step with a word that nobody reads", () => made(TextInput, { tittle: "A" }), "A person's step has no option 'tittle'. There is: 'name', 'label'."],
  ["a function without a name in a thread", () => loose(FnNode).inWorker((() => () => 1)(), new URL("file:///a.ts"), { outputs: {} }), 'FnNode.inWorker is given a function without a name; it takes one that a module exports: FnNode.inWorker(grind, new URL("./grind.ts", import.meta.url), { ... }).'],
  ["a function in a thread without its file", () => loose(FnNode).inWorker(function grind() {}, "./grind.ts", { outputs: {} }), 'FnNode.inWorker needs the URL of the file that exports \'grind\', and is given string: FnNode.inWorker(grind, new URL("./grind.ts", import.meta.url), { ... }).'],
];

const choices: readonly Row[] = [
  ["a choice of none", () => made(ChoiceNode, []), "A choice needs two variants or more: new ChoiceNode([quick, careful])."],
  ["a choice of one", () => made(ChoiceNode, [giving("y")]), "A choice needs two variants or more: new ChoiceNode([quick, careful])."],
  ["a choice of the same twice", () => { const a = giving("y", "A"); return made(ChoiceNode, [a, a]); }, "'A' is twice among the variants of a choice."],
  ["a variant that is no node", () => made(ChoiceNode, [giving("y"), {}]), "Variant 2 of a choice is not a node; give the node itself."],
  ["or without another", () => giving("y").or(), "Variant 2 of a choice is not a node; give the node itself."],
  ["a variant that runs nothing", () => made(ChoiceNode, [giving("y"), new InputNode({ name: "Field", ports: { y: ui.number() } })]), "Variant 2 of a choice, 'Field', is made of inputs and has nothing to run: let a function pass them on, new FnNode(({ text }) => text, { ... })."],
  ["a variant without a common port", () => made(ChoiceNode, [giving("a"), giving("b")]), "The variants of 'A or B' have no output in common: 'A' has 'a'; 'B' has 'b'. Give one output of each the same name."],
  ["a choice within a choice without a common port", () => made(ChoiceNode, [made(ChoiceNode, [giving("y", "A"), giving("y", "B")]), giving("z", "C")]), "The variants of 'A or B or C' have no output in common: 'A or B' has 'y'; 'C' has 'z'. Give one output of each the same name."],
  ["variants scattered unequally", () => made(ChoiceNode, [giving("y", "A"), step({ inputs: { x: list().outputs.items.each() } })]), "'y' of 'A or Step' is not scattered in 'A' and scattered once in 'Step'; all variants of a choice must be scattered equally often."],
  ["a choice with a word that nobody reads", () => made(ChoiceNode, [giving("y", "A"), giving("y", "B")], { nmae: "C" }), "A choice has no option 'nmae'. There is: 'name'. Did you mean 'name'?"],
];

const cyclic = () => {
  const outer = graphOf(step());
  const middle = made(Graph, { name: "Middle", nodes: [made(GraphNode, outer, { name: "Inner" })] });
  outer.add(made(GraphNode, middle, { name: "Within" }));
};
const named = (ports: object) => { const a = field(); return made(Graph, { name: "G", nodes: [a], inputs: { a: a.inputs.x, ...ports } }); };
const joined = (ends: (a: Loose, b: Loose) => readonly unknown[]) => () => {
  const [a, b] = [field("A"), field("B")];
  const graph = graphOf(a, b);
  try {
    return graph.connect(...ends(a, b));
  } finally {
    expect(graph.edges).toEqual([]);
  }
};

const graphs: readonly Row[] = [
  ["a graph without a name", () => made(Graph, { nodes: [] }), 'A graph needs a name: new Graph({ name: "My graph", nodes: [...] }).'],
  ["a graph without a list of nodes", () => made(Graph, { name: "G", nodes: step() }), "The graph 'G' needs nodes: a list, e.g. nodes: [last]; upstream nodes come along."],
  ["a graph of what is no node", () => graphOf(undefined), "A graph is made of nodes (FnNode, InputNode, ...), and this is undefined."],
  ["a graph of a port", () => graphOf(list().outputs.items), "A graph is made of nodes (FnNode, InputNode, ...), and this is the port List.items: give its node."],
  ["a graph with a word that nobody reads", () => made(Graph, { name: "G", nodes: [], triger: "auto" }), "The graph 'G' has no option 'triger'. There is: 'name', 'nodes', 'inputs', 'outputs', 'persistKey', 'trigger'. Did you mean 'trigger'?"],
  ["a name taken twice", () => graphOf(field("Same"), field("Same")), "Two nodes are named 'Same'; give one of them another name."],
  ["a name taken already", () => graphOf(field("Same")).add(field("Same")), "Two nodes are named 'Same'; give one of them another name."],
  ["a name taken by what an edge brings", () => graphOf(field("Same")).connect(field("Other").outputs.y, field("Same").inputs.x), "Two nodes are named 'Same'; give one of them another name."],
  ["an edge that begins at an input", joined((a, b) => [b.inputs.x, a.outputs.y]), "connect(output, input): the first is an output port, e.g. node.outputs.text, and this is the input B.x."],
  ["an edge that ends at an output", joined((a, b) => [a.outputs.y, b.outputs.y]), "connect(output, input): the second is an input port, e.g. node.inputs.text, and this is the output B.y."],
  ["an edge between nodes", joined((a, b) => [a, b]), "connect(output, input): the first is an output port, e.g. node.outputs.text, and this is the node 'A'."],
  ["an edge from scattered items", joined((_, b) => [list().outputs.items.each(), b.inputs.x]), "List.items is scattered, and connect draws plain edges. Gather it with .all(), or give it to the node where it is made: inputs: { x: ... }."],
  ["an edge to its own node", joined((a) => [a.outputs.y, a.inputs.x]), "This would close a circle: 'A' -> 'A'. A graph flows one way."],
  ["a second edge", () => { const a = field("A"); const b = step({ inputs: { x: a.outputs.y } }); graphOf(b).connect(a.outputs.y, b.inputs.x); }, "Step.x is already fed by A.y; an input takes one edge."],
  ["a node added to a graph that lives", () => { const graph = graphOf(field()); graph.sheet(); graph.add(step()); }, "Cannot add a node: a sheet of 'G' is open, and a living graph does not change. Wire first, then call sheet()."],
  ["an input named twice", () => { const a = field(); return made(Graph, { name: "G", nodes: [a], inputs: { a: a.inputs.x, b: a.inputs.x } }); }, "The inputs 'a' and 'b' of 'G' are both Field.x; name it once."],
  ["an output named as an input", () => named({ b: list().outputs.items }), "'b' of 'G' is no input port; name one, e.g. inputs: { text: shorten.inputs.text }."],
  ["a port of a node that is not there", () => named({ b: field("Else").inputs.x }), "'b' of 'G' is Else.x, and 'Else' is not one of its nodes: add it. There is: 'Field'."],
  ["outputs in a list", () => { const a = field(); return made(Graph, { name: "G", nodes: [a], outputs: [a.outputs.y] }); }, "The outputs of 'G' are named ports, e.g. outputs: { short: shorten.outputs.summary }."],
  ["a graph's node of no graph", () => made(GraphNode, step()), "new GraphNode(graph, options): the first is not a graph; make it with new Graph({ ... })."],
  ["a graph's node with an input that the graph does not name", () => made(GraphNode, named({}), { inputs: { b: 1 } }), "'G' is given the input 'b', and the graph 'G' names no such input. There is: 'a'."],
  ["a graph's node with what its nodes should be told", () => made(GraphNode, named({}), { lane: 2 }), "The graph's node 'G' has no option 'lane': give it to the nodes inside, which do the work. There is: 'inputs', 'name', 'trigger', 'onItemError'."],
  ["a graph within itself", () => { const graph = graphOf(step()); graph.add(made(GraphNode, graph)); }, "'G' runs the graph 'G', so it cannot be one of its nodes."],
  ["a graph within itself, further in", cyclic, "'Within' runs the graph 'G', so it cannot be one of its nodes."],
];

describe.each([
  ["a node", nodes],
  ["a choice", choices],
  ["a graph", graphs],
])("of %s", (_, rows) => {
  test.each(rows)("%s", (_, act, said) => {
    expect((thrownBy(act) as Error).message).toBe(said);
  });
});
