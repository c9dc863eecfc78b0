/** Whether a sheet shows an old run again (R7): at its node, at one of its items, or in a graph inside. */
import { take } from "rxjs";
import { type BaseNode, baseOf } from "../../src/engine/base-node.ts";
import type { Node } from "../../src/engine/node.ts";
import type { InPort } from "../../src/engine/port.ts";
import type { AnyPort, Run, ScatteredPort, Sheet, Signal } from "../../src/index.ts";
import { same } from "../../src/testing/same.ts";

/** A node, here or in a graph inside, and a run of it. */
export interface RunOf {
  readonly node: BaseNode;
  readonly run: Run;
  /** The node of the sheet's own graph: itself, or the one that it is inside of. */
  readonly around: BaseNode;
}

type Made = Pick<RunOf, "node" | "run">;

/** The runs of all functions, inside graphs too, that are looked at from outside: of items of lists, not of lists in lists. */
export function runsOn(sheet: Sheet): readonly RunOf[] {
  return sheet.graph.nodes.map(baseOf).flatMap((node) => {
    if (node.depth > 1 || (node.kind !== "fn" && node.graph === undefined)) return [];
    const inner = node.graph ? all(node.graph) : [node];
    return sheet.history(node as unknown as Node).flatMap((run) => {
      const made = inner.find(({ name }) => name === run.node);
      return made && made.depth < 2 ? [{ node: made, run, around: node }] : [];
    });
  });
}

/** What is not as it was for the run: nothing, when it is shown. */
export function missing(sheet: Sheet, made: Made, called: readonly InPort[] = []): readonly string[] {
  const { node } = made;
  if (sheet.graph.has(node))
    return node.depth === 0 ? missingAt(sheet, made, called) : missingItem(sheet, made, called);
  const around = sheet.graph.nodes.map(baseOf).find(({ graph }) => graph && all(graph).includes(node)) as BaseNode;
  const parts = around.depth === 0 ? [sheet.inside(around as unknown as Node) as Sheet] : itemsInside(sheet, around);
  const outside = Object.values(around.inputs).filter((port) => sheet.graph.sourceOf(port).kind === "callable");
  const inside = outside.map(({ name }) => inputsOf(around)[name] as InPort);
  const found = parts.map((part) => missing(part, made, inside));
  return found.find((one) => one.length === 0) ?? found[0] ?? [`${around.name} has no items`];
}

function all(graph: Sheet["graph"]): readonly BaseNode[] {
  return graph.nodes.map(baseOf).flatMap((node) => [node, ...(node.graph ? all(node.graph) : [])]);
}

function inputsOf({ graph }: BaseNode): Readonly<Record<string, InPort>> {
  return (graph?.inputs ?? {}) as unknown as Readonly<Record<string, InPort>>;
}

function itemsInside(sheet: Sheet, around: BaseNode): readonly Sheet[] {
  const parts: Sheet[] = [];
  for (let part = sheet.inside(around as unknown as Node, 0); part; )
    part = sheet.inside(around as unknown as Node, parts.push(part));
  return parts;
}

function missingAt(sheet: Sheet, { node, run }: Made, called: readonly InPort[]): readonly string[] {
  const inputs = asked(sheet, node, called).flatMap((port) =>
    unlike(run, port.name, heldAt(sheet, port), run.inputs[port.name]),
  );
  if (inputs.length > 0 || run.outcome !== "ready") return inputs;
  return Object.values(node.outputs).flatMap((port) =>
    unlike(run, port.name, heldAt(sheet, port), run.outputs[port.name]),
  );
}

function missingItem(sheet: Sheet, { node, run }: Made, called: readonly InPort[]): readonly string[] {
  const scattered = asked(sheet, node, called).filter((port) => depthOf(sheet, port) > 0);
  const lists = scattered.map((port) => listAt(sheet, port));
  const length = Math.max(0, ...lists.map((list) => (Array.isArray(list) ? list.length : 0)));
  const plain = asked(sheet, node, called).filter((port) => depthOf(sheet, port) === 0);
  const wrong = plain.flatMap((port) => unlike(run, port.name, heldAt(sheet, port), run.inputs[port.name]));
  if (wrong.length > 0) return wrong;
  const given = Object.values(node.outputs).map((port) => itemsOf(sheet, port));
  const gave = (at: number) =>
    Object.values(node.outputs).every((port, k) =>
      same(given[k]?.[at], run.outcome === "ready" && run.outputs[port.name]),
    );
  const there = Array.from({ length }, (_, i) => i).some(
    (i) =>
      scattered.every((port, k) => same(partOf(sheet, port, lists[k], i), run.inputs[port.name])) &&
      (run.outcome !== "ready" || gave(i)),
  );
  return there ? [] : [`${run.node} has no item with the inputs ${JSON.stringify(run.inputs)}`];
}

/** Of a list that is not whole, the items that are there. */
function listAt(sheet: Sheet, port: InPort): unknown {
  const source = sheet.graph.sourceOf(port);
  return source.kind === "edge" && !source.from.origin ? itemsOf(sheet, source.from) : heldAt(sheet, port);
}

function itemsOf(sheet: Sheet, port: unknown): readonly unknown[] {
  return signalsOf(sheet, port).map((signal) => (signal.kind === "ready" ? signal.value : undefined));
}

/** How the items of a scattered port stand now. */
export function signalsOf(sheet: Sheet, port: unknown): readonly Signal<unknown>[] {
  let items: readonly Signal<unknown>[] = [];
  sheet
    .items$(port as ScatteredPort<unknown>)
    .pipe(take(1))
    .subscribe((signals) => {
      items = signals;
    });
  return items;
}

function partOf(sheet: Sheet, port: InPort, list: unknown, at: number): unknown {
  const source = sheet.graph.sourceOf(port);
  const origin = source.kind === "edge" ? source.from.origin : undefined;
  const item = (list as readonly unknown[] | undefined)?.[at];
  return origin?.kind === "each" && origin.field ? (item as Record<string, unknown> | undefined)?.[origin.field] : item;
}

function depthOf(sheet: Sheet, port: InPort): number {
  const source = sheet.graph.sourceOf(port);
  return source.kind === "edge" ? source.from.depth : 0;
}

/** What a callable gave cannot be given back. */
function asked(sheet: Sheet, node: BaseNode, called: readonly InPort[]): readonly InPort[] {
  const kinds = ["callable", "constant"];
  return Object.values(node.inputs).filter(
    (port) => !kinds.includes(sheet.graph.sourceOf(port).kind) && !called.includes(port),
  );
}

function heldAt(sheet: Sheet, port: unknown): unknown {
  return sheet.value(port as AnyPort<unknown>);
}

function unlike(run: Run, name: string, now: unknown, then: unknown): readonly string[] {
  return same(now, then) ? [] : [`${run.node}.${name} is ${JSON.stringify(now)}, and was ${JSON.stringify(then)}`];
}
