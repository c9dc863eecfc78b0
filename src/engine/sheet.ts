/** A sheet as its users see it: set inputs, ask for runs, watch signals. `LivingSheet` is what lies behind. */
import type { Observable } from "rxjs";
import type { Graph } from "./graph.ts";
import type { ItemSignals } from "./items.ts";
import type { MemoryBounds } from "./memory.ts";
import type { AnyNode, ChoiceNode, InteractionNode, Node } from "./node.ts";
import type { AnyPort, InputPort, OutputPort, ScatteredPort } from "./port.ts";
import type { Outcome, Run, RunId, RunOptions, SheetEvent } from "./run.ts";
import type { ShownRun } from "./shown-run.ts";
import type { Signal } from "./signal.ts";

/** How a sheet is opened. */
export interface SheetOptions {
  /** Default `Sheet 1`. */
  readonly name?: string;
  /** How many runs it remembers. Default: 10,000 runs, 256 MiB. */
  readonly memory?: MemoryBounds;
  /** Edits that are part of the opening: nothing has run before them. */
  readonly begin?: (sheet: Sheet) => void;
}

/**
 * A graph brought to life. Every method that names a port or node of another graph throws GraphError `unknown-port` or `unknown-node`; a step
 * of a graph inside may be asked for, chosen and answered here while it is alive once, and has its own sheet, `inside`.
 *
 * @example
 * const sheet = graph.sheet();
 * sheet.value$(shorten.outputs.summary).subscribe(console.log);
 * sheet.set(shorten.inputs.text, "Water turns the wheel");
 * const end = await sheet.run(shorten); // ready | failed | cancelled | refused: a run never rejects
 */
export interface Sheet {
  readonly id: string;
  readonly graph: Graph;
  /** Sets an input shown by a component; an equal value is nothing (W7). @throws GraphError `wrong-type`, `fed-by-edge`, `inside-wave` */
  set<T>(input: InputPort<T>, value: NoInfer<T>): void;
  /** Makes all edits in `edits` one change; returns what it returns. Edits made before a throw stay made. */
  batch<T>(edits: () => T): T;

  /** The port's signal now. */
  signal<T>(port: AnyPort<T>): Signal<T>;
  /** Its value if ready, else `undefined`. */
  value<T>(port: AnyPort<T>): T | undefined;
  /** Every signal, the present one first, each after its wave (W10); never errors, completes on `close`. */
  signal$<T>(port: AnyPort<T>): Observable<Signal<T>>;
  /** Ready values only, each once. */
  value$<T>(port: AnyPort<T>): Observable<T>;
  /** Everything that happens on this sheet, from now on. */
  readonly events$: Observable<SheetEvent>;

  /** Runs up to this node: its stale ancestors first. Never rejects because of a failure (R4). */
  run<In, Out>(node: Node<In, Out>, options?: RunOptions): Promise<Outcome<In, Out>>;
  /** Runs everything that is not ready; with `again`, everything. Never rejects because of a failure. */
  runAll(options?: { again?: boolean }): Promise<readonly Outcome[]>;
  /** What `run` would run, in order, without running it. Nodes that already run are not named. */
  plan(node?: AnyNode, options?: RunOptions): readonly Node[];
  /**
   * Runs `node` once per value of `input`, beside the sheet: its own values stay as they are. Inputs, choices and pins are those of the sheet,
   * and what is ready there and does not depend on `input` is not run again. A step that would wait for a person ends it as `refused`,
   * and `signal` ends it as `cancelled`.
   *
   * @example
   * const ends = await sheet.sweep(paint.inputs.strength, [0, 0.5, 1], paint);
   */
  sweep<T, In, Out>(
    input: InputPort<T>,
    values: readonly NoInfer<T>[],
    node: Node<In, Out>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly Outcome<In, Out>[]>;
  /** Cancels the runs and demands of a node, or all. */
  cancel(node?: AnyNode): void;
  /** Resolves when nothing is pending, except steps that wait for a person. */
  settled(): Promise<void>;

  /** The signal of each item of a scattered port, in order, after every wave that changed one. */
  items$<T>(port: ScatteredPort<T>): Observable<readonly Signal<T>[]>;

  /** Those items as something that stays the same while an item moves, in the order of `items$`. @internal */
  itemsOf(port: ScatteredPort<unknown>): readonly object[];

  /** The same as it stands now, as deep as the port is scattered; nothing while its items are not known. @internal */
  itemsNow(port: OutputPort<unknown>): ItemSignals | undefined;

  /** Selects a variant, by node or index (C1). @throws GraphError `unknown-variant` */
  choose(choice: ChoiceNode<unknown>, variant: AnyNode | number): void;
  /** Which variant is selected, by index. @internal */
  chosen(choice: AnyNode): number;
  /** Answers a step that waits for a person (I1). @throws GraphError `not-waiting`, `wrong-type` */
  answer<A>(step: InteractionNode<A, unknown, unknown>, answer: NoInfer<A>): void;
  /** A node's runs that have ended, oldest first: those that gave a value, failed, or were cancelled by a person. */
  history<In, Out>(node: Node<In, Out>): readonly Run<In, Out>[];
  /** Which of its runs a node shows. @internal */
  shown(node: AnyNode): ShownRun | undefined;
  /**
   * Shows an old run: its inputs flow back, and those of the runs that it was made from; what lies below shows the run that
   * matches, or goes stale (R7). Nothing runs because of it.
   * @throws RangeError when the sheet remembers no such run
   */
  select(run: Run | RunId): void;
  /**
   * Puts a value of your own in an output. It feeds what lies below, marked as `pinned`, until `unpin`; the node itself goes on
   * as ever beneath it. An edited `ui.itemList` stands until the inputs of its node change.
   * @throws GraphError `wrong-type`, `unknown-port` for an input
   */
  pin<T>(output: OutputPort<T>, value: NoInfer<T>): void;
  /** Puts a value of a person's own over one item of a scattered output, or with `undefined` lifts it. @internal */
  pinItem(output: OutputPort<unknown>, item: number, value: unknown): void;
  /** Shows again what the node itself gave. */
  unpin(output: OutputPort<unknown>): void;

  /**
   * The graph inside a graph's node as a sheet: a part of this one, with the same runs, that ends with it. Of a scattered node, that of one
   * item, which may move, or go; `undefined` where there is none.
   *
   * @example
   * sheet.inside(summary)?.answer(check, true); // `check` is a step of the graph that `summary` is
   */
  inside(node: AnyNode, item?: number): Sheet | undefined;
  /** False for a part of a sheet that is no longer what it was opened as: its item may be gone. @internal */
  readonly current: boolean;
  /** A run of this sheet, by its id, while it is remembered. @internal */
  runOf(id: string): Run | undefined;
  /** The node of this sheet's graph that a run belongs to: its own, or the graph's node that it was made inside. @internal */
  nodeOf(run: Run): string | undefined;
  /** True for an input that is fed from outside of this part of a sheet. @internal */
  outside(input: InputPort<unknown>): boolean;

  /** Resolves when everything done so far is on disk; at once for a sheet in memory. @throws Error when it cannot be saved */
  saved(): Promise<void>;
  /** Cancels all runs and completes every observable. */
  close(): void;
}
