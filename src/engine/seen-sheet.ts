/**
 * A sheet as it is looked at: what its ports hold, which runs its nodes have made and show, what a demand would run. Looking changes
 * nothing, and what was there when a sheet was closed can still be seen.
 */
import { Observable } from "rxjs";
import { gatherOf } from "./askable.ts";
import { ChoiceStep } from "./choice-step.ts";
import type { Graph } from "./graph.ts";
import type { ItemSignals } from "./items.ts";
import { knownNode, numberIn } from "./known.ts";
import type { LivingGraph } from "./living-graph.ts";
import type { Memory } from "./memory.ts";
import type { AnyNode, Node } from "./node.ts";
import { plannedNodes } from "./plan.ts";
import type { AnyPort, InputPort, OutPort, OutputPort, ScatteredPort } from "./port.ts";
import type { Run, RunOptions, SheetEvent } from "./run.ts";
import { graphOfRun } from "./run-record.ts";
import { checkRunOptions } from "./sheet-options.ts";
import { type ShownRun, shownAmong } from "./shown-run.ts";
import { type Signal, shared } from "./signal.ts";
import type { Slot } from "./slot.ts";
import type { Wave } from "./wave.ts";

/** What a sheet and the parts of it have in common. */
export type Common = Pick<SeenSheet, "id" | "name" | "wave" | "memory">;

export abstract class SeenSheet {
  readonly id: string;
  readonly name: string;
  readonly graph: Graph;
  readonly events$: Observable<SheetEvent>;
  readonly wave: Wave;
  readonly memory: Memory;
  living!: LivingGraph;

  constructor(graph: Graph, { id, name, wave, memory }: Common) {
    this.graph = graph;
    this.id = id;
    this.name = name;
    this.wave = wave;
    this.events$ = wave.events$;
    this.memory = memory;
  }

  abstract get closed(): boolean;

  signal<T>(port: AnyPort<T>): Signal<T> {
    return shared(this.living.slotOf(port).now) as Signal<T>;
  }

  value<T>(port: AnyPort<T>): T | undefined {
    const { now } = this.living.slotOf(port);
    return now.kind === "ready" ? (now.value as T) : undefined;
  }

  signal$<T>(port: AnyPort<T>): Observable<Signal<T>> {
    const slot = this.living.slotOf(port);
    return this.#watched(() => slot, false);
  }

  value$<T>(port: AnyPort<T>): Observable<T> {
    const slot = this.living.slotOf(port);
    return this.#watched(() => slot, true);
  }

  items$<T>(port: ScatteredPort<T>): Observable<readonly Signal<T>[]> {
    const gather = gatherOf(this.living, port);
    return this.#watched(() => gather.watchItems(), true);
  }

  itemsOf(port: ScatteredPort<unknown>): readonly object[] {
    return this.living.scattering.gatherOf(port as unknown as OutPort)?.items ?? [];
  }

  itemsNow(port: OutputPort<unknown>): ItemSignals | undefined {
    this.living.slotOf(port);
    return this.living.scattering.itemsOf(port as unknown as OutPort).signals;
  }

  settled(): Promise<void> {
    return this.wave.settled();
  }

  plan(node?: AnyNode, options: RunOptions = {}): readonly Node[] {
    checkRunOptions(options, "plan");
    return plannedNodes(this.living, node && knownNode(this.living, node), options);
  }

  chosen(choice: AnyNode): number {
    const step = this.living.stepOf(knownNode(this.living, choice));
    return step instanceof ChoiceStep ? step.selected : 0;
  }

  history<In, Out>(node: Node<In, Out>): readonly Run<In, Out>[] {
    const runs = this.living.stepOf(knownNode(this.living, node as unknown as AnyNode))?.history ?? [];
    return runs.map((run) => run.record as unknown as Run<In, Out>);
  }

  shown(node: AnyNode): ShownRun | undefined {
    const step = this.living.stepOf(knownNode(this.living, node));
    return step && shownAmong(step.history, step.seen);
  }

  runOf(id: string): Run | undefined {
    return this.memory.at(numberIn(id, this.id))?.record;
  }

  nodeOf(run: Run): string | undefined {
    const graph = graphOfRun(run);
    return graph === undefined || graph === this.living ? run.node : this.living.nodeAround(graph)?.name;
  }

  outside(input: InputPort<unknown>): boolean {
    return this.living.fedFromOutside(input);
  }

  #watched<T>(slot: () => Slot, valuesOnly: boolean): Observable<T> {
    return new Observable<unknown>((subscriber) => {
      slot().watch(subscriber, valuesOnly);
      if (this.closed) subscriber.complete();
    }) as Observable<T>;
  }
}
