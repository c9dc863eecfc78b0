/** C1, C2: of a choice's variants only the selected one runs, and each keeps what is its own. */
import { expect, test } from "vitest";
import { ChoiceNode, FnNode, Graph, GraphNode, InputNode, type Run, ui } from "../../src/index.ts";
import { wordsOf } from "../support/lists.ts";

function voices(trigger: "auto" | "manual" = "auto") {
  const ran: string[] = [];
  const text = new FnNode(({ text }: { text: string }) => text, {
    name: "Text",
    inputs: { text: ui.textbox({ value: "hello" }) },
    outputs: { text: ui.textbox() },
  });
  const voice = (name: string) =>
    new FnNode(
      async ({ text, pitch }: { text: string; pitch: number }) => {
        ran.push(name);
        return `${name}(${pitch}): ${text}`;
      },
      {
        name,
        inputs: { text: text.outputs.text, pitch: ui.number({ value: 1 }) },
        outputs: { audio: ui.textbox() },
        trigger,
      },
    );
  const [low, high] = [voice("Low"), voice("High")];
  const choice = new ChoiceNode([low, high], { name: "Voice" });
  const mix = new FnNode(({ audio }: { audio: string }) => `<${audio}>`, {
    name: "Mix",
    inputs: { audio: choice.outputs.audio },
    outputs: { mixed: ui.textbox() },
  });
  const sheet = new Graph({ name: "Voices", nodes: [mix] }).sheet();
  return { ran, text, low, high, choice, mix, sheet, mixed: () => sheet.value(mix.outputs.mixed) };
}

test("[C1] only the selected variant runs, the first one at first", async () => {
  const { ran, sheet, choice, high, mixed } = voices();
  await sheet.settled();
  expect([ran.splice(0), mixed()]).toEqual([["Low"], "<Low(1): hello>"]);
  sheet.choose(choice, high);
  await sheet.settled();
  expect([ran.splice(0), mixed()]).toEqual([["High"], "<High(1): hello>"]);
});

test("[C1] an edit runs the selected variant alone, and choosing the other one brings it up to date", async () => {
  const { ran, sheet, text, choice, mixed } = voices();
  await sheet.settled();
  sheet.choose(choice, 1);
  await sheet.settled();
  ran.length = 0;
  sheet.set(text.inputs.text, "bye");
  await sheet.settled();
  expect([ran.splice(0), mixed()]).toEqual([["High"], "<High(1): bye>"]);
  sheet.choose(choice, 0);
  await sheet.settled();
  expect([ran.splice(0), mixed()]).toEqual([["Low"], "<Low(1): bye>"]);
});

test("[C1] a variant that is not selected is in no plan, scattered or not, asked for all or for it", async () => {
  const list = new InputNode({ name: "List", ports: { n: ui.json<number[]>({ value: [1, 2] }) } });
  const variant = (name: string) =>
    new FnNode(({ n }: { n: number }) => n, {
      name,
      trigger: "manual",
      inputs: { n: list.outputs.n.each() },
      outputs: { out: ui.number() },
    });
  const single = (name: string) =>
    new FnNode(({ n }: { n: number[] }) => n.length, {
      name,
      trigger: "manual",
      inputs: { n: list.outputs.n },
      outputs: { out: ui.number() },
    });
  const [chosen, other, one, another] = [variant("Chosen"), variant("Other"), single("One"), single("Another")];
  const nodes = [new ChoiceNode([chosen, other], { name: "Each" }), new ChoiceNode([one, another], { name: "Whole" })];
  const sheet = new Graph({ name: "Choices", nodes }).sheet();
  const planned = (...asked: Parameters<typeof sheet.plan>) => sheet.plan(...asked).map(({ name }) => name);
  expect(planned()).toEqual(["Chosen", "One"]);
  expect(planned(undefined, { again: true })).toEqual(["Chosen", "One"]);
  expect(planned(nodes[1], { again: true })).toEqual(["One"]);
  expect([planned(other as never), planned(another as never)]).toEqual([[], []]);
  await sheet.runAll();
  expect(planned()).toEqual([]);
});

test("[C1, R1] switching back shows what is remembered, without a run", async () => {
  const { ran, sheet, choice, mixed } = voices();
  await sheet.settled();
  sheet.choose(choice, 1);
  await sheet.settled();
  ran.length = 0;
  sheet.choose(choice, 0);
  expect([ran, mixed()]).toEqual([[], "<Low(1): hello>"]);
});

