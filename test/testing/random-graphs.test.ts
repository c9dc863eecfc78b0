/** The laws once more, written as a user would write them: random graphs and random edits through `millrace/testing` alone. */
import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { baseOf } from "../../src/engine/node.ts";
import type { Sheet } from "../../src/index.ts";
import { plans } from "../../src/testing/graph-plan.ts";
import { grown } from "../../src/testing/graphs.ts";
import { apply, differences, type Edit, edits, graphs, ledger, type RandomGraph } from "../../src/testing.ts";

const sequences = Number(process.env.MILLRACE_SEQUENCES ?? 1_000);
const seed = process.env.MILLRACE_SEED === undefined ? {} : { seed: Number(process.env.MILLRACE_SEED) };
let played = 0;
afterAll(() => console.log(`${played} random sequences played through millrace/testing.`));

interface Story {
  readonly random: RandomGraph;
  readonly drawn: readonly Edit[];
}
function stories(random: fc.Arbitrary<RandomGraph>, options: Parameters<typeof edits>[1] = {}): fc.Arbitrary<Story> {
  return random.chain((one) => edits(one.graph, options).map((drawn) => ({ random: one, drawn })));
}
async function right(sheet: Sheet): Promise<void> {
  expect((await differences(sheet)).map(String)).toEqual([]);
}

test("[W4] random edits of random graphs, in the middle of runs, end as evaluating from scratch does", async () => {
  const property = fc.asyncProperty(stories(graphs()), async ({ random, drawn }) => {
    played++;
    const sheet = random.graph.sheet();
    for (const edit of drawn) {
      await apply(sheet, edit);
      if (edit.kind === "settle") await right(sheet);
    }
    await sheet.settled();
    await right(sheet);
    sheet.close();
  });
  await fc.assert(property, { numRuns: sequences, ...seed });
});

test("[W5] one edit and its settling run each node at most once, and only what it reaches", async () => {
  const property = fc.asyncProperty(stories(graphs(), { max: 8 }), async ({ random, drawn }) => {
    played++;
    const sheet = random.graph.sheet();
    await sheet.settled();
    const ran = ledger(sheet);
    for (const edit of drawn) {
      await apply(sheet, edit);
      await sheet.settled();
      const names = ran.take();
      expect(names).toEqual([...new Set(names)]);
      const reached = below(random, edit);
      expect(names.filter((name) => !reached.has(name))).toEqual([]);
    }
    sheet.close();
  });
  await fc.assert(property, { numRuns: sequences / 2, ...seed });
});

test("[W7] setting every input to what it holds runs nothing", async () => {
  const property = fc.asyncProperty(stories(graphs()), async ({ random, drawn }) => {
    const sheet = random.graph.sheet();
    for (const edit of drawn) await apply(sheet, edit);
    await sheet.settled();
    const ran = ledger(sheet);
    for (const input of random.inputs) {
      const value = sheet.value(input);
      if (value !== undefined) sheet.set(input, value);
    }
    await sheet.settled();
    expect(ran.take()).toEqual([]);
    sheet.close();
  });
  await fc.assert(property, { numRuns: sequences / 5, ...seed });
});

test("[R1] inputs that were there before are answered from memory: nothing runs", async () => {
  const random = graphs({ failures: false }).filter(({ graph }) => !callsOut(graph));
  const property = fc.asyncProperty(stories(random, { only: ["set"], max: 6 }), async ({ random, drawn }) => {
    const sheet = random.graph.sheet();
    const held = () => random.inputs.map((input) => sheet.value(input));
    await sheet.settled();
    const seen = [held()];
    for (const edit of drawn) {
      await apply(sheet, edit);
      await sheet.settled();
      seen.push(held());
    }
    const ran = ledger(sheet);
    // What was empty once cannot be emptied again.
    for (const values of seen.filter((values) => !values.includes(undefined)).reverse()) {
      sheet.batch(() => {
        for (const [i, input] of random.inputs.entries()) sheet.set(input, values[i] as number);
      });
      await sheet.settled();
      await right(sheet);
    }
    expect(ran.take()).toEqual([]);
    sheet.close();
  });
  await fc.assert(property, { numRuns: sequences / 5, ...seed });
});

test("[W4, R2] in every order of completion that a scheduler can choose, the sheet ends as from scratch", async () => {
  const plan = plans({ maxNodes: 8, async: true, failures: true });
  const property = fc.asyncProperty(
    fc.scheduler(),
    plan,
    fc.infiniteStream(fc.nat()),
    async (scheduler, drawn, picks) => {
      let free = false;
      const random = grown(drawn, (_count, name) =>
        free ? Promise.resolve() : scheduler.schedule(Promise.resolve(), name),
      );
      const sheet = random.graph.sheet();
      for (let i = 0; i < 8 && random.inputs.length > 0; i++) {
        const input = random.inputs[(picks.next().value as number) % random.inputs.length]!;
        sheet.set(input, (picks.next().value as number) % 10);
        if (scheduler.count() > 0) await scheduler.waitNext(1);
      }
      await scheduler.waitIdle();
      await sheet.settled();
      free = true;
      await right(sheet);
      sheet.close();
    },
  );
  await fc.assert(property, { numRuns: sequences / 4, ...seed });
});

/** Whether a callable feeds a node: then its runs are no answers. */
function callsOut(graph: Sheet["graph"]): boolean {
  const asked = graph.nodes.flatMap((node) => Object.values(baseOf(node).inputs));
  return asked.some((port) => graph.sourceOf(port).kind === "callable");
}

/** The names of the nodes that an edit may make run: all below what it touches, and for a demand also all above. */
function below({ graph }: RandomGraph, edit: Edit): ReadonlySet<string> {
  const all = new Set(graph.nodes.map((node) => node.name));
  if (edit.kind !== "set") return edit.kind === "settle" || edit.kind === "cancel" ? new Set() : all;
  const sources = new Set(
    graph.nodes
      .filter((node) => Object.values(node.inputs).some((port) => port.component === edit.input.component))
      .map((node) => node.name),
  );
  for (const node of graph.nodes)
    if (graph.edges.some(({ from, to }) => to.node === node && sources.has(from.node.name))) sources.add(node.name);
  return sources;
}
