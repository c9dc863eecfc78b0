/**
 * The earlier life of a sheet, while it is opened again: its signals and runs made from what was kept, each once, so that
 * what was the same is the same again. Runs find their way to the steps that make them now; what finds none is set aside.
 */
import type { Asked } from "./asked.ts";
import type { BaseNode } from "./base-node.ts";
import { printOf } from "./definition.ts";
import { interrupted } from "./failure.ts";
import type { Keeper } from "./keeper.ts";
import { type Fact, type Kept, type KeptRun, type KeptStep, namedIn } from "./kept.ts";
import { append } from "./lists.ts";
import type { LivingGraph } from "./living-graph.ts";
import { ofItemsGone, type Receiver, receiverOf, receiving, runFrom } from "./past-run.ts";
import { PastSignals } from "./past-signals.ts";
import type { RememberedRun } from "./remembered-run.ts";
import type { Ready } from "./signal.ts";
import type { Wiring } from "./wiring.ts";
import { Working } from "./working.ts";

export class Past {
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
  readonly waiting = new Map<number, { readonly kept: KeptRun; readonly key: string }>();
  /** Those under way of graphs that live once per item. */
  readonly #stray = new Map<number, { readonly kept: KeptRun; readonly key: string }>();
  readonly #byNumber = new Map<string, ReadonlyMap<number, KeptRun>>();

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

  /** Those of these names; `undefined` unless all are there. */
  all(names: readonly string[], ids: Readonly<Record<string, number>>): readonly Ready[] | undefined {
    return this.#signals.all(names, ids);
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
  #sameDefinition(number: number | undefined, node: BaseNode): boolean {
    return number !== undefined && this.#prints.get(number) === printOf(node);
  }

  /** Makes a step's runs its own. */
  receive(step: Asked): void {
    const receiver = receiverOf(step);
    if (receiver === undefined) return;
    const { address } = receiver.wiring.memory;
    this.#receivers.set(address, receiver);
    for (const kept of this.#byAddress.get(address) ?? []) this.#runFrom(kept, receiver);
  }

  /** Says what became of a run under way; what nobody here takes is a fact still. */
  interrupt(key: string, { run: kept, waits }: Extract<Fact, { kind: "underway" }>): void {
    const receiver = this.#receivers.get(kept.address);
    if (waits) this.waiting.set(kept.number, { kept, key });
    else if (receiver === undefined) this.#stray.set(kept.number, { kept, key });
    if (receiver === undefined) return;
    this.#keeper.drop(key);
    const run = waits ? undefined : this.#end(kept, receiver);
    if (run === undefined) return;
    if (receiver.maker instanceof Working && kept.print === receiver.print) this.#stopped.set(kept.address, run);
    this.#interrupted.push(run);
  }

  /** Has a step stand where it stood. `stopped`: its run that was under way when everything stopped. */
  resume(step: Working, { run: shown, made, tried, rested }: Partial<KeptStep>, stopped?: RememberedRun): void {
    const run = this.runFor(shown, step);
    step.outs.forEach((slot, i) => {
      const gave = run?.gave?.[i];
      if (slot.good === undefined && gave) slot.keep(gave);
    });
    step.resume({
      run,
      made: run !== undefined && made === true && this.#sameDefinition(shown, step.node),
      tried: stopped ?? (this.#sameDefinition(tried, step.node) ? this.runFor(tried, step) : undefined),
      rested: rested && this.#rest(step, rested),
    });
  }

  /** The inputs on which a step rests: what was made from them is no answer. */
  #rest({ wiring }: Working, inputs: Readonly<Record<string, number>>): readonly Ready[] | undefined {
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
      if (!("values" in run.result)) run.home.disown(run.signals);
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
        // Where items stood is held by nobody until their list is here again.
      } else if (fact.kind === "items" || !this.#keeper.states(key)) this.setAside(namedIn(fact).signals);
    }
  }

  /** Keeps signals that nothing here holds, with those that they lead to. */
  setAside(ids: Iterable<number>, runs: Iterable<number> = []): void {
    this.#keeper.setAside(runs, this.#signals.withAllLedTo(ids));
  }

  // ── for the steps of items

  /** The runs of an address at which there is no single step that made them all. */
  runsOfItemsAt(address: string): readonly KeptRun[] {
    const { maker } = this.#receivers.get(address) ?? {};
    return maker instanceof Working ? [] : (this.#byAddress.get(address) ?? []);
  }

  /** A run, for a step that may have made it: of a graph that lives once per item nobody has received anything, and the step that finds a run makes it. */
  runFor(number: number | undefined, step: Working): RememberedRun | undefined {
    const known = this.run(number);
    const { address } = step.wiring.memory;
    if (known || number === undefined || this.#receivers.has(address)) return known;
    const kept = this.#numbered(address).get(number);
    const run = kept && this.#runFrom(kept, receiving(step.wiring, step));
    if (run === undefined) return undefined;
    this.#living.sheet.memory.add(run);
    return run;
  }

  /** What became of a run under way of an item's step. */
  interruptedOf(number: number, step: Working): RememberedRun | undefined {
    const stray = this.#stray.get(number);
    if (stray === undefined) return this.run(number);
    this.#stray.delete(number);
    this.#keeper.drop(stray.key);
    const run = this.#end(stray.kept, receiving(step.wiring, step));
    if (run) this.#living.sheet.memory.add(run);
    return run;
  }

  /** Takes the runs of items that are here no more, for graphs that live once per item; `steps` are those of the items that are. */
  receiveRest(steps: readonly Working[]): void {
    const [step] = steps;
    if (step === undefined || this.#receivers.has(step.wiring.memory.address)) return;
    const { memory } = step.wiring;
    const receiver = receiving(step.wiring, ofItemsGone(step, steps));
    for (const kept of this.#byAddress.get(memory.address) ?? []) {
      const known = this.#runs.get(kept.number);
      const run = known ?? this.#runFrom(kept, receiver);
      if (run === undefined) continue;
      if (known === undefined) this.#living.sheet.memory.add(run);
      // In the order in which they ended the later answers, and what failed takes the answer away.
      if ("values" in run.result) memory.prefer(run);
      else memory.disown(run.signals);
    }
  }

  #numbered(address: string): ReadonlyMap<number, KeptRun> {
    const known = this.#byNumber.get(address);
    if (known) return known;
    const made = new Map((this.#byAddress.get(address) ?? []).map((kept) => [kept.number, kept]));
    this.#byNumber.set(address, made);
    return made;
  }

  #end(kept: KeptRun, receiver: Receiver): RememberedRun | undefined {
    const ended: KeptRun = { ...kept, outcome: "failed", failure: interrupted() };
    this.#prints.set(kept.number, kept.print);
    const run = this.#runFrom(ended, receiver);
    if (run === undefined) return undefined;
    append(this.#byAddress, kept.address, ended);
    this.#keeper.remembered(run);
    return run;
  }

  #runFrom(kept: KeptRun, receiver: Receiver): RememberedRun | undefined {
    const run = runFrom(kept, receiver, this.#signals, this.#keeper);
    if (run) this.#runs.set(kept.number, run);
    return run;
  }

  #setRunAside(run: KeptRun): void {
    const constants = run.constants === undefined ? [] : [run.constants];
    this.setAside([...Object.values(run.inputs), ...Object.values(run.gave ?? {}), ...constants], [run.number]);
  }
}