test("[C2] every variant keeps its own inputs", async () => {
  const { sheet, low, high, choice, mixed } = voices();
  sheet.set(high.inputs.pitch, 9);
  sheet.set(low.inputs.pitch, 2);
  await sheet.settled();
  expect(mixed()).toBe("<Low(2): hello>");
  sheet.choose(choice, high);
  await sheet.settled();
  expect(mixed()).toBe("<High(9): hello>");
});

test("[C1] choosing while a variant runs stops it, and its demand goes on to the one that is chosen", async () => {
  const { ran, sheet, choice, high } = voices("manual");
  const end = sheet.run(choice);
  sheet.choose(choice, high);
  expect(await end).toMatchObject({ kind: "ready", outputs: { audio: "High(1): hello" } });
  expect(ran).toEqual(["Low", "High"]);
});

test("[C1] a variant that is not selected is refused, with what to do", async () => {
  const { sheet, high } = voices();
  expect(await sheet.run(high)).toMatchObject({
    kind: "refused",
    why: expect.stringMatching(/not the selected variant of Voice/),
  });
});

test("[R8] what a choice made stale says so", async () => {
  const { sheet, choice, high } = voices("manual");
  await sheet.run(choice);
  sheet.choose(choice, high);
  expect(sheet.signal(choice.outputs.audio)).toMatchObject({ kind: "stale" });
});

test("[R7] selecting a run of the other variant chooses it", async () => {
  const { sheet, choice, high, mix, mixed } = voices();
  await sheet.settled();
  sheet.choose(choice, high);
  await sheet.settled();
  sheet.select(sheet.history(mix)[0] as Run);
  expect(mixed()).toBe("<Low(1): hello>");
  sheet.select(sheet.history(mix)[1] as Run);
  expect(mixed()).toBe("<High(1): hello>");
});

test("a choice tells the runs of all its variants, and runs again what is selected", async () => {
  const { ran, sheet, choice } = voices();
  await sheet.settled();
  expect((await sheet.run(choice, { again: true })).kind).toBe("ready");
  expect(ran).toEqual(["Low", "Low"]);
  sheet.choose(choice, 1);
  await sheet.settled();
  expect(sheet.history(choice).map(({ node }) => node)).toEqual(["Low", "Low", "High"]);
  sheet.choose(choice, 0);
  expect(sheet.history(choice)).toHaveLength(3);
});

test("a variant that does not exist is refused in words", () => {
  const { sheet, choice, text } = voices();
  expect(() => sheet.choose(choice, 2)).toThrow(/no variant 2; choose one of its nodes, or 0 to 1/);
  expect(() => sheet.choose(choice, text)).toThrow(/no variant 'Text'/);
  expect(() => sheet.choose(text as never, 0)).toThrow(/not a choice/);
});

test("[C1] a choice whose variant is pinned is ready with that value, though nothing has run", async () => {
  const later = new FnNode(() => new Promise<number>(() => undefined), { name: "Later", outputs: { n: ui.number() } });
  const one = new FnNode(({ n }: { n: number }) => n, {
    name: "One",
    inputs: { n: later.outputs.n },
    outputs: { n: ui.number() },
  });
  const two = new FnNode(() => 2, { name: "Two", outputs: { n: ui.number() } });
  const choice = new ChoiceNode([one, two]);
  const sheet = new Graph({ name: "Pinned", nodes: [choice] }).sheet();
  sheet.pin(one.outputs.n, -1);
  expect(await sheet.run(choice)).toMatchObject({ kind: "ready", outputs: { n: -1 } });
  sheet.close();
});

test("[C1] scattered variants are chosen whole", async () => {
  const words = new FnNode(() => ["a", "b"], { name: "Words", outputs: { list: ui.json<string[]>() } });
  const one = new FnNode(({ w }: { w: string }) => w.toUpperCase(), {
    name: "Loud",
    inputs: { w: words.outputs.list.each() },
    outputs: { w: ui.textbox() },
  });
  const two = new FnNode(({ w }: { w: string }) => `(${w})`, {
    name: "Soft",
    inputs: { w: words.outputs.list.each() },
    outputs: { w: ui.textbox() },
  });
  const choice = new ChoiceNode([one, two], { name: "Manner" });
  const end = new FnNode(({ w }: { w: string }) => `${w}.`, {
    name: "End",
    inputs: { w: choice.outputs.w },
    outputs: { w: ui.textbox() },
  });
  const all = new FnNode(({ list }: { list: string[] }) => list.join(), {
    name: "All",
    inputs: { list: end.outputs.w.all() },
    outputs: { text: ui.textbox() },
  });
  const sheet = new Graph({ name: "Manners", nodes: [all] }).sheet();
  expect([sheet.value(choice.outputs.w), sheet.value(all.outputs.text)]).toEqual([["A", "B"], "A.,B."]);
  sheet.choose(choice, two);
  expect([sheet.value(choice.outputs.w), sheet.value(all.outputs.text)]).toEqual([["(a)", "(b)"], "(a).,(b)."]);
});

