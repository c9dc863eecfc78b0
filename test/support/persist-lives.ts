/** A sheet's lives, one after the other, without a disk: what the keeper gives is collected, copied, and opened again. */

import { baseOf } from "../../src/engine/base-node.ts";
import type { Failure } from "../../src/engine/failure.ts";
import type { Graph } from "../../src/engine/graph.ts";
import type { Change, Fact, Kept, KeptRun, KeptSignal } from "../../src/engine/kept.ts";
import { type KeptSheet, openKept } from "../../src/engine/open-kept.ts";
import { type AnyPort, type OutPort, pathOf } from "../../src/engine/port.ts";
import type { Sheet, Signal } from "../../src/index.ts";
import { portsOf } from "../../src/testing/snapshot.ts";

export class Lives {
  readonly signals = new Map<number, KeptSignal>();
  readonly runs = new Map<number, KeptRun>();
  readonly facts = new Map<string, Fact>();
  runsBegun = 0;
  #now: KeptSheet | undefined;

  first(graph: Graph): Sheet {
    this.#now = openKept(graph, { id: "a".repeat(32), name: "Sheet 1" });
    return this.#now.sheet;
  }

  /** Stops where it stands and opens again; `graph` may be another version of the app. */
  next(graph: Graph): Sheet {
    this.save();
    const kept: Kept = {
      runsBegun: this.runsBegun,
      signals: this.signals,
      runs: [...this.runs.values()],
      facts: this.facts,
    };
    this.#now = openKept(graph, { id: "a".repeat(32), name: "Sheet 1", kept });
    return this.#now.sheet;
  }

  save(): Change {
    const change = this.#now!.keeper.take();
    this.runsBegun = change.runsBegun;
    for (const signal of change.signals) this.signals.set(signal.id, signal);
    for (const run of change.runs) this.runs.set(run.number, run);
    for (const [key, fact] of change.facts) {
      if (fact) this.facts.set(key, JSON.parse(JSON.stringify(fact)));
      else this.facts.delete(key);
    }
    return change;
  }

  /** Forgets what nothing leads to any more, as a compaction does. */
  compact(): void {
    this.save();
    const { runs, signals } = this.#now!.keeper.alive();
    for (const number of this.runs.keys()) if (!runs.has(number)) this.runs.delete(number);
    for (const id of this.signals.keys()) if (!signals.has(id)) this.signals.delete(id);
  }
}

/** Every port's signal in words that can be compared across lives, and of scattered ports every item's. */
export function shownOn(sheet: Sheet): Readonly<Record<string, unknown>> {
  const ports = portsOf(sheet.graph) as unknown as readonly AnyPort<unknown>[];
  return Object.fromEntries(
    ports.flatMap((port) => {
      const name = `${port.side} ${pathOf(port)}`;
      // What lists within lists held last, while they are not there, nobody keeps.
      const nested = (port as unknown as { readonly depth?: number }).depth !== 1;
      const items = itemsOf(sheet, port)?.map((item) => (nested ? item.kind : inWords(item)));
      return [[name, inWords(sheet.signal(port))], ...(items ? [[`items of ${name}`, items]] : [])];
    }),
  );
}

function itemsOf(sheet: Sheet, port: AnyPort<unknown>): readonly Signal<unknown>[] | undefined {
  if (port.side !== "out" || (port as unknown as OutPort).depth === 0) return undefined;
  const whole = sheet.signal(port);
  // Of a list that cannot be taken apart nobody knows which list it was before.
  if (whole.kind === "failed" && whole.failure.reason !== "item-failed") return undefined;
  let items: readonly Signal<unknown>[] = [];
  sheet
    .items$(port as never)
    .subscribe((now) => {
      items = now;
    })
    .unsubscribe();
  return items;
}

function inWords(signal: Signal<unknown>): unknown {
  if (signal.kind === "stale") {
    const { change, port } = signal.because;
    return { ...signal, because: `${change} ${port ? pathOf(port) : ""}` };
  }
  if (signal.kind === "ready") return { kind: "ready", value: signal.value, run: signal.run, pinned: signal.pinned };
  return signal.kind === "failed" ? { ...signal, failure: anyRoot(signal.failure) } : signal;
}

/** Of several failures above, which one is named depends on the order in which they came. */
function anyRoot(failure: Failure): unknown {
  if (failure.reason === "upstream") return { reason: "upstream" };
  if (failure.reason !== "item-failed") return failure;
  return { ...failure, items: new Map([...failure.items].map(([at, one]) => [at, anyRoot(one)])) };
}

/**
 * Every node's runs, as records that can be compared across lives. Of a graph inside, those of
 * items that are here no more are not listed.
 */
export function historyOf(sheet: Sheet): unknown {
  return sheet.graph.nodes.map((node) => [
    node.name,
    (baseOf(node).graph ? [] : sheet.history(node)).map(({ startedAt, ...run }) => ({
      ...run,
      startedAt: startedAt.getTime(),
    })),
    sheet.shown(node)?.run.id,
  ]);
}
