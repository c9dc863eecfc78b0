/**
 * Mistakes made with a sheet that lives, as plain JavaScript makes them, and all that is said of each: what is wrong, what
 * exists, what to write instead. A demand says it in its outcome, for a run never rejects (R4); everything else throws. The
 * sheet then stands exactly as it stood: no signal is another, nothing has run, nothing is forgotten.
 */

// biome-ignore-all format: a table is read line by line

import { describe, expect, test } from "vitest";
import { Approve, ChoiceNode, ChooseOne, Graph, GraphNode, InputNode, ui } from "../../src/index.ts";
import { fn, type Loose, loose, made } from "../support/loose.ts";

function world(memory = {}) {
  const list = fn(({ n }: { n: number }) => Array.from({ length: n }, (_, i) => i), { name: "List", inputs: { n: ui.number({ value: 3 }) }, outputs: { items: ui.json() } });
  const twice = fn(({ x }: { x: number }) => { if (x === 1) throw new Error("no ones"); return x * 2; }, { name: "Twice", inputs: { x: list.outputs.items.each() }, outputs: { y: ui.number() } });
  const sum = fn(({ xs }: { xs: number[] }) => xs.length, { name: "Sum", inputs: { xs: twice.outputs.y.all() }, outputs: { total: null } });
  const text = fn(({ text, k }: { text: string; k: number }) => text + k, { name: "Text", inputs: { text: ui.textbox({ value: "a" }), k: 2 }, outputs: { out: ui.textbox() } });
  const below = fn(({ text }: { text: string }) => text, { name: "Below", inputs: { text: text.outputs.out }, outputs: { out: ui.textbox() } });
  const card = made(InputNode, { name: "Card", ports: { width: ui.slider({ minimum: 1, maximum: 10, value: 2 }), blank: ui.textbox() } });
  const needs = fn(({ w, b }: { w: number; b: string }) => w + b, { name: "Needs", inputs: { w: card.outputs.width, b: card.outputs.blank }, outputs: { out: null } });
  const quick = fn(() => "quick", { name: "Quick", outputs: { voice: ui.textbox() } });
  const careful = fn(() => "careful", { name: "Careful", outputs: { voice: ui.textbox() } });
  const voice = made(ChoiceNode, [quick, careful], { name: "Voice" });
  const approve = made(Approve, below.outputs.out, { name: "Approve" });
  const pick = made(ChooseOne, list.outputs.items, { name: "Pick" });
  const inner = fn(({ x }: { x: number }) => x + 1, { name: "Inner", inputs: { x: ui.number({ value: 1 }) }, outputs: { y: null } });
  const whole = made(GraphNode, made(Graph, { name: "Inside", nodes: [inner], inputs: { x: inner.inputs.x }, outputs: { y: inner.outputs.y } }), { name: "Whole" });
  const manual = fn(() => 1, { name: "Manual", trigger: "manual", outputs: { one: null } });
  const late = fn(({ x }: { x: number }) => x, { name: "Late", inputs: { x: manual.outputs.one }, outputs: { y: null } });
  const nodes = { list, twice, sum, text, below, card, needs, quick, careful, voice, approve, pick, whole, manual, late };
  const graph = new Graph({ name: "G", nodes: Object.values(nodes) as never });
  const sheet = loose(graph.sheet({ memory }));
  const other = fn(() => 1, { name: "Sume", outputs: { y: null } });
  const namesake = fn(({ text }: { text: string }) => text, { name: "Text", inputs: { text: ui.textbox() }, outputs: { out: null } });
  const stands = () => ({
    signals: Object.values(nodes).flatMap((node: Loose) => [...Object.values(node.inputs), ...Object.values(node.outputs)].map((port) => sheet.signal(port))),
    histories: Object.values(nodes).map((node) => sheet.history(node)),
    chosen: sheet.chosen(voice),
  });
  return { ...nodes, graph, sheet, other, namesake, stands };
}
type World = ReturnType<typeof world>;
type Row = readonly [mistake: string, make: (world: World) => unknown, said: string];