test("[C1] of scattered variants, and of graphs as variants, only the selected one runs an item, also one that comes later", async () => {
  const ran: string[] = [];
  const words = wordsOf("a b");
  const say = (name: string) =>
    new FnNode(
      async ({ w }: { w: string }) => {
        ran.push(`${name} ${w}`);
        return `${name} ${w}`;
      },
      { name, inputs: { w: ui.textbox() }, outputs: { w: ui.textbox() } },
    );
  const each = { w: words.outputs.list.each() };
  const loud = new FnNode(
    async ({ w }: { w: string }) => {
      ran.push(`Loud ${w}`);
      return `Loud ${w}`;
    },
    { name: "Loud", inputs: each, outputs: { w: ui.textbox() } },
  );
  const soft = say("Soft");
  const inside = new Graph({
    name: "Inside",
    nodes: [soft],
    inputs: { w: soft.inputs.w },
    outputs: { w: soft.outputs.w },
  });
  const quiet = new GraphNode(inside, { name: "Quiet", inputs: each });
  const choice = new ChoiceNode([loud, quiet], { name: "Manner" });
  const sheet = new Graph({ name: "Manners", nodes: [choice] }).sheet();
  await sheet.settled();
  expect(ran.splice(0)).toEqual(["Loud a", "Loud b"]);
  sheet.set(words.inputs.text, "a b c");
  await sheet.settled();
  expect(ran.splice(0)).toEqual(["Loud c"]);
  sheet.choose(choice, quiet);
  await sheet.settled();
  expect([ran.splice(0), sheet.value(choice.outputs.w)]).toEqual([
    ["Soft a", "Soft b", "Soft c"],
    ["Soft a", "Soft b", "Soft c"],
  ]);
  sheet.set(words.inputs.text, "a b c d");
  await sheet.settled();
  expect(ran.splice(0)).toEqual(["Soft d"]);
  sheet.choose(choice, loud);
  await sheet.settled();
  expect([ran.splice(0), sheet.value(choice.outputs.w)]).toEqual([
    ["Loud d"],
    ["Loud a", "Loud b", "Loud c", "Loud d"],
  ]);
  sheet.close();
});

test("[C1] a graph that is not selected runs nothing, and a run that leaves with it begins anew when it is selected again", async () => {
  const ran: string[] = [];
  let release: () => void = () => undefined;
  const slow = new FnNode(
    ({ n }: { n: number }, { signal }) =>
      new Promise<number>((resolve) => {
        ran.push("slow");
        signal.addEventListener("abort", () => ran.push("stopped"));
        release = () => resolve(n + 1);
      }),
    { name: "Slow", inputs: { n: ui.number({ value: 1 }) }, outputs: { n: ui.number() } },
  );
  const graph = new Graph({
    name: "Deep",
    nodes: [slow],
    inputs: { n: slow.inputs.n },
    outputs: { n: slow.outputs.n },
  });
  const deep = new GraphNode(graph, { name: "Deep" });
  const flat = new FnNode(() => 0, { name: "Flat", outputs: { n: ui.number() } });
  const choice = new ChoiceNode([flat, deep], { name: "Depth" });
  const sheet = new Graph({ name: "Depths", nodes: [choice] }).sheet();
  expect([ran.splice(0), sheet.value(choice.outputs.n)]).toEqual([[], 0]);
  sheet.choose(choice, deep);
  const end = sheet.run(deep);
  expect(ran.splice(0)).toEqual(["slow"]);
  sheet.choose(choice, flat);
  expect((await end).kind).toBe("cancelled");
  expect(ran.splice(0)).toEqual(["stopped"]);
  sheet.choose(choice, deep);
  expect(ran.splice(0)).toEqual(["slow"]);
  release();
  await sheet.settled();
  expect(sheet.value(choice.outputs.n)).toBe(2);
  sheet.close();
});
