/** What comes back when a sheet is opened again: by another version of the app, after a stop in the middle of a run, with items, choices and people. */
import { describe, expect, test } from "vitest";
import { backstageOf } from "../../src/engine/run.ts";
import { Approve, ChoiceNode, FnNode, Graph, GraphNode, type Sheet, ui } from "../../src/index.ts";
import { held } from "../../src/testing.ts";
import { givenNumbers, wordsOf } from "../support/lists.ts";
import { historyOf, Lives, shownOn } from "../support/persist-lives.ts";

/** `x -> Double -> Label`, both written down in `ran`; `times` is a constant of Double. */
function app({ times = 2, label = (d: number) => `it is ${d}`, extra = false, drop = false } = {}) {
  const ran: string[] = [];
  const double = new FnNode(
    ({ x, times }: { x: number; times: number }) => {
      ran.push(`double ${x}`);
      return x * times;
    },
    { name: "Double", inputs: { x: ui.number({ value: 1 }), times }, outputs: { d: ui.number() } },
  );
  const words = new FnNode(
    ({ d }: { d: number }) => {
      ran.push(`label ${d}`);
      return label(d);
    },
    {
      name: extra ? "Renamed" : "Label",
      inputs: { d: double.outputs.d },
      outputs: { text: ui.textbox() },
    },
  );
  const graph = new Graph({ name: "App", nodes: drop ? [double] : [words] });
  return { graph, double, words, ran };
}

describe("another version of the app", () => {
  test("[R5, R8] a constant that changed makes its node stale because of its definition, with its last value, and nothing runs", () => {
    const [before, after] = [app(), app({ times: 3 })];
    const lives = new Lives();
    lives.first(before.graph).set(before.double.inputs.x, 5);
    const sheet = lives.next(after.graph);
    expect(sheet.signal(after.double.outputs.d)).toEqual({
      kind: "stale",
      last: 10,
      because: { change: "definition" },
    });
    expect(sheet.signal(after.words.outputs.text)).toMatchObject({ kind: "stale", last: "it is 10" });
    expect(sheet.value(after.double.inputs.x)).toBe(5);
    expect(after.ran).toEqual([]);
    expect(sheet.history(after.double)).toHaveLength(2);
  });

  test("[R7] the record of a run that an older definition made says what was constant then", () => {
    const lives = new Lives();
    const [before, between, after] = [app(), app({ times: 3 }), app({ times: 4 })];
    lives.first(before.graph);
    lives.next(between.graph).set(between.double.inputs.x, 5);
    lives.compact();
    const sheet = lives.next(after.graph);
    expect(sheet.history(after.double).map(({ inputs }) => inputs)).toEqual([
      { x: 1, times: 2 },
      { x: 5, times: 3 },
    ]);
    lives.compact();
    expect(lives.next(before.graph).history(before.double)).toHaveLength(2);
  });

  test("[R1] what an older definition made does not answer, and answers again for that definition", async () => {
    const lives = new Lives();
    const [one, other, oneAgain] = [app(), app({ times: 3 }), app()];
    lives.first(one.graph).set(one.double.inputs.x, 5);
    const second = lives.next(other.graph);
    await second.run(other.words);
    expect(other.ran).toEqual(["double 5", "label 15"]);
    second.set(other.double.inputs.x, 1);
    expect(other.ran).toEqual(["double 5", "label 15", "double 1", "label 3"]);
    const third = lives.next(oneAgain.graph);
    third.set(oneAgain.double.inputs.x, 5);
    expect(third.value(oneAgain.words.outputs.text)).toBe("it is 10");
    expect(oneAgain.ran).toEqual([]);
  });

  test("results of a node that vanished are kept aside and come back with it", () => {
    const lives = new Lives();
    const [before, without, again] = [app(), app({ drop: true }), app()];
    lives.first(before.graph).set(before.double.inputs.x, 5);
    const shown = shownOn(lives.next(before.graph));
    lives.next(without.graph);
    lives.compact();
    const sheet = lives.next(again.graph);
    expect(shownOn(sheet)).toEqual(shown);
    expect(sheet.history(again.words)).toHaveLength(2);
    expect(again.ran).toEqual([]);
  });

  test("a node of a new name is stale, and nothing runs by itself until its inputs change", () => {
    const lives = new Lives();
    const [before, after] = [app(), app({ extra: true })];
    lives.first(before.graph);
    const sheet = lives.next(after.graph);
    expect(sheet.signal(after.words.outputs.text)).toEqual({ kind: "stale", because: { change: "definition" } });
    expect(after.ran).toEqual([]);
    sheet.set(after.double.inputs.x, 7);
    expect(sheet.value(after.words.outputs.text)).toBe("it is 14");
  });

  test("a value that the input's component takes no longer gives way to the component's own", () => {
    const field = (maximum: number) => {
      const node = new FnNode(({ x }: { x: number }) => x, {
        name: "Same",
        inputs: { x: ui.slider({ minimum: 0, maximum, value: 1 }) },
        outputs: { y: ui.number() },
      });
      return { node, graph: new Graph({ name: "Field", nodes: [node] }) };
    };
    const lives = new Lives();
    const [wide, narrow, wideAgain] = [field(100), field(10), field(100)];
    lives.first(wide.graph).set(wide.node.inputs.x, 50);
    expect(lives.next(narrow.graph).value(narrow.node.inputs.x)).toBe(1);
    lives.compact();
    expect(lives.next(wideAgain.graph).value(wideAgain.node.inputs.x)).toBe(50);
  });
});

