/** What comes back of items when a sheet is opened again: each stands where it stood, whatever its equals in the list have done (R5, S2). */
import { describe, expect, test } from "vitest";
import { ChoiceNode, FnNode, Graph, GraphNode, type Run, type ScatteredPort, type Sheet, ui } from "../../src/index.ts";
import { held } from "../../src/testing.ts";
import { wordsOf } from "../support/lists.ts";
import { Lives, shownOn } from "../support/persist-lives.ts";

/** `Words -> Draw (each) -> Join`: what Draw gives is another value each time; `ran` are the words that it drew. */
function drawing(text: string, trigger: "auto" | "manual" = "auto") {
  const ran: string[] = [];
  const words = wordsOf(text);
  const draw = new FnNode(
    async ({ word }: { word: string }) => {
      ran.push(word);
      if (word === "bad") throw new Error("no such word");
      return `${word}${drawn++}`;
    },
    { name: "Draw", trigger, inputs: { word: words.outputs.list.each() }, outputs: { picture: ui.textbox() } },
  );
  const join = new FnNode(({ all }: { all: string[] }) => all.join("-"), {
    name: "Join",
    inputs: { all: draw.outputs.picture.all() },
    outputs: { text: ui.textbox() },
  });
  return { words, draw, join, ran, graph: new Graph({ name: "Drawing", nodes: [join] }) };
}
let drawn = 0;

function picturesOf(sheet: Sheet, { draw }: ReturnType<typeof drawing>): readonly unknown[] {
  return shownOn(sheet)[`items of out ${draw.name}.picture`] as readonly unknown[];
}

/** Two lives of a sheet: what was done in the first, and the second. */
async function livesOf(
  text: string,
  done: (sheet: Sheet, app: ReturnType<typeof drawing>) => unknown,
  trigger?: "manual",
) {
  const [before, after] = [drawing(text, trigger), drawing(text, trigger)];
  const lives = new Lives();
  const sheet = lives.first(before.graph);
  await done(sheet, before);
  await sheet.settled();
  const shown = shownOn(sheet);
  lives.compact();
  const again = lives.next(after.graph);
  return { lives, sheet, before, shown, again, after };
}

describe("items that are equal", () => {
  test("[R5] an item that waits to be asked waits again, though its equal in the list has been run on the way to another node", async () => {
    const make = () => {
      const letters = new FnNode(() => ["a", "a"], { name: "Letters", outputs: { list: ui.json<string[]>() } });
      const upper = new FnNode(({ letter }: { letter: string }) => letter.toUpperCase(), {
        name: "Upper",
        trigger: "manual",
        inputs: { letter: letters.outputs.list.each() },
        outputs: { letter: ui.textbox() },
      });
      const twice = new FnNode(({ letter }: { letter: string }) => letter + letter, {
        name: "Twice",
        trigger: "manual",
        inputs: { letter: upper.outputs.letter },
        outputs: { text: ui.textbox() },
      });
      return { upper, twice, graph: new Graph({ name: "Letters", nodes: [twice] }) };
    };
    const [before, after] = [make(), make()];
    const lives = new Lives();
    const sheet = lives.first(before.graph);
    await sheet.run(before.twice, { items: [1] });
    const shown = shownOn(sheet);
    const kinds = (name: string) => (shown[`items of out ${name}`] as { kind: string }[]).map(({ kind }) => kind);
    expect(kinds("Upper.letter")).toEqual(["stale", "ready"]);
    const again = lives.next(after.graph);
    expect(shownOn(again)).toEqual(shown);
    expect(again.history(after.upper)).toHaveLength(1);
    // And the answer is known still: asked, it is given without a run.
    await again.run(after.upper);
    expect(again.history(after.upper)).toHaveLength(1);
    expect(again.value(after.upper.outputs.letter.all() as never)).toEqual(["A", "A"]);
  });

  test("[R5] items with equal inputs each come back with what their own run gave, and so does what was made of them", async () => {
    const { again, after, shown } = await livesOf("a a", () => undefined);
    expect(new Set(picturesOf(again, after).map((one) => (one as { value: string }).value)).size).toBe(2);
    expect(shownOn(again)).toEqual(shown);
    expect(after.ran).toEqual([]);
  });

  test("[R5, S2] they do so after they have moved", async () => {
    const { lives, again, after, shown } = await livesOf("a a", (sheet, { words }) =>
      sheet.set(words.inputs.text, "b a a"),
    );
    expect(shownOn(again)).toEqual(shown);
    again.set(after.words.inputs.text, "a b a");
    await again.settled();
    const moved = shownOn(again);
    expect(after.ran).toEqual([]);
    const third = drawing("a a");
    expect(shownOn(lives.next(third.graph))).toEqual(moved);
  });
});

