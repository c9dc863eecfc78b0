/** A graph of one's own and its tests. Nobody wrote down what to do to it: the edits are drawn, and the bug is found. */
import * as fc from "fast-check";
import { FnNode, Graph, ui } from "millrace";
import { apply, differences, edits, held, ledger, values } from "millrace/testing";
import { expect, test } from "vitest";

const dictionary = new Map([
  ["wasser", "water"],
  ["rad", "wheel"],
]);
const lookUp = async (word: string) => dictionary.get(word) ?? word;

/** The graph under test. The planted bug: all runs fill one list, which does no harm until two of them overlap. */
function translation({ planted }: { planted: boolean }) {
  const oneForAll: string[] = [];
  const translate = new FnNode(
    async ({ text }) => {
      const found = planted ? oneForAll : [];
      found.length = 0;
      for (const word of text.split(" ")) found.push(await lookUp(word));
      return found.join(" ");
    },
    { name: "Translate", inputs: { text: ui.textbox({ value: "wasser rad" }) }, outputs: { english: ui.textbox() } },
  );
  const repeat = new FnNode(({ english, times }) => Array(times).fill(english).join(", "), {
    name: "Repeat",
    inputs: { english: translate.outputs.english, times: ui.slider({ minimum: 1, maximum: 3, value: 2 }) },
    outputs: { song: ui.textbox() },
  });
  return { translate, repeat, graph: new Graph({ name: "Translation", nodes: [repeat] }) };
}

/** Whatever people do, in the middle of runs too, a settled sheet holds what computing everything anew gives. */
function consistent({ graph }: ReturnType<typeof translation>) {
  return fc.asyncProperty(edits(graph), async (drawn) => {
    const sheet = graph.sheet();
    for (const edit of drawn) await apply(sheet, edit);
    await sheet.settled();
    expect((await differences(sheet)).map(String)).toEqual([]);
    sheet.close();
  });
}

test("any edits end where computing everything anew ends", async () => {
  await fc.assert(consistent(translation({ planted: false })));
});

test("the planted bug is found, and the edits that show it shrink to one, in the middle of a run", async () => {
  const { failed, counterexample } = await fc.check(consistent(translation({ planted: true })));
  expect(failed).toBe(true);
  expect(counterexample?.[0].length).toBe(1); // [set Translate.text = ""], or [run Translate again]
});

test("a song says each word as often as it is asked to", async () => {
  const { graph, translate, repeat } = translation({ planted: false });
  const given = [values(ui.textbox()), values(ui.slider({ minimum: 1, maximum: 3 }))] as const;
  const property = fc.asyncProperty(...given, async (text, times) => {
    const sheet = graph.sheet();
    sheet.set(translate.inputs.text, text);
    sheet.set(repeat.inputs.times, times);
    await sheet.settled();
    expect(sheet.value(repeat.outputs.song)?.split(" ").length).toBe((text.split(" ").length - 1) * times + times);
    sheet.close();
  });
  await fc.assert(property, { numRuns: 20 });
});

test("writing on while a translation is under way stops it, and the song is sung once", async () => {
  const slow = held<{ text: string }, string>();
  const text = ui.textbox({ value: "wasser" });
  const translate = new FnNode(slow.fn, { name: "Translate", inputs: { text }, outputs: { english: ui.textbox() } });
  const sing = new FnNode(({ english }) => `${english}!`, {
    name: "Sing",
    inputs: { english: translate.outputs.english },
    outputs: { song: ui.textbox() },
  });
  const sheet = new Graph({ name: "Song", nodes: [sing] }).sheet();
  const ran = ledger(sheet);
  const first = await slow.started();
  sheet.set(translate.inputs.text, "rad");
  const second = await slow.started();
  expect(first.context.signal.aborted).toBe(true);
  second.finish("wheel");
  first.finish("water");
  await sheet.settled();
  expect(sheet.value(sing.outputs.song)).toBe("wheel!");
  expect(ran.take()).toEqual(["Translate", "Sing"]);
});