describe("stopped in the middle", () => {
  function slow(name = "Slow") {
    const work = held<{ x: number }, number>();
    const node = new FnNode(work.fn, { name, inputs: { x: ui.number({ value: 1 }) }, outputs: { y: ui.number() } });
    return { work, node, graph: new Graph({ name: "Slow", nodes: [node] }) };
  }

  test("[R5] a run under way comes back as interrupted, with its inputs, and running it again goes on", async () => {
    const lives = new Lives();
    const [before, after] = [slow(), slow()];
    const sheet = lives.first(before.graph);
    (await before.work.started()).finish(10);
    await sheet.settled();
    sheet.set(before.node.inputs.x, 2);
    await before.work.started();
    const again = lives.next(after.graph);
    expect(again.signal(after.node.outputs.y)).toMatchObject({
      kind: "failed",
      failure: { reason: "interrupted" },
      last: 10,
    });
    expect(again.history(after.node).at(-1)).toMatchObject({ outcome: "interrupted", inputs: { x: 2 } });
    expect(after.work.count).toBe(0);
    const end = again.run(after.node);
    (await after.work.started()).finish(20);
    expect(await end).toMatchObject({ kind: "ready", outputs: { y: 20 } });
    const shown = historyOf(again);
    expect(historyOf(lives.next(after.graph))).toEqual(shown);
  });

  test("[R7] the record of a run says again which revision of a Space or model answered it", async () => {
    const make = () => {
      const ask = new FnNode(
        ({ x }: { x: string }, context) => {
          backstageOf(context).answeredBy(`${x}0ffee`);
          return x;
        },
        { name: "Ask", inputs: { x: ui.textbox({ value: "c" }) }, outputs: { text: ui.textbox() } },
      );
      return { ask, graph: new Graph({ name: "Ask", nodes: [ask] }) };
    };
    const lives = new Lives();
    const [before, after] = [make(), make()];
    lives.first(before.graph).set(before.ask.inputs.x, "d");
    const again = lives.next(after.graph);
    expect(again.history(after.ask).map(({ revision }) => revision)).toEqual(["c0ffee", "d0ffee"]);
  });

  test("[I1] a person's step waits again, and is answered then", async () => {
    const asks = () => {
      const draft = new FnNode(({ x }: { x: string }) => `<${x}>`, {
        name: "Draft",
        inputs: { x: ui.textbox({ value: "a" }) },
        outputs: { text: ui.textbox() },
      });
      const approve = new Approve(draft.outputs.text, { name: "Publish?" });
      return { draft, approve, graph: new Graph({ name: "Asks", nodes: [approve] }) };
    };
    const lives = new Lives();
    const [before, between, after] = [asks(), asks(), asks()];
    lives.first(before.graph).set(before.draft.inputs.x, "b");
    lives.next(between.graph);
    const sheet = lives.next(after.graph);
    expect(sheet.signal(after.approve.outputs.output)).toMatchObject({ kind: "pending" });
    sheet.answer(after.approve, true);
    expect(sheet.value(after.approve.outputs.output)).toBe("<b>");
  });
});

test("[R7] a failed run that was chosen beneath a pin is the one shown again", async () => {
  const make = () => {
    const node = new FnNode(
      ({ x }: { x: number }): number => {
        throw new Error(`no ${x}`);
      },
      { name: "Fails", inputs: { x: ui.number({ value: 1 }) }, outputs: { y: ui.number() } },
    );
    return { node, graph: new Graph({ name: "Fails", nodes: [node] }) };
  };
  const lives = new Lives();
  const [before, after] = [make(), make()];
  const sheet = lives.first(before.graph);
  await sheet.run(before.node);
  sheet.pin(before.node.outputs.y, 7);
  lives.save();
  const [first] = sheet.history(before.node);
  sheet.select(first!);
  const again = lives.next(after.graph);
  expect(again.shown(after.node)?.run.id).toBe(first?.id);
  expect(shownOn(again)).toEqual(shownOn(sheet));
});

