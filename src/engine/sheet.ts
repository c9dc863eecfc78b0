/** A sheet as its users see it: set inputs, ask for runs, watch signals. `LivingSheet` is what lies behind. */
import type { Observable } from "rxjs";
import type { Graph } from "./graph.ts";
import type { AnyNode, Node } from "./node.ts";
import type { AnyPort, InputPort } from "./port.ts";
import type { Outcome, RunOptions, SheetEvent } from "./run.ts";
import type { Signal } from "./signal.ts";

/**
 * A graph brought to life. Every method that names a port or node of another graph throws GraphError `unknown-port` or `unknown-node`.
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
  /** Cancels the runs and demands of a node, or all. */
  cancel(node?: AnyNode): void;
  /** Resolves when nothing is pending. */
  settled(): Promise<void>;

  /** Cancels all runs and completes every observable. */
  close(): void;
}
