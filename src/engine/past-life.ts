/**
 * The earlier life of a sheet, while it is opened again: its signals and runs made from what was kept, each once, so that
 * what was the same is the same again. Runs find their way to the steps that make them now; what finds none is set aside.
 */
import type { Asked } from "./asked.ts";
import { printOf } from "./definition.ts";
import { handedOut } from "./equal.ts";
import { interrupted } from "./failure.ts";
import { GatheredSignal, ItemSignal } from "./items.ts";
import type { Keeper } from "./keeper.ts";
import { type Fact, type Kept, type KeptRun, keyOf, type Opening } from "./kept.ts";
import { append } from "./lists.ts";
import { LiveRun, type RunListener } from "./live-run.ts";
import type { LivingGraph } from "./living-graph.ts";
import { alike, glanceAt, type Maker, RememberedRun } from "./memory.ts";
import type { BaseNode } from "./node.ts";
import type { AnyPort } from "./port.ts";
import { type Ready, ReadySignal, shared } from "./signal.ts";
import { Whole } from "./whole.ts";
import type { Wiring } from "./wiring.ts";
import { Working } from "./working.ts";

/** Who takes the runs of one address. */
interface Receiver {
  readonly wiring: Wiring;
  readonly maker: Maker;
}
/** What a step of an item finds of itself: a run, or that it waited for a person. */
interface Candidate {
  readonly signals: readonly Ready[];
  readonly number: number;
  readonly item: string | undefined;
  found(step: Working): RememberedRun | "waits" | undefined;
}

export class Past implements Opening {
  readonly #living: LivingGraph;
  readonly #kept: Kept;
  readonly #keeper: Keeper;
  readonly #signals = new Map<number, Ready | undefined>();
  readonly #prints = new Map<number, string>();
  readonly #runs = new Map<number, RememberedRun>();
  readonly #stopped = new Map<string, RememberedRun>();
  readonly #receivers = new Map<string, Receiver>();
  readonly #byAddress = new Map<string, KeptRun[]>();
  readonly #interrupted: RememberedRun[] = [];
  readonly #rests: { readonly wiring: Wiring; readonly signals: readonly Ready[] }[] = [];
  readonly #waiting: KeptRun[] = [];
  /** By address, then by what their inputs look like at a glance. */
  readonly #candidates = new Map<string, Map<number, Candidate[]>>();

