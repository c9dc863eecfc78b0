/** The line under a card's header: what there is to say about its node now, if anything. */
import type { AnyPort } from "../engine/port.ts";
import type { AnySignal } from "../engine/signal.ts";
import type { State, StatusView } from "../protocol.ts";
import type { Card, Spring } from "./card.ts";
import type { CardRuns } from "./card-runs.ts";
import { becauseWords, failureView } from "./words.ts";

/** Characters of a progress message: there is one line for it. */
const longestMessage = 500;

/** What is known of a card besides its ports. */
export interface Circumstances {
  readonly card: Card;
  readonly runs: CardRuns;
  /** Names of the nodes under way that keep it stale. */
  readonly waitsFor: readonly string[];
  /** When its state last became another. */
  readonly since: number;
}

/** What can be asked of the sheet's cards while a line is written. */
export interface Around {
  /** The card and the row that a port belongs to, and whether a value is pinned there. */
  spring(port: AnyPort<unknown>): (Spring & { readonly pinned: boolean }) | undefined;
}

/** `signal` is that of its first output. */
export function statusView(
  { card, runs, waitsFor, since }: Circumstances,
  state: State,
  signal: AnySignal | undefined,
  around: Around,
): StatusView | null {
  if (!card.node) return null;
  if (state === "pending" && card.node.answer) return { kind: "asks" };
  // Beneath a pin a run shows nowhere but here.
  if (state === "pending" || (state === "ready" && runs.running)) return running(signal, runs, since);
  // A failure says what to do, and that its run is still ending is news of less weight.
  if (runs.ending > 0 && state !== "failed") return { kind: "ending", runs: runs.ending };
  if (state === "stale" && waitsFor.length > 0) return { kind: "waiting", for: waitsFor };
  if (state === "stale") return staleView(signal, since, around);
  const failure = signal?.kind === "failed" ? signal.failure : runs.failure;
  if (state === "failed" && failure) return { kind: "failed", failure: failureView(failure) };
  return state === "ready" && runs.note !== undefined ? { kind: "note", text: runs.note } : null;
}

function running(signal: AnySignal | undefined, { running, progress }: CardRuns, since: number): StatusView {
  const { fraction, message, queue } = (signal?.kind === "pending" && signal.progress) || progress || {};
  return {
    kind: "running",
    since: running?.startedAt ?? since,
    ...(fraction !== undefined && { fraction }),
    ...(message !== undefined && { message: message.slice(0, longestMessage) }),
    ...(queue !== undefined && { queue }),
  };
}

function staleView(signal: AnySignal | undefined, since: number, around: Around): StatusView {
  if (signal?.kind !== "stale") return { kind: "stale", because: "an input changed", since };
  const { because } = signal;
  const spring = because.port && around.spring(because.port);
  const ranBefore = "last" in signal;
  const words = becauseWords(because, { ranBefore, pinned: spring?.pinned ?? false });
  const cause = spring && { card: spring.card.id, port: spring.row.name };
  const unrun = because.change === "definition" && !ranBefore;
  return { kind: "stale", because: words, since, ...(cause && { cause }), ...(unrun && { unrun }) };
}
