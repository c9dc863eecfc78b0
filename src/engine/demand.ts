/** Demands: somebody asked a step to run, and hears how it ended, once (R4). Here is how they reach upwards through a living graph, and what they find there. */
import type { Asked } from "./asked.ts";
import { type Failure, upstream } from "./failure.ts";
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

/** What is said of everything that reads a failed slot: whose fault it is, or where no run failed, what was wrong with the input itself. */
export function failureFrom(slot: Slot): Failure {
  const { now, owner } = slot;
  if (now.kind === "failed" && now.failure.reason === "bad-input" && owner?.passes) return now.failure;
  return upstream(rootOf(slot));
}

/** The node that failed first, for a slot that holds a failure. */
export function rootOf(slot: Slot): string {
  const signal = slot.now;
  const first = signal.kind === "failed" ? rootIn(signal.failure) : undefined;
  if (first !== undefined) return first;
  const { owner } = slot;
  const shown = owner?.mirrors ? owner.ins[owner.outs.indexOf(slot)] : undefined;
  return shown ? rootOf(shown) : (owner?.name ?? "");
}

/** The node above that a failure blames; none for one of the node's own. Items that all failed because of another are its fault. */
function rootIn(failure: Failure): string | undefined {
  if (failure.reason === "upstream") return failure.root;
  if (failure.reason !== "item-failed") return undefined;
  let root: string | undefined;
  for (const item of failure.items.values()) {
    const blamed = rootIn(item);
    if (blamed === undefined) return undefined;
    root ??= blamed;
  }
  return root;
}

/** An empty source, and the step that reads it. */
export interface Lack {
  readonly reader: Asked;
  readonly slot: Slot;
}

/** Finds the empty sources that keep steps from running, looking only above what is not ready. What it learnt of one step serves the next: asking for all costs no more than asking for the last. */
export class Lacks {
  readonly #known = new Map<Asked, Lack | undefined>();

  of(asked: Asked): Lack | undefined {
    const path: { readonly step: Asked; at: number }[] = [];
    if (!this.#known.has(asked)) path.push({ step: asked, at: 0 });
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const slot = top.step.ins[top.at];
      const above = slot?.owner;
      if (slot === undefined) {
        this.#known.set(top.step, undefined);
        path.pop();
      } else if (slot.now.kind === "ready" || (above && this.#known.has(above) && !this.#known.get(above))) top.at++;
      else if (above && !this.#known.has(above)) path.push({ step: above, at: 0 });
      else {
        const lack = above ? this.#known.get(above) : { reader: top.step, slot };
        for (const { step } of path) this.#known.set(step, lack);
        path.length = 0;
      }
    }
    return this.#known.get(asked);
  }
}

export function emptyPort({ reader, slot }: Lack): string {
  return `${reader.name} needs '${reader.inputNameOf(slot)}', and it is empty: set it first.`;
}

/** Why a step does not run alone. */
export function notReady(step: Asked, slot: Slot): string {
  const name = step.inputNameOf(slot);
  if (slot.owner === undefined) return emptyPort({ reader: step, slot });
  return `${step.name} cannot run alone: its input '${name}' is ${slot.now.kind}. Run to here instead, or run ${slot.owner.name} first.`;
}

/** Why a variant that is not selected does not run (C1). */
export function notChosen(step: Asked, choices: readonly Asked[]): string {
  const [choice] = choices;
  return `${step.name} is not the selected variant of ${choice?.name ?? "its choice"}: select it first, with sheet.choose.`;
}
