/**
 * What a server shows a canvas: the `View`, a sheet as shown. Plain JSON: both sides of the wire read this file and its
 * neighbours, `port.ts` (what the rows of a card show), `command.ts` (what a person asks) and `patch.ts` (what changed between two views).
 */
import type { PortView } from "./protocol/port.ts";

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A sheet as shown. Cards and edges are records by id, so that a patch names only what changed. */
export interface View {
  readonly graph: string;
  readonly sheet: { readonly id: string; readonly name: string };
  /** True when everything up to this revision is kept as safely as this sheet ever is (in memory: always). */
  readonly saved: boolean;
  /** Why it cannot be saved now; it is tried again. */
  readonly unsaved: string | null;
  /** What has to be said of its stored data. */
  readonly notices: readonly string[];
  /** Ids of the cards, each after those it depends on. */
  readonly order: readonly string[];
  readonly cards: { readonly [id: string]: CardView };
  readonly edges: { readonly [id: string]: EdgeView };
  /** Where a person put cards by hand, by card id; the others are laid out. */
  readonly places: { readonly [id: string]: Place };
  /** What is on screen, once a person moved it. */
  readonly viewport: Viewport | null;
  /** What the primary button would run: names of nodes, in order. */
  readonly due: readonly string[];
  /** The graphs inside this one that somebody opened, by the card and, of a scattered one, the id of the item: `Frame`, `Frame[17]`. */
  readonly insides: { readonly [opened: string]: View };
  /** Of the graph of an item: where that stands in its list now. */
  readonly item?: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** The word of a signal. */
export type State = "empty" | "stale" | "pending" | "ready" | "failed";

/** One card: a node, or a component shared by several nodes (`kind` `"input"` like an InputNode). */
export interface CardView {
  readonly id: string;
  /** Heading: the node's name, or a shared component's label. */
  readonly name: string;
  readonly kind: "fn" | "gradio" | "inference" | "input" | "choice" | "interaction" | "graph";
  /** One quiet line of what it is: `function`, `inputs`, `Space · /generate_image`. */
  readonly about: string;
  /** Where the name leads, if it has a page. */
  readonly href?: string;
  readonly state: State;
  /** The line under the header; `null` when there is nothing to say. */
  readonly status: StatusView | null;
  /** False for cards that have nothing to run (inputs). */
  readonly runnable: boolean;
  readonly trigger: "auto" | "manual";
  /** Milliseconds the last finished run took. */
  readonly duration?: number;
  /** Names of the nodes that running to here would run now, in order. */
  readonly plan: readonly string[];
  /** Ports in the order they were declared. */
  readonly inputs: readonly PortView[];
  readonly outputs: readonly PortView[];
  /** Last lines of the last run's log. */
  readonly log: readonly string[];
  /** How many runs this card has begun: the canvas flashes a card when it grows. */
  readonly runs: number;
  /** Where the shown run stands among its runs, once there are several. */
  readonly history?: HistoryView;
  /** Where what is shown comes from, when not from a run just made. */
  readonly chips: readonly Chip[];
  /** What a person is asked for, while they are. */
  readonly ask?: AskView;
  /** Of a graph's card: how many steps there are inside. */
  readonly inside?: number;
  /** A choice's alternatives, in the order they were declared. */
  readonly variants?: readonly VariantView[];
}

/** A question to a person. `question` numbers it: an answer names the question that it is for. */
export interface AskView {
  readonly asks: "approval" | "pick" | "text" | "image";
  readonly question: number;
}

/** An alternative of a choice. Its ports are named `Variant.port`; one that has a card of its own has none here. */
export interface VariantView {
  readonly name: string;
  readonly kind: CardView["kind"];
  readonly about: string;
  readonly chosen: boolean;
  readonly state: State;
  readonly inputs: readonly PortView[];
  /** The card of its own. */
  readonly card?: string;
}

/** `remembered`: the shown run was not made for this; `pinned`: a person put a value over an output; `fallback`: every attempt failed. */
export type Chip = "remembered" | "pinned" | "fallback";

/** A card's runs that have something to show, walked through by the ids beside the shown one. */
export interface HistoryView {
  /** Counted from 1, the oldest first. */
  readonly at: number;
  readonly of: number;
  readonly failed: boolean;
  readonly previous?: string;
  readonly next?: string;
}

/** The status line, by what it says. Times are epoch milliseconds of the server's clock. */
export type StatusView =
  /** `cause` is what changed first: a card and a port of it. `unrun`: nothing changed, it has not run yet. */
  | {
      readonly kind: "stale";
      readonly because: string;
      readonly since: number;
      readonly cause?: CauseView;
      readonly unrun?: true;
    }
  | { readonly kind: "waiting"; readonly for: readonly string[] }
  | {
      readonly kind: "running";
      readonly since: number;
      readonly fraction?: number;
      readonly message?: string;
      readonly queue?: QueueView;
    }
  /** A person is asked. */
  | { readonly kind: "asks" }
  /** Runs that were told to stop are at work all the same. */
  | { readonly kind: "ending"; readonly runs: number }
  | { readonly kind: "failed"; readonly failure: FailureView }
  /** Something to know about a run that went well, e.g. that it blocked the process. */
  | { readonly kind: "note"; readonly text: string };

/** A place in a line, counted from 1; `eta` in milliseconds. */
export interface QueueView {
  readonly position: number;
  readonly eta?: number;
}

export interface CauseView {
  readonly card: string;
  readonly port: string;
}

/** A failure as shown: `reason` is the closed union's word, `message` says what, `advice` what to do. Never a stack or a path. */
export interface FailureView {
  readonly reason: string;
  readonly message: string;
  readonly advice: string;
  /** For `upstream`: the node that failed first. */
  readonly root?: string;
  /** For `item-failed`: how many items. */
  readonly items?: number;
}

export interface EdgeView {
  /** `Node.port` of the output. */
  readonly from: string;
  /** `Node.port` of the input. */
  readonly to: string;
  readonly fromCard: string;
  readonly fromPort: string;
  readonly toCard: string;
  readonly toPort: string;
  readonly kind: "plain" | "scatter" | "gather";
  /** `fresh`: the lower node ran with exactly this value; `stale`; `flowing`: being made or used now; `failed`; `empty`: nothing yet. */
  readonly state: "fresh" | "stale" | "flowing" | "failed" | "empty";
}