const noPort = (given: string) => `The sheet of 'G' has no such port: ${given}. Ports are named by their nodes, e.g. node.inputs.text. There is: `;
const node = (given: string, meant = "") => `The graph 'G' has no such node: ${given}. There is: 'List', 'Twice', 'Sum', 'Text', 'Below', 'Card', 'Needs', 'Quick', 'Careful', 'Voice', 'Approve', 'Pick', 'Whole', 'Manual', 'Late'.${meant}`;
const take = "take one of sheet.history(node), or its id";

const setting: readonly Row[] = [
  ["a port that is not there", ({ sheet, text }) => sheet.set(text.inputs.txet, "b"), `${noPort("undefined")}`],
  ["a port by its name", ({ sheet }) => sheet.set("text", "b"), `${noPort('the text "text"')}`],
  ["a node", ({ sheet, text }) => sheet.set(text, "b"), `${noPort("a FunctionNode")}`],
  ["a port of another graph", ({ sheet, other }) => sheet.set(other.outputs.y, 1), "The sheet of 'G' has no such port: Sume.y. There is: "],
  ["a port of another node with the same name", ({ sheet, namesake }) => sheet.set(namesake.inputs.text, "b"), "The graph 'G' has another port of the name Text.text: give that of the very node that it was made of."],
  ["an output", ({ sheet, text }) => sheet.set(text.outputs.out, "b"), "Text.out is an output, and a person sets inputs: set what feeds it, e.g. sheet.set(node.inputs.text, value)."],
  ["the output of a card of inputs", ({ sheet, card }) => sheet.set(card.outputs.width, 3), "Card.width is an output, and a person sets inputs: set node.inputs.width instead."],
  ["an input that an edge feeds", ({ sheet, below }) => sheet.set(below.inputs.text, "b"), "Below.text is fed by Text.out, so it cannot be set: set what feeds it."],
  ["a constant", ({ sheet, text }) => sheet.set(text.inputs.k, 3), "Text.k is a constant and cannot be set: give it a component to make it editable."],
  ["another type", ({ sheet, text }) => sheet.set(text.inputs.text, 5), "Text.text takes text, and this is 5."],
  ["nothing", ({ sheet, text }) => sheet.set(text.inputs.text), "Text.text takes text, and this is undefined."],
  ["a promise", ({ sheet, text }) => sheet.set(text.inputs.text, Promise.resolve("b")), "Text.text takes text, and this is a Promise."],
  ["a number out of range", ({ sheet, card }) => sheet.set(card.inputs.width, 50), "Card.width takes a number from 1 to 10, and this is 50."],
  ["a batch of nothing", ({ sheet }) => sheet.batch(), 'sheet.batch takes a function that makes edits, e.g. () => sheet.set(node.inputs.text, "a"), and this is undefined.'],
  ["the value of a port that is not there", ({ sheet }) => sheet.value(undefined), `${noPort("undefined")}`],
  ["the items of what has none", ({ sheet, text }) => sheet.items$(text.outputs.out), "Text.out is not scattered, so it has no items: watch it with signal$."],
];

