/**
 * Mistakes that show while a sheet lives, or while one is opened or called: what a function gives that will not do, lists that
 * do not fit, a graph called wrongly, a sheet that is closed. Each is told in full; everything beside it goes on, and mended it is forgotten.
 */

// biome-ignore-all format: a table is read line by line

import { describe, expect, test } from "vitest";
import { FnNode, Graph, GraphError, type Sheet, ui } from "../../src/index.ts";
import { thrownBy } from "../nodes/plain.ts";
import { fn, type Loose } from "../support/loose.ts";

type Give = () => unknown;
interface Function { readonly mistake: string; readonly give: Give; readonly said: string; readonly advice?: string; readonly options?: object }

const run = "Look at the inputs and at the function, then run it again.";
const two = { outputs: { y: null, z: null } };

const functions: readonly Function[] = [
  { mistake: "nothing", give: () => undefined, said: "The output 'y' should be a value, and it was undefined.", advice: "Let the function return a value for 'y'." },
  { mistake: "another type", give: () => 5, said: "The output 'y' should be text, and it was 5.", advice: "Let the function return text for 'y'.", options: { outputs: { y: ui.textbox() } } },
  { mistake: "a file that is not there", give: () => "/nowhere/a.png", said: "The output 'y' should be a file that can be read, and it was the text \"/nowhere/a.png\".", advice: "Let the function return a file that can be read for 'y'.", options: { outputs: { y: ui.image() } } },
  { mistake: "one value for several outputs", give: () => 5, said: "The output 'y' should be part of an object with the keys 'y', 'z', and it was 5.", advice: "Let the function return part of an object with the keys 'y', 'z' for 'y'.", options: two },
  { mistake: "a part of several outputs", give: () => ({ y: 1 }), said: "The output 'z' should be a value, and it was undefined.", advice: "Let the function return a value for 'z'.", options: two },
  { mistake: "what is thrown", give: () => { throw new Error("no water"); }, said: "no water.", advice: run },
  { mistake: "a text that is thrown", give: () => { throw "no water"; }, said: "no water.", advice: run },
  { mistake: "nothing that is thrown", give: () => Promise.reject(undefined), said: "It threw undefined.", advice: run },
  { mistake: "an iterable of nothing", give: async function* () {}, said: "The output 'y' should be a value, and it was undefined.", advice: "Let the function return a value for 'y'." },
  { mistake: "a promise that never settles, with a timeout", give: () => new Promise(() => undefined), said: "No answer within 20 ms.", advice: "Run it again, or give the node a longer timeout.", options: { timeout: 20 } },
  { mistake: "a class in the place of a function", give: class Water {} as never, said: "Class constructor Water cannot be invoked without 'new'.", advice: run },
];

describe("a function that gives", () => {
  test.each(functions)("$mistake", async ({ give, said, advice, options }) => {
    const go = ui.checkbox();
    const node = fn(({ go }: { go: boolean }) => (go ? give() : undefined), { name: "Step", inputs: { go }, outputs: { y: null }, ...options });
    const beside = fn(({ go }: { go: boolean }) => `beside ${go}`, { name: "Beside", inputs: { go }, outputs: { y: null } });
    const sheet = new Graph({ name: "G", nodes: [node, beside] }).sheet();
    sheet.set(node.inputs.go, true);
    await sheet.settled();
    const now = sheet.signal(node.outputs.y);
    expect(now).toMatchObject({ kind: "failed", failure: { message: said, advice } });
    expect(sheet.value(beside.outputs.y)).toBe("beside true");
    expect(await sheet.run(node)).toMatchObject({ kind: "failed", failure: { message: said } });
    sheet.close();
  });
});

const source = (name: string, value: unknown) => fn(() => value, { name, outputs: { y: null } }).outputs.y;
const each = (inputs: object) => fn((given: object) => Object.values(given).join(), { name: "Each", inputs, outputs: { y: null } });
const fix = "Retry the failed ones; what the others gave is kept.";

