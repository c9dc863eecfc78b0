/** The sheet behind `Sheet`: what people ask of a living graph, checked, and made one change of the wave each. */
import { Observable } from "rxjs";
import {
  known,
  nodeName,
  noSuchRun,
  numberIn,
  pinnable,
  refuseNoEdits,
  refuseNoList,
  refuseWrongType,
  settable,
} from "./askable.ts";
import { ask } from "./asking.ts";
import { type BaseNode, baseOf } from "./base-node.ts";
import { standBeside, waitsInVain } from "./beside.ts";
import { ChoiceStep } from "./choice-step.ts";
import { Lacks } from "./demand.ts";
import { equal } from "./equal.ts";
import type { Graph } from "./graph.ts";
import { GraphError } from "./graph-error.ts";
import { refuseUnknown } from "./known-options.ts";
import { LivingGraph } from "./living-graph.ts";
import { Memory } from "./memory.ts";
import type { AnyNode, ChoiceNode, InteractionNode, Node } from "./node.ts";
import { restore } from "./past.ts";
import { notWaiting, PersonsStep } from "./persons-step.ts";
import { itemSlotOf, pairsOf, pinAll, pinnedOf } from "./pins.ts";
import { planOf } from "./plan.ts";
import {
  type AnyPort,
  type InPort,
  type InputPort,
  type OutPort,
  type OutputPort,
  pathOf,
  type ScatteredPort,
} from "./port.ts";
import { fill } from "./port-slots.ts";
import type { Outcome, Run, RunId, RunOptions, SheetEvent } from "./run.ts";
import type { Sheet, SheetOptions } from "./sheet.ts";
import { checkRunOptions } from "./sheet-options.ts";
import { type ShownRun, shownAmong } from "./shown-run.ts";
import { type AnySignal, type Signal, shared } from "./signal.ts";
import type { Slot } from "./slot.ts";
import type { Time } from "./time.ts";
import { Wave } from "./wave.ts";
import { graphOfRun } from "./wiring.ts";

interface Beginning {
  readonly id?: string;
  readonly now?: () => number;
  readonly time?: Time;
  /** True where nothing runs by itself, whatever the nodes say. */
  readonly manual?: boolean;
  /** For a sheet that is kept: called before its first wave, and after it. */
  readonly opening?: (living: LivingGraph) => void;
  readonly opened?: (living: LivingGraph) => void;
  readonly saved?: () => Promise<void>;
  readonly closing?: () => void;
}

/** A part of another sheet: a graph that is alive inside it. */
interface Within {
  readonly sheet: LivingSheet;
  readonly living: LivingGraph;
  readonly current: () => boolean;
}

export class LivingSheet implements Sheet {
  readonly id: string;
  readonly name: string;
  readonly graph: Graph;
  readonly events$: Observable<SheetEvent>;
  readonly #wave: Wave;
  #living!: LivingGraph;
  readonly #memory: Memory;
  #edited: { readonly change: number; readonly before: Map<Slot, AnySignal> } = { change: 0, before: new Map() };
  readonly #saved: (() => Promise<void>) | undefined;
  readonly #closing: (() => void) | undefined;
  readonly #outer: LivingSheet | undefined;
  readonly #current: () => boolean;
  #ended = false;
  /** Sheets that stand beside it for as long as it is swept. */
  readonly #besides = new Set<LivingSheet>();

