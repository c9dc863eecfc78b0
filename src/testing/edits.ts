/** Random edits: whatever a graph has a place for, drawn at random and shrunk by fast-check to fewer and plainer ones. */
import * as fc from "fast-check";
import { type BaseNode, baseOf } from "../engine/base-node.ts";
import { type Component, shapeOf } from "../engine/component.ts";
import type { Graph } from "../engine/graph.ts";
import { refuseUnknown } from "../engine/known-options.ts";
import type { ChoiceNode, InteractionNode, Node } from "../engine/node.ts";
import type { InPort, InputPort, OutputPort } from "../engine/port.ts";
import { nameOutside } from "../engine/shown-ports.ts";
import type { PersonStep } from "../nodes/interaction.ts";
import type { Edit } from "./edit.ts";
import { said } from "./edit-words.ts";
import { rarely } from "./graph-plan.ts";
import { values } from "./values.ts";

type Kind = Edit["kind"];

/** How often each kind is drawn, where the graph has a place for it. */
const weights: Readonly<Record<Kind, number>> = {
  set: 8,
  run: 3,
  runAll: 1,
  answer: 3,
  cancel: 1,
  cancelAll: 1,
  choose: 3,
  select: 2,
  pin: 3,
  unpin: 1,
  editRow: 2,
  sweep: 1,
  inside: 3,
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
  refuseUnknown(options, ["max", "only"], "edits(graph)");
  refuseUnknown(
    Object.fromEntries((options.only ?? []).map((kind) => [kind, true])),
    Object.keys(weights),
    "What edits(graph) draws",
  );
  const { max = 20, only } = options;
  const named = (kind: Kind) => only === undefined || only.includes(kind);
  const places = placesOf(graph, () => true);
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

/** The edits that a graph has a place for, by kind. `open`: the inputs that can be set, as far as the graph feeds them. */
function placesOf(graph: Graph, open: (input: InputPort<unknown>) => boolean): Places {
  const nodes = graph.nodes.map(baseOf);
  const inputs = nodes.flatMap((node) => settable(graph, node)).filter(([input]) => open(input));
  const sets = inputs.map(setting);
  const runnable = nodes.filter((node) => node.runnable).map((node) => node as unknown as Node);
  const shown = runnable.flatMap((node) => Object.values<OutputPort<unknown>>(node.outputs as never)).filter(pinnable);
  const lists = [...inputs.map(([input]) => input), ...shown.filter(({ depth }) => depth === 0)].filter(rowed);
  const inside = nodes.filter((one) => one.graph && one.depth < 2).flatMap(within);
  const choices = runnable.filter((node) => node.kind === "choice");
  const people = nodes.filter((node) => node.answer !== undefined);
  const node = among(runnable);
  return {
    ...(sets.length > 0 && { set: fc.oneof(...sets) }),
    ...(node && {
      run: running(runnable),
      runAll: fc.record({ kind: fc.constant("runAll"), again: seldom }).map(said),
      cancel: fc.record({ kind: fc.constant("cancel"), node }).map(said),
      cancelAll: fc.constant(said({ kind: "cancelAll" })),
      select: fc.record({ kind: fc.constant("select"), node, index: fc.nat({ max: 20 }) }).map(said),
    }),
    ...(choices.length > 0 && { choose: fc.oneof(...choices.map(choosing)) }),
    ...(people.length > 0 && { answer: fc.oneof(...people.map(answering)) }),
    ...(shown.length > 0 && { pin: fc.oneof(...shown.map(pinning)), unpin: fc.oneof(...shown.map(unpinning)) }),
    ...(lists.length > 0 && { editRow: fc.oneof(...lists.map(editing)) }),
    ...(node && inputs.length > 0 && { sweep: fc.oneof(...inputs.map((input) => sweeping(input, node))) }),
    ...(inside.length > 0 && { inside: fc.oneof(...inside) }),
    settle: fc.constant(said({ kind: "settle" })),
  };
}

const seldom = rarely(6);
const few = fc.nat({ max: 3 });

function running(nodes: readonly Node[]): fc.Arbitrary<Edit> {
  const run = { kind: fc.constant("run" as const), again: seldom };
  const whole = fc.record({ ...run, node: fc.constantFrom(...nodes), only: seldom }).map(said);
  const scattered = nodes.filter((node) => baseOf(node).depth > 0);
  if (scattered.length === 0) return whole;
  const items = fc.oneof(fc.constant("failed" as const), fc.uniqueArray(few, { minLength: 1, maxLength: 2 }));
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

/** What is shown can be edited by hand. */
function pinnable(output: OutputPort<unknown>): boolean {
  return output.component !== null;
}

/** Of a scattered output one item, or all of them. */
function pinning(output: OutputPort<unknown>): fc.Arbitrary<Edit> {
  const one = values(output.component as Component<unknown>);
  const kind = fc.constant("pin" as const);
  const whole = fc.record({ kind, output: fc.constant(output), value: listed(one, output.depth) }).map(said);
  const some = fc.record({ kind, output: fc.constant(output), value: one, item: few }).map(said);
  return output.depth === 1 ? fc.oneof({ weight: 2, arbitrary: some }, { weight: 1, arbitrary: whole }) : whole;
}

function unpinning(output: OutputPort<unknown>): fc.Arbitrary<Edit> {
  const unpin = { kind: fc.constant("unpin" as const), output: fc.constant(output) };
  const whole = fc.record(unpin).map(said);
  return output.depth === 1 ? fc.oneof(fc.record({ ...unpin, item: few }).map(said), whole) : whole;
}

/** Lists of values, as deep as that. */
function listed(one: fc.Arbitrary<unknown>, depth: number): fc.Arbitrary<unknown> {
  return depth === 0 ? one : fc.array(listed(one, depth - 1), { minLength: 1, maxLength: 3 });
}

/** A list that is edited row by row. */
function rowed({ component }: InputPort<unknown> | OutputPort<unknown>): boolean {
  return component !== null && shapeOf(component).fields !== undefined;
}

/** One row edited, added or taken out. */
function editing(list: InputPort<unknown> | OutputPort<unknown>): fc.Arbitrary<Edit> {
  const fields = Object.entries(shapeOf(list.component as Component<unknown>).fields ?? {});
  const row = fc.record(Object.fromEntries(fields.map(([name, field]) => [name, values(field)])));
  const value = fc.option(row, { nil: undefined, freq: 4 });
  return fc.record({ kind: fc.constant("editRow" as const), list: fc.constant(list), row: few, value }).map(said);
}

type Settable = readonly [input: InputPort<unknown>, component: Component<unknown>];

function settable(graph: Graph, node: BaseNode): readonly Settable[] {
  return Object.values(node.inputs).flatMap((port) => {
    const source = graph.sourceOf(port);
    return source.kind === "component" ? [[port as unknown as InputPort<unknown>, source.component] as const] : [];
  });
}

function setting([input, component]: Settable): fc.Arbitrary<Edit> {
  return values(component).map((value) => said({ kind: "set", input, value }));
}

function sweeping([input, component]: Settable, node: fc.Arbitrary<Node>): fc.Arbitrary<Edit> {
  const over = fc.array(values(component), { minLength: 1, maxLength: 2 });
  return fc.record({ kind: fc.constant("sweep" as const), input: fc.constant(input), values: over, node }).map(said);
}

/** What can be done in the graph inside a node, but for what the node is given from outside. Only whole sheets are swept. */
function within(base: BaseNode): readonly fc.Arbitrary<Edit>[] {
  const graph = base.graph as Graph;
  const edit = drawable(
    placesOf(graph, (input) => nameOutside(graph, input as unknown as InPort) === undefined),
    (kind) => kind !== "settle" && kind !== "sweep",
  );
  const node = fc.constant(base as unknown as Node);
  const inside = { kind: fc.constant("inside" as const), node, ...(base.depth > 0 && { item: few }) };
  return edit ? [fc.record({ ...inside, edit }).map((drawn) => said(drawn as Edit))] : [];
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