const demands: readonly Row[] = [
  ["no node", ({ sheet }) => sheet.run(undefined), node("undefined")],
  ["a node of another graph", ({ sheet, other }) => sheet.run(other), node("'Sume'", " Did you mean 'Sum'?")],
  ["a node of another graph with the same name", ({ sheet, namesake }) => sheet.run(namesake), "The graph 'G' has another node of the name 'Text': give the very node that it was made of."],
  ["a node by its name", ({ sheet }) => sheet.run("Text"), "The node 'Text' is asked for by its name: give the node itself."],
  ["a port", ({ sheet, text }) => sheet.run(text.outputs.out), "Text.out is a port, and a node is asked for: give its node."],
  ["an option that is misspelt", ({ sheet, text }) => sheet.run(text, { agian: true }), "sheet.run() has no option 'agian'. There is: 'only', 'again', 'items'. Did you mean 'again'?"],
  ["options that are none", ({ sheet, text }) => sheet.plan(text, null), "sheet.plan() takes options by name, { only: ..., again: ..., items: ... }, and this is null."],
  ["everything, but a part", ({ sheet }) => sheet.runAll({ only: true }), "sheet.runAll() has no option 'only'. There is: 'again'."],
  ["an item that is not there", ({ sheet, twice }) => sheet.run(twice, { items: [7] }), "Twice has 3 items, 0 to 2, and no item 7."],
  ["items before the first, and between two", ({ sheet, twice }) => sheet.run(twice, { items: [-1, 0.5] }), "Twice has 3 items, 0 to 2, and no item -1, 0.5."],
  ["an item by its name", ({ sheet, twice }) => sheet.run(twice, { items: ["1"] }), 'Twice has 3 items, 0 to 2, and no item the text "1".'],
  ["items in one number", ({ sheet, twice }) => sheet.run(twice, { items: 1 }), "'items' is a list of indexes, e.g. [0, 2], or \"failed\", and this is 1."],
  ["items in a word that there is not", ({ sheet, twice }) => sheet.run(twice, { items: "faild" }), "'items' is a list of indexes, e.g. [0, 2], or \"failed\", and this is the text \"faild\"."],
  ["items of what has none", ({ sheet, text }) => sheet.run(text, { items: [0] }), "Text is not scattered, so it has no items to run."],
  ["what an empty input feeds", ({ sheet, needs }) => sheet.run(needs), "Needs needs 'b', and it is empty: set it first."],
  ["a card of inputs that is not full", ({ sheet, card }) => sheet.run(card), "'blank' of Card is empty: set it first."],
  ["a step alone whose input is not ready", ({ sheet, late }) => sheet.run(late, { only: true }), "Late cannot run alone: its input 'x' is stale. Run to here instead, or run Manual first."],
  ["a variant that is not selected", ({ sheet, careful }) => sheet.run(careful), "Careful is not the selected variant of Voice: select it first, with sheet.choose."],
  ["to cancel what is not there", ({ sheet, other }) => sheet.cancel(other), node("'Sume'", " Did you mean 'Sum'?")],
  ["the history of nothing", ({ sheet }) => sheet.history(), node("undefined")],
  ["to sweep what is no list", ({ sheet, text }) => sheet.sweep(text.inputs.text, "ab", text), 'A sweep takes a list of values, e.g. [0, 0.5, 1], and this is the text "ab".'],
  ["to sweep over a wrong value", ({ sheet, text }) => sheet.sweep(text.inputs.text, ["a", 5], text), "Text.text takes text, and this is 5."],
  ["to sweep an input that an edge feeds", ({ sheet, below }) => sheet.sweep(below.inputs.text, ["a"], below), "Below.text is fed by Text.out, so it cannot be set: set what feeds it."],
];

const selecting: readonly Row[] = [
  ["no run", ({ sheet }) => sheet.select(), `sheet.select takes a run, and this is undefined: ${take}.`],
  ["a history in the place of a run", ({ sheet, text }) => sheet.select(sheet.history(text)), `sheet.select takes a run, and this is a list of 1: ${take}.`],
  ["a run of another sheet", ({ sheet, graph, text }) => sheet.select({ ...graph.sheet().history(text as never)[0], id: "elsewhere-1" }), `The run 'elsewhere-1' is none of this sheet's: ${take}.`],
  ["a choice of what is none", ({ sheet, text }) => sheet.choose(text, 0), "'Text' is not a choice, so it has no variants."],
  ["a variant out of range", ({ sheet, voice }) => sheet.choose(voice, 2), "The choice 'Voice' has no variant 2; choose one of its nodes, or 0 to 1. There is: 'Quick', 'Careful'."],
  ["half a variant", ({ sheet, voice }) => sheet.choose(voice, 0.5), "The choice 'Voice' has no variant 0.5; choose one of its nodes, or 0 to 1. There is: 'Quick', 'Careful'."],
  ["a variant by its name", ({ sheet, voice }) => sheet.choose(voice, "Carefull"), "The choice 'Voice' has no variant the text \"Carefull\"; choose one of its nodes, or 0 to 1. There is: 'Quick', 'Careful'. Did you mean 'Careful'?"],
  ["a node that is no variant", ({ sheet, voice, text }) => sheet.choose(voice, text), "The choice 'Voice' has no variant 'Text'; choose one of its nodes, or 0 to 1. There is: 'Quick', 'Careful'."],
  ["an answer to what is no question", ({ sheet, text }) => sheet.answer(text, true), "Text is not a step that a person answers: an answer is taken while its port is pending."],
  ["an answer that will not do", ({ sheet, approve }) => sheet.answer(approve, "yes"), 'Approve takes true (yes) or false (no), and this is the text "yes".'],
  ["an item that is not there for an answer", ({ sheet, pick }) => sheet.answer(pick, 3), "Pick takes the index of an item, 0 to 2, and this is 3."],
  ["an item's value for an answer", ({ sheet, pick }) => sheet.answer(pick, "a"), 'Pick takes the index of an item, 0 to 2, and this is the text "a".'],
];

