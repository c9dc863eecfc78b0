/** A sweep runs a node over many values of an input, beside the sheet. */
import { expect, test } from "vitest";
import { Approve, ChoiceNode, FnNode, Graph, GraphNode, ui } from "../../src/index.ts";
import { held } from "../../src/testing.ts";

function painting(memory = {}) {
  const ran: number[] = [];
  const made = { bases: 0 };
  const base = new FnNode(
    async () => {
      made.bases++;
      return 10;
    },
    { name: "Base", outputs: { n: ui.number() } },
  );
  const paint = new FnNode(
    async ({ strength, base, tint }: { strength: number; base: number; tint: string }) => {
      ran.push(strength);
      if (strength > 1) throw new Error("too strong");
      return `${tint} ${strength} on ${base}`;
    },
    {
      name: "Paint",
      inputs: { strength: ui.number({ value: 0 }), base: base.outputs.n, tint: ui.textbox({ value: "blue" }) },
      outputs: { picture: ui.textbox() },
    },
  );
  const sheet = new Graph({ name: "Painting", nodes: [paint] }).sheet({ memory });
  return { base, paint, sheet, ran, made };
}

test("every value has its outcome, in order, and the sheet stays as it is", async () => {
  const { sheet, paint, base, ran } = painting();
  sheet.set(paint.inputs.tint, "red");
  sheet.pin(base.outputs.n, 99);
  await sheet.settled();
  const before = sheet.history(paint).length;
  const ends = await sheet.sweep(paint.inputs.strength, [0.5, 2, 1], paint);
  expect(ends.map((end) => (end.kind === "ready" ? end.outputs.picture : end.kind))).toEqual([
    "red 0.5 on 99",
    "failed",
    "red 1 on 99",
  ]);
  expect(sheet.value(paint.inputs.strength)).toBe(0);
  expect(sheet.value(paint.outputs.picture)).toBe("red 0 on 99");
  expect(sheet.history(paint)).toHaveLength(before);
  expect(ran).toEqual([0, 0.5, 2, 1]);
});

test.each([
  ["", {}],
  [", of a sheet that remembers nothing too", { runs: 0 }],
])("[R1] what does not depend on the input is there, and runs for no value%s", async (_, memory) => {
  const { sheet, paint, ran, made } = painting(memory);
  await sheet.settled();
  ran.length = 0;
  const ends = await sheet.sweep(paint.inputs.strength, [0.5, 0, 1], paint);
  expect(ends.map((end) => end.kind === "ready" && end.outputs.picture)).toEqual([
    "blue 0.5 on 10",
    "blue 0 on 10",
    "blue 1 on 10",
  ]);
  expect(made.bases).toBe(1);
  expect(ran).toEqual([0.5, 1]);
  const [, present] = ends;
  expect(present).toMatchObject({ run: { ...sheet.history(paint).at(-1) } });
  expect(present).toMatchObject({ run: { inputs: { strength: 0 } } });
});

test("whoever asked for it may stop it, and what is under way on the sheet goes on", async () => {
  const slow = held<{ n: number }, number>();
  const node = new FnNode(slow.fn, {
    name: "Slow",
    inputs: { n: ui.number({ value: 0 }) },
    outputs: { n: ui.number() },
  });
  const sheet = new Graph({ name: "Stopped", nodes: [node] }).sheet();
  const own = await slow.started();
  const stop = new AbortController();
  const swept = sheet.sweep(node.inputs.n, [1, 2], node, { signal: stop.signal });
  await slow.started();
  await slow.started();
  stop.abort();
  expect((await swept).map(({ kind }) => kind)).toEqual(["cancelled", "cancelled"]);
  own.finish(7);
  await sheet.settled();
  expect(sheet.value(node.outputs.n)).toBe(7);
  const late = await sheet.sweep(node.inputs.n, [3], node, { signal: stop.signal });
  expect(late).toEqual([{ kind: "cancelled" }]);
});

