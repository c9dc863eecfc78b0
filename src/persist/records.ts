/**
 * What a sheet's keeper gives, as lines of a log, and back. One line is one save: all of it is there or nothing (D2). A fact
 * or a note in a later line takes the place of an earlier one; signals and runs are there once, by number.
 */
import {
  addressOf,
  type Change,
  type Fact,
  type Kept,
  type KeptRun,
  type KeptSignal,
  namedIn,
} from "../engine/kept.ts";
import type { Blobbed } from "./blobs.ts";
import { lineFits } from "./shape.ts";
import { plainIn, readerOf, type Stored, written } from "./values.ts";

/** What is kept beside the sheet itself: where its cards lie, what was looked at. Plain JSON by name. */
export type Notes = ReadonlyMap<string, unknown>;

/** One save, as it goes to disk. */
export interface Line {
  readonly number: number;
  readonly text: string;
  readonly blobs: readonly Blobbed[];
  /** The texts of its signals, by number. */
  readonly signals: ReadonlyMap<number, string>;
  /** Those of them whose values cannot be kept. */
  readonly lost: readonly number[];
}

/** A line as it is read: `[id, run, pinned, value | null, list, parts, lists, at]` a signal. */
interface Parsed {
  readonly n: number;
  readonly b?: number;
  readonly g?: readonly SignalText[];
  readonly r?: readonly RunText[];
  readonly f?: Readonly<Record<string, Fact | null>>;
  readonly x?: Readonly<Record<string, unknown>>;
}
export type SignalText = readonly [
  id: number,
  run: number,
  pinned: 0 | 1,
  value?: unknown,
  list?: number | null,
  parts?: readonly number[] | null,
  lists?: readonly number[],
  at?: number,
];
type RunText = Omit<KeptRun, "failure" | "called"> & { readonly failure?: unknown; readonly called?: unknown };

/** A save in words: `number` counts the saves of a sheet. */
export function lineOf(number: number, change: Change | undefined, notes: Notes): Line {
  const blobs: Blobbed[] = [];
  const signals = new Map<number, string>();
  const lost: number[] = [];
  for (const signal of change?.signals ?? []) signals.set(signal.id, signalText(signal, blobs, lost));
  const runs = (change?.runs ?? []).map((run) => JSON.stringify(runText(run, blobs)));
  const parts = [
    `"n":${number}`,
    ...(change ? [`"b":${change.runsBegun}`] : []),
    ...(signals.size > 0 ? [`"g":[${[...signals.values()].join(",")}]`] : []),
    ...(runs.length > 0 ? [`"r":[${runs.join(",")}]`] : []),
    ...(change && change.facts.size > 0 ? [`"f":${record(change.facts)}`] : []),
    ...(notes.size > 0 ? [`"x":${record(notes)}`] : []),
  ];
  return { number, text: `{${parts.join(",")}}`, blobs, signals, lost };
}

/** Of a signal whose value cannot be kept it is said that it was there: what needs it is not, in the next life. */
function signalText(signal: KeptSignal, blobs: Blobbed[], lost: number[]): string {
  const { id, value, run, pinned, list, parts, lists, at } = signal;
  const head = `[${id},${run},${pinned ? 1 : 0}`;
  if (parts) return `${head},null,null,${JSON.stringify(parts)}${lists ? `,${JSON.stringify(lists)}` : ""}]`;
  const text = written(value);
  if (text === undefined) {
    lost.push(id);
    return `${head}]`;
  }
  blobs.push(...text.blobs);
  if (at !== undefined) return `${head},${text.text},null,null,${JSON.stringify(lists)},${at}]`;
  return list === undefined ? `${head},${text.text}]` : `${head},${text.text},${list}]`;
}

/** Names of inputs are words of the app; what its functions threw or gave is theirs, and is written like any value. */
function runText(run: KeptRun, blobs: Blobbed[]): RunText {
  const { failure, called, ...plain } = run;
  const value = (one: unknown) => {
    const text = written(one);
    blobs.push(...(text?.blobs ?? []));
    return text && JSON.parse(text.text);
  };
  return {
    ...plain,
    ...(failure && { failure: value(failure) ?? value({ ...failure, error: failure.message }) }),
    ...(called && { called: value(called) }),
  };
}

function record(entries: ReadonlyMap<string, unknown>): string {
  return JSON.stringify(Object.fromEntries([...entries].map(([key, value]) => [key, value ?? null])));
}

/** What the lines of a sheet come to. */
export class Collected {
  readonly facts = new Map<string, Fact>();
  readonly notes = new Map<string, unknown>();
  readonly signals = new Map<number, SignalText>();
  readonly runs = new Map<number, RunText>();
  /** The last save among them. */
  saves = 0;
  runsBegun = 0;

  /** Adds a line, unless it makes no sense; facts of saves up to `until` are known already, and those up to `since` are no more. */
  add(text: string, until: number, since = 0): boolean {
    const line = attempt(() => JSON.parse(text) as Parsed)?.value;
    if (line === undefined || !lineFits(line)) return false;
    if (line.n <= since) return true;
    for (const signal of line.g ?? []) this.signals.set(signal[0], signal);
    for (const run of line.r ?? []) this.runs.set(run.number, run);
    this.saves = Math.max(this.saves, line.n);
    this.runsBegun = Math.max(this.runsBegun, line.b ?? 0);
    if (line.n <= until) return true;
    for (const [key, fact] of Object.entries(line.f ?? {})) {
      if (fact) this.facts.set(key, fact);
      else this.facts.delete(key);
    }
    for (const [name, note] of Object.entries(line.x ?? {})) {
      if (note === null) this.notes.delete(name);
      else this.notes.set(name, note);
    }
    return true;
  }

