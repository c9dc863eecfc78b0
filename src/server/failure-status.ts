/** What a failed run is in the words of HTTP: whose fault it is, and whether asking again may help. */
import type { Failure } from "../engine/failure.ts";

export function statusOf(failure: Failure): number {
  switch (failure.reason) {
    case "bad-input":
    case "declined":
      return 422;
    case "threw":
    case "upstream":
    case "bad-output":
      return 500;
    case "remote-unreachable":
    case "remote-refused":
      return 502;
    case "cancelled":
    case "interrupted":
    case "quota":
    case "sleeping":
      return 503;
    case "timed-out":
      return 504;
    case "item-failed": {
      const [first] = failure.items.values();
      return first ? statusOf(first) : 500;
    }
    default:
      return failure satisfies never;
  }
}