  constructor(graph: Graph, options: SheetOptions & Beginning = {}, within?: Within) {
    this.graph = graph;
    this.#outer = within?.sheet;
    this.#current = within?.current ?? (() => !this.#ended);
    this.id = within?.sheet.id ?? options.id ?? randomId();
    this.name = within?.sheet.name ?? options.name ?? "Sheet 1";
    this.#wave = within
      ? within.sheet.#wave
      : new Wave(options.now ?? (() => performance.timeOrigin + performance.now()), options.time);
    this.events$ = this.#wave.events$;
    this.#memory = within ? within.sheet.#memory : new Memory(options.memory);
    if (within) {
      this.#living = within.living;
      return;
    }
    const about = { id: this.id, runs: 0, memory: this.#memory };
    this.#wave.change(() => {
      this.#living = new LivingGraph(graph, this.#wave, about, { manual: options.manual });
      options.opening?.(this.#living);
      options.begin?.(this);
    });
    options.opened?.(this.#living);
    this.#saved = options.saved;
    this.#closing = options.closing;
    this.#wave.onListen = (observed) => this.#living.listen(observed);
  }

  set<T>(input: InputPort<T>, value: NoInfer<T>): void {
    this.#refuseWhenClosed();
    const slot = settable(this.#living, input, this.#outer !== undefined);
    refuseWrongType(input as unknown as InPort, value);
    const { now } = slot;
    if (now.kind === "ready" && equal(now.value, value)) return;
    this.#wave.change(() => {
      const before = this.#beforeEdits(slot);
      slot.changedBy({ port: input, change: "set" });
      if (before !== now && before.kind === "ready" && equal(before.value, value)) slot.next(before);
      else fill(slot, value);
    });
  }

  batch<T>(edits: () => T): T {
    this.#refuseWhenClosed();
    refuseNoEdits(edits);
    return this.#wave.change(edits);
  }

