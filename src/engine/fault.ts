/** Whose fault it is that a slot holds a failure: what is said of everything that reads it (R3). */
import { type Failure, upstream } from "./failure.ts";
import type { Slot } from "./slot.ts";

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
