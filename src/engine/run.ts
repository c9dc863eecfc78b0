/** Runs, what a function gets while it runs, how a demand ends, and everything that can happen on a sheet. */
import type { Failure } from "./failure.ts";
import type { AnyInputs, AnyNode, AnyOutputs } from "./node.ts";
import type { AnyPort, Held, ItemOf } from "./port.ts";
import type { Progress, Signal } from "./signal.ts";

/** What a node that calls out tells of its run besides: where it stands in a line far away, and what answered. Authors' functions have no use for it. */
export interface Backstage {
  /** The sheet that the run is of. */
  readonly sheet: string;
  /** Shows how far the run is, with what `progress` has no words for. */
  show(progress: Progress): void;
  /** Revision of the Space or model that answers. */
  answeredBy(revision: string): void;
}
/** Where a context keeps what is behind it: under a symbol, so that it is not in an author's way. */
export const backstage: unique symbol = Symbol("backstage");

/** What is behind a context; of one that was made elsewhere, nothing that is heard. */
export function backstageOf(context: RunContext): Backstage {
  return (context as { [backstage]?: Backstage })[backstage] ?? nobody;
}
const nobody: Backstage = { sheet: "", show: () => undefined, answeredBy: () => undefined };

declare const runId: unique symbol;

/** A run's id: stable for ever, in storage and API too. */
export type RunId = string & { readonly [runId]: true };

/** What a function gets besides its inputs. */
export interface RunContext {
  /** Aborted when the run is cancelled, superseded or timed out. */
  readonly signal: AbortSignal;
  /** 0 for the first attempt. */
  readonly attempt: number;
  /** Position of this item in each scattered level; `[]` when not scattered. */
  readonly item: readonly number[];
  /** Shows how far the run is, 0..1. */
  progress(fraction: number, message?: string): void;
  /** Adds a line to the run's log. */
  log(line: string): void;
}

/** One execution, remembered. */
export type Run<In = AnyInputs, Out = AnyOutputs> = RunFacts<In> &
  (
    | { readonly outcome: "running" }
    | {
        readonly outcome: "ready";
        readonly outputs: { readonly [K in keyof Out]: ItemOf<Out[K]> };
        readonly duration: number;
      }
    | { readonly outcome: "failed" | "cancelled" | "interrupted"; readonly failure: Failure; readonly duration: number }
  );

/** What is known of every run. `duration` is in milliseconds, and 0 for a synchronous run that nobody watched or asked for: those are not timed. */
export interface RunFacts<out In> {
  readonly id: RunId;
  /** The node's name. */
  readonly node: string;
  /** Digest of all that it depends on: the node's definition and the inputs. */
  readonly fingerprint: string;
  readonly inputs: { readonly [K in keyof In]: In[K] };
  /** The upstream runs whose outputs it used, by input. */
  readonly upstream: { readonly [K in keyof In]?: readonly RunId[] };
  readonly startedAt: Date;
  readonly log: readonly string[];
  /** Present when every attempt failed and its outputs are the node's fallback. */
  readonly fallback?: true;
  /** Revision of the Space or model that answered. */
  readonly revision?: string;
}

/** How to run a node; the default is "to here, with what is remembered". */
export interface RunOptions {
  /** This step alone; refused when an input is not ready. */
  only?: boolean;
  /** A new run though a remembered one fits. */
  again?: boolean;
  /** Of a scattered node: only these items, or only those that failed. Default: all that are not ready. */
  items?: readonly number[] | "failed";
}

/** How a demand ended: exactly one of these (R4). */
export type Outcome<In = AnyInputs, Out = AnyOutputs> =
  | {
      readonly kind: "ready";
      readonly outputs: { readonly [K in keyof Out]: Held<Out[K]> };
      readonly run: Run<In, Out>;
    }
  | { readonly kind: "failed"; readonly failure: Failure }
  | { readonly kind: "cancelled" }
  /** Nothing ran, e.g. `only` while an input was not ready. */
  | { readonly kind: "refused"; readonly why: string };

/** Everything that can happen on a sheet; closed by `kind`. */
export type SheetEvent =
  | { readonly kind: "signal"; readonly port: AnyPort<unknown>; readonly signal: Signal<unknown> }
  | { readonly kind: "run-started"; readonly run: Run }
  | { readonly kind: "run-progress"; readonly run: RunId; readonly progress: Progress }
  | { readonly kind: "run-log"; readonly run: RunId; readonly line: string }
  | { readonly kind: "run-ended"; readonly run: Run }
  | { readonly kind: "waiting"; readonly step: AnyNode }
  /** Runs of it that were told to stop and are at work all the same; 0 once the last has ended. */
  | { readonly kind: "still-ending"; readonly step: AnyNode; readonly runs: number }
  | { readonly kind: "settled" };
