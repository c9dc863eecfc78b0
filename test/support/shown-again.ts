/** Whether a sheet shows an old run again (R7): at its node, at one of its items, or in a graph inside. */
import { take } from "rxjs";
import { type BaseNode, baseOf } from "../../src/engine/base-node.ts";
import type { ItemSignals } from "../../src/engine/items.ts";
import type { Node } from "../../src/engine/node.ts";
import type { InPort, OutPort } from "../../src/engine/port.ts";
import { nameOutside } from "../../src/engine/shown-ports.ts";
import type { AnyPort, OutputPort, Run, ScatteredPort, Sheet, Signal } from "../../src/index.ts";
import { same } from "../../src/testing/same.ts";
import { partsOf, readyOf } from "../../src/testing/snapshot.ts";
import { type Flow, type Input, itemsOf, none, spread } from "../../src/testing/spread.ts";

/** A node, here or in a graph inside, and a run of it. */
export interface RunOf {
  readonly node: BaseNode;
  readonly run: Run;
  /** The node of the sheet's own graph: itself, or the one that it is inside of. */
  readonly around: BaseNode;
}

type Made = Pick<RunOf, "node" | "run">;

/** The runs of all functions, inside graphs too. Of a graph that lives once for each item of lists in lists, nobody sees the inside. */
export function runsOn(sheet: Sheet): readonly RunOf[] {
  return sheet.graph.nodes.map(baseOf).flatMap((node) => {
    if (node.graph ? node.depth > 1 : node.kind !== "fn") return [];
    const inner = node.graph ? all(node.graph) : [node];
    return sheet.history(node as unknown as Node).flatMap((run) => {
      const made = inner.find(({ name }) => name === run.node);
      return made ? [{ node: made, run, around: node }] : [];
    });
  });
}

/** Whether a list is not there that its node runs once per item of: what lies over single items is worked on all the same, and nobody sees it. */
export function unseen(sheet: Sheet, { around }: RunOf): boolean {
  return Object.values(around.inputs).some((port) => {
    const source = sheet.graph.sourceOf(port);
    if (source.kind !== "edge" || source.from.depth === 0) return false;
    return sheet.itemsNow(source.from as unknown as OutputPort<unknown>) === undefined;
  });
}

/** What is not as it was for the run: nothing, when it is shown. */
export async function missing(sheet: Sheet, made: Made, called: readonly InPort[] = []): Promise<readonly string[]> {
  const { node } = made;
  if (sheet.graph.has(node))
    return node.depth === 0 ? missingAt(sheet, made, called) : missingItem(sheet, made, called);
  const around = sheet.graph.nodes.map(baseOf).find(({ graph }) => graph && all(graph).includes(node)) as BaseNode;
  const outside = Object.values(around.inputs).filter((port) => sheet.graph.sourceOf(port).kind === "callable");
  const names = outside.map(({ name }) => name);
  const inside = Object.values(node.inputs).filter((port) => {
    const name = around.graph?.has(node) ? nameOutside(around.graph, port) : undefined;
    return name !== undefined && names.includes(name);
  });
  const found: (readonly string[])[] = [];
  for (const part of partsOf(sheet, around)) found.push(await missing(part, made, inside));
  return found.find((one) => one.length === 0) ?? found[0] ?? [`${around.name} has no items`];
}

function all(graph: Sheet["graph"]): readonly BaseNode[] {
  return graph.nodes.map(baseOf).flatMap((node) => [node, ...(node.graph ? all(node.graph) : [])]);
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

/** However deep its items are: one of them has to have been given what the run was given, and to have given what it gave. */
async function missingItem(sheet: Sheet, { node, run }: Made, called: readonly InPort[]): Promise<readonly string[]> {
  const flow = shownOn(sheet);
  const given = asked(sheet, node, called).map((port): Input => {
    const source = sheet.graph.sourceOf(port);
    return source.kind === "edge"
      ? { name: port.name, value: itemsOf(source.from, flow), depth: source.from.depth }
      : { name: port.name, value: heldAt(sheet, port), depth: 0 };
  });
  const gave = (port: OutPort, item: readonly number[]) =>
    item.reduce((list: unknown, at) => (list as readonly unknown[] | undefined)?.[at], flow.given(port));
  let there = false;
  await spread(given, [], async (row, item) => {
    there ||=
      given.every(({ name }) => same(row[name], run.inputs[name])) &&
      (run.outcome !== "ready" ||
        Object.values(node.outputs).every((port) => same(gave(port, item), run.outputs[port.name])));
    return undefined;
  });
  return there ? [] : [`${run.node} has no item with the inputs ${JSON.stringify(run.inputs)}`];
}

/** What stands on a sheet now, item by item; of a list that is not whole, the items that are there. */
function shownOn(sheet: Sheet): Flow {
  return {
    given: (port) => {
      const shown = port as unknown as OutputPort<unknown>;
      return port.depth === 0 ? readyOf(sheet.signal(shown)) : readyIn(sheet.itemsNow(shown));
    },
    skips: (node) => {
      const variant = node.kind === "choice" ? node.above[sheet.chosen(node as unknown as Node)] : undefined;
      return (variant ?? node).onItemError === "skip";
    },
  };
}

function readyIn(items: ItemSignals | undefined): unknown {
  return items?.map((item) => (item && "kind" in item ? readyOf(item) : readyIn(item))) ?? none;
}

/** How the items of a scattered port stand now; while its list is not there, those that it had. */
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