/** list.each() -> twice -> next; list.each() and times go into twice. */
function items() {
  const ran: string[] = [];
  const list = ui.json<string[]>({ value: ["a", "b", "c"] });
  const source = new FnNode(({ list }: { list: string[] }) => list, {
    name: "List",
    inputs: { list },
    outputs: { items: ui.json<string[]>() },
  });
  const twice = new FnNode(
    ({ word, times }: { word: string; times: number }) => {
      ran.push(`${word}${times}`);
      if (word === "b") throw new Error("no b");
      return word.repeat(times);
    },
    {
      name: "Twice",
      inputs: { word: source.outputs.items.each(), times: ui.number({ value: 2 }) },
      outputs: { words: ui.textbox() },
    },
  );
  const loud = new FnNode(({ word }: { word: string }) => word.toUpperCase(), {
    name: "Loud",
    inputs: { word: twice.outputs.words },
    outputs: { words: ui.textbox() },
  });
  const join = new FnNode(({ words }: { words: string[] }) => words.join(" "), {
    name: "Join",
    inputs: { words: loud.outputs.words.all() },
    outputs: { text: ui.textbox() },
  });
  const sheet = new Graph({ name: "Items", nodes: [join] }).sheet();
  return { source, twice, loud, join, sheet, ran };
}

test("[S2] what is pinned over items lies over them beside the sheet too, where nothing else is there as well", async () => {
  const { sheet, twice, loud, join, ran } = items();
  sheet.pinItem(loud.outputs.words, 1, "mended");
  expect(sheet.value(join.outputs.text)).toBe("AA mended CC");
  ran.length = 0;
  const ends = await sheet.sweep(twice.inputs.times, [1, 2, 3], join);
  expect(ends.map((end) => (end.kind === "ready" ? end.outputs.text : end))).toEqual([
    "A mended C",
    "AA mended CC",
    "AAA mended CCC",
  ]);
  expect(ran).toEqual(["a1", "c1", "a3", "c3"]);
  expect(sheet.value(join.outputs.text)).toBe("AA mended CC");
});

test("[S2] a pinned item goes with its item when another list is swept", async () => {
  const { sheet, source, twice, join, ran } = items();
  sheet.pinItem(twice.outputs.words, 1, "mended");
  ran.length = 0;
  const lists = [["b", "a", "c"], ["a", "b", "c", "d"], ["b"]];
  const ends = await sheet.sweep(source.inputs.list, lists, join);
  expect(ends.map((end) => (end.kind === "ready" ? end.outputs.text : end))).toEqual([
    "MENDED AA CC",
    "AA MENDED CC DD",
    "MENDED",
  ]);
  expect(ran).toEqual(["d2"]);
});

test("[R6] what a callable gave is what it gave on the sheet, where it is not itself asked anew", async () => {
  let calls = 0;
  const random = new FnNode(({ n }: { n: number }) => n, {
    name: "Random",
    inputs: { n: () => ++calls },
    outputs: { n: ui.number() },
  });
  const add = new FnNode(({ n, more }: { n: number; more: number }) => n + more, {
    name: "Add",
    inputs: { n: random.outputs.n, more: ui.number({ value: 0 }) },
    outputs: { sum: ui.number() },
  });
  const sheet = new Graph({ name: "Random", nodes: [add] }).sheet();
  const ends = await sheet.sweep(add.inputs.more, [10, 20], add);
  expect(ends).toMatchObject([{ outputs: { sum: 11 } }, { outputs: { sum: 21 } }]);
  expect(calls).toBe(1);
});

test("an edited list stands while its own inputs do, and gives way to another", async () => {
  const rows = ui.itemList({ text: ui.textbox() });
  const script = new FnNode(({ about }: { about: string }) => [{ text: about }, { text: "end" }], {
    name: "Script",
    inputs: { about: ui.textbox({ value: "one" }) },
    outputs: { rows },
  });
  const say = new FnNode(
    ({ rows, voice }: { rows: { text: string }[]; voice: string }) =>
      `${voice}: ${rows.map(({ text }) => text).join(" ")}`,
    {
      name: "Say",
      inputs: { rows: script.outputs.rows, voice: ui.textbox({ value: "low" }) },
      outputs: { said: ui.textbox() },
    },
  );
  const sheet = new Graph({ name: "Script", nodes: [say] }).sheet();
  sheet.pin(script.outputs.rows, [{ text: "edited" }]);
  expect(await sheet.sweep(say.inputs.voice, ["high"], say)).toMatchObject([{ outputs: { said: "high: edited" } }]);
  expect(await sheet.sweep(script.inputs.about, ["two"], say)).toMatchObject([{ outputs: { said: "low: two end" } }]);
});

