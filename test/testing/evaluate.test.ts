/** The naive evaluator: every way in which a function gives, every way in which an input is fed, and that it leaves the sheet alone. */
import * as fc from "fast-check";
import { of } from "rxjs";
import { expect, test } from "vitest";
import { equal } from "../../src/engine/equal.ts";
import { FileRef, FnNode, Graph, InputNode, type Node, type RunContext, ui } from "../../src/index.ts";
import { same } from "../../src/testing/same.ts";
import { differences, evaluate, ledger } from "../../src/testing.ts";

/** A node that gives what `give` says, and what evaluating it from scratch gives. */
async function scratch(give: () => unknown, component: ReturnType<typeof ui.json> | null = null): Promise<unknown> {
  const node = new FnNode(give as never, { name: "Give", outputs: { it: component } } as never) as unknown as Node;
  const sheet = new Graph({ name: "One", nodes: [node] }).sheet();
  await sheet.settled();
  const { value } = await evaluate(sheet);
  expect(value(node.outputs.it!)).toEqual(sheet.value(node.outputs.it!));
  sheet.close();
  return value(node.outputs.it!);
}

test.each<[string, () => unknown, unknown]>([
  ["at once", () => 1, 1],
  ["as a promise", async () => 2, 2],
  ["as an Observable, the last one", () => of(1, 2, 3), 3],
  ["as an Observable of nothing", () => of(), undefined],
  [
    "as an async generator, the last one",
    async function* () {
      yield 1;
      yield 4;
    },
    4,
  ],
  [
    "as an async generator that returns one",
    async function* () {
      yield 1;
      return 5;
    },
    5,
  ],
  ["null", () => null, null],
  ["nothing", () => undefined, undefined],
  [
    "by throwing",
    () => {
      throw new Error("no");
    },
    undefined,
  ],
  ["by rejecting", () => Promise.reject(new Error("no")), undefined],
])("it takes what is given %s", async (_how, give, value) => {
  expect(await scratch(give)).toEqual(value);
});

test("what the component of an output refuses is no value", async () => {
  expect(await scratch(() => "text", ui.number() as never)).toBeUndefined();
});

test("what is given for a file's port becomes a file", async () => {
  const given = await FileRef.fromBytes(new TextEncoder().encode("GIF89a"), { type: "image/gif" });
  expect(await scratch(async () => given.bytes(), ui.image() as never)).toMatchObject({ id: given.id });
});

test("several outputs are told apart, and a node that lacks one gives none", async () => {
  const both = new FnNode(() => ({ a: 1, b: 2 }), { name: "Both", outputs: { a: null, b: ui.number() } });
  const lacking = new FnNode((() => ({ a: 1 })) as never, {
    name: "Lacks",
    outputs: { a: null, b: null },
  }) as unknown as typeof both;
  const sheet = new Graph({ name: "Two", nodes: [both, lacking] }).sheet();
  const { value } = await evaluate(sheet);
  expect([value(both.outputs.a), value(both.outputs.b)]).toEqual([1, 2]);
  expect([value(lacking.outputs.a), value(lacking.outputs.b)]).toEqual([undefined, undefined]);
});

test("every way of feeding an input arrives: component, edge, connection, constant, callable, card of inputs", async () => {
  const card = new InputNode({ name: "Card", ports: { set: ui.number({ value: 1 }), empty: ui.number() } });
  let calls = 0;
  const sum = new FnNode((inputs: Record<string, number>) => Object.values(inputs).reduce((a, b) => a + b, 0), {
    name: "Sum",
    inputs: {
      edge: card.outputs.set,
      own: ui.number({ value: 10 }),
      later: ui.number(),
      constant: 100,
      called: () => 1000 * ++calls,
    } as never,
    outputs: { sum: ui.number() },
  });
  const waits = new FnNode(({ n }) => n, {
    name: "Waits",
    inputs: { n: card.outputs.empty },
    outputs: { n: ui.number() },
  });
  const graph = new Graph({ name: "Fed", nodes: [sum, waits] }).connect(
    card.outputs.set,
    (sum as unknown as Node).inputs.later as never,
  );
  const sheet = graph.sheet();
  sheet.set(card.inputs.set, 2);
  const { value } = await evaluate(sheet);
  expect(sheet.value(sum.outputs.sum)).toBe(2 + 10 + 2 + 100 + 2000);
  expect(value(sum.outputs.sum)).toBe(2 + 10 + 2 + 100 + 2000);
  expect(value(card.outputs.set)).toBe(2);
  expect([value(card.outputs.empty), value(waits.outputs.n)]).toEqual([undefined, undefined]);
  expect(calls).toBe(2);
});

test("it leaves the sheet alone, and its runs are never stopped", async () => {
  const contexts: RunContext[] = [];
  const node = new FnNode(
    async (_: {}, run: RunContext) => {
      contexts.push(run);
      run.progress(0.5, "half");
      run.log("line");
      return 1;
    },
    { name: "Alone", outputs: { n: null } },
  );
  const sheet = new Graph({ name: "Alone", nodes: [node] }).sheet();
  await sheet.settled();
  const ran = ledger(sheet);
  const before = sheet.signal(node.outputs.n);
  const ends = evaluate(sheet);
  sheet.close();
  expect((await ends).value(node.outputs.n)).toBe(1);
  expect([ran.runs, sheet.signal(node.outputs.n)]).toEqual([[], before]);
  expect([contexts.length, contexts[1]?.signal.aborted]).toEqual([2, false]);
});

test("manual nodes are evaluated too: from scratch nothing waits to be asked", async () => {
  const node = new FnNode(() => 1, { name: "Manual", trigger: "manual", outputs: { n: null } });
  const sheet = new Graph({ name: "Manual", nodes: [node] }).sheet();
  expect((await evaluate(sheet)).value(node.outputs.n)).toBe(1);
  expect(await differences(sheet)).toEqual([]);
});

test("values that the engine holds for equal are the same; what differs is not", () => {
  fc.assert(fc.property(fc.anything(), fc.anything(), (a, b) => !equal(a, b) || same(a, b)));
  const rich = {
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
  };
  fc.assert(
    fc.property(fc.clone(fc.anything(rich), 2), ([a, b]) => same(a, b)),
    { numRuns: 1000 },
  );
});

class Stone {
  constructor(public turns: number) {}
}

test.each<[string, unknown, unknown, boolean]>([
  ["objects of a class with equal fields", new Stone(1), new Stone(1), true],
  ["objects of a class with other fields", new Stone(1), new Stone(2), false],
  ["objects of two classes", new Stone(1), { turns: 1 }, false],
  ["errors with one message", new Error("a"), new Error("a"), true],
  ["errors with two messages", new Error("a"), new Error("b"), false],
  [
    "maps in another order",
    new Map([
      [1, 1],
      [2, 2],
    ]),
    new Map([
      [2, 2],
      [1, 1],
    ]),
    false,
  ],
  ["0 and -0", 0, -0, false],
  ["lists of another length", [1], [1, undefined], false],
  ["patterns", /a/g, /a/i, false],
  ["bytes", new Uint8Array([1, 2]).buffer, new Uint8Array([1, 3]).buffer, false],
  ["circles", circle(), circle(), true],
  ["what throws when looked at", thrower(), thrower(), false],
])("%s: the same or not", (_what, a, b, expected) => {
  expect(same(a, b)).toBe(expected);
});

function circle(): unknown {
  const round: Record<string, unknown> = {};
  round.again = round;
  return round;
}
function thrower(): unknown {
  return {
    get it() {
      throw new Error("no");
    },
  };
}