const lists: readonly { readonly mistake: string; readonly node: () => Loose; readonly said: string; readonly advice: string; readonly item?: string }[] = [
  { mistake: "of unequal length", node: () => each({ a: source("A", [1, 2, 3]).each(), b: source("B", [1, 2]).each() }), said: "The input 'b' should be as long as 'a' (3 items), because both are scattered, and it was a list of 2.", advice: "Look at what feeds 'b'." },
  { mistake: "that are none", node: () => each({ a: source("A", 5).each() }), said: "A.y is scattered, so it should be a list, and it was 5.", advice: "Let A give a list there, or take the port without .each()." },
  { mistake: "that are a text", node: () => each({ a: source("A", "abc").each() }), said: 'A.y is scattered, so it should be a list, and it was the text "abc".', advice: "Let A give a list there, or take the port without .each()." },
  { mistake: "of lists that are none", node: () => each({ a: source("A", [[1], 2]).each().each() }), said: "1 of 2 items failed: 2.", advice: fix, item: "An item of A is scattered, so it should be a list, and it was 2." },
  { mistake: "with a hole", node: () => each({ a: source("A", [1, undefined, 3]).each() }), said: "1 of 3 items failed: 2.", advice: fix, item: "A.y has nothing in this place of its list." },
  { mistake: "with an item that lacks the field", node: () => each({ a: source("A", [{ text: "a" }, {}]).each("text") }), said: "1 of 2 items failed: 2.", advice: fix, item: "A.y is scattered by its field 'text', and this item has none." },
];

describe("lists", () => {
  test.each(lists)("$mistake", async ({ node: make, said: message, advice, item }) => {
    const node = make();
    const end = await new Graph({ name: "G", nodes: [node] }).sheet().run(node);
    expect(end).toMatchObject({ kind: "failed", failure: { message, advice } });
    if (item === undefined || end.kind !== "failed" || end.failure.reason !== "item-failed") return expect(item).toBeUndefined();
    const [failure] = end.failure.items.values();
    expect(deepest(failure)).toBe(item);
  });
});

/** What went wrong first. */
function deepest(failure: unknown): unknown {
  const { items, message } = failure as { items?: ReadonlyMap<number, unknown>; message: string };
  return items ? deepest([...items.values()][0]) : message;
}

const shout = new FnNode(({ text, times }: { text: string; times: number }) => text.repeat(times), { name: "Shout", inputs: { text: ui.textbox(), times: ui.number({ value: 1 }) }, outputs: { loud: ui.textbox() } });
const shouting = new Graph({ name: "Shouting", nodes: [shout], inputs: { text: shout.inputs.text, times: shout.inputs.times }, outputs: { loud: shout.outputs.loud } });
const call = (...given: unknown[]) => (shouting.call as (...given: unknown[]) => Promise<unknown>)(...given);

const calls: readonly (readonly [mistake: string, act: () => Promise<unknown>, said: string])[] = [
  ["without an input", () => call({ times: 2 }), "Shout needs 'text', and it is empty: set it first. Of the inputs of 'Shouting' 'text' has no value: call({ text: ... })."],
  ["with an input of nothing", () => call({ text: undefined }), "Shout needs 'text', and it is empty: set it first. Of the inputs of 'Shouting' 'text' has no value: call({ text: ... })."],
  ["with an input that it does not name", () => call({ text: "a", tmies: 2 }), "The graph 'Shouting' names no input 'tmies'. There is: 'text', 'times'. Did you mean 'times'?"],
  ["with an input of another type", () => call({ text: 5 }), "Shout.text takes text, and this is 5."],
  ["with a value that has no name", () => call("a"), "The graph 'Shouting' is called with its inputs by name, call({ text: ... }), and this is the text \"a\". There is: 'text', 'times'."],
  ["with values in a list", () => call(["a", 2]), "The graph 'Shouting' is called with its inputs by name, call({ text: ... }), and this is a list of 2. There is: 'text', 'times'."],
  ["with null", () => call(null), "The graph 'Shouting' is called with its inputs by name, call({ text: ... }), and this is null. There is: 'text', 'times'."],
  ["with a controller in the place of its signal", () => call({ text: "a" }, { signal: new AbortController() }), "The option 'signal' of a call is an AbortSignal, e.g. new AbortController().signal, and this is an AbortController."],
  ["with an option that there is not", () => call({ text: "a" }, { timeout: 5 }), "The call of 'Shouting' has no option 'timeout'. There is: 'signal'."],
];

