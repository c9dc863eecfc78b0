/** Lists that a person edits after a node gave them: an edit stands as long as what the list was made from. */
import { expect, test } from "vitest";
import { FnNode, Graph, ui } from "../../src/index.ts";

/** topic -> script -> each -> speak -> all -> show */
function script(trigger: "auto" | "manual" = "auto", memory?: { runs: number }) {
  const ran: string[] = [];
  const write = new FnNode(({ topic }: { topic: string }) => [1, 2, 3].map((n) => ({ text: `${topic} ${n}` })), {
    name: "Script",
    trigger,
    inputs: { topic: ui.textbox({ value: "water" }) },
    outputs: { lines: ui.itemList({ text: ui.textbox() }) },
  });
  const speak = new FnNode(
    ({ text }: { text: string }) => {
      ran.push(text);
      return `${text}!`;
    },
    { name: "Speak", inputs: { text: write.outputs.lines.each("text") }, outputs: { said: ui.textbox() } },
  );
  const sheet = new Graph({ name: "Script", nodes: [speak] }).sheet(memory ? { memory } : {});
  const edit = (row: number, text: string) =>
    sheet.pin(write.outputs.lines, (sheet.value(write.outputs.lines) ?? []).with(row, { text }));
  const pinned = () => {
    const signal = sheet.signal(write.outputs.lines);
    return signal.kind === "ready" && signal.pinned;
  };
  return { ran, write, speak, sheet, edit, pinned, said: () => sheet.value(speak.outputs.said) };
}

test.each([
  ["with a memory", undefined],
  ["without one", { runs: 0 }],
])("[S2] an edited row runs its own item alone, and stands until the list's inputs change, %s", (_, memory) => {
  const { ran, write, sheet, edit, pinned, said } = script("auto", memory);
  ran.length = 0;
  edit(1, "wine");
  expect([ran.splice(0), said(), pinned()]).toEqual([["wine"], ["water 1!", "wine!", "water 3!"], true]);
  edit(2, "beer");
  expect([ran.splice(0), said()]).toEqual([["beer"], ["water 1!", "wine!", "beer!"]]);
  sheet.set(write.inputs.topic, "water");
  expect(pinned()).toBe(true);
  sheet.set(write.inputs.topic, "fire");
  expect([pinned(), said()]).toEqual([false, ["fire 1!", "fire 2!", "fire 3!"]]);
  sheet.close();
});

test("[R1] an edit stands while the list is made again from the same inputs", async () => {
  const { write, sheet, edit, pinned, said } = script();
  edit(0, "wine");
  await sheet.run(write, { again: true });
  expect([pinned(), said()?.[0]]).toEqual([true, "wine!"]);
  sheet.close();
});

test("[R5] an edit of a list that waits to be asked gives way as soon as its inputs are others, and one made after that stands", async () => {
  const { write, sheet, edit, pinned } = script("manual");
  await sheet.run(write);
  edit(0, "wine");
  sheet.set(write.inputs.topic, "fire");
  expect(sheet.signal(write.outputs.lines)).toMatchObject({ kind: "stale", last: [{ text: "water 1" }, {}, {}] });
  sheet.pin(write.outputs.lines, [{ text: "ash" }]);
  expect(pinned()).toBe(true);
  await sheet.run(write);
  expect([pinned(), sheet.value(write.outputs.lines)]).toEqual([true, [{ text: "ash" }]]);
  sheet.unpin(write.outputs.lines);
  expect(sheet.value(write.outputs.lines)?.[0]).toEqual({ text: "fire 1" });
  sheet.close();
});

test("[R7] an edited list is there again with a run that was made from it, and stands as long as what it is shown with", () => {
  // echo -> write -> both, echo -> both
  const echo = new FnNode(({ topic }: { topic: string }) => topic, {
    name: "Echo",
    inputs: { topic: ui.textbox({ value: "water" }) },
    outputs: { topic: ui.textbox() },
  });
  const write = new FnNode(({ topic }: { topic: string }) => [{ text: topic }], {
    name: "Script",
    inputs: { topic: echo.outputs.topic },
    outputs: { lines: ui.itemList({ text: ui.textbox() }) },
  });
  const both = new FnNode(
    ({ lines, topic }: { lines: { text: string }[]; topic: string }) => `${lines[0]?.text} of ${topic}`,
    {
      name: "Both",
      inputs: { lines: write.outputs.lines, topic: echo.outputs.topic },
      outputs: { text: ui.textbox() },
    },
  );
  const sheet = new Graph({ name: "Script", nodes: [both] }).sheet();
  const shown = () => sheet.value(both.outputs.text);
  sheet.pin(write.outputs.lines, [{ text: "wine" }]);
  sheet.set(echo.inputs.topic, "fire");
  expect(shown()).toBe("fire of fire");
  sheet.select(sheet.history(both)[1]!);
  expect(shown()).toBe("wine of water");
  sheet.set(echo.inputs.topic, "ash");
  expect(shown()).toBe("ash of ash");
  sheet.close();
});

test("[W6] inputs that come back as they were have not changed, and the edit stands", async () => {
  let release: (text: string) => void = () => undefined;
  const later = new FnNode(({ n: _ }: { n: number }) => new Promise<string>((resolve) => (release = resolve)), {
    name: "Later",
    inputs: { n: ui.number({ value: 1 }) },
    outputs: { topic: ui.textbox() },
  });
  const write = new FnNode(({ topic }: { topic: string }) => [{ text: topic }], {
    name: "Script",
    inputs: { topic: later.outputs.topic },
    outputs: { lines: ui.itemList({ text: ui.textbox() }) },
  });
  const sheet = new Graph({ name: "Script", nodes: [write] }).sheet();
  release("water");
  await sheet.settled();
  sheet.pin(write.outputs.lines, [{ text: "wine" }]);
  sheet.set(later.inputs.n, 2);
  release("water");
  await sheet.settled();
  expect(sheet.value(write.outputs.lines)).toEqual([{ text: "wine" }]);
  sheet.set(later.inputs.n, 3);
  release("fire");
  await sheet.settled();
  expect(sheet.signal(write.outputs.lines)).toMatchObject({ kind: "ready", pinned: false, value: [{ text: "fire" }] });
  sheet.close();
});

test("[W4] what a node gives is its own, though it equals what was pinned there before", () => {
  const double = new FnNode(({ n }: { n: number }) => Promise.resolve(n * 2), {
    name: "Double",
    inputs: { n: ui.number({ value: 1 }) },
    outputs: { n: ui.number() },
  });
  const sheet = new Graph({ name: "Double", nodes: [double] }).sheet();
  sheet.pin(double.outputs.n, 2);
  sheet.unpin(double.outputs.n);
  return sheet.settled().then(() => {
    expect(sheet.signal(double.outputs.n)).toMatchObject({ kind: "ready", value: 2, pinned: false });
    sheet.close();
  });
});
