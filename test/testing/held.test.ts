/** A held function: its start is awaited, its end decided, and it speaks whether or not anybody listens. */
import { filter, firstValueFrom } from "rxjs";
import { expect, test } from "vitest";
import { FnNode, Graph, ui } from "../../src/index.ts";
import { held, ledger } from "../../src/testing.ts";

function loud() {
  const slow = held<{ text: string }, string>();
  const text = ui.textbox({ value: "a" });
  const node = new FnNode(slow.fn, { name: "Loud", inputs: { text }, outputs: { loud: ui.textbox() } });
  return { slow, node, sheet: new Graph({ name: "Held", nodes: [node] }).sheet() };
}

test("a run that has started is given to whoever asks, earlier or later, in the order of the starts", async () => {
  const { slow, node, sheet } = loud();
  const first = await slow.started();
  const second = slow.started();
  sheet.set(node.inputs.text, "b");
  expect([first.inputs, (await second).inputs]).toEqual([{ text: "a" }, { text: "b" }]);
  sheet.close();
});

test("what it emits is shown as partial, what it finishes with is the value", async () => {
  const { slow, node, sheet } = loud();
  const run = await slow.started();
  const partial = firstValueFrom(sheet.signal$(node.outputs.loud).pipe(filter((signal) => "partial" in signal)));
  run.emit("A?");
  expect(await partial).toMatchObject({ kind: "pending", partial: "A?" });
  run.finish("A!");
  await sheet.settled();
  expect(sheet.value(node.outputs.loud)).toBe("A!");
});

test("a failure that it is given is its node's failure", async () => {
  const { slow, node, sheet } = loud();
  (await slow.started()).fail(new Error("hoarse"));
  await sheet.settled();
  expect(sheet.signal(node.outputs.loud)).toMatchObject({ kind: "failed", failure: { message: "hoarse." } });
});

test("a superseded run goes on in the test's hand, and nobody hears what it says", async () => {
  const { slow, node, sheet } = loud();
  const first = await slow.started();
  sheet.set(node.inputs.text, "b");
  const second = await slow.started();
  expect(first.context.signal.aborted).toBe(true);
  expect(slow.running).toEqual([first, second]);
  second.finish("B");
  first.finish("A");
  expect(slow.running).toEqual([]);
  await sheet.settled();
  expect(sheet.value(node.outputs.loud)).toBe("B");
});

test("a run ends once: what the test says afterwards is not said", async () => {
  const { slow, node, sheet } = loud();
  const run = await slow.started();
  run.finish("A");
  run.emit("late");
  run.fail(new Error("late"));
  run.finish("late");
  await sheet.settled();
  expect(sheet.value(node.outputs.loud)).toBe("A");
});

test("a run that ends with nothing more to say leaves its last value, and fails where it said nothing", async () => {
  const { slow, node, sheet } = loud();
  const run = await slow.started();
  run.emit("A");
  run.end();
  await sheet.settled();
  expect([sheet.value(node.outputs.loud), slow.count]).toEqual(["A", 1]);
  sheet.set(node.inputs.text, "b");
  (await slow.started()).end();
  await sheet.settled();
  expect([sheet.signal(node.outputs.loud), slow.count]).toMatchObject([
    { kind: "failed", failure: { reason: "bad-output" } },
    2,
  ]);
});

test("a ledger tells what ran since it was opened, and names each run once", async () => {
  const { slow, node, sheet } = loud();
  const ran = ledger(sheet);
  (await slow.started()).finish("A");
  await sheet.settled();
  expect(ran.runs).toEqual([]);
  sheet.set(node.inputs.text, "b");
  const run = await slow.started();
  expect(ran.runs).toMatchObject([{ node: "Loud", outcome: "running", inputs: { text: "b" } }]);
  run.finish("B");
  await sheet.settled();
  expect(ran.runs).toMatchObject([{ node: "Loud", outcome: "ready", outputs: { loud: "B" } }]);
  expect(ran.take()).toEqual(["Loud"]);
  expect(ran.take()).toEqual([]);
});

test("[W7] a ledger stays empty when nothing changed", async () => {
  const { slow, node, sheet } = loud();
  (await slow.started()).finish("A");
  await sheet.settled();
  const ran = ledger(sheet);
  sheet.set(node.inputs.text, "a");
  await sheet.settled();
  expect(ran.take()).toEqual([]);
  sheet.close();
});