  signal<T>(port: AnyPort<T>): Signal<T> {
    return shared(this.#living.slotOf(port).now) as Signal<T>;
  }

  value<T>(port: AnyPort<T>): T | undefined {
    const now = this.#living.slotOf(port).now;
    return now.kind === "ready" ? (now.value as T) : undefined;
  }

  signal$<T>(port: AnyPort<T>): Observable<Signal<T>> {
    return this.#watched<Signal<T>>(port, false);
  }

  value$<T>(port: AnyPort<T>): Observable<T> {
    return this.#watched<T>(port, true);
  }

  run<In, Out>(node: Node<In, Out>, options: RunOptions = {}): Promise<Outcome<In, Out>> {
    checkRunOptions(options, "run");
    return this.#ask(known(this.#living, node as unknown as AnyNode), options) as unknown as Promise<Outcome<In, Out>>;
  }

  runAll(options: { again?: boolean } = {}): Promise<readonly Outcome[]> {
    refuseUnknown(options, ["again"], "sheet.runAll()");
    if (this.#closed) return Promise.resolve(this.graph.nodes.map(() => closedOutcome));
    const lacks = new Lacks();
    const ends = this.batch(() => this.graph.nodes.map((node) => this.#ask(baseOf(node), options, lacks)));
    return Promise.all(ends);
  }

  plan(node?: AnyNode, options: RunOptions = {}): readonly Node[] {
    checkRunOptions(options, "plan");
    const asked = node ? [this.#living.stepOf(known(this.#living, node))] : [...this.#living.steps.values()];
    const planned = planOf(
      asked.filter((step) => step !== undefined),
      options,
    );
    // The steps of items, and those inside a graph's node, are told as their node.
    const nodes = new Set([...planned].sort((a, b) => a.index - b.index).map((step) => step.node));
    return [...nodes].filter((one) => this.graph.has(one)) as unknown as Node[];
  }

  async sweep<T, In, Out>(
    input: InputPort<T>,
    values: readonly NoInfer<T>[],
    node: Node<In, Out>,
  ): Promise<readonly Outcome<In, Out>[]> {
    this.#refuseWhenClosed();
    settable(this.#living, input, this.#outer !== undefined);
    refuseNoList(values);
    for (const value of values) refuseWrongType(input as unknown as InPort, value);
    known(this.#living, node as unknown as AnyNode);
    const ends = values.map((value) => this.#beside(node, (beside) => beside.set(input, value)));
    return Promise.all(ends);
  }

  cancel(node?: AnyNode): void {
    if (this.#closed) return;
    const base = node && known(this.#living, node);
    for (const beside of this.#besides) beside.cancel(node);
    const steps = base ? [this.#living.stepOf(base)] : [...this.#living.steps.values()];
    this.#wave.change(() => {
      for (const step of steps) step?.cancel("person");
    });
  }

  items$<T>(port: ScatteredPort<T>): Observable<readonly Signal<T>[]> {
    const gather = this.#living.scattering.gatherOf(port as unknown as OutPort);
    if (gather) return this.#watchedSlot<readonly Signal<T>[]>(() => gather.watchItems(), true);
    this.#living.slotOf(port);
    throw new GraphError("wrong-type", `${pathOf(port)} is not scattered, so it has no items: watch it with signal$.`, {
      node: port.node.name,
      port: port.name,
    });
  }

  itemsOf(port: ScatteredPort<unknown>): readonly object[] {
    return this.#living.scattering.gatherOf(port as unknown as OutPort)?.items ?? [];
  }

  choose(choice: ChoiceNode<unknown>, variant: AnyNode | number): void {
    this.#refuseWhenClosed();
    const step = this.#living.stepOf(known(this.#living, choice as unknown as AnyNode));
    const variants = (choice as unknown as { readonly variants?: readonly AnyNode[] }).variants;
    if (!(step instanceof ChoiceStep) || !variants)
      throw new GraphError("unknown-variant", `${nodeName(choice)} is not a choice, so it has no variants.`);
    const at = typeof variant === "number" ? variant : variants.indexOf(variant);
    if (variants[at] === undefined)
      throw new GraphError(
        "unknown-variant",
        `The choice ${nodeName(choice)} has no variant ${typeof variant === "number" ? variant : nodeName(variant)}; choose one of its nodes, or 0 to ${variants.length - 1}.`,
        {
          node: choice.name,
          known: variants.map(({ name }) => name),
          ...(typeof variant === "string" && { meant: variant }),
        },
      );
    const port = Object.values(choice.outputs as Record<string, AnyPort<unknown>>)[0];
    this.#wave.change(() => step.choose(at, { ...(port && { port }), change: "choose" }));
  }

  chosen(choice: AnyNode): number {
    const step = this.#living.stepOf(known(this.#living, choice));
    return step instanceof ChoiceStep ? step.selected : 0;
  }

  answer<A>(step: InteractionNode<A, unknown, unknown>, answer: NoInfer<A>): void {
    this.#refuseWhenClosed();
    const base = known(this.#living, step as unknown as AnyNode);
    const living = this.#living.stepOf(base);
    if (!(living instanceof PersonsStep)) throw notWaiting(base);
    this.#wave.change(() => living.answer(answer));
  }

  history<In, Out>(node: Node<In, Out>): readonly Run<In, Out>[] {
    const runs = this.#living.stepOf(known(this.#living, node as unknown as AnyNode))?.history ?? [];
    return runs.map((run) => run.record as unknown as Run<In, Out>);
  }

  shown(node: AnyNode): ShownRun | undefined {
    const step = this.#living.stepOf(known(this.#living, node));
    return step && shownAmong(step.history, step.seen);
  }

  select(run: Run | RunId): void {
    this.#refuseWhenClosed();
    const id: unknown = typeof run === "string" ? run : run?.id;
    const chosen = this.#memory.at(numberIn(id, this.id));
    if (chosen === undefined) throw noSuchRun(run, id, this.id);
    this.#wave.change(() => {
      this.#wave.selecting = true;
      this.#wave.selected = restore(chosen, this.#memory);
    });
  }

  pin<T>(output: OutputPort<T>, value: NoInfer<T>): void {
    this.#refuseWhenClosed();
    const pairs = pairsOf(this.#living, pinnable(this.#living, output), value);
    this.#wave.change(() => pinAll(pairs, { port: output, change: "pin" }));
  }

  pinItem(output: OutputPort<unknown>, item: number, value: unknown): void {
    this.#refuseWhenClosed();
    const port = pinnable(this.#living, output);
    const slot = itemSlotOf(this.#living, port, item);
    const cause = { port: output, change: "pin" } as const;
    if (value === undefined) return this.#wave.change(() => slot.unpin(cause));
    refuseWrongType(port, value);
    this.#wave.change(() => pinAll([[slot, value]], cause));
  }

  unpin(output: OutputPort<unknown>): void {
    this.#refuseWhenClosed();
    const slots = pinnedOf(this.#living, pinnable(this.#living, output));
    if (slots.length === 0) return;
    this.#wave.change(() => {
      for (const slot of slots) slot.unpin({ port: output, change: "pin" });
    });
  }

  async saved(): Promise<void> {
    await (this.#outer ? this.#outer.saved() : this.#saved?.());
  }

  settled(): Promise<void> {
    return this.#wave.settled();
  }

  inside(node: AnyNode, item?: number): Sheet | undefined {
    const base = known(this.#living, node);
    const living = this.#living.insideOf(base, item);
    const current = () => !this.#closed && this.current && this.#living.insideOf(base, item) === living;
    return living && new LivingSheet(living.graph, {}, { sheet: this, living, current });
  }

  get current(): boolean {
    return this.#current();
  }

  runOf(id: string): Run | undefined {
    return this.#memory.at(numberIn(id, this.id))?.record;
  }

  nodeOf(run: Run): string | undefined {
    const graph = graphOfRun(run);
    return graph === undefined || graph === this.#living ? run.node : this.#living.nodeAround(graph)?.name;
  }

  outside(input: InputPort<unknown>): boolean {
    return this.#living.fedFromOutside(input);
  }

  close(): void {
    // A part ends with its whole.
    if (this.#closed || this.#outer) return;
    this.#closing?.();
    for (const beside of this.#besides) beside.close();
    this.#wave.change(() => {
      for (const step of this.#living.steps.values()) step.cancel("close");
    });
    this.#ended = true;
    this.#living.close();
    this.#wave.close();
  }

  get #closed(): boolean {
    return this.#outer ? this.#outer.#closed : this.#ended;
  }

  // ── what is asked of it

  /** Runs a node on a sheet that begins as this one stands, but for an edit. */
  async #beside<In, Out>(node: Node<In, Out>, edit: (beside: Sheet) => void): Promise<Outcome<In, Out>> {
    const beside = new LivingSheet(this.graph, {
      name: this.name,
      now: this.#wave.now,
      time: this.#wave.time,
      manual: true,
      opening: (living) => standBeside(living, this.#living),
      opened: ({ wave }) => {
        wave.opening = undefined;
      },
    });
    this.#besides.add(beside);
    try {
      edit(beside);
      const end = beside.run(node);
      // Nothing is under way any more, and it has not ended.
      const inVain = beside.settled().then(() => waitsInVain(beside.#living) as Outcome<In, Out>);
      return await Promise.race([end, inVain]);
    } finally {
      this.#besides.delete(beside);
      beside.close();
    }
  }

  #watched<T>(port: AnyPort<unknown>, valuesOnly: boolean): Observable<T> {
    const slot = this.#living.slotOf(port);
    return this.#watchedSlot(() => slot, valuesOnly);
  }

  #watchedSlot<T>(slot: () => Slot, valuesOnly: boolean): Observable<T> {
    return new Observable<unknown>((subscriber) => {
      slot().watch(subscriber, valuesOnly);
      if (this.#closed) subscriber.complete();
    }) as Observable<T>;
  }

  #ask(node: BaseNode, options: RunOptions, lacks?: Lacks): Promise<Outcome> {
    return this.#closed ? Promise.resolve(closedOutcome) : ask(this.#living, node, options, lacks);
  }

  /** What a source held before the present change: a batch that sets it back has changed nothing. */
  #beforeEdits(slot: Slot): AnySignal {
    if (this.#edited.change !== this.#wave.changes) this.#edited = { change: this.#wave.changes, before: new Map() };
    const { before } = this.#edited;
    if (!before.has(slot)) before.set(slot, slot.now);
    return before.get(slot) ?? slot.now;
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new Error("This sheet is closed: open another with graph.sheet().");
  }
}

const closedOutcome: Outcome = { kind: "refused", why: "The sheet is closed." };

function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
