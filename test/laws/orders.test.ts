/** Every order of completion, chosen and shrunk by fast-check's scheduler: real promises, real microtasks, edits anywhere between them. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { FnNode, Graph, InputNode, type Port, ui } from "../../src/index.ts";
import { plays } from "../support/played.ts";

/** A number, and the version of each source that it was made from. */
interface Aged {
  readonly n: number;
  readonly ages: Readonly<Record<string, number>>;
}
/** For each node, what it reads: -1 and -2 are the sources, others the nodes before it. */
type Shape = readonly (readonly number[])[];

const shapes: fc.Arbitrary<Shape> = fc
  .array(fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 12 })
  .map((rows) => rows.map((reads, i) => reads.map((at) => (at % (i + 2)) - 2)));
const edits = fc.array(fc.record({ source: fc.constantFrom("x", "y"), n: fc.nat(3) }), { maxLength: 8 });

function merged(inputs: readonly Aged[]): Aged {
  const ages: Record<string, number> = {};
  for (const input of inputs) {
    for (const [source, age] of Object.entries(input.ages)) {
      if (ages[source] !== undefined && ages[source] !== age)
        throw new Error(`glitch: ${source} is ${ages[source]} and ${age}`);
      ages[source] = age;
    }
  }
  return { n: inputs.reduce((sum, input) => sum + input.n, 1) % 3, ages };
}

function fromScratch(shape: Shape, sources: readonly Aged[]): readonly number[] {
  const values: number[] = [];
  for (const reads of shape) {
    const inputs = reads.map((at) => (at < 0 ? (sources[-at - 1] as Aged).n : (values[at] as number)));
    values.push(inputs.reduce((sum, n) => sum + n, 1) % 3);
  }
  return values;
}

test("[W3, W4, R2] in every order of completion, no run mixes ages and all ends as evaluating from scratch does", async () => {
  const property = fc.asyncProperty(fc.scheduler(), shapes, edits, async (scheduler, shape, moves) => {
    const source = new InputNode({
      name: "Sources",
      ports: { x: ui.json<Aged>({ value: born("x", 0, 0) }), y: ui.json<Aged>({ value: born("y", 0, 0) }) },
    });
    const faults: string[] = [];
    const outputs: Port<Aged>[] = [];
    const nodes = shape.map((reads, i) => {
      const inputs = Object.fromEntries(
        reads.map((at, k) => [`i${k}`, at === -1 ? source.outputs.x : at === -2 ? source.outputs.y : outputs[at]]),
      );
      const work = async (given: Record<string, Aged>) => {
        try {
          const made = merged(Object.values(given));
          await scheduler.schedule(Promise.resolve(), `n${i}`);
          return made;
        } catch (error) {
          faults.push(String(error));
          throw error;
        }
      };
      const node = new FnNode(work as never, { name: `n${i}`, inputs: inputs as never, outputs: { v: null } });
      outputs.push((node.outputs as unknown as { v: Port<Aged> }).v);
      return node;
    });
    const sheet = new Graph({ name: "Orders", nodes }).sheet();
    const latest = { x: born("x", 0, 0), y: born("y", 0, 0) };
    void scheduler.scheduleSequence(
      moves.map(({ source: name, n }, version) => ({
        label: `${name} = ${n}`,
        builder: async () => {
          latest[name] = born(name, n, version + 1);
          sheet.set(source.inputs[name], latest[name]);
        },
      })),
    );
    await scheduler.waitIdle();
    await sheet.settled();
    expect(faults).toEqual([]);
    expect(outputs.map((port) => sheet.value(port)?.n)).toEqual(fromScratch(shape, [latest.x, latest.y]));
    sheet.close();
  });
  await plays(property, { share: 1 / 2 });
});

function born(source: "x" | "y", n: number, version: number): Aged {
  return { n, ages: { [source]: version } };
}
