/**
 * The earlier life of a sheet, while it is opened again: its signals and runs made from what was kept, each once, so that
 * what was the same is the same again. Runs find their way to the steps that make them now; what finds none is set aside.
 */
import type { Asked } from "./asked.ts";
import type { BaseNode } from "./base-node.ts";
import { printOf } from "./definition.ts";
import { interrupted } from "./failure.ts";
import { GatheredSignal } from "./items.ts";
import type { Keeper } from "./keeper.ts";
import { type Fact, type Kept, type KeptRun, keyOf, type Opening } from "./kept.ts";
import { append } from "./lists.ts";
import type { LiveRun } from "./live-run.ts";
import type { LivingGraph } from "./living-graph.ts";
import { type Candidate, type Left, PastItems } from "./past-items.ts";
import { type Receiver, receiverOf, receiving, runFrom } from "./past-run.ts";
import { PastSignals } from "./past-signals.ts";
import type { AnyPort } from "./port.ts";
import type { RememberedRun } from "./remembered-run.ts";
import type { Ready } from "./signal.ts";
import type { Wiring } from "./wiring.ts";
import { Working } from "./working.ts";

export class Past implements Opening {
  readonly #living: LivingGraph;
  readonly #kept: Kept;
  readonly #keeper: Keeper;
  readonly #signals: PastSignals;
  readonly #prints = new Map<number, string>();
  readonly #runs = new Map<number, RememberedRun>();
  readonly #stopped = new Map<string, RememberedRun>();
  readonly #receivers = new Map<string, Receiver>();
  readonly #byAddress = new Map<string, KeptRun[]>();
  readonly #interrupted: RememberedRun[] = [];
  readonly #rests: { readonly wiring: Wiring; readonly signals: readonly Ready[] }[] = [];
  /** The runs that waited for a person, and the keys of these facts. */
  readonly #waiting: { readonly kept: KeptRun; readonly key: string }[] = [];
  readonly #items = new PastItems((step) => this.#candidatesOf(step));

  constructor(living: LivingGraph, kept: Kept, keeper: Keeper) {
    this.#living = living;
    this.#kept = kept;
    this.#keeper = keeper;
    this.#signals = new PastSignals(kept.signals, living.sheet.id, keeper);
    for (const run of kept.runs) {
      this.#prints.set(run.number, run.print);
      append(this.#byAddress, run.address, run);
    }
  }

  /** A signal as it was, the very same one each time; `undefined` when what it held is lost. */
  signal(id: number): Ready | undefined {
    return this.#signals.at(id);
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

  /** Says what became of a run under way; what nobody here takes is a fact still. */
  interrupt(key: string, { run: kept, waits }: Extract<Fact, { kind: "underway" }>): void {
    const receiver = this.#receivers.get(kept.address);
    if (waits) this.#waiting.push({ kept, key });
    if (receiver === undefined) return;
    this.#keeper.drop(key);
    this.#prints.set(kept.number, kept.print);
    if (waits) return;
    const ended: KeptRun = { ...kept, outcome: "failed", failure: interrupted() };
    const run = this.#runFrom(ended, receiver);
    if (run === undefined) return;
    this.#runs.set(kept.number, run);
    append(this.#byAddress, kept.address, ended);
    if (receiver.maker instanceof Working && kept.print === receiver.print) this.#stopped.set(kept.address, run);
    this.#interrupted.push(run);
    this.#keeper.remembered(run);
  }

  /** The inputs on which a step rests: what was made from them is no answer. */
  rest({ wiring }: Working, inputs: Readonly<Record<string, number>>): readonly Ready[] | undefined {
    const signals = this.#signals.all(wiring.assembly.keys, inputs);
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
    this.#keeper.setAside(runs, this.#signals.withAllLedTo(ids));
  }

  leftBy(step: Working, inputs: readonly Ready[]): Left | undefined {
    return this.#items.leftBy(step, inputs);
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

  /** A person is asked again: that is to be kept like any run under way. */
  began(live: LiveRun, wiring: Wiring): void {
    this.#keeper.began(live, wiring);
  }

  ended(live: LiveRun): void {
    this.#keeper.ended(live);
  }

  // ── what steps of items find of themselves

  #candidatesOf(step: Working): readonly Candidate[] {
    const { memory } = step.wiring;
    const print = printOf(step.node);
    const { maker } = this.#receivers.get(memory.address) ?? {};
    const made = maker instanceof Working ? [] : (this.#byAddress.get(memory.address) ?? []);
    // Of a graph that lives once per item nobody has received anything: the step that finds a run makes it.
    const found = (kept: KeptRun) => (one: Working) => (maker ? this.#runs.get(kept.number) : this.#taken(kept, one));
    const waiting = this.#waiting.filter(({ kept }) => kept.address === memory.address);
    return [
      ...waiting.flatMap(({ kept, key }) => this.#fitting(kept, step.wiring, print, () => this.#waits(key))),
      ...made.flatMap((kept) => this.#fitting(kept, step.wiring, print, found(kept))),
    ];
  }

  /** It is asked anew, and the old question is one no more. */
  #waits(key: string): "waits" {
    this.#keeper.drop(key);
    return "waits";
  }

  /** Those that the present definition made and nobody cancelled. */
  #fitting(kept: KeptRun, { assembly }: Wiring, print: string, found: Candidate["found"]): readonly Candidate[] {
    const fits = kept.print === print && kept.outcome !== "cancelled";
    const signals = fits ? this.#signals.all(assembly.keys, kept.inputs) : undefined;
    return signals ? [{ signals, kept, found }] : [];
  }

  #taken(kept: KeptRun, step: Working): RememberedRun | undefined {
    const known = this.#runs.get(kept.number);
    const run = known ?? this.#runFrom(kept, receiving(step.wiring, step));
    if (run === undefined || known) return run;
    this.#runs.set(kept.number, run);
    this.#living.sheet.memory.add(run);
    return run;
  }

  #runFrom(kept: KeptRun, receiver: Receiver): RememberedRun | undefined {
    return runFrom(kept, receiver, this.#signals, this.#keeper);
  }

  #setRunAside(run: KeptRun): void {
    const constants = run.constants === undefined ? [] : [run.constants];
    this.setAside([...Object.values(run.inputs), ...Object.values(run.gave ?? {}), ...constants], [run.number]);
  }
}

function signalsOf(fact: Fact): readonly number[] {
  if (fact.kind === "source") return [fact.signal];
  if (fact.kind === "step") return Object.values(fact.rested ?? {});
  if (fact.kind !== "slot") return [];
  return [fact.good, fact.pin].filter((id) => id !== undefined);
}
