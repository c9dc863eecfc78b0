/** Random edits: whatever a graph has a place for, drawn at random and shrunk by fast-check to fewer and plainer ones. */
import * as fc from "fast-check";
import { type BaseNode, baseOf } from "../engine/base-node.ts";
import type { Component } from "../engine/component.ts";
import type { Graph } from "../engine/graph.ts";
import type { ChoiceNode, InteractionNode, Node } from "../engine/node.ts";
import type { InputPort, OutputPort } from "../engine/port.ts";
import type { PersonStep } from "../nodes/interaction.ts";
import { type Edit, said } from "./edit.ts";
import { values } from "./values.ts";

type Kind = Edit["kind"];

/** How often each kind is drawn, where the graph has a place for it. */
const weights: Readonly<Record<Kind, number>> = {
  set: 8,
  run: 3,
  runAll: 1,
  answer: 3,
  cancel: 1,
  choose: 3,
  select: 2,
  pin: 2,
  unpin: 1,
  batch: 2,
  settle: 3,
};

/**
 * Random edits of a graph, your own too; `only` restricts the kinds, `max` (20) the number. Inputs are set to `values` of their
 * components, and the edits shrink to fewer and plainer ones.
 *
 * @example
 * fc.assert(
 *   fc.asyncProperty(edits(graph), async (drawn) => {
 *     const sheet = graph.sheet();
 *     for (const edit of drawn) await apply(sheet, edit);
 *     await sheet.settled();
 *     expect((await differences(sheet)).map(String)).toEqual([]);
 *   }),
 * );
 */
export function edits(
  graph: Graph,
  options: { max?: number; only?: readonly Kind[] } = {},
): fc.Arbitrary<readonly Edit[]> {
  const { max = 20, only } = options;
  const named = (kind: Kind) => only === undefined || only.includes(kind);
  const places = placesOf(graph);
  // A batch is made of the kinds that are named beside it; named alone, of all.
  const alone = only?.every((kind) => kind === "batch" || kind === "settle");
  const inner = drawable(places, (kind) => kind !== "settle" && (named(kind) || alone === true));
  const batch = inner && fc.array(inner, { minLength: 1, maxLength: 4 });
  // A batch of one is that one: so shrinking ends with the plainest story.
  const batched = (list: readonly Edit[]): Edit =>
    list.length === 1 && list[0] && named(list[0].kind) ? list[0] : said({ kind: "batch", edits: list });
  const all = { ...places, ...(batch && { batch: batch.map(batched) }) };
  const one = drawable(all, named);
  return one ? fc.array(one, { maxLength: max, size: "max" }) : fc.constant([]);
}

type Places = Partial<Record<Kind, fc.Arbitrary<Edit>>>;

/** The edits that a graph has a place for, by kind. */
function placesOf(graph: Graph): Places {
  const nodes = graph.nodes.map(baseOf);
  const sets = nodes.flatMap((node) => settable(graph, node));
  const runnable = nodes.filter((node) => node.runnable).map((node) => node as unknown as Node);
  const shown = runnable.flatMap((node) => Object.values(node.outputs).filter(pinnable));
  const choices = runnable.filter((node) => node.kind === "choice");
  const people = nodes.filter((node) => node.answer !== undefined);
  const node = among(runnable);
  const output = among(shown);
  return {
    ...(sets.length > 0 && { set: fc.oneof(...sets) }),
    ...(node && {
      run: running(runnable),
      runAll: fc.record({ kind: fc.constant("runAll"), again: seldom }).map(said),
      cancel: fc.record({ kind: fc.constant("cancel"), node }).map(said),
      select: fc.record({ kind: fc.constant("select"), node, index: fc.nat({ max: 20 }) }).map(said),
    }),
    ...(choices.length > 0 && { choose: fc.oneof(...choices.map(choosing)) }),
    ...(people.length > 0 && { answer: fc.oneof(...people.map(answering)) }),
    ...(output && {
      pin: output.chain(pinning),
      unpin: fc.record({ kind: fc.constant("unpin"), output }).map(said),
    }),
    settle: fc.constant(said({ kind: "settle" })),
  };
}

const seldom = fc.nat({ max: 5 }).map((n) => n === 5);

function running(nodes: readonly Node[]): fc.Arbitrary<Edit> {
  const run = { kind: fc.constant("run" as const), again: seldom };
  const whole = fc.record({ ...run, node: fc.constantFrom(...nodes), only: seldom }).map(said);
  const scattered = nodes.filter((node) => baseOf(node).depth > 0);
  if (scattered.length === 0) return whole;
  const items = fc.oneof(
    fc.constant("failed" as const),
    fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 1, maxLength: 2 }),
  );
  const some = fc.record({ ...run, node: fc.constantFrom(...scattered), items }).map(said);
  return fc.oneof({ weight: 3, arbitrary: whole }, { weight: 1, arbitrary: some });
}

/** An answer that the step may take; one that does not fit it ignores. */
function answering(node: BaseNode): fc.Arbitrary<Edit> {
  const step = node as unknown as InteractionNode<unknown, unknown, unknown>;
  const [output] = Object.values(node.outputs);
  const answers = {
    approval: fc.nat({ max: 4 }).map((n) => n > 0),
    pick: fc.nat({ max: 9 }),
    text: output?.component ? values(output.component) : fc.string(),
    image: output?.component ? values(output.component) : fc.string(),
  };
  return (answers[(node as PersonStep).asks] as fc.Arbitrary<unknown>).map((answer) =>
    said({ kind: "answer", step, answer }),
  );
}

/** What is shown as one value can be edited by hand. */
function pinnable(output: OutputPort<unknown>): boolean {
  return output.component !== null && output.depth === 0;
}

function pinning(output: OutputPort<unknown>): fc.Arbitrary<Edit> {
  return values(output.component as Component<unknown>).map((value) => said({ kind: "pin", output, value }));
}

function settable(graph: Graph, node: BaseNode): readonly fc.Arbitrary<Edit>[] {
  return Object.values(node.inputs).flatMap((port) => {
    const source = graph.sourceOf(port);
    if (source.kind !== "component") return [];
    const input = port as unknown as InputPort<unknown>;
    return [values(source.component).map((value) => said({ kind: "set", input, value }))];
  });
}

function choosing(node: Node): fc.Arbitrary<Edit> {
  const choice = node as ChoiceNode<unknown>;
  return fc.nat({ max: choice.variants.length - 1 }).map((variant) => said({ kind: "choose", choice, variant }));
}

function among<T>(list: readonly T[]): fc.Arbitrary<T> | undefined {
  return list.length > 0 ? fc.constantFrom(...list) : undefined;
}

function drawable(places: Places, wanted: (kind: Kind) => boolean): fc.Arbitrary<Edit> | undefined {
  const kinds = (Object.keys(weights) as Kind[]).filter(wanted);
  const weighted = kinds.flatMap((kind) => {
    const arbitrary = places[kind];
    return arbitrary ? [{ weight: weights[kind], arbitrary }] : [];
  });
  return weighted.length > 0 ? fc.oneof(...weighted) : undefined;
}
