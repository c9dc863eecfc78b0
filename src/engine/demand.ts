/** Demands: somebody asked a step to run, and hears how it ended, once (R4). Here is how they reach upwards through a living graph, and what they find there. */
import type { Asked } from "./asked.ts";
import { failureFrom } from "./fault.ts";
import { emptyPort, notReady } from "./refusal.ts";
import type { Outcome } from "./run.ts";
import type { Slot } from "./slot.ts";

export interface Demand {
  /** This step alone: refused when an input is not ready. */
  readonly only: boolean;
  /** A new run though its outputs are fresh; spent once that run has begun. */
  again: boolean;
  /** True once its step was seen with every input ready: from then on `only` goes through edits like any demand. */
  accepted: boolean;
  /** When it was made, by the wave's clock. */
  at: number;
  end(outcome: Outcome): void;
}

/** How a demand ends when its step did not become ready. */
export type Ending = Exclude<Outcome, { kind: "ready" }>;

/** The same, and when it was, by the wave's clock. */
export interface EndedAt {
  readonly at: number;
  readonly ending: Ending;
}

/** What ends a demand from above: how, and the input that it came through. */
export interface EndAbove {
  readonly ending: Ending;
  readonly slot: Slot;
}

/**
 * Asks the steps above for what `step` misses. Gives how the demand ends instead, when there is nothing left to wait for:
 * a step above that failed, was cancelled or refused since the demand was made.
 */
export function askAbove(step: Asked, only: boolean): EndAbove | undefined {
  for (const slot of step.ins) {
    if (slot.now.kind === "ready") continue;
    const above = slot.owner;
    if (above === undefined) return { slot, ending: { kind: "refused", why: emptyPort({ reader: step, slot }) } };
    const end = askOne(step, slot, above, only);
    if (end) return end;
  }
  return undefined;
}

/** The same of one step above, through one of the slots that it writes. */
export function askOne(step: Asked, slot: Slot, above: Asked, only: boolean): EndAbove | undefined {
  if (above.runs ? above.asked >= step.asked : above.asked !== 0 && (only || !above.alone)) return undefined;
  const since = Math.max(step.asked, step.suppliedAt);
  if (above.ended && above.ended.at >= since) return { slot, ending: endingBelow(above, slot) };
  if (only && above.refused && above.refused.at >= since) return { slot, ending: above.refused.ending };
  // Nor does a variant that is not selected run (C1), whoever else reads it.
  if (!above.enabled) return { slot, ending: { kind: "refused", why: above.whyNotChosen } };
  // A `manual` step is never asked by what wants to run alone: it may become ready unasked, or that one is refused.
  if (only && !above.auto && !step.mirrors)
    return moves(above) ? undefined : { slot, ending: { kind: "refused", why: notReady(step, slot) } };
  above.ask(step.asked, only);
  return undefined;
}

/**
 * Takes back what was asked above on behalf of a demand that has ended, where nobody else asks: a run under way goes on,
 * but an edit will not begin another.
 */
export function releaseAbove(step: Asked): void {
  const waiting: Asked[] = [step];
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    for (const { owner } of below.ins) {
      if (owner === undefined || owner.asked === 0 || owner.wanted) continue;
      owner.asked = 0;
      waiting.push(owner);
    }
  }
}

/** True while a run is under way in a step or, as far as it waits, above it: it may yet become ready unasked. */
function moves(step: Asked): boolean {
  const waiting = [step];
  const seen = new Set(waiting);
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (one.runs) return true;
    for (const { now, owner } of one.ins) {
      if (now.kind === "ready" || owner === undefined || seen.has(owner)) continue;
      seen.add(owner);
      waiting.push(owner);
    }
  }
  return false;
}

function endingBelow(above: Asked, slot: Slot): Ending {
  if (slot.now.kind === "failed") return { kind: "failed", failure: failureFrom(slot) };
  return above.ended?.ending ?? { kind: "cancelled" };
}

/** The same for a step that shows the very slot as its own: the failure is its own too. */
export function endingOf(above: EndAbove): EndAbove {
  const { now } = above.slot;
  return now.kind === "failed" ? { ...above, ending: { kind: "failed", failure: now.failure } } : above;
}