  constructor(living: LivingGraph, kept: Kept, keeper: Keeper) {
    this.#living = living;
    this.#kept = kept;
    this.#keeper = keeper;
    for (const run of kept.runs) {
      this.#prints.set(run.number, run.print);
      append(this.#byAddress, run.address, run);
    }
  }

  /** A signal as it was, the very same one each time; `undefined` when what it held is lost. */
  signal(id: number): Ready | undefined {
    if (this.#signals.has(id)) return this.#signals.get(id);
    const made = this.#made(id);
    this.#signals.set(id, made);
    if (made) this.#keeper.know(made, id);
    return made;
  }

  /** A run that was kept. */
  run(number: number | undefined): RememberedRun | undefined {
    return number === undefined ? undefined : this.#runs.get(number);
  }

  /** The run of a step that was under way when everything stopped. */
  stopped(address: string): RememberedRun | undefined {
    return this.#stopped.get(address);
  }

  /** True when the node is still the one that made that run. */
  sameDefinition(number: number | undefined, node: BaseNode): boolean {
    return number !== undefined && this.#prints.get(number) === printOf(node);
  }

  /** Makes a step's runs its own. */
  receive(step: Asked): void {
    const receiver = receiverOf(step);
    if (receiver === undefined) return;
    const { address } = receiver.wiring.memory;
    this.#receivers.set(address, receiver);
    for (const kept of this.#byAddress.get(address) ?? []) {
      const run = this.#runFrom(kept, receiver);
      if (run) this.#runs.set(kept.number, run);
    }
  }

  /** Says what became of a run under way; false when its node is not here. */
  interrupt({ run: kept, waits }: Extract<Fact, { kind: "underway" }>): boolean {
    const receiver = this.#receivers.get(kept.address);
    if (receiver === undefined) return false;
    this.#prints.set(kept.number, kept.print);
    if (waits) {
      this.#waiting.push(kept);
      return true;
    }
    const run = this.#runFrom({ ...kept, outcome: "failed", failure: interrupted() }, receiver);
    if (run === undefined) return true;
    this.#runs.set(kept.number, run);
    if (receiver.maker instanceof Working && kept.print === printOf(receiver.wiring.node))
      this.#stopped.set(kept.address, run);
    this.#interrupted.push(run);
    this.#keeper.remembered(run);
    return true;
  }

  /** The inputs on which a step rests: what was made from them is no answer. */
  rest({ wiring }: Working, inputs: Readonly<Record<string, number>>): readonly Ready[] | undefined {
    const signals = this.#all(wiring.assembly.keys, inputs);
    if (signals) this.#rests.push({ wiring, signals });
    return signals;
  }

  /** Remembers all runs, in the order in which they ended. */
  remember(): void {
    const { memory } = this.#living.sheet;
    const ended = this.#kept.runs.map(({ number }) => this.#runs.get(number));
    for (const run of [...ended, ...this.#interrupted]) {
      if (run === undefined) continue;
      if ("failure" in run.result) run.home.disown(run.signals);
      memory.add(run);
    }
    for (const { wiring, signals } of this.#rests) wiring.memory.disown(signals);
  }

  /** Keeps what nothing here has taken. */
  setRestAside(): void {
    for (const run of this.#kept.runs) if (!this.#runs.has(run.number)) this.#setRunAside(run);
    for (const [key, fact] of this.#kept.facts) {
      if (fact.kind === "underway") {
        if (!this.#receivers.has(fact.run.address)) this.#setRunAside(fact.run);
      } else if (!this.#keeper.states(key)) this.setAside(signalsOf(fact));
    }
  }

  /** Keeps signals that nothing here holds, with those that they lead to. */
  setAside(ids: Iterable<number>, runs: Iterable<number> = []): void {
    const all = new Set(ids);
    for (const id of all) {
      const kept = this.#kept.signals.get(id);
      if (kept?.list !== undefined) all.add(kept.list);
      for (const part of kept?.parts ?? []) all.add(part);
    }
    this.#keeper.setAside(runs, all);
  }

  leftBy(step: Working, inputs: readonly Ready[]): RememberedRun | "waits" | undefined {
    const { address } = step.wiring.memory;
    const known = this.#candidates.get(address) ?? this.#candidatesAt(address, step.wiring);
    this.#candidates.set(address, known);
    const there = known.get(glanceAt(inputs));
    const fitting = there?.filter(({ signals }) => alike(signals, inputs)) ?? [];
    const item = step.item.join();
    return (fitting.find((one) => one.item === item) ?? fitting[0])?.found(step);
  }

  placed(step: Asked): void {
    if (!(step instanceof Working)) return;
    const { node, outs, item, wiring } = step;
    // Of a list that leaves failed items out, nobody knows which place was whose.
    if (item.length === 0 || node.onItemError === "skip") return;
    for (const [i, port] of node.outPorts.entries()) {
      const fact = this.#kept.facts.get(keyOf("slot", wiring.memory.address, port));
      const list = fact?.kind === "slot" && fact.good !== undefined ? this.signal(fact.good) : undefined;
      const signal = item.reduce<unknown>(
        (one, at) => (one instanceof GatheredSignal ? one.parts[at] : undefined),
        list,
      );
      const slot = outs[i];
      if ((signal as Ready | undefined)?.pinned && slot && !slot.pinned)
        slot.pin(signal as Ready, { port: port as unknown as AnyPort<unknown>, change: "pin" });
    }
  }

  // ── what steps of items find of themselves: the latest run with their inputs

  #candidatesAt(address: string, wiring: Wiring): Map<number, Candidate[]> {
    const found = new Map<number, Candidate[]>();
    const print = printOf(wiring.node);
    const all = [
      ...this.#waiting.flatMap((kept) => this.#candidate(kept, wiring, print, () => "waits")),
      ...(this.#receivers.get(address)?.maker instanceof Working ? [] : this.#itemsAt(address, wiring, print)),
    ];
    for (const candidate of all.sort((a, b) => b.number - a.number))
      append(found, glanceAt(candidate.signals), candidate);
    return found;
  }

  #itemsAt(address: string, wiring: Wiring, print: string): Candidate[] {
    if (this.#receivers.has(address)) {
      const made = [...this.#runs.values()].filter(
        (run) => run.home.address === address && !("cancelled" in run.result),
      );
      const items = new Map(this.#byAddress.get(address)?.map(({ number, item }) => [number, item]));
      return made
        .filter(({ live }) => this.#prints.get(live.number) === print)
        .map((run) => ({
          signals: run.signals,
          number: run.live.number,
          item: items.get(run.live.number)?.join(),
          found: () => run,
        }));
    }
    // Of a graph that lives once per item: each item's step has a memory of its own.
    const kept = this.#byAddress.get(address) ?? [];
    return kept.flatMap((one) => this.#candidate(one, wiring, print, (step) => this.#taken(one, step)));
  }

  #candidate(kept: KeptRun, wiring: Wiring, print: string, found: Candidate["found"]): Candidate[] {
    if (kept.address !== wiring.memory.address || kept.print !== print || kept.outcome === "cancelled") return [];
    const signals = this.#inputs(kept, wiring);
    return signals ? [{ signals, number: kept.number, item: kept.item?.join(), found }] : [];
  }

  #taken(kept: KeptRun, step: Working): RememberedRun | undefined {
    const run = this.#runs.get(kept.number) ?? this.#runFrom(kept, { wiring: step.wiring, maker: step });
    if (run === undefined || this.#runs.has(kept.number)) return run;
    this.#runs.set(kept.number, run);
    this.#living.sheet.memory.add(run);
    return run;
  }

  #setRunAside(run: KeptRun): void {
    const constants = run.constants === undefined ? [] : [run.constants];
    this.setAside([...Object.values(run.inputs), ...Object.values(run.gave ?? {}), ...constants], [run.number]);
  }

  // ── making them again

  #made(id: number): Ready | undefined {
    const kept = this.#kept.signals.get(id);
    if (kept === undefined) return undefined;
    const { id: sheet } = this.#living.sheet;
    if (kept.parts) {
      const parts = kept.parts.map((part) => this.signal(part));
      if (parts.includes(undefined)) return undefined;
      const values = parts.map((part) => (part as Ready).value);
      return shared(new GatheredSignal(handedOut(values), parts as Ready[]) as unknown as Ready);
    }
    const value = handedOut(kept.value);
    const list = kept.list === undefined ? undefined : this.signal(kept.list);
    if (list) return shared(new ItemSignal(value, list) as unknown as Ready);
    return shared(new ReadySignal(value, sheet, kept.run, kept.pinned) as Ready);
  }

  #inputs(kept: KeptRun, { assembly }: Wiring): readonly Ready[] | undefined {
    return this.#all(assembly.keys, kept.inputs);
  }

  #all(names: readonly string[], ids: Readonly<Record<string, number>>): readonly Ready[] | undefined {
    const signals: Ready[] = [];
    for (const name of names) {
      const id = Object.hasOwn(ids, name) ? ids[name] : undefined;
      const signal = id === undefined ? undefined : this.signal(id);
      if (signal === undefined) return undefined;
      signals.push(signal);
    }
    return signals;
  }

  /** `undefined` when something of it is lost, or its node has other ports now. */
  #runFrom(kept: KeptRun, { wiring, maker }: Receiver): RememberedRun | undefined {
    const signals = this.#inputs(kept, wiring);
    const outputs = Object.keys(wiring.node.outputs);
    const gave = kept.gave && this.#all(outputs, kept.gave);
    const result = resultOf(kept, outputs, gave);
    if (signals === undefined || result === undefined) return undefined;
    const live = new LiveRun(wiring, deaf, signals, kept);
    live.from = wiring.assembly.keys.map((name) => (Object.hasOwn(kept.from, name) ? (kept.from[name] ?? []) : []));
    live.lines = kept.log;
    live.revision = kept.revision;
    live.called = kept.called;
    live.fellBack = kept.fellBack === true;
    live.ended = true;
    const constants = kept.constants === undefined ? undefined : this.signal(kept.constants);
    if (constants) this.#keeper.knowConstants(constants);
    if (kept.print !== printOf(wiring.node))
      live.former = {
        definition: kept.print,
        constants: (constants?.value ?? wiring.constants) as Readonly<Record<string, unknown>>,
      };
    const answers = kept.answers && kept.print === printOf(wiring.node);
    return new RememberedRun(maker, live, result, { duration: kept.duration, gave, answers });
  }
}

function resultOf(
  kept: KeptRun,
  outputs: readonly string[],
  gave: readonly Ready[] | undefined,
): RememberedRun["result"] | undefined {
  if (kept.outcome === "cancelled") return { cancelled: "person" };
  if (kept.outcome === "failed") return kept.failure && { failure: kept.failure };
  return gave && { outputs: Object.fromEntries(gave.map(({ value }, i) => [outputs[i], value])) };
}

function signalsOf(fact: Fact): readonly number[] {
  if (fact.kind === "source") return [fact.signal];
  if (fact.kind === "step") return Object.values(fact.rested ?? {});
  if (fact.kind !== "slot") return [];
  return [fact.good, fact.pin].filter((id) => id !== undefined);
}

/** Who makes the runs of a step's node; for those of items, whoever stands for items that are here no more. */
function receiverOf(step: Asked): Receiver | undefined {
  if (step instanceof Working) return { wiring: step.wiring, maker: step };
  const past = step instanceof Whole ? step.past?.() : undefined;
  if (past === undefined) return undefined;
  const { wiring, ins } = past;
  const select = (run: RememberedRun) => {
    wiring.memory.prefer(run);
    for (const one of (step as Whole).inside) if (one instanceof Working && one.worksFrom(run)) one.select(run);
  };
  return { wiring, maker: { ins, select } };
}

/** Nobody hears of a run that is over. */
const deaf: RunListener = {
  item: [],
  sort: () => ({ outputs: {} }),
  arrived: () => undefined,
  gave: () => undefined,
  progressed: () => undefined,
  logged: () => undefined,
};