describe("where an item stood", () => {
  test("[R5, R7] an item for which an old run was chosen shows it again", async () => {
    const { again, after, shown } = await livesOf("a b", async (sheet, { draw }) => {
      await sheet.settled();
      await sheet.run(draw, { items: [1], again: true });
      sheet.select(sheet.history(draw).find(({ inputs }) => inputs.word === "b")!);
    });
    expect(shownOn(again)).toEqual(shown);
    expect(after.ran).toEqual([]);
  });

  test("[R5] an item that was cancelled rests again, and the one beside it is as it was", async () => {
    const { again, after, shown } = await livesOf(
      "a b c",
      async (sheet, { draw, words }) => {
        await sheet.run(draw);
        sheet.set(words.inputs.text, "a bad c");
        const end = sheet.run(draw);
        sheet.cancel(draw);
        await end;
      },
      "manual",
    );
    expect(shownOn(again)).toEqual(shown);
    expect(after.ran).toEqual([]);
  });

  test("[R5, R8] a stale item says again why, and what it gave last", async () => {
    const { again, after, shown } = await livesOf(
      "a b",
      async (sheet, { draw, words }) => {
        await sheet.run(draw);
        sheet.set(words.inputs.text, "a c");
      },
      "manual",
    );
    expect(shownOn(again)).toEqual(shown);
    expect(picturesOf(again, after)[1]).toMatchObject({ kind: "stale", because: "set Words.text" });
  });

  test("[R5] what is pinned over items lies over them again, though the list is not whole", async () => {
    const { again, after, shown } = await livesOf(
      "a b",
      (sheet, { draw, words }) => {
        sheet.pin(draw.outputs.picture, ["A", "B"] as never);
        sheet.set(words.inputs.text, "a c b");
      },
      "manual",
    );
    expect(shownOn(again)).toEqual(shown);
    expect(picturesOf(again, after).map((one) => (one as { kind: string }).kind)).toEqual(["ready", "stale", "ready"]);
  });

  test("[R5] items stand again where their list is not there yet", async () => {
    const work = held<{ text: string }, string[]>();
    const make = () => {
      const words = new FnNode(work.fn, {
        name: "Words",
        trigger: "manual",
        inputs: { text: ui.textbox({ value: "a b" }) },
        outputs: { list: ui.json<string[]>() },
      });
      const upper = new FnNode(({ word }: { word: string }) => word.toUpperCase(), {
        name: "Upper",
        inputs: { word: words.outputs.list.each() },
        outputs: { word: ui.textbox() },
      });
      return { words, upper, graph: new Graph({ name: "Words", nodes: [upper] }) };
    };
    const [before, after] = [make(), make()];
    const lives = new Lives();
    const sheet = lives.first(before.graph);
    const end = sheet.run(before.words);
    (await work.started()).finish(["a", "b"]);
    await end;
    sheet.set(before.words.inputs.text, "c");
    const shown = shownOn(sheet);
    expect(shown["items of out Upper.word"]).toHaveLength(2);
    expect(shownOn(lives.next(after.graph))).toEqual(shown);
  });

  test("what is told of items costs what changed: one of a thousand rewrites its neighbours alone, and opening rewrites nothing", () => {
    const make = () => {
      const list = new FnNode(({ n }: { n: number }) => Array.from({ length: 1000 }, (_, i) => (i === 500 ? n : i)), {
        name: "List",
        inputs: { n: ui.number({ value: -1 }) },
        outputs: { list: ui.json<number[]>() },
      });
      const twice = new FnNode(({ x }: { x: number }) => 2 * x, {
        name: "Twice",
        inputs: { x: list.outputs.list.each() },
        outputs: { y: ui.number() },
      });
      return { list, graph: new Graph({ name: "Many", nodes: [twice] }) };
    };
    const lives = new Lives();
    const [before, after] = [make(), make()];
    const sheet = lives.first(before.graph);
    const told = () => [...lives.save().facts].filter(([, fact]) => fact?.kind === "items");
    expect(told()).toHaveLength(16);
    sheet.set(before.list.inputs.n, -2);
    expect(told()).toHaveLength(1);
    const again = lives.next(after.graph);
    expect(told()).toHaveLength(0);
    again.set(after.list.inputs.n, -3);
    expect(told()).toHaveLength(1);
  });
});

