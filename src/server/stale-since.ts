/**
 * Since when cards are stale, kept beside the sheet: it tells so too when it is opened again (R5, R8). Of what has not run yet nothing
 * is kept, and of a graph that lives once per item neither: its cards are those of many.
 */
import type { CardView } from "../protocol.ts";
import type { Notes } from "./arrangement.ts";

export class StaleSince {
  readonly #notes: Notes | undefined;
  /** By card, what is written down. */
  readonly #noted = new Map<string, number>();

  constructor(notes: Notes | undefined) {
    this.#notes = notes;
  }

  /** For a card that was not looked at yet: since when it is stale, as far as that is known. */
  known(card: string): number | undefined {
    const since = this.#notes?.notes.get(nameOf(card));
    if (typeof since !== "number") return undefined;
    this.#noted.set(card, since);
    return since;
  }

  /** Writes down what a look has found. */
  looked(card: string, { state, status }: CardView, since: number): void {
    const stale = state === "stale" && !(status?.kind === "stale" && status.unrun);
    const now = stale ? since : undefined;
    if (this.#noted.get(card) === now) return;
    if (now === undefined) this.#noted.delete(card);
    else this.#noted.set(card, now);
    this.#notes?.note(nameOf(card), now ?? null);
  }
}

function nameOf(card: string): string {
  return `stale since ${card}`;
}
