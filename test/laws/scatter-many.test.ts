/** S1 and S2 with as many items as people really have, and what each of them shows on its way. */
import { expect, test } from "vitest";
import { ChoiceNode, FnNode, Graph, InputNode, type Signal, ui } from "../../src/index.ts";
import { held } from "../../src/testing.ts";
import { turn } from "../support/turn.ts";

const words = (...items: string[]) =>
  new InputNode({ name: "Words", ports: { items: ui.json<string[]>({ value: items }) } }).outputs.items;

test("[S1, S2, W6] of ten thousand items each runs once, an edit runs its own, a removal none, and they stay in order", async () => {
  const numbers = Array.from({ length: 10_000 }, (_, i) => i);
  const source = new InputNode({ name: "Numbers", ports: { items: ui.json<number[]>({ value: numbers }) } });
  const ran: number[] = [];
  const twice = new FnNode(
    async ({ n }: { n: number }) => {
      ran.push(n);
      return n * 2;
    },
    { name: "Twice", inputs: { n: source.outputs.items.each() }, outputs: { n: ui.number() } },
  );
  const odd = new FnNode(({ n }: { n: number }) => n + 1, {
    name: "Odd",
    inputs: { n: twice.outputs.n },
    outputs: { n: ui.number() },
  });
  const all = new FnNode(({ all }: { all: number[] }) => all, {
    name: "All",
    inputs: { all: odd.outputs.n.all() },
    outputs: { all: ui.json<number[]>() },
  });
  const sheet = new Graph({ name: "Many", nodes: [all] }).sheet();
  await sheet.settled();
  expect(sheet.value(all.outputs.all)).toEqual(numbers.map((n) => n * 2 + 1));
  expect(ran.splice(0)).toEqual(numbers);
  sheet.set(source.inputs.items, numbers.with(5_000, -1));
  await sheet.settled();
  expect(ran.splice(0)).toEqual([-1]);
  expect(sheet.value(all.outputs.all)?.slice(4_999, 5_002)).toEqual([9_999, -1, 10_003]);
  sheet.set(source.inputs.items, numbers.toSpliced(0, 1).reverse());
  await sheet.settled();
  expect(ran).toEqual([]);
  expect(sheet.value(all.outputs.all)?.slice(0, 2)).toEqual([19_999, 19_997]);
});

test("[R10, S1] each item shows its own progress and partial value", async () => {
  const work = held<{ word: string }, string>();
  const write = new FnNode(work.fn, {
    name: "Write",
    inputs: { word: words("a", "b").each() },
    outputs: { text: ui.textbox() },
  });
  const sheet = new Graph({ name: "Writing", nodes: [write] }).sheet();
  let now: readonly Signal<string>[] = [];
  sheet.items$(write.outputs.text).subscribe((items) => {
    now = items;
  });
  const [a, b] = [await work.started(), await work.started()];
  a.emit("A, half");
  b.context.progress(0.25, "a quarter");
  await turn();
  expect(now).toMatchObject([
    { kind: "pending", partial: "A, half" },
    { kind: "pending", progress: { fraction: 0.25, message: "a quarter" } },
  ]);
  b.finish("B");
  await turn();
  expect(now).toMatchObject([
    { kind: "pending", partial: "A, half" },
    { kind: "ready", value: "B" },
  ]);
  a.finish("A");
  await sheet.settled();
  expect(sheet.value(write.outputs.text)).toEqual(["A", "B"]);
});

test("[R3, S3] where all items failed because of a node above, what lies below names that node", () => {
  const first = new FnNode(
    ({ word }: { word: string }) => {
      if (word === "b") throw new Error("no b");
      return word;
    },
    { name: "First", inputs: { word: words("a", "b").each() }, outputs: { word: ui.textbox() } },
  );
  const second = new FnNode(({ word }: { word: string }) => word, {
    name: "Second",
    inputs: { word: first.outputs.word },
    outputs: { word: ui.textbox() },
  });
  const join = new FnNode(({ words }: { words: string[] }) => words.join(), {
    name: "Join",
    inputs: { words: second.outputs.word.all() },
    outputs: { text: ui.textbox() },
  });
  const sheet = new Graph({ name: "Whose fault", nodes: [join] }).sheet();
  expect(sheet.signal(second.outputs.word)).toMatchObject({ failure: { reason: "item-failed" } });
  expect(sheet.signal(join.outputs.text)).toMatchObject({ failure: { reason: "upstream", root: "First" } });
});

test("[C1, W10] events tell the choice's own port and the variant's run, and an edge above feeds any variant", () => {
  const above = new FnNode(({ text }: { text: string }) => text, {
    name: "Above",
    inputs: { text: ui.textbox({ value: "water" }) },
    outputs: { text: ui.textbox() },
  });
  const variant = (name: string, mark: string) =>
    new FnNode(({ text }: { text: string }) => text + mark, {
      name,
      inputs: { text: above.outputs.text },
      outputs: { text: ui.textbox() },
    });
  const [quick, careful] = [variant("Quick", "!"), variant("Careful", ".")];
  const choice = new ChoiceNode([quick, careful], { name: "Voice" });
  const sheet = new Graph({ name: "Voices", nodes: [choice] }).sheet();
  const told: string[] = [];
  sheet.events$.subscribe((event) => {
    if (event.kind === "signal") told.push(`${event.port.node.name} ${event.signal.kind}`);
    if (event.kind === "run-ended") told.push(`ran ${event.run.node}`);
  });
  sheet.choose(choice, careful);
  expect(told.splice(0)).toEqual(["ran Careful", "Careful ready", "Voice ready"]);
  sheet.set(above.inputs.text, "fire");
  expect(sheet.value(choice.outputs.text)).toBe("fire.");
  expect(told.splice(0).filter((line) => line.startsWith("ran"))).toEqual(["ran Above", "ran Careful"]);
  sheet.choose(choice, quick);
  expect(told).toContain("ran Quick");
  expect(sheet.value(choice.outputs.text)).toBe("fire!");
});