describe("graphs that live once per item", () => {
  /** `Words -> Each (each)`: inside, `Add` puts a tone behind a word, and a choice does so quietly or loudly. */
  function graphs() {
    const ran: string[] = [];
    const words = wordsOf("a b");
    const add = new FnNode(
      ({ word, tone }: { word: string; tone: string }) => {
        ran.push(word + tone);
        return word + tone;
      },
      {
        name: "Add",
        inputs: { word: ui.textbox(), tone: ui.textbox({ value: "." }) },
        outputs: { text: ui.textbox() },
      },
    );
    const voice = (name: string, make: (text: string) => string) =>
      new FnNode(({ text }: { text: string }) => make(text), {
        name,
        inputs: { text: add.outputs.text },
        outputs: { text: ui.textbox() },
      });
    const [quiet, loud] = [voice("Quiet", (text) => text), voice("Loud", (text) => text.toUpperCase())];
    const choice = new ChoiceNode([quiet, loud], { name: "Voice" });
    const inner = new Graph({
      name: "Inner",
      nodes: [choice],
      inputs: { word: add.inputs.word },
      outputs: { text: choice.outputs.text },
    });
    const each = new GraphNode(inner, { name: "Each", inputs: { word: words.outputs.list.each() } });
    return { words, add, loud, choice, each, ran, graph: new Graph({ name: "Graphs", nodes: [each] }) };
  }
  const texts = (sheet: Sheet) =>
    (shownOn(sheet)["items of out Each.text"] as { value: string }[]).map(({ value }) => value);

  test("[R5] what was set and chosen for one of them is set and chosen again for that one, wherever its item has moved", () => {
    const lives = new Lives();
    const [before, after, third] = [graphs(), graphs(), graphs()];
    const sheet = lives.first(before.graph);
    sheet.inside(before.each as never, 1)?.set(before.add.inputs.tone, "?");
    sheet.inside(before.each as never, 0)?.choose(before.choice, before.loud);
    expect(texts(sheet)).toEqual(["A.", "b?"]);
    const again = lives.next(after.graph);
    expect(shownOn(again)).toEqual(shownOn(sheet));
    expect(after.ran).toEqual([]);
    again.set(after.words.inputs.text, "c a b");
    expect(texts(again)).toEqual(["c.", "A.", "b?"]);
    lives.compact();
    expect(texts(lives.next(third.graph))).toEqual(["c.", "A.", "b?"]);
    expect(third.ran).toEqual([]);
  });

  test("[R7] the runs of items that are here no more are history, and one that is chosen has its list back", () => {
    const lives = new Lives();
    const [before, after] = [graphs(), graphs()];
    const sheet = lives.first(before.graph);
    sheet.set(before.words.inputs.text, "c");
    lives.compact();
    const again = lives.next(after.graph);
    const runs = again.inside(after.each as never, 0)?.history(after.add) ?? [];
    expect(runs.map(({ inputs }) => inputs.word)).toEqual(["a", "b", "c"]);
    again.inside(after.each as never, 0)?.select(runs[1]!);
    expect(again.value(after.words.inputs.text)).toBe("a b");
    expect(texts(again)).toEqual(["a.", "b."]);
    expect(after.ran).toEqual([]);
  });

  test("[R5] an item that comes where another has gone begins as the app has it", () => {
    const lives = new Lives();
    const [before, after, third] = [graphs(), graphs(), graphs()];
    const sheet = lives.first(before.graph);
    sheet.inside(before.each as never, 1)?.set(before.add.inputs.tone, "?");
    sheet.set(before.words.inputs.text, "a");
    const again = lives.next(after.graph);
    again.set(after.words.inputs.text, "a c");
    expect(texts(again)).toEqual(["a.", "c."]);
    expect(texts(lives.next(third.graph))).toEqual(["a.", "c."]);
  });
});

test("[R5, R7] an old run that was given what lay over an item brings that back, with its list, in a later life", async () => {
  const app = () => {
    const lists = new FnNode(({ which }: { which: number }) => (which === 0 ? [1, 2] : [7]), {
      name: "Listed",
      inputs: { which: ui.number({ value: 0 }) },
      outputs: { list: ui.json<number[]>() },
    });
    const each = (n: ScatteredPort<number>, name: string) =>
      new FnNode(({ n }: { n: number }) => n + 1, { name, inputs: { n }, outputs: { n: ui.number() } });
    const first = each(lists.outputs.list.each(), "First");
    const second = each(first.outputs.n, "Second");
    return { lists, first, second, graph: new Graph({ name: "Laid over", nodes: [second] }) };
  };
  const [before, after] = [app(), app()];
  const lives = new Lives();
  const sheet = lives.first(before.graph);
  sheet.pinItem(before.first.outputs.n, 1, 40);
  sheet.set(before.lists.inputs.which, 1);
  lives.compact();
  const again = lives.next(after.graph);
  again.select(again.history(after.second).find(({ inputs }) => inputs.n === 40) as Run);
  expect([again.value(after.lists.outputs.list), again.value(after.second.outputs.n.all())]).toEqual([
    [1, 2],
    [3, 41],
  ]);
});
