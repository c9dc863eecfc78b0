/**
 * When a failed attempt is tried again, and how long it waits before: exponential back-off with full jitter, so that many who
 * failed together do not come back together, and never sooner than the failure itself asks for. Only what may pass by itself
 * is tried again: the same mistake made twice costs twice.
 */

import type { BaseNode } from "./base-node.ts";
import type { Failure } from "./failure.ts";

export interface RetryPolicy {
  /** Attempts after the first. */
  readonly times: number;
  readonly delay: number;
  readonly factor: number;
  readonly when: (failure: Failure) => boolean;
}

/** What a node's option comes to; none when nothing is tried again. */
export function policyOf(retries: BaseNode["retries"]): RetryPolicy | undefined {
  if (retries === undefined) return undefined;
  const { times, delay = 500, factor = 2, when = mayPass } = typeof retries === "number" ? { times: retries } : retries;
  return times > 0 ? { times, delay, factor, when } : undefined;
}

/** True for what may be over a moment later. What a person, an edit or a wrong value has ended, no second attempt mends. */
function mayPass(failure: Failure): boolean {
  switch (failure.reason) {
    case "threw":
    case "timed-out":
    case "remote-unreachable":
    case "sleeping":
    case "quota":
      return true;
    case "remote-refused":
      return isPassing(failure.status);
    case "bad-input":
    case "bad-output":
    case "upstream":
    case "item-failed":
    case "declined":
    case "cancelled":
    case "interrupted":
      return false;
    default:
      return failure satisfies never;
  }
}

/** Statuses of a server that is busy or broken, and not of a request that is wrong (RFC 9110, 6585). */
function isPassing(status = 0): boolean {
  return status >= 500 || [408, 425, 429].includes(status);
}

/** Milliseconds to wait after attempt `failed` (0 for the first) has failed. `random` is from 0 up to 1. */
export function waitAfter(failed: number, failure: Failure, policy: RetryPolicy, random: number): number {
  const jittered = random * policy.delay * policy.factor ** failed;
  const asked = "retryAfter" in failure ? Number(failure.retryAfter) : 0;
  return Math.max(Number.isFinite(jittered) ? jittered : Number.MAX_SAFE_INTEGER, asked > 0 ? asked : 0);
}

/** `Attempt 2 of 3 in 4 s`. */
export function attemptWords(attempt: number, { times }: RetryPolicy, ms: number): string {
  return `Attempt ${attempt + 1} of ${times + 1} in ${secondsOf(ms)} s`;
}

function secondsOf(ms: number): string {
  const seconds = ms / 1000;
  return seconds < 10 ? String(Number(seconds.toFixed(1))) : String(Math.round(seconds));
}

/** True for a failure of the node's own work: a fallback stands in for that, not for a person's no. */
export function replaceable(failure: Failure): boolean {
  return failure.reason !== "declined" && failure.reason !== "cancelled";
}
