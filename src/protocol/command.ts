/** What a person asks of a sheet, and what is answered. What a command did is seen on the stream alone. */
import type { Json } from "../protocol.ts";

/** A value sent by the browser: JSON, a file that was uploaded before, by its id, or JSON that holds such files as they are shown. */
export type GivenValue =
  | { readonly kind: "json"; readonly value: Json }
  | { readonly kind: "file"; readonly id: string }
  | { readonly kind: "holding"; readonly value: Json };

/** What a person asks, and where: of the sheet itself, or inside one of its graphs, each named in the one before it as it was opened. */
export type Command = Request & { readonly inside?: readonly string[] };

/** Closed by `kind`. Cards, items and rows are named by id: where they stand may be another place by the time this arrives. */
type Request =
  | { readonly kind: "set"; readonly card: string; readonly port: string; readonly value: GivenValue }
  /** `items`: of a scattered card, only these, by their ids, or only those that failed. */
  | {
      readonly kind: "run";
      readonly card: string;
      readonly only?: boolean;
      readonly again?: boolean;
      readonly items?: readonly number[] | "failed";
    }
  | { readonly kind: "runAll"; readonly again?: boolean }
  | { readonly kind: "cancel"; readonly card?: string }
  /** Shows an old run; its inputs flow back. */
  | { readonly kind: "select"; readonly run: string }
  /** Puts a value over an output, or over one item of a scattered one, until it is lifted. */
  | {
      readonly kind: "pin";
      readonly card: string;
      readonly port: string;
      readonly item?: number;
      readonly value: GivenValue;
    }
  /** Lifts the pin of an output, or of one item; without a port, all of the card. */
  | { readonly kind: "unpin"; readonly card: string; readonly port?: string; readonly item?: number }
  /** Selects a variant of a choice, by its place among them. */
  | { readonly kind: "choose"; readonly card: string; readonly variant: number }
  /** Answers the question of a person's step; the one that the answer is for, so that no other is answered by mistake. */
  | { readonly kind: "answer"; readonly card: string; readonly question: number; readonly value: GivenValue }
  /** Edits one field of a row of an `itemList`, adds a row at the end, or takes one out. What a node gave is pinned over with the edited list. */
  | {
      readonly kind: "editRow";
      readonly card: string;
      readonly port: string;
      readonly row: number;
      readonly field: string;
      readonly value: GivenValue;
    }
  | { readonly kind: "addRow"; readonly card: string; readonly port: string }
  | { readonly kind: "removeRow"; readonly card: string; readonly port: string; readonly row: number }
  /** Somebody looks at a list from here on. */
  | { readonly kind: "items"; readonly card: string; readonly port: string; readonly from: number }
  /** Somebody looks into the graph of a card; of a scattered one, into that of an item, by its id. */
  | { readonly kind: "open"; readonly card: string; readonly item?: number }
  | { readonly kind: "place"; readonly card: string; readonly x: number; readonly y: number }
  | { readonly kind: "tidy" }
  | { readonly kind: "viewport"; readonly x: number; readonly y: number; readonly zoom: number };

/** The answer to a command; what it did is seen on the stream alone. */
export type Answer = { readonly ok: true } | { readonly ok: false; readonly failure: Refusal };

/** Why the server would not: a word for programs, a sentence for people, and what exists or was probably meant. */
export interface Refusal {
  readonly reason: string;
  readonly message: string;
  readonly known?: readonly string[];
  readonly suggestion?: string;
}