  /** The runs that steps show or wait with, and the signals that ports hold, with all that those lead to. */
  shown(): { readonly runs: ReadonlySet<number>; readonly signals: ReadonlySet<number> } {
    const [runs, signals] = [new Set<number>(), new Set<number>()];
    for (const fact of this.facts.values()) {
      const named = namedIn(fact);
      for (const id of named.signals) signals.add(id);
      for (const number of named.runs) runs.add(number);
    }
    // Where nobody wrote down which runs the items of a node show, all of its runs stay.
    const steps = new Set(
      [...this.facts].filter(([, { kind }]) => kind === "step" || kind === "items").map(([key]) => addressOf(key)),
    );
    for (const run of this.runs.values()) if (!steps.has(run.address)) runs.add(run.number);
    for (const number of runs) {
      const { inputs = {}, gave = {}, constants } = this.runs.get(number) ?? {};
      for (const id of [...Object.values(inputs), ...Object.values(gave)]) signals.add(id);
      if (constants !== undefined) signals.add(constants);
    }
    for (const id of signals) {
      const [, , , , list, parts, lists] = this.signals.get(id) ?? [];
      for (const inner of [...(parts ?? []), ...(lists ?? []), ...(typeof list === "number" ? [list] : [])])
        signals.add(inner);
    }
    return { runs, signals };
  }

  /** How many things facts name that are not there. */
  get missing(): number {
    let missing = 0;
    for (const fact of this.facts.values()) missing += this.#missingOf(fact);
    return missing;
  }

  /** Takes away the facts that name them, so that this is said once. */
  dropMissing(): void {
    for (const [key, fact] of this.facts) if (this.#missingOf(fact) > 0) this.facts.delete(key);
  }

  #missingOf(fact: Fact): number {
    // Of an item whose run is missing nothing is said, and its neighbours are what they were.
    if (fact.kind === "underway" || fact.kind === "items") return 0;
    // A list that was taken apart once is looked for only where there is no other.
    const spare = fact.kind === "slot" ? fact.apart : undefined;
    const { runs, signals } = namedIn(fact);
    const lost = [
      ...signals.filter((id) => id !== spare && !this.signals.has(id)),
      ...runs.filter((run) => !this.runs.has(run)),
    ];
    return lost.length;
  }

  /** The sheet as its keeper gave it. A value that is missing takes with it what needs it, and nothing else. */
  kept(stored: Stored): Kept {
    const read = readerOf(stored);
    let { runsBegun } = this;
    for (const number of this.runs.keys()) runsBegun = Math.max(runsBegun, number);
    const signals = { get: (id: number) => signalFrom(this.signals.get(id), read) };
    return { runsBegun, signals, runs: [...this.runs.values()].map((run) => runFrom(run, read)), facts: this.facts };
  }
}

function signalFrom(text: SignalText | undefined, read: (parsed: unknown) => unknown): KeptSignal | undefined {
  if (text === undefined) return undefined;
  const [id, run, isPinned, written, list, parts, lists, at] = text;
  const pinned = isPinned === 1;
  if (parts) return { id, run, pinned, parts, ...(lists && { lists }) };
  if (written === undefined) return undefined;
  const plain = plainIn(written);
  const found = plain === undefined ? attempt(() => read(written)) : undefined;
  if (plain === undefined && found === undefined) return undefined;
  const value = plain ?? found?.value;
  if (lists && at !== undefined) return { id, run, pinned, value, lists, at };
  return list === null || list === undefined ? { id, run, pinned, value } : { id, run, pinned, value, list };
}

function runFrom(run: RunText, read: (parsed: unknown) => unknown): KeptRun {
  if (run.failure === undefined && run.called === undefined) return run as KeptRun;
  const { failure, called, ...plain } = run;
  const failed = failure === undefined ? undefined : attempt(() => read(failure));
  const given = called === undefined ? undefined : attempt(() => read(called));
  return {
    ...plain,
    ...(failed && { failure: failed.value as NonNullable<KeptRun["failure"]> }),
    ...(given && { called: given.value as NonNullable<KeptRun["called"]> }),
  };
}

function attempt<T>(make: () => T): { readonly value: T } | undefined {
  try {
    return { value: make() };
  } catch {
    return undefined;
  }
}

/** The same line with what is alive alone; `undefined` when nothing of it is. Its facts are taken to be known elsewhere. */
export function pruned(
  text: string,
  alive: { readonly runs: ReadonlySet<number>; readonly signals: ReadonlySet<number> },
): string | undefined {
  const line = JSON.parse(text) as Parsed;
  const g = line.g?.filter(([id]) => alive.signals.has(id));
  const r = line.r?.filter(({ number }) => alive.runs.has(number));
  if (!g?.length && !r?.length) return undefined;
  return JSON.stringify({ n: line.n, b: line.b, ...(g?.length && { g }), ...(r?.length && { r }) });
}
