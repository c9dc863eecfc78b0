/**
 * What a row of a card shows: a port with its state and value, a list item by item. A value travels inline up to 16 KiB, by
 * address above that, and a file always by address.
 */
import type { FailureView, Json, QueueView, State } from "../protocol.ts";

export interface PortView {
  readonly name: string;
  readonly label: string;
  readonly info?: string;
  readonly state: State;
  /** How it is shown and edited; `null` when it is not (a constant, a callable, a hidden port). */
  readonly component: ComponentView | null;
  /** True when a person may set it here. */
  readonly editable: boolean;
  /** What to show: the value, or while stale, pending or failed the last good one; `null` when there is none. */
  readonly value: ValueView | null;
  /** `current`: the value is the port's own; `last`: an earlier good one, shown paled; `partial`: a run in progress gave it. */
  readonly shows: "current" | "last" | "partial" | "none";
  /** For an input fed by an edge, the output that feeds it: `Node.port`. */
  readonly from?: string;
  /** True for an output whose value a person put there. */
  readonly pinned?: true;
  /** True for an output that a person may put a value over. */
  readonly pinnable?: true;
  /** For an input fed by a list: taken apart (`each`), or put together (`all`). */
  readonly way?: "each" | "all";
  /** For a list that is shown item by item: one of a scattered card, or an `itemList`, whose items are rows that a person may edit. */
  readonly items?: ItemsView;
}

/** How many items travel together; who looks further asks for more with the command `items`. */
export const chunkSize = 50;

/**
 * A list by its items: how they stand, and those chunks of it that somebody looked at lately, by number. The first one is
 * always there. One item's change travels as that item.
 */
export interface ItemsView {
  readonly of: number;
  readonly counts: { readonly [S in State]: number };
  readonly chunks: { readonly [chunk: string]: readonly ItemView[] };
  /** The index of the first one that failed. */
  readonly failed?: number;
  /** True when the items are the rows of an `itemList`, with a value for each of its fields. */
  readonly rows?: true;
}

export interface ItemView {
  /** What it is known by while others come and go around it: it keeps its id when it moves, and when it is edited. */
  readonly id: number;
  readonly state: State;
  readonly value: ValueView | null;
  readonly shows: PortView["shows"];
  readonly failure?: FailureView;
  /** True for one that a person put a value over. */
  readonly pinned?: true;
  readonly progress?: { readonly fraction?: number; readonly message?: string; readonly queue?: QueueView };
}

/** A component with the options that its element needs (`choices`, `minimum`, `lines`, ...). */
export interface ComponentView {
  readonly kind: string;
  readonly options: { readonly [option: string]: Json };
}

/** A value on the wire: JSON inline, a file by reference, JSON above 16 KiB by address, or a list of which only the length is of interest. */
export type ValueView =
  | { readonly kind: "json"; readonly value: Json }
  | { readonly kind: "file"; readonly file: FileView }
  | { readonly kind: "large"; readonly url: string; readonly size: number; readonly preview: string }
  | { readonly kind: "list"; readonly of: number };

/** A file by content. `url` is relative to the page. */
export interface FileView {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly url: string;
}
