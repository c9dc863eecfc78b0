/** Whether a sheet shows an old run again (R7): at its node, at one of its items, or in a graph inside. */
import { take } from "rxjs";
import { type BaseNode, baseOf, type Node } from "../../src/engine/node.ts";
import type { InPort } from "../../src/engine/port.ts";
import type { AnyPort, Run, ScatteredPort, Sheet } from "../../src/index.ts";
import { same } from "../../src/testing/same.ts";

/** A node, here or in a graph inside, and a run of it. */
export interface RunOf {
  readonly node: BaseNode;
  readonly run: Run;
  /** The node of the sheet's own graph: itself, or the one that it is inside of. */
  readonly around: BaseNode;
}

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
export function missing(sheet: Sheet, { node, run }: Pick<RunOf, "node" | "run">): readonly string[] {
  if (sheet.graph.has(node))
    return node.depth === 0 ? missingAt(sheet, { node, run }) : missingItem(sheet, { node, run });
  const around = sheet.graph.nodes.map(baseOf).find(({ graph }) => graph && all(graph).includes(node)) as BaseNode;
  const parts = around.depth === 0 ? [sheet.inside(around as unknown as Node) as Sheet] : itemsInside(sheet, around);
  const found = parts.map((part) => missing(part, { node, run }));
  return found.find((one) => one.length === 0) ?? found[0] ?? [`${around.name} has no items`];
}

function all(graph: Sheet["graph"]): readonly BaseNode[] {
  return graph.nodes.map(baseOf).flatMap((node) => [node, ...(node.graph ? all(node.graph) : [])]);
}

function itemsInside(sheet: Sheet, around: BaseNode): readonly Sheet[] {
  const parts: Sheet[] = [];
  for (let part = sheet.inside(around as unknown as Node, 0); part; )
    part = sheet.inside(around as unknown as Node, parts.push(part));
  return parts;
}

function missingAt(sheet: Sheet, { node, run }: Pick<RunOf, "node" | "run">): readonly string[] {
  const inputs = asked(sheet, node).flatMap((port) =>
    unlike(run, port.name, heldAt(sheet, port), run.inputs[port.name]),
  );
  if (inputs.length > 0 || run.outcome !== "ready") return inputs;
  return Object.values(node.outputs).flatMap((port) =>
    unlike(run, port.name, heldAt(sheet, port), run.outputs[port.name]),
  );
}

function missingItem(sheet: Sheet, { node, run }: Pick<RunOf, "node" | "run">): readonly string[] {
  const scattered = asked(sheet, node).filter((port) => depthOf(sheet, port) > 0);
  const lists = scattered.map((port) => heldAt(sheet, port));
  const length = Math.max(0, ...lists.map((list) => (Array.isArray(list) ? list.length : 0)));
  const plain = asked(sheet, node).filter((port) => depthOf(sheet, port) === 0);
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

function itemsOf(sheet: Sheet, port: unknown): readonly unknown[] {
  let items: readonly unknown[] = [];
  sheet
    .items$(port as ScatteredPort<unknown>)
    .pipe(take(1))
    .subscribe((signals) => {
      items = signals.map((signal) => (signal.kind === "ready" ? signal.value : undefined));
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
function asked(sheet: Sheet, node: BaseNode): readonly InPort[] {
  return Object.values(node.inputs).filter(
    (port) => !["callable", "constant"].includes(sheet.graph.sourceOf(port).kind),
  );
}

function heldAt(sheet: Sheet, port: unknown): unknown {
  return sheet.value(port as AnyPort<unknown>);
}

function unlike(run: Run, name: string, now: unknown, then: unknown): readonly string[] {
  return same(now, then) ? [] : [`${run.node}.${name} is ${JSON.stringify(now)}, and was ${JSON.stringify(then)}`];
}
