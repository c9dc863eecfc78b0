/** What comes back of items whose list is not there when a sheet is opened again: they are those of the list that was there last (R5). */
import { expect, test } from "vitest";
import { FnNode, Graph, type Sheet, ui } from "../../src/index.ts";
import { wordsOf } from "../support/lists.ts";
import { Lives, shownOn } from "../support/persist-lives.ts";

interface App {
  readonly graph: Graph;
}

/** A sheet is used and left; it comes back twice as it was. `again`: the second life. */
async function comesBack<A extends App>(make: () => A, use: (sheet: Sheet, app: A) => unknown) {
  const [before, after, third] = [make(), make(), make()];
  const lives = new Lives();
  const sheet = lives.first(before.graph);
  await use(sheet, before);
  await sheet.settled();
  const shown = shownOn(sheet);
  lives.compact();
  const again = lives.next(after.graph);
  expect(shownOn(again)).toEqual(shown);
  lives.compact();
  expect(shownOn(lives.next(third.graph))).toEqual(shown);
  return { shown, again: lives.next(after.graph), after };
}

/** `Script -> Speak (each)`: the script is written when it is asked for. */
function script() {
  const write = new FnNode(({ topic }: { topic: string }) => [{ text: `${topic} 1` }], {
    name: "Script",
    trigger: "manual",
    inputs: { topic: ui.textbox({ value: "water" }) },
    outputs: { lines: ui.itemList({ text: ui.textbox() }) },
  });
  const speak = new FnNode(({ text }: { text: string }) => `${text}!`, {
    name: "Speak",
    inputs: { text: write.outputs.lines.each("text") },
    outputs: { said: ui.textbox() },
  });
  return { write, speak, graph: new Graph({ name: "Script", nodes: [speak] }) };
}

test("[R5] what is pinned over the item of a row that a person added lies there again, though the edit has given way since", async () => {
  const { shown, again, after } = await comesBack(script, async (sheet, { write, speak }) => {
    await sheet.run(write);
    sheet.pin(write.outputs.lines, [{ text: "water 1" }, { text: "wine" }]);
    sheet.pinItem(speak.outputs.said as never, 1, "Cheers!" as never);
    sheet.set(write.inputs.topic, "fire");
  });
  expect(shown["out Script.lines"]).toMatchObject({ kind: "stale", last: [{ text: "water 1" }] });
  expect(shown["items of out Speak.said"]).toMatchObject([{ kind: "stale", last: "water 1!" }, { value: "Cheers!" }]);
  // The list is there again, and its items are the ones that were there.
  await again.run(after.write);
  expect(shownOn(again)["items of out Speak.said"]).toMatchObject([{ value: "fire 1!" }]);
});

/** `Words -> Tone (manual)`, and `Pair` of each word with each tone. */
function pairs() {
  const words = wordsOf("a b");
  const tones = new FnNode(({ list, tone }: { list: readonly string[]; tone: string }) => list.map(() => tone), {
    name: "Tones",
    trigger: "manual",
    inputs: { list: words.outputs.list, tone: ui.textbox({ value: "!" }) },
    outputs: { list: ui.json<string[]>() },
  });
  const pair = new FnNode(({ word, tone }: { word: string; tone: string }) => word + tone, {
    name: "Pair",
    inputs: { word: words.outputs.list.each(), tone: tones.outputs.list.each() },
    outputs: { text: ui.textbox() },
  });
  return { words, tones, pair, graph: new Graph({ name: "Pairs", nodes: [pair] }) };
}

test("[R5, S2] items of two lists come back while one of those is made anew, though the other has changed since", async () => {
  const { shown, again, after } = await comesBack(pairs, async (sheet, { words, tones, pair }) => {
    await sheet.run(tones);
    sheet.pinItem(pair.outputs.text as never, 1, "mine" as never);
    sheet.set(words.inputs.text, "c a d e");
  });
  expect(shown["items of out Pair.text"]).toMatchObject([{ kind: "stale", last: "a!" }, { value: "mine" }]);
  await again.run(after.tones);
  expect(shownOn(again)["items of out Pair.text"]).toMatchObject(["c!", "a!", "d!", "e!"].map((value) => ({ value })));
});
