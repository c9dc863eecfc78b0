/**
 * What is right at one moment of a world: what `millrace/testing` evaluates from scratch, and of what has no value why. To evaluate
 * takes time, in which nothing may happen to a world: so its witness claims what should be, and the claims are looked at when the
 * story is over. What is right depends on what the sources hold and what callables gave, and is evaluated once for each of these.
 */

import type { Graph } from "../../src/engine/graph.ts";
import type { InPort, OutPort } from "../../src/engine/port.ts";
import type { Run, Signal } from "../../src/index.ts";
import { fromScratch, type Scratch } from "../../src/testing/evaluate.ts";
import type { Snapshot } from "../../src/testing/snapshot.ts";
import { none } from "../../src/testing/spread.ts";
import type { Feed, Wired } from "./wired.ts";

/** What a port holds from scratch; `roots`: the nodes that failed first. */
export type Told =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "failed"; readonly roots: ReadonlySet<string> }
  | { readonly kind: "empty" };

/** All that an evaluation depends on. */
export interface Moment {
  /** By source. */
  readonly values: readonly (number | null)[];
  /** By node that a callable feeds: what it was given in the run that is shown. */
  readonly given: ReadonlyMap<number, readonly unknown[]>;
}

/** What is right: asked of ports and inputs. */
export class Right {
  readonly #wired: Wired;
  readonly #moment: Moment;
  readonly #scratch: Scratch;
  readonly #ends: readonly Told[];

  constructor(wired: Wired, moment: Moment, scratch: Scratch) {
    this.#wired = wired;
    this.#moment = moment;
    this.#scratch = scratch;
    const ends: Told[] = [];
    this.#ends = ends;
    for (const node of wired.nodes.keys()) ends.push(this.#endOf(node));
  }

  out(port: OutPort): Told {
    const value = this.#scratch.value(port);
    return value === none
      ? (this.#ends[this.#wired.nodes.indexOf(port.node as never)] as Told)
      : { kind: "value", value };
  }

  /** What a node's inputs hold. */
  ins(node: number): readonly Told[] {
    return (this.#wired.feeds[node] as readonly Feed[]).map((feed, k): Told => {
      if (feed.kind === "out") return this.out(feed.from);
      if (feed.kind === "source") return held(this.#moment.values[feed.source] ?? undefined);
      return held(feed.kind === "constant" ? feed.value : this.#moment.given.get(node)?.[k]);
    });
  }

  /** Why a node gives nothing, if it gives nothing. */
  #endOf(node: number): Told {
    const { kind, name } = this.#wired.nodes[node] as Wired["nodes"][number];
    const ins = this.ins(node);
    const roots = ins.flatMap((one) => (one.kind === "failed" ? [...one.roots] : []));
    if (roots.length > 0) return { kind: "failed", roots: new Set(roots) };
    if (kind === "input" || ins.some((one) => one.kind === "empty")) return { kind: "empty" };
    return { kind: "failed", roots: new Set([name]) };
  }
}

export async function rightAt(graph: Graph, wired: Wired, moment: Moment): Promise<Right> {
  return new Right(wired, moment, await fromScratch(graph, snapshotAt(wired, moment)));
}

function held(value: unknown): Told {
  return value === undefined ? { kind: "empty" } : { kind: "value", value };
}

function snapshotAt(wired: Wired, { values, given }: Moment): Snapshot {
  const signal = (port: InPort | OutPort): Signal<unknown> => {
    const value = values[wired.sourceOf(port)] ?? undefined;
    return value === undefined ? { kind: "empty" } : { kind: "ready", value, pinned: false };
  };
  const history = (node: Wired["nodes"][number]): readonly Run[] => {
    const at = wired.nodes.indexOf(node);
    const inputs = given.get(at);
    const ports = wired.ins[at] as readonly InPort[];
    return inputs
      ? [{ inputs: Object.fromEntries(ports.map(({ name }, k) => [name, inputs[k]])) } as unknown as Run]
      : [];
  };
  return { signal, history, chosen: () => 0, items: () => [] } as unknown as Snapshot;
}
