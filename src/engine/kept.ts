/**
 * A sheet as plain data: what it has to remember to be opened again as it was left. A signal has a number for as long as
 * the sheet lives, so that what held the very same signal holds it again (W6); everything else is a fact under a key, and a
 * later fact replaces an earlier one. What the two doors, `Keeper` and `reopen`, exchange is said here and nowhere else.
 */
import type { Asked } from "./asked.ts";
import type { ChoiceStep } from "./choice-step.ts";
import type { Failure } from "./failure.ts";
import type { LiveRun } from "./live-run.ts";
import type { RememberedRun } from "./remembered-run.ts";
import type { Ready } from "./signal.ts";
import type { Slot } from "./slot.ts";
import type { Standing } from "./standing.ts";
import type { Wiring } from "./wiring.ts";
import type { Working } from "./working.ts";

/** A ready signal. Of a gathered list the items say what it holds. */
export interface KeptSignal {
  readonly id: number;
  readonly value?: unknown;
  /** The run that made it; 0 for none. */
  readonly run: number;
  readonly pinned: boolean;
  /** Of an item: the signal of its list. */
  readonly list?: number;
  /** Of a gathered list: the signals of its items. */
  readonly parts?: readonly number[];
}

/** A run that has ended. Inputs and outputs by name: they may have moved when the sheet is opened by a later version of the app. */
export interface KeptRun {
  readonly number: number;
  readonly address: string;
  /** Digest of its node's definition. */
  readonly print: string;
  readonly inputs: Readonly<Record<string, number>>;
  /** The signal that stands for its constants by name, when it has some. */
  readonly constants?: number;
  readonly from: Readonly<Record<string, readonly number[]>>;
  /** Where its item stood, when it is history alone: items with equal inputs may then have had other runs. */
  readonly item?: readonly number[];
  readonly startedAt: number;
  readonly duration: number;
  readonly log: readonly string[];
  readonly outcome: "ready" | "failed" | "cancelled" | "running";
  /** By output, when it ended well. */
  readonly gave?: Readonly<Record<string, number>>;
  readonly failure?: Failure;
  readonly called?: Readonly<Record<string, unknown>>;
  readonly fellBack?: true;
  /** Of the Space or model that answered. */
  readonly revision?: string;
  /** False for one that is history alone. */
  readonly answers: boolean;
}

/** Why a port holds what it holds. */
export interface KeptCause {
  readonly change: string;
  /** Node, side and name of the port. */
  readonly port?: readonly [string, "in" | "out", string];
}

/** One thing that is so until another fact takes its place. Plain JSON. */
export type Fact =
  | { readonly kind: "source"; readonly signal: number; readonly because: KeptCause }
  | { readonly kind: "slot"; readonly good?: number; readonly because?: KeptCause; readonly pin?: number }
  | { readonly kind: "choice"; readonly variant: string }
  | {
      readonly kind: "step";
      readonly run?: number;
      readonly made: boolean;
      readonly tried?: number;
      readonly rested?: Readonly<Record<string, number>>;
    }
  | { readonly kind: "underway"; readonly run: KeptRun; readonly waits: boolean };

/** What changed since it was asked for last. A fact of `undefined` is one no more. */
export interface Change {
  /** How many runs the sheet has begun: their numbers are never given again. */
  readonly runsBegun: number;
  readonly signals: readonly KeptSignal[];
  readonly runs: readonly KeptRun[];
  readonly facts: ReadonlyMap<string, Fact | undefined>;
}

/** All of it. */
export interface Kept {
  readonly runsBegun: number;
  /** Asked for one by one: most are never looked at again. */
  readonly signals: { get(id: number): KeptSignal | undefined };
  /** In the order in which they ended. */
  readonly runs: readonly KeptRun[];
  readonly facts: ReadonlyMap<string, Fact>;
}

/** Hears what there is to write down. Told often: it notes what is meant and looks at it when it is asked. */
export interface Keeping {
  changed(slot: Slot): void;
  remembered(run: RememberedRun): void;
  showed(run: RememberedRun): void;
  /** It rests from now on, or no more: beneath a pin no slot tells. */
  stood(step: Standing): void;
  began(live: LiveRun, wiring: Wiring): void;
  ended(live: LiveRun): void;
  chose(step: ChoiceStep): void;
}

/** What the steps of items were at: they are made again only while the sheet is being opened. */
export interface Opening extends Partial<Pick<Keeping, "began" | "ended">> {
  leftBy(step: Working, inputs: readonly Ready[]): RememberedRun | "waits" | undefined;
  /** The step of an item knows now where it stands: lays over its outputs what a person had pinned there. */
  placed(step: Asked): void;
}

/** Between names that may hold any character that people type. */
const within = "\u001f";

/** Where a node lives: its name, after those of the nodes whose graphs it is inside of. */
export function addressIn(path: readonly string[], node: { readonly name: string }): string {
  return [...path, node.name].join(within);
}

/** The key of a fact. */
export function keyOf(
  kind: Fact["kind"],
  address: string,
  port?: { readonly side: string; readonly name: string },
): string {
  return [kind, address, ...(port ? [port.side, port.name] : [])].join(`${within}${within}`);
}
