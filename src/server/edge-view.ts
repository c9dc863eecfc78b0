/** How far the lower card of an edge has taken in what the edge gives: fresh is said only of the very value that it ran with. */
import { equal } from "../engine/equal.ts";
import type { Run } from "../engine/run.ts";
import type { AnySignal } from "../engine/signal.ts";
import type { EdgeView, State } from "../protocol.ts";
import type { Edge } from "./card.ts";

/** One end of an edge. `asks` is true while it waits for a person: nothing flows there. */
export interface End {
  readonly state: State;
  readonly asks: boolean;
}

/** `used` is true when the run that the lower card shows was made from the value that the upper one gives now. */
export function edgeState(upper: End, { state: lower, asks }: End, used: boolean): EdgeView["state"] {
  switch (upper.state) {
    case "ready":
      if (lower === "pending") return asks ? "fresh" : "flowing";
      if (lower === "ready" || used) return "fresh";
      return lower === "stale" ? "stale" : "empty";
    case "pending":
      return upper.asks ? "empty" : "flowing";
    case "failed":
    case "stale":
    case "empty":
      return upper.state;
    default:
      return upper.state satisfies never;
  }
}

/** Whether a run was made from what a port gives now. */
export function usedBy(run: Run | undefined, input: string, signal: AnySignal): boolean {
  if (run === undefined || signal.kind !== "ready" || !Object.hasOwn(run.inputs, input)) return false;
  return equal(run.inputs[input], signal.value);
}

export function edgeView(edge: Edge, state: EdgeView["state"]): EdgeView {
  const { from, to, upper, lower, fromPort, toPort, kind } = edge;
  return { from, to, fromCard: upper.id, fromPort, toCard: lower.id, toPort, kind, state };
}