test("graphs inside stand as they do on the sheet, those of items too", async () => {
  const ran: string[] = [];
  const mark = new FnNode(({ word, sign }: { word: string; sign: string }) => `${ran.push(word) && word}${sign}`, {
    name: "Mark",
    inputs: { word: ui.textbox(), sign: ui.textbox({ value: "!" }) },
    outputs: { word: ui.textbox() },
  });
  const end = new FnNode(({ word, n }: { word: string; n: number }) => word.repeat(n), {
    name: "End",
    inputs: { word: mark.outputs.word, n: ui.number() },
    outputs: { word: ui.textbox() },
  });
  const marking = new Graph({
    name: "Marking",
    nodes: [end],
    inputs: { word: mark.inputs.word, n: end.inputs.n },
    outputs: { word: end.outputs.word },
  });
  const list = new FnNode(() => ["a", "b"], { name: "List", outputs: { items: ui.json<string[]>() } });
  const times = ui.number({ value: 1 });
  const each = new GraphNode(marking, { name: "Each", inputs: { word: list.outputs.items.each(), n: times } });
  const join = new FnNode(({ words }: { words: string[] }) => words.join(" "), {
    name: "Join",
    inputs: { words: each.outputs.word.all() },
    outputs: { text: ui.textbox() },
  });
  const sheet = new Graph({ name: "Outer", nodes: [join] }).sheet();
  const inside = sheet.inside(each, 1);
  inside?.set(mark.inputs.sign, "?");
  sheet.inside(each, 0)?.pin(mark.outputs.word, "pinned");
  expect(sheet.value(join.outputs.text)).toBe("pinned b?");
  ran.length = 0;
  const ends = await sheet.sweep(each.inputs.n, [2], join);
  expect(ends).toMatchObject([{ outputs: { text: "pinnedpinned b?b?" } }]);
  expect(ran).toEqual([]);
});

test("a step that waits for a person is not waited for, and the sheet's own answers count", async () => {
  const draft = new FnNode(({ about }: { about: string }) => `on ${about}`, {
    name: "Draft",
    inputs: { about: ui.textbox({ value: "water" }) },
    outputs: { text: ui.textbox() },
  });
  const approve = new Approve(draft.outputs.text, { name: "Approve" });
  const send = new FnNode(({ text, to }: { text: string; to: string }) => `${text}, to ${to}`, {
    name: "Send",
    inputs: { text: approve.outputs.output, to: ui.textbox({ value: "all" }) },
    outputs: { sent: ui.textbox() },
  });
  const sheet = new Graph({ name: "Letter", nodes: [send] }).sheet();
  const why =
    "Approve waits for a person, and beside the sheet nobody is asked: sweep a node that does not depend on it.";
  expect(await sheet.sweep(send.inputs.to, ["you"], send)).toEqual([{ kind: "refused", why }]);
  sheet.answer(approve, true);
  expect(await sheet.sweep(send.inputs.to, ["you"], send)).toMatchObject([{ outputs: { sent: "on water, to you" } }]);
  expect(await sheet.sweep(draft.inputs.about, ["fire"], send)).toEqual([{ kind: "refused", why }]);
});

test("[R4] a sweep ends with its sheet, and when everything is cancelled", async () => {
  const work = held<{ x: number }, number>();
  const slow = new FnNode(work.fn, {
    name: "Slow",
    trigger: "manual",
    inputs: { x: ui.number({ value: 0 }) },
    outputs: { y: ui.number() },
  });
  const sheet = new Graph({ name: "Slow", nodes: [slow] }).sheet();
  for (const end of [() => sheet.cancel(), () => sheet.close()]) {
    const ends = sheet.sweep(slow.inputs.x, [1, 2], slow);
    const runs = [await work.started(), await work.started()];
    end();
    expect(await ends).toEqual([{ kind: "cancelled" }, { kind: "cancelled" }]);
    expect(runs.map(({ context }) => context.signal.aborted)).toEqual([true, true]);
  }
});

test("a choice is swept as it is chosen", async () => {
  const x = ui.number({ value: 1 });
  const one = new FnNode(({ x }: { x: number }) => x, { name: "Plain", inputs: { x }, outputs: { y: ui.number() } });
  const two = new FnNode(({ x }: { x: number }) => x * 10, {
    name: "Tenfold",
    inputs: { x },
    outputs: { y: ui.number() },
  });
  const choice = new ChoiceNode([one, two]);
  const sheet = new Graph({ name: "Choosing", nodes: [choice] }).sheet();
  sheet.choose(choice, two);
  const ends = await sheet.sweep(one.inputs.x, [2, 3], choice);
  expect(ends).toMatchObject([{ outputs: { y: 20 } }, { outputs: { y: 30 } }]);
});

test("a wrong value is refused before anything runs", async () => {
  const { sheet, paint, ran } = painting();
  await sheet.settled();
  ran.length = 0;
  await expect(sheet.sweep(paint.inputs.strength, [1, "x" as never], paint)).rejects.toThrow(/takes/);
  expect(ran).toEqual([]);
});
