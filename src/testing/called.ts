/** What callables gave for a run that a sheet shows: they cannot be asked again, so it is read from the run's record (R6). */
import type { BaseNode } from "../engine/base-node.ts";
import type { InPort, OutPort } from "../engine/port.ts";
import type { Run } from "../engine/run.ts";
import type { Signal } from "../engine/signal.ts";
import { same } from "./same.ts";
import { readyOf, type Snapshot } from "./snapshot.ts";
import type { Values } from "./work.ts";

/** Of the runs with these very inputs the latest that gave what is shown; or else the latest; or what the ports show. */
export function called(
  node: BaseNode,
  callables: readonly InPort[],
  inputs: Values,
  item: readonly number[],
  held: Snapshot,
): Values {
  if (callables.length === 0) return {};
  const gave = (run: Run) =>
    Object.values(node.outputs).every((port) => {
      const now = shown(port, item, held);
      if (now?.kind === "failed") return run.outcome === "failed";
      if (now?.kind !== "ready" || now.pinned) return true;
      return run.outcome === "ready" && same(run.outputs[port.name], now.value);
    });
  const fits = (run: Run) => Object.entries(inputs).every(([name, value]) => same(run.inputs[name], value));
  const runs = held.history(node);
  const run = runs.findLast((one) => fits(one) && gave(one)) ?? runs.findLast(fits) ?? runs.at(-1);
  return Object.fromEntries(
    callables.map((port) => [port.name, run ? run.inputs[port.name] : readyOf(held.signal(port))]),
  );
}

/** What stands at an item's place. */
function shown(port: OutPort, item: readonly number[], held: Snapshot): Signal<unknown> | undefined {
  if (port.depth === 0) return held.signal(port);
  let now: unknown = held.items(port);
  for (const at of item) now = (now as readonly unknown[] | undefined)?.[at];
  return now as Signal<unknown> | undefined;
}
