/** What comes back of items whose list is not there when a sheet is opened again: they are those of the list that was there last (R5). */
import { expect, test } from "vitest";
import { FnNode, Graph, GraphNode, type Sheet, ui } from "../../src/index.ts";
import { held } from "../../src/testing.ts";
import { wordsOf } from "../support/lists.ts";
import { Lives, shownOn } from "../support/persist-lives.ts";

interface App {
  readonly graph: Graph;
}

/** A sheet is used and left; it comes back twice as it was. `again`: the second life. */
async function comesBack<A extends App>(make: () => A, use: (sheet: Sheet, app: A, lives: Lives) => unknown) {
  const [before, after, third] = [make(), make(), make()];
  const lives = new Lives();
  const sheet = lives.first(before.graph);
  await use(sheet, before, lives);
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

test("[R5] a list that was not taken apart, because it came when it was stale already, has no items when it comes back either", async () => {
  const work: ReturnType<typeof held<{ text: string }, string[]>>[] = [];
  const make = () => {
    const work_ = held<{ text: string }, string[]>();
    work.push(work_);
    const text = new FnNode(({ text }: { text: string }) => text, {
      name: "Text",
      trigger: "manual",
      inputs: { text: ui.textbox({ value: "a b" }) },
      outputs: { text: ui.textbox() },
    });
    const words = new FnNode(work_.fn, {
      name: "Words",
      inputs: { text: text.outputs.text },
      outputs: { list: ui.json<string[]>() },
    });
    const upper = new FnNode(({ word }: { word: string }) => word.toUpperCase(), {
      name: "Upper",
      inputs: { word: words.outputs.list.each() },
      outputs: { word: ui.textbox() },
    });
    return { text, words, upper, graph: new Graph({ name: "Late", nodes: [upper] }) };
  };
  const { shown, again, after } = await comesBack(make, async (sheet, { text }) => {
    await sheet.run(text);
    const run = await work[0]!.started();
    sheet.set(text.inputs.text, "c");
    run.finish(["a", "b"]);
  });
  expect(shown["out Words.list"]).toMatchObject({ kind: "stale" });
  expect(shown["items of out Upper.word"]).toEqual([]);
  again.set(after.text.inputs.text, "a b");
  await again.run(after.text);
  expect(again.value(after.upper.outputs.word.all() as never)).toEqual(["A", "B"]);
});

test("[R5] an item that was pinned and never ran says again what was pinned there last", async () => {
  const { shown } = await comesBack(
    () => {
      const words = wordsOf("a b");
      const upper = new FnNode(({ word }: { word: string }) => word.toUpperCase(), {
        name: "Upper",
        trigger: "manual",
        inputs: { word: words.outputs.list.each() },
        outputs: { word: ui.textbox() },
      });
      return { words, upper, graph: new Graph({ name: "Upper", nodes: [upper] }) };
    },
    (sheet, { words, upper }) => {
      sheet.pinItem(upper.outputs.word as never, 1, "mine" as never);
      sheet.pinItem(upper.outputs.word as never, 1, undefined as never);
      sheet.set(words.inputs.text, "a c");
    },
  );
  expect(shown["items of out Upper.word"]).toMatchObject([{ kind: "stale" }, { kind: "stale", last: "mine" }]);
});

/** `Words`, and `Letters` of each word; `Upper` is each letter with the tone of its word, and waits to be asked. */
function letters() {
  const words = wordsOf("ab cd");
  const split = new FnNode(({ word }: { word: string }) => [...word], {
    name: "Letters",
    inputs: { word: words.outputs.list.each() },
    outputs: { list: ui.json<string[]>() },
  });
  return { words, split };
}

test("[R5] lists within lists come back while one that goes with the outer ones is made anew", async () => {
  const make = () => {
    const { words, split } = letters();
    const tones = new FnNode(({ list }: { list: readonly string[] }) => list.map(() => "!"), {
      name: "Tones",
      trigger: "manual",
      inputs: { list: words.outputs.list },
      outputs: { list: ui.json<string[]>() },
    });
    const upper = new FnNode(({ letter, tone }: { letter: string; tone: string }) => letter + tone, {
      name: "Upper",
      inputs: { letter: split.outputs.list.each(), tone: tones.outputs.list.each() },
      outputs: { letter: ui.textbox() },
    });
    return { words, tones, graph: new Graph({ name: "Toned", nodes: [upper] }) };
  };
  const { shown } = await comesBack(make, async (sheet, { words, tones }) => {
    await sheet.run(tones);
    sheet.set(words.inputs.text, "ab cd e");
  });
  expect(shown["items of out Upper.letter"]).toHaveLength(2);
});

test("[R5] what was set in a graph that lives once per item is set again, though items of a list in there have gone since", async () => {
  const make = () => {
    const list = new FnNode(({ word, end }: { word: string; end: string }) => [...word, ...end], {
      name: "Letters",
      inputs: { word: ui.textbox(), end: ui.textbox({ value: "..." }) },
      outputs: { list: ui.json<string[]>() },
    });
    const upper = new FnNode(({ letter }: { letter: string }) => letter.toUpperCase(), {
      name: "Upper",
      inputs: { letter: list.outputs.list.each() },
      outputs: { letter: ui.textbox() },
    });
    const inputs = { word: list.inputs.word };
    const inner = new Graph({ name: "Inner", nodes: [upper], inputs, outputs: { letters: upper.outputs.letter } });
    const each = new GraphNode(inner, { name: "Each", inputs: { word: wordsOf("ab cd").outputs.list.each() } });
    return { list, each, graph: new Graph({ name: "Spelt", nodes: [each] }) };
  };
  const { shown } = await comesBack(make, (sheet, { each, list }) => {
    sheet.inside(each as never, 1)?.set(list.inputs.end, "!");
  });
  expect(shown["items of out Each.letters"]).toMatchObject([{ value: [..."AB..."] }, { value: [..."CD!"] }]);
});

test("[R5] the list of a graph that lives once per item says again what it was, and why it is stale", async () => {
  const make = () => {
    const list = new FnNode(({ word }: { word: string }) => [...word], {
      name: "Letters",
      inputs: { word: ui.textbox() },
      outputs: { list: ui.json<string[]>() },
    });
    const upper = new FnNode(({ letter }: { letter: string }) => letter.toUpperCase(), {
      name: "Upper",
      trigger: "manual",
      inputs: { letter: list.outputs.list.each() },
      outputs: { letter: ui.textbox() },
    });
    const inputs = { word: list.inputs.word };
    const inner = new Graph({ name: "Inner", nodes: [upper], inputs, outputs: { letters: upper.outputs.letter } });
    const { words } = letters();
    const each = new GraphNode(inner, { name: "Each", inputs: { word: words.outputs.list.each() } });
    return { words, each, graph: new Graph({ name: "Spelt", nodes: [each] }) };
  };
  const { shown } = await comesBack(make, async (sheet, { words, each }, lives) => {
    await sheet.run(each);
    lives.save();
    sheet.set(words.inputs.text, "ab ce");
  });
  expect(shown["items of out Each.letters"]).toMatchObject([
    { kind: "ready", value: ["A", "B"] },
    { kind: "stale", last: ["C", "D"], because: "set Words.text" },
  ]);
});
