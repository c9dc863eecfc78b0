/** Sweeps over inputs of random graphs, on sheets that people have edited at random. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { baseOf } from "../../src/engine/base-node.ts";
import { shapeOf } from "../../src/engine/component.ts";
import type { OutPort } from "../../src/engine/port.ts";
import type { AnyPort, InputPort, Node, Sheet } from "../../src/index.ts";
import { fromScratch } from "../../src/testing/evaluate.ts";
import { portsOf, type Snapshot, snapshotOf } from "../../src/testing/snapshot.ts";
import { apply, type Edit, edits, graphs, ledger } from "../../src/testing.ts";
import { plainOf } from "../support/in-full.ts";
import { plays } from "../support/played.ts";

// A person may be asked again about what was answered.
const stories = graphs({ maxNodes: 10, people: false })
  .filter(({ graph, inputs }) => inputs.length > 0 && !calls(graph))
  .chain((random) =>
    fc.record({
      random: fc.constant(random),
      drawn: edits(random.graph, { max: 8 }),
      pick: fc.tuple(fc.nat(), fc.nat()),
      over: fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 3 }),
    }),
  );

test("[W4, R4, R1] a sweep gives what setting the input would give, and leaves the sheet as it is", async () => {
  const property = fc.asyncProperty(stories, async ({ random, drawn, pick, over }) => {
    const input = random.inputs[pick[0] % random.inputs.length] as InputPort<number>;
    const node = random.graph.nodes[pick[1] % random.graph.nodes.length] as Node;
    const sheet = random.graph.sheet();
    for (const edit of drawn) if (!pinsLists(edit)) await apply(sheet, edit);
    await sheet.settled();
    const [before, held] = [signalsOn(sheet), snapshotOf(sheet)];
    const ran = ledger(sheet);
    const ends = await sheet.sweep(input, over, node);
    expect(ran.take()).toEqual([]);
    const changed = signalsOn(sheet).filter((signal, i) => signal !== before[i]);
    expect(changed).toEqual([]);
    for (const [i, end] of ends.entries()) {
      // Nobody cancels, and nobody is asked.
      expect(end.kind).not.toBe("cancelled");
      if (end.kind !== "ready") continue;
      const right = await fromScratch(random.graph, setTo(held, input, over[i]));
      // A run tells what it gave, whatever is laid over that.
      for (const port of outputsOf(node).filter((one) => !pinned(held, one)))
        expect([port.name, end.outputs[port.name]]).toEqual([port.name, right.value(port)]);
    }
    sheet.close();
  });
  await plays(property, { share: 1 / 4 });
});

/** As if a person had set an input, and with it all that its component feeds. */
function setTo(held: Snapshot, input: InputPort<number>, value: unknown): Snapshot {
  return {
    ...held,
    signal: (port) =>
      port.side === "in" && port.component === input.component
        ? ({ kind: "ready", value, pinned: false } as never)
        : held.signal(port),
  };
}

/** What is laid over a list, or one of its items, gives way to others, or moves: from scratch nobody can say what becomes of it. */
function pinsLists(edit: Edit): boolean {
  return plainOf(edit).some((one) => {
    if (one.kind === "editRow") return true;
    const rows = one.kind === "pin" && one.output.component && shapeOf(one.output.component).fields !== undefined;
    return one.kind === "pin" && (one.output.depth > 0 || rows);
  });
}

function calls(graph: Sheet["graph"]): boolean {
  return graph.nodes.map(baseOf).some((node) => {
    const sources = Object.values(node.inputs).map((port) => graph.sourceOf(port).kind);
    return sources.includes("callable") || (node.graph !== undefined && calls(node.graph));
  });
}

function signalsOn(sheet: Sheet): readonly unknown[] {
  return portsOf(sheet.graph).map((port) => sheet.signal(port as unknown as AnyPort<unknown>));
}

function outputsOf(node: Node): readonly OutPort[] {
  return Object.values(baseOf(node).outputs);
}

function pinned(held: Snapshot, port: OutPort): boolean {
  const now = held.signal(port);
  return now.kind === "ready" && now.pinned;
}
