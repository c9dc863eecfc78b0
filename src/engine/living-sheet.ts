/**
 * The sheet behind `Sheet`: what people ask of a living graph, checked, and made one change of the wave each. A graph inside is
 * asked through a sheet that is a part of this one: it has the same runs, and ends with it.
 */
import { refuseWrongType, settable } from "./askable.ts";
import { ask } from "./asking.ts";
import { type BaseNode, baseOf } from "./base-node.ts";
import { standBeside } from "./beside.ts";
import type { Graph } from "./graph.ts";
import { knownNode, knownRun, variantOf } from "./known.ts";
import { refuseUnknown } from "./known-options.ts";
import { Lacks } from "./lacks.ts";
import { LivingGraph } from "./living-graph.ts";
import { Memory } from "./memory.ts";
import type { AnyNode, ChoiceNode, InteractionNode, Node } from "./node.ts";
import { restore } from "./past.ts";
import { notWaiting, PersonsStep } from "./persons-step.ts";
import { pinItem, pinOutput, unpinOutput } from "./pins.ts";
import type { AnyPort, InPort, InputPort, OutputPort } from "./port.ts";
import type { Outcome, Run, RunId, RunOptions } from "./run.ts";
import { type Common, SeenSheet } from "./seen-sheet.ts";
import { hexOf } from "./sha256.ts";
import type { Sheet, SheetOptions } from "./sheet.ts";
import { checkRunOptions, refuseNoEdits, refuseNoList } from "./sheet-options.ts";
import { Sources } from "./sources.ts";
import { Sweeps } from "./sweeps.ts";
import type { Time } from "./time.ts";
import { Wave } from "./wave.ts";

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
interface Part {
  readonly of: LivingSheet;
  readonly living: LivingGraph;
  readonly current: () => boolean;
}

export class LivingSheet extends SeenSheet implements Sheet {
  readonly #part: Part | undefined;
  readonly #saved: (() => Promise<void>) | undefined;
  readonly #closing: (() => void) | undefined;
  readonly #sources: Sources;
  readonly #sweeps = new Sweeps();
  #ended = false;

  constructor(graph: Graph, options: SheetOptions & Beginning = {}, part?: Part) {
    super(graph, part?.of ?? begun(options));
    this.#part = part;
    this.#saved = options.saved;
    this.#closing = options.closing;
    this.#sources = new Sources(this.wave);
    if (part) this.living = part.living;
    else this.#open(options);
  }

