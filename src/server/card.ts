/** What a card is made of: fixed once a sheet is open. What it holds at a moment is in its view. */

import type { BaseNode } from "../engine/base-node.ts";
import type { Shape } from "../engine/component.ts";
import type { InPort, OutPort } from "../engine/port.ts";
import type { PortView } from "../protocol/port.ts";
import type { CardView, EdgeView } from "../protocol.ts";

export type EnginePort = InPort | OutPort;

/** One row of a card. */
export interface Row {
  readonly name: string;
  readonly label: string;
  readonly info: string | undefined;
  /** Whose signal is shown. */
  readonly port: EnginePort;
  /** How it is shown; none for what is hidden. */
  readonly shape: Shape | undefined;
  /** The input to set when a person edits the row. */
  readonly settable: InPort | undefined;
  /** `Node.port` of what feeds it. */
  readonly from: string | undefined;
  /** For a list that feeds it: taken apart or put together. */
  readonly way: PortView["way"];
  /** The output that a person may put a value over. */
  readonly pinnable: OutPort | undefined;
  /** Shown item by item: the items of a scattered port, or the rows of a list that is a value. */
  readonly listed: "items" | "rows" | undefined;
}

/** An alternative of a choice. */
export interface Variant {
  readonly node: BaseNode;
  readonly inputs: readonly Row[];
  /** The card of its own, if it has one. */
  readonly card: Card | undefined;
}

export interface Card {
  readonly id: string;
  readonly name: string;
  readonly kind: CardView["kind"];
  readonly about: string;
  /** Where its Space, app or model is described. */
  readonly page: string | undefined;
  /** The node that runs; none for cards that only hold inputs. */
  readonly node: BaseNode | undefined;
  readonly trigger: "auto" | "manual";
  readonly inputs: readonly Row[];
  readonly outputs: readonly Row[];
  /** Of a choice; else none. */
  readonly variants: readonly Variant[];
  readonly edges: Edge[];
  /** Cards that an edge leads to. */
  readonly below: Card[];
  readonly above: Card[];
}

export interface Edge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly upper: Card;
  readonly lower: Card;
  readonly fromPort: string;
  readonly toPort: string;
  readonly kind: EdgeView["kind"];
  /** The output whose signal flows. */
  readonly port: EnginePort;
  /** The node that takes it in, and as which of its inputs; no input where a variant is shown by its choice. */
  readonly node: BaseNode;
  readonly input: string | undefined;
}

/** Where a value comes from: a card and one of its rows. */
export interface Spring {
  readonly card: Card;
  readonly row: Row;
}

/** All rows of a card, its variants' too. */
export function rowsOf({ inputs, outputs, variants }: Card): readonly Row[] {
  return [...inputs, ...variants.flatMap((variant) => variant.inputs), ...outputs];
}