describe("a graph called", () => {
  test.each(calls)("%s", async (_, act, said) => {
    const error = await act().then(() => undefined, (error: unknown) => error);
    expect(error).toBeInstanceOf(GraphError);
    expect((error as Error).message).toBe(said);
    expect(await shouting.call({ text: "a", times: 2 })).toEqual({ loud: "aa" });
  });

  test("that names no outputs runs for what it does", async () => {
    const done: string[] = [];
    const first = new FnNode(() => "first", { name: "First", outputs: { y: null } });
    const last = new FnNode(({ y }: { y: unknown }) => void done.push(`last after ${y}`), { name: "Last", trigger: "manual", inputs: { y: first.outputs.y }, outputs: {} });
    expect(await new Graph({ name: "G", nodes: [last] }).call()).toEqual({});
    expect(done).toEqual(["last after first"]);
  });
});

const open = (options: unknown) => () => shouting.sheet(options as never);
const openings: readonly (readonly [mistake: string, act: () => unknown, said: string])[] = [
  ["with a memory of less than nothing", open({ memory: { runs: -1 } }), "A sheet's memory is bounded by numbers from 0 on, e.g. { runs: 1000, bytes: 2 ** 28 }, and 'runs' is -1."],
  ["with a memory that is bounded in words", open({ memory: { bytes: "1 MB" } }), "A sheet's memory is bounded by numbers from 0 on, e.g. { runs: 1000, bytes: 2 ** 28 }, and 'bytes' is the text \"1 MB\"."],
  ["with a memory in one number", open({ memory: 100 }), "A sheet's memory takes options by name, { runs: ..., bytes: ... }, and this is 100."],
  ["with a memory bounded by what there is not", open({ memory: { run: 5 } }), "A sheet's memory has no option 'run'. There is: 'runs', 'bytes'. Did you mean 'runs'?"],
  ["with an option that there is not", open({ nmae: "A" }), "graph.sheet() has no option 'nmae'. There is: 'name', 'memory', 'begin'. Did you mean 'name'?"],
  ["with a name that is no text", open({ name: 5 }), 'The name of a sheet is a text, e.g. name: "Draft", and this is 5.'],
];

describe("a sheet opened", () => {
  test.each(openings)("%s", (_, act, said) => {
    expect((thrownBy(act) as Error).message).toBe(said);
  });
});

describe("a closed sheet", () => {
  const closed = "This sheet is closed: open another with graph.sheet().";
  test.each<[string, (sheet: Sheet) => unknown]>([
    ["is not set", (sheet) => sheet.set(shout.inputs.text, "a")],
    ["takes no batch", (sheet) => sheet.batch(() => 1)],
    ["selects nothing", (sheet) => sheet.select("x" as never)],
    ["takes no pin", (sheet) => sheet.pin(shout.outputs.loud, "A")],
    ["lifts no pin", (sheet) => sheet.unpin(shout.outputs.loud)],
    ["is not swept", (sheet) => sheet.sweep(shout.inputs.text, ["a"], shout)],
  ])("%s", async (_, act) => {
    const sheet = shouting.sheet();
    sheet.set(shout.inputs.text, "water");
    sheet.close();
    await expect((async () => act(sheet))()).rejects.toThrow(closed);
    expect(await sheet.run(shout)).toEqual({ kind: "refused", why: "The sheet is closed." });
    expect(sheet.value(shout.outputs.loud)).toBe("water");
  });
});

describe("what is gone, or was never asked for", () => {
  test("a run that was forgotten", () => {
    const sheet = shouting.sheet({ memory: { runs: 1 } });
    sheet.set(shout.inputs.text, "a");
    const [first] = sheet.history(shout);
    for (const text of ["b", "c", "d"]) sheet.set(shout.inputs.text, text);
    const said = `This sheet remembers no run '${first?.id}': take one of sheet.history(node), or its id. It has not ended, or was forgotten: those used least go first (graph.sheet({ memory: { runs, bytes } })).`;
    expect((thrownBy(() => sheet.select(first as never)) as Error).message).toBe(said);
    expect(sheet.value(shout.outputs.loud)).toBe("d");
  });
});
