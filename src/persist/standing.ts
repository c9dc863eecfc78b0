/** How a sheet stands as of its last save: every fact and note that none has replaced, and the values that a person gave. */
import type { Change, Fact } from "../engine/kept.ts";
import type { Collected, Line, Notes, SignalText } from "./records.ts";
import type { SheetData } from "./schema.ts";
import { Names } from "./values.ts";

/** One save, in words and as it was given. */
export interface Save {
  readonly line: Line;
  readonly change: Change | undefined;
  readonly notes: Notes;
}

export class Standing {
  readonly facts = new Map<string, Fact>();
  readonly notes = new Map<string, unknown>();
  /** The signals whose values live in this process alone. */
  readonly lost = new Set<number>();
  runsBegun = 0;
  /** The texts of the signals that inputs and pins hold: they are in `sheet.json` too, should the log be lost. */
  readonly #held = new Map<number, string>();
  #names = new Names();

  /** Takes in a save that is on disk. */
  add({ line, change, notes }: Save): void {
    this.runsBegun = Math.max(this.runsBegun, change?.runsBegun ?? 0);
    this.lead(line.text);
    for (const id of line.lost) this.lost.add(id);
    for (const [key, fact] of change?.facts ?? []) this.#state(key, fact, line.signals);
    for (const [name, note] of notes) {
      if (note === null || note === undefined) this.notes.delete(name);
      else this.notes.set(name, note);
    }
  }

  /** Takes in all that was found on disk. */
  take({ facts, notes, signals }: Collected): void {
    for (const [key, fact] of facts) this.facts.set(key, fact);
    for (const [name, note] of notes) this.notes.set(name, note);
    for (const fact of this.facts.values()) {
      const id = heldBy(fact);
      const signal = id === undefined ? undefined : signals.get(id);
      if (signal) this.#held.set(signal[0], JSON.stringify(signal));
    }
  }

  /** The blobs that it leads to, and some that it led to. */
  get blobs(): ReadonlySet<string> {
    return this.#names.all;
  }

  /** Notes what a text leads to. */
  lead(text: string): void {
    this.#names.add(text);
  }

  /** Forgets what it led to, but for what a person gave. */
  leadAnew(): void {
    this.#names = Names.in(this.#held.values());
  }

  clear(): void {
    for (const forgotten of [this.facts, this.notes, this.#held, this.lost]) forgotten.clear();
    this.#names = new Names();
  }

  get data(): Pick<SheetData, "runsBegun" | "facts" | "notes" | "signals"> {
    return {
      runsBegun: this.runsBegun,
      facts: Object.fromEntries(this.facts),
      notes: Object.fromEntries(this.notes),
      signals: [...this.#held.values()].map((text) => JSON.parse(text) as SignalText),
    };
  }

  #state(key: string, fact: Fact | undefined, signals: Line["signals"]): void {
    const before = heldBy(this.facts.get(key));
    if (before !== undefined) this.#held.delete(before);
    if (fact) this.facts.set(key, fact);
    else this.facts.delete(key);
    const id = heldBy(fact);
    const text = id === undefined ? undefined : signals.get(id);
    if (id !== undefined && text !== undefined) this.#held.set(id, text);
  }
}

/** The signal that a person gave. */
function heldBy(fact: Fact | undefined): number | undefined {
  if (fact?.kind === "source") return fact.signal;
  return fact?.kind === "slot" ? fact.pin : undefined;
}