  #open({ manual, begin, opening, opened }: SheetOptions & Beginning): void {
    const { id, wave, memory } = this;
    wave.change(() => {
      this.living = new LivingGraph(this.graph, wave, { id, runs: 0, memory }, { manual });
      opening?.(this.living);
      begin?.(this);
    });
    opened?.(this.living);
    wave.onListen = (observed) => this.living.listen(observed);
  }

  get closed(): boolean {
    return this.#part ? this.#part.of.closed : this.#ended;
  }

  // ── edits

  set<T>(input: InputPort<T>, value: NoInfer<T>): void {
    this.#refuseWhenClosed();
    const slot = settable(this.living, input, this.#part !== undefined);
    refuseWrongType(input as unknown as InPort, value);
    this.#sources.set(slot, value, input);
  }

  batch<T>(edits: () => T): T {
    this.#refuseWhenClosed();
    refuseNoEdits(edits);
    return this.wave.change(edits);
  }

  choose(choice: ChoiceNode<unknown>, variant: AnyNode | number): void {
    this.#refuseWhenClosed();
    const { step, at } = variantOf(this.living, choice, variant);
    const port = Object.values(choice.outputs as Record<string, AnyPort<unknown>>)[0];
    this.wave.change(() => step.choose(at, { ...(port && { port }), change: "choose" }));
  }

  answer<A>(step: InteractionNode<A, unknown, unknown>, answer: NoInfer<A>): void {
    this.#refuseWhenClosed();
    const node = knownNode(this.living, step as unknown as AnyNode);
    const living = this.living.stepOf(node);
    if (!(living instanceof PersonsStep)) throw notWaiting(node);
    this.wave.change(() => living.answer(answer));
  }

  select(run: Run | RunId): void {
    this.#refuseWhenClosed();
    const chosen = knownRun(this.memory, run, this.id);
    this.wave.change(() => {
      this.wave.selecting = true;
      this.wave.selected = restore(chosen, this.memory);
    });
  }

  pin<T>(output: OutputPort<T>, value: NoInfer<T>): void {
    this.#refuseWhenClosed();
    pinOutput(this.living, output, value);
  }

  pinItem(output: OutputPort<unknown>, item: number, value: unknown): void {
    this.#refuseWhenClosed();
    pinItem(this.living, output, item, value);
  }

  unpin(output: OutputPort<unknown>): void {
    this.#refuseWhenClosed();
    unpinOutput(this.living, output);
  }

  // ── demands

  run<In, Out>(node: Node<In, Out>, options: RunOptions = {}): Promise<Outcome<In, Out>> {
    checkRunOptions(options, "run");
    return this.#ask(knownNode(this.living, node as unknown as AnyNode), options) as Promise<Outcome<In, Out>>;
  }

  runAll(options: { again?: boolean } = {}): Promise<readonly Outcome[]> {
    refuseUnknown(options, ["again"], "sheet.runAll()");
    const lacks = new Lacks();
    const askAll = () => this.graph.nodes.map((node) => this.#ask(baseOf(node), options, lacks));
    return Promise.all(this.closed ? askAll() : this.batch(askAll));
  }

  async sweep<T, In, Out>(
    input: InputPort<T>,
    values: readonly NoInfer<T>[],
    node: Node<In, Out>,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly Outcome<In, Out>[]> {
    this.#refuseWhenClosed();
    settable(this.living, input, this.#part !== undefined);
    refuseNoList(values);
    for (const value of values) refuseWrongType(input as unknown as InPort, value);
    knownNode(this.living, node as unknown as AnyNode);
    return Promise.all(values.map((value) => this.#sweeps.run(this.#beside(), node, input, value, options.signal)));
  }

  cancel(node?: AnyNode): void {
    if (this.closed) return;
    const base = node && knownNode(this.living, node);
    this.#sweeps.cancel(node);
    const steps = base ? [this.living.stepOf(base)] : [...this.living.steps.values()];
    this.wave.change(() => {
      for (const step of steps) step?.cancel("person");
    });
  }

  #ask(node: BaseNode, options: RunOptions, lacks?: Lacks): Promise<Outcome> {
    return this.closed ? Promise.resolve(closedOutcome) : ask(this.living, node, options, lacks);
  }

  /** A sheet that begins as this one stands. */
  #beside(): LivingSheet {
    const { name, wave, living } = this;
    const opening = (beside: LivingGraph) => standBeside(beside, living);
    const opened = (beside: LivingGraph) => {
      beside.wave.opening = undefined;
    };
    const about = { name, now: wave.now, time: wave.time, manual: true, opening, opened };
    // Within a change of its own: of what ran quickly in the last one, nobody wrote down from what it was made.
    return wave.change(() => new LivingSheet(this.graph, about));
  }

  // ── its parts, and its end

  inside(node: AnyNode, item?: number): Sheet | undefined {
    const base = knownNode(this.living, node);
    const living = this.living.insideOf(base, item);
    const current = () => !this.closed && this.current && living !== undefined && this.living.holds(living);
    return living && new LivingSheet(living.graph, {}, { of: this, living, current });
  }

  get current(): boolean {
    return this.#part ? this.#part.current() : !this.#ended;
  }

  async saved(): Promise<void> {
    await (this.#part ? this.#part.of.saved() : this.#saved?.());
  }

  close(): void {
    // A part ends with its whole.
    if (this.closed || this.#part) return;
    this.#closing?.();
    this.#sweeps.close();
    this.wave.change(() => {
      for (const step of this.living.steps.values()) step.cancel("close");
    });
    this.#ended = true;
    this.living.close();
    this.wave.close();
  }

  #refuseWhenClosed(): void {
    if (this.closed) throw new Error("This sheet is closed: open another with graph.sheet().");
  }
}

const closedOutcome: Outcome = { kind: "refused", why: "The sheet is closed." };

/** What a sheet is made of that is no part of another. */
function begun(options: SheetOptions & Beginning): Common {
  const { id = randomId(), name = "Sheet 1", now = sinceEpoch, time } = options;
  return { id, name, wave: new Wave(now, time), memory: new Memory(options.memory) };
}

function sinceEpoch(): number {
  return performance.timeOrigin + performance.now();
}

function randomId(): string {
  return hexOf(crypto.getRandomValues(new Uint8Array(16)));
}
