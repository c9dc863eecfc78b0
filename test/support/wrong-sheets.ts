/**
 * Sheets that are wrong on purpose, each in one way that people really get wrong. The witness must catch every one of them:
 * a test that cannot fail shows nothing. They know only what synchronous and promised functions need.
 */
import { BehaviorSubject, combineLatest, filter, map, skip } from "rxjs";
import { type BaseNode, baseOf } from "../../src/engine/base-node.ts";
import type { Graph } from "../../src/engine/graph.ts";
import type { InPort } from "../../src/engine/port.ts";
import type { AnyPort, InputPort, Outcome, RunContext, Sheet, Signal } from "../../src/index.ts";

/**
 * - `glitch`: plain `combineLatest` over values, which runs a join once for each side of a diamond;
 * - `cut-off`: looks at the first input only when it asks whether anything changed;
 * - `late`: lets a superseded run write when it arrives;
 * - `eager`: runs everything at every change.
 */
export type Mistake = "glitch" | "cut-off" | "late" | "eager";

type Cell = BehaviorSubject<Signal<unknown>>;
const empty: Signal<unknown> = { kind: "empty" };
const ready = (value: unknown): Signal<unknown> => ({ kind: "ready", value, pinned: false });

export function wrongSheet(graph: Graph, mistake: Mistake): Sheet {
  return new WrongSheet(graph, mistake) as unknown as Sheet;
}

class WrongSheet {
  readonly graph: Graph;
  readonly #mistake: Mistake;
  readonly #cells = new Map<unknown, Cell>();
  readonly #seen = new Map<BaseNode, readonly unknown[]>();

  constructor(graph: Graph, mistake: Mistake) {
    this.graph = graph;
    this.#mistake = mistake;
    for (const node of graph.nodes) this.#wire(baseOf(node));
    this.#flow();
  }

  set(input: InputPort<unknown>, value: unknown): void {
    const cell = this.#cellOf(input as unknown as InPort);
    if (JSON.stringify(ready(value)) === JSON.stringify(cell.value)) return;
    cell.next(ready(value));
    this.#flow();
  }

  batch<T>(edits: () => T): T {
    return edits();
  }

  signal(port: AnyPort<unknown>): Signal<unknown> {
    return (port.side === "in" ? this.#cellOf(port as unknown as InPort) : (this.#cells.get(port) as Cell)).value;
  }

  run(): Promise<Outcome> {
    return new Promise(() => undefined);
  }

  settled(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {}

  #wire(node: BaseNode): void {
    for (const [name, port] of Object.entries(node.outputs)) {
      // A port of an input node is input and output at once.
      const input = node.kind === "input" ? node.inputs[name] : undefined;
      this.#cells.set(port, input ? this.#cellOf(input) : new BehaviorSubject(empty));
    }
    if (node.kind === "input" || this.#mistake !== "glitch") return;
    const values = Object.values(node.inputs).map((port) =>
      this.#cellOf(port).pipe(
        filter((signal) => signal.kind === "ready"),
        map((signal) => signal.value),
      ),
    );
    this.#run(node);
    combineLatest(values)
      .pipe(skip(1))
      .subscribe(() => this.#run(node));
  }

  /** Visits every node in order. */
  #flow(): void {
    if (this.#mistake === "glitch") return;
    for (const node of this.graph.nodes.map(baseOf)) {
      const waits = node.kind === "input" || this.#valuesOf(node).includes(undefined);
      if (!waits && this.#changed(node)) this.#run(node);
    }
  }

  #changed(node: BaseNode): boolean {
    const values = this.#valuesOf(node);
    const seen = this.#seen.get(node);
    this.#seen.set(node, values);
    if (seen === undefined || this.#mistake === "eager") return true;
    return this.#mistake === "cut-off" ? values[0] !== seen[0] : values.some((value, i) => value !== seen[i]);
  }

  #run(node: BaseNode): void {
    const values = this.#valuesOf(node);
    const inputs = Object.fromEntries(Object.keys(node.inputs).map((name, i) => [name, values[i]]));
    const given = node.start(inputs, contextOf());
    if (given instanceof Promise) void given.then((value) => this.#give(node, value));
    else this.#give(node, given);
  }

  #give(node: BaseNode, given: unknown): void {
    const ports = Object.values(node.outputs);
    for (const port of ports) {
      const value = ports.length === 1 ? given : (given as Record<string, unknown>)[port.name];
      this.#cells.get(port)?.next(ready(value));
    }
    if (this.#mistake === "late") this.#flow();
  }

  #valuesOf(node: BaseNode): readonly unknown[] {
    return Object.values(node.inputs).map((port) => {
      const source = this.graph.sourceOf(port);
      return source.kind === "constant" ? source.value : (this.#cellOf(port).value as { value: unknown }).value;
    });
  }

  #cellOf(port: InPort): Cell {
    const source = this.graph.sourceOf(port);
    const key = source.kind === "component" ? source.component : source.kind === "edge" ? source.from : port;
    const first = () => {
      if (source.kind === "component") return ready((source.component as unknown as { initial: unknown }).initial);
      return source.kind === "constant" ? ready(source.value) : empty;
    };
    const cell = this.#cells.get(key) ?? new BehaviorSubject(first());
    this.#cells.set(key, cell);
    return cell;
  }
}

function contextOf(): RunContext {
  const silent = () => undefined;
  return { signal: new AbortController().signal, attempt: 0, item: [], progress: silent, log: silent };
}
