/** What there is to show of a signal: its value, or while there is none the partial or the last good one. */
import type { AnySignal } from "../engine/signal.ts";
import type { PortView } from "../protocol/port.ts";
import type { Shown } from "./value.ts";

export interface Given {
  readonly shows: PortView["shows"];
  readonly value: unknown;
}

/** Puts a value into what travels. */
export type Looked = (given: Given) => Shown;

export const nothing: Given = { shows: "none", value: undefined };

export function givenBy(signal: AnySignal): Given {
  if (signal.kind === "ready") return { shows: "current", value: signal.value };
  if (signal.kind === "pending" && "partial" in signal) return { shows: "partial", value: signal.partial };
  return "last" in signal ? { shows: "last", value: signal.last } : nothing;
}