const pinning: readonly Row[] = [
  ["an input", ({ sheet, text }) => sheet.pin(text.inputs.text, "b"), "Text.text is an input, and a pin goes on an output of a step: set it with sheet.set instead."],
  ["the output of a card of inputs", ({ sheet, card }) => sheet.pin(card.outputs.width, 3), "Card.width is an input, and a pin goes on an output of a step: set it with sheet.set instead."],
  ["a port of another graph", ({ sheet, other }) => sheet.pin(other.outputs.y, 3), "The sheet of 'G' has no such port: Sume.y. There is: "],
  ["no port", ({ sheet }) => sheet.pin(undefined, 3), `${noPort("undefined")}`],
  ["another type", ({ sheet, text }) => sheet.pin(text.outputs.out, 3), "Text.out takes text, and this is 3."],
  ["nothing", ({ sheet, sum }) => sheet.pin(sum.outputs.total), "Sum.total takes a value, and this is undefined."],
  ["too few items", ({ sheet, twice }) => sheet.pin(twice.outputs.y, [1]), "Twice.y is scattered, so it takes a list of 3, one value per item."],
  ["one value over all items", ({ sheet, twice }) => sheet.pin(twice.outputs.y, 1), "Twice.y is scattered, so it takes a list of 3, one value per item."],
  ["an item of another type", ({ sheet, twice }) => sheet.pin(twice.outputs.y, [1, "b", 3]), 'Twice.y takes a number, and this is the text "b".'],
  ["a list that was taken apart", ({ sheet, list }) => sheet.pin(list.outputs.items.each(), [1, 2, 3]), "This port of List.items was made with .each(), and a pin goes on the output itself: pin List.items."],
  ["items that were put together", ({ sheet, twice }) => sheet.pin(twice.outputs.y.all(), [1, 2, 3]), "This port of Twice.y was made with .all(), and a pin goes on the output itself: pin Twice.y."],
  ["an item that is not there", ({ sheet, twice }) => sheet.pinItem(twice.outputs.y, 9, 3), "Twice.y has 3 items, and no item 9."],
  ["an item of what has none", ({ sheet, text }) => sheet.pinItem(text.outputs.out, 0, "b"), "Text.out has no items that are pinned one by one."],
  ["to lift what is no output", ({ sheet, text }) => sheet.unpin(text.inputs.text), "Text.text is an input, and a pin goes on an output of a step: set it with sheet.set instead."],
];

describe.each([["setting", setting], ["asking for", demands], ["selecting", selecting], ["pinning", pinning]])("%s", (_, rows) => {
  test.each(rows)("%s", async (_, act, said) => {
    const known = world();
    const before = known.stands();
    const end = await told(() => act(known));
    expect(end.endsWith("There is: ") ? end : end.replace(/There is: 'List.n'.*/s, "There is: ")).toBe(said);
    const after = known.stands();
    expect(after.signals.every((signal: unknown, i: number) => signal === before.signals[i])).toBe(true);
    expect(after).toEqual(before);
  });
});

/** What is said of a mistake, be it thrown, rejected, or the reason of a refusal. */
async function told(act: () => unknown): Promise<string> {
  try {
    const end = (await act()) as { kind?: string; why?: string } | undefined;
    return end?.kind === "refused" ? String(end.why) : `It was taken: ${JSON.stringify(end)}`;
  } catch (error) {
    return (error as Error).message;
  }
}
