/**
 * Ids for the rows of a list that is a value. Rows have none of their own: what says which row is which is what they hold
 * and where they stand, as for items (S2). So a row keeps its id while it moves and while it is edited. No id is given
 * twice, neither in this life of a sheet nor in a later one: a page that was away does not take one row for another.
 */
import { type Listed, matched } from "../engine/matching.ts";
import type { Clock } from "./clock.ts";

/** Gives an id that nothing had before. */
export type NextId = () => number;

/** More than a server could give in a millisecond. */
const perMillisecond = 1000;

/** Ids that begin where the clock stands: those of an earlier life lie before. */
export function idsFrom(clock: Pick<Clock, "now">): NextId {
  let next = Math.round(clock.now()) * perMillisecond;
  return () => next++;
}

export class RowIds {
  readonly #next: NextId;
  #rows: Listed<number> = { values: [], slots: [] };

  constructor(next: NextId) {
    this.#next = next;
  }

  /** The ids of these rows, each that of the row it was before. */
  of(values: readonly unknown[]): readonly number[] {
    if (values !== this.#rows.values) this.tell(values, matched(values, this.#rows, this.#next));
    return this.#rows.slots;
  }

  /** Whoever edits the list knows which row is which: of equal ones too. */
  tell(values: readonly unknown[], ids: readonly number[]): void {
    this.#rows = { values, slots: ids };
  }
}
