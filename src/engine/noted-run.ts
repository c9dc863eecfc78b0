/**
 * What is noted of a run, from its beginning on and for as long as it is remembered: what it worked from, when, and what it said.
 * Its fields are public and few: of all that a sheet holds, this is made most often and kept longest.
 */
import type { BaseNode } from "./base-node.ts";
import { longestLog } from "./longest-log.ts";
import type { NodeMemory } from "./node-memory.ts";
import type { RunId } from "./run.ts";
import type { Former } from "./run-record.ts";
import { type Ready, type ReadySignal, type RunNumbers, runId } from "./signal.ts";
import type { Wiring } from "./wiring.ts";

const noLines: readonly string[] = Object.freeze([]);

export class NotedRun {
  readonly wiring: Wiring;
  readonly number: number;
  /** The input signals that it works from, in the order of the step's slots. */
  readonly signals: readonly Ready[];
  /** By the same order, the runs that those come from; none where those are the ones that the signals name. */
  from: readonly RunNumbers[] | undefined = undefined;
  readonly startedAt: number;
  lines: readonly string[] = noLines;
  /** What the callables gave, by input. */
  called: Readonly<Record<string, unknown>> | undefined = undefined;
  /** Of the Space or model that answers, where there is one. */
  revision: string | undefined = undefined;
  /** True when every attempt failed, and what came of it is its node's fallback. */
  fellBack = false;
  /** Of a run that another definition of its node made: what was constant then. */
  former: Former | undefined = undefined;

  constructor(wiring: Wiring, number: number, signals: readonly Ready[], startedAt: number) {
    this.wiring = wiring;
    this.number = number;
    this.signals = signals;
    this.startedAt = startedAt;
  }

  /** The sheet that it is of. */
  get sheet(): string {
    return this.wiring.sheet.id;
  }

  get id(): RunId {
    return runId(this.sheet, this.number);
  }

  /** The inputs that its signals went to, in their order. */
  get names(): readonly string[] {
    return this.wiring.assembly.keys;
  }

  /** Its inputs that are constants. */
  get constants(): Readonly<Record<string, unknown>> {
    return this.former?.constants ?? this.wiring.constants;
  }

  /** The memory of its node. */
  get home(): NodeMemory {
    return this.wiring.memory;
  }

  get node(): BaseNode {
    return this.wiring.node;
  }

  /** The runs that one of its signals comes from. */
  fromAt(input: number): readonly number[] {
    const named = this.signals[input] as ReadySignal | undefined;
    return listed((this.from === undefined ? named?.numbers : this.from[input]) ?? 0);
  }

  /** Adds a line to its log; false when that is full. */
  write(line: string): boolean {
    if (this.lines.length >= longestLog) return false;
    // Most runs never write a line: the list is made for the first.
    if (this.lines === noLines) this.lines = [line];
    else (this.lines as string[]).push(line);
    return true;
  }
}

function listed(runs: RunNumbers): readonly number[] {
  if (typeof runs !== "number") return runs;
  return runs === 0 ? [] : [runs];
}