describe("many in one", () => {
  /** `items -> Upper (each) -> Join`; one word fails. */
  function scattered() {
    const ran: string[] = [];
    const words = wordsOf("a b c");
    const upper = new FnNode(
      ({ word }: { word: string }) => {
        ran.push(word);
        if (word === "bad") throw new Error("no such word");
        return word.toUpperCase();
      },
      { name: "Upper", inputs: { word: words.outputs.list.each() }, outputs: { word: ui.textbox() } },
    );
    const join = new FnNode(({ all }: { all: string[] }) => all.join("-"), {
      name: "Join",
      inputs: { all: upper.outputs.word.all() },
      outputs: { text: ui.textbox() },
    });
    return { words, upper, join, ran, graph: new Graph({ name: "Scattered", nodes: [join] }) };
  }

  test("[R5, S2] items come back each as it was, and a new item runs alone", () => {
    const lives = new Lives();
    const [before, after] = [scattered(), scattered()];
    const sheet = lives.first(before.graph);
    sheet.set(before.words.inputs.text, "a b d");
    const shown = shownOn(sheet);
    const again = lives.next(after.graph);
    expect(shownOn(again)).toEqual(shown);
    expect(again.history(after.upper)).toHaveLength(4);
    again.set(after.words.inputs.text, "a b e c");
    expect(after.ran).toEqual(["e"]);
    expect(again.value(after.join.outputs.text)).toBe("A-B-E-C");
  });

  test("[R5, S3] a failed item comes back failed, the others ready, and nothing runs", () => {
    const lives = new Lives();
    const [before, after] = [scattered(), scattered()];
    const sheet = lives.first(before.graph);
    sheet.set(before.words.inputs.text, "a bad b");
    const kinds = (one: Sheet, app: ReturnType<typeof scattered>) => {
      let kinds: readonly string[] = [];
      one.items$(app.upper.outputs.word).subscribe((items) => {
        kinds = items.map(({ kind }) => kind);
      });
      return kinds;
    };
    expect(kinds(sheet, before)).toEqual(["ready", "failed", "ready"]);
    const again = lives.next(after.graph);
    expect(kinds(again, after)).toEqual(["ready", "failed", "ready"]);
    expect(again.signal(after.upper.outputs.word)).toMatchObject({
      kind: "failed",
      failure: { reason: "item-failed" },
    });
    expect(after.ran).toEqual([]);
  });

  test("[R5, S2] what was pinned over items lies over them again, a failed one too, and nothing runs", () => {
    const lives = new Lives();
    const [before, after] = [scattered(), scattered()];
    const sheet = lives.first(before.graph);
    sheet.set(before.words.inputs.text, "a bad b");
    sheet.pin(before.upper.outputs.word, ["A", "GOOD", "B"]);
    const shown = shownOn(sheet);
    expect(sheet.value(before.join.outputs.text)).toBe("A-GOOD-B");
    const again = lives.next(after.graph);
    expect(shownOn(again)).toEqual(shown);
    expect(after.ran).toEqual([]);
    again.unpin(after.upper.outputs.word);
    expect(again.signal(after.upper.outputs.word)).toMatchObject({ failure: { reason: "item-failed" } });
  });

  test("[R7] an old run of an item that is here no more can still be shown", () => {
    const lives = new Lives();
    const [before, after] = [scattered(), scattered()];
    const sheet = lives.first(before.graph);
    sheet.set(before.words.inputs.text, "x y");
    const again = lives.next(after.graph);
    const old = again.history(after.upper).find((run) => run.inputs.word === "c");
    again.select(old!);
    expect(again.value(after.words.inputs.text)).toBe("a b c");
    expect(again.value(after.join.outputs.text)).toBe("A-B-C");
    expect(after.ran).toEqual([]);
  });

  test("[R7] an old run below a gathered list has the list back that was taken apart for it, though its items came from older ones", () => {
    const make = () => givenNumbers([1, 2], (n) => n * 2);
    const lives = new Lives();
    const [before, after] = [make(), make()];
    const sheet = lives.first(before.graph);
    for (const now of [[1, 3], [1], [5]]) sheet.set(before.given.inputs.list, now);
    lives.compact();
    const again = lives.next(after.graph);
    const shown = again.history(after.joined).map((run) => {
      again.select(run);
      return [again.value(after.given.inputs.list), again.value(after.joined.outputs.text)];
    });
    expect(shown).toEqual([
      [[1, 2], "2-4"],
      [[1, 3], "2-6"],
      [[1], "2"],
      [[5], "10"],
    ]);
  });

  test("[I1] a person's step inside a graph that lives once per item waits again, for each item, and is asked once", () => {
    const make = () => {
      const words = wordsOf("a b");
      const draft = new FnNode(({ word }: { word: string }) => `<${word}>`, {
        name: "Draft",
        inputs: { word: ui.textbox() },
        outputs: { text: ui.textbox() },
      });
      const approve = new Approve(draft.outputs.text, { name: "Publish?" });
      const inner = new Graph({
        name: "Inner",
        nodes: [approve],
        inputs: { word: draft.inputs.word },
        outputs: { text: approve.outputs.output },
      });
      const each = new GraphNode(inner, { name: "Each", inputs: { word: words.outputs.list.each() } });
      return { approve, each, graph: new Graph({ name: "Asks", nodes: [each] }) };
    };
    const kinds = (sheet: Sheet, { each }: ReturnType<typeof make>) => {
      let kinds: readonly string[] = [];
      sheet.items$(each.outputs.text as never).subscribe((items) => {
        kinds = items.map(({ kind }) => kind);
      });
      return kinds;
    };
    const lives = new Lives();
    const [before, after] = [make(), make()];
    expect(kinds(lives.first(before.graph), before)).toEqual(["pending", "pending"]);
    const sheet = lives.next(after.graph);
    expect(kinds(sheet, after)).toEqual(["pending", "pending"]);
    lives.save();
    const asked = [...lives.facts.values()].filter(({ kind }) => kind === "underway");
    expect(asked).toHaveLength(2);
    sheet.inside(after.each as never, 1)?.answer(after.approve, true);
    expect(kinds(sheet, after)).toEqual(["pending", "ready"]);
    const third = make();
    expect(kinds(lives.next(third.graph), third)).toEqual(["pending", "ready"]);
  });

  test("[C2, R5] a choice comes back with its variant, each variant with what it showed, and a pin as a pin", () => {
    const make = () => {
      const ran: string[] = [];
      const one = (name: string) =>
        new FnNode(
          ({ x }: { x: number }) => {
            ran.push(name);
            return x + 1;
          },
          {
            name,
            inputs: { x: ui.number({ value: 1 }) },
            outputs: { y: ui.number() },
          },
        );
      const [quick, careful] = [one("Quick"), one("Careful")];
      const choice = new ChoiceNode([quick, careful], { name: "Voice" });
      const end = new FnNode(({ y }: { y: number }) => -y, {
        name: "End",
        inputs: { y: choice.outputs.y },
        outputs: { z: ui.number() },
      });
      return { ran, quick, careful, choice, end, graph: new Graph({ name: "Choice", nodes: [end] }) };
    };
    const lives = new Lives();
    const [before, after] = [make(), make()];
    const sheet = lives.first(before.graph);
    sheet.choose(before.choice, before.careful);
    sheet.set(before.careful.inputs.x, 4);
    sheet.pin(before.end.outputs.z, 99);
    const again = lives.next(after.graph);
    expect(shownOn(again)).toEqual(shownOn(sheet));
    expect(after.ran).toEqual([]);
    again.unpin(after.end.outputs.z);
    expect(again.value(after.end.outputs.z)).toBe(-5);
    again.choose(after.choice, 0);
    expect(again.value(after.choice.outputs.y)).toBe(2);
    expect(after.ran).toEqual([]);
  });

  test("[R5] a graph inside a graph comes back with its runs", () => {
    const make = () => {
      const ran: string[] = [];
      const add = new FnNode(
        ({ a, b }: { a: number; b: number }) => {
          ran.push(`${a}+${b}`);
          return a + b;
        },
        {
          name: "Add",
          inputs: { a: ui.number({ value: 1 }), b: ui.number({ value: 2 }) },
          outputs: { sum: ui.number() },
        },
      );
      const inner = new Graph({
        name: "Inner",
        nodes: [add],
        inputs: { a: add.inputs.a },
        outputs: { sum: add.outputs.sum },
      });
      const [left, right] = [new GraphNode(inner, { name: "Left" }), new GraphNode(inner, { name: "Right" })];
      return { ran, left, right, graph: new Graph({ name: "Outer", nodes: [left, right] }) };
    };
    const lives = new Lives();
    const [before, after] = [make(), make()];
    const sheet = lives.first(before.graph);
    sheet.set(before.left.inputs.a, 7);
    const again = lives.next(after.graph);
    expect(again.value(after.left.outputs.sum)).toBe(9);
    expect(again.value(after.right.outputs.sum)).toBe(3);
    expect(shownOn(again)).toEqual(shownOn(sheet));
    again.set(after.left.inputs.a, 1);
    expect(again.value(after.left.outputs.sum)).toBe(3);
    expect(after.ran).toEqual([]);
  });
});
