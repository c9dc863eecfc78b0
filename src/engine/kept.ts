/**
 * A sheet as plain data: what it has to remember to be opened again as it was left. A signal has a number for as long as
 * the sheet lives, so that what held the very same signal holds it again (W6); everything else is a fact under a key, and a
 * later fact replaces an earlier one. What the two doors, `Keeper` and `reopen`, exchange is said here and nowhere else.
 */
import type { Asked } from "./asked.ts";
import type { ChoiceStep } from "./choice-step.ts";
import type { Failure } from "./failure.ts";
import type { Fan } from "./fan.ts";
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
  /** Of a gathered list: the signals of its items, and those of the lists that they came from, as far as that is known. */
  readonly parts?: readonly number[];
  readonly lists?: readonly number[];
  /** Of what lay over an item that a run was given: where that stood in `lists`. */
  readonly at?: number;
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

/** Where a step stands: the run that it shows, whether that answers, the one that failed since, the inputs on which it rests. */
export interface KeptStep {
  readonly run?: number;
  readonly made: boolean;
  readonly tried?: number;
  readonly rested?: Readonly<Record<string, number>>;
}

/**
 * Where the step of an item stands: the number of the run that it shows, where that is all; `null` where there is nothing to say.
 * `why`: which of the fact's causes made it stale. `outs`: what an output holds that its run does not say.
 */
export type ItemLeft =
  | number
  | null
  | (Partial<KeptStep> & {
      readonly live?: number;
      readonly why?: number;
      readonly outs?: Readonly<Record<string, { readonly good?: number; readonly pin?: number }>>;
    });

/** What one input of an item is: an item of the list that is there, or what it held that is there no more; stale where that says why. */
export type KeptFeed = number | { readonly held?: number; readonly last?: number; readonly why?: number };

/** How many neighbours among items are told together. */
export const piece = 64;

/** One thing that is so until another fact takes its place. Plain JSON. */
export type Fact =
  | { readonly kind: "source"; readonly signal: number; readonly because: KeptCause }
  /** `apart`: the list that was taken apart last, 0 for none, where that is not what the slot held last. */
  | {
      readonly kind: "slot";
      readonly good?: number;
      readonly because?: KeptCause;
      readonly pin?: number;
      readonly apart?: number;
    }
  | { readonly kind: "choice"; readonly variant: string }
  | (KeptStep & { readonly kind: "step" })
  /** `of`: by input, what the items are of, where that is not the lists that are there. */
  | {
      readonly kind: "items";
      readonly left: readonly ItemLeft[];
      readonly causes?: readonly KeptCause[];
      readonly of?: Readonly<Record<string, readonly KeptFeed[]>>;
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
  /** Something of where it stands has changed. */
  stood(step: Standing): void;
  /** These items' steps stand at other places. */
  moved(steps: readonly Asked[]): void;
  /** Its item is gone. */
  retired(step: Standing): void;
  /** Its items are of lists that are there no more; or are so no more, or of others. */
  loosened(fan: Fan): void;
  began(live: LiveRun, wiring: Wiring): void;
  ended(live: LiveRun): void;
  chose(step: ChoiceStep): void;
}

/** What the steps of items were at: they are made again only while the sheet is being opened. */
export interface Opening extends Partial<Pick<Keeping, "began" | "ended">> {
  /** True for a step of which it is known where it stood: whatever is remembered, it stands there again. */
  knows(step: Working): boolean;
  leftBy(step: Working, inputs: readonly Ready[]): RememberedRun | "waits" | undefined;
  /** The step of an item knows now where it stands. */
  placed(step: Asked): void;
}

/** Between names that may hold any character that people type. */
const within = "\u001f";
/** Before the place of an item. */
const among = "\u001e";

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

/** The key of what is told of some neighbouring items: `within` the items at these places; without `at`, of all of them. */
export function pieceKey(address: string, within: readonly number[], at?: number): string {
  return keyOf("items", address, { side: within.join("."), name: at === undefined ? "" : String(at) });
}

/** The key of a fact about one of the graphs that live once per item: `at` are the places of those items. */
export function innerKey(
  kind: "source" | "choice" | "slot",
  address: string,
  at: readonly number[],
  port?: { readonly side: string; readonly name: string },
): string {
  return keyOf(kind, `${address}${at.map((place) => `${among}${place}`).join("")}`, port);
}

/** The address in the key of a fact. */
export function addressOf(key: string): string {
  return key.split(`${within}${within}`)[1] ?? "";
}

/** The numbers of the signals and runs that a fact names. */
export function namedIn(fact: Fact): { readonly signals: readonly number[]; readonly runs: readonly number[] } {
  switch (fact.kind) {
    case "source":
      return { signals: [fact.signal], runs: [] };
    case "slot":
      return { signals: known([fact.good, fact.pin, fact.apart]), runs: [] };
    case "step":
      return namedByStep(fact);
    case "items": {
      const named = fact.left.map((left) =>
        typeof left === "number" ? { signals: [], runs: [left] } : namedByItem(left),
      );
      const fed = Object.values(fact.of ?? {}).flatMap((feeds) => feeds.flatMap(namedByFeed));
      return { signals: [...named.flatMap(({ signals }) => signals), ...fed], runs: named.flatMap(({ runs }) => runs) };
    }
    case "underway":
      return { signals: Object.values(fact.run.inputs), runs: [] };
    case "choice":
      return { signals: [], runs: [] };
    default:
      return fact satisfies never;
  }
}

function namedByStep({ rested = {}, run, tried }: Partial<KeptStep>): ReturnType<typeof namedIn> {
  return { signals: Object.values(rested), runs: known([run, tried]) };
}

function namedByItem(left: Exclude<ItemLeft, number>): ReturnType<typeof namedIn> {
  const { signals, runs } = namedByStep(left ?? {});
  const held = Object.values(left?.outs ?? {}).flatMap(({ good, pin }) => known([good, pin]));
  return { signals: [...signals, ...held], runs };
}

function namedByFeed(feed: KeptFeed): readonly number[] {
  return typeof feed === "number" ? [] : known([feed.held, feed.last]);
}

function known(numbers: readonly (number | undefined)[]): readonly number[] {
  return numbers.filter((number) => number !== undefined);
}
